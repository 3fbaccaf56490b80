//! Turns Markdown events into lines.

use std::ops::Range;

use super::breaks::ends_paragraph;
use crate::document::{Line, Reason, Row, Style};
use crate::source::formats::blocks::one_line;
use crate::source::formats::html::comment_text;
use crate::text::visible::n_visible;

/// Collects lines.
pub(super) struct Writer<'a> {
    source: &'a str,
    /// The offsets of the lines of the file.
    starts: Vec<usize>,
    lines: Vec<Line>,
    /// The open line, and its offset in the file.
    text: String,
    start: usize,
    /// Text in the open line, or since it, that is not part of the report.
    aside: Vec<(Reason, String)>,
    /// The open HTML elements in the text whose content is not part of it.
    places: Vec<(String, Reason)>,
    /// The mark of the list item that begins here, as written.
    label: String,
    heading: Option<u8>,
    /// For each open list, whether its items are numbered.
    lists: Vec<bool>,
    in_code: bool,
    /// The range of the open block of HTML.
    html: Option<Range<usize>>,
    table: u32,
    /// The cells of the open row, and its offset.
    row: Option<(usize, Vec<String>)>,
    n_read: u64,
}

impl<'a> Writer<'a> {
    pub(super) fn new(source: &'a str) -> Self {
        // A text without any `\n` is numbered by its `\r`.
        let end = if source.contains('\n') { b'\n' } else { b'\r' };
        let ends = memchr::memchr_iter(end, source.as_bytes());
        Self {
            source,
            starts: std::iter::once(0).chain(ends.map(|at| at + 1)).collect(),
            lines: Vec::new(),
            text: String::new(),
            start: 0,
            aside: Vec::new(),
            places: Vec::new(),
            label: String::new(),
            heading: None,
            lists: Vec::new(),
            in_code: false,
            html: None,
            table: 0,
            row: None,
            n_read: 0,
        }
    }

    /// The lines, and the number of visible characters that the file has for them.
    pub(super) fn finish(mut self) -> (Vec<Line>, u64) {
        self.flush();
        (self.lines, self.n_read)
    }

    fn number(&self, at: usize) -> u32 {
        let ord = self.starts.partition_point(|&start| start <= at);
        u32::try_from(ord.max(1)).unwrap_or(u32::MAX)
    }

    /// The line of the file that contains `at`.
    fn line(&self, at: usize) -> &'a str {
        let ord = self.starts.partition_point(|&start| start <= at);
        let start = ord.checked_sub(1).map_or(0, |ord| self.starts[ord]);
        let end = self.starts.get(ord).copied();
        &self.source[start..end.unwrap_or(self.source.len())]
    }

    /// Adds the text at offset `at`.
    pub(super) fn text(&mut self, text: &str, at: usize) {
        self.n_read += n_visible(text);
        if let Some((_, reason)) = self.places.last() {
            let reason = *reason;
            // Consecutive text of one reason is one line.
            match self.aside.last_mut() {
                Some((last, line)) if *last == reason => line.push_str(text),
                _ => self.aside.push((reason, text.to_owned())),
            }
            return;
        }
        if !self.in_code {
            self.push(text, at);
            return;
        }
        // Line ends are part of code; elsewhere they arrive as breaks.
        let mut at = at;
        for line in text.split_inclusive('\n') {
            self.push(line.trim_end_matches(['\n', '\r']), at);
            at += line.len();
            if line.ends_with('\n') {
                self.flush();
            }
        }
    }

    fn push(&mut self, text: &str, at: usize) {
        if self.text.is_empty() {
            self.start = at;
        }
        self.text.push_str(text);
    }

    /// Ends the open line.
    pub(super) fn flush(&mut self) {
        // Text of an open row belongs to its cells.
        if self.row.is_some() {
            return;
        }
        let text = std::mem::take(&mut self.text);
        let number = self.number(self.start);
        if !text.trim().is_empty() {
            let label = std::mem::take(&mut self.label);
            self.n_read += n_visible(&label);
            let gap = if label.is_empty() { "" } else { " " };
            let style = self.heading.map_or(Style::Plain, Style::Heading);
            let text = format!("{label}{gap}{}", text.trim_end());
            for piece in text.split(ends_line) {
                self.lines.push(Line {
                    number,
                    text: piece.to_owned(),
                    style,
                });
            }
        }
        self.flush_aside(number);
    }

    /// Ends a paragraph, and with it HTML elements in it that are still open.
    pub(super) fn close_paragraph(&mut self) {
        self.flush();
        // A missing end tag must not hide the rest of the text.
        self.places.clear();
    }

    fn flush_aside(&mut self, number: u32) {
        for (reason, text) in std::mem::take(&mut self.aside) {
            for piece in text.split(['\n', '\r']).map(str::trim) {
                self.write_aside(piece, number, reason);
            }
        }
    }

    fn write_aside(&mut self, text: &str, number: u32, reason: Reason) {
        if !text.is_empty() {
            self.lines.push(Line {
                number,
                text: text.to_owned(),
                style: Style::Boilerplate(reason),
            });
        }
    }

    /// Writes a line of the file, at `at`, that is not part of the report.
    pub(super) fn aside(&mut self, text: &str, at: usize, reason: Reason) {
        self.n_read += n_visible(text);
        self.write_aside(text, self.number(at), reason);
    }

    /// Appends the lines of HTML that begins at `at`.
    pub(super) fn append(&mut self, lines: Vec<Line>, n_read: u64, at: usize) {
        let number = self.number(at);
        let n_before = self.table;
        for mut line in lines {
            line.number = number;
            if let Style::Row(row) = &mut line.style {
                // Tables in the HTML are renumbered to follow those before it.
                row.table += n_before;
                self.table = self.table.max(row.table);
            }
            self.lines.push(line);
        }
        self.n_read += n_read;
    }

    /// A line end within a paragraph, from `from` to `to`.
    pub(super) fn soft_break(&mut self, from: usize, to: usize) {
        let (line, next) = (self.line(from), self.line(to));
        // Chinese texts often have a paragraph on each line, which CommonMark would join.
        if self.heading.is_none() && ends_paragraph(line, next) {
            self.flush();
            return;
        }
        // From the CJK radicals on no blank is needed between the lines.
        let is_narrow = |ch: char| ch < '\u{2e80}';
        // The next line of a quotation may repeat its mark.
        let next = next.trim_start_matches([' ', '\t', '>']);
        if self.text.ends_with(is_narrow) && next.starts_with(is_narrow) {
            self.text.push(' ');
        }
    }

    /// An explicit line break.
    pub(super) fn hard_break(&mut self) {
        match (self.heading, &self.row) {
            // A heading and a cell are one line.
            (None, None) => self.flush(),
            _ => self.text.push(' '),
        }
    }

    /// A tag or a comment of HTML in the text.
    pub(super) fn inline_html(&mut self, tag: &str, at: usize) {
        if let Some(comment) = tag.strip_prefix("<!--") {
            self.comment(comment.strip_suffix("-->").unwrap_or(comment), at);
            return;
        }
        let is_end = tag.starts_with("</");
        let name = name_of(tag);
        // Phonetic glosses and deleted text; other tags only format.
        let reason = match &*name {
            "br" => return self.hard_break(),
            "rt" | "rp" => Reason::Frame,
            "del" => Reason::Hidden,
            _ => return,
        };
        if is_end {
            self.places.pop_if(|(open, _)| *open == name);
            self.text_aside_ends();
        // An empty element has no end tag.
        } else if !tag.ends_with("/>") {
            self.places.push((name, reason));
        }
        if self.text.is_empty() {
            self.start = at;
        }
    }

    fn comment(&mut self, comment: &str, at: usize) {
        let (text, n_read) = comment_text(comment);
        if self.text.is_empty() {
            self.start = at;
        }
        self.n_read += n_read;
        self.aside.push((Reason::Hidden, text));
        // Keeps the text set aside next apart from this comment.
        self.aside.push((Reason::Hidden, String::new()));
    }

    /// Separates text set aside next from the text before.
    fn text_aside_ends(&mut self) {
        if let Some((_, line)) = self.aside.last_mut() {
            line.push(' ');
        }
    }

    /// Extends the open block of HTML.
    pub(super) fn html_to(&mut self, from: usize, to: usize) {
        let start = self.html.as_ref().map_or(from, |html| html.start);
        self.html = Some(start..to);
    }

    /// The range of the block of HTML that has ended.
    pub(super) fn take_html(&mut self) -> (usize, usize) {
        self.flush();
        let html = self.html.take().unwrap_or_default();
        (html.start, html.end)
    }

    pub(super) fn open_heading(&mut self, level: u8) {
        self.flush();
        self.heading = Some(level);
    }

    pub(super) fn close_heading(&mut self) {
        self.flush();
        self.heading = None;
    }

    pub(super) fn open_list(&mut self, is_numbered: bool) {
        self.flush();
        self.lists.push(is_numbered);
    }

    pub(super) fn close_list(&mut self) {
        self.flush();
        self.lists.pop();
    }

    /// Begins the list item from `from` to `to`.
    pub(super) fn open_item(&mut self, from: usize, to: usize) {
        self.flush();
        // An item without text may have left its label.
        self.label.clear();
        // The number is taken from the file: CommonMark keeps only the first of a list.
        if self.lists.last() == Some(&true) {
            let item = self.source[from..to].trim_start();
            let len = item.find(|ch: char| !ch.is_ascii_digit()).unwrap_or(0);
            // `1.` and `1)` (CommonMark 5.2).
            let len = len + usize::from(item[len..].starts_with(['.', ')']));
            self.label.push_str(&item[..len]);
        }
        self.start = from;
    }

    pub(super) fn open_code(&mut self) {
        self.flush();
        self.in_code = true;
    }

    pub(super) fn close_code(&mut self) {
        self.flush();
        self.in_code = false;
    }

    pub(super) fn open_table(&mut self) {
        self.flush();
        self.table += 1;
    }

    pub(super) fn open_row(&mut self, from: usize) {
        self.flush();
        self.row = Some((from, Vec::new()));
    }

    pub(super) fn close_cell(&mut self) {
        let text = std::mem::take(&mut self.text);
        if let Some((_, cells)) = &mut self.row {
            cells.push(one_line(text.trim()));
        }
    }

    pub(super) fn close_row(&mut self, is_header: bool) {
        let Some((from, cells)) = self.row.take() else {
            return;
        };
        let number = self.number(from);
        let text = cells.join("\t");
        if !text.trim().is_empty() {
            let table = self.table;
            self.lines.push(Line {
                number,
                text: text.trim_end().to_owned(),
                style: Style::Row(Row { table, is_header }),
            });
        }
        self.flush_aside(number);
    }
}

/// Characters that end a line in plain text, but not in Markdown.
fn ends_line(ch: char) -> bool {
    matches!(
        ch,
        '\n' | '\r' | '\u{0b}' | '\u{0c}' | '\u{85}' | '\u{2028}' | '\u{2029}'
    )
}

/// The name of an element in a tag, in lower case.
fn name_of(tag: &str) -> String {
    let name = tag.trim_start_matches(['<', '/']);
    let len = name.find(|ch: char| !ch.is_ascii_alphanumeric());
    name[..len.unwrap_or(name.len())].to_ascii_lowercase()
}
