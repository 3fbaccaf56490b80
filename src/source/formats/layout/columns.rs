//! Columns: a page whose rows stay clear of a gutter is read first on its left, then on its right.
//!
//! Elements that cross the gutter (a title, a picture's legend) divide the page into bands, each read by
//! itself. A table has gutters too, but its cells are short and contain no sentences, and few of them fill
//! their column.

use super::aligned;
use super::page_row::PageRow;
use super::sheet::Region;

/// Minimum number of parts of rows in a column.
const MIN_ROWS: usize = 4;
/// Minimum average number of characters of a part of a row in a column.
const MIN_CHARS: usize = 7;
/// Minimum share of the rows of a column that fill it, in percent.
const MIN_FULL: usize = 45;
/// Maximum number of stretches between lines across a page in columns; a table has one for each row.
const MAX_BETWEEN_LINES: usize = 3;
/// Maximum depth of columns in columns.
const MAX_DEPTH: usize = 2;

/// The regions of a page in reading order.
pub(super) fn split(parts: Vec<PageRow>) -> Vec<Region> {
    split_at_depth(parts, 0)
}

fn split_at_depth(parts: Vec<PageRow>, depth: usize) -> Vec<Region> {
    let Some(gutter) = gutter(&parts).filter(|_| depth < MAX_DEPTH) else {
        return region(parts).into_iter().collect();
    };
    let mut regions = Vec::new();
    let (mut left, mut right, mut across) = (Vec::new(), Vec::new(), Vec::new());
    for part in parts {
        // Left and right are collected until something crosses the gutter, which ends both columns.
        let side = match part {
            _ if part.x1 <= gutter => Some(&mut left),
            _ if part.x0 >= gutter => Some(&mut right),
            _ => None,
        };
        let Some(side) = side else {
            for side in [&mut left, &mut right] {
                regions.extend(split_at_depth(std::mem::take(side), depth + 1));
            }
            across.push(part);
            continue;
        };
        side.push(part);
        regions.extend(region(std::mem::take(&mut across)));
    }
    for side in [left, right, across] {
        regions.extend(split_at_depth(side, depth + 1));
    }
    regions
}

fn region(parts: Vec<PageRow>) -> Option<Region> {
    let (left, right) = (!parts.is_empty()).then(|| margins(&parts))?;
    let rows = aligned::rows(parts);
    Some(Region { left, right, rows })
}

/// The leftmost and the rightmost edge of some parts.
fn margins(parts: &[PageRow]) -> (f32, f32) {
    let lefts = parts.iter().map(|part| part.x0);
    let rights = parts.iter().map(|part| part.x1);
    (
        lefts.fold(f32::INFINITY, f32::min),
        rights.fold(f32::NEG_INFINITY, f32::max),
    )
}

/// The middle of the gutter between two columns; `None` if the page has none.
fn gutter(parts: &[PageRow]) -> Option<f32> {
    let (left, right) = margins(parts);
    // A gutter in the outer fifth of the page separates a margin note or an item's number, not a column.
    let edge = 0.2 * (right - left);
    let mut best: Option<(usize, f32)> = None;
    let mut tried: Vec<f32> = Vec::new();
    // Candidates are the gaps between neighbours on one row; trying every x would find the same gutters more
    // slowly.
    for pair in parts.windows(2) {
        let at = f32::midpoint(pair[0].x1, pair[1].x0);
        let is_beside = pair[1].x0 > pair[0].x1 && (pair[1].y - pair[0].y).abs() < pair[0].size;
        let is_inside = at > left + edge && at < right - edge;
        let is_near = |other: &f32| (other - at).abs() <= 0.3 * pair[0].size;
        // Forty candidates bound the work on a page of scattered characters.
        if !is_beside || !is_inside || tried.iter().any(is_near) || tried.len() > 40 {
            continue;
        }
        tried.push(at);
        let n_clear = clear_rows(parts, at).filter(|n| best.is_none_or(|(most, _)| *n > most));
        best = n_clear.map(|n_clear| (n_clear, at)).or(best);
    }
    best.map(|(_, at)| at)
}

/// The number of parts that stay clear of a gutter at `at`, if it is one.
fn clear_rows(parts: &[PageRow], at: f32) -> Option<usize> {
    let mut sides: [Vec<&PageRow>; 2] = [Vec::new(), Vec::new()];
    let mut n_across = 0;
    for part in parts.iter().filter(|part| part.is_text()) {
        if part.x0 < at && part.x1 > at {
            n_across += 1;
        } else {
            sides[usize::from(part.x0 >= at)].push(part);
        }
    }
    let n_clear = sides[0].len() + sides[1].len();
    let is_ruled = sides
        .iter()
        .all(|side| n_between_lines(side) > MAX_BETWEEN_LINES);
    // Drawn lines between the rows of both sides make a table; a third of the rows may cross (titles).
    let are_columns =
        !is_ruled && n_across * 3 <= n_clear && sides.iter().all(|side| is_prose(side));
    are_columns.then_some(n_clear)
}

/// Whether parts of rows belong to one column or several: sentences in rows that mostly fill their column.
fn is_prose(side: &[&PageRow]) -> bool {
    let n_rows = side.len();
    let n_chars: usize = side.iter().map(|part| part.text.chars().count()).sum();
    let n_marks: usize = side.iter().map(|part| n_marks(&part.text)).sum();
    n_rows >= MIN_ROWS
        && n_chars >= MIN_CHARS * n_rows
        // One mark between words for every four rows: cells have none.
        && n_marks * 4 >= n_rows
        && n_full(side) * 100 >= n_rows * MIN_FULL
}

/// The number of stretches into which lines across the page divide a column.
fn n_between_lines(side: &[&PageRow]) -> usize {
    let mut lines: Vec<u32> = side.iter().map(|part| part.n_lines_above).collect();
    lines.sort_unstable();
    lines.dedup();
    lines.len()
}

/// Punctuation between words; marks in figures do not count.
fn n_marks(text: &str) -> usize {
    let mut n_marks = text.matches(['，', '。', '、', '；']).count();
    let mut chars = text.chars().peekable();
    while let Some(ch) = chars.next() {
        let ends_word = chars.peek().is_none_or(|next| next.is_whitespace());
        n_marks += usize::from(matches!(ch, ',' | '.') && ends_word);
    }
    n_marks
}

/// The number of rows with the margins of a nearby row.
fn n_full(side: &[&PageRow]) -> usize {
    const N_COMPARED: usize = 8;
    let mut is_full = vec![false; side.len()];
    for (ord, one) in side.iter().enumerate() {
        let is_wide = one.x1 - one.x0 > 6.0 * one.size;
        let next = side.iter().enumerate().skip(ord + 1).take(N_COMPARED);
        for (other_ord, other) in next.filter(|_| is_wide) {
            // Neighbouring rows of one column: at most 3.5 sizes apart, right margins equal up to a hanging
            // mark, left ones up to an indent of two characters.
            let is_near = other.y - one.y < 3.5 * one.size && other.y - one.y > 0.5 * one.size;
            let has_margins = (one.x1 - other.x1).abs() < 1.3 * one.size
                && (one.x0 - other.x0).abs() < 2.6 * one.size;
            if is_near && has_margins {
                is_full[ord] = true;
                is_full[other_ord] = true;
            }
        }
    }
    is_full.into_iter().filter(|is_full| *is_full).count()
}

#[cfg(test)]
mod tests {
    use super::super::page_row::row_of_ten;
    use super::*;

    const PROSE: &str = "园区企业发展良好，收入";

    fn part(text: &str, x0: f32, x1: f32, y: f32) -> PageRow {
        row_of_ten(text, x0, x1, y)
    }

    /// Rows of two columns beside each other.
    fn two_columns(text: &str, n_rows: usize) -> Vec<PageRow> {
        let ys = (0..n_rows).map(|ord| 50.0 + 16.0 * ord as f32);
        ys.flat_map(|y| [part(text, 0.0, 110.0, y), part(text, 130.0, 240.0, y)])
            .collect()
    }

    fn edges(parts: Vec<PageRow>) -> Vec<(f32, f32, usize)> {
        let regions = split(parts).into_iter();
        regions
            .map(|region| (region.left, region.right, region.rows.len()))
            .collect()
    }

    #[test]
    fn the_left_column_is_read_before_the_right_one() {
        let found = edges(two_columns(PROSE, 6));
        assert_eq!(found, [(0.0, 110.0, 6), (130.0, 240.0, 6)]);
        // A title across both begins a band of its own.
        let mut titled = vec![part("年度工作总结", 60.0, 180.0, 20.0)];
        titled.extend(two_columns(PROSE, 6));
        let found = edges(titled);
        assert_eq!(
            found,
            [(60.0, 180.0, 1), (0.0, 110.0, 6), (130.0, 240.0, 6)]
        );
    }

    #[test]
    fn what_separates_no_columns_of_text_is_no_gutter() {
        assert!(gutter(&two_columns(PROSE, 6)).is_some());
        // Too few rows, cells, and text without marks.
        assert_eq!(gutter(&two_columns(PROSE, 3)), None);
        assert_eq!(gutter(&two_columns("工业", 6)), None);
        assert_eq!(gutter(&two_columns("园区企业发展良好收入", 6)), None);
        // Drawn lines between all rows make a table.
        let mut ruled = two_columns(PROSE, 6);
        for (ord, row) in ruled.iter_mut().enumerate() {
            row.n_lines_above = ord as u32 / 2;
        }
        assert_eq!(gutter(&ruled), None);
        // Numbers of items are in the outer fifth of the page.
        let ys = (0..6).map(|ord| 50.0 + 16.0 * ord as f32);
        let items = ys.flat_map(|y| [part("一、", 0.0, 15.0, y), part(PROSE, 30.0, 240.0, y)]);
        assert_eq!(gutter(&items.collect::<Vec<_>>()), None);
        assert_eq!(gutter(&[]), None);
    }

    #[test]
    fn marks_in_figures_are_not_between_words() {
        let cases = [
            ("甲，乙。", 2),
            ("1,234.5", 0),
            ("a, b.", 2),
            ("、；", 2),
            ("", 0),
        ];
        for (text, expected) in cases {
            assert_eq!(n_marks(text), expected, "{text}");
        }
    }
}
