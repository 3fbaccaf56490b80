//! Columns that several tables have.

use arrow_array::types::{UInt16Type, UInt32Type};
use serde::Serialize;
use xunzhang::document::Date;
use xunzhang::search::{DocumentRef, SectionRef};

use crate::cli::heading;
use crate::columns::Columns;

/// What is shown of documents: `document`, `title`, `date`, `year`, `kind`, `issuer`, `collection`, `url`.
pub(super) fn of_documents<'a>(
    columns: Columns,
    documents: impl Iterator<Item = &'a DocumentRef> + Clone,
) -> Columns {
    let all = || documents.clone();
    columns
        .text("document", all().map(|one| Some(&one.id)))
        .text("title", all().map(|one| Some(&one.title)))
        .text("date", all().map(|one| text(one.date)))
        .number::<UInt16Type>("year", all().map(|one| one.date.map(|date| date.year)))
        .text("kind", all().map(|one| one.kind.as_ref()))
        .text("issuer", all().map(|one| one.issuer.as_ref()))
        .text("collection", all().map(|one| Some(&one.collection)))
        .text("url", all().map(|one| one.url.as_ref()))
}

/// A date as it is printed.
pub(super) fn text(date: Option<Date>) -> Option<String> {
    date.map(|date| date.to_string())
}

/// A section path as tables have it.
pub(super) fn path(section: &[SectionRef]) -> String {
    let steps = section.iter();
    let steps = steps.map(|step| heading::printed(step.label.as_deref(), &step.title));
    steps.collect::<Vec<_>>().join(" › ")
}

/// The name that JSON has for a value without fields.
pub(super) fn name(value: impl Serialize) -> String {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(name)) => name,
        _ => String::new(),
    }
}

/// A column of counts of things or characters under 4 billion.
pub(super) fn small(columns: Columns, name: &str, values: impl Iterator<Item = usize>) -> Columns {
    columns.number::<UInt32Type>(name, values.map(|value| Some(value as u32)))
}
