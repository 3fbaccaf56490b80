//! OpenDocument presentations (`.odp`), packed or as a single XML file.

use std::collections::HashMap;

use super::Raw;
use super::deck::{Block, Deck, Slide, add_line};
use crate::document::{Reason, SourceMetadata};
use crate::source::package::Package;
use crate::source::xml::{self, Node, Tag, Walk};
use crate::source::{Damage, Damaged, Skip};

const WHAT: Damaged = Damaged::OpenPresentation;

/// Reads the presentation in `bytes`, which unpack to `limit` bytes at most.
///
/// Slides are read in order, including hidden ones: the title as a heading, then the other content, then the
/// speaker's notes. The footer shared by slides is boilerplate, comments are hidden text.
///
/// # Errors
/// [`Skip::Damaged`] if there is no content, [`Skip::Encrypted`], and those of [`Package::part`].
pub(in crate::source) fn read(
    bytes: &[u8],
    given: SourceMetadata,
    limit: u64,
) -> Result<Raw, Skip> {
    let mut package = Package::open(bytes, limit);
    let manifest = package.part("META-INF/manifest.xml")?.unwrap_or_default();
    // The manifest names the encryption of each part (ODF 1.3 part 2, 4.4).
    if xml::text(&manifest).contains(":encryption-data") {
        return Err(Skip::Encrypted);
    }
    let content = package.part("content.xml")?;
    let content = content.ok_or_else(|| damaged(Damage::TextMissing))?;
    let objects = objects(&mut package)?;
    content_of(&xml::text(&content), objects, given, package.is_damaged())
}

/// Reads a presentation in a single XML file (`.fodp`).
///
/// # Errors
/// [`Skip::Damaged`] if no text can be read.
pub(in crate::source) fn read_flat(text: &str, given: SourceMetadata) -> Result<Raw, Skip> {
    content_of(text, HashMap::new(), given, false)
}

/// The content of embedded charts and tables, by their folder.
fn objects(package: &mut Package<'_>) -> Result<HashMap<String, String>, Skip> {
    let folder = |name: &str| name.strip_suffix("/content.xml").map(str::to_owned);
    let folders: Vec<String> = package.names().filter_map(folder).collect();
    let mut objects = HashMap::new();
    for folder in folders {
        if let Some(content) = package.part(&format!("{folder}/content.xml"))? {
            objects.insert(folder, xml::text(&content).into_owned());
        }
    }
    Ok(objects)
}

fn content_of(
    text: &str,
    objects: HashMap<String, String>,
    given: SourceMetadata,
    is_damaged: bool,
) -> Result<Raw, Skip> {
    let mut walk = Walk::new(text);
    let mut reader = OdpReader {
        objects,
        ..OdpReader::default()
    };
    // The styles come first.
    let is_before = |tag: Tag<'_>| tag.name() != "presentation";
    while walk.next_start().is_some_and(is_before) {}
    reader.read(&mut walk);
    // The end of the last page is missing in a damaged file.
    reader.end("page");
    let is_damaged = is_damaged || walk.is_damaged();
    if reader.deck.is_empty() && is_damaged {
        return Err(damaged(Damage::TextUnreadable));
    }
    let (lines, n_read) = reader.deck.finish();
    Ok(Raw::whole(given, lines, n_read).incomplete_if(is_damaged))
}

fn damaged(reason: Damage) -> Skip {
    Skip::Damaged { what: WHAT, reason }
}

#[derive(Default)]
struct OdpReader {
    deck: Deck,
    slide: Slide,
    notes: Vec<Block>,
    in_notes: bool,
    /// The purposes of the open frames, outermost first.
    frames: Vec<String>,
    /// The open paragraphs: one in a comment or a text box is inside another.
    paragraphs: Vec<String>,
    /// The open tables, outermost first, and whether the first row is a header.
    tables: Vec<(Vec<Vec<String>>, bool)>,
    /// Embedded objects that are not read yet.
    objects: HashMap<String, String>,
    in_object: bool,
}

impl OdpReader {
    fn read(&mut self, walk: &mut Walk<'_>) {
        while let Some(node) = walk.next() {
            match node {
                Node::Start(tag) => self.start(&tag, walk),
                Node::End(name) => self.end(&name),
                Node::Text(text) => {
                    if let Some(paragraph) = self.paragraphs.last_mut() {
                        push_collapsed(paragraph, &text);
                    }
                }
            }
        }
    }

    /// Reads an embedded object at its position: a chart has its titles as paragraphs and its figures as a
    /// table.
    fn object(&mut self, tag: &Tag<'_>) {
        let name = tag.attribute("href").unwrap_or_default();
        let name = name.trim_start_matches("./").trim_end_matches('/');
        // Removed, since an object is read once, and not from inside another.
        let content = self.objects.remove(name).filter(|_| !self.in_object);
        let Some(content) = content else { return };
        // The object has a structure of its own; the slide's is restored after it.
        let frames = std::mem::take(&mut self.frames);
        let paragraphs = std::mem::take(&mut self.paragraphs);
        let tables = std::mem::take(&mut self.tables);
        self.in_object = true;
        self.read(&mut Walk::new(&content));
        while !self.paragraphs.is_empty() {
            self.close_paragraph();
        }
        while !self.tables.is_empty() {
            self.end("table");
        }
        self.in_object = false;
        self.frames = frames;
        self.paragraphs = paragraphs;
        self.tables = tables;
    }

    fn start(&mut self, tag: &Tag<'_>, walk: &mut Walk<'_>) {
        match tag.name() {
            "notes" if !self.in_object => self.in_notes = true,
            "object" => self.object(tag),
            "frame" => self.frames.push(tag.attribute("class").unwrap_or_default()),
            "p" | "h" => self.paragraphs.push(String::new()),
            "line-break" => self.add("\n"),
            "tab" => self.add("\t"),
            // The count comes from the file and must not allocate without bound.
            "s" => self.add(&" ".repeat(tag.number("c").unwrap_or(1usize).min(100))),
            "table" => self.tables.push((Vec::new(), false)),
            "table-header-rows" | "table-row" | "table-cell" | "covered-table-cell" => {
                self.open_in_table(tag.name());
            }
            // The shared footer of all slides is declared once.
            "footer-decl" | "header-decl" | "date-time-decl" => {
                self.boilerplate(walk.inner_text(), Reason::RunningHead);
            }
            "annotation" => self.boilerplate(walk.inner_text(), Reason::Hidden),
            // The title of a chart, or a field in a paragraph: both are printed. Other titles are names of
            // shapes.
            "title" if self.in_object || !self.paragraphs.is_empty() => {}
            "page-number" | "title" | "desc" | "forms" | "script" | "settings"
            | "enhanced-geometry" | "event-listeners" => walk.skip(),
            _ => {}
        }
    }

    /// Opens the header, a row or a cell of the innermost table.
    fn open_in_table(&mut self, name: &str) {
        let Some((rows, has_header)) = self.tables.last_mut() else {
            return;
        };
        match name {
            "table-header-rows" => *has_header = true,
            "table-row" => rows.push(Vec::new()),
            _ => {
                if let Some(row) = rows.last_mut() {
                    row.push(String::new());
                }
            }
        }
    }

    fn end(&mut self, name: &str) {
        match name {
            "page" if !self.in_object => self.close_page(),
            "notes" if !self.in_object => self.in_notes = false,
            "frame" => drop(self.frames.pop()),
            "p" | "h" => self.close_paragraph(),
            "table" => {
                if let Some((rows, has_header)) = self.tables.pop() {
                    self.block(Block::Table(rows, has_header));
                }
            }
            _ => {}
        }
    }

    fn add(&mut self, text: &str) {
        if let Some(paragraph) = self.paragraphs.last_mut() {
            paragraph.push_str(text);
        }
    }

    fn block(&mut self, block: Block) {
        match self.in_notes {
            true => self.notes.push(block),
            false => self.slide.blocks.push(block),
        }
    }

    fn boilerplate(&mut self, text: String, reason: Reason) {
        if !text.trim().is_empty() {
            self.block(Block::Boilerplate(text, reason));
        }
    }

    fn close_paragraph(&mut self) {
        let text = self.paragraphs.pop().unwrap_or_default();
        if text.trim().is_empty() {
            return;
        }
        // A paragraph in a cell is part of the cell, whatever frame is around the table.
        let cell = self
            .tables
            .last_mut()
            .and_then(|(rows, _)| rows.last_mut()?.last_mut());
        if let Some(cell) = cell {
            return add_line(cell, &text);
        }
        match self.frames.last().map_or("", |class| &**class) {
            "title" if !self.in_notes => {
                add_line(self.slide.title.get_or_insert_default(), &text);
            }
            "footer" | "header" | "date-time" => self.boilerplate(text, Reason::RunningHead),
            "page-number" => self.boilerplate(text, Reason::PageNumber),
            _ => self.block(Block::Paragraph(text)),
        }
    }

    fn close_page(&mut self) {
        // What is still open belongs to a page that was cut off.
        while !self.paragraphs.is_empty() {
            self.close_paragraph();
        }
        while !self.tables.is_empty() {
            self.end("table");
        }
        self.frames.clear();
        self.in_notes = false;
        let slide = std::mem::take(&mut self.slide);
        let notes = std::mem::take(&mut self.notes);
        if slide.title.is_some() || !slide.blocks.is_empty() || !notes.is_empty() {
            self.deck.add(slide, notes);
        }
    }
}

/// Appends `text` with its white space collapsed to one blank (ODF 1.3, 6.1.2).
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
    use crate::source::formats::deck::tests::check;
    use crate::source::package::tests::pack;
    use crate::text::visible::n_visible;

    const CONTENT: &str = "<office:document-content><office:body><office:presentation>\
        <presentation:footer-decl presentation:name='f'>园区办</presentation:footer-decl>\
        <draw:page><draw:frame presentation:class='subtitle'><draw:text-box><text:p>办公室<text:line-break/>八月</text:p></draw:text-box></draw:frame>\
        <draw:frame presentation:class='title'><draw:text-box><text:p>园区</text:p><text:p>总结</text:p></draw:text-box></draw:frame>\
        <presentation:notes><draw:page-thumbnail/><draw:frame presentation:class='notes'><draw:text-box><text:p>先讲难点。</text:p></draw:text-box></draw:frame></presentation:notes></draw:page>\
        <draw:page draw:style-name='hidden'><draw:frame presentation:class='title'><draw:text-box><text:p>一、做法</text:p></draw:text-box></draw:frame>\
        <draw:custom-shape><text:p>修 \n 路</text:p></draw:custom-shape>\
        <draw:frame><table:table><table:table-row><table:table-cell table:number-columns-spanned='2'><text:p>年份</text:p></table:table-cell><table:covered-table-cell/></table:table-row>\
        <table:table-row><table:table-cell><text:p>2009</text:p></table:table-cell><table:table-cell><text:p>12</text:p></table:table-cell></table:table-row></table:table></draw:frame>\
        <office:annotation><dc:creator>某人</dc:creator><text:p>再核</text:p></office:annotation></draw:page></office:presentation></office:body></office:document-content>";

    #[test]
    fn slides_in_order_with_all_their_content() {
        let expected = [
            "# 园区总结",
            "! 园区办",
            "办公室",
            "八月",
            "先讲难点。",
            "## 一、做法",
            "修 路",
            "|1 年份|",
            "|1 2009|12",
            "! 某人再核",
        ];
        let bytes = pack(&[("content.xml", CONTENT)]);
        let raw = read(&bytes, SourceMetadata::default(), 1 << 20).expect("a presentation");
        check(&raw.lines, raw.n_read.expect("a number"), &expected);
        let raw = read_flat(CONTENT, SourceMetadata::default()).expect("a presentation");
        check(&raw.lines, raw.n_read.expect("a number"), &expected);
    }

    #[test]
    fn charts_are_read_in_order() {
        const SLIDE: &str = "<o:body><o:presentation><d:page><d:frame><d:object x:href='./Object 1'/></d:frame><d:frame><t:p>后文</t:p></d:frame>\
            </d:page></o:presentation></o:body>";
        const CHART: &str = "<o:chart><c:title><t:p>整修进度</t:p></c:title><a:table><a:table-header-rows><a:table-row><a:table-cell/><a:table-cell>\
            <t:p>完成率</t:p></a:table-cell></a:table-row></a:table-header-rows><a:table-row><a:table-cell><t:p>一季度</t:p></a:table-cell>\
            <a:table-cell><t:p>40%</t:p></a:table-cell></a:table-row></a:table></o:chart>";
        let bytes = pack(&[("content.xml", SLIDE), ("Object 1/content.xml", CHART)]);
        let raw = read(&bytes, SourceMetadata::default(), 1 << 20).expect("a presentation");
        let texts: Vec<&str> = raw.lines.iter().map(|line| &*line.text).collect();
        assert_eq!(texts, ["整修进度", "\t完成率", "一季度\t40%", "后文"]);
        let n_kept: u64 = texts.iter().map(|text| n_visible(text)).sum();
        assert_eq!(raw.n_read, Some(n_kept));
    }

    #[test]
    fn damaged_files_give_what_is_left_or_a_reason() {
        let bytes = pack(&[("content.xml", CONTENT)]);
        for len in (0..bytes.len()).step_by(7) {
            let _ = read(&bytes[..len], SourceMetadata::default(), 1 << 20);
        }
        for len in (0..CONTENT.len())
            .filter(|&len| CONTENT.is_char_boundary(len))
            .step_by(11)
        {
            let _ = read_flat(&CONTENT[..len], SourceMetadata::default());
        }
        let reason = |bytes: &[u8], limit| {
            read(bytes, SourceMetadata::default(), limit)
                .expect_err("a skip")
                .to_string()
        };
        assert_eq!(
            reason(b"PK\x05\x06", 1),
            "is a damaged OpenDocument presentation: its text is missing"
        );
        assert_eq!(
            reason(&bytes, 100),
            "unpacks to more than 100 bytes; split it"
        );
        let encrypted = pack(&[
            ("META-INF/manifest.xml", "<m:encryption-data/>"),
            ("content.xml", "x"),
        ]);
        assert!(matches!(
            read(&encrypted, SourceMetadata::default(), 1 << 20),
            Err(Skip::Encrypted)
        ));
    }
}
