//! Splits a whole report on one line at its headings.

use super::label::{starts_label, top_ordinal};
use crate::document::{Line, Style};

/// Minimum number of characters of a line that may be a whole report.
const MIN_CHARS: usize = 600;

/// Splits a line that is a report by itself: it contains most of the text, and top-level labels `一、` `二、` in
/// order, each after a sentence end. Returns the number of parts, 0 if no line was split. All parts keep the
/// line's number.
pub(super) fn split_at_headings(lines: &mut Vec<Line>) -> usize {
    let total: usize = lines.iter().map(|line| line.text.len()).sum();
    let Some(ord) = lines
        .iter()
        // Six tenths: title and signature may still be on lines of their own.
        .position(|line| line.style == Style::Plain && line.text.len() * 10 >= total * 6)
    else {
        return 0;
    };
    if lines[ord].text.chars().count() < MIN_CHARS || !holds_headings(&lines[ord].text) {
        return 0;
    }
    let parts: Vec<Line> = parts(&lines[ord].text)
        .into_iter()
        .map(|text| Line {
            text: text.to_owned(),
            ..lines[ord].clone()
        })
        .collect();
    let n_parts = parts.len();
    lines.splice(ord..=ord, parts);
    n_parts
}

/// Whether labels `一、` and `二、` both open a part.
fn holds_headings(text: &str) -> bool {
    // Two labels in order are a list; one alone may be a quotation.
    let ordinals: Vec<usize> = parts(text).into_iter().filter_map(top_ordinal).collect();
    ordinals.starts_with(&[1, 2])
}

/// The parts of `text`: each begins at a label or at a wide blank after a sentence end; leading blanks are
/// removed.
fn parts(text: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    let mut start = 0;
    let mut after_end = false;
    for (at, ch) in text.char_indices() {
        if ch.is_whitespace() {
            continue;
        }
        // Only after a sentence end: `第一条` inside a sentence is a reference.
        if after_end && begins_part(&text[at..], &text[start..at]) {
            parts.push(text[start..at].trim());
            start = at;
        }
        after_end = matches!(ch, '。' | '！' | '？' | '：' | '”' | '」');
    }
    parts.push(text[start..].trim());
    parts.retain(|part| !part.is_empty());
    parts
}

fn begins_part(rest: &str, before: &str) -> bool {
    // Labels are short; the grammar needs only the beginning.
    let head = rest
        .char_indices()
        .nth(12)
        .map_or(rest, |(at, _)| &rest[..at]);
    // Two wide blanks are the indent of a paragraph whose line end was lost.
    let wide_blank = before.ends_with("　　") || before.ends_with("    ");
    let is_item = head.starts_with(['—', '-', '*', '·', '[', '#', '|'])
        || head
            .chars()
            .nth(1)
            .is_some_and(|ch| matches!(ch, '是' | '要'));
    let is_heading = starts_label(head) && !is_item;
    // A colon introduces a list, whose items stay in their paragraph, unless they are top-level headings.
    let after_colon = before.trim_end().ends_with('：');
    wide_blank || (is_heading && (!after_colon || top_ordinal(head).is_some()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::clean::line_ends::split;

    #[track_caller]
    fn check(text: &str, starts: &[&str]) {
        let mut lines = split(text);
        let n_parts = split_at_headings(&mut lines);
        let actual: Vec<String> = lines
            .iter()
            .map(|line| line.text.chars().take(4).collect())
            .collect();
        assert_eq!(
            (n_parts, actual.iter().map(|s| &**s).collect::<Vec<_>>()),
            (
                if starts.len() > 1 { starts.len() } else { 0 },
                starts.to_vec()
            )
        );
    }

    #[test]
    fn a_report_on_one_line() {
        let body = "各单位按照统一部署开展了大量工作，成效比较明显。".repeat(12);
        check(
            &format!(
                "前言如下。一、基本情况{body}二、主要做法{body}（一）加强领导。{body}　　今后继续努力。"
            ),
            &["前言如下", "一、基本", "二、主要", "（一）加", "今后继续"],
        );
        check(
            &format!("前言：一是抓好。{body}{body}二是抓实。"),
            &["前言：一"],
        );
        check("前言。一、甲。二、乙。", &["前言。一"]);
    }
}
