//! Documents, their headings, their passages.

use arrow_array::types::{UInt8Type, UInt32Type, UInt64Type};
use serde::Serialize;
use xunzhang::document::{Part, TableRow};
use xunzhang::index::SectionRecord;
use xunzhang::search::{ListedDocument, SectionRef};

use super::shared::{name, of_documents, path, text};
use crate::columns::Columns;

/// The columns of a list of documents.
pub(crate) fn documents(documents: &[ListedDocument]) -> Columns {
    let all = || documents.iter();
    of_documents(Columns::default(), all().map(|one| &one.document))
        .text(
            "date_source",
            all().map(|one| one.document.date_source.map(name)),
        )
        .text("adopted", all().map(|one| text(one.adopted)))
        .number::<UInt32Type>("passages", all().map(|one| Some(one.passages)))
        .number::<UInt64Type>("characters", all().map(|one| Some(one.characters.passages)))
        .number::<UInt64Type>(
            "boilerplate",
            all().map(|one| Some(one.characters.boilerplate)),
        )
        .number::<UInt32Type>(
            "ocr_passages",
            all().map(|one| Some(one.document.ocr_passages)),
        )
}

/// The columns of an outline.
pub(crate) fn headings(headings: &[SectionRecord]) -> Columns {
    let all = || headings.iter();
    Columns::default()
        .number::<UInt32Type>("line", all().map(|one| Some(one.line)))
        .number::<UInt8Type>("level", all().map(|one| Some(one.level)))
        .text("label", all().map(|one| one.label.as_ref()))
        .text("title", all().map(|one| Some(&one.title)))
        .flag("run_in", all().map(|one| Some(one.run_in)))
}

/// A passage of a document that is read.
#[derive(Serialize)]
pub(crate) struct Passage {
    pub(crate) place: String,
    pub(crate) number: u32,
    pub(crate) line: u32,
    pub(crate) part: Part,
    pub(crate) section: Vec<SectionRef>,
    pub(crate) row: Option<TableRow>,
    pub(crate) ocr: bool,
    pub(crate) text: String,
}

/// The columns of a document's passages.
pub(crate) fn passages(passages: &[Passage]) -> Columns {
    let all = || passages.iter();
    Columns::default()
        .text("place", all().map(|one| Some(&one.place)))
        .number::<UInt32Type>("number", all().map(|one| Some(one.number)))
        .number::<UInt32Type>("line", all().map(|one| Some(one.line)))
        .text("part", all().map(|one| Some(name(one.part))))
        .text("section", all().map(|one| Some(path(&one.section))))
        .flag("ocr", all().map(|one| Some(one.ocr)))
        .text("text", all().map(|one| Some(&one.text)))
}
