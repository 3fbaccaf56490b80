//! The common part of presentations: the lines of slides in order, each with its title first and its notes
//! last.

use crate::document::{Line, Reason, Row, Style};
use crate::source::clean::starts_label;
use crate::text::visible::n_visible;

/// Collects the lines of a presentation. Everything added is counted as it comes out of the file.
#[derive(Default)]
pub(super) struct Deck {
    lines: Vec<Line>,
    n_read: u64,
    n_tables: u32,
    n_slides: u32,
}

/// The content of a slide, in the order of the file.
#[derive(Default)]
pub(super) struct Slide {
    /// The title; line breaks in it are `\n`.
    pub(super) title: Option<String>,
    /// Everything else.
    pub(super) blocks: Vec<Block>,
}

/// A piece of a slide.
pub(super) enum Block {
    /// A paragraph; line breaks in it are `\n`.
    Paragraph(String),
    /// The rows of a table with their cells, and whether the first names the columns.
    Table(Vec<Vec<String>>, bool),
    /// Text on the slide without content of its own: its number, the footer of all slides.
    Boilerplate(String, Reason),
}

impl Deck {
    /// Adds the next slide; the title of the first is the document's, unless it has a heading's label.
    pub(super) fn add(&mut self, slide: Slide, notes: Vec<Block>) {
        self.n_slides += 1;
        if let Some(title) = slide.title.filter(|title| !title.trim().is_empty()) {
            self.n_read += n_visible(&title);
            // A label such as 一、 shows that the first slide is content rather than the title.
            let is_of_deck = self.n_slides == 1 && !starts_label(&title);
            let style = if is_of_deck {
                Style::Title
            } else {
                Style::Heading(1)
            };
            self.push(one_line(&title), style);
        }
        for block in slide.blocks.into_iter().chain(notes) {
            self.add_block(block);
        }
    }

    fn add_block(&mut self, block: Block) {
        match block {
            Block::Paragraph(text) => {
                self.n_read += n_visible(&text);
                for piece in text.split('\n').filter(|piece| !piece.trim().is_empty()) {
                    self.push(piece.trim().to_owned(), Style::Plain);
                }
            }
            Block::Boilerplate(text, reason) => {
                self.n_read += n_visible(&text);
                self.push(one_line(&text), Style::Boilerplate(reason));
            }
            Block::Table(rows, has_header) => self.add_table(rows, has_header),
        }
    }

    fn add_table(&mut self, rows: Vec<Vec<String>>, has_header: bool) {
        self.n_tables += 1;
        for (ord, cells) in rows.into_iter().enumerate() {
            self.n_read += cells.iter().map(|cell| n_visible(cell)).sum::<u64>();
            let cells: Vec<String> = cells.iter().map(|cell| one_line(cell)).collect();
            // An empty row is spacing.
            if cells.iter().all(String::is_empty) {
                continue;
            }
            let row = Row {
                table: self.n_tables,
                is_header: has_header && ord == 0,
            };
            self.push(cells.join("\t"), Style::Row(row));
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

    /// Whether all slides are empty.
    pub(super) fn is_empty(&self) -> bool {
        self.n_read == 0
    }

    /// The lines, and the number of visible characters of the slides.
    pub(super) fn finish(self) -> (Vec<Line>, u64) {
        (self.lines, self.n_read)
    }
}

/// A text without its line ends and tabs; they become blanks only between Latin words.
fn one_line(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    // The vertical tab is PowerPoint's line break.
    for piece in text.split(['\n', '\t', '\r', '\u{b}']).map(str::trim) {
        let is_latin = |ch: char| ch.is_ascii_alphanumeric();
        if out.ends_with(is_latin) && piece.starts_with(is_latin) {
            out.push(' ');
        }
        out.push_str(piece);
    }
    out
}

/// Adds `line` to a text of several lines.
pub(super) fn add_line(text: &mut String, line: &str) {
    if !text.is_empty() {
        text.push('\n');
    }
    text.push_str(line);
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    /// Lines as text with a mark: `#` title, `##` heading, `|` row, `!` boilerplate.
    #[track_caller]
    pub(in crate::source::formats) fn check(lines: &[Line], n_read: u64, expected: &[&str]) {
        let shown = |line: &Line| match line.style {
            Style::Title => format!("# {}", line.text),
            Style::Heading(_) => format!("## {}", line.text),
            Style::Row(row) => format!("|{} {}", row.table, line.text.replace('\t', "|")),
            Style::Boilerplate(_) => format!("! {}", line.text),
            Style::Plain => line.text.clone(),
        };
        let actual: Vec<String> = lines.iter().map(shown).collect();
        assert_eq!(actual, expected);
        let kept: u64 = lines.iter().map(|line| n_visible(&line.text)).sum();
        assert_eq!(n_read, kept);
    }

    #[test]
    fn titles_rows_and_breaks() {
        let mut deck = Deck::default();
        let slide = |title: &str, blocks| Slide {
            title: Some(title.to_owned()),
            blocks,
        };
        deck.add(
            slide("园区\n总结", vec![Block::Paragraph("甲\n乙".to_owned())]),
            vec![Block::Paragraph("备注".to_owned())],
        );
        let row = |cells: &[&str]| cells.iter().map(|&cell| cell.to_owned()).collect();
        let table = Block::Table(
            vec![row(&["a\nb", ""]), row(&["", ""]), row(&["1", "2\t3"])],
            true,
        );
        deck.add(slide("一、做法", vec![table]), Vec::new());
        let (lines, n_read) = deck.finish();
        check(
            &lines,
            n_read,
            &[
                "# 园区总结",
                "甲",
                "乙",
                "备注",
                "## 一、做法",
                "|1 a b|",
                "|1 1|2 3",
            ],
        );
    }
}
