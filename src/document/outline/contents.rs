//! Tables of contents: lines that print headings a first time, before the text does.
//!
//! A table begins at a line `目录`, or is a run of three or more lines that end in page numbers, or of labelled
//! lines without text between them that all stand in the text once more. Nothing else is taken for one, so no
//! text of a report is lost.

use std::collections::HashMap;
use std::ops::Range;

use super::label;
use crate::document::blank::{is_blank, squeeze, trim};

/// Longest line of a table of contents, in characters.
const MAX_ENTRY: usize = 60;
/// Fewest lines that make a table without the word 目录.
const MIN_ENTRIES: usize = 3;
/// Most lines that are read as one table, so that reading stays linear in the text.
const MAX_ENTRIES: usize = 400;

/// The ranges of `texts` that are tables of contents, in order.
pub(in crate::document) fn contents(texts: &[&str]) -> Vec<Range<usize>> {
    let last = last_places(texts);
    let mut found = Vec::new();
    let mut at = 0;
    while at < texts.len() {
        let range = if matches!(squeeze_short(texts[at]).as_deref(), Some("目录" | "目次")) {
            headed(texts, at)
        } else {
            let end = run(texts, at, &last);
            (end - at >= MIN_ENTRIES).then_some(at..end)
        };
        match range {
            Some(range) => {
                at = range.end;
                found.push(range);
            }
            None => at += 1,
        }
    }
    found
}

/// The table under the word 目录 at `at`: up to where its first entries are printed again.
fn headed(texts: &[&str], at: usize) -> Option<Range<usize>> {
    let mut seen: HashMap<String, usize> = HashMap::new();
    let mut numbered = at + 1;
    for (ord, text) in texts.iter().enumerate().skip(at + 1).take(MAX_ENTRIES) {
        let Some(key) = entry(text) else { break };
        if seen.contains_key(&key) {
            return Some(at..ord);
        }
        if page_number(text).is_some() && numbered == ord {
            numbered = ord + 1;
        }
        seen.insert(key, ord);
    }
    (numbered > at + 1).then_some(at..numbered)
}

/// The end of the run of entries that starts at `at`; `at` if none does.
fn run(texts: &[&str], at: usize, last: &HashMap<String, usize>) -> usize {
    let is_entry = |ord: &usize| {
        let text = texts[*ord];
        has_leader(text)
            || label::lex(text).is_some()
                && entry(text)
                    .and_then(|key| last.get(&key))
                    .is_some_and(|&place| place > *ord + 1)
    };
    let end = (at..texts.len())
        .take(MAX_ENTRIES)
        .take_while(is_entry)
        .count()
        + at;
    // What recurs inside the run itself is no table but a list printed twice.
    let outside = |ord: usize| {
        has_leader(texts[ord])
            || entry(texts[ord]).is_some_and(|key| last.get(&key).is_some_and(|&p| p >= end))
    };
    if (at..end).all(outside) { end } else { at }
}

/// For each short labelled line, where it stands last.
fn last_places(texts: &[&str]) -> HashMap<String, usize> {
    let labelled = texts
        .iter()
        .enumerate()
        .filter(|(_, text)| label::lex(text).is_some());
    labelled
        .filter_map(|(ord, text)| Some((entry(text)?, ord)))
        .collect()
}

/// What two printings of a heading share; `None` if the line is too long for an entry.
fn entry(text: &str) -> Option<String> {
    let text = page_number(text).unwrap_or(text);
    squeeze_short(text)
}

fn squeeze_short(text: &str) -> Option<String> {
    let is_short = text.chars().take(MAX_ENTRY + 1).count() <= MAX_ENTRY && !text.contains('。');
    is_short.then(|| squeeze(text))
}

/// The line without the page number at its end; `None` if it has none.
fn page_number(text: &str) -> Option<&str> {
    let text = trim(text);
    let before = text.trim_end_matches(|ch: char| ch.is_ascii_digit());
    let title = before.trim_end_matches(|ch: char| {
        is_blank(ch) || matches!(ch, '.' | '…' | '·' | '-' | '—' | '．')
    });
    (before.len() < text.len() && title.len() < before.len() && !title.is_empty()).then_some(title)
}

/// Whether dots or a tab lead to a page number.
fn has_leader(text: &str) -> bool {
    page_number(text).is_some_and(|title| {
        let leader = &trim(text)[title.len()..];
        leader.contains('\t')
            || leader.contains('…')
            || leader.contains("...")
            || leader.contains("···")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &[Range<usize>]) {
        let texts: Vec<&str> = text.lines().collect();
        assert_eq!(contents(&texts), expected);
    }

    #[test]
    fn ends_where_the_text_begins() {
        check(
            "目　录\n第一章 总则\n第二章 园区\n第一章　总　则\n园区归管委会管。",
            std::slice::from_ref(&(0..3)),
        );
        check(
            "目录\n前言\t1\n一、园区\t2\n前言\n园区很大。",
            std::slice::from_ref(&(0..3)),
        );
        check(
            "目录\n一、园区\t2\n二、企业\t5\n园区很大。",
            std::slice::from_ref(&(0..3)),
        );
        check("目录管理办法\n一、园区", &[]);
    }

    #[test]
    fn needs_no_word_for_contents() {
        check(
            "第一章 甲\n第二章 乙\n第三章 丙\n第一章 甲\n文。\n第二章 乙\n文。\n第三章 丙\n文。",
            std::slice::from_ref(&(0..3)),
        );
        check(
            "一、甲……1\n二、乙……2\n三、丙……3\n一、甲\n文。",
            std::slice::from_ref(&(0..3)),
        );
        check("一、甲\n二、乙\n三、丙", &[]);
    }
}
