//! Pages of placed characters, as PDF and OFD have them, to paragraphs in reading order.
//!
//! Characters that stand on one height are a row, unless a gutter runs between them (`columns`); rows that every page
//! has at its head or foot go (`boilerplate`); rows that run from margin to margin are joined with the next one
//! (`paragraphs`). All lengths are in the page's own unit; what counts is their ratio to the size of the type.

mod boilerplate;
mod columns;
mod matrix;
mod paragraphs;
mod rows;

pub(super) use matrix::Matrix;

use crate::document::Line;
use rows::Row;

/// A page as it is printed.
#[derive(Clone, Debug, Default)]
pub(super) struct Page {
    /// Its height.
    pub(super) height: f32,
    /// What stands on it, in order of the file.
    pub(super) glyphs: Vec<Glyph>,
}

/// A character on a page; y runs downwards.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Glyph {
    /// The character.
    pub(super) ch: char,
    /// Its left edge.
    pub(super) x0: f32,
    /// Its right edge.
    pub(super) x1: f32,
    /// The line that it stands on.
    pub(super) y: f32,
    /// The size of the type.
    pub(super) size: f32,
}

/// A run of rows one below the other between two margins.
struct Region {
    left: f32,
    right: f32,
    rows: Vec<Row>,
}

/// The paragraphs of `pages` in reading order, without what repeats on every page; numbered by the rows before them.
///
/// Cells of a table row stand between tabs.
pub(super) fn lines(pages: Vec<Page>) -> Vec<Line> {
    let mut sheets: Vec<boilerplate::Sheet> = pages
        .into_iter()
        .map(|page| boilerplate::Sheet {
            height: page.height,
            rows: rows::rows(page.glyphs),
        })
        .collect();
    boilerplate::remove(&mut sheets);
    let regions = sheets.into_iter().map(|sheet| columns::split(sheet.rows));
    paragraphs::join(regions)
}

#[cfg(test)]
mod tests;
