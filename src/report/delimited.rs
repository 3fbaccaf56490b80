//! Tables as CSV in UTF-8 with a byte order mark, so that Excel opens them as they are.

use std::io::{Cursor, Write};

use zip::write::SimpleFileOptions;

use super::table::{Cell, Language, Table};
use crate::{Error, Result};

/// The table as CSV; lines end as RFC 4180 has them. Rates have four decimals, shares are from 0 to 1.
pub fn csv(table: &Table) -> Vec<u8> {
    let mut out = "\u{feff}".as_bytes().to_vec();
    let mut writer = csv::WriterBuilder::new()
        .terminator(csv::Terminator::CRLF)
        .from_writer(&mut out);
    // Writing into memory cannot fail, and all lines are of one length.
    let written = writer.write_record(table.header.iter().map(|name| inert(name)));
    let rows = table
        .rows
        .iter()
        .map(|row| writer.write_record(row.iter().map(field)));
    let all = written.and_then(|()| rows.collect::<csv::Result<()>>());
    debug_assert!(all.is_ok());
    let flushed = writer.flush();
    debug_assert!(flushed.is_ok());
    drop(writer);
    out
}

/// All tables in a ZIP archive, each under its name.
///
/// # Errors
/// [`Error::BadOutput`] if it grows over what ZIP can hold.
pub fn archive(tables: &[Table], language: Language) -> Result<Vec<u8>> {
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let packed = (|| {
        for table in tables {
            let name = format!("{}.csv", table.sheet.name(language));
            archive.start_file(name, SimpleFileOptions::default())?;
            archive.write_all(&csv(table))?;
        }
        archive.finish()
    })();
    packed
        .map(Cursor::into_inner)
        .map_err(|error: zip::result::ZipError| Error::BadOutput {
            path: "zip".into(),
            reason: error.to_string(),
        })
}

fn field(cell: &Cell) -> String {
    match cell {
        Cell::Rate(value) | Cell::Share(value) => format!("{value:.4}"),
        Cell::Text(text) => inert(text),
        other => other.plain(),
    }
}

/// Text that a spreadsheet would take for a formula, with an apostrophe before it (OWASP, CSV Injection).
fn inert(text: &str) -> String {
    match text.chars().next() {
        Some('=' | '+' | '-' | '@' | '\t' | '\r') => format!("'{text}"),
        _ => text.to_owned(),
    }
}
