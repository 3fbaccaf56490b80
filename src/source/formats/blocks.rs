//! What word processors have in common: paragraphs and tables in, lines out.
//!
//! A table is written row by row, its cells between tabs. A row that lays out text rather than data, of one cell or with
//! paragraphs in one, is written out paragraph by paragraph.

use crate::document::{Line, Style};

/// Lines being made of paragraphs and tables.
#[derive(Default)]
pub(super) struct Blocks {
    lines: Vec<Line>,
    /// The open rows, outermost first.
    rows: Vec<Row>,
}

/// The cells of a row; each has its paragraphs.
#[derive(Default)]
struct Row {
    cells: Vec<Vec<(String, Style)>>,
}

/// Characters from which a cell of several paragraphs holds text rather than data.
const LONG_CELL: usize = 60;

impl Blocks {
    /// Adds a paragraph, to the open cell if there is one; `\n` is a line break in it.
    pub(super) fn paragraph(&mut self, text: &str, style: Style) {
        let cell = self.rows.last_mut().and_then(|row| row.cells.last_mut());
        match cell {
            Some(cell) => cell.push((text.to_owned(), style)),
            None => self.emit(text, style),
        }
    }

    /// Begins a row of a table, which may stand in a cell of another.
    pub(super) fn open_row(&mut self) {
        self.rows.push(Row::default());
    }

    /// Begins the next cell of the open row.
    pub(super) fn open_cell(&mut self) {
        if let Some(row) = self.rows.last_mut() {
            row.cells.push(Vec::new());
        }
    }

    /// Ends the open row.
    pub(super) fn close_row(&mut self) {
        let Some(row) = self.rows.pop() else { return };
        if is_layout(&row) {
            for (text, style) in row.cells.into_iter().flatten() {
                self.paragraph(&text, style);
            }
            return;
        }
        let cells: Vec<String> = row.cells.iter().map(|cell| cell_text(cell)).collect();
        let text = cells.join("\t");
        self.paragraph(text.trim_end(), Style::Plain);
    }

    /// The lines; open rows are ended.
    pub(super) fn into_lines(mut self) -> Vec<Line> {
        while !self.rows.is_empty() {
            self.close_row();
        }
        self.lines
    }

    fn emit(&mut self, text: &str, style: Style) {
        if style == Style::Plain {
            for piece in text.split('\n') {
                self.push(piece.to_owned(), style);
            }
        } else {
            self.push(unbroken(text), style);
        }
    }

    fn push(&mut self, text: String, style: Style) {
        let number = u32::try_from(self.lines.len() + 1).unwrap_or(u32::MAX);
        self.lines.push(Line {
            number,
            text,
            style,
        });
    }
}

fn is_layout(row: &Row) -> bool {
    let is_filled = |cell: &&Vec<(String, Style)>| n_filled(cell) > 0;
    if row.cells.iter().filter(is_filled).count() <= 1 {
        return true;
    }
    row.cells.iter().any(|cell| {
        let n_chars: usize = cell.iter().map(|(text, _)| text.chars().count()).sum();
        n_filled(cell) > 1 && n_chars >= LONG_CELL
    })
}

fn n_filled(cell: &[(String, Style)]) -> usize {
    cell.iter()
        .filter(|(text, _)| !text.trim().is_empty())
        .count()
}

fn cell_text(cell: &[(String, Style)]) -> String {
    let texts = cell.iter().map(|(text, _)| text.trim());
    let texts: Vec<&str> = texts.filter(|text| !text.is_empty()).collect();
    texts.join(" ").replace(['\n', '\t'], " ")
}

/// A heading without its line breaks; a blank stays only between Latin words.
fn unbroken(text: &str) -> String {
    let mut out = String::new();
    for piece in text.split('\n') {
        let is_latin = |ch: char| ch.is_ascii_alphanumeric();
        if out.ends_with(is_latin) && piece.starts_with(is_latin) {
            out.push(' ');
        }
        out.push_str(piece.trim());
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(blocks: &mut Blocks, cells: &[&[&str]]) {
        blocks.open_row();
        for cell in cells {
            blocks.open_cell();
            for text in *cell {
                blocks.paragraph(text, Style::Plain);
            }
        }
        blocks.close_row();
    }

    #[track_caller]
    fn check(blocks: Blocks, expected: &[&str]) {
        let lines = blocks.into_lines();
        let texts: Vec<&str> = lines.iter().map(|line| &*line.text).collect();
        assert_eq!(texts, expected);
    }

    #[test]
    fn data_by_row_and_layout_by_paragraph() {
        let mut blocks = Blocks::default();
        row(&mut blocks, &[&["年份"], &["产值", "（万元）"], &[""]]);
        row(&mut blocks, &[&["2009"], &[], &["12"]]);
        row(&mut blocks, &[&["园区平稳。", "园区有序。"]]);
        let long = "园区工作平稳。".repeat(10);
        row(&mut blocks, &[&["内容"], &[&long, "其他。"]]);
        check(
            blocks,
            &[
                "年份\t产值 （万元）",
                "2009\t\t12",
                "园区平稳。",
                "园区有序。",
                "内容",
                &long,
                "其他。",
            ],
        );
    }

    #[test]
    fn tables_in_cells_and_open_ends() {
        let mut blocks = Blocks::default();
        blocks.open_row();
        blocks.open_cell();
        row(&mut blocks, &[&["甲"], &["乙"]]);
        row(&mut blocks, &[&["丙"], &["丁"]]);
        check(blocks, &["甲\t乙", "丙\t丁"]);
    }

    #[test]
    fn breaks_end_lines_but_not_headings() {
        let mut blocks = Blocks::default();
        blocks.paragraph("园区\n总结", Style::Title);
        blocks.paragraph("甲\n乙", Style::Plain);
        check(blocks, &["园区总结", "甲", "乙"]);
    }
}
