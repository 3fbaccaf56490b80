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
    // By characters: cut by bytes, it could end inside one.
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_shortened_beyond_the_most_that_a_term_holds() {
        for n in [0, 1, MAX_LISTED - 1, MAX_LISTED] {
            assert_eq!(shortened_value(&"渠".repeat(n)), None, "{n}");
        }
        for n in [MAX_LISTED + 1, 3 * MAX_LISTED] {
            let short = shortened_value(&"渠".repeat(n)).expect("a long value");
            assert_eq!(short.chars().count(), MAX_LISTED);
            assert!(short.ends_with("渠…") && !short.contains("……"));
            // What is shortened once is not shortened again.
            assert_eq!(shortened_value(&short), None);
        }
        // Characters of four bytes, escaped twice as long: five of them are a term all the same.
        let worst = serde_json::to_string(&vec!["\u{1}".repeat(MAX_LISTED); 5]).expect("JSON");
        assert!(worst.len() < 65_530, "{}", worst.len());
    }

    fn document() -> Document {
        let section = |title: &str, parent| Section {
            level: 1,
            label: Some("一、".to_owned()),
            title: title.to_owned(),
            line: 2,
            run_in: false,
            parent,
            role: None,
        };
        let outer = Section {
            role: Some(Role::Results),
            ..section("成效", None)
        };
        Document {
            title: "青禾镇水利工作总结".to_owned(),
            kind: Some("总结".to_owned()),
            sections: vec![outer, section("水渠", Some(0))],
            ..Document::default()
        }
    }

    fn passage(section: Option<usize>) -> Passage {
        Passage {
            opened: None,
            number: 3,
            line: 4,
            part: Part::Body,
            text: "各村整修水渠。".to_owned(),
            section,
            row: None,
            is_recognized: false,
        }
    }

    #[test]
    fn long_values_are_listed_shortened_and_named() {
        let long = "长".repeat(MAX_LISTED + 1);
        let mut document = document();
        let (same, none) = DocumentRecord::new("1", "甲", &document).bounded();
        assert_eq!(same, DocumentRecord::new("1", "甲", &document));
        assert!(none.is_empty());
        document.title.clone_from(&long);
        document.issuer = Some(long.clone());
        document.url = Some("short".to_owned());
        let record = DocumentRecord::new(&long, "甲", &document);
        let (listed, shortened) = record.bounded();
        assert_eq!(shortened, [Shortened::Title, Shortened::Issuer]);
        assert_eq!(listed.title.chars().count(), MAX_LISTED);
        assert_eq!(listed.kind.as_deref(), Some("总结"));
        assert_eq!(listed.url.as_deref(), Some("short"));
        // Two documents must not come by the same id.
        assert_eq!(listed.id, long);
    }

    #[test]
    fn a_passage_has_its_path_and_the_role_of_the_nearest_section() {
        let document = document();
        let inner = PassageRecord::new(&document, &passage(Some(1)));
        let titles: Vec<&str> = inner.path.iter().map(|section| &*section.title).collect();
        assert_eq!(titles, ["成效", "水渠"]);
        assert_eq!(inner.role, Some(Role::Results));
        let outside = PassageRecord::new(&document, &passage(None));
        assert!(outside.path.is_empty() && outside.role.is_none());
    }

    #[test]
    fn a_plain_passage_takes_few_bytes() {
        let record = PassageRecord::new(&Document::default(), &passage(None));
        let json = serde_json::to_string(&record).expect("plain data");
        assert_eq!(json, r#"{"l":4,"p":"body"}"#);
        let row = TableRow {
            table: 1,
            header: Some(2),
        };
        let full = Passage {
            row: Some(row),
            is_recognized: true,
            ..passage(Some(1))
        };
        for passage in [passage(None), passage(Some(0)), full] {
            let record = PassageRecord::new(&document(), &passage);
            let json = serde_json::to_string(&record).expect("plain data");
            let read: PassageRecord = serde_json::from_str(&json).expect("the record");
            assert_eq!(read, record);
        }
    }
}
