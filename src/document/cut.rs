//! Splits long paragraphs into pieces that can be shown and ranked, none longer than [`MAX_PASSAGE`].
//!
//! A paragraph is split at sentence ends. A sentence that is too long is split after a clause mark, else at
//! white space, else inside a clause. The limit holds for any text: an operation on one passage may take time
//! quadratic in its length, and keeps several readings of it in memory.

use std::ops::Range;

use unicode_normalization::char::is_combining_mark;

use crate::text::punctuation::is_closing;
use crate::text::sentences::sentences;

/// Maximum length of a passage, in characters.
pub(crate) const MAX_PASSAGE: usize = 1000;
/// Maximum length of an unsplit run of Latin letters and digits, in characters: longer than words, numbers
/// and most addresses.
const MAX_RUN: usize = 200;
/// Maximum number of combining marks kept with their letter; the Stream-Safe Text Format of UAX #15 allows
/// 30.
const MAX_MARKS: usize = 30;

/// Ranges of bytes of the passages that the paragraph is split into, in order, together covering it.
pub(super) fn passages(text: &str) -> Vec<Range<usize>> {
    // A text of that many bytes has no more characters; most paragraphs end here without being decoded.
    if text.len() <= MAX_PASSAGE || text.chars().nth(MAX_PASSAGE).is_none() {
        let whole = std::iter::once(0..text.len());
        return whole.collect();
    }
    let mut pieces: Vec<Range<usize>> = Vec::new();
    let mut n_chars = 0;
    // Sentences are packed greedily: fewer, longer passages keep more context for ranking than one for each
    // sentence.
    for sentence in sentences(text) {
        let n_more = text[sentence.clone()].chars().count();
        match pieces
            .last_mut()
            .filter(|_| n_chars + n_more <= MAX_PASSAGE)
        {
            Some(piece) => {
                piece.end = sentence.end;
                n_chars += n_more;
            }
            None => n_chars = cut_sentence(text, sentence, &mut pieces),
        }
    }
    pieces
}

/// The start of `text`, of at most `max` characters: up to a sentence end, else to where a passage would be
/// split.
pub(super) fn head(text: &str, max: usize) -> &str {
    let Some((limit, _)) = text.char_indices().nth(max) else {
        return text;
    };
    let ends = sentences(&text[..limit]);
    // The last sentence of the cut text is incomplete, hence the one before it.
    match ends.len() {
        0 | 1 => &text[..cut_at(text, limit)],
        n => &text[..ends[n - 2].end],
    }
}

/// Adds the pieces of a sentence; returns the number of characters of the last one.
fn cut_sentence(text: &str, sentence: Range<usize>, pieces: &mut Vec<Range<usize>>) -> usize {
    let mut start = sentence.start;
    loop {
        let rest = &text[start..sentence.end];
        let Some((limit, _)) = rest.char_indices().nth(MAX_PASSAGE) else {
            pieces.push(start..sentence.end);
            return rest.chars().count();
        };
        let len = cut_at(rest, limit);
        pieces.push(start..start + len);
        start += len;
    }
}

/// The byte offset at which `text` is split so that at most `limit` bytes precede: never 0.
fn cut_at(text: &str, limit: usize) -> usize {
    after_clause(text, limit)
        .or_else(|| after_blank(text, limit))
        .unwrap_or_else(|| inside_clause(text, limit))
}

/// After the last clause mark that no closing quote follows.
fn after_clause(text: &str, limit: usize) -> Option<usize> {
    let ends = |&(at, ch): &(usize, char)| {
        let next = text[at + ch.len_utf8()..].chars().next();
        let is_end = match ch {
            '，' | '；' | '：' | '、' | ';' => true,
            // In figures, times and addresses these join rather than separate (`1,200`, `12:30`, `http://`).
            ',' | ':' => next.is_none_or(|next| !next.is_ascii_alphanumeric() && next != '/'),
            _ => false,
        };
        is_end && !next.is_some_and(|next| is_closing(next) || is_combining_mark(next))
    };
    let (at, ch) = text[..limit].char_indices().rev().find(ends)?;
    Some(at + ch.len_utf8())
}

/// After the last white space that text precedes.
fn after_blank(text: &str, limit: usize) -> Option<usize> {
    let head = &text[..limit];
    let last = head.rfind(char::is_whitespace)?;
    let end = last + head[last..].chars().next().map_or(0, char::len_utf8);
    // White space at the start would give a piece without text.
    (!head[..last].trim_start().is_empty()).then_some(end)
}

/// Before the word or figure at `limit`, and not between a letter and its combining marks.
fn inside_clause(text: &str, limit: usize) -> usize {
    let joins = |before: char, after: char| is_latin(before) && is_latin(after);
    // Both bounds are limits on hostile text: a run without a break is split somewhere in the end.
    let at = back(text, limit, MAX_RUN, joins);
    back(text, at, MAX_MARKS, |_, after| is_joined(after))
}

/// Letters and digits of words and figures, which matching reads as one unit.
fn is_latin(ch: char) -> bool {
    ch.is_ascii_alphanumeric()
        || matches!(ch, '.' | ',' | '%' | '-' | '_' | '/' | ':')
        || is_combining_mark(ch)
        || ('\u{c0}'..'\u{2e80}').contains(&ch) && ch.is_alphanumeric()
}

/// Marks, joiners and variation selectors, which belong to the preceding character.
fn is_joined(ch: char) -> bool {
    is_combining_mark(ch)
        || matches!(ch, '\u{200c}' | '\u{200d}' | '\u{fe00}'..='\u{fe0f}' | '\u{e0100}'..='\u{e01ef}')
}

/// The nearest position before `at`, by at most `most` characters, where the characters on both sides are not
/// joined; `at` without one.
fn back(text: &str, at: usize, most: usize, joins: impl Fn(char, char) -> bool) -> usize {
    let Some(mut after) = text[at..].chars().next() else {
        return at;
    };
    for (ord, before) in text[..at].char_indices().rev().take(most) {
        let end = ord + before.len_utf8();
        if !joins(before, after) {
            return end;
        }
        after = before;
    }
    at
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[track_caller]
    fn check(text: &str, expected: &[usize]) {
        let lengths: Vec<usize> = passages(text)
            .into_iter()
            .map(|range| text[range].chars().count())
            .collect();
        assert_eq!(lengths, expected);
    }

    fn sentence(n: usize) -> String {
        format!("{}。", "园".repeat(n - 1))
    }

    #[test]
    fn cuts_at_sentence_ends() {
        check(&sentence(1000), &[1000]);
        check(&format!("{}{}", sentence(600), sentence(400)), &[1000]);
        check(&format!("{}{}", sentence(600), sentence(401)), &[600, 401]);
        check(
            &format!("{}{}{}", sentence(300), sentence(1500), sentence(300)),
            &[300, 1000, 800],
        );
    }

    #[test]
    fn cuts_a_long_sentence_at_clause_marks() {
        let clause = |n: usize, mark: &str| format!("{}{mark}", "园".repeat(n - 1));
        for mark in ["，", "；", "：", "、", ",", ";", ":"] {
            let text = clause(700, mark).repeat(3);
            check(&text, &[700, 700, 700]);
        }
        check(
            &format!("{}”{}", clause(700, "，"), clause(700, "，")),
            &[1000, 401],
        );
        check(
            &format!("{} {}", "园".repeat(700), "园".repeat(700)),
            &[701, 700],
        );
        check(&"园".repeat(2500), &[1000, 1000, 500]);
    }

    #[test]
    fn words_and_figures_stay_whole() {
        let before = "园".repeat(990);
        check(
            &format!("{before}12,345,678.90元{}", "园".repeat(50)),
            &[990, 64],
        );
        check(
            &format!("{before}development{}", "园".repeat(50)),
            &[990, 61],
        );
        check(&"a".repeat(2500), &[1000, 1000, 500]);
        check(
            &format!("{}a{}园", "园".repeat(998), "\u{301}".repeat(9)),
            &[998, 11],
        );
        check(&format!("a{}", "\u{301}".repeat(1500)), &[1000, 501]);
        check(&" ".repeat(2500), &[1000, 1000, 500]);
    }

    #[test]
    fn a_head_ends_where_the_text_may_be_cut() {
        assert_eq!(head("园区平稳。", 9), "园区平稳。");
        assert_eq!(head("园区平稳。治水。修路", 9), "园区平稳。治水。");
        assert_eq!(head("园区平稳，治水，修路", 9), "园区平稳，治水，");
        assert_eq!(head("园区平稳治水修路植树", 9), "园区平稳治水修路植");
    }

    proptest! {
        #[test]
        fn pieces_cover_the_text_and_are_bounded(
            parts in prop::collection::vec(
                (prop::sample::select(vec!["园", "，", "。", " ", "a", "1,", "\u{301}", "”", "\u{fdfa}", "\u{20000}"]), 1usize..1200),
                0..8,
            ),
        ) {
            let text: String = parts.iter().map(|(part, n)| part.repeat(*n)).collect();
            let mut end = 0;
            for piece in passages(&text) {
                prop_assert_eq!(piece.start, end);
                end = piece.end;
                let n_chars = text[piece].chars().count();
                prop_assert!(n_chars <= MAX_PASSAGE && (n_chars > 0 || text.is_empty()));
            }
            prop_assert_eq!(end, text.len());
        }
    }
}
