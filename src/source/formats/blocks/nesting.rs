//! Tables of formats that store with each paragraph its nesting depth, but not where a table begins.

use super::builder::{Blocks, Span};

/// The open tables, outermost first.
#[derive(Default)]
pub(in crate::source::formats) struct Nesting(Vec<Level>);

/// The open part of a table.
#[derive(Default)]
struct Level {
    in_row: bool,
    in_cell: bool,
}

/// Maximum nesting depth of tables.
const MAX_DEPTH: usize = 20;

impl Nesting {
    /// Opens or closes tables until `depth` are open, each with an open cell.
    pub(in crate::source::formats) fn enter(&mut self, depth: usize, blocks: &mut Blocks) {
        let depth = depth.min(MAX_DEPTH);
        self.leave(depth, blocks);
        while self.0.len() < depth {
            // A nested table lies in a cell of the outer one, which must be open first.
            self.open_cell(blocks);
            blocks.open_table();
            self.0.push(Level::default());
        }
        self.open_cell(blocks);
    }

    fn open_cell(&mut self, blocks: &mut Blocks) {
        let Some(level) = self.0.last_mut() else {
            return;
        };
        if !std::mem::replace(&mut level.in_row, true) {
            blocks.open_row();
        }
        if !std::mem::replace(&mut level.in_cell, true) {
            blocks.open_cell(Span::ONE);
        }
    }

    /// Ends the open cell of the innermost table.
    pub(in crate::source::formats) fn end_cell(&mut self) {
        if let Some(level) = self.0.last_mut() {
            level.in_cell = false;
        }
    }

    /// Ends the open row of the innermost table, whose cells end at `edges`.
    pub(in crate::source::formats) fn end_row(
        &mut self,
        edges: &[i32],
        is_header: bool,
        blocks: &mut Blocks,
    ) {
        let Some(level) = self.0.last_mut() else {
            return;
        };
        level.in_cell = false;
        if std::mem::take(&mut level.in_row) {
            blocks.set_edges(edges);
            if is_header {
                blocks.mark_header();
            }
            blocks.close_row();
        }
    }

    /// Closes tables until no more than `depth` are open.
    pub(in crate::source::formats) fn leave(&mut self, depth: usize, blocks: &mut Blocks) {
        while self.0.len() > depth {
            self.0.pop();
            blocks.close_table();
        }
    }
}
