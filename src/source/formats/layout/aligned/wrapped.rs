//! Wrapped cells: which rows of text make one row of a table.

use std::ops::Range;

use super::Group;
use crate::source::formats::layout::page_row::PageRow;

/// Distance to the row that a rest belongs to, as a share of the usual distance.
const NEAR: f32 = 0.8;

/// The rows of text that each row of the table consists of.
///
/// The rest of a wrapped cell is closer to its row than rows are to each other; where all distances are
/// equal, it is alone on its row, below a text that reached the edge of its column.
pub(super) fn together(
    groups: &[Group],
    column_of: &dyn Fn(&PageRow) -> usize,
    edges: &[(f32, f32)],
) -> Vec<Range<usize>> {
    let n_cells: Vec<usize> = groups
        .iter()
        .map(|group| n_cells(group, column_of))
        .collect();
    let pitch = pitch(groups, &n_cells);
    let distance = |at: usize| groups[at][0].y - groups[at - 1][0].y;
    // Whether each row continues the one before it.
    let mut continues = vec![false; groups.len()];
    for at in 0..groups.len() {
        let to_before = if at > 0 { distance(at) } else { f32::INFINITY };
        let to_next = if at + 1 < groups.len() {
            distance(at + 1)
        } else {
            f32::INFINITY
        };
        // A rest has fewer cells than its row, since the other cells are already complete.
        let is_less = |other: usize| n_cells[at] < n_cells[other];
        let near_before = to_before < NEAR * pitch && is_less(at - 1);
        let near_next = to_next < NEAR * pitch && is_less(at + 1);
        match (near_before, near_next) {
            // Close to both neighbours, it belongs to the closer one: cells may be centred vertically.
            (true, true) => continues[if to_before <= to_next { at } else { at + 1 }] = true,
            (true, false) => continues[at] = true,
            (false, true) => continues[at + 1] = true,
            (false, false) => {
                continues[at] |= at > 0
                    && is_rest(
                        &groups[at],
                        &groups[at - 1],
                        to_before,
                        pitch,
                        column_of,
                        edges,
                    );
            }
        }
    }
    follow_lines(groups, &mut continues);
    let mut out: Vec<Range<usize>> = Vec::new();
    for (at, continues) in continues.into_iter().enumerate() {
        match out.last_mut().filter(|_| continues) {
            Some(last) => last.end = at + 1,
            None => out.push(at..at + 1),
        }
    }
    out
}

/// Minimum number of lines that separate all rows of a table.
const MIN_LINES: usize = 3;
/// Maximum number of rows of text between two of them.
const MAX_BETWEEN: usize = 4;

/// Separates rows where a line runs between them; where lines run between all rows of the table, only there.
fn follow_lines(groups: &[Group], continues: &mut [bool]) {
    let is_parted: Vec<bool> = groups
        .windows(2)
        .map(|pair| pair[0][0].n_lines_above != pair[1][0].n_lines_above)
        .collect();
    let n_lines = is_parted.iter().filter(|is_parted| **is_parted).count();
    // Drawn lines between most rows outrank distances.
    let parts_all = n_lines >= MIN_LINES && n_lines * MAX_BETWEEN >= is_parted.len();
    for (continues, is_parted) in continues.iter_mut().skip(1).zip(is_parted) {
        *continues = !is_parted && (parts_all || *continues);
    }
}

fn n_cells(group: &Group, column_of: &dyn Fn(&PageRow) -> usize) -> usize {
    let mut columns: Vec<usize> = group.iter().map(column_of).collect();
    columns.dedup();
    columns.len()
}

/// The usual distance of rows with several cells.
fn pitch(groups: &[Group], n_cells: &[usize]) -> f32 {
    let heights: Vec<f32> = groups
        .iter()
        .zip(n_cells)
        .filter(|(_, n_cells)| **n_cells > 1)
        .map(|(group, _)| group[0].y)
        .collect();
    let mut distances: Vec<f32> = heights.windows(2).map(|pair| pair[1] - pair[0]).collect();
    distances.sort_by(f32::total_cmp);
    distances.get(distances.len() / 2).copied().unwrap_or(0.0)
}

/// Whether the only part of a row is the rest of the cell above it.
fn is_rest(
    group: &Group,
    above: &Group,
    distance: f32,
    pitch: f32,
    column_of: &dyn Fn(&PageRow) -> usize,
    edges: &[(f32, f32)],
) -> bool {
    let [part] = &group[..] else { return false };
    let column = column_of(part);
    let Some(above) = above.iter().rev().find(|above| column_of(above) == column) else {
        return false;
    };
    // The text above reached the edge of its column: the first word of the rest would not have fitted.
    let room = edges[column].1 - above.x1;
    let is_long = above.x1 - above.x0 > 5.0 * part.size;
    let is_below = (part.x0 - above.x0).abs() < 1.2 * part.size;
    distance <= 1.1 * pitch
        && is_long
        && is_below
        && room < part.first_width.min(8.0 * part.size) + 0.3 * part.size
}
