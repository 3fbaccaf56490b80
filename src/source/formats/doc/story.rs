//! From characters to paragraphs: fields, cells, notes.

use super::file::{File, Notes};
use super::lists::Numbers;
use super::properties::Paragraph;
use crate::document::{Line, Reason, Style};
use crate::source::formats::blocks::{Blocks, Nesting};
use crate::source::formats::numbering::labelled;
use crate::text::visible::n_visible;

/// The lines of the text with its notes, of the text boxes and of the page headers and footers; and the
/// number of visible characters that the file has for them.
pub(super) fn lines(file: &File) -> (Vec<Line>, u64) {
    let extents = &file.extents;
    // The stories follow each other in this order, without separators ([MS-DOC] 2.3).
    let footnotes = extents.text;
    let headers = footnotes + extents.footnotes;
    let comments = headers + extents.headers + extents.macros;
    let endnotes = comments + extents.comments;
    let boxes = endnotes + extents.endnotes;
    let header_boxes = boxes.saturating_add(extents.boxes);
    let mut story = Story::of(file);
    for (notes, start, len) in [
        (&file.footnotes, footnotes, extents.footnotes),
        (&file.comments, comments, extents.comments),
        (&file.endnotes, endnotes, extents.endnotes),
    ] {
        story.notes.extend(note_texts(file, notes, start, len));
    }
    // From last to first, so that the next one is at the end.
    story.notes.sort_by_key(|(at, _)| std::cmp::Reverse(*at));
    story.read_to_end(0, extents.text);
    story.read_to_end(boxes, header_boxes);
    story.add_running_heads(headers, extents.headers);
    story.add_running_heads(header_boxes, extents.header_boxes);
    (story.blocks.into_lines(), story.n_read)
}

struct Story<'a> {
    file: &'a File,
    numbers: Numbers,
    blocks: Blocks,
    nesting: Nesting,
    /// Notes by the character that refers to them, the next one last.
    notes: Vec<(usize, String)>,
    n_read: u64,
}

impl Story<'_> {
    fn of(file: &'_ File) -> Story<'_> {
        Story {
            file,
            numbers: Numbers::default(),
            blocks: Blocks::default(),
            nesting: Nesting::default(),
            notes: Vec::new(),
            n_read: 0,
        }
    }

    /// Reads a story, and closes the tables that it leaves open.
    fn read_to_end(&mut self, start: usize, end: usize) {
        self.read(start, end);
        self.nesting.leave(0, &mut self.blocks);
        // Notes without a reference in the text are appended, so that no character is lost.
        self.add_notes(usize::MAX);
    }

    fn read(&mut self, start: usize, end: usize) {
        let file = self.file;
        let mut fields = Fields::default();
        let mut text = Text::default();
        for (at, &unit) in (start..).zip(file.pieces.units(start, end)) {
            // End of cell or row (0x07), page break (0x0c), end of paragraph (0x0d).
            let ends = matches!(unit, 0x07 | 0x0c | 0x0d);
            if fields.shows(unit) && !ends {
                let is_unseen = file.properties.is_unseen(file.pieces.offset(at));
                text.part(is_unseen).extend(shown(unit));
            }
            if ends {
                self.end(unit, at, &mut text);
            }
        }
        // Text after the last mark: the end of a damaged file.
        if !text.is_empty() {
            self.paragraph(text, &Paragraph::default());
        }
    }

    /// Ends the paragraph of `text` with the mark `unit`.
    fn end(&mut self, unit: u16, at: usize, text: &mut Text) {
        let file = self.file;
        let offset = file.pieces.offset(at);
        let paragraph = file.properties.paragraph(offset);
        // A deleted mark joins its paragraph with the next one.
        if unit == 0x0d && !paragraph.in_table && file.properties.is_unseen(offset) {
            return;
        }
        self.paragraph(std::mem::take(text), &paragraph);
        self.add_notes(at);
        self.close(unit, &paragraph);
    }

    /// Writes the notes that characters up to `at` refer to.
    fn add_notes(&mut self, at: usize) {
        while let Some((_, text)) = self.notes.pop_if(|(reference, _)| *reference <= at) {
            self.n_read += n_visible(&text);
            self.blocks.paragraph(&text, Style::Plain);
        }
    }

    fn paragraph(&mut self, text: Text, paragraph: &Paragraph) {
        let shown = String::from_utf16_lossy(&text.shown);
        let hidden = String::from_utf16_lossy(&text.hidden);
        self.n_read += n_visible(&shown) + n_visible(&hidden);
        // The mark that ends a row is a paragraph without text.
        if (paragraph.ends_row || paragraph.ends_inner_row) && text.is_empty() {
            return;
        }
        let by_depth = paragraph.depth.map_or(1, |depth| usize::from(depth.max(1)));
        let depth = if paragraph.in_table { by_depth } else { 0 };
        self.nesting.enter(depth, &mut self.blocks);
        let styles = &self.file.styles;
        let (list, level) = styles.place(paragraph);
        // An empty paragraph of a list shows no number, and does not advance it.
        let label = match shown.trim().is_empty() {
            true => String::new(),
            false => self.file.lists.next(&mut self.numbers, list, level),
        };
        self.n_read += n_visible(&label);
        let blocks = &mut self.blocks;
        blocks.paragraph(&labelled(&label, &shown), styles.style(paragraph));
        if !hidden.trim().is_empty() {
            blocks.paragraph(&hidden, Style::Boilerplate(Reason::Hidden));
        }
    }

    fn close(&mut self, unit: u16, paragraph: &Paragraph) {
        if paragraph.ends_row || paragraph.ends_inner_row {
            let (edges, is_header) = (&paragraph.edges, paragraph.is_header);
            self.nesting.end_row(edges, is_header, &mut self.blocks);
        } else if unit == 0x07 || paragraph.ends_inner_cell {
            self.nesting.end_cell();
        }
    }

    /// Writes each distinct line of the headers and footers once.
    fn add_running_heads(&mut self, start: usize, len: usize) {
        let mut seen = std::collections::HashSet::new();
        let text = plain_text(self.file, start, start.saturating_add(len));
        for line in text.split('\n').map(str::trim) {
            if !line.is_empty() && seen.insert(line) {
                self.n_read += n_visible(line);
                self.blocks
                    .paragraph(line, Style::Boilerplate(Reason::RunningHead));
            }
        }
    }
}

/// The text of a paragraph in UTF-16.
#[derive(Default)]
struct Text {
    shown: Vec<u16>,
    hidden: Vec<u16>,
}

impl Text {
    fn part(&mut self, is_hidden: bool) -> &mut Vec<u16> {
        match is_hidden {
            true => &mut self.hidden,
            false => &mut self.shown,
        }
    }

    fn is_empty(&self) -> bool {
        self.shown.is_empty() && self.hidden.is_empty()
    }
}

/// The open fields: for each, whether its result, which is displayed, or its code is being read.
#[derive(Default)]
struct Fields {
    in_result: Vec<bool>,
    n_codes: usize,
}

impl Fields {
    fn shows(&mut self, unit: u16) -> bool {
        // A field is 0x13 code 0x14 result 0x15; fields nest in codes ([MS-DOC] 2.8.25).
        match unit {
            0x13 => {
                self.in_result.push(false);
                self.n_codes += 1;
            }
            0x14 => {
                if let Some(last) = self.in_result.last_mut()
                    && !std::mem::replace(last, true)
                {
                    self.n_codes -= 1;
                }
            }
            0x15 => {
                if self.in_result.pop() == Some(false) {
                    self.n_codes -= 1;
                }
            }
            _ => return self.n_codes == 0,
        }
        false
    }
}

/// The displayed form of a character of the file.
fn shown(unit: u16) -> Option<u16> {
    match unit {
        // 0x0b line break, 0x0e column break, 0x1e non-breaking hyphen; other controls stand for pictures,
        // references and soft hyphens.
        0x09 => Some(unit),
        0x0b | 0x0e => Some(u16::from(b'\n')),
        0x1e => Some(u16::from(b'-')),
        0..=0x1f => None,
        _ => Some(unit),
    }
}

/// The notes of one kind, each with the character that refers to it.
fn note_texts(file: &File, notes: &Notes, story: usize, len: usize) -> Vec<(usize, String)> {
    let text = |start: usize, end: usize| {
        plain_text(file, story + start.min(len), story + end.min(len))
            .trim()
            .to_owned()
    };
    let spans = notes.starts.windows(2).map(|pair| text(pair[0], pair[1]));
    notes.references.iter().copied().zip(spans).collect()
}

/// The characters from `start` to `end` without the codes of fields, one line for each paragraph and cell.
fn plain_text(file: &File, start: usize, end: usize) -> String {
    let mut fields = Fields::default();
    let units = file.pieces.units(start, end).iter();
    let units: Vec<u16> = units
        .filter(|&&unit| fields.shows(unit))
        .filter_map(|&unit| match unit {
            0x07 | 0x0c | 0x0d => Some(u16::from(b'\n')),
            unit => shown(unit),
        })
        .collect();
    String::from_utf16_lossy(&units)
}
