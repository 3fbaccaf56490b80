//! Joins the text of rows.

use super::page_row::PageRow;

/// Appends `next`, with a blank only between Latin words; a hyphen between small letters is removed. Returns
/// the number removed.
pub(super) fn append(text: &mut String, next: &str) -> u64 {
    let is_small = |ch: char| ch.is_ascii_lowercase();
    let ends_hyphenated = text
        .strip_suffix('-')
        .is_some_and(|before| before.ends_with(is_small));
    let is_broken = ends_hyphenated && next.starts_with(is_small);
    if is_broken {
        text.pop();
    } else if text.ends_with(|ch: char| ch.is_ascii_alphanumeric() || matches!(ch, ',' | '.' | ';'))
        && next.starts_with(|ch: char| ch.is_ascii_alphabetic())
        && !text.ends_with(|ch: char| ch.is_ascii_digit())
    {
        text.push(' ');
    }
    text.push_str(next);
    u64::from(is_broken)
}

/// The text of a cell from its rows, which may extend to `right`; adds the number of removed hyphens.
pub(super) fn cell_text(rows: &[PageRow], right: f32, n_hyphens: &mut u64) -> String {
    let mut text = String::new();
    let mut last: Option<&PageRow> = None;
    for row in rows {
        let row_text = row.text.replace('\t', " ");
        if let Some(last) = last {
            // Text that would have fitted in the row above begins a paragraph of its own.
            let room = right - last.x1;
            let is_full = room < row.first_width + 1.2 * row.size;
            // A label of a few characters may be broken before its row is full.
            if !is_full && last.x1 - last.x0 > 4.0 * last.size {
                text.push(' ');
            }
        }
        *n_hyphens += append(&mut text, &row_text);
        last = Some(row);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::visible::n_visible;
    use proptest::prelude::*;

    #[track_caller]
    fn check(before: &str, next: &str, expected: &str, n_hyphens: u64) {
        let mut text = before.to_owned();
        let n = append(&mut text, next);
        assert_eq!((&*text, n), (expected, n_hyphens));
    }

    #[test]
    fn only_latin_words_have_a_blank_between_them() {
        check("园区", "平稳", "园区平稳", 0);
        check("annual", "report", "annual report", 0);
        check("reports,", "plans", "reports, plans", 0);
        check("2024", "report", "2024report", 0);
        check("园区", "report", "园区report", 0);
        check("report", "园区", "report园区", 0);
        check("", "report", "report", 0);
    }

    #[test]
    fn a_hyphen_goes_between_small_letters_only() {
        check("develop-", "ment", "development", 1);
        check("COVID-", "19", "COVID-19", 0);
        check("Sino-", "Foreign", "Sino-Foreign", 0);
        check("甲-", "a", "甲-a", 0);
    }

    proptest! {
        #[test]
        fn nothing_visible_is_lost_but_hyphens(one in "[园a-cA,.;0 -]{0,6}", next in "[园a-cA,.;0 -]{0,6}") {
            let mut text = one.clone();
            let n_hyphens = append(&mut text, &next);
            prop_assert_eq!(n_visible(&text) + n_hyphens, n_visible(&one) + n_visible(&next));
        }
    }
}
