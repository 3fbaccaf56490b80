//! The lines that a document is composed of, and what their source states beside the text.

use serde::{Deserialize, Serialize};

use super::reason::Reason;

/// One cleaned line of a source, usually a paragraph.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    /// 1-based number of the line in the source file; of the first one where several were joined.
    pub number: u32,
    /// The text without the line end.
    pub text: String,
    /// What the source states about the line beyond its text.
    pub style: Style,
}

/// What a format states about a line.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Style {
    /// Nothing.
    #[default]
    Plain,
    /// The document's title.
    Title,
    /// A heading of this level, counted from 1 (Markdown `##` is 2).
    Heading(u8),
    /// A row of a table; tabs separate its cells, and no cell contains one. Empty cells are kept, so that the
    /// cells of one column have the same index in each row.
    Row(Row),
    /// Not part of the report, by evidence of the format: the line becomes boilerplate unchanged.
    Boilerplate(Reason),
}

/// The position of a row in its document's tables.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Row {
    /// The table, counted from 1 in order of the file.
    pub table: u32,
    /// Whether it is a row of column headings.
    pub is_header: bool,
}

/// What a record or a file states about its document outside the text; each takes precedence over the text,
/// except the last two.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SourceMetadata {
    /// The title field of a record.
    pub title: Option<String>,
    /// The date field of a record, as printed.
    pub date: Option<String>,
    /// The 文种 field of a record.
    pub kind: Option<String>,
    /// The issuing body of a record.
    pub issuer: Option<String>,
    /// The address of the record.
    pub url: Option<String>,
    /// The title among the properties of the file, which is often that of another document: used where the
    /// text has none.
    pub property_title: Option<String>,
    /// The name of the file, without folder and extension: the last resort for title and date.
    pub file_stem: String,
    /// Whether it is a record of a file with several, so that the file's name is not its own.
    pub is_record: bool,
}
