//! The text of an OpenDocument text: paragraphs, lists, tables, and the notes and boxes attached to them.

use super::styles::Styles;
use crate::document::{Line, Reason, Style};
use crate::source::formats::blocks::{Blocks, Span};
use crate::source::formats::numbering::{Counters, labelled};
use crate::source::xml::{Node, Tag, Walk};
use crate::text::visible::n_visible;

/// The text being read.
pub(super) struct Content<'a> {
    styles: &'a Styles,
    counters: Counters,
    /// The open lists, outermost first.
    lists: Vec<List>,
    /// The text, followed by the open notes and text boxes inside it.
    stories: Vec<Story>,
    /// Number of open elements whose text is not displayed.
    n_hidden: usize,
    /// For each open span or section, whether it is hidden.
    spans: Vec<bool>,
    /// Number of open groups of header rows.
    n_headers: usize,
    in_gloss: bool,
    n_read: u64,
}

struct List {
    style: String,
    /// Whether the next paragraph is the first of an item, which has the number.
    is_fresh: bool,
}

/// A sequence of paragraphs: the text itself, a text box or a note.
#[derive(Default)]
struct Story {
    blocks: Blocks,
    paragraph: Option<Paragraph>,
    /// Whether it is a paragraph inside another one without a box, as in a drawn shape.
    is_bare: bool,
}

#[derive(Default)]
struct Paragraph {
    text: String,
    style: Style,
    label: String,
    /// The part of it that is in the file but not displayed.
    hidden: String,
    /// The phonetic text above it.
    gloss: String,
    is_hidden: bool,
    after: Vec<Vec<Line>>,
}

/// Maximum number of cells that one cell in the file may represent.
const MAX_REPEATED: usize = 1000;

/// Declarations, settings and the mark of a note, whose text follows.
const UNREAD: [&str; 13] = [
    "note-citation",
    "sequence-decls",
    "variable-decls",
    "user-field-decls",
    "forms",
    "script",
    "hidden-text",
    "hidden-paragraph",
    "index-title-template",
    "table-of-content-source",
    "enhanced-geometry",
    "binary-data",
    "event-listeners",
];
/// Authors and dates of comments, and the source of a formula; without their prefix, other elements with text
/// have these names.
const UNREAD_IN_FULL: [&str; 7] = [
    "dc:creator",
    "dc:date",
    "meta:creator-initials",
    "loext:sender-initials",
    "svg:title",
    "svg:desc",
    "math:annotation",
];

impl<'a> Content<'a> {
    pub(super) fn new(styles: &'a Styles) -> Self {
        Self {
            styles,
            counters: Counters::default(),
            lists: Vec::new(),
            stories: vec![Story::default()],
            n_hidden: 0,
            spans: Vec::new(),
            n_headers: 0,
            in_gloss: false,
            n_read: 0,
        }
    }

    /// Reads up to the end of the element called `end`: the lines, and the number of visible characters that
    /// the file has for them.
    pub(super) fn read(mut self, walk: &mut Walk<'_>, end: &str) -> (Vec<Line>, u64) {
        while let Some(node) = walk.next() {
            match node {
                Node::Start(tag) => self.start(&tag, walk),
                Node::End(name) if name == end => break,
                Node::End(name) => self.end(&name),
                Node::Text(text) => self.text(&text),
            }
        }
        // The file may be cut off inside a note.
        while self.stories.len() > 1 {
            self.close_story();
        }
        self.close_paragraph();
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
            name if UNREAD.contains(&name) || UNREAD_IN_FULL.contains(&tag.full_name()) => {
                walk.skip();
            }
            "p" | "h" => self.open_paragraph(tag),
            "list" => self.open_list(tag),
            "list-item" => self.open_item(tag),
            "table" => self.story().blocks.open_table(),
            "table-header-rows" => self.n_headers += 1,
            "table-row" => self.open_row(),
            "table-cell" => self.open_cell(tag),
            // A covered cell keeps its place in the row; its text is not displayed.
            "covered-table-cell" => {
                self.n_hidden += 1;
                self.open_cell(tag);
            }
            "text-box" | "note-body" | "annotation" => self.stories.push(Story::default()),
            "tab" => self.add("\t"),
            "line-break" => self.add("\n"),
            // The count comes from the file and must not allocate without bound.
            "s" => self.add(&" ".repeat(tag.number("c").unwrap_or(1usize).min(100))),
            "span" | "section" => self.open_span(tag),
            // Deleted text is stored here, away from where it was.
            "tracked-changes" => self.n_hidden += 1,
            "ruby-text" => self.in_gloss = true,
            _ => {}
        }
    }

    fn open_row(&mut self) {
        let is_header = self.n_headers > 0;
        let blocks = &mut self.story().blocks;
        blocks.open_row();
        if is_header {
            blocks.mark_header();
        }
    }

    fn open_span(&mut self, tag: &Tag<'_>) {
        let by_style = tag
            .attribute("style-name")
            .is_some_and(|name| self.styles.hides(&name));
        let by_itself = tag
            .attribute("display")
            .is_some_and(|value| value == "none");
        let hides = by_style || by_itself;
        self.spans.push(hides);
        self.n_hidden += usize::from(hides);
    }

    fn end(&mut self, name: &str) {
        match name {
            "p" | "h" => {
                self.close_paragraph();
                if self.story().is_bare {
                    self.close_story();
                }
            }
            "list" => drop(self.lists.pop()),
            "table" => self.story().blocks.close_table(),
            "table-header-rows" => self.n_headers = self.n_headers.saturating_sub(1),
            "table-row" => self.story().blocks.close_row(),
            "covered-table-cell" | "tracked-changes" => {
                self.n_hidden = self.n_hidden.saturating_sub(1);
            }
            "span" | "section" => {
                let hides = self.spans.pop().unwrap_or(false);
                self.n_hidden = self.n_hidden.saturating_sub(usize::from(hides));
            }
            "ruby-text" => self.close_gloss(),
            "text-box" | "note-body" | "annotation" if self.stories.len() > 1 => self.close_story(),
            _ => {}
        }
    }

    fn close_gloss(&mut self) {
        self.in_gloss = false;
        if let Some(paragraph) = &mut self.story().paragraph {
            // Separates the glosses of adjacent characters.
            paragraph.gloss.push(' ');
        }
    }

    /// Adds text of the file, with its white space collapsed to one blank (ODF 1.3, 6.1.2).
    fn text(&mut self, text: &str) {
        let is_hidden = self.n_hidden > 0;
        let in_gloss = self.in_gloss;
        let Some(paragraph) = &mut self.story().paragraph else {
            return;
        };
        let out = match () {
            () if is_hidden || paragraph.is_hidden => &mut paragraph.hidden,
            () if in_gloss => &mut paragraph.gloss,
            () => &mut paragraph.text,
        };
        push_collapsed(out, text);
        self.n_read += n_visible(text);
    }

    fn add(&mut self, text: &str) {
        if let Some(paragraph) = &mut self.story().paragraph {
            paragraph.text.push_str(text);
        }
    }

    fn open_cell(&mut self, tag: &Tag<'_>) {
        // A repeated cell is written once and leaves the other places empty, as if merged; merged cells are
        // followed by covered ones.
        let n_places: usize = tag.number("number-columns-repeated").unwrap_or(1);
        let n_places = n_places.clamp(1, MAX_REPEATED);
        let span = Span {
            columns: n_places,
            rows: 1,
        };
        self.story().blocks.open_cell(span);
    }

    fn open_paragraph(&mut self, tag: &Tag<'_>) {
        let name = tag.attribute("style-name").unwrap_or_default();
        let level: Option<u8> = tag.number("outline-level");
        let style = match level {
            Some(level) if tag.name() == "h" => Style::Heading(level.clamp(1, 9)),
            _ => self.styles.style(&name),
        };
        // A paragraph inside a paragraph is the text of a drawn shape.
        if self.story().paragraph.is_some() {
            self.stories.push(Story {
                is_bare: true,
                ..Story::default()
            });
        }
        let is_hidden = self.n_hidden > 0 || self.styles.hides(&name);
        let label = match is_hidden {
            true => String::new(),
            false => self.label(tag, level),
        };
        self.story().paragraph = Some(Paragraph {
            style,
            label,
            is_hidden,
            ..Paragraph::default()
        });
    }

    /// The label of a paragraph: in a list that of the item, even for a heading; an unlisted heading has the
    /// number of the outline.
    fn label(&mut self, tag: &Tag<'_>, level: Option<u8>) -> String {
        let is_counted = tag
            .attribute("is-list-header")
            .is_none_or(|value| value != "true");
        match self.item_label() {
            Some(label) => label,
            None if tag.name() == "h" && is_counted => self.outline_label(level),
            None => String::new(),
        }
    }

    /// The label of a paragraph in a list; `None` outside of lists.
    fn item_label(&mut self) -> Option<String> {
        let depth = self.lists.len().checked_sub(1)?;
        let list = &mut self.lists[depth];
        if !std::mem::take(&mut list.is_fresh) {
            return Some(String::new());
        }
        let (key, levels) = self.styles.list(&list.style)?;
        Some(self.counters.next(key, levels, depth))
    }

    fn outline_label(&mut self, level: Option<u8>) -> String {
        let (key, levels) = self.styles.outline();
        let ord = usize::from(level.unwrap_or(1).max(1)) - 1;
        self.counters.next(key, levels, ord)
    }

    fn open_list(&mut self, tag: &Tag<'_>) {
        let outer = self.lists.last().map(|list| list.style.clone());
        let named = tag.attribute("style-name");
        let style = named.or(outer.clone()).unwrap_or_default();
        // ODF restarts each list unless it continues another (19.780, 19.781).
        let continues = tag.attribute("continue-list").is_some()
            || tag
                .attribute("continue-numbering")
                .is_some_and(|value| value == "true");
        // An inner list is a level of the outer one.
        if outer.is_none()
            && !continues
            && let Some((key, levels)) = self.styles.list(&style)
        {
            let start = levels.first().map_or(1, |level| level.start);
            self.counters.restart(key, 0, start);
        }
        self.lists.push(List {
            style,
            is_fresh: false,
        });
    }

    fn open_item(&mut self, tag: &Tag<'_>) {
        let Some(depth) = self.lists.len().checked_sub(1) else {
            return;
        };
        let list = &mut self.lists[depth];
        list.is_fresh = true;
        let start: Option<u32> = tag.number("start-value");
        if let (Some(start), Some((key, _))) = (start, self.styles.list(&list.style)) {
            self.counters.restart(key, depth, start);
        }
    }

    fn close_paragraph(&mut self) {
        let Some(paragraph) = self.story().paragraph.take() else {
            return;
        };
        // A label counts only where it is written.
        if !paragraph.text.trim().is_empty() {
            self.n_read += n_visible(&paragraph.label);
        }
        let text = labelled(&paragraph.label, &paragraph.text);
        let blocks = &mut self.story().blocks;
        blocks.paragraph(&text, paragraph.style);
        let beside = [
            (paragraph.gloss, Reason::Frame),
            (paragraph.hidden, Reason::Hidden),
        ];
        for (text, reason) in beside {
            if !text.trim().is_empty() {
                blocks.paragraph(text.trim_end(), Style::Boilerplate(reason));
            }
        }
        for lines in paragraph.after {
            blocks.append(lines);
        }
    }

    /// Ends a note or text box; its lines follow the paragraph that it is attached to.
    fn close_story(&mut self) {
        self.close_paragraph();
        let story = self.stories.pop().unwrap_or_default();
        let mut lines = story.blocks.into_lines();
        lines.retain(|line| !line.text.trim().is_empty());
        let outer = self.story();
        match &mut outer.paragraph {
            Some(paragraph) => paragraph.after.push(lines),
            None => outer.blocks.append(lines),
        }
    }
}

fn push_collapsed(out: &mut String, text: &str) {
    for ch in text.chars() {
        if !matches!(ch, ' ' | '\t' | '\n' | '\r') {
            out.push(ch);
        } else if !out.ends_with([' ', '\t', '\n']) && !out.is_empty() {
            out.push(' ');
        }
    }
}
