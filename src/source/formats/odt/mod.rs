//! OpenDocument texts (`.odt`), packed or as one XML file.

mod styles;

use super::Raw;
use super::blocks::Blocks;
use super::numbering::{Counters, labelled};
use crate::document::{Given, Style, Warning};
use crate::source::Skip;
use crate::source::package::Package;
use crate::source::xml::{self, Node, Tag, Walk};
use styles::Styles;

const WHAT: &str = "OpenDocument text";

/// Reads the document in `bytes`, which unpack to `limit` bytes at most.
///
/// Lines are paragraphs in order; notes and text boxes follow the paragraph that they hang on. Deletions under
/// revision, comments, page headers and footers are left out.
///
/// # Errors
/// [`Skip::Damaged`] if there is no content, and those of [`Package::part`].
pub(in crate::source) fn read(bytes: &[u8], given: Given, limit: u64) -> Result<Raw, Skip> {
    let mut package = Package::open(bytes, limit);
    let manifest = package.part("META-INF/manifest.xml")?.unwrap_or_default();
    if xml::text(&manifest).contains(":encryption-data") {
        return Err(Skip::Encrypted);
    }
    let content = package.part("content.xml")?.ok_or(Skip::Damaged {
        what: WHAT.into(),
        reason: "its text is missing".to_owned(),
    })?;
    let common = package.part("styles.xml")?.unwrap_or_default();
    let (common, content) = (xml::text(&common), xml::text(&content));
    content_of(&[&common, &content], given, package.is_damaged())
}

/// Reads a document that is one XML file (`.fodt`).
///
/// # Errors
/// [`Skip::Damaged`] if no text can be read of it.
pub(in crate::source) fn read_flat(text: &str, given: Given) -> Result<Raw, Skip> {
    content_of(&[text], given, false)
}

/// The document whose text is the last of `parts`; all of them may have styles.
fn content_of(parts: &[&str], given: Given, is_damaged: bool) -> Result<Raw, Skip> {
    let styles = Styles::read(parts);
    let mut walk = Walk::new(parts[parts.len() - 1]);
    let lines = Content::new(&styles).read(&mut walk);
    let is_damaged = is_damaged || walk.is_damaged();
    if is_damaged && lines.iter().all(|line| line.text.trim().is_empty()) {
        return Err(Skip::Damaged {
            what: WHAT.into(),
            reason: "none of its text can be read".to_owned(),
        });
    }
    Ok(Raw {
        n_read: None,
        given,
        lines,
        warnings: is_damaged
            .then_some(Warning::Incomplete)
            .into_iter()
            .collect(),
        key: None,
    })
}

/// The text being read.
struct Content<'a> {
    styles: &'a Styles,
    blocks: Blocks,
    counters: Counters,
    /// The open lists, outermost first.
    lists: Vec<List>,
    /// The open paragraphs: one, and those of notes and text boxes inside it.
    paragraphs: Vec<Paragraph>,
}

struct List {
    style: String,
    /// The first paragraph of an item has the number.
    is_fresh: bool,
}

#[derive(Default)]
struct Paragraph {
    text: String,
    style: Style,
    label: String,
    after: Vec<String>,
}

impl<'a> Content<'a> {
    fn new(styles: &'a Styles) -> Self {
        Self {
            styles,
            blocks: Blocks::default(),
            counters: Counters::default(),
            lists: Vec::new(),
            paragraphs: Vec::new(),
        }
    }

    fn read(mut self, walk: &mut Walk<'_>) -> Vec<crate::document::Line> {
        while walk.next_start().is_some_and(|tag| tag.name() != "body") {}
        while let Some(node) = walk.next() {
            match node {
                Node::Start(tag) => self.start(&tag, walk),
                Node::End(name) => self.end(&name),
                Node::Text(text) => {
                    if let Some(paragraph) = self.paragraphs.last_mut() {
                        push_collapsed(&mut paragraph.text, &text);
                    }
                }
            }
        }
        while !self.paragraphs.is_empty() {
            self.end("p");
        }
        self.blocks.into_lines()
    }

    fn start(&mut self, tag: &Tag<'_>, walk: &mut Walk<'_>) {
        match tag.name() {
            "p" | "h" => self.open_paragraph(tag),
            "list" => self.open_list(tag),
            "list-item" => self.open_item(tag),
            "table-row" => self.blocks.open_row(),
            "table-cell" => self.blocks.open_cell(),
            "tab" => self.add("\t"),
            "line-break" => self.add("\n"),
            "s" => {
                let n_blanks: usize = tag.number("c").unwrap_or(1);
                self.add(&" ".repeat(n_blanks.min(100)));
            }
            "tracked-changes"
            | "annotation"
            | "note-citation"
            | "ruby-text"
            | "covered-table-cell"
            | "sequence-decls"
            | "forms"
            | "title"
            | "desc"
            | "script"
            | "hidden-text"
            | "hidden-paragraph"
            | "index-title-template"
            | "table-of-content-source"
            | "enhanced-geometry"
            | "event-listeners" => walk.skip(),
            _ => {}
        }
    }

    fn end(&mut self, name: &str) {
        match name {
            "p" | "h" => self.close_paragraph(),
            "list" => drop(self.lists.pop()),
            "table-row" => self.blocks.close_row(),
            _ => {}
        }
    }

    fn add(&mut self, text: &str) {
        if let Some(paragraph) = self.paragraphs.last_mut() {
            paragraph.text.push_str(text);
        }
    }

    fn open_paragraph(&mut self, tag: &Tag<'_>) {
        let name = tag.attribute("style-name").unwrap_or_default();
        let level: Option<u8> = tag.number("outline-level");
        let style = match level {
            Some(level) if tag.name() == "h" => Style::Heading(level.clamp(1, 9)),
            _ => self.styles.style(&name),
        };
        let is_counted = tag
            .attribute("is-list-header")
            .is_none_or(|value| value != "true");
        let label = match self.item_label() {
            Some(label) => label,
            None if tag.name() == "h" && is_counted => self.outline_label(level),
            None => String::new(),
        };
        self.paragraphs.push(Paragraph {
            style,
            label,
            ..Paragraph::default()
        });
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
        let goes_on = tag.attribute("continue-list").is_some()
            || tag
                .attribute("continue-numbering")
                .is_some_and(|value| value == "true");
        if outer.is_none()
            && !goes_on
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
        let Some(paragraph) = self.paragraphs.pop() else {
            return;
        };
        let text = labelled(&paragraph.label, &paragraph.text);
        if let Some(outer) = self.paragraphs.last_mut() {
            outer.after.push(text);
            outer.after.extend(paragraph.after);
            return;
        }
        self.blocks.paragraph(&text, paragraph.style);
        for text in paragraph.after {
            self.blocks.paragraph(&text, Style::Plain);
        }
    }
}

/// Adds `text` with its white space as one blank (ODF 1.3, 6.1.2).
fn push_collapsed(out: &mut String, text: &str) {
    for ch in text.chars() {
        if !matches!(ch, ' ' | '\t' | '\n' | '\r') {
            out.push(ch);
        } else if !out.ends_with([' ', '\t', '\n']) && !out.is_empty() {
            out.push(' ');
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::package::tests::pack;

    const STYLES: &str = "<office:styles><style:style style:name='Title' style:family='paragraph'/>\
        <style:style style:name='H' style:display-name='Heading 2' style:family='paragraph' style:default-outline-level='2'/>\
        <text:outline-style><text:outline-level-style text:level='1' style:num-format='一, 二, 三, ...' style:num-suffix='、'/></text:outline-style>\
        <text:list-style style:name='L'><text:list-level-style-number text:level='1' style:num-format='1' loext:num-list-format='(%1%)'/></text:list-style></office:styles>";

    #[track_caller]
    fn check(body: &str, expected: &[(Style, &str)]) {
        let content = format!(
            "<office:document-content><office:automatic-styles><style:style style:name='P1' style:family='paragraph' style:parent-style-name='Title'/>\
             </office:automatic-styles><office:body><office:text>{body}</office:text></office:body></office:document-content>"
        );
        let bytes = pack(&[("styles.xml", STYLES), ("content.xml", &content)]);
        let raw = read(&bytes, Given::default(), 1 << 20).expect("a document");
        let lines = raw.lines.iter();
        let actual: Vec<(Style, &str)> = lines.map(|line| (line.style, &*line.text)).collect();
        assert_eq!(actual, expected);
    }

    #[test]
    fn headings_lists_and_boxes() {
        check(
            "<text:p text:style-name='P1'>园区总结</text:p><text:h text:outline-level='1'>概况</text:h>\
             <text:p>园区<text:s text:c='2'/>平稳。<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>注。</text:p></text:note-body></text:note>完</text:p>\
             <text:p text:style-name='H'>道路</text:p>\
             <text:list text:style-name='L'><text:list-item><text:p>甲</text:p><text:p>续</text:p></text:list-item><text:list-item><text:p>乙</text:p></text:list-item></text:list>\
             <text:list text:style-name='L' text:continue-numbering='true'><text:list-item><text:p>丙</text:p></text:list-item></text:list>\
             <text:list text:style-name='L'><text:list-item><text:p>丁</text:p></text:list-item></text:list>\
             <text:h text:outline-level='1'>打算</text:h>",
            &[
                (Style::Title, "园区总结"),
                (Style::Heading(1), "一、概况"),
                (Style::Plain, "园区  平稳。完"),
                (Style::Plain, "注。"),
                (Style::Heading(2), "道路"),
                (Style::Plain, "(1)甲"),
                (Style::Plain, "续"),
                (Style::Plain, "(2)乙"),
                (Style::Plain, "(3)丙"),
                (Style::Plain, "(1)丁"),
                (Style::Heading(1), "二、打算"),
            ],
        );
    }

    #[test]
    fn tables_and_deletions() {
        check(
            "<text:tracked-changes><text:p>删</text:p></text:tracked-changes><table:table><table:table-row><table:table-cell><text:p>年份</text:p></table:table-cell>\
             <table:table-cell><text:p>产值</text:p></table:table-cell></table:table-row></table:table><text:p>甲<text:line-break/>乙</text:p>",
            &[
                (Style::Plain, "年份\t产值"),
                (Style::Plain, "甲"),
                (Style::Plain, "乙"),
            ],
        );
    }
}
