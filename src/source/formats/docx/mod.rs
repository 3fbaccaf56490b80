//! Word documents of 2007 and later (`.docx`, `.docm`, WPS's too), and the XML of Word 2003.

mod body;
mod numbering;
mod styles;

use std::collections::BTreeMap;

use super::Raw;
use crate::document::{Given, Line, Warning};
use crate::source::Skip;
use crate::source::package::Package;
use crate::source::xml::{self, Walk};
use body::Body;
use numbering::Numbering;
use styles::Styles;

const WHAT: &str = "Word document";

/// Reads the document in `bytes`, which unpack to `limit` bytes at most.
///
/// Lines are paragraphs in order; footnotes and text boxes follow the paragraph that they hang on. What was deleted
/// under revision, comments, page headers and footers are left out.
///
/// # Errors
/// [`Skip::Damaged`] if the package has no main part that can be read, and those of [`Package::part`].
pub(in crate::source) fn read(bytes: &[u8], given: Given, limit: u64) -> Result<Raw, Skip> {
    let mut package = Package::open(bytes, limit);
    let main = main_part(&mut package)?;
    let Some(document) = package.part(&main)? else {
        return Err(Skip::Damaged {
            what: WHAT.into(),
            reason: "its text is missing".to_owned(),
        });
    };
    let folder = main.rsplit_once('/').map_or("", |(folder, _)| folder);
    let mut beside = |name: &str| -> Result<String, Skip> {
        let part = package.part(format!("{folder}/{name}").trim_start_matches('/'))?;
        Ok(xml::text(&part.unwrap_or_default()).into_owned())
    };
    let styles = Styles::read(&beside("styles.xml")?);
    let mut numbering = Numbering::read(&beside("numbering.xml")?);
    let mut notes = Notes::default();
    for (name, kind) in [("footnotes.xml", "footnote"), ("endnotes.xml", "endnote")] {
        notes.read(&beside(name)?, kind, &styles);
    }
    let text = xml::text(&document);
    let mut walk = Walk::new(&text);
    let lines = Body::new(&styles, &mut numbering, &notes).read(&mut walk, "");
    let is_damaged = package.is_damaged() || walk.is_damaged();
    finish(given, lines, is_damaged)
}

/// Reads a document that is one XML file, as Word 2003 saves it, or Word 2007 as `pkg:package`.
///
/// # Errors
/// [`Skip::Damaged`] if no text can be read of it.
pub(in crate::source) fn read_flat(text: &str, given: Given) -> Result<Raw, Skip> {
    let styles = Styles::read(text);
    let mut numbering = Numbering::read(text);
    let notes = Notes::default();
    let mut walk = Walk::new(text);
    while walk.next_start().is_some_and(|tag| tag.name() != "body") {}
    let lines = Body::new(&styles, &mut numbering, &notes).read(&mut walk, "body");
    let is_damaged = walk.is_damaged();
    finish(given, lines, is_damaged)
}

fn finish(given: Given, lines: Vec<Line>, is_damaged: bool) -> Result<Raw, Skip> {
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

/// The name of the part with the text, as the package's relations say, else by its usual name.
fn main_part(package: &mut Package<'_>) -> Result<String, Skip> {
    let relations = package.part("_rels/.rels")?.unwrap_or_default();
    let relations = xml::text(&relations);
    let mut walk = Walk::new(&relations);
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

/// The footnotes and endnotes by kind and id, each its paragraphs.
#[derive(Default)]
struct Notes(BTreeMap<(&'static str, String), Vec<String>>);

impl Notes {
    fn read(&mut self, text: &str, kind: &'static str, styles: &Styles) {
        let none = Self::default();
        let mut numbering = Numbering::default();
        let mut walk = Walk::new(text);
        while let Some(tag) = walk.next_start() {
            // Those with a type draw the line between text and notes.
            if tag.name() != kind || tag.attribute("type").is_some_and(|kind| kind != "normal") {
                continue;
            }
            let id = tag.attribute("id").unwrap_or_default();
            let lines = Body::new(styles, &mut numbering, &none).read(&mut walk, kind);
            let texts = lines.into_iter().map(|line| line.text.trim().to_owned());
            self.0
                .insert((kind, id), texts.filter(|text| !text.is_empty()).collect());
        }
    }

    fn get(&self, kind: &'static str, id: &str) -> &[String] {
        self.0
            .get(&(kind, id.to_owned()))
            .map_or(&[], Vec::as_slice)
    }
}

#[cfg(test)]
mod tests;
