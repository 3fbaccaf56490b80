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

#[cfg(test)]
mod tests {
    use super::super::super::page_row::PageRow;
    use super::super::super::page_row::row_of_ten;
    use super::*;

    fn part(text: &str, x0: f32, y: f32, n_lines_above: u32) -> PageRow {
        PageRow {
            n_lines_above,
            ..row_of_ten(text, x0, x0 + 10.0 * text.chars().count() as f32, y)
        }
    }

    /// Rows of a table with columns at 0 and 100; a blank cell has no part.
    fn groups(rows: &[(&str, &str, f32, u32)]) -> Vec<Group> {
        let cells = |&(left, right, y, n_lines): &(&str, &str, f32, u32)| {
            let parts = [part(left, 0.0, y, n_lines), part(right, 100.0, y, n_lines)];
            parts
                .into_iter()
                .filter(|part| !part.text.is_empty())
                .collect()
        };
        rows.iter().map(cells).collect()
    }

    fn ranges(rows: &[(&str, &str, f32, u32)]) -> Vec<Range<usize>> {
        let groups = groups(rows);
        together(&groups, &Columns::of(&groups))
    }

    #[test]
    fn the_rest_of_a_cell_is_closer_than_the_next_row() {
        let apart = [
            ("工业", "12", 0.0, 0),
            ("农业", "34", 20.0, 0),
            ("商业", "56", 40.0, 0),
        ];
        assert_eq!(ranges(&apart), [0..1, 1..2, 2..3]);
        let below = [
            apart[0],
            ("企业", "", 12.0, 0),
            ("农业", "34", 32.0, 0),
            ("商业", "56", 52.0, 0),
        ];
        assert_eq!(ranges(&below), [0..2, 2..3, 3..4]);
        // Cells may be centred vertically: a row between two is of the closer one.
        let above = [
            apart[0],
            ("商贸", "", 28.0, 0),
            ("流通", "56", 40.0, 0),
            ("农业", "34", 60.0, 0),
        ];
        assert_eq!(ranges(&above), [0..1, 1..3, 3..4]);
    }

    #[test]
    fn drawn_lines_outrank_distances() {
        let mut flags = vec![false, true, false, true];
        let ruled = groups(&[
            ("工业", "12", 0.0, 1),
            ("企业", "", 12.0, 2),
            ("农业", "34", 24.0, 3),
            ("商业", "56", 36.0, 4),
        ]);
        follow_lines(&ruled, &mut flags);
        assert_eq!(flags, [false; 4]);
        // Lines between all rows: what has none above it continues, whatever its distance.
        let mut none = vec![false; 5];
        let lines = [
            ("甲", "1", 0.0, 1),
            ("乙", "2", 20.0, 2),
            ("丙", "3", 40.0, 3),
            ("丁", "4", 60.0, 4),
            ("戊", "", 80.0, 4),
        ];
        follow_lines(&groups(&lines), &mut none);
        assert_eq!(none, [false, false, false, false, true]);
        // One line alone separates only where it is.
        let mut one = vec![false, true, true];
        let single = [
            ("甲", "1", 0.0, 1),
            ("乙", "", 10.0, 2),
            ("丙", "", 20.0, 2),
        ];
        follow_lines(&groups(&single), &mut one);
        assert_eq!(one, [false, false, true]);
    }

    #[test]
    fn the_pitch_is_that_of_rows_with_several_cells() {
        let rows = groups(&[
            ("工业", "12", 0.0, 0),
            ("企业", "", 8.0, 0),
            ("农业", "34", 20.0, 0),
            ("商业", "56", 40.0, 0),
        ]);
        let columns = Columns::of(&rows);
        let n_cells: Vec<usize> = rows
            .iter()
            .map(|row| super::n_cells(row, &columns))
            .collect();
        assert_eq!(n_cells, [2, 1, 2, 2]);
        assert_eq!(pitch(&rows, &n_cells), 20.0);
        assert_eq!(pitch(&rows[..1], &n_cells[..1]), 0.0);
    }
}
