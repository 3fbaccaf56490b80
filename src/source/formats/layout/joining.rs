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
