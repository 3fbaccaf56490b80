//! The rows of a page in one direction of writing, and the lines that they become.

use super::page_row::PageRow;
use crate::document::Line;

/// A run of consecutive rows between two margins.
pub(super) struct Region {
    pub(super) left: f32,
    pub(super) right: f32,
    pub(super) rows: Vec<PageRow>,
}

/// The content of a page in one direction of writing, by height.
pub(super) struct Sheet {
    /// The page, counted from 0.
    pub(super) page: usize,
    /// The direction of writing in degrees, clockwise from upright.
    pub(super) turn: i16,
    pub(super) height: f32,
    pub(super) rows: Vec<PageRow>,
}

/// The lines of a document.
pub(in crate::source::formats) struct Lines {
    /// Paragraphs, rows of tables and boilerplate in reading order, numbered by the rows before them.
    pub(in crate::source::formats) lines: Vec<Line>,
    /// Number of hyphens removed from words that the end of a row had broken.
    pub(in crate::source::formats) n_hyphens: u64,
    /// The number of the last line up to the end of each page.
    pub(in crate::source::formats) page_ends: Vec<u32>,
}
