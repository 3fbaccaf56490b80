//! The lines of pages in reading order.

use super::frames::Frame;
use super::page::Page;
use super::page_row::PageRow;
use super::rules::Rule;
use super::sheet::{Lines, Sheet};
use super::{boilerplate, frames, grid, page, paragraphs, rows, rules, vertical};

/// The lines of `pages` in reading order.
///
/// Tabs separate the cells of a table row, and distant parts of any other row.
pub(in crate::source::formats) fn lines(pages: Vec<Page>) -> Lines {
    let mut sheets: Vec<Sheet> = Vec::new();
    let mut asides: Vec<page::Aside> = Vec::new();
    for (ord, page) in pages.into_iter().enumerate() {
        let (aside, frames) = frames::split(page);
        asides.push(aside);
        sheets.extend(frames.into_iter().map(|frame| sheet(ord, frame)));
    }
    boilerplate::mark(&mut sheets, asides.len());
    paragraphs::join(sheets, asides)
}

fn sheet(page: usize, mut frame: Frame) -> Sheet {
    let mut blocks = grid::take(&mut frame.glyphs, &frame.rules);
    blocks.extend(vertical::take(&mut frame.glyphs));
    let mut rows = rows::rows_of_page(frame.glyphs);
    count_lines_above(&mut rows, &frame.rules);
    // A table is placed by its top; rows are already in order.
    for block in blocks {
        let at = rows.iter().position(|row| row.y > block.y);
        rows.insert(at.unwrap_or(rows.len()), block);
    }
    Sheet {
        page,
        turn: frame.turn,
        height: frame.height,
        rows,
    }
}

/// Share of the width of the text from which a line separates rows of a table.
const LONG_LINE: f32 = 0.4;

/// Sets the number of long horizontal lines above each row.
fn count_lines_above(rows: &mut [PageRow], rules: &[Rule]) {
    if rules.is_empty() {
        return;
    }
    let left = rows.iter().map(|row| row.x0).fold(f32::MAX, f32::min);
    let right = rows.iter().map(|row| row.x1).fold(f32::MIN, f32::max);
    let size = rows.first().map_or(1.0, |row| row.size);
    let mut lines: Vec<f32> = rules::joined(rules, true, 0.25 * size)
        .iter()
        .filter(|line| line.to - line.from > LONG_LINE * (right - left))
        .map(|line| line.at)
        .collect();
    lines.sort_by(f32::total_cmp);
    for row in rows {
        // The middle of a Han character is about a third of its size above the base line.
        let middle = row.y - 0.35 * row.size;
        row.n_lines_above = lines.partition_point(|at| *at < middle) as u32;
    }
}

#[cfg(test)]
mod tests;
