//! The fillers of a pattern.

use arrow_array::types::{UInt16Type, UInt64Type};
use xunzhang::precedent::Row;

use crate::columns::Columns;

/// The columns of a table of fillers.
pub(crate) fn rows(rows: &[Row]) -> Columns {
    let all = || rows.iter();
    let source = || all().map(|row| &row.example.source);
    Columns::default()
        .texts("fillers", all().map(|row| row.fillers.clone()))
        .number::<UInt64Type>("occurrences", all().map(|row| Some(row.occurrences)))
        .number::<UInt64Type>("documents", all().map(|row| Some(row.documents)))
        .number::<UInt16Type>("first", all().map(|row| row.first))
        .number::<UInt16Type>("last", all().map(|row| row.last))
        .text("example", all().map(|row| Some(&row.example.text)))
        .text("title", source().map(|one| Some(&one.document.title)))
        .text("place", source().map(|one| Some(&one.place)))
}
