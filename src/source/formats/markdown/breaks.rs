//! Decides which line ends within a paragraph of Markdown end a paragraph of the report.
//!
//! Markdown joins lines that no blank line separates. Editors wrap text that way; but pasted text has each
//! paragraph on a line of its own, and joined they would be one passage.

use crate::source::clean::starts_label;

/// Width in columns that exceeds any editor's wrapping.
const LONG_LINE: usize = 120;
/// Maximum difference in columns between a wrapped line and the longest one: a word and a mark.
const SLACK: usize = 8;

/// Whether a new paragraph begins after a line; `line` is the line in the file, `next` the one after it.
pub(super) fn ends_paragraph(line: &str, next: &str) -> bool {
    // `>` continues a block quote.
    let (line, inside) = (line.trim(), next.trim_start_matches([' ', '\t', '>']));
    if inside.starts_with('\u{3000}') || starts_label(inside) {
        return true;
    }
    // Consecutive dates of decisions are lines of their own.
    if begins_with_year(line) && begins_with_year(inside) {
        return true;
    }
    let is_ended = line.ends_with(['。', '！', '？', '；', '：', '”', '）']);
    let (this, next) = (columns(line), columns(inside.trim_end()));
    let is_short = this + SLACK < next;
    // `一、概况` above its text.
    let is_heading = is_short && starts_label(line);
    // A full line that ends a sentence is ambiguous: it ends the paragraph if it is longer than editors wrap,
    // or ends well before the next line does.
    is_heading || is_ended && (this >= LONG_LINE || is_short)
}

fn begins_with_year(text: &str) -> bool {
    let rest = text.trim_start_matches(|ch: char| ch.is_ascii_digit());
    text.len() - rest.len() == 4 && rest.starts_with('年')
}

/// The width on a terminal: two columns for each character beyond Latin, else one.
fn columns(text: &str) -> usize {
    let wide = |ch: char| if ch < '\u{1100}' { 1 } else { 2 };
    text.chars().map(wide).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pasted_paragraphs_end_and_wrapped_ones_go_on() {
        let long = "园区各项工作扎实推进".repeat(6);
        for (line, next, expected) in [
            // A label or an indent begins a paragraph whatever is above.
            ("园区工作", "一、概况", true),
            ("园区工作", "　　概况", true),
            ("园区工作", "> （一）概况", true),
            ("2023年通过", "2024年修正", true),
            // A heading above its text, and a full line that ends a sentence.
            ("一、概况", "园区各项工作扎实推进，成效明显。", true),
            (&format!("{long}。"), "园区", true),
            ("园区平稳。", "园区各项工作扎实推进，成效明显。", true),
            // Lines that an editor wrapped.
            ("园区各项工作扎实推进，", "成效明显", false),
            ("园区各项工作扎实推进。", "成效明显", false),
            ("园区各项", "工作扎实推进，成效明显，群众满意。", false),
            ("the annual report", "of the park", false),
        ] {
            assert_eq!(ends_paragraph(line, next), expected, "{line} / {next}");
        }
    }

    #[test]
    fn a_year_has_four_digits() {
        assert!(
            begins_with_year("2024年")
                && !begins_with_year("202年")
                && !begins_with_year("20240年")
        );
        assert!(!begins_with_year("2024") && !begins_with_year("年"));
        assert_eq!((columns("园a区"), columns("")), (5, 0));
    }
}
