//! Records as they are stored: plain data in JSON, small names since there is one for each passage.

use serde::{Deserialize, Serialize};

use crate::document::{
    Boilerplate, Characters, Date, DateSource, Document, Part, Passage, Role, Section, TableRow,
};
use crate::source::Shortened;

/// Maximum number of characters of a value that is a term or a column entry.
///
/// The engine drops terms of more than 65,530 bytes, and a column entry of that length cannot be read back. Five values of
/// 2,000 characters take at most 60,000 bytes as JSON, escapes included, and no title of a real report is nearly as long.
pub(crate) const MAX_LISTED: usize = 2_000;

/// The beginning of `value` with an ellipsis if it has more than [`MAX_LISTED`] characters.
pub(crate) fn shortened_value(value: &str) -> Option<String> {
    let (end, _) = value.char_indices().nth(MAX_LISTED)?;
    let (kept, _) = value[..end].char_indices().next_back().unwrap_or_default();
    Some(format!("{}…", &value[..kept]))
}

/// A document as it is listed: small, since a listing reads it of every document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DocumentRecord {
    /// Path relative to the indexed root, with `#` and the record's key where a file holds several.
    pub id: String,
    /// The title.
    pub title: String,
    /// The date.
    pub date: Option<Date>,
    /// Where the date was found.
    pub date_source: Option<DateSource>,
    /// When a statute was first adopted, if it was revised since.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub adopted: Option<Date>,
    /// The 文种.
    pub kind: Option<String>,
    /// The issuing body.
    pub issuer: Option<String>,
    /// Name of the collection that it is in.
    pub collection: String,
    /// Where it was found.
    pub url: Option<String>,
    /// Number of passages.
    pub passages: u32,
    /// Number of its characters, and where they are.
    pub characters: Characters,
    /// Whether some of its text was read by character recognition.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub ocr: bool,
    /// Number of its passages that were read so.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub ocr_passages: u32,
    /// Whether it is one of several documents of its file.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub is_record: bool,
}

fn is_zero(number: &u32) -> bool {
    *number == 0
}

/// What else the index keeps of a document beside its passages.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Structure {
    /// All headings, in order.
    pub headings: Vec<SectionRecord>,
    /// Lines that are not passages, each with its reason.
    pub boilerplate: Vec<Boilerplate>,
    /// What is listed of the document at full length, if the listing has it shortened.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub full: Option<Box<DocumentRecord>>,
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
    /// Its position in a table.
    #[serde(rename = "t", default, skip_serializing_if = "Option::is_none")]
    pub row: Option<TableRow>,
    /// Whether some of it was read by character recognition.
    #[serde(rename = "o", default, skip_serializing_if = "std::ops::Not::not")]
    pub ocr: bool,
}

impl PassageRecord {
    pub(crate) fn new(document: &Document, passage: &Passage) -> Self {
        let path = document.path(passage.section);
        Self {
            line: passage.line,
            part: passage.part,
            role: document.role_of(passage),
            path: path.into_iter().map(SectionRecord::new).collect(),
            row: passage.row,
            ocr: passage.is_recognized,
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
    /// The record with no value of more than [`MAX_LISTED`] characters, and those that were longer. The id
    /// is left alone: it was bounded when it was made.
    pub(crate) fn bounded(&self) -> (Self, Vec<Shortened>) {
        let mut record = self.clone();
        let mut shortened = Vec::new();
        let fields = [
            (Shortened::Title, Some(&mut record.title)),
            (Shortened::Kind, record.kind.as_mut()),
            (Shortened::Issuer, record.issuer.as_mut()),
            (Shortened::Url, record.url.as_mut()),
        ];
        for (name, value) in fields {
            let Some(value) = value else { continue };
            if let Some(short) = shortened_value(value) {
                *value = short;
                shortened.push(name);
            }
        }
        (record, shortened)
    }

    pub(crate) fn new(id: &str, collection: &str, document: &Document) -> Self {
        Self {
            id: id.to_owned(),
            collection: collection.to_owned(),
            title: document.title.clone(),
            date: document.date.map(|(date, _)| date),
            date_source: document.date.map(|(_, source)| source),
            adopted: document.adopted,
            kind: document.kind.clone(),
            issuer: document.issuer.clone(),
            url: document.url.clone(),
            passages: document.passages.len() as u32,
            characters: document.characters(),
            ocr: document.n_recognized() > 0,
            ocr_passages: document.n_recognized() as u32,
            is_record: document.is_record,
        }
    }
}

impl Structure {
    pub(crate) fn new(document: &Document) -> Self {
        Self {
            headings: document.sections.iter().map(SectionRecord::new).collect(),
            boilerplate: document.boilerplate.clone(),
            full: None,
        }
    }
}
