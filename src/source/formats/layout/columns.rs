//! Columns: a page whose rows keep clear of a gutter is read first on its left, then on its right.
//!
//! What runs across the gutter (a title, a picture's legend) parts the page into bands, each read by itself. A table has
//! gutters too, but its cells are short and hold no sentences.

use super::Region;
use super::rows::{self, Row};

/// Parts of rows that a column has at least.
const LEAST_ROWS: usize = 4;
/// Characters that a part of a row in a column has on average, at least.
const LEAST_CHARS: usize = 7;
/// Columns are looked for in columns this often.
const MAX_DEPTH: usize = 2;

/// The regions of a page in reading order.
pub(super) fn split(parts: Vec<Row>) -> Vec<Region> {
    split_at_depth(parts, 0)
}

fn split_at_depth(parts: Vec<Row>, depth: usize) -> Vec<Region> {
    let Some(gutter) = gutter(&parts).filter(|_| depth < MAX_DEPTH) else {
        return region(parts).into_iter().collect();
    };
    let mut regions = Vec::new();
    let (mut left, mut right, mut across) = (Vec::new(), Vec::new(), Vec::new());
    for part in parts {
        if part.x1 <= gutter || part.x0 >= gutter {
            if !across.is_empty() {
                regions.extend(region(std::mem::take(&mut across)));
            }
            let side = if part.x1 <= gutter {
                &mut left
            } else {
                &mut right
            };
            side.push(part);
        } else {
            for side in [&mut left, &mut right] {
                regions.extend(split_at_depth(std::mem::take(side), depth + 1));
            }
            across.push(part);
        }
    }
    for side in [left, right, across] {
        regions.extend(split_at_depth(side, depth + 1));
    }
    regions
}

fn region(parts: Vec<Row>) -> Option<Region> {
    if parts.is_empty() {
        return None;
    }
    let left = parts
        .iter()
        .map(|part| part.x0)
        .fold(f32::INFINITY, f32::min);
    let right = parts
        .iter()
        .map(|part| part.x1)
        .fold(f32::NEG_INFINITY, f32::max);
    Some(Region {
        left,
        right,
        rows: rows::merge(parts),
    })
}

/// The middle of the gutter between two columns; `None` if there are none.
fn gutter(parts: &[Row]) -> Option<f32> {
    let left = parts
        .iter()
        .map(|part| part.x0)
        .fold(f32::INFINITY, f32::min);
    let right = parts
        .iter()
        .map(|part| part.x1)
        .fold(f32::NEG_INFINITY, f32::max);
    let width = right - left;
    let mut best: Option<(usize, f32)> = None;
    let mut tried: Vec<f32> = Vec::new();
    for pair in parts.windows(2) {
        let at = f32::midpoint(pair[0].x1, pair[1].x0);
        let is_beside = pair[1].x0 > pair[0].x1 && (pair[1].y - pair[0].y).abs() < pair[0].size;
        let is_inside = at > left + 0.2 * width && at < right - 0.2 * width;
        let is_new = tried
            .iter()
            .all(|other| (other - at).abs() > 0.3 * pair[0].size);
        if !is_beside || !is_inside || !is_new || tried.len() > 40 {
            continue;
        }
        tried.push(at);
        if let Some(n_clear) = clear_rows(parts, at)
            && best.is_none_or(|(most, _)| n_clear > most)
        {
            best = Some((n_clear, at));
        }
    }
    best.map(|(_, at)| at)
}

/// How many parts keep clear of a gutter at `at`, if it is one.
fn clear_rows(parts: &[Row], at: f32) -> Option<usize> {
    let (mut n_rows, mut n_chars, mut n_marks) = ([0; 2], [0; 2], [0; 2]);
    let mut n_across = 0;
    for part in parts {
        if part.x0 < at && part.x1 > at {
            n_across += 1;
            continue;
        }
        let side = usize::from(part.x0 >= at);
        n_rows[side] += 1;
        n_chars[side] += part.text.chars().count();
        n_marks[side] += part
            .text
            .matches(['，', '。', '、', '；', ',', '.'])
            .count();
    }
    let is_column = |side: usize| {
        n_rows[side] >= LEAST_ROWS
            && n_chars[side] >= LEAST_CHARS * n_rows[side]
            && n_marks[side] * 4 >= n_rows[side]
    };
    let n_clear = n_rows[0] + n_rows[1];
    (is_column(0) && is_column(1) && n_across * 3 <= n_clear).then_some(n_clear)
}
