//! What a page has at its head and foot: running titles, which other pages have at the same height, and page numbers.

use std::collections::BTreeMap;

use super::rows::{self, Row};

/// The parts of rows of a page, by height.
pub(super) struct Sheet {
    pub(super) height: f32,
    pub(super) rows: Vec<Row>,
}

/// Rows from the edge of a page that are looked at.
const DEPTH: usize = 3;
/// Share of a page's height, from its edge, in which head and foot stand.
const MARGIN: f32 = 0.14;

/// A row at the edge of a page: the text with digits masked, and the height in fiftieths of the page.
type Key = (String, i32);

/// Removes heads, feet and page numbers.
pub(super) fn remove(sheets: &mut [Sheet]) {
    let edges: Vec<[Vec<Edge>; 2]> = sheets.iter().map(edges).collect();
    let mut n_pages: BTreeMap<&Key, usize> = BTreeMap::new();
    for edge in edges.iter().flatten().flatten() {
        *n_pages.entry(&edge.key).or_default() += 1;
    }
    let enough = if sheets.len() < 7 { 2 } else { 3 };
    for (sheet, edges) in sheets.iter_mut().zip(&edges) {
        for side in edges {
            for edge in side {
                // A running title a little off its height on another page is still one.
                let near = (-1..=1).map(|by| (edge.key.0.clone(), edge.key.1 + by));
                let n_near: usize = near
                    .map(|key| n_pages.get(&key).copied().unwrap_or(0))
                    .sum();
                if n_near < enough && !is_page_number(&edge.text) {
                    break;
                }
                let is_outside = |row: &Row| (row.y - edge.y).abs() > 0.5 * row.size.max(edge.size);
                sheet.rows.retain(is_outside);
            }
        }
    }
}

struct Edge {
    key: Key,
    text: String,
    y: f32,
    size: f32,
}

/// The rows in the margins, from the edge inwards: of the head, of the foot.
fn edges(sheet: &Sheet) -> [Vec<Edge>; 2] {
    let rows = rows::merge(sheet.rows.clone());
    let edge = |row: &Row| Edge {
        key: (masked(&row.text), (row.y / sheet.height * 50.0) as i32),
        text: row.text.clone(),
        y: row.y,
        size: row.size,
    };
    let in_head = |row: &&Row| row.y < MARGIN * sheet.height;
    let in_foot = |row: &&Row| row.y > (1.0 - MARGIN) * sheet.height;
    [
        rows.iter()
            .take(DEPTH)
            .take_while(in_head)
            .map(edge)
            .collect(),
        rows.iter()
            .rev()
            .take(DEPTH)
            .take_while(in_foot)
            .map(edge)
            .collect(),
    ]
}

/// The text without blanks, each number as one mark.
fn masked(text: &str) -> String {
    let mut out = String::new();
    let mut in_number = false;
    for ch in text.chars() {
        if ch.is_numeric() && !in_number {
            out.push('#');
        } else if !ch.is_numeric() && !ch.is_whitespace() {
            out.push(ch);
        }
        in_number = ch.is_numeric();
    }
    out
}

/// Whether a row is nothing but the number of its page: `- 3 -`, `第 3 页 共 9 页`, `3/9`.
fn is_page_number(text: &str) -> bool {
    let masked = masked(text);
    let rest: String = masked
        .chars()
        .filter(|ch| {
            !matches!(
                ch,
                '#' | '-'
                    | '－'
                    | '—'
                    | '–'
                    | '―'
                    | '·'
                    | '•'
                    | '/'
                    | '第'
                    | '页'
                    | '共'
                    | ','
                    | '，'
                    | '('
                    | ')'
                    | '|'
            )
        })
        .collect();
    let rest = rest.to_ascii_lowercase();
    let n_numbers = masked.matches('#').count();
    let is_roman = n_numbers == 0
        && !rest.is_empty()
        && rest.len() <= 5
        && rest.chars().all(|ch| "ivxl".contains(ch));
    let is_short = text.chars().filter(|ch| !ch.is_whitespace()).count() <= 16;
    is_short
        && ((1..=2).contains(&n_numbers) && matches!(&*rest, "" | "page" | "pageof" | "p" | "p.")
            || is_roman)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_pages() {
        for text in [
            "1",
            "- 12 -",
            "— 3 —",
            "第 1 页 共 3 页",
            "3/9",
            "Page 2 of 9",
            "iv",
            "·5·",
        ] {
            assert!(is_page_number(text), "{text}");
        }
        for text in ["2009年", "1.", "3月25日", "第一章", "1 2 3", "v 型", "(一)"] {
            assert!(!is_page_number(text), "{text}");
        }
    }
}
