//! Line ends.

use crate::document::{Line, Style};

/// Splits `text` into lines, numbered by the `\n` before them; empty lines are kept, but not one after a final line end.
///
/// A `\r` before `\n`, even two, belongs to the line end. A lone `\r`, a form feed, and Unicode's own line ends
/// also end a line, and the rest has the same number. A text without any `\n` is numbered by its `\r`.
pub(crate) fn split(text: &str) -> Vec<Line> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    // Files of the classic Mac OS end lines with `\r` alone.
    if !text.contains('\n') && text.contains('\r') {
        return number(text.split('\r'));
    }
    number(text.split('\n'))
}

fn number<'a>(pieces: impl Iterator<Item = &'a str>) -> Vec<Line> {
    let mut lines = Vec::new();
    for (number, piece) in (1..).zip(pieces) {
        // Files transferred twice in text mode end lines with `\r\r\n`.
        let piece = piece.trim_end_matches('\r');
        for text in piece.split(ends_line) {
            lines.push(Line {
                number,
                text: text.to_owned(),
                style: Style::Plain,
            });
        }
    }
    // The line end closes the last line; it does not begin an empty one.
    if lines.last().is_some_and(|line| line.text.is_empty()) {
        lines.pop();
    }
    lines
}

fn ends_line(ch: char) -> bool {
    matches!(
        ch,
        '\r' | '\u{0b}' | '\u{0c}' | '\u{85}' | '\u{2028}' | '\u{2029}'
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[track_caller]
    fn check(text: &str, expected: &[(u32, &str)]) {
        let lines = split(text);
        let actual: Vec<_> = lines
            .iter()
            .map(|line| (line.number, &*line.text))
            .collect();
        assert_eq!(actual, expected);
    }

    #[test]
    fn lines_are_numbered_by_newlines() {
        check(
            "甲\r\r\n乙\r\n\n丙",
            &[(1, "甲"), (2, "乙"), (3, ""), (4, "丙")],
        );
        check(
            "甲\u{2028}乙\u{0c}丙\n丁\n",
            &[(1, "甲"), (1, "乙"), (1, "丙"), (2, "丁")],
        );
        check("甲\r乙\r", &[(1, "甲"), (2, "乙")]);
        check("\u{feff}甲\r乙\n丙", &[(1, "甲"), (1, "乙"), (2, "丙")]);
        check("", &[]);
    }

    proptest! {
        #[test]
        fn lines_are_the_text_without_its_line_ends(text in "[甲乙 \n\r\u{b}\u{c}\u{85}\u{2028}\u{2029}]{0,30}") {
            let lines = split(&text);
            let written: String = lines.iter().map(|line| &*line.text).collect();
            prop_assert_eq!(written, text.replace(|ch| ch == '\n' || ends_line(ch), ""));
            prop_assert!(lines.iter().all(|line| !line.text.contains(ends_line)));
            // A reader who splits at the end that the file uses counts alike.
            let end = if text.contains('\n') { '\n' } else { '\r' };
            let n_ends = text.matches(end).count() as u32;
            prop_assert!(lines.iter().all(|line| line.number <= n_ends + 1));
            prop_assert!(lines.windows(2).all(|two| two[1].number - two[0].number <= 1));
        }
    }
}
