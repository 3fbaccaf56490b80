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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Style;

    /// The lines of steps through tables: entering a depth with a text, or ending a cell or row.
    fn lines(steps: &[&str]) -> Vec<(String, bool)> {
        let mut nesting = Nesting::default();
        let mut blocks = Blocks::default();
        for step in steps {
            match *step {
                "cell" => nesting.end_cell(),
                "row" => nesting.end_row(&[], false, &mut blocks),
                "header" => nesting.end_row(&[], true, &mut blocks),
                text => {
                    let depth = text.chars().take_while(|&ch| ch == '>').count();
                    nesting.enter(depth, &mut blocks);
                    blocks.paragraph(&text[depth..], Style::Plain);
                }
            }
        }
        nesting.leave(0, &mut blocks);
        let lines = blocks.into_lines().into_iter();
        let is_row = |style: Style| matches!(style, Style::Row(_));
        lines.map(|line| (line.text, is_row(line.style))).collect()
    }

    fn row(text: &str) -> (String, bool) {
        (text.to_owned(), true)
    }

    fn plain(text: &str) -> (String, bool) {
        (text.to_owned(), false)
    }

    #[test]
    fn depths_open_and_close_tables() {
        let table = [
            ">甲", "cell", ">1", "cell", "row", ">乙", "cell", ">2", "cell", "row",
        ];
        assert_eq!(lines(&table), [row("甲\t1"), row("乙\t2")]);
        let around = ["前文", ">甲", "cell", ">1", "cell", "row", "后文"];
        assert_eq!(lines(&around), [plain("前文"), row("甲\t1"), plain("后文")]);
    }

    #[test]
    fn ends_without_a_table_are_ignored() {
        assert_eq!(lines(&["cell", "row", "header", "文"]), [plain("文")]);
        // A table that is never ended is closed at the end.
        assert_eq!(lines(&[">甲", "cell", ">1"]), [row("甲\t1")]);
    }

    #[test]
    fn no_file_nests_tables_without_bound() {
        let deep = format!("{}甲", ">".repeat(10 * MAX_DEPTH));
        let mut nesting = Nesting::default();
        let mut blocks = Blocks::default();
        nesting.enter(10 * MAX_DEPTH, &mut blocks);
        assert_eq!(nesting.0.len(), MAX_DEPTH);
        let found = lines(&[&deep]);
        assert!(
            found.iter().any(|(text, _)| text.contains('甲')),
            "{found:?}"
        );
    }
}
