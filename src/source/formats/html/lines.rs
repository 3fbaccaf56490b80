//! A page as lines: what stands in one block is one line, white space as a browser shows it.

use ego_tree::NodeRef;
use ego_tree::iter::Edge;
use scraper::{Html, Node, node::Element};

use crate::document::{Line, Style};
use crate::source::formats::blocks::Blocks;
use crate::source::formats::numbering::{Form, labelled, write};

/// All lines of a page.
pub(super) fn all(html: &Html) -> Vec<Line> {
    let mut writer = Writer::default();
    writer.read(html.tree.root(), &|_| true);
    writer.finish()
}

/// Lines being written.
#[derive(Default)]
pub(super) struct Writer {
    blocks: Blocks,
    text: String,
    /// The label of the list item that begins here.
    label: String,
    /// The level of the open heading.
    heading: Option<u8>,
    /// Open elements whose white space is kept.
    n_pre: usize,
    /// The open lists, outermost first: the number of the last item, `None` for marks.
    lists: Vec<Option<(u32, Form)>>,
}

impl Writer {
    /// Writes what is shown below `top` and itself; an element that `shows` denies is left out.
    pub(super) fn read(
        &mut self,
        top: NodeRef<'_, Node>,
        shows: &dyn Fn(NodeRef<'_, Node>) -> bool,
    ) {
        let mut hidden = None;
        for edge in top.traverse() {
            match edge {
                Edge::Open(node) if hidden.is_none() => match node.value() {
                    Node::Text(text) => self.add(text),
                    Node::Element(element) if is_shown(element) && shows(node) => {
                        self.open(element);
                    }
                    Node::Element(_) => hidden = Some(node.id()),
                    _ => {}
                },
                Edge::Close(node) if hidden == Some(node.id()) => hidden = None,
                Edge::Close(node) if hidden.is_none() => {
                    if let Node::Element(element) = node.value() {
                        self.close(element.name());
                    }
                }
                _ => {}
            }
        }
        self.flush();
    }

    /// The lines.
    pub(super) fn finish(mut self) -> Vec<Line> {
        self.flush();
        self.blocks.into_lines()
    }

    fn add(&mut self, text: &str) {
        if self.n_pre > 0 {
            self.text.push_str(text);
        } else {
            push_collapsed(&mut self.text, text);
        }
    }

    fn open(&mut self, element: &Element) {
        let name = element.name();
        match name {
            "br" => self.text.push('\n'),
            "ol" => {
                self.flush();
                let start = element
                    .attr("start")
                    .and_then(|start| start.parse::<u32>().ok());
                let form = match element.attr("type") {
                    Some("a") => Form::LowerLetter,
                    Some("A") => Form::UpperLetter,
                    Some("i") => Form::LowerRoman,
                    Some("I") => Form::UpperRoman,
                    _ => Form::Decimal,
                };
                let last = start.unwrap_or(1).saturating_sub(1);
                self.lists.push(Some((last, form)));
            }
            "ul" | "menu" => {
                self.flush();
                self.lists.push(None);
            }
            "li" => {
                self.flush();
                if let Some(Some((number, form))) = self.lists.last_mut() {
                    let own = element.attr("value").and_then(|value| value.parse().ok());
                    *number = own.unwrap_or(number.saturating_add(1));
                    self.label = format!("{}.", write(*number, *form));
                }
            }
            "tr" => {
                self.flush();
                self.blocks.open_row();
            }
            "td" | "th" => {
                self.flush();
                self.blocks.open_cell();
            }
            "pre" | "textarea" => {
                self.flush();
                self.n_pre += 1;
            }
            _ if is_block(name) => self.flush(),
            _ => {}
        }
        self.heading = level(name).or(self.heading);
    }

    fn close(&mut self, name: &str) {
        match name {
            "ol" | "ul" | "menu" => {
                self.flush();
                self.lists.pop();
            }
            "tr" => {
                self.flush();
                self.blocks.close_row();
            }
            "pre" | "textarea" => {
                self.flush();
                self.n_pre = self.n_pre.saturating_sub(1);
            }
            _ if is_block(name) => self.flush(),
            _ => {}
        }
        if level(name).is_some() {
            self.heading = None;
        }
    }

    fn flush(&mut self) {
        let text = std::mem::take(&mut self.text);
        let text = text.trim_matches([' ', '\n', '\t', '\r']);
        if text.is_empty() {
            return;
        }
        let text = labelled(&std::mem::take(&mut self.label), text);
        let style = self.heading.map_or(Style::Plain, Style::Heading);
        self.blocks.paragraph(&text, style);
    }
}

/// Adds `text` with its white space as one blank; none where a line of Chinese was wrapped.
fn push_collapsed(out: &mut String, text: &str) {
    let is_blank = |ch: char| matches!(ch, ' ' | '\t' | '\n' | '\r' | '\u{c}');
    let mut rest = text;
    while !rest.is_empty() {
        let words = rest.find(is_blank).unwrap_or(rest.len());
        let (word, after) = rest.split_at(words);
        out.push_str(word);
        rest = after.trim_start_matches(is_blank);
        let gap = &after[..after.len() - rest.len()];
        let is_wide = |ch: char| ch >= '\u{2e80}';
        let wraps = gap.contains(['\n', '\r'])
            && out.ends_with(is_wide)
            && (rest.starts_with(is_wide) || rest.is_empty());
        if !gap.is_empty() && !wraps && !out.is_empty() && !out.ends_with([' ', '\n']) {
            out.push(' ');
        }
    }
}

/// The level of a heading element.
fn level(name: &str) -> Option<u8> {
    match name.as_bytes() {
        [b'h', digit @ b'1'..=b'6'] => Some(digit - b'0'),
        _ => None,
    }
}

/// Whether an element and what is in it can be seen on the page.
pub(super) fn is_shown(element: &Element) -> bool {
    const UNSEEN: [&str; 20] = [
        "script", "style", "noscript", "template", "head", "iframe", "object", "svg", "math",
        "select", "button", "datalist", "audio", "video", "canvas", "map", "nav", "rt", "rp",
        "del",
    ];
    let style = element.attr("style").unwrap_or_default().replace(' ', "");
    // Word and LibreOffice write the head and foot of the page into the text.
    let is_boilerplate =
        element.name() == "div" && matches!(element.attr("title"), Some("header" | "footer"));
    !UNSEEN.contains(&element.name())
        && element.attr("hidden").is_none()
        && !style.contains("display:none")
        && !style.contains("mso-hide:all")
        && !is_boilerplate
}

/// Whether an element begins a line of its own.
pub(super) fn is_block(name: &str) -> bool {
    const BLOCKS: [&str; 38] = [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "caption",
        "center",
        "dd",
        "details",
        "dialog",
        "dir",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "html",
        "legend",
        "main",
        "p",
        "section",
        "summary",
        "table",
        "tbody",
        "tfoot",
        "thead",
        "option",
    ];
    BLOCKS.contains(&name)
}
