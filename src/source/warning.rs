//! What was noticed or repaired while a file was read.

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::skip::Skip;
use super::what::What;
use crate::document::{Mended, Reason};

/// Something that was noticed or repaired while a document was read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Warning {
    /// Lines wrapped in mid-sentence were joined; how many line ends were removed.
    JoinedLines(usize),
    /// The file repeated the text, which was kept once; the number of copies.
    RepeatedText(usize),
    /// The title was printed again under itself.
    RepeatedTitle,
    /// Literal escapes such as `<U+00A0>` were removed; how many.
    Escapes(usize),
    /// Bytes that mean nothing in the file's encoding were replaced by U+FFFD; how many.
    Undecodable(usize),
    /// Stray control characters were removed; how many.
    Controls(usize),
    /// A record that could not be read was left out; its 1-based line (of JSON Lines) or record number.
    BadRecord(usize),
    /// A record without text was left out; its key: its own id, or its 1-based number.
    EmptyRecord(String),
    /// Several records have the same id, and this one got its number added.
    RepeatedId(String),
    /// A text on a single line was split at its headings; the number of lines.
    SplitLines(usize),
    /// The file is damaged, and what could be read of it was kept.
    Incomplete,
    /// The file is something else than its name says; what it is.
    Misnamed(What),
    /// The file's name was written in another encoding than it is read in; what it says.
    GarbledName(String),
    /// A file inside the archive gives no document; its path in it, and why.
    SkippedInside(String, Skip),
    /// A picture, or a scanned document, inside the archive or mail gives no document; its path in it, and why.
    PictureInside(String, Skip),
    /// Cells are as long as Excel lets them be, and were probably cut; how many.
    CutCells(usize),
    /// Pages have no text, only pictures or outlines; how many.
    PicturePages(usize),
    /// Pages without text were read by character recognition; how many.
    Recognized(usize),
    /// A value is longer than a column takes and is listed shortened.
    Shortened(Shortened),
    /// Over a twentieth of the characters were set aside as boilerplate; the share in percent, and the most frequent reason.
    SetAside(u8, Reason),
    /// The characters in passages and boilerplate are not those that were read; how many were read, how many are kept.
    Unaccounted(u64, u64),
}

/// A value of a document that a list shows shortened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Shortened {
    /// The title.
    Title,
    /// The 文种.
    Kind,
    /// The body that issued it.
    Issuer,
    /// Where it was found.
    Url,
}

impl Shortened {
    /// The name of the field.
    pub fn field(self) -> &'static str {
        match self {
            Self::Title => "title",
            Self::Kind => "kind",
            Self::Issuer => "issuer",
            Self::Url => "url",
        }
    }
}

impl Warning {
    /// Its sort, as JSON names it.
    pub fn name(&self) -> &'static str {
        match self {
            Self::JoinedLines(_) => "joined_lines",
            Self::RepeatedText(_) => "repeated_text",
            Self::RepeatedTitle => "repeated_title",
            Self::Escapes(_) => "escapes",
            Self::Undecodable(_) => "undecodable",
            Self::Controls(_) => "controls",
            Self::BadRecord(_) => "bad_record",
            Self::EmptyRecord(_) => "empty_record",
            Self::RepeatedId(_) => "repeated_id",
            Self::SplitLines(_) => "split_lines",
            Self::Incomplete => "incomplete",
            Self::SkippedInside(..) | Self::PictureInside(..) => "skipped_inside",
            Self::PicturePages(_) => "picture_pages",
            Self::Recognized(_) => "recognized",
            Self::CutCells(_) => "cut_cells",
            Self::Misnamed(_) => "misnamed",
            Self::Shortened(_) => "shortened",
            Self::GarbledName(_) => "garbled_name",
            Self::SetAside(..) => "set_aside",
            Self::Unaccounted(..) => "unaccounted",
        }
    }

    /// What it says beside its sort, by name.
    pub fn details(&self) -> Vec<(&'static str, Value)> {
        match self {
            Self::RepeatedTitle | Self::Incomplete => Vec::new(),
            Self::RepeatedId(key) => vec![("id", json!(key))],
            Self::Misnamed(what) => vec![("is", json!(what.name()))],
            Self::GarbledName(text) => vec![("is", json!(text))],
            Self::Shortened(value) => vec![("is", json!(value.field()))],
            Self::SkippedInside(path, reason) | Self::PictureInside(path, reason) => {
                // English in every language: JSON is read by programs.
                vec![("path", json!(path)), ("reason", json!(reason.to_string()))]
            }
            Self::BadRecord(record) => vec![("record", json!(record))],
            // A number where it is one: a record without an id of its own.
            Self::EmptyRecord(key) => vec![(
                "record",
                key.parse::<u64>().map_or_else(|_| json!(key), Value::from),
            )],
            Self::SetAside(percent, reason) => {
                vec![("percent", json!(percent)), ("reason", json!(reason))]
            }
            Self::Unaccounted(read, kept) => vec![("read", json!(read)), ("kept", json!(kept))],
            Self::JoinedLines(n)
            | Self::RepeatedText(n)
            | Self::Escapes(n)
            | Self::Undecodable(n)
            | Self::Controls(n)
            | Self::SplitLines(n)
            | Self::CutCells(n)
            | Self::Recognized(n)
            | Self::PicturePages(n) => vec![("count", json!(n))],
        }
    }
}

impl From<Mended> for Warning {
    fn from(mended: Mended) -> Self {
        match mended {
            Mended::RepeatedTitle => Self::RepeatedTitle,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::what::Protection;

    #[test]
    fn warnings_are_stored_and_read_again() {
        for warning in [
            Warning::JoinedLines(3),
            Warning::RepeatedText(2),
            Warning::RepeatedTitle,
            Warning::EmptyRecord("甲#2".to_owned()),
            Warning::Misnamed(What::Pdf),
            Warning::SkippedInside("甲.doc".to_owned(), Skip::Protected(Protection::Irm)),
            Warning::Shortened(Shortened::Issuer),
            Warning::SetAside(7, Reason::Frame),
            Warning::Unaccounted(5, 4),
        ] {
            let json = serde_json::to_string(&warning).expect("plain data");
            let back: Warning = serde_json::from_str(&json).expect("its own JSON");
            assert_eq!(back, warning, "{json}");
        }
    }

    #[test]
    fn repairs_of_the_composition_are_warnings() {
        assert_eq!(Warning::from(Mended::RepeatedTitle), Warning::RepeatedTitle);
        let fields = [
            Shortened::Title,
            Shortened::Kind,
            Shortened::Issuer,
            Shortened::Url,
        ];
        assert_eq!(
            fields.map(Shortened::field),
            ["title", "kind", "issuer", "url"]
        );
    }
}
