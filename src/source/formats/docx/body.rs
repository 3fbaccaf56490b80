//! The text of a Word document: paragraphs, tables, and what hangs on them.

use super::Notes;
use super::numbering::{Numbering, Place};
use super::styles::{Styles, is_on};
use crate::document::{Line, Style};
use crate::source::formats::blocks::Blocks;
use crate::source::formats::numbering::labelled;
use crate::source::formats::style_names::outline;
use crate::source::xml::{Node, Tag, Walk};

/// A text being read.
pub(super) struct Body<'a> {
    styles: &'a Styles,
    numbering: &'a mut Numbering,
    notes: &'a Notes,
    /// The text, and inside it the open text boxes.
    stories: Vec<Story>,
}

/// Paragraphs one below the other: the text itself or a text box.
#[derive(Default)]
struct Story {
    blocks: Blocks,
    paragraph: Paragraph,
    is_open: bool,
}

/// The paragraph being read.
#[derive(Default)]
struct Paragraph {
    text: String,
    style_id: Option<String>,
    outline_level: Option<u8>,
    place: Place,
    /// Its number as Word 2003 writes it out.
    label: Option<String>,
    /// Text boxes and notes that hang on it.
    after: Vec<String>,
    /// Its end was deleted under revision: it goes on with the next one.
    goes_on: bool,
}

impl<'a> Body<'a> {
    pub(super) fn new(styles: &'a Styles, numbering: &'a mut Numbering, notes: &'a Notes) -> Self {
        Self {
            styles,
            numbering,
            notes,
            stories: Vec::new(),
        }
    }

    /// Reads up to the end of the element called `end`, or of the document.
    pub(super) fn read(mut self, walk: &mut Walk<'_>, end: &str) -> Vec<Line> {
        self.stories.push(Story::default());
        while let Some(node) = walk.next() {
            match node {
                Node::Start(tag) => self.start(&tag, walk),
                Node::End(name) if name == end && self.stories.len() == 1 => break,
                Node::End(name) => self.end(&name),
                // Text stands in `t`, which is read whole.
                Node::Text(_) => {}
            }
        }
        while self.stories.len() > 1 {
            self.close_box();
        }
        self.end("p");
        let story = self.stories.pop().unwrap_or_default();
        story.blocks.into_lines()
    }

    fn story(&mut self) -> &mut Story {
        if self.stories.is_empty() {
            self.stories.push(Story::default());
        }
        let last = self.stories.len() - 1;
        &mut self.stories[last]
    }

    fn start(&mut self, tag: &Tag<'_>, walk: &mut Walk<'_>) {
        match tag.name() {
            "p" if tag.full_name() != "a:p" => self.open_paragraph(),
            "tr" => self.story().blocks.open_row(),
            "tc" => self.story().blocks.open_cell(),
            "txbxContent" => self.stories.push(Story::default()),
            "pPr" => self.properties(walk),
            "rPr" if is_hidden(walk) => skip_run(walk),
            "t" => {
                let text = walk.inner_text();
                // XML is indented now and then; line ends in a text are never meant.
                self.add(&text.replace(['\n', '\r'], ""));
            }
            "tab" | "ptab" => self.add("\t"),
            "br" if tag
                .attribute("type")
                .is_some_and(|kind| kind != "textWrapping") => {}
            "br" | "cr" => self.add("\n"),
            "noBreakHyphen" => self.add("-"),
            "footnoteReference" => self.note("footnote", tag),
            "endnoteReference" => self.note("endnote", tag),
            // Word 2003 has its notes in the text, and its lists' labels.
            "footnote" | "endnote" => self.stories.push(Story::default()),
            // The fallback repeats what the choice shows.
            "Fallback" | "del" | "moveFrom" | "instrText" | "delText" | "rt" | "sectPr"
            | "tblPr" | "trPr" | "tcPr" | "tblGrid" | "sdtPr" | "annotation" | "binData"
            | "hdr" | "ftr" => {
                walk.skip();
            }
            _ => {}
        }
    }

    fn end(&mut self, name: &str) {
        match name {
            "p" => self.close_paragraph(),
            "tr" => self.story().blocks.close_row(),
            "txbxContent" | "footnote" | "endnote" if self.stories.len() > 1 => self.close_box(),
            _ => {}
        }
    }

    fn add(&mut self, text: &str) {
        let story = self.story();
        story.is_open = true;
        story.paragraph.text.push_str(text);
    }

    fn open_paragraph(&mut self) {
        let story = self.story();
        story.is_open = true;
        if story.paragraph.goes_on {
            story.paragraph.goes_on = false;
        } else {
            story.paragraph = Paragraph::default();
        }
    }

    fn close_paragraph(&mut self) {
        let story = self.story();
        if story.paragraph.goes_on || !std::mem::take(&mut story.is_open) {
            return;
        }
        let paragraph = std::mem::take(&mut story.paragraph);
        let id = paragraph.style_id.as_deref();
        let style = match paragraph.outline_level {
            Some(level) if self.styles.style(id) != Style::Title => outline(level),
            _ => self.styles.style(id),
        };
        let is_blank = paragraph.text.trim().is_empty();
        let label = match paragraph.label {
            Some(label) => label,
            None if is_blank => String::new(),
            None => {
                let place = paragraph.place.or(self.styles.place(id));
                self.numbering.next(place, id)
            }
        };
        let text = labelled(&label, &paragraph.text);
        let blocks = &mut self.story().blocks;
        blocks.paragraph(&text, style);
        for text in paragraph.after {
            blocks.paragraph(&text, Style::Plain);
        }
    }

    /// Reads `pPr`, which has just started.
    fn properties(&mut self, walk: &mut Walk<'_>) {
        let paragraph = &mut self.story().paragraph;
        while let Some(node) = walk.next() {
            let tag = match node {
                Node::Start(tag) => tag,
                Node::End(name) if name == "pPr" => return,
                _ => continue,
            };
            match tag.name() {
                "pStyle" => paragraph.style_id = tag.attribute("val"),
                "outlineLvl" => paragraph.outline_level = tag.number("val"),
                "numId" | "ilfo" => paragraph.place.list = tag.number("val"),
                "ilvl" => paragraph.place.level = tag.number("val"),
                // The auxiliary hint of Word 2003: `<wx:t wx:val="一、"/>`.
                "t" => paragraph.label = tag.attribute("val"),
                "del" => {
                    paragraph.goes_on = true;
                    walk.skip();
                }
                "pPrChange" | "sectPr" => walk.skip(),
                _ => {}
            }
        }
    }

    fn note(&mut self, kind: &'static str, tag: &Tag<'_>) {
        let notes = self.notes;
        let texts = notes.get(kind, &tag.attribute("id").unwrap_or_default());
        self.story().paragraph.after.extend_from_slice(texts);
    }

    /// Ends a text box; its lines go after the paragraph that it hangs on.
    fn close_box(&mut self) {
        self.close_paragraph();
        let story = self.stories.pop().unwrap_or_default();
        let lines = story.blocks.into_lines().into_iter();
        let texts = lines
            .map(|line| line.text)
            .filter(|text| !text.trim().is_empty());
        let outer = self.story();
        outer.is_open = true;
        outer.paragraph.after.extend(texts);
    }
}

/// Reads `rPr`, which has just started: whether the run is hidden.
fn is_hidden(walk: &mut Walk<'_>) -> bool {
    let mut is_hidden = false;
    while let Some(node) = walk.next() {
        match node {
            Node::Start(tag) if tag.name() == "vanish" => {
                is_hidden = tag.attribute("val").is_none_or(|value| is_on(&value));
            }
            Node::Start(tag) if tag.name() == "rPrChange" => walk.skip(),
            Node::End(name) if name == "rPr" => break,
            _ => {}
        }
    }
    is_hidden
}

/// Passes over the rest of a run.
fn skip_run(walk: &mut Walk<'_>) {
    while let Some(node) = walk.next() {
        match node {
            Node::Start(_) => walk.skip(),
            Node::End(name) if name == "r" => break,
            _ => {}
        }
    }
}
