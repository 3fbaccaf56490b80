//! A page as lines: one block is one line, with white space as a browser displays it.

use ego_tree::iter::Edge;
use ego_tree::{NodeId, NodeRef};
use scraper::{Html, Node, node::Element};

use super::elements::{Show, ends_block, is_block, level, show};
use crate::document::{Line, Reason, Style};
use crate::source::formats::blocks::{Blocks, Span};
use crate::source::formats::numbering::{Form, labelled, write};
use crate::text::visible::n_visible;

/// All lines of a page, and the number of its visible characters.
pub(super) fn all(html: &Html) -> (Vec<Line>, u64) {
    let mut writer = Writer::default();
    writer.read(html.tree.root(), &|_| None);
    writer.finish()
}

/// Collects lines.
#[derive(Default)]
pub(super) struct Writer {
    blocks: Blocks,
    text: String,
    /// Text in the block, or since it, that is not part of the report.
    aside: Vec<(Reason, String)>,
    /// The open elements whose destination differs from their parent's, with the destination.
    places: Vec<(NodeId, Destination)>,
    /// The label of the list item that begins here.
    label: String,
    /// The level of the open heading.
    heading: Option<u8>,
    /// Number of open elements whose white space is kept.
    n_pre: usize,
    /// The open lists, outermost first: the number of the last item, `None` for marks.
    lists: Vec<Option<(u32, Form)>>,
    /// The open rows, outermost first: whether all their cells so far are header cells.
    rows: Vec<Option<bool>>,
    /// Number of open groups of header rows.
    n_heads: usize,
    n_read: u64,
}

/// Where text is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Destination {
    /// Into the report.
    Text,
    /// Outside the report.
    Aside(Reason),
}

impl Writer {
    /// Writes what is displayed of `top` and its descendants; `place` returns the destination of elements
    /// that differ from their parent.
    pub(super) fn read(
        &mut self,
        top: NodeRef<'_, Node>,
        place: &dyn Fn(NodeRef<'_, Node>) -> Option<Destination>,
    ) {
        let mut unseen = None;
        for edge in top.traverse() {
            match edge {
                Edge::Open(node) if unseen.is_none() => {
                    if !self.begin(node, place) {
                        unseen = Some(node.id());
                    }
                }
                // Comments in the head are no text, but they are characters of the file and must be accounted
                // for.
                Edge::Open(node) => {
                    if let Node::Comment(comment) = node.value()
                        && node.parent().is_some_and(is_head)
                    {
                        self.comment(comment);
                    }
                }
                Edge::Close(node) if unseen == Some(node.id()) => unseen = None,
                Edge::Close(node) if unseen.is_none() => self.end(node),
                Edge::Close(_) => {}
            }
        }
        self.flush();
    }

    /// Writes the beginning of a node; false if it is not displayed.
    fn begin(
        &mut self,
        node: NodeRef<'_, Node>,
        place: &dyn Fn(NodeRef<'_, Node>) -> Option<Destination>,
    ) -> bool {
        match node.value() {
            Node::Text(text) => self.add(text),
            Node::Comment(comment) => self.comment(comment),
            Node::Element(element) => match show(element) {
                Show::Nothing => return false,
                Show::Aside(reason) => self.enter(node, element, Destination::Aside(reason)),
                Show::Text => {
                    if let Some(place) = place(node) {
                        self.enter(node, element, place);
                    }
                    self.open(element);
                }
            },
            _ => {}
        }
        true
    }

    fn end(&mut self, node: NodeRef<'_, Node>) {
        if let Node::Element(element) = node.value() {
            self.close(element.name());
            self.leave(node.id(), element);
        }
    }

    /// The lines, and the number of visible characters.
    pub(super) fn finish(mut self) -> (Vec<Line>, u64) {
        self.flush();
        (self.blocks.into_lines(), self.n_read)
    }

    fn place(&self) -> Destination {
        self.places
            .last()
            .map_or(Destination::Text, |(_, place)| *place)
    }

    fn enter(&mut self, node: NodeRef<'_, Node>, element: &Element, place: Destination) {
        // An inline element leaves the line open, unless it returns from aside to text.
        if ends_block(element.name()) || place == Destination::Text {
            self.flush();
        }
        self.places.push((node.id(), place));
        if ends_block(element.name()) {
            self.end_line_aside();
        } else if let Some((_, line)) = self.aside.last_mut() {
            line.push(' ');
        }
    }

    fn leave(&mut self, id: NodeId, element: &Element) {
        if self
            .places
            .last()
            .is_some_and(|(entered, _)| *entered == id)
        {
            if ends_block(element.name()) || self.place() == Destination::Text {
                self.flush();
            }
            self.places.pop();
        }
    }

    fn add(&mut self, text: &str) {
        self.n_read += n_visible(text);
        match self.place() {
            Destination::Aside(reason) => {
                // Consecutive text of one reason stays in one line.
                match self.aside.last() {
                    Some((last, _)) if *last == reason => {}
                    _ => self.aside.push((reason, String::new())),
                }
                if let Some((_, line)) = self.aside.last_mut() {
                    push_collapsed(line, text);
                }
            }
            Destination::Text if self.n_pre > 0 => self.text.push_str(text),
            Destination::Text => push_collapsed(&mut self.text, text),
        }
    }

    /// Sets aside the text of a comment, which readers of the page do not see.
    fn comment(&mut self, comment: &str) {
        let (text, n_read) = comment_text(comment);
        if !text.is_empty() {
            self.n_read += n_read;
            self.aside.push((Reason::Hidden, text));
            // An empty entry ends the line, so that the next text aside is one of its own.
            self.aside.push((Reason::Hidden, String::new()));
        }
    }

    /// Starts a new line for text set aside from here on.
    fn end_line_aside(&mut self) {
        if let Some((reason, line)) = self.aside.last()
            && !line.trim().is_empty()
        {
            self.aside.push((*reason, String::new()));
        }
    }

    fn open(&mut self, element: &Element) {
        let name = element.name();
        if self.place() != Destination::Text {
            if ends_block(name) || name == "br" {
                self.end_line_aside();
            }
            return;
        }
        let ends_line = match name {
            "thead" => false,
            "ol" | "ul" | "menu" | "li" | "tr" | "td" | "th" | "pre" | "textarea" => true,
            _ => is_block(name),
        };
        if ends_line {
            self.flush();
        }
        match name {
            "br" => self.text.push('\n'),
            "ol" => self.lists.push(Some(numbered(element))),
            "ul" | "menu" => self.lists.push(None),
            "li" => self.open_item(element),
            "table" => self.blocks.open_table(),
            "thead" => self.n_heads += 1,
            "tr" => {
                self.blocks.open_row();
                self.rows.push(None);
            }
            "td" | "th" => {
                if let Some(all) = self.rows.last_mut() {
                    *all = Some(all.unwrap_or(true) && name == "th");
                }
                self.blocks.open_cell(span(element));
            }
            "pre" | "textarea" => self.n_pre += 1,
            _ => {}
        }
        self.heading = level(name).or(self.heading);
    }

    /// Opens an item of a list: `value` sets its number, and later items count from it (HTML, 4.4.8).
    fn open_item(&mut self, element: &Element) {
        if let Some(Some((number, form))) = self.lists.last_mut() {
            let own = element.attr("value").and_then(|value| value.parse().ok());
            *number = own.unwrap_or(number.saturating_add(1));
            self.label = format!("{}.", write(*number, *form));
        }
    }

    fn close(&mut self, name: &str) {
        if self.place() != Destination::Text {
            if ends_block(name) {
                self.end_line_aside();
            }
            return;
        }
        match name {
            "ol" | "ul" | "menu" => {
                self.flush();
                self.lists.pop();
            }
            "table" => {
                self.flush();
                self.blocks.close_table();
            }
            "thead" => self.n_heads = self.n_heads.saturating_sub(1),
            "tr" => {
                self.flush();
                // A row of `th` only is a header row without `thead` too.
                if self.rows.pop().flatten() == Some(true) || self.n_heads > 0 {
                    self.blocks.mark_header();
                }
                self.blocks.close_row();
            }
            "pre" | "textarea" => {
                self.flush();
                self.n_pre = self.n_pre.saturating_sub(1);
            }
            "li" => {
                self.flush();
                // An item without text leaves no label for what follows.
                self.label.clear();
            }
            _ if ends_block(name) => self.flush(),
            _ => {}
        }
        if level(name).is_some() {
            self.heading = None;
        }
    }

    fn flush(&mut self) {
        let text = std::mem::take(&mut self.text);
        let text = text.trim_matches([' ', '\n', '\t', '\r']);
        if !text.is_empty() {
            let label = std::mem::take(&mut self.label);
            self.n_read += n_visible(&label);
            let style = self.heading.map_or(Style::Plain, Style::Heading);
            self.blocks.paragraph(&labelled(&label, text), style);
        }
        for (reason, line) in self.aside.drain(..) {
            let line = line.trim();
            if !line.is_empty() {
                self.blocks.paragraph(line, Style::Boilerplate(reason));
            }
        }
    }
}

fn is_head(node: NodeRef<'_, Node>) -> bool {
    let element = node.value().as_element();
    element.is_some_and(|element| element.name() == "head")
}

/// The text of a comment in one line, and the number of its visible characters: text if it is a part of the
/// page that was commented out. Conditions and declarations, which programs write as comments, have none.
pub(in crate::source::formats) fn comment_text(comment: &str) -> (String, u64) {
    let mut page = comment.trim();
    // The parser reads instructions and CDATA as comments.
    if page.starts_with('?') || page.starts_with("[endif]") || page.starts_with("[CDATA[") {
        return (String::new(), 0);
    }
    // Conditional comments of Internet Explorer: only their content is text.
    if page.starts_with("[if ") {
        page = page.split_once('>').map_or("", |(_, page)| page);
    }
    let page = Html::parse_document(page.strip_suffix("<![endif]").unwrap_or(page));
    let text = text_in_one_line(&page).trim().to_owned();
    let n_visible = n_visible(&text);
    (text, n_visible)
}

/// What is displayed of a page, in one line.
fn text_in_one_line(page: &Html) -> String {
    let mut text = String::new();
    let mut unseen = None;
    for edge in page.tree.root().traverse() {
        match (edge, unseen) {
            (Edge::Open(node), None) => match node.value() {
                Node::Text(piece) => push_collapsed(&mut text, piece),
                // A comment inside a comment only begins; it is not parsed again.
                Node::Comment(piece) => push_collapsed(&mut text, piece),
                Node::Element(element) => {
                    // Settings of Word are in elements of their own in its pages.
                    if element.name() == "xml" || show(element) == Show::Nothing {
                        unseen = Some(node.id());
                    } else if ends_block(element.name()) && !text.is_empty() {
                        text.push(' ');
                    }
                }
                _ => {}
            },
            (Edge::Close(node), Some(id)) if node.id() == id => unseen = None,
            _ => {}
        }
    }
    text
}

/// The number before the first one of a list, and their form.
fn numbered(list: &Element) -> (u32, Form) {
    let start = list
        .attr("start")
        .and_then(|start| start.parse::<u32>().ok());
    // The types of `ol` (HTML, 4.4.5).
    let form = match list.attr("type") {
        Some("a") => Form::LowerLetter,
        Some("A") => Form::UpperLetter,
        Some("i") => Form::LowerRoman,
        Some("I") => Form::UpperRoman,
        _ => Form::Decimal,
    };
    (start.unwrap_or(1).saturating_sub(1), form)
}

/// The columns and rows that a cell spans.
fn span(cell: &Element) -> Span {
    let number = |name: &str| cell.attr(name).and_then(|value| value.trim().parse().ok());
    Span {
        columns: number("colspan").unwrap_or(1),
        rows: number("rowspan").unwrap_or(1),
    }
}

/// Appends `text` with its white space collapsed to one blank, or to nothing where a line of Chinese was
/// wrapped.
fn push_collapsed(out: &mut String, text: &str) {
    let is_blank = |ch: char| matches!(ch, ' ' | '\t' | '\n' | '\r' | '\u{c}');
    let mut rest = text;
    while !rest.is_empty() {
        let words = rest.find(is_blank).unwrap_or(rest.len());
        let (word, after) = rest.split_at(words);
        out.push_str(word);
        rest = after.trim_start_matches(is_blank);
        let gap = &after[..after.len() - rest.len()];
        // From the CJK radicals on: a line break between two such characters is layout, between Latin words a
        // blank.
        let is_wide = |ch: char| ch >= '\u{2e80}';
        let wraps = gap.contains(['\n', '\r'])
            && out.ends_with(is_wide)
            && (rest.starts_with(is_wide) || rest.is_empty());
        if !gap.is_empty() && !wraps && !out.is_empty() && !out.ends_with([' ', '\n']) {
            out.push(' ');
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_are_text_if_they_are_a_part_of_the_page() {
        let cases = [
            (" 注释 ", "注释", 2),
            ("<p>甲</p><p>乙</p>", "甲 乙", 2),
            ("甲<b>乙</b>", "甲乙", 2),
            ("a\n  b", "a b", 2),
            ("甲\n乙", "甲乙", 2),
            ("<style>p { }</style>甲", "甲", 1),
            ("<xml><w:a>设置</w:a></xml>甲", "甲", 1),
            // Only the content of conditional comments is text.
            ("[if mso]>甲<![endif]", "甲", 1),
            ("[if gte mso 9]", "", 0),
            ("[endif]", "", 0),
            ("?xml version='1.0'?", "", 0),
            ("[CDATA[甲]]", "", 0),
            ("", "", 0),
        ];
        for (comment, text, n_visible) in cases {
            let expected = (text.to_owned(), n_visible);
            assert_eq!(comment_text(comment), expected, "{comment}");
        }
    }

    #[test]
    fn blanks_collapse_and_line_breaks_between_han_characters_are_layout() {
        let collapsed = |pieces: &[&str]| {
            let mut out = String::new();
            pieces
                .iter()
                .for_each(|piece| push_collapsed(&mut out, piece));
            out
        };
        assert_eq!(collapsed(&["甲  乙"]), "甲 乙");
        assert_eq!(collapsed(&["甲\n乙"]), "甲乙");
        assert_eq!(collapsed(&["a\nb"]), "a b");
        assert_eq!(collapsed(&["甲\nb"]), "甲 b");
        assert_eq!(collapsed(&["a ", " b"]), "a b");
        assert_eq!(collapsed(&[]), "");
    }
}
