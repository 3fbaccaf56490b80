//! From characters to paragraphs: fields, cells, notes.

use super::lists::Numbers;
use super::properties::Paragraph;
use super::{File, Notes};
use crate::document::{Line, Style};
use crate::source::formats::blocks::Blocks;
use crate::source::formats::numbering::labelled;

/// The lines of the text, with its notes, and of the text boxes.
pub(super) fn lines(file: &File) -> Vec<Line> {
    let extents = &file.extents;
    let footnotes = extents.text;
    let endnotes =
        footnotes + extents.footnotes + extents.headers + extents.macros + extents.comments;
    let boxes = endnotes + extents.endnotes;
    let mut story = Story {
        file,
        numbers: Numbers::default(),
        blocks: Blocks::default(),
        in_row: false,
        in_cell: false,
        notes: note_texts(file, &file.footnotes, footnotes, extents.footnotes),
    };
    story
        .notes
        .extend(note_texts(file, &file.endnotes, endnotes, extents.endnotes));
    story.notes.sort();
    story.read(0, extents.text);
    story.end_row();
    story.notes.clear();
    story.read(boxes, boxes.saturating_add(extents.boxes));
    story.end_row();
    story.blocks.into_lines()
}

struct Story<'a> {
    file: &'a File,
    numbers: Numbers,
    blocks: Blocks,
    in_row: bool,
    in_cell: bool,
    /// Notes by the character that refers to them, in order.
    notes: Vec<(usize, String)>,
}

impl Story<'_> {
    fn read(&mut self, start: usize, end: usize) {
        let file = self.file;
        let units = file.pieces.units(start, end);
        let mut fields = Fields::default();
        let mut text: Vec<u16> = Vec::new();
        let mut from = start;
        for (at, &unit) in (start..).zip(units) {
            let ends = matches!(unit, 0x07 | 0x0c | 0x0d);
            if fields.shows(unit) && !ends && !file.properties.is_unseen(file.pieces.offset(at)) {
                text.extend(shown(unit));
            }
            if ends {
                let paragraph = file.properties.paragraph(file.pieces.offset(at));
                // A deleted mark joins its paragraph with the next one.
                if unit == 0x0d
                    && !paragraph.in_table
                    && file.properties.is_unseen(file.pieces.offset(at))
                {
                    continue;
                }
                let notes = self.notes_in(from, at);
                self.paragraph(&String::from_utf16_lossy(&text), &paragraph, notes);
                self.close(unit, &paragraph);
                text.clear();
                from = at + 1;
            }
        }
        if !text.is_empty() {
            let notes = self.notes_in(from, end);
            self.paragraph(
                &String::from_utf16_lossy(&text),
                &Paragraph::default(),
                notes,
            );
        }
    }

    fn notes_in(&self, from: usize, to: usize) -> Vec<String> {
        let inside = self.notes.iter().filter(|(at, _)| (from..=to).contains(at));
        inside.map(|(_, text)| text.clone()).collect()
    }

    fn paragraph(&mut self, text: &str, paragraph: &Paragraph, notes: Vec<String>) {
        if paragraph.ends_row {
            return;
        }
        let styles = &self.file.styles;
        if !paragraph.in_table {
            self.end_row();
        } else if !self.in_row {
            self.blocks.open_row();
            self.in_row = true;
        }
        if self.in_row && !self.in_cell {
            self.blocks.open_cell();
            self.in_cell = true;
        }
        let (list, level) = styles.place(paragraph);
        let label = if text.trim().is_empty() {
            String::new()
        } else {
            self.file.lists.next(&mut self.numbers, list, level)
        };
        self.blocks
            .paragraph(&labelled(&label, text), styles.style(paragraph));
        for note in notes {
            self.blocks.paragraph(&note, Style::Plain);
        }
    }

    fn close(&mut self, unit: u16, paragraph: &Paragraph) {
        if unit == 0x07 {
            self.in_cell = false;
        }
        if paragraph.ends_row {
            self.end_row();
        }
    }

    fn end_row(&mut self) {
        if std::mem::take(&mut self.in_row) {
            self.blocks.close_row();
        }
        self.in_cell = false;
    }
}

/// The fields that are open: of each, whether its result is read, which is shown, and not its code.
#[derive(Default)]
struct Fields(Vec<bool>);

impl Fields {
    fn shows(&mut self, unit: u16) -> bool {
        match unit {
            0x13 => self.0.push(false),
            0x14 => {
                if let Some(last) = self.0.last_mut() {
                    *last = true;
                }
            }
            0x15 => drop(self.0.pop()),
            _ => return self.0.iter().all(|in_result| *in_result),
        }
        false
    }
}

/// What a character of the file shows.
fn shown(unit: u16) -> Option<u16> {
    match unit {
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
        let mut fields = Fields::default();
        let units = file
            .pieces
            .units(story + start.min(len), story + end.min(len));
        let units: Vec<u16> = units
            .iter()
            .filter(|&&unit| fields.shows(unit))
            .filter_map(|&unit| {
                if unit == 0x0d {
                    Some(u16::from(b'\n'))
                } else {
                    shown(unit)
                }
            })
            .collect();
        String::from_utf16_lossy(&units).trim().to_owned()
    };
    let spans = notes.starts.windows(2).map(|pair| text(pair[0], pair[1]));
    notes.references.iter().copied().zip(spans).collect()
}
