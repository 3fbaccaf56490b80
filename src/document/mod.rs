//! A report as plain data: its title, date and kind, its sections, and its passages.
//!
//! [`compose`] builds a [`Document`] from cleaned lines. Nothing here does I/O.

mod blank;
mod boilerplate;
mod characters;
mod compose;
mod cut;
pub mod date;
mod front;

pub mod issuer;
pub mod kind;
mod metadata;
pub mod outline;
mod page;
mod reading;
mod recognized;
pub mod role;
mod title;

use serde::{Deserialize, Serialize};

pub use characters::{Characters, set_aside};
pub use compose::compose;
pub use date::{Date, DateSource};
pub(crate) use recognized::mark_recognized;
pub use role::Role;

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

/// The evidence for date, kind and issuer of a document.
pub(crate) struct DocumentEvidence<'a> {
    /// The title.
    title: &'a str,
    /// Its lines, as [`reading`] reads them.
    texts: &'a [&'a str],
    /// What its page states in fields.
    fields: &'a metadata::Fields,
    /// What its source states outside the text.
    given: &'a SourceMetadata,
}

/// One official report.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Document {
    /// The title; the file's name if the text has none.
    pub title: String,
    /// The date and its source; `None` without evidence.
    pub date: Option<(Date, DateSource)>,
    /// The day on which a statute was first adopted, if it was revised since.
    pub adopted: Option<Date>,
    /// The 文种, such as 总结 or 通知.
    pub kind: Option<String>,
    /// The body that issued it.
    pub issuer: Option<String>,
    /// Its address.
    pub url: Option<String>,
    /// All headings in order of the text.
    pub sections: Vec<Section>,
    /// All passages in order of the text.
    pub passages: Vec<Passage>,
    /// Lines outside passages, in order, with the reason for each.
    pub boilerplate: Vec<Boilerplate>,
    /// Characters that the reader of the format saw in the file, counting visible ones only
    /// ([`crate::text::visible`]); each of them is in a passage or in the boilerplate.
    pub n_read: u64,
    /// Whether it is one of several documents of its file.
    pub is_record: bool,
}

/// A heading and, by [`Passage::section`], the text under it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Section {
    /// Rank in the document's own hierarchy, from 1.
    pub level: u8,
    /// The label as printed, without following blanks: `一、`, `（二）`, `第三条`.
    pub label: Option<String>,
    /// The rest of the heading without its final stop; empty for an untitled article.
    pub title: String,
    /// Number of its line.
    pub line: u32,
    /// Whether body text follows on the same line.
    pub run_in: bool,
    /// The section that contains it, an ordinal in [`Document::sections`]; `None` at the top.
    pub parent: Option<usize>,
    /// The purpose of the section, by the words of its heading.
    pub role: Option<Role>,
}

/// One paragraph of the cleaned text: the unit that is indexed, ranked, shown and counted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Passage {
    /// 1-based number in the document.
    pub number: u32,
    /// Number of the line on which it starts.
    pub line: u32,
    /// The part of the document.
    pub part: Part,
    /// The original text.
    pub text: String,
    /// The innermost section, an ordinal in [`Document::sections`]; `None` before the first heading.
    pub section: Option<usize>,
    /// Its position in a table; `None` outside.
    pub row: Option<TableRow>,
    /// Whether part of it was read by character recognition, which makes errors.
    pub is_recognized: bool,
}

/// The position of a passage in a table. Tabs separate its cells.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TableRow {
    /// The table, counted from 1 in the document.
    pub table: u32,
    /// The passage with the column headings of the table; `None` if none are known, and for such a row itself.
    pub header: Option<u32>,
}

/// The part of a document that a passage belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Part {
    /// The document's title.
    Title,
    /// A heading on a line of its own.
    Heading,
    /// Anything else; run-in headings stay in the paragraph that they open.
    Body,
}

impl Part {
    /// All parts.
    pub const ALL: [Self; 3] = [Self::Title, Self::Heading, Self::Body];

    /// Its name in output and in the index.
    pub fn name(self) -> &'static str {
        match self {
            Self::Title => "title",
            Self::Heading => "heading",
            Self::Body => "body",
        }
    }
}

/// A line that is neither searched nor counted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Boilerplate {
    /// Number of the line.
    pub line: u32,
    /// Its text.
    pub text: String,
    /// Why it is not part of the report.
    pub reason: Reason,
}

/// Why a line is not part of the report.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    /// An entry of a table of contents, or its heading.
    Contents,
    /// A header or footer that most pages have at one position.
    RunningHead,
    /// A page number.
    PageNumber,
    /// A field about the document: index number, date of publication, source, author.
    Metadata,
    /// What a web page, a mail program or a database puts around a text: menus, buttons, licences.
    Frame,
    /// The title, printed again.
    RepeatedTitle,
    /// A copy of text that the file already contains.
    RepeatedText,
    /// Text that readers do not see: hidden text, deleted revisions, comments of the markup.
    Hidden,
    /// Marks without a letter or digit: remains of icons and separators.
    Symbols,
}

impl Reason {
    /// All reasons.
    pub const ALL: [Self; 9] = [
        Self::Contents,
        Self::RunningHead,
        Self::PageNumber,
        Self::Metadata,
        Self::Frame,
        Self::RepeatedTitle,
        Self::RepeatedText,
        Self::Hidden,
        Self::Symbols,
    ];
}

impl Document {
    /// Number of its passages read by character recognition, in full or in part.
    pub fn n_recognized(&self) -> usize {
        let passages = self.passages.iter();
        passages.filter(|passage| passage.is_recognized).count()
    }

    /// The sections from the top down to `section`; empty for `None`.
    pub fn path(&self, section: Option<usize>) -> Vec<&Section> {
        let mut path = Vec::new();
        let mut next = section;
        while let Some(ord) = next {
            path.push(&self.sections[ord]);
            next = self.sections[ord].parent;
        }
        path.reverse();
        path
    }

    /// The purpose of `section`: its own role, else that of the nearest ancestor that has one.
    pub fn role(&self, section: Option<usize>) -> Option<Role> {
        self.path(section)
            .iter()
            .rev()
            .find_map(|section| section.role)
    }
}

/// Something that was repaired while a document was composed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mended {
    /// The title was printed again under itself.
    RepeatedTitle,
}
