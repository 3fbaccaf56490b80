//! One slide, page of notes or diagram: its shapes, paragraphs and tables.

use crate::document::Reason;
use crate::source::formats::deck::{Block, Slide, add_line};
use crate::source::formats::numbering::{Form, labelled, write};
use crate::source::xml::{Node, Tag, Walk};

/// The kind of a part.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum PartKind {
    Slide,
    Notes,
    Diagram,
}

/// The content of a part.
#[derive(Default)]
pub(super) struct Content {
    pub(super) slide: Slide,
    /// The relationships of the diagrams and charts on it.
    pub(super) linked: Vec<String>,
}

/// Reads a part; the second value states whether it was cut off.
pub(super) fn read(text: &str, page: PartKind) -> (Content, bool) {
    let mut reader = SlideReader {
        page,
        content: Content::default(),
        place: ShapeRole::Text,
        paragraph: None,
        numbers: Vec::new(),
        tables: Vec::new(),
    };
    let mut walk = Walk::new(text);
    while let Some(node) = walk.next() {
        match node {
            Node::Start(tag) => reader.start(&tag, &mut walk),
            Node::End(name) => reader.end(&name),
            Node::Text(_) => {}
        }
    }
    // A damaged part may end inside a paragraph or table.
    reader.end("p");
    while !reader.tables.is_empty() {
        reader.end("tbl");
    }
    (reader.content, walk.is_damaged())
}

/// The purpose of the open shape.
#[derive(Clone, Copy, PartialEq, Eq)]
enum ShapeRole {
    Text,
    Title,
    Number,
    Foot,
}

#[derive(Default)]
struct Paragraph {
    text: String,
    level: usize,
    number: Option<Numbering>,
}

/// Automatic numbers of a paragraph.
#[derive(Clone, PartialEq, Eq)]
struct Numbering {
    form: String,
    start: u32,
}

#[derive(Default)]
struct Table {
    rows: Vec<Vec<String>>,
    has_header: bool,
}

struct SlideReader {
    page: PartKind,
    content: Content,
    place: ShapeRole,
    paragraph: Option<Paragraph>,
    /// The last number of each level in the open text, with its form.
    numbers: Vec<Option<(Numbering, u32)>>,
    /// The open tables, outermost first.
    tables: Vec<Table>,
}

impl Paragraph {
    /// Applies its properties or numbering.
    fn apply(&mut self, tag: &Tag<'_>) {
        if tag.name() == "pPr" {
            // DrawingML has nine levels.
            self.level = tag.number("lvl").unwrap_or(0).min(8);
        } else {
            self.number = Some(Numbering {
                form: tag.attribute("type").unwrap_or_default(),
                start: tag.number("startAt").unwrap_or(1),
            });
        }
    }
}

impl Table {
    /// Opens a row or a cell, or reads the properties.
    fn open(&mut self, tag: &Tag<'_>) {
        match tag.name() {
            "tblPr" => {
                let first = tag.attribute("firstRow").unwrap_or_default();
                // Booleans may be written as numbers.
                self.has_header = matches!(&*first, "1" | "true");
            }
            "tr" => self.rows.push(Vec::new()),
            _ => {
                if let Some(row) = self.rows.last_mut() {
                    row.push(String::new());
                }
            }
        }
    }
}

impl SlideReader {
    fn start(&mut self, tag: &Tag<'_>, walk: &mut Walk<'_>) {
        match tag.name() {
            "sp" | "graphicFrame" | "cxnSp" => self.place = ShapeRole::Text,
            "ph" => self.place = place_of(tag),
            "txBody" => self.numbers.clear(),
            "p" => self.paragraph = Some(Paragraph::default()),
            "pPr" | "buAutoNum" => {
                if let Some(paragraph) = &mut self.paragraph {
                    paragraph.apply(tag);
                }
            }
            // The `t` of a diagram contains paragraphs.
            "t" if !tag.full_name().starts_with("dgm") => {
                let text = walk.inner_text();
                self.add(&text);
            }
            "br" => self.add("\n"),
            "tbl" => self.tables.push(Table::default()),
            "tblPr" | "tr" | "tc" => {
                if let Some(table) = self.tables.last_mut() {
                    table.open(tag);
                }
            }
            "relIds" => self.content.linked.extend(tag.attribute("dm")),
            "chart" => self.content.linked.extend(tag.attribute("id")),
            // Alternative content for older programs; editor settings.
            "Fallback" | "nvPicPr" | "extLst" => walk.skip(),
            _ => {}
        }
    }

    fn end(&mut self, name: &str) {
        match name {
            "p" => self.close_paragraph(),
            "sp" => self.place = ShapeRole::Text,
            "tbl" => {
                if let Some(table) = self.tables.pop() {
                    let block = Block::Table(table.rows, table.has_header);
                    self.content.slide.blocks.push(block);
                }
            }
            _ => {}
        }
    }

    fn add(&mut self, text: &str) {
        if let Some(paragraph) = &mut self.paragraph {
            paragraph.text.push_str(text);
        }
    }

    fn close_paragraph(&mut self) {
        let paragraph = self.paragraph.take().unwrap_or_default();
        if paragraph.text.trim().is_empty() {
            return;
        }
        let text = labelled(&self.label(&paragraph), &paragraph.text);
        // A paragraph in a table belongs to its cell, whatever the shape is for.
        let cell = self
            .tables
            .last_mut()
            .and_then(|table| table.rows.last_mut()?.last_mut());
        if let Some(cell) = cell {
            return add_line(cell, &text);
        }
        let slide = &mut self.content.slide;
        if matches!(self.place, ShapeRole::Title) && self.page == PartKind::Slide {
            return add_line(slide.title.get_or_insert_default(), &text);
        }
        slide.blocks.push(match self.place {
            ShapeRole::Number => Block::Boilerplate(text, Reason::PageNumber),
            ShapeRole::Foot => Block::Boilerplate(text, Reason::RunningHead),
            ShapeRole::Text | ShapeRole::Title => Block::Paragraph(text),
        });
    }

    /// The automatic number of the paragraph; empty without one.
    fn label(&mut self, paragraph: &Paragraph) -> String {
        let level = paragraph.level;
        // A paragraph of a level ends the numbers of all deeper ones.
        self.numbers.truncate(level + 1);
        self.numbers.resize(level + 1, None);
        // A paragraph without a number restarts its level.
        let Some(numbering) = &paragraph.number else {
            self.numbers[level] = None;
            return String::new();
        };
        // Another form or start begins anew.
        let last = self.numbers[level]
            .as_ref()
            .filter(|(last, _)| last == numbering);
        let number = last.map_or(numbering.start, |(_, number)| number.saturating_add(1));
        self.numbers[level] = Some((numbering.clone(), number));
        shown(&numbering.form, number)
    }
}

fn place_of(tag: &Tag<'_>) -> ShapeRole {
    match &*tag.attribute("type").unwrap_or_default() {
        "title" | "ctrTitle" => ShapeRole::Title,
        "sldNum" => ShapeRole::Number,
        "ftr" | "hdr" | "dt" => ShapeRole::Foot,
        _ => ShapeRole::Text,
    }
}

/// A number in one of the forms of ECMA-376, 20.1.10.61.
fn shown(form: &str, number: u32) -> String {
    let (form, marks) = form
        // The name is a form followed by its marks: `arabicPeriod`, `ea1ChsPlain`; capitals P, M and D begin
        // the marks.
        .find(['P', 'M', 'D'])
        .map_or((form, ""), |at| form.split_at(at));
    let number = match form {
        "alphaLc" => write(number, Form::LowerLetter),
        "alphaUc" => write(number, Form::UpperLetter),
        "romanLc" => write(number, Form::LowerRoman),
        "romanUc" => write(number, Form::UpperRoman),
        "ea1Chs" | "ea1Cht" | "ea1Jpn" => write(number, Form::Han),
        "circleNum" => write(number, Form::Circle),
        _ => write(number, Form::Decimal),
    };
    match marks {
        "ParenBoth" => format!("({number})"),
        "ParenR" => format!("{number})"),
        "Period" | "DbPeriod" => format!("{number}."),
        _ => number,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_shown_in_their_form_with_their_marks() {
        for (form, expected) in [
            ("arabicPeriod", "3."),
            ("arabicParenR", "3)"),
            ("arabicParenBoth", "(3)"),
            ("arabicPlain", "3"),
            ("alphaLcPeriod", "c."),
            ("alphaUcParenR", "C)"),
            ("romanLcPeriod", "iii."),
            ("romanUcParenBoth", "(III)"),
            ("ea1ChsPeriod", "三."),
            ("ea1ChtPlain", "三"),
            ("circleNumDbPlain", "③"),
            ("", "3"),
        ] {
            assert_eq!(shown(form, 3), expected, "{form}");
        }
    }
}
