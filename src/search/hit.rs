//! Hits as they are shown: plain data, serialized with the field names of the product's JSON.

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::document::{Characters, Date, DateSource, Part};
use crate::index::{DocumentRecord, SectionRecord};
use crate::search::Explanation;

/// One ranked passage.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Hit {
    /// Place in the ranking, from 1.
    pub rank: usize,
    /// Score; only its order means anything.
    pub score: f32,
    /// The document that contains it.
    pub document: DocumentRef,
    /// The headings above it, from the top.
    pub section: Vec<SectionRef>,
    /// Where it is: [`place`].
    pub place: String,
    /// The passage.
    pub passage: HitPassage,
    /// Half-open ranges of characters of the document's title by which the hit matches; omitted if empty.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub title_highlights: Vec<(usize, usize)>,
    /// The same of the headings' titles, each with the heading's place in `section`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub section_highlights: Vec<SectionHighlights>,
    /// Passages before it, as many as asked for.
    pub before: Vec<Neighbour>,
    /// Passages after it.
    pub after: Vec<Neighbour>,
    /// How many other matching passages have the same units.
    pub copies: usize,
    /// Where they are, by document and number.
    pub copy_sources: Vec<Place>,
    /// How many passages of the document match; only in a ranking of documents.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub matching: Option<u64>,
    /// How the score arose, if requested.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub explanation: Option<Explanation>,
}

/// `DOCUMENT:LINE`, the address of a passage that people see and pass on.
pub fn place(document: &str, line: u32) -> String {
    format!("{document}:{line}")
}

/// What is shown of a document.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DocumentRef {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Its date, as precise as it is known.
    #[serde(serialize_with = "iso", deserialize_with = "of_iso")]
    pub date: Option<Date>,
    /// Where the date was found.
    pub date_source: Option<DateSource>,
    /// Its 文种.
    pub kind: Option<String>,
    /// Who issued it.
    pub issuer: Option<String>,
    /// The collection that it is in; empty for a file that is in no index.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub collection: String,
    /// Where it was found.
    pub url: Option<String>,
    /// Whether some of its text was read by character recognition, which errs.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub ocr: bool,
    /// Number of its passages that were read so; omitted if 0.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub ocr_passages: u32,
}

/// A document as it is listed.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ListedDocument {
    /// What is shown of it everywhere.
    #[serde(flatten)]
    pub document: DocumentRef,
    /// When a statute was first adopted, if it was revised since.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub adopted: Option<Date>,
    /// Number of its passages.
    pub passages: u32,
    /// Number of its characters, and where they are.
    pub characters: Characters,
}

/// What is shown of a heading.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SectionRef {
    /// Rank from 1.
    pub level: u8,
    /// Label as printed.
    pub label: Option<String>,
    /// The rest of it.
    pub title: String,
}

/// What of a heading a hit matches by.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SectionHighlights {
    /// Which of the hit's headings, from 0.
    pub ord: usize,
    /// Half-open ranges of characters of its title, ascending, apart.
    pub highlights: Vec<(usize, usize)>,
}

/// What is shown of the passage itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HitPassage {
    /// Its number in the document.
    pub number: u32,
    /// Its line in the file.
    pub line: u32,
    /// What it is.
    pub part: Part,
    /// Whether some of it was read by character recognition, which errs; left out if not.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub ocr: bool,
    /// Its original text.
    pub text: String,
    /// Half-open ranges of characters that match, ascending, apart.
    pub highlights: Vec<(usize, usize)>,
}

/// A passage beside a hit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Neighbour {
    /// Its number in the document.
    pub number: u32,
    /// Its line in the file.
    pub line: u32,
    /// What it is.
    pub part: Part,
    /// Its original text.
    pub text: String,
}

/// The place of a copy.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Place {
    /// Id of the document.
    pub document: String,
    /// Number of the passage.
    pub number: u32,
    /// Where it is: [`place`]; if it was requested by [`crate::search::SearchOptions::copy_places`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<String>,
}

impl From<DocumentRecord> for DocumentRef {
    fn from(record: DocumentRecord) -> Self {
        let DocumentRecord {
            id,
            title,
            date,
            date_source,
            kind,
            issuer,
            collection,
            url,
            ocr,
            ocr_passages,
            ..
        } = record;
        Self {
            id,
            title,
            date,
            date_source,
            kind,
            issuer,
            collection,
            url,
            ocr,
            ocr_passages,
        }
    }
}

impl From<DocumentRecord> for ListedDocument {
    fn from(record: DocumentRecord) -> Self {
        Self {
            adopted: record.adopted,
            passages: record.passages,
            characters: record.characters,
            document: record.into(),
        }
    }
}

impl From<SectionRecord> for SectionRef {
    fn from(
        SectionRecord {
            level,
            label,
            title,
            ..
        }: SectionRecord,
    ) -> Self {
        Self {
            level,
            label,
            title,
        }
    }
}

fn is_zero(number: &u32) -> bool {
    *number == 0
}

fn iso<S: Serializer>(date: &Option<Date>, serializer: S) -> Result<S::Ok, S::Error> {
    match date {
        Some(date) => serializer.collect_str(date),
        None => serializer.serialize_none(),
    }
}

fn of_iso<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Date>, D::Error> {
    let Some(text) = Option::<String>::deserialize(deserializer)? else {
        return Ok(None);
    };
    let bad = || serde::de::Error::custom("expected a date");
    let mut parts = text.split('-');
    let year = parts.next().and_then(|year| year.parse().ok());
    let mut part = || parts.next().map(str::parse).transpose();
    let (month, day) = (part().map_err(|_| bad())?, part().map_err(|_| bad())?);
    let date = Date::new(year.ok_or_else(bad)?, month, day);
    date.ok_or_else(bad).map(Some)
}
