//! A line as the structural rules read it.

use std::borrow::Cow;

use super::blank::trim;
use crate::text::normalize::is_zero_width;
use crate::text::{normalize, radicals, spaced};

/// The line without blanks around it, without zero-width characters, with radicals replaced by their
/// characters, circles in a numeral by 〇, and without blanks that separate single characters.
///
/// Width, case and script are as printed: headings and titles are printed from here. Borrowed for nearly
/// every line.
pub(super) fn reading(line: &str) -> Cow<'_, str> {
    let line = trim(line);
    let gaps = spaced::gaps_in_line(line);
    if gaps.is_empty() && !line.contains(is_changed) {
        return Cow::Borrowed(line);
    }
    let mut out = String::with_capacity(line.len());
    let mut gaps = gaps.into_iter().peekable();
    let mut last = '\0';
    let mut chars = (0..).zip(line.chars()).peekable();
    while let Some((at, ch)) = chars.next() {
        // Gaps are ordered; one that ends before the character is done with.
        gaps.next_if(|gap| gap.end <= at);
        if is_zero_width(ch) || gaps.peek().is_some_and(|gap| gap.contains(&at)) {
            continue;
        }
        let next = chars.peek().map(|&(_, next)| next);
        last = match ch {
            _ if normalize::is_zero(ch, last, next) => '〇',
            _ => radicals::unified(ch),
        };
        out.push(last);
    }
    Cow::Owned(out)
}

/// Whether the character may be replaced or removed.
fn is_changed(ch: char) -> bool {
    // Nearly all characters are Han characters or frequent marks.
    !matches!(ch, '\u{3001}'..='\u{9fff}')
        && (is_zero_width(ch) || matches!(ch, '\u{2e80}'..='\u{2fdf}') || normalize::is_circle(ch))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(line: &str, expected: &str) {
        assert_eq!(reading(line), expected);
    }

    #[test]
    fn removes_what_hides_a_pattern_from_a_rule() {
        check("　⼀、基\u{200b}本情况 ", "一、基本情况");
        check("（⼀）队伍", "（一）队伍");
        check("二Ｏ二三年九月", "二〇二三年九月");
        check("政  府  工  作  报  告", "政府工作报告");
        check("2 0 2 3 年 1 2 月 2 0 日", "2023年12月20日");
        check("第一章　总　则", "第一章　总　则");
        check("○ 一是修路（ＡＢ）體", "○ 一是修路（ＡＢ）體");
    }
}
