//! Excel workbooks: every sheet, as records under a header or as one document.

use std::io::Cursor;

use calamine::{Data, Range, Reader, Xlsx};

use super::Raw;
use crate::document::{Line, Style};
use crate::source::Skip;
use crate::source::records::{Columns, FieldMap, Keys, Row};

/// Rows from the top in which the header may stand.
const HEADER_ROWS: usize = 5;

/// Reads the workbook in `bytes`; one call of `each` for each record, and one for each sheet without a text column.
///
/// Records are numbered through all sheets. Empty sheets give nothing.
///
/// # Errors
/// [`Skip::Damaged`] if it is no readable workbook.
pub(in crate::source) fn read(
    bytes: &[u8],
    map: &FieldMap,
    file_stem: &str,
    mut each: impl FnMut(Raw),
) -> Result<(), Skip> {
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(damaged)?;
    let names = book.sheet_names();
    let mut keys = Keys::default();
    for name in &names {
        let sheet = book.worksheet_range(name).map_err(damaged)?;
        if let Some((at, header)) = header(&sheet, map) {
            read_records(&sheet, at, &header, |row| {
                each(row.into_raw(map, file_stem, &mut keys))
            });
        } else if !sheet.is_empty() {
            let mut raw = whole(&sheet);
            raw.given.file_stem = file_stem.to_owned();
            if names.len() > 1 {
                raw.given.file_stem = format!("{file_stem} {name}");
                raw.key = Some(keys.next_key(None).0);
            }
            each(raw);
        }
    }
    Ok(())
}

fn damaged(error: calamine::XlsxError) -> Skip {
    Skip::Damaged {
        what: "Excel workbook",
        reason: error.to_string(),
    }
}

/// The row that names a text column, and where it is.
fn header(sheet: &Range<Data>, map: &FieldMap) -> Option<(usize, Vec<String>)> {
    sheet
        .rows()
        .take(HEADER_ROWS)
        .enumerate()
        .find_map(|(at, row)| {
            let names: Vec<String> = row.iter().map(words).collect();
            Columns::find(&names, map).has_text().then_some((at, names))
        })
}

fn read_records(
    sheet: &Range<Data>,
    header_at: usize,
    names: &[String],
    mut each: impl FnMut(Row),
) {
    for row in sheet.rows().skip(header_at + 1) {
        if row.iter().all(|cell| matches!(cell, Data::Empty)) {
            continue;
        }
        each(Row::new(names.iter().cloned().zip(row.iter().map(words))));
    }
}

/// A sheet as one document, a line for each row, cells between tabs; numbered as Excel numbers rows.
fn whole(sheet: &Range<Data>) -> Raw {
    let first = sheet.start().map_or(0, |(row, _)| row) + 1;
    let lines = (first..).zip(sheet.rows()).map(|(number, row)| {
        let cells: Vec<String> = row
            .iter()
            .map(|cell| words(cell).replace(['\r', '\n'], " "))
            .collect();
        Line {
            number,
            text: cells.join("\t").trim_end().to_owned(),
            style: Style::Plain,
        }
    });
    Raw {
        lines: lines.collect(),
        ..Raw::default()
    }
}

/// A cell as text; dates as `2009-08-20`, with the time if there is one; nothing for errors.
fn words(cell: &Data) -> String {
    match cell {
        Data::Empty | Data::Error(_) => String::new(),
        Data::DateTime(date) if date.is_datetime() => {
            let (year, month, day, hour, minute, second, _) = date.to_ymd_hms_milli();
            let time = match (hour, minute, second) {
                (0, 0, 0) => String::new(),
                (hour, minute, second) => format!(" {hour:02}:{minute:02}:{second:02}"),
            };
            format!("{year:04}-{month:02}-{day:02}{time}")
        }
        other => other.to_string(),
    }
}
