//! The text of a Word document: paragraphs, tables, and the notes and boxes attached to them.

use super::notes::Notes;
use super::numbering::{ListPosition, Numbering};
use super::properties::{is_hidden, n_columns, row_properties};
use super::styles::Styles;
use crate::document::{Line, Reason, Style};
use crate::source::formats::blocks::{Blocks, Span};
use crate::source::formats::numbering::labelled;
use crate::source::formats::style_names::outline;
use crate::source::xml::{Node, Tag, Walk};
use crate::text::visible::n_visible;

/// A text being read.
pub(super) struct Body<'a> {
    styles: &'a Styles,
    numbering: &'a mut Numbering,
    notes: &'a mut Notes,
    /// The text, followed by the open text boxes inside it.
    stories: Vec<Story>,
    /// Number of open elements of text deleted under revision.
    n_deleted: usize,
    /// The open annotations of Word 2003, innermost last.
    annotations: Vec<Annotation>,
    n_read: u64,
}

/// A sequence of paragraphs: the text itself, a text box or a note.
#[derive(Default)]
struct Story {
    blocks: Blocks,
    paragraph: Paragraph,
    is_open: bool,
    /// The columns of the open cell if it is not begun yet: they are stated inside it.
    cell: Option<usize>,
    /// Whether the open run is hidden.
    is_hidden: bool,
    /// Whether the text is phonetic (ruby), printed above other text.
    in_gloss: bool,
}

/// The paragraph being read.
#[derive(Default)]
struct Paragraph {
    text: String,
    /// The part of it that is in the file but not displayed.
    hidden: String,
    /// The phonetic text above it.
    gloss: String,
    style_id: Option<String>,
    outline_level: Option<u8>,
    place: ListPosition,
    /// Its number as written out by Word 2003.
    label: Option<String>,
    /// Text boxes and notes attached to it.
    after: Vec<Vec<Line>>,
    /// Its end was deleted under revision: it continues with the next one.
    continues: bool,
}

/// What Word 2003 wraps in `aml:annotation`.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Annotation {
    Deletion,
    Comment,
    /// Insertions and bookmarks, whose content is text.
    Other,
}

impl Paragraph {
    /// Writes what is not displayed with its text, and what is attached to it.
    fn write_beside(self, blocks: &mut Blocks) {
        for (text, reason) in [(self.gloss, Reason::Frame), (self.hidden, Reason::Hidden)] {
            if !text.trim().is_empty() {
                blocks.paragraph(text.trim_end(), Style::Boilerplate(reason));
            }
        }
        for lines in self.after {
            blocks.append(lines);
        }
    }
}

impl<'a> Body<'a> {
    pub(super) fn new(
        styles: &'a Styles,
        numbering: &'a mut Numbering,
        notes: &'a mut Notes,
    ) -> Self {
        Self {
            styles,
            numbering,
            notes,
            stories: Vec::new(),
            n_deleted: 0,
            annotations: Vec::new(),
            n_read: 0,
        }
    }

    /// Reads up to the end of the element called `end`, or of the document: the lines, and the number of
    /// visible characters that the file has for them.
    pub(super) fn read(mut self, walk: &mut Walk<'_>, end: &str) -> (Vec<Line>, u64) {
        self.stories.push(Story::default());
        while let Some(node) = walk.next() {
            match node {
                Node::Start(tag) => self.start(&tag, walk),
                Node::End(name) if name == end && self.stories.len() == 1 => break,
                Node::End(name) => self.end(&name),
                // Text is inside `t`, which is read whole.
                Node::Text(_) => {}
            }
        }
        while self.stories.len() > 1 {
            self.close_box();
        }
        self.end("p");
        let story = self.stories.pop().unwrap_or_default();
        (story.blocks.into_lines(), self.n_read)
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
            // `a:p` is a paragraph of a drawing, whose text is read by the drawing's own elements.
            "p" if tag.full_name() != "a:p" => self.open_paragraph(),
            "tbl" => {
                self.open_cell();
                self.story().blocks.open_table();
            }
            "tr" => self.story().blocks.open_row(),
            "trPr" => self.row_properties(walk),
            "tc" => self.story().cell = Some(1),
            "tcPr" => self.story().cell = Some(n_columns(walk)),
            "txbxContent" => self.stories.push(Story::default()),
            "pPr" => self.properties(walk),
            "rPr" => self.story().is_hidden = is_hidden(walk),
            "rt" => self.story().in_gloss = true,
            "del" | "moveFrom" => self.n_deleted += 1,
            "footnoteReference" => self.note("footnote", tag),
            "endnoteReference" => self.note("endnote", tag),
            "commentReference" => self.note("comment", tag),
            // Word 2003 stores notes and comments inline.
            "footnote" | "endnote" => self.stories.push(Story::default()),
            "annotation" => self.open_annotation(tag),
            // `Fallback` repeats what `Choice` shows (ECMA-376 part 3, 10.2); the others are settings and
            // field codes.
            "Fallback" | "instrText" | "delInstrText" | "sectPr" | "tblPr" | "tblGrid"
            | "sdtPr" | "binData" | "hdr" | "ftr" => walk.skip(),
            _ => self.text(tag, walk),
        }
    }

    /// Adds the text of an element, or the character that it represents.
    fn text(&mut self, tag: &Tag<'_>, walk: &mut Walk<'_>) {
        match tag.name() {
            "t" | "delText" => {
                let text = walk.inner_text();
                // XML is sometimes indented; line ends in a text are never meant.
                self.add(&text.replace(['\n', '\r'], ""));
            }
            "tab" | "ptab" => self.add("\t"),
            // Page and column breaks end no line of text.
            "br" if tag
                .attribute("type")
                .is_some_and(|kind| kind != "textWrapping") => {}
            "br" | "cr" => self.add("\n"),
            "noBreakHyphen" => self.add("-"),
            _ => {}
        }
    }

    fn end(&mut self, name: &str) {
        match name {
            "p" => self.close_paragraph(),
            "r" => self.story().is_hidden = false,
            // A blank separates the readings of consecutive words.
            "rt" => {
                let story = self.story();
                story.in_gloss = false;
                story.paragraph.gloss.push(' ');
            }
            "tc" => self.open_cell(),
            "tr" => self.story().blocks.close_row(),
            "tbl" => self.story().blocks.close_table(),
            "del" | "moveFrom" => self.n_deleted = self.n_deleted.saturating_sub(1),
            "txbxContent" | "footnote" | "endnote" if self.stories.len() > 1 => self.close_box(),
            "annotation" => self.close_annotation(),
            _ => {}
        }
    }

    fn add(&mut self, text: &str) {
        self.n_read += n_visible(text);
        let is_deleted = self.n_deleted > 0;
        let story = self.story();
        story.is_open = true;
        let paragraph = &mut story.paragraph;
        let out = match () {
            () if is_deleted || story.is_hidden => &mut paragraph.hidden,
            () if story.in_gloss => &mut paragraph.gloss,
            () => &mut paragraph.text,
        };
        out.push_str(text);
    }

    /// Begins the open cell if its content begins here.
    fn open_cell(&mut self) {
        let story = self.story();
        if let Some(columns) = story.cell.take() {
            story.blocks.open_cell(Span { columns, rows: 1 });
        }
    }

    fn row_properties(&mut self, walk: &mut Walk<'_>) {
        let row = row_properties(walk);
        let blocks = &mut self.story().blocks;
        if row.is_header {
            blocks.mark_header();
        }
        for _ in 0..row.n_before {
            blocks.open_cell(Span::ONE);
        }
    }

    fn open_paragraph(&mut self) {
        self.open_cell();
        if self.story().paragraph.continues {
            self.story().paragraph.continues = false;
        } else {
            // A paragraph whose end is missing ends here.
            self.close_paragraph();
        }
        self.story().is_open = true;
    }

    fn close_paragraph(&mut self) {
        let story = self.story();
        if story.paragraph.continues || !std::mem::take(&mut story.is_open) {
            return;
        }
        let mut paragraph = std::mem::take(&mut story.paragraph);
        let id = paragraph.style_id.as_deref();
        // The paragraph's own outline level outranks its style, but a title stays the title.
        let style = match paragraph.outline_level {
            Some(level) if self.styles.style(id) != Style::Title => outline(level),
            _ => self.styles.style(id),
        };
        let label = self.label(&mut paragraph);
        self.n_read += n_visible(&label);
        let blocks = &mut self.story().blocks;
        blocks.paragraph(&labelled(&label, &paragraph.text), style);
        paragraph.write_beside(blocks);
    }

    /// The label of a paragraph. An empty paragraph of a list shows no number, and does not advance it.
    fn label(&mut self, paragraph: &mut Paragraph) -> String {
        if paragraph.text.trim().is_empty() {
            return String::new();
        }
        let id = paragraph.style_id.as_deref();
        paragraph.label.take().unwrap_or_else(|| {
            let place = paragraph.place.or(self.styles.place(id));
            self.numbering.next(place, id)
        })
    }

    /// Reads `pPr`, after its start tag.
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
                    paragraph.continues = true;
                    walk.skip();
                }
                // The former properties of a revised paragraph.
                "pPrChange" | "sectPr" => walk.skip(),
                _ => {}
            }
        }
    }

    fn note(&mut self, kind: &'static str, tag: &Tag<'_>) {
        let lines = self
            .notes
            .take(kind, &tag.attribute("id").unwrap_or_default());
        let story = self.story();
        story.is_open = true;
        story.paragraph.after.push(lines);
    }

    fn open_annotation(&mut self, tag: &Tag<'_>) {
        let annotation = match tag.attribute("type").as_deref() {
            Some("Word.Deletion") => Annotation::Deletion,
            Some("Word.Comment") => Annotation::Comment,
            _ => Annotation::Other,
        };
        match annotation {
            Annotation::Deletion => self.n_deleted += 1,
            Annotation::Comment => self.stories.push(Story::default()),
            Annotation::Other => {}
        }
        self.annotations.push(annotation);
    }

    fn close_annotation(&mut self) {
        match self.annotations.pop() {
            Some(Annotation::Deletion) => self.n_deleted = self.n_deleted.saturating_sub(1),
            Some(Annotation::Comment) if self.stories.len() > 1 => self.close_box(),
            Some(Annotation::Comment | Annotation::Other) | None => {}
        }
    }

    /// Ends a text box or note; its lines follow the paragraph that it is attached to.
    fn close_box(&mut self) {
        self.close_paragraph();
        let story = self.stories.pop().unwrap_or_default();
        let mut lines = story.blocks.into_lines();
        lines.retain(|line| !line.text.trim().is_empty());
        let outer = self.story();
        outer.is_open = true;
        outer.paragraph.after.push(lines);
    }
}
