//! From runs of text to paragraphs, rows and what hangs on them.

use super::state::{Group, Styles};
use crate::document::{Line, Reason, Style};
use crate::source::formats::blocks::{Blocks, Nesting};
use crate::source::formats::numbering::labelled;
use crate::text::visible::n_visible;

/// The paragraphs of a document while it is read.
#[derive(Default)]
pub(super) struct Paragraphs {
    blocks: Blocks,
    nesting: Nesting,
    open: Open,
    /// The paragraphs around the open note or text box, outermost first.
    outer: Vec<Open>,
    label: String,
    /// Text boxes and notes that hang on the paragraph.
    after: Vec<String>,
    running_heads: Vec<String>,
    /// Where the cells of the open row end, and whether it is one of column headings.
    edges: Vec<i32>,
    is_header: bool,
    n_read: u64,
}

/// The open paragraph.
#[derive(Default)]
struct Open {
    text: String,
    /// What of it is in the file but not shown.
    hidden: String,
}

/// What stands apart from the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Story {
    /// A note, a comment or a text box.
    Text,
    /// The head or foot of a page.
    RunningHead,
}

/// Which part of a paragraph a text is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    /// What is read.
    Text,
    /// Its number.
    Label,
    /// What is not shown.
    Hidden,
}

impl Paragraphs {
    /// Adds text of the file.
    pub(super) fn add(&mut self, text: &str, part: Part) {
        match part {
            Part::Text => self.open.text.push_str(text),
            Part::Hidden => self.open.hidden.push_str(text),
            // It counts where it is seen, in front of a text.
            Part::Label => return self.label.push_str(text),
        }
        self.n_read += n_visible(text);
    }

    /// Whether a note or a text box is open.
    pub(super) fn in_story(&self) -> bool {
        !self.outer.is_empty()
    }

    /// Begins a note or a text box.
    pub(super) fn open_story(&mut self) {
        self.outer.push(std::mem::take(&mut self.open));
    }

    /// Ends the open note or text box; its lines go after the paragraph that it hangs on.
    pub(super) fn close_story(&mut self, story: Story) {
        let Some(outer) = self.outer.pop() else {
            return;
        };
        let inner = std::mem::replace(&mut self.open, outer);
        self.open.hidden.push_str(&inner.hidden);
        let out = match story {
            Story::Text => &mut self.after,
            Story::RunningHead => &mut self.running_heads,
        };
        let lines = inner.text.split('\n').map(str::trim);
        out.extend(lines.filter(|line| !line.is_empty()).map(str::to_owned));
    }

    /// Ends the open paragraph.
    pub(super) fn end_paragraph(&mut self, group: &Group, styles: &Styles) {
        if self.in_story() {
            self.open.text.push('\n');
            return;
        }
        let depth = group.paragraph.depth.max(1);
        self.write(
            if group.paragraph.in_table { depth } else { 0 },
            group,
            styles,
        );
    }

    /// Ends the open cell of a table that stands in `depth - 1` others.
    pub(super) fn end_cell(&mut self, depth: usize, group: &Group, styles: &Styles) {
        if self.in_story() {
            self.open.text.push('\t');
            return;
        }
        self.write(depth, group, styles);
        self.nesting.end_cell();
    }

    /// Ends the open row of a table that stands in `depth - 1` others.
    pub(super) fn end_row(&mut self, depth: usize) {
        if !self.in_story() {
            self.nesting.leave(depth, &mut self.blocks);
            self.nesting
                .end_row(&self.edges, self.is_header, &mut self.blocks);
        }
    }

    /// Begins the description of a row.
    pub(super) fn begin_row(&mut self) {
        self.edges.clear();
        self.is_header = false;
    }

    /// Says that the row is one of column headings.
    pub(super) fn mark_header(&mut self) {
        self.is_header = true;
    }

    /// Says where the next cell of the row ends, in twentieths of a point.
    pub(super) fn add_edge(&mut self, edge: i32) {
        self.edges.push(edge);
    }

    /// Writes the open paragraph with what hangs on it.
    fn write(&mut self, depth: usize, group: &Group, styles: &Styles) {
        self.nesting.enter(depth, &mut self.blocks);
        let paragraph = std::mem::take(&mut self.open);
        let label = std::mem::take(&mut self.label);
        if !paragraph.text.trim().is_empty() {
            self.n_read += n_visible(&label);
        }
        let text = labelled(&label, &paragraph.text);
        self.blocks.paragraph(&text, styles.of(&group.paragraph));
        if !paragraph.hidden.trim().is_empty() {
            let style = Style::Boilerplate(Reason::Hidden);
            self.blocks.paragraph(&paragraph.hidden, style);
        }
        for text in self.after.drain(..) {
            self.blocks.paragraph(&text, Style::Plain);
        }
    }

    /// The lines, and how many visible characters the file has for them.
    pub(super) fn finish(mut self, group: &Group, styles: &Styles) -> (Vec<Line>, u64) {
        while self.in_story() {
            self.close_story(Story::Text);
        }
        if !self.open.text.is_empty() || !self.open.hidden.is_empty() || !self.after.is_empty() {
            self.write(0, group, styles);
        }
        self.nesting.leave(0, &mut self.blocks);
        let mut seen = std::collections::HashSet::new();
        for line in self.running_heads {
            if seen.contains(&line) {
                self.n_read -= n_visible(&line);
                continue;
            }
            let style = Style::Boilerplate(Reason::RunningHead);
            self.blocks.paragraph(&line, style);
            seen.insert(line);
        }
        (self.blocks.into_lines(), self.n_read)
    }
}
