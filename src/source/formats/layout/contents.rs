//! Entries of contents pages: a leader and the number of a page.

/// Whether a row ends in a page number after a leader: `一、概况………… 3`.
pub(super) fn is_entry(text: &str) -> bool {
    let is_number = |ch: char| {
        ch.is_ascii_digit()
            || ch.is_whitespace()
            || matches!(
                ch,
                '-' | '—' | '(' | ')' | '（' | '）' | 'I' | 'V' | 'X' | 'i' | 'v' | 'x'
            )
    };
    let head = text.trim_end_matches(is_number);
    head.len() < text.len() && ends_in_leader(head)
}

/// Whether a row ends in a leader, so that the page number comes next.
pub(super) fn ends_in_leader(text: &str) -> bool {
    let mut n_marks = 0;
    let mut last = None;
    for ch in text.chars().rev() {
        if is_leader(ch) && last.is_none_or(|last| last == ch) {
            n_marks += 1;
            last = Some(ch);
        } else if !ch.is_whitespace() {
            break;
        }
    }
    // Fewer equal marks are an ellipsis or a dash.
    n_marks >= 4
}

/// The row with its number moved after the leader, where both are printed over each other.
pub(super) fn straightened(text: String) -> String {
    let head = text.trim_end_matches(is_leader);
    let label = head.trim_end_matches(|ch: char| ch.is_ascii_digit());
    let number = &head[label.len()..];
    let is_printed_over =
        head.len() < text.len() && (1..=4).contains(&number.len()) && ends_in_leader(label);
    if is_printed_over {
        format!("{label}{}{number}", &text[head.len()..])
    } else {
        text
    }
}

fn is_leader(ch: char) -> bool {
    matches!(
        ch,
        '.' | '…' | '·' | '．' | '․' | '‥' | '⋯' | '﹒' | '_' | '-' | '—' | '－' | '•'
    )
}

/// Whether a row is the heading of a contents page.
pub(super) fn is_heading(text: &str) -> bool {
    let squeezed: String = text
        .chars()
        .filter(|ch| !ch.is_whitespace())
        .take(5)
        .collect();
    // The first five letters of CONTENTS are enough, as only five characters are read.
    matches!(&*squeezed, "目录" | "目次" | "目錄" | "CONTE")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entries_have_leaders() {
        for text in [
            "一、概况………… 3",
            "1 总则....12",
            "附件······-5-",
            "（一）成效…………\t7",
        ] {
            assert!(is_entry(text), "{text}");
        }
        for text in ["一、概况", "增长2.5", "第3"] {
            assert!(!is_entry(text), "{text}");
        }
        assert!(is_heading("目　录") && !is_heading("目录学"));
    }
}
