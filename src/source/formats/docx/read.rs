//! Reads a Word document.

use super::body::Body;
use super::notes::Notes;
use super::numbering::Numbering;
use super::outside::{RunningHeads, read_notes};
use super::styles::Styles;
use crate::document::{Line, SourceMetadata};
use crate::source::formats::Raw;
use crate::source::formats::blocks::Blocks;
use crate::source::formats::style_names::property_title;
use crate::source::package::Package;
use crate::source::xml::{self, Walk};
use crate::source::{Damage, Damaged, Skip, Warning};

const WHAT: Damaged = Damaged::Word;

/// Reads the document in `bytes`, which unpack to `limit` bytes at most.
///
/// Lines are paragraphs in order; footnotes, comments and text boxes follow the paragraph that they are
/// attached to. Text deleted under revision, hidden text, and page headers and footers are boilerplate.
///
/// # Errors
/// [`Skip::Damaged`] if the package has no readable main part, and those of [`Package::part`].
pub(in crate::source) fn read(
    bytes: &[u8],
    given: SourceMetadata,
    limit: u64,
) -> Result<Raw, Skip> {
    let mut package = Package::open(bytes, limit);
    let main = main_part(&mut package)?;
    let Some(document) = package.part(&main)? else {
        return Err(Skip::Damaged {
            what: WHAT,
            reason: Damage::TextMissing,
        });
    };
    let folder = main.rsplit_once('/').map_or("", |(folder, _)| folder);
    let mut beside = |name: &str| -> Result<String, Skip> {
        let part = package.part(format!("{folder}/{name}").trim_start_matches('/'))?;
        Ok(xml::text(&part.unwrap_or_default()).into_owned())
    };
    let styles = Styles::read(&beside("styles.xml")?);
    let numbering = Numbering::read(&beside("numbering.xml")?);
    let mut apart = Apart::default();
    for (name, kind) in NOTES {
        apart.n_read += read_notes(&mut apart.notes, &beside(name)?, kind, &styles);
    }
    for name in running_heads(&package, folder) {
        let part = package.part(&name)?.unwrap_or_default();
        apart.heads.read(&xml::text(&part), &styles);
    }
    let text = xml::text(&document);
    let mut walk = Walk::new(&text);
    let raw = apart.raw(&styles, numbering, &mut walk, "");
    let mut given = given;
    let properties = package.part("docProps/core.xml")?.unwrap_or_default();
    given.property_title = property_title_in(&xml::text(&properties));
    let is_damaged = package.is_damaged() || walk.is_damaged();
    finish(raw, given, is_damaged)
}

/// The title in the properties of a document, if it may be its own.
pub(in crate::source::formats) fn property_title_in(properties: &str) -> Option<String> {
    let mut walk = Walk::new(properties);
    while let Some(tag) = walk.next_start() {
        if tag.full_name() == "dc:title" {
            return property_title(&walk.inner_text());
        }
    }
    None
}

/// The parts of notes, and the element of each note.
const NOTES: [(&str, &str); 3] = [
    ("footnotes.xml", "footnote"),
    ("endnotes.xml", "endnote"),
    ("comments.xml", "comment"),
];

/// The names of the parts with page headers and footers.
fn running_heads(package: &Package<'_>, folder: &str) -> Vec<String> {
    let is_one = |name: &&str| {
        let inside = name.strip_prefix(folder).unwrap_or(name);
        let inside = inside.trim_start_matches('/').to_ascii_lowercase();
        inside.ends_with(".xml") && (inside.starts_with("header") || inside.starts_with("footer"))
    };
    let mut names: Vec<String> = package.names().filter(is_one).map(str::to_owned).collect();
    // Sorted, so that the order does not depend on how the archive was written.
    names.sort();
    names
}

/// Reads a document in a single XML file, as Word 2003 saves it, or Word 2007 as `pkg:package`.
///
/// # Errors
/// [`Skip::Damaged`] if no text can be read.
pub(in crate::source) fn read_flat(text: &str, given: SourceMetadata) -> Result<Raw, Skip> {
    let styles = Styles::read(text);
    let numbering = Numbering::read(text);
    let mut apart = Apart::default();
    // Word 2003 itself has its notes inline; only the flat package has parts for them.
    if text.contains("pkg:package") {
        for (_, kind) in NOTES {
            apart.n_read += read_notes(&mut apart.notes, text, kind, &styles);
        }
    }
    apart.heads.read(text, &styles);
    let mut walk = Walk::new(text);
    while walk.next_start().is_some_and(|tag| tag.name() != "body") {}
    let raw = apart.raw(&styles, numbering, &mut walk, "body");
    let is_damaged = walk.is_damaged();
    finish(raw, given, is_damaged)
}

/// The parts of a document outside its main text.
#[derive(Default)]
struct Apart {
    notes: Notes,
    heads: RunningHeads,
    /// Number of visible characters of the notes.
    n_read: u64,
}

impl Apart {
    /// The document whose text `walk` has reached, up to the end of the element called `end`, with its notes,
    /// headers and footers.
    fn raw(
        mut self,
        styles: &Styles,
        mut numbering: Numbering,
        walk: &mut Walk<'_>,
        end: &str,
    ) -> Raw {
        let body = Body::new(styles, &mut numbering, &mut self.notes);
        let (lines, n_read) = body.read(walk, end);
        let mut blocks = Blocks::default();
        blocks.append(lines);
        // Notes without a reference in the text are appended, so that no character is lost.
        for lines in self.notes.rest() {
            blocks.append(lines);
        }
        blocks.append(self.heads.lines);
        Raw {
            n_read: Some(n_read + self.n_read + self.heads.n_read),
            lines: blocks.into_lines(),
            ..Raw::default()
        }
    }
}

fn finish(mut raw: Raw, given: SourceMetadata, is_damaged: bool) -> Result<Raw, Skip> {
    // A damaged file without text says so; with some text it is a document with a warning.
    let is_blank = |line: &Line| line.text.trim().is_empty();
    if is_damaged && raw.lines.iter().all(is_blank) {
        return Err(Skip::Damaged {
            what: WHAT,
            reason: Damage::TextUnreadable,
        });
    }
    raw.given = given;
    raw.warnings
        .extend(is_damaged.then_some(Warning::Incomplete));
    Ok(raw)
}

/// The name of the main part according to the package's relations, else its usual name.
fn main_part(package: &mut Package<'_>) -> Result<String, Skip> {
    let relations = package.part("_rels/.rels")?.unwrap_or_default();
    let relations = xml::text(&relations);
    let mut walk = Walk::new(&relations);
    // The relation decides (ECMA-376 part 2, 9.3): some programs call the part `document2.xml`.
    while let Some(tag) = walk.next_start() {
        let kind = tag.attribute("Type").unwrap_or_default();
        if tag.name() == "Relationship" && kind.ends_with("/officeDocument") {
            let target = tag.attribute("Target").unwrap_or_default();
            let target = target.trim_start_matches(['/', '.']).to_owned();
            if package
                .names()
                .any(|name| name.eq_ignore_ascii_case(&target))
            {
                return Ok(target);
            }
        }
    }
    let usual = |name: &&str| name.starts_with("word/document") && name.ends_with(".xml");
    let usual = package.names().find(usual).map(str::to_owned);
    Ok(usual.unwrap_or_else(|| "word/document.xml".to_owned()))
}

#[cfg(test)]
mod tests;
