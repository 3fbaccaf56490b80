//! Text in a workbook outside the cells: comments and text boxes, which the reader of cells omits.

use std::collections::BTreeMap;

use super::biff::Formats;
use crate::source::package::Package;
use crate::source::xml::{self, Node, Walk};
use crate::source::{Skip, sniff};

/// Texts by the name of their sheet, in order.
#[derive(Default)]
pub(super) struct Beside(BTreeMap<String, Vec<String>>);

impl Beside {
    /// Reads those of the workbook in `bytes`, which unpacks to `limit` bytes at most; empty if it is not a
    /// package of XML.
    ///
    /// # Errors
    /// See [`Package::part`].
    pub(super) fn read(bytes: &[u8], limit: u64) -> Result<Self, Skip> {
        let mut beside = Self::default();
        if !sniff::is_zip(bytes) {
            return Ok(beside);
        }
        let mut package = Package::open(bytes, limit);
        // Few workbooks have either; their relations need not be read.
        let has_any = package.names().any(|name| {
            let name = name.to_ascii_lowercase();
            name.starts_with("xl/")
                && (name.contains("comments") || name.contains("drawings/drawing"))
        });
        if !has_any {
            return Ok(beside);
        }
        let targets = relations(&mut package, "xl/workbook.xml")?;
        let workbook = package.part("xl/workbook.xml")?.unwrap_or_default();
        let workbook = xml::text(&workbook);
        let mut walk = Walk::new(&workbook);
        while let Some(tag) = walk.next_start() {
            let id = tag.attribute("id").unwrap_or_default();
            let sheet = targets.iter().find(|relation| relation.id == id);
            if let Some(sheet) = sheet.filter(|_| tag.name() == "sheet") {
                let texts = texts_beside(&mut package, &sheet.target)?;
                let name = tag.attribute("name").unwrap_or_default();
                beside.0.insert(name, texts);
            }
        }
        Ok(beside)
    }

    /// Adds those of a workbook of 97 to 2003.
    pub(super) fn extend(&mut self, formats: &Formats) {
        for (name, texts) in formats.texts() {
            self.0.entry(name.to_owned()).or_default().extend(texts);
        }
    }

    /// The texts of the sheet called `name`.
    pub(super) fn take(&mut self, name: &str) -> Vec<String> {
        self.0.remove(name).unwrap_or_default()
    }
}

/// The comments and texts of drawings that the part `sheet` refers to.
fn texts_beside(package: &mut Package<'_>, sheet: &str) -> Result<Vec<String>, Skip> {
    let mut texts = Vec::new();
    for relation in relations(package, sheet)? {
        // Kinds are URLs, of which only the last step matters.
        let element = match relation.kind.rsplit('/').next() {
            Some("comments") => "comment",
            Some("drawing") => "p",
            _ => continue,
        };
        let part = package.part(&relation.target)?.unwrap_or_default();
        texts_of(&xml::text(&part), element, &mut texts);
    }
    Ok(texts)
}

struct Relation {
    id: String,
    kind: String,
    target: String,
}

/// The relations of the part called `name`, with the names of the parts.
fn relations(package: &mut Package<'_>, name: &str) -> Result<Vec<Relation>, Skip> {
    let (folder, file) = name.rsplit_once('/').unwrap_or(("", name));
    let part = package.part(&format!("{folder}/_rels/{file}.rels"))?;
    let part = part.unwrap_or_default();
    let text = xml::text(&part);
    let mut walk = Walk::new(&text);
    let mut found = Vec::new();
    while let Some(tag) = walk.next_start() {
        if tag.name() == "Relationship" {
            let target = tag.attribute("Target").unwrap_or_default();
            found.push(Relation {
                id: tag.attribute("Id").unwrap_or_default(),
                kind: tag.attribute("Type").unwrap_or_default(),
                target: joined(folder, &target),
            });
        }
    }
    Ok(found)
}

/// The name of the part that `target` refers to in `folder`.
fn joined(folder: &str, target: &str) -> String {
    let base = if target.starts_with('/') { "" } else { folder };
    let mut path: Vec<&str> = base.split('/').filter(|step| !step.is_empty()).collect();
    for step in target.split('/') {
        match step {
            ".." => drop(path.pop()),
            "" | "." => {}
            step => path.push(step),
        }
    }
    path.join("/")
}

/// The text of each `element` that has some.
fn texts_of(text: &str, element: &str, out: &mut Vec<String>) {
    let mut walk = Walk::new(text);
    let mut open = String::new();
    while let Some(node) = walk.next() {
        match node {
            Node::Start(tag) if tag.name() == "t" => open.push_str(&walk.inner_text()),
            // Phonetic reading of a word.
            Node::Start(tag) if tag.name() == "rPh" => walk.skip(),
            Node::End(name) if name == element => {
                let text = std::mem::take(&mut open);
                let lines = text.split(['\n', '\r']).map(str::trim);
                out.extend(lines.filter(|line| !line.is_empty()).map(str::to_owned));
            }
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::package::tests::pack;

    const BOOK: (&str, &str) = (
        "xl/workbook.xml",
        "<workbook><sheets><sheet name='表' r:id='rId1'/><sheet name='空' r:id='rId9'/></sheets></workbook>",
    );
    const SHEETS: (&str, &str) = (
        "xl/_rels/workbook.xml.rels",
        "<Relationships><Relationship Id='rId1' Type='http://a/worksheet' Target='worksheets/sheet1.xml'/></Relationships>",
    );
    const PARTS: (&str, &str) = (
        "xl/worksheets/_rels/sheet1.xml.rels",
        "<Relationships><Relationship Id='r1' Type='http://a/comments' Target='../comments1.xml'/><Relationship Id='r2' Type='http://a/drawing' Target='../drawings/drawing1.xml'/><Relationship Id='r3' Type='http://a/printerSettings' Target='../other.xml'/></Relationships>",
    );
    const COMMENTS: (&str, &str) = (
        "xl/comments1.xml",
        "<comments><comment><text><r><t>批</t></r><r><t>注\n 二</t></r></text></comment></comments>",
    );
    const DRAWING: (&str, &str) = (
        "xl/drawings/drawing1.xml",
        "<d><p><t>文本框</t></p><p><rPh><t>注音</t></rPh></p></d>",
    );
    const OTHER: (&str, &str) = (
        "xl/other.xml",
        "<d><p><t>设置</t></p><comment><t>设置</t></comment></d>",
    );

    fn texts(parts: &[(&str, &str)], sheet: &str) -> Vec<String> {
        let mut beside = Beside::read(&pack(parts), 1 << 20).expect("a package");
        beside.take(sheet)
    }

    #[test]
    fn comments_and_text_boxes_are_those_of_their_sheet() {
        let parts = [BOOK, SHEETS, PARTS, COMMENTS, DRAWING, OTHER];
        assert_eq!(texts(&parts, "表"), ["批注", "二", "文本框"]);
        assert_eq!(texts(&parts, "空"), Vec::<String>::new());
        assert_eq!(texts(&parts, "另一表"), Vec::<String>::new());
    }

    #[test]
    fn missing_parts_cost_their_texts_only() {
        assert_eq!(texts(&[BOOK, SHEETS, PARTS, DRAWING], "表"), ["文本框"]);
        assert_eq!(texts(&[BOOK, PARTS, COMMENTS], "表"), Vec::<String>::new());
        assert_eq!(
            texts(&[SHEETS, PARTS, COMMENTS], "表"),
            Vec::<String>::new()
        );
        let mut none = Beside::read(b"no package", 1 << 20).expect("nothing to read");
        assert_eq!(none.take("表"), Vec::<String>::new());
    }
}
