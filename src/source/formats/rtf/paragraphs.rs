//! Builds paragraphs and rows, with their notes and boxes, from runs of text.

use super::state::{Group, Story, Styles};
use crate::document::{Line, Reason, Style};
use crate::source::formats::blocks::{Blocks, Nesting};
use crate::source::formats::numbering::labelled;
use crate::text::visible::n_visible;

/// Collects the paragraphs of a document.
#[derive(Default)]
pub(super) struct Paragraphs {
    blocks: Blocks,
    nesting: Nesting,
    open: OpenParagraph,
    /// The paragraphs around the open note or text box, outermost first.
    outer: Vec<OpenParagraph>,
    label: String,
    /// Text boxes and notes attached to the paragraph.
    after: Vec<String>,
    running_heads: Vec<String>,
    /// The right edges of the cells of the open row, and whether it is a header row.
    edges: Vec<i32>,
    is_header: bool,
    n_read: u64,
}

/// The open paragraph.
#[derive(Default)]
struct OpenParagraph {
    text: String,
    /// The part of it that is in the file but not displayed.
    hidden: String,
}

/// The part of a paragraph that a text belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum TextPart {
    /// Displayed text.
    Text,
    /// Its number.
    Label,
    /// Text that is not displayed.
    Hidden,
}

impl Paragraphs {
    /// Adds text of the file.
    pub(super) fn add(&mut self, text: &str, part: TextPart) {
        match part {
            TextPart::Text => self.open.text.push_str(text),
            TextPart::Hidden => self.open.hidden.push_str(text),
            // Counted when it is written, in front of a text.
            TextPart::Label => return self.label.push_str(text),
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

    /// Ends the open note or text box; its lines follow the paragraph that it is attached to.
    pub(super) fn close_story(&mut self, story: Story) {
        let Some(outer) = self.outer.pop() else {
            return;
        };
        let inner = std::mem::replace(&mut self.open, outer);
        // Hidden text of a note goes with that of the paragraph.
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
        // Paragraphs of a note become lines of one text, cells are separated by tabs.
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

    /// Ends the open cell of a table nested in `depth - 1` others.
    pub(super) fn end_cell(&mut self, depth: usize, group: &Group, styles: &Styles) {
        if self.in_story() {
            self.open.text.push('\t');
            return;
        }
        self.write(depth, group, styles);
        self.nesting.end_cell();
    }

    /// Ends the open row of a table nested in `depth - 1` others.
    pub(super) fn end_row(&mut self, depth: usize) {
        if !self.in_story() {
            // Nested tables end with the row that contains them, also where their own end is lost.
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

    /// Marks the row as a header row.
    pub(super) fn mark_header(&mut self) {
        self.is_header = true;
    }

    /// Sets the right edge of the next cell of the row, in twentieths of a point.
    pub(super) fn add_edge(&mut self, edge: i32) {
        self.edges.push(edge);
    }

    /// Writes the open paragraph with its notes and boxes.
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

    /// The lines, and the number of visible characters that the file has for them.
    pub(super) fn finish(mut self, group: &Group, styles: &Styles) -> (Vec<Line>, u64) {
        while self.in_story() {
            self.close_story(Story::Text);
        }
        if !self.open.text.is_empty() || !self.open.hidden.is_empty() || !self.after.is_empty() {
            self.write(0, group, styles);
        }
        self.nesting.leave(0, &mut self.blocks);
        // Sections repeat their headers; equal ones are written and counted once.
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

#[cfg(test)]
mod tests {
    use super::*;

    /// Adds a text and ends its paragraph.
    fn paragraph(paragraphs: &mut Paragraphs, text: &str) {
        paragraphs.add(text, TextPart::Text);
        paragraphs.end_paragraph(&Group::default(), &Styles::default());
    }

    fn row(paragraphs: &mut Paragraphs, cells: &[&str]) {
        paragraphs.begin_row();
        for (ord, cell) in (1..).zip(cells) {
            paragraphs.add_edge(1_000 * ord);
            paragraphs.add(cell, TextPart::Text);
            paragraphs.end_cell(1, &Group::default(), &Styles::default());
        }
        paragraphs.end_row(1);
    }

    fn finish(paragraphs: Paragraphs) -> (Vec<(String, Style)>, u64) {
        let (lines, n_read) = paragraphs.finish(&Group::default(), &Styles::default());
        let lines = lines.into_iter().map(|line| (line.text, line.style));
        (lines.collect(), n_read)
    }

    fn plain(text: &str) -> (String, Style) {
        (text.to_owned(), Style::Plain)
    }

    #[test]
    fn paragraphs_follow_each_other() {
        let mut paragraphs = Paragraphs::default();
        paragraph(&mut paragraphs, "园区");
        paragraph(&mut paragraphs, "企业");
        // Without its end mark the last one is a paragraph too.
        paragraphs.add("道路", TextPart::Text);
        let (lines, n_read) = finish(paragraphs);
        assert_eq!(lines, [plain("园区"), plain("企业"), plain("道路")]);
        assert_eq!(n_read, 6);
    }

    #[test]
    fn labels_are_in_front_of_a_text_and_hidden_text_is_apart() {
        let mut paragraphs = Paragraphs::default();
        paragraphs.add("一、", TextPart::Label);
        paragraphs.add("隐", TextPart::Hidden);
        paragraph(&mut paragraphs, "园区");
        // The label of an empty paragraph is not displayed, and not counted.
        paragraphs.add("二、", TextPart::Label);
        paragraph(&mut paragraphs, " ");
        let (lines, n_read) = finish(paragraphs);
        let hidden = ("隐".to_owned(), Style::Boilerplate(Reason::Hidden));
        assert_eq!(lines[..2], [plain("一、园区"), hidden]);
        assert!(lines[2..].iter().all(|(text, _)| text.trim().is_empty()));
        assert_eq!(n_read, "一、园区隐".chars().count() as u64);
    }

    #[test]
    fn notes_follow_the_paragraph_that_they_are_in() {
        let mut paragraphs = Paragraphs::default();
        paragraphs.add("园", TextPart::Text);
        paragraphs.open_story();
        assert!(paragraphs.in_story());
        paragraph(&mut paragraphs, "注一");
        paragraph(&mut paragraphs, " 注二");
        paragraphs.close_story(Story::Text);
        assert!(!paragraphs.in_story());
        paragraph(&mut paragraphs, "区");
        paragraph(&mut paragraphs, "企业");
        let (lines, _) = finish(paragraphs);
        assert_eq!(lines, ["园区", "注一", "注二", "企业"].map(plain));
    }

    #[test]
    fn headers_that_sections_repeat_are_written_once() {
        let mut paragraphs = Paragraphs::default();
        for head in ["年度报告", "年度报告", "附件"] {
            paragraphs.open_story();
            paragraph(&mut paragraphs, head);
            paragraphs.close_story(Story::RunningHead);
            paragraph(&mut paragraphs, "正文");
        }
        let (lines, n_read) = finish(paragraphs);
        let head = |text: &str| (text.to_owned(), Style::Boilerplate(Reason::RunningHead));
        assert_eq!(lines[3..], [head("年度报告"), head("附件")]);
        assert_eq!(n_read, 3 * 2 + 4 + 2);
    }

    #[test]
    fn cells_become_rows_and_lost_ends_cost_nothing() {
        let mut paragraphs = Paragraphs::default();
        row(&mut paragraphs, &["行业", "收入"]);
        row(&mut paragraphs, &["工业", "12"]);
        paragraph(&mut paragraphs, "后文");
        let texts: Vec<String> = finish(paragraphs)
            .0
            .into_iter()
            .map(|line| line.0)
            .collect();
        assert_eq!(texts, ["行业\t收入", "工业\t12", "后文"]);
        // A note that is never closed, and ends of stories that were never opened.
        let mut broken = Paragraphs::default();
        broken.close_story(Story::Text);
        broken.open_story();
        broken.add("园区", TextPart::Text);
        let mut lines = finish(broken).0;
        lines.retain(|(text, _)| !text.is_empty());
        assert_eq!(lines, [plain("园区")]);
    }
}
