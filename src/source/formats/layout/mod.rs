//! Turns pages of positioned characters, as in PDF and OFD, into paragraphs and rows of tables in reading
//! order.
//!
//! Characters of one direction form a frame of the page (`frames`). In a frame, the content of a grid of
//! ruling lines is a table (`grid`), characters one below the other are vertical writing (`vertical`), and
//! characters at one height are a row (`rows`). Rows that most pages have at their top or bottom are marked
//! (`boilerplate`), columns are read one after the other (`columns`), rows whose cells are aligned without
//! lines are a table too (`aligned`), and rows that run from margin to margin are joined with the next one
//! (`paragraphs`). All lengths are in the page's own unit; only their ratio to the font size matters. No
//! character is dropped: text outside the report is a line with its reason.

mod aligned;
mod boilerplate;
mod channels;
mod columns;
mod contents;
mod doubles;
mod frames;
mod grid;
mod joining;
mod matrix;
mod open_paragraph;
mod page;
mod page_number;
mod page_row;
mod paragraphs;
mod rows;
mod rules;
mod sheet;
mod table;
mod vertical;
mod writer;

pub(super) use matrix::Matrix;
pub(super) use page::{Glyph, Page, Role};
pub(super) use rules::{MAX_RULES, Rule, add_painted};

use frames::Frame;
use page_row::PageRow;
pub(super) use sheet::Lines;
use sheet::Sheet;

/// The lines of `pages` in reading order.
///
/// Tabs separate the cells of a table row, and distant parts of any other row.
pub(super) fn lines(pages: Vec<Page>) -> Lines {
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
