//! Wrapped cells: which rows of text make one row of a table.

use std::ops::Range;

use super::{Columns, Group};

/// Distance to the row that a rest belongs to, as a share of the usual distance.
const NEAR: f32 = 0.8;

/// The rows of text that each row of the table consists of.
///
/// The rest of a wrapped cell is closer to its row than rows are to each other; where all distances are
/// equal, it is alone on its row, below a text that reached the edge of its column.
pub(super) fn together(groups: &[Group], columns: &Columns) -> Vec<Range<usize>> {
    let continues = Wraps::new(groups, columns).continues();
    let mut out: Vec<Range<usize>> = Vec::new();
    for (at, continues) in continues.into_iter().enumerate() {
        match out.last_mut().filter(|_| continues) {
            Some(last) => last.end = at + 1,
            None => out.push(at..at + 1),
        }
    }
    out
}

/// Decides which rows of text continue the row before them.
struct Wraps<'a> {
    groups: &'a [Group],
    columns: &'a Columns,
    /// Number of filled cells of each row.
    n_cells: Vec<usize>,
    /// The usual distance of rows with several cells.
    pitch: f32,
}

impl<'a> Wraps<'a> {
    fn new(groups: &'a [Group], columns: &'a Columns) -> Self {
        let n_cells: Vec<usize> = groups.iter().map(|group| n_cells(group, columns)).collect();
        Self {
            pitch: pitch(groups, &n_cells),
            groups,
            columns,
            n_cells,
        }
    }

    /// Whether each row continues the one before it.
    fn continues(&self) -> Vec<bool> {
        let n_rows = self.groups.len();
        let mut continues = vec![false; n_rows];
        for at in 0..n_rows {
            let to_before = self.distance(at);
            let to_next = self.distance(at + 1);
            // A rest has fewer cells than its row, since the other cells are already complete.
            let is_less = |other: usize| self.n_cells[at] < self.n_cells[other];
            let near_before = to_before < NEAR * self.pitch && is_less(at - 1);
            let near_next = to_next < NEAR * self.pitch && is_less(at + 1);
            match (near_before, near_next) {
                // Close to both neighbours, it belongs to the closer one: cells may be centred vertically.
                (true, true) => continues[if to_before <= to_next { at } else { at + 1 }] = true,
                (true, false) => continues[at] = true,
                (false, true) => continues[at + 1] = true,
                (false, false) => continues[at] |= at > 0 && self.is_rest(at),
            }
        }
        follow_lines(self.groups, &mut continues);
        continues
    }

    /// The distance of a row from the one before it; infinite outside the table.
    fn distance(&self, at: usize) -> f32 {
        if at == 0 || at == self.groups.len() {
            return f32::INFINITY;
        }
        self.groups[at][0].y - self.groups[at - 1][0].y
    }

    /// Whether the only part of a row is the rest of the cell above it.
    fn is_rest(&self, at: usize) -> bool {
        let [part] = &self.groups[at][..] else {
            return false;
        };
        let column = self.columns.of_part(part);
        let mut above = self.groups[at - 1].iter().rev();
        let Some(above) = above.find(|above| self.columns.of_part(above) == column) else {
            return false;
        };
        // The text above reached the edge of its column: the first word of the rest would not have fitted.
        let room = self.columns.edges[column].1 - above.x1;
        let is_long = above.x1 - above.x0 > 5.0 * part.size;
        let is_below = (part.x0 - above.x0).abs() < 1.2 * part.size;
        self.distance(at) <= 1.1 * self.pitch
            && is_long
            && is_below
            && room < part.first_width.min(8.0 * part.size) + 0.3 * part.size
    }
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

fn n_cells(group: &Group, columns: &Columns) -> usize {
    let mut filled: Vec<usize> = group.iter().map(|part| columns.of_part(part)).collect();
    filled.dedup();
    filled.len()
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
