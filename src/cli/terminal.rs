//! Text in cells: a Han character fills two, a mark above a letter none.
//!
//! Lengths and widths here are cells, ranges are bytes on character boundaries.

use std::ops::Range;

use unicode_linebreak::linebreaks;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};
pub(crate) use xunzhang::text::printable::{printable, printable_lines};

/// Narrower than this nothing can be read.
const NARROWEST: usize = 20;

/// Cells of a line: `COLUMNS`, else the terminal's, else 80.
pub(crate) fn terminal_width(variable: impl Fn(&str) -> Option<String>) -> usize {
    // The user's own choice of a width (POSIX, XBD 8.3) wins over that of the terminal.
    let given = variable("COLUMNS").and_then(|value| value.trim().parse::<usize>().ok());
    let terminal = || terminal_size::terminal_size().map(|(width, _)| usize::from(width.0));
    let width = given.filter(|&width| width > 0).or_else(terminal);
    width.unwrap_or(80).max(NARROWEST)
}

/// The cells of a text.
pub(crate) fn width(text: &str) -> usize {
    text.width()
}

/// The text padded with blanks to `cells`; a longer text as it is.
pub(crate) fn pad(text: &str, cells: usize) -> String {
    let missing = cells.saturating_sub(width(text));
    format!("{text}{}", " ".repeat(missing))
}

/// The text with blanks before it up to `cells`; a longer text as it is.
pub(crate) fn pad_left(text: &str, cells: usize) -> String {
    let missing = cells.saturating_sub(width(text));
    format!("{}{text}", " ".repeat(missing))
}

/// The text, or as much of its beginning as fits into `cells` together with an `…`.
pub(crate) fn truncate(text: &str, cells: usize) -> String {
    if width(text) <= cells {
        return text.to_owned();
    }
    // The ellipsis takes one cell.
    let mut used = 1;
    let fits = |ch: &char| {
        used += cells_of(*ch);
        used <= cells
    };
    let mut out: String = text.chars().take_while(fits).collect();
    // A blank before the ellipsis would look like a word left out.
    out.truncate(out.trim_end().len());
    out.push('…');
    out
}

/// A text without control characters in lines of at most `cells`, broken as [`wrap`] does.
pub(crate) fn wrapped(text: &str, cells: usize) -> Vec<String> {
    let text = printable(text);
    let lines = wrap(&text, cells).into_iter();
    lines.map(|line| text[line].to_owned()).collect()
}

/// The lines of a text that is broken to fit into `cells`; blanks at a break belong to no line.
///
/// Breaks between Han characters and at blanks, never inside a Latin word or number unless it is longer than a line;
/// no line starts with closing punctuation or ends with an opening bracket. Line feeds break. An empty text is one
/// empty line.
pub(crate) fn wrap(text: &str, cells: usize) -> Vec<Range<usize>> {
    let mut lines = Vec::new();
    let mut start = 0;
    for part in text.split('\n') {
        wrap_line(text, start..start + part.len(), cells, &mut lines);
        start += part.len() + 1;
    }
    lines
}

fn wrap_line(text: &str, whole: Range<usize>, cells: usize, lines: &mut Vec<Range<usize>>) {
    let breaks = break_places(&text[whole.clone()]);
    let mut start = whole.start;
    loop {
        let rest = &text[start..whole.end];
        let Some(full) = first_that_overflows(rest, cells) else {
            lines.push(start..start + rest.trim_end().len());
            return;
        };
        let fits = breaks.partition_point(|&at| whole.start + at <= start + full);
        let last = breaks[..fits].last().map(|at| whole.start + at);
        // A break at the beginning of the line would never get further.
        let end = last.filter(|&at| at > start);
        let end = end.unwrap_or_else(|| start + hard_break(rest, full));
        lines.push(start..start + text[start..end].trim_end().len());
        let blanks = text[end..whole.end].len() - text[end..whole.end].trim_start().len();
        start = end + blanks;
        // Blanks at the end of the text would otherwise open an empty line.
        if start == whole.end {
            return;
        }
    }
}

/// Byte of the first character that does not fit; a blank always does, since it can be left out at the break.
fn first_that_overflows(text: &str, cells: usize) -> Option<usize> {
    let mut used = 0;
    for (at, ch) in text.char_indices() {
        used += cells_of(ch);
        if used > cells && !ch.is_whitespace() {
            return Some(at);
        }
    }
    None
}

/// Bytes before which a line may end, in order (Unicode Standard Annex #14).
///
/// To the annex a curly quotation mark may open or close, so that it allows no break at either of its sides. In Chinese it
/// is known which it does: the marks break as the brackets do that take as many bytes.
fn break_places(text: &str) -> Vec<usize> {
    let as_brackets: String = text
        .chars()
        .map(|ch| match ch {
            '“' | '‘' => '（',
            '”' | '’' => '）',
            ch => ch,
        })
        .collect();
    linebreaks(&as_brackets).map(|(at, _)| at).collect()
}

/// The end of a line in a text without a place to break: before `full`, but a character without cells goes with the one
/// before it, and a line has at least one character.
fn hard_break(text: &str, full: usize) -> usize {
    let marks = text[full..].chars().take_while(|ch| cells_of(*ch) == 0);
    let end = full + marks.map(char::len_utf8).sum::<usize>();
    end.max(text.chars().next().map_or(0, char::len_utf8))
}

fn cells_of(ch: char) -> usize {
    // A control character has no width, and `printable` leaves none in a text.
    ch.width().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, cells: usize, expected: &[&str]) {
        let lines: Vec<&str> = wrap(text, cells)
            .into_iter()
            .map(|range| &text[range])
            .collect();
        assert_eq!(lines, expected);
    }

    #[test]
    fn widths() {
        assert_eq!(width("园区A1"), 6);
        assert_eq!(pad("园区", 6), "园区  ");
        assert_eq!(pad_left("园区", 6), "  园区");
        assert_eq!(pad("园区", 3), "园区");
    }

    #[test]
    fn truncation_counts_its_own_mark() {
        assert_eq!(truncate("园区总结", 8), "园区总结");
        assert_eq!(truncate("园区总结", 7), "园区总…");
        assert_eq!(truncate("园区总结", 6), "园区…");
        assert_eq!(truncate("ab cd", 4), "ab…");
    }

    #[test]
    fn breaks_between_han_characters_and_at_blanks() {
        check("园区建设进展", 8, &["园区建设", "进展"]);
        check("园区建设进展", 7, &["园区建", "设进展"]);
        check("abc def ghi", 7, &["abc def", "ghi"]);
        check("建成GDP指标", 6, &["建成", "GDP指", "标"]);
        check("", 10, &[""]);
        check("一\n二", 10, &["一", "二"]);
    }

    #[test]
    fn punctuation_keeps_off_the_edges() {
        check("园区建设，进展顺利", 8, &["园区建", "设，进展", "顺利"]);
        check("园区建“设进”展", 7, &["园区建", "“设进”", "展"]);
        check("完成12.5%以上", 8, &["完成", "12.5%以", "上"]);
        check("园区（一）（二）", 6, &["园区", "（一）", "（二）"]);
    }

    #[test]
    fn what_has_no_place_to_break_is_broken_hard() {
        check("abcdefgh", 3, &["abc", "def", "gh"]);
        check("。。。。", 4, &["。。", "。。"]);
        check("园", 1, &["园"]);
        check(
            "e\u{301}e\u{301}e\u{301}",
            2,
            &["e\u{301}e\u{301}", "e\u{301}"],
        );
    }

    #[test]
    fn width_of_the_terminal() {
        let columns =
            |value: &'static str| move |name: &str| (name == "COLUMNS").then(|| value.to_owned());
        assert_eq!(terminal_width(columns("120")), 120);
        assert_eq!(terminal_width(columns("3")), NARROWEST);
    }

    proptest::proptest! {
        /// Lines hold every character but blanks, in order, and none is wider than asked for unless one character is.
        #[test]
        fn nothing_is_lost(text in "([园区，。“”（a1 .—…]|e\u{301}){0,60}", cells in 1usize..12) {
            let lines = wrap(&text, cells);
            let kept: String = lines.iter().flat_map(|line| text[line.clone()].chars()).filter(|ch| !ch.is_whitespace()).collect();
            let all: String = text.chars().filter(|ch| !ch.is_whitespace()).collect();
            proptest::prop_assert_eq!(kept, all);
            for line in lines {
                let line = &text[line];
                proptest::prop_assert!(width(line) <= cells || line.chars().filter(|ch| cells_of(*ch) > 0).count() <= 1, "{:?}", line);
            }
        }
    }
}
