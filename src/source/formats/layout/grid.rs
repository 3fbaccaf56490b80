//! Tables in a grid of ruling lines: cells between lines, spanning several places where a line is missing
//! between them.

mod lines;

use super::joining::cell_text;
use super::page_row::PageRow;
use super::rows;
use super::table::{self, Table};
use super::{Glyph, Role, Rule};
use lines::Grid;

/// Removes the tables drawn by ruling lines from `glyphs`.
pub(super) fn take(glyphs: &mut Vec<Glyph>, rules: &[Rule]) -> Vec<PageRow> {
    // Four lines are the least that enclose two cells.
    if rules.len() < 4 || glyphs.is_empty() {
        return Vec::new();
    }
    let size = usual_size(glyphs);
    let grids = lines::grids(rules, size);
    if grids.is_empty() {
        return Vec::new();
    }
    let (inside, mut outside) = by_grid(glyphs, &grids);
    let mut tables = Vec::new();
    for (grid, inside) in grids.iter().zip(inside) {
        match table(grid, &inside) {
            Some(table) => tables.push(table),
            None => outside.extend(inside),
        }
    }
    *glyphs = outside;
    tables
}
/// The characters inside each grid, and those outside all of them.
fn by_grid(glyphs: &mut Vec<Glyph>, grids: &[Grid]) -> (Vec<Vec<Glyph>>, Vec<Glyph>) {
    let mut inside: Vec<Vec<Glyph>> = vec![Vec::new(); grids.len()];
    let mut outside = Vec::new();
    for glyph in glyphs.drain(..) {
        let is_in = |grid: &&Grid| grid.holds(f32::midpoint(glyph.x0, glyph.x1), glyph.middle());
        let found = grids.iter().enumerate().filter(|(_, grid)| is_in(grid));
        // In nested grids a character belongs to the smallest one.
        let inner = found.min_by(|one, other| one.1.area().total_cmp(&other.1.area()));
        // A watermark over a table is not part of it.
        match inner.filter(|_| glyph.role == Role::Text) {
            Some((ord, _)) => inside[ord].push(glyph),
            None => outside.push(glyph),
        }
    }
    (inside, outside)
}

fn usual_size(glyphs: &[Glyph]) -> f32 {
    let mut sizes: Vec<f32> = glyphs.iter().map(|glyph| glyph.size).collect();
    let middle = sizes.len() / 2;
    *sizes.select_nth_unstable_by(middle, f32::total_cmp).1
}

/// The table in `grid`; `None` if its content is not a table.
fn table(grid: &Grid, glyphs: &[Glyph]) -> Option<PageRow> {
    let size = glyphs.first().map(|_| usual_size(glyphs))?;
    let n_columns = grid.n_columns();
    let cells = cells(grid, glyphs);
    if !is_table(grid, &cells) {
        return None;
    }
    let mut table = Table {
        size,
        lefts: grid.xs[..n_columns].to_vec(),
        ..Table::default()
    };
    for (row, cells) in cells.chunks(n_columns).enumerate() {
        add_row(&mut table, grid, row, cells);
    }
    drop_blank_columns(&mut table, grid);
    (table.n_header, table.is_named) = table::header(&table.rows);
    let edges = (grid.xs[0], grid.xs[n_columns]);
    Some(PageRow::of_table(table, edges, grid.ys[0]))
}

/// The rows of text in each place of a grid, row by row.
fn cells(grid: &Grid, glyphs: &[Glyph]) -> Vec<Vec<PageRow>> {
    let mut cells: Vec<Vec<Glyph>> = vec![Vec::new(); grid.n_rows() * grid.n_columns()];
    for glyph in glyphs {
        let cell = grid.cell(f32::midpoint(glyph.x0, glyph.x1), glyph.middle());
        cells[cell].push(*glyph);
    }
    let rows = |glyphs| rows::merge(rows::rows(glyphs));
    cells.into_iter().map(rows).collect()
}

/// Whether the cells of a grid, by row, are those of a table.
fn is_table(grid: &Grid, cells: &[Vec<PageRow>]) -> bool {
    let n_columns = grid.n_columns();
    let is_filled = |row: &[Vec<PageRow>]| row.iter().any(|rows| !rows.is_empty());
    // One row of long cells is a page in columns with a line between them.
    let n_filled = cells.chunks(n_columns).filter(|row| is_filled(row)).count();
    let is_page = n_filled == 1
        && cells.iter().filter(|rows| rows.len() > 6).count() >= 2
        && !cells.iter().all(|rows| is_ragged(rows));
    // A frame around a text is a grid of one column.
    let has_cells = (0..grid.n_rows()).any(|row| grid.n_cells(row) > 1);
    !is_page && has_cells && n_filled > 0
}

/// Whether rows of a cell mostly end before its margin, so that each is an item by itself.
fn is_ragged(rows: &[PageRow]) -> bool {
    let right = rows.iter().map(|row| row.x1).fold(f32::MIN, f32::max);
    let left = rows.iter().map(|row| row.x0).fold(f32::MAX, f32::min);
    let is_full = |row: &&PageRow| right - row.x1 < row.size && right - left > 8.0 * row.size;
    rows.iter().filter(is_full).count() * 3 <= rows.len()
}

/// Adds a row of the grid: one row of the table, or several if only space separates them.
fn add_row(table: &mut Table, grid: &Grid, row: usize, cells: &[Vec<PageRow>]) {
    if cells.iter().all(Vec::is_empty) {
        return;
    }
    let heights = unruled_heights(cells);
    if heights.len() < 2 {
        add_whole_row(table, grid, row, cells);
        return;
    }
    table.ends_full = vec![false; cells.len()];
    for height in heights {
        let texts = cells.iter().map(|rows| {
            let is_here = |row: &&PageRow| (row.y - height).abs() <= 0.5 * row.size;
            let here = rows.iter().find(is_here);
            here.map_or_else(String::new, |row| row.text.replace('\t', " "))
        });
        table.rows.push(texts.collect());
    }
}

/// Adds a row of the grid as one row of the table.
fn add_whole_row(table: &mut Table, grid: &Grid, row: usize, cells: &[Vec<PageRow>]) {
    let texts = cells.iter().enumerate().map(|(column, rows)| {
        let right = grid.right(row, column);
        cell_text(rows, right, &mut table.n_hyphens)
    });
    let texts = texts.collect();
    table.rows.push(texts);
    // The text reaches the right edge, so that the cell may continue on the next page.
    let is_full = |(column, rows): (usize, &Vec<PageRow>)| {
        let last = rows.last();
        last.is_some_and(|last| grid.right(row, column) - last.x1 < 1.2 * last.size)
    };
    table.ends_full = cells.iter().enumerate().map(is_full).collect();
}

/// The heights of the rows inside one row of the grid, if each of them is a row of the table: three or more,
/// aligned in all cells that have any, none of them wrapped.
fn unruled_heights(cells: &[Vec<PageRow>]) -> Vec<f32> {
    let filled: Vec<&Vec<PageRow>> = cells.iter().filter(|rows| !rows.is_empty()).collect();
    let longest = filled.iter().max_by_key(|rows| rows.len());
    let Some(longest) = longest.filter(|rows| rows.len() >= 3 && filled.len() >= 2) else {
        return Vec::new();
    };
    let heights: Vec<f32> = longest.iter().map(|row| row.y).collect();
    let size = longest[0].size;
    let is_at_height = |row: &PageRow| {
        let at = heights.partition_point(|height| *height < row.y - 0.4 * size);
        let height = heights.get(at);
        height.is_some_and(|height| (height - row.y).abs() <= 0.4 * size)
    };
    let are_level = filled.iter().all(|rows| {
        rows.len() * 2 >= longest.len() && is_ragged(rows) && rows.iter().all(is_at_height)
    });
    let mut steps = heights.windows(2).map(|pair| pair[1] - pair[0]);
    if are_level && steps.all(|step| step > 1.0 * size) {
        heights
    } else {
        Vec::new()
    }
}

/// Drops columns without text in which no cell begins, or that are slits between double lines.
fn drop_blank_columns(table: &mut Table, grid: &Grid) {
    let keeps: Vec<bool> = (0..grid.n_columns())
        .map(|column| {
            let is_blank = table.rows.iter().all(|row| row[column].is_empty());
            let width = grid.xs[column + 1] - grid.xs[column];
            !is_blank || (width > table.size && grid.begins_cell(column))
        })
        .collect();
    let kept = |at: &mut usize| {
        *at += 1;
        keeps[*at - 1]
    };
    for row in &mut table.rows {
        let mut at = 0;
        row.retain(|_| kept(&mut at));
    }
    let mut at = 0;
    table.lefts.retain(|_| kept(&mut at));
    let mut at = 0;
    table.ends_full.retain(|_| kept(&mut at));
}
