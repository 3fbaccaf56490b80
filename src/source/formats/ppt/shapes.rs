//! The shapes of a slide or page of notes: their texts, and tables, which are groups of shapes.

use super::records::{Record, kind, records, u32_at, utf16};
use crate::document::Reason;
use crate::source::formats::deck::{Block, Slide};

/// A text with its purpose.
pub(super) struct Text {
    /// Title, body and so on ([MS-PPT] 2.13.33).
    of: u32,
    text: String,
    /// Whether it has a placeholder for a number, date or footer.
    has_mark: bool,
}

impl Text {
    fn new(of: u32) -> Self {
        Self {
            of,
            text: String::new(),
            has_mark: false,
        }
    }

    /// Adds the text, or the part of one, in a record.
    pub(super) fn add(texts: &mut Vec<Self>, record: &Record<'_>) {
        if record.kind == kind::TEXT_HEADER {
            texts.push(Self::new(u32_at(record.data, 0).unwrap_or(OTHER)));
            return;
        }
        let is_mark = record.kind == kind::SLIDE_NUMBER || kind::MARKS.contains(&record.kind);
        let text = match record.kind {
            kind::TEXT_CHARS => utf16(record.data),
            // The low bytes of UTF-16 whose high bytes are all zero.
            kind::TEXT_BYTES => record.data.iter().map(|&byte| char::from(byte)).collect(),
            _ if is_mark => String::new(),
            _ => return,
        };
        // Text without a header belongs to a damaged record; it is kept as other text.
        if texts.is_empty() {
            texts.push(Self::new(OTHER));
        }
        if let Some(last) = texts.last_mut() {
            last.text.push_str(&text);
            last.has_mark |= is_mark;
        }
    }

    fn is_title(&self) -> bool {
        matches!(self.of, TITLE | CENTRED_TITLE)
    }

    /// Its paragraphs; empty for a lone placeholder, which the program replaces.
    pub(super) fn paragraphs(&self) -> Vec<Block> {
        let text = self.shown();
        let paragraphs = text.split('\r').filter(|text| !text.trim().is_empty());
        paragraphs
            .map(|text| Block::Paragraph(text.to_owned()))
            .collect()
    }

    /// The text with `\n` for line breaks in paragraphs.
    fn shown(&self) -> String {
        // The asterisk is what the file has for a slide number, date or footer.
        match self.has_mark && self.text.trim() == "*" {
            true => String::new(),
            false => self.text.replace('\u{b}', "\n").replace('\0', ""),
        }
    }
}

// TextTypeEnum ([MS-PPT] 2.13.33).
const TITLE: u32 = 0;
const OTHER: u32 = 4;
const CENTRED_TITLE: u32 = 6;

/// The outline of a slide whose shapes are lost.
pub(super) fn outline_only(texts: Vec<Text>) -> Slide {
    let mut reader = ShapeReader::new(texts);
    reader.finish_outline();
    reader.slide
}

/// Reads the shapes of a slide or page of notes, whose outline is `texts`.
pub(super) fn shapes(page: &Record<'_>, texts: Vec<Text>) -> Slide {
    let mut reader = ShapeReader::new(texts);
    for drawing in records(page.data).filter(|record| record.kind == kind::DRAWING) {
        reader.read(drawing.data, 0);
    }
    reader.finish_outline();
    reader.slide
}

/// Maximum nesting depth of groups.
const MAX_DEPTH: usize = 40;

struct ShapeReader {
    outline: Vec<Option<Text>>,
    slide: Slide,
}

/// A cell of a table by its position on the slide.
struct Cell {
    left: i32,
    top: i32,
    text: String,
}

impl ShapeReader {
    fn new(texts: Vec<Text>) -> Self {
        Self {
            outline: texts.into_iter().map(Some).collect(),
            slide: Slide::default(),
        }
    }

    fn read(&mut self, data: &[u8], depth: usize) {
        for record in records(data) {
            match record.kind {
                kind::GROUP if is_table(&record) => self.read_table(&record),
                kind::SHAPE => self.read_shape(&record),
                _ if record.is_container && depth < MAX_DEPTH => self.read(record.data, depth + 1),
                _ => {}
            }
        }
    }

    fn read_shape(&mut self, shape: &Record<'_>) {
        let place = placeholder(shape);
        for text in self.texts_of(shape) {
            match place {
                NUMBER | DATE | FOOT | HEAD => {
                    let reason = match place {
                        NUMBER => Reason::PageNumber,
                        _ => Reason::RunningHead,
                    };
                    let text = text.shown().replace('\r', "\n");
                    if !text.trim().is_empty() {
                        self.slide.blocks.push(Block::Boilerplate(text, reason));
                    }
                }
                _ => self.add(&text),
            }
        }
    }

    fn add(&mut self, text: &Text) {
        // A second title is text.
        if text.is_title() && self.slide.title.is_none() {
            self.slide.title = Some(text.shown().replace('\r', "\n"));
        } else {
            self.slide.blocks.extend(text.paragraphs());
        }
    }

    /// The texts in a shape: its own, and those of the outline that it displays.
    fn texts_of(&mut self, shape: &Record<'_>) -> Vec<Text> {
        let mut texts = Vec::new();
        for textbox in records(shape.data).filter(|record| record.kind == kind::TEXTBOX) {
            for record in records(textbox.data) {
                if record.kind == kind::OUTLINE_REFERENCE {
                    let ord = u32_at(record.data, 0).map(|ord| ord as usize);
                    // Taken from the outline, so that no text is written twice.
                    let text = ord.and_then(|ord| self.outline.get_mut(ord)?.take());
                    texts.extend(text);
                } else {
                    Text::add(&mut texts, &record);
                }
            }
        }
        texts
    }

    /// Reads a table: cells of one row share the position of their top.
    fn read_table(&mut self, group: &Record<'_>) {
        let shapes = records(group.data).filter(|record| record.kind == kind::SHAPE);
        let cells = shapes.filter_map(|shape| self.cell(&shape)).collect();
        self.slide.blocks.push(Block::Table(rows(cells), false));
    }

    /// A cell of a table; `None` for shapes without a text, which are the lines of the table.
    fn cell(&mut self, shape: &Record<'_>) -> Option<Cell> {
        records(shape.data).find(|record| record.kind == kind::TEXTBOX)?;
        let anchor = records(shape.data).find(|record| record.kind == kind::CHILD_ANCHOR);
        let at = |ord: usize| {
            let number = anchor.and_then(|anchor| u32_at(anchor.data, 4 * ord));
            number.map_or(0, u32::cast_signed)
        };
        let texts = self.texts_of(shape);
        let texts: Vec<String> = texts
            .iter()
            .map(|text| text.shown().replace('\r', "\n"))
            .collect();
        Some(Cell {
            left: at(0),
            top: at(1),
            text: texts.join("\n"),
        })
    }

    /// Adds the texts that no shape displayed.
    fn finish_outline(&mut self) {
        let left = std::mem::take(&mut self.outline);
        for text in left.into_iter().flatten() {
            self.add(&text);
        }
    }
}

const DATE: u8 = 7;
const NUMBER: u8 = 8;
const FOOT: u8 = 9;
const HEAD: u8 = 10;

/// The placeholder of its master that a shape fills ([MS-PPT] 2.13.21); 0 for none.
fn placeholder(shape: &Record<'_>) -> u8 {
    let data = records(shape.data).find(|record| record.kind == kind::CLIENT_DATA);
    let mut atoms = data.into_iter().flat_map(|data| records(data.data));
    let atom = atoms.find(|record| record.kind == kind::PLACEHOLDER);
    // The kind follows the four bytes of the position in the master.
    atom.and_then(|atom| atom.data.get(4).copied()).unwrap_or(0)
}

/// Whether a group is a table: its own shape, which comes first, has the property ([MS-ODRAW] 2.3.4.37).
fn is_table(group: &Record<'_>) -> bool {
    const TABLE_PROPERTIES: u16 = 0x039f;
    let own = records(group.data).find(|record| record.kind == kind::SHAPE);
    let mut options = own.into_iter().flat_map(|own| records(own.data));
    options.any(|record| {
        let is_options = matches!(record.kind, kind::OPTIONS | kind::MORE_OPTIONS);
        let properties = record
            .data
            .as_chunks::<6>()
            .0
            .iter()
            .take(record.instance as usize);
        is_options
            && properties.into_iter().any(|property| {
                // The upper two bits of an identifier are flags.
                let id = u16::from_le_bytes([property[0], property[1]]) & 0x3fff;
                id == TABLE_PROPERTIES && property[2] & 1 != 0
            })
    })
}

/// Arranges cells in rows, each cell in the column of its left edge; a merged cell has its text in the first
/// place.
fn rows(mut cells: Vec<Cell>) -> Vec<Vec<String>> {
    cells.sort_by_key(|cell| (cell.top, cell.left));
    let mut columns: Vec<i32> = cells.iter().map(|cell| cell.left).collect();
    columns.sort_unstable();
    columns.dedup();
    // A grid has few columns; scattered shapes are not a grid.
    const MAX_COLUMNS: usize = 200;
    let is_grid = columns.len() <= MAX_COLUMNS;
    let mut rows: Vec<Vec<String>> = Vec::new();
    let mut last = None;
    for cell in cells {
        if last != Some(cell.top) {
            last = Some(cell.top);
            rows.push(vec![String::new(); if is_grid { columns.len() } else { 0 }]);
        }
        let Some(row) = rows.last_mut() else { continue };
        let at = columns.partition_point(|&left| left < cell.left);
        match row.get_mut(at) {
            // Two cells at one position are not a grid; the second is added at the end.
            Some(place) if place.is_empty() => *place = cell.text,
            _ => row.push(cell.text),
        }
    }
    rows
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cell(left: i32, top: i32, text: &str) -> Cell {
        Cell {
            left,
            top,
            text: text.to_owned(),
        }
    }

    #[test]
    fn shapes_of_one_height_are_a_row() {
        let cells = vec![
            cell(100, 20, "12"),
            cell(0, 0, "行业"),
            cell(100, 0, "收入"),
            cell(0, 20, "工业"),
        ];
        assert_eq!(rows(cells), [["行业", "收入"], ["工业", "12"]]);
        // A missing cell keeps its column.
        let gap = vec![cell(0, 0, "甲"), cell(100, 0, "乙"), cell(100, 20, "丙")];
        assert_eq!(rows(gap), [["甲", "乙"], ["", "丙"]]);
        assert_eq!(rows(Vec::new()), Vec::<Vec<String>>::new());
    }

    #[test]
    fn shapes_that_are_no_grid_lose_no_text() {
        let twice = vec![cell(0, 0, "甲"), cell(0, 0, "乙"), cell(50, 0, "丙")];
        let found = rows(twice);
        assert_eq!(found.len(), 1);
        let mut texts = found[0].clone();
        texts.sort();
        assert_eq!(texts, ["丙", "乙", "甲"]);
        // Two hundred columns at most: scattered shapes would make a table of blanks.
        let scattered = (0..300).map(|ord| cell(ord, ord, "点"));
        let found = rows(scattered.collect());
        assert_eq!(found.len(), 300);
        assert!(found.iter().all(|row| *row == ["点"]));
    }
}
