//! Pieces of a text: its sentences, and of very long ones parts that end with a clause.

use std::ops::Range;

use super::error::{Error, Result};
use crate::document::outline::label::lex;
use crate::text::punctuation::{is_stop, separates_clauses};
use crate::text::sentences::sentences;
use crate::text::units::Units;

/// Number of units above which a sentence is split at clause ends.
pub const LONG: usize = 200;
/// Minimum number of units of a part of a long sentence, if possible.
const PART: usize = 60;

/// A sentence, or a part of a long one, with its units.
#[derive(Clone, Debug)]
pub struct Piece {
    /// Half-open range of characters in the text, without white space at its ends.
    pub span: Range<usize>,
    /// Its text.
    pub text: String,
    /// Its units; offsets count from its own start.
    pub units: Units,
}

/// The pieces of `text` that contain a unit, in order.
///
/// A sentence of more than [`LONG`] units is split after a clause mark (`，、；：` and similar) once a part has
/// 60 units.
pub fn pieces(text: &str) -> Vec<Piece> {
    let mut out = Vec::new();
    let mut start = 0;
    for range in sentences(text)
        .into_iter()
        .flat_map(|range| lines(text, range))
    {
        let sentence = &text[range];
        let n_chars = sentence.chars().count();
        let units = Units::new(sentence);
        let cuts = if units.len() > LONG {
            cuts(sentence, &units)
        } else {
            Vec::new()
        };
        let ends = cuts.into_iter().chain([n_chars]);
        let mut from = 0;
        for to in ends {
            push(&mut out, sentence, start, from..to);
            from = to;
        }
        start += n_chars;
    }
    out
}

/// The pieces of a passage, each with the label before it, as in `（一）`, which is no part of it: the first may have one. Spans count
/// from the start of the passage, the label included.
pub(super) fn labelled(passage: &str) -> Vec<(Option<String>, Piece)> {
    let label = lex(passage);
    let rest = label.as_ref().map_or(passage, |label| label.rest);
    let n_before = passage.chars().count() - rest.chars().count();
    let mut label = label.map(|label| label.text.to_owned());
    let moved = pieces(rest).into_iter().map(|piece| Piece {
        span: piece.span.start + n_before..piece.span.end + n_before,
        ..piece
    });
    moved.map(|piece| (label.take(), piece)).collect()
}

/// A line end ends a sentence as well.
fn lines(text: &str, range: Range<usize>) -> impl Iterator<Item = Range<usize>> {
    let mut at = range.start;
    text[range].split_inclusive('\n').map(move |line| {
        let start = at;
        at += line.len();
        start..at
    })
}

fn push(out: &mut Vec<Piece>, sentence: &str, start: usize, chars: Range<usize>) {
    let text: String = sentence
        .chars()
        .skip(chars.start)
        .take(chars.len())
        .collect();
    let lead = text.chars().take_while(|c| c.is_whitespace()).count();
    let text = text.trim().to_owned();
    let units = Units::new(&text);
    if !units.is_empty() {
        let from = start + chars.start + lead;
        let span = from..from + text.chars().count();
        out.push(Piece { span, text, units });
    }
}

/// The characters of `sentence` before which it is split.
fn cuts(sentence: &str, units: &Units) -> Vec<usize> {
    let mut out = Vec::new();
    let mut opened = 0;
    for clause in clauses(sentence, units) {
        // The last part must not become a fragment, hence half a part must remain.
        if clause.start - opened >= PART && units.len() - clause.start >= PART / 2 {
            out.push(units.items()[clause.start].start as usize);
            opened = clause.start;
        }
    }
    out
}

/// The clauses of a text as half-open ranges of unit ordinals, in order: they end at a clause mark or a
/// sentence's end.
pub(super) fn clauses(text: &str, units: &Units) -> Vec<Range<usize>> {
    let items = units.items();
    let mut out = Vec::new();
    let mut opened = 0;
    let mut next = 0;
    for (at, ch) in text.chars().enumerate() {
        while items
            .get(next)
            .is_some_and(|unit| unit.start as usize <= at)
        {
            next += 1;
        }
        // A mark inside a unit, as in `1,234`, ends nothing.
        let is_outside = next == 0 || items[next - 1].end as usize <= at;
        if is_outside && next > opened && is_clause_mark(ch) {
            out.push(opened..next);
            opened = next;
        }
    }
    if opened < items.len() {
        out.push(opened..items.len());
    }
    out
}

/// Whether a clause ends at the mark: dashes and ellipses part clauses of a sentence too.
fn is_clause_mark(ch: char) -> bool {
    separates_clauses(ch) || is_stop(ch) || matches!(ch, '—' | '…')
}

/// The pieces of a text that is neither empty nor too long.
pub(super) fn pieces_within(text: &str, limit: usize) -> Result<Vec<Piece>> {
    let n_chars = text.chars().count();
    if n_chars > limit {
        return Err(Error::TextTooLong { n_chars, limit });
    }
    let pieces = pieces(text);
    if pieces.is_empty() {
        return Err(Error::NoUnits);
    }
    Ok(pieces)
}

/// The characters of `text` in a half-open range.
pub(super) fn cut(text: &str, chars: Range<usize>) -> String {
    text.chars().skip(chars.start).take(chars.len()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[track_caller]
    fn check(text: &str, expected: &[(usize, &str)]) {
        let actual = pieces(text);
        let actual: Vec<_> = actual
            .iter()
            .map(|p| (p.span.start, p.text.as_str()))
            .collect();
        assert_eq!(actual, expected);
        for piece in pieces(text) {
            let cut: String = text
                .chars()
                .skip(piece.span.start)
                .take(piece.span.len())
                .collect();
            assert_eq!(cut, piece.text);
        }
    }

    #[test]
    fn sentences_and_lines_are_pieces() {
        check(
            "  园区修路。\n工期三年！……\n三处竣工",
            &[(2, "园区修路。"), (8, "工期三年！"), (16, "三处竣工")],
        );
        check("。！？", &[]);
        check("", &[]);
    }

    #[test]
    fn long_sentences_are_cut_after_clauses() {
        let clause = format!("{}，", "塬".repeat(49));
        let text = clause.repeat(5);
        let lens: Vec<usize> = pieces(&text).iter().map(|p| p.units.len()).collect();
        assert_eq!(lens, [98, 98, 49]);
        check(&text[..clause.len() * 4], &[(0, &text[..clause.len() * 4])]);
    }

    #[test]
    fn clauses_end_at_marks_outside_units() {
        let text = "学习、工作1,234.5万元；两不误。促进";
        let units = Units::new(text);
        assert_eq!(clauses(text, &units), [0..2, 2..7, 7..10, 10..12]);
    }

    #[test]
    #[allow(clippy::single_range_in_vec_init)] // A single clause is a single range.
    fn a_clause_ends_at_dashes_ellipses_and_stops() {
        for (text, expected) in [
            ("修渠——清淤", &[0..2, 2..4][..]),
            ("修渠……清淤", &[0..2, 2..4]),
            ("修渠、清淤；架桥：修路", &[0..2, 2..4, 4..6, 6..8]),
            ("修渠。。清淤！", &[0..2, 2..4]),
            ("，修渠", &[0..2]),
            ("修“渠”（东）段", &[0..4]),
            ("", &[]),
            ("。", &[]),
        ] {
            assert_eq!(clauses(text, &Units::new(text)), expected, "{text}");
        }
    }

    #[test]
    fn a_text_has_units_and_is_not_too_long() {
        let text = "修渠三里。";
        assert!(pieces_within(text, 5).is_ok());
        assert!(matches!(
            pieces_within(text, 4),
            Err(Error::TextTooLong {
                n_chars: 5,
                limit: 4
            })
        ));
        for text in ["", "。，", "  \n"] {
            assert!(
                matches!(pieces_within(text, 9), Err(Error::NoUnits)),
                "{text:?}"
            );
        }
    }

    #[test]
    fn a_long_sentence_is_cut_only_where_both_parts_are_long() {
        let clause = |n: usize| format!("{}，", "渠".repeat(n));
        for (lens, expected) in [
            // 200 units are not long.
            (&[100, 100][..], &[200][..]),
            (&[100, 101], &[100, 101]),
            // What is left would be a fragment.
            (&[180, 29], &[209]),
            (&[180, 30], &[180, 30]),
            // A part goes on until it has sixty.
            (&[59, 150], &[209]),
            (&[60, 150], &[60, 150]),
        ] {
            let text: String = lens.iter().map(|&n| clause(n)).collect();
            let found: Vec<usize> = pieces(&text)
                .iter()
                .map(|piece| piece.units.len())
                .collect();
            assert_eq!(found, expected, "{lens:?}");
        }
    }

    proptest! {
        #[test]
        fn pieces_hold_every_unit_in_order(text in "[修渠三里，。；！ \n1a“”]{0,60}") {
            let found = pieces(&text);
            let units: Vec<String> = found.iter().flat_map(|piece| piece.units.texts().map(str::to_owned).collect::<Vec<_>>()).collect();
            let lines = text.split('\n').flat_map(|line| Units::new(line).texts().map(str::to_owned).collect::<Vec<_>>());
            prop_assert_eq!(units, lines.collect::<Vec<_>>());
            for piece in &found {
                prop_assert_eq!(cut(&text, piece.span.clone()), piece.text.clone());
                prop_assert!(!piece.units.is_empty() && !piece.text.contains('\n'));
            }
            prop_assert!(found.windows(2).all(|pair| pair[0].span.end <= pair[1].span.start));
        }

        #[test]
        fn clauses_cover_all_units_once(text in "[修渠三里，。；——1,.a]{0,40}") {
            let units = Units::new(&text);
            let found = clauses(&text, &units);
            let all: Vec<usize> = found.iter().flat_map(Clone::clone).collect();
            prop_assert_eq!(all, (0..units.len()).collect::<Vec<_>>());
            prop_assert!(found.iter().all(|clause| !clause.is_empty()));
        }
    }
}
