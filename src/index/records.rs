//! Records as they are stored: plain data in JSON, small names since there is one for each passage.

use serde::{Deserialize, Serialize};

use crate::document::{Date, DateSource, Document, Furniture, Part, Passage, Role, Section};

/// A document as it is listed: small, since a listing reads it of every document.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DocumentRecord {
    /// Path relative to the indexed root, with `#` and the record's key where a file holds several.
    pub id: String,
    /// The title.
    pub title: String,
    /// The date.
    pub date: Option<Date>,
    /// Where the date was found.
    pub date_source: Option<DateSource>,
    /// The 文种.
    pub kind: Option<String>,
    /// The issuing body.
    pub issuer: Option<String>,
    /// Where it was found.
    pub url: Option<String>,
    /// Number of passages.
    pub passages: u32,
    /// Number of characters in them.
    pub characters: u64,
}

/// What else the index keeps of a document beside its passages.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Structure {
    /// All headings, in order.
    pub headings: Vec<SectionRecord>,
    /// Lines that are no passages.
    pub furniture: Vec<Furniture>,
}

/// A heading.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SectionRecord {
    /// Number of its line.
    pub line: u32,
    /// Rank from 1.
    pub level: u8,
    /// Label as printed.
    pub label: Option<String>,
    /// The rest of it.
    pub title: String,
    /// Whether body text follows on its line.
    pub run_in: bool,
}

/// A passage as the index keeps it, without its text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PassageRecord {
    /// Number of its first line.
    #[serde(rename = "l")]
    pub line: u32,
    /// What it is.
    #[serde(rename = "p")]
    pub part: Part,
    /// Role of its section.
    #[serde(rename = "r", default, skip_serializing_if = "Option::is_none")]
    pub role: Option<Role>,
    /// Section path, from the top.
    #[serde(rename = "s", default, skip_serializing_if = "Vec::is_empty")]
    pub path: Vec<SectionRecord>,
}

impl PassageRecord {
    pub(crate) fn new(document: &Document, passage: &Passage) -> Self {
        let path = document.path(passage.section);
        Self {
            line: passage.line,
            part: passage.part,
            role: document.role(passage.section),
            path: path.into_iter().map(SectionRecord::new).collect(),
        }
    }
}

impl SectionRecord {
    pub(crate) fn new(section: &Section) -> Self {
        let Section {
            level,
            label,
            title,
            line,
            run_in,
            ..
        } = section.clone();
        Self {
            line,
            level,
            label,
            title,
            run_in,
        }
    }
}

impl DocumentRecord {
    pub(crate) fn new(id: &str, document: &Document) -> Self {
        Self {
            id: id.to_owned(),
            title: document.title.clone(),
            date: document.date.map(|(date, _)| date),
            date_source: document.date.map(|(_, source)| source),
            kind: document.kind.clone(),
            issuer: document.issuer.clone(),
            url: document.url.clone(),
            passages: document.passages.len() as u32,
            characters: document
                .passages
                .iter()
                .map(|passage| passage.text.chars().count() as u64)
                .sum(),
        }
    }
}

impl Structure {
    pub(crate) fn new(document: &Document) -> Self {
        Self {
            headings: document.sections.iter().map(SectionRecord::new).collect(),
            furniture: document.furniture.clone(),
        }
    }
}
