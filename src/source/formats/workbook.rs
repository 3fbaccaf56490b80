//! Excel workbooks: every sheet, as records under a header or as one document.

use std::io::Cursor;

use calamine::{Data, Range, Reader, Xlsx};
use memchr::memmem;

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
/// [`Skip::Damaged`] if it is no readable workbook, [`Skip::TooLarge`] if it unpacks to more than `limit` bytes.
pub(in crate::source) fn read(
    bytes: &[u8],
    limit: u64,
    map: &FieldMap,
    file_stem: &str,
    mut each: impl FnMut(Raw),
) -> Result<(), Skip> {
    let size = unpacked_size(bytes);
    if size > limit {
        return Err(Skip::TooLarge { size, limit });
    }
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(damaged)?;
    let names = book.sheet_names();
    let mut keys = Keys::default();
    for name in &names {
        let sheet = book.worksheet_range(name).map_err(damaged)?;
        if let Some((at, header, columns)) = header(&sheet, map) {
            read_records(&sheet, at, &header, |row| {
                each(row.into_raw(&columns, file_stem, &mut keys))
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

/// The size of all entries of a ZIP archive, as its directory says.
fn unpacked_size(bytes: &[u8]) -> u64 {
    // APPNOTE 4.3.12: the size stands 24 bytes into each header of the central directory.
    let sizes = memmem::find_iter(bytes, b"PK\x01\x02").filter_map(|at| {
        let size = bytes.get(at + 24..at + 28)?;
        Some(u64::from(u32::from_le_bytes(size.try_into().ok()?)))
    });
    sizes.sum()
}

fn damaged(error: calamine::XlsxError) -> Skip {
    Skip::Damaged {
        what: "Excel workbook",
        reason: error.to_string(),
    }
}

/// Where the row is that names a text column, its names, and their fields.
fn header(sheet: &Range<Data>, map: &FieldMap) -> Option<(usize, Vec<String>, Columns)> {
    sheet
        .rows()
        .take(HEADER_ROWS)
        .enumerate()
        .find_map(|(at, row)| {
            let names: Vec<String> = row.iter().map(words).collect();
            let columns = Columns::find(&names, map);
            columns.has_text().then_some((at, names, columns))
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

#[cfg(test)]
mod tests {
    use super::*;

    /// One sheet with a heading, a header, and two records, a second one without text column, and an empty one.
    const BOOK: &[u8] = include_bytes!("../../../tests/data/records.xlsx");

    fn raws(limit: u64) -> Result<Vec<Raw>, Skip> {
        let mut raws = Vec::new();
        let read = read(BOOK, limit, &FieldMap::default(), "表", |raw| {
            raws.push(raw)
        });
        read.map(|()| raws)
    }

    #[test]
    fn records_and_sheets() {
        let raws = raws(1 << 20).expect("a workbook");
        let keys: Vec<_> = raws.iter().map(|raw| raw.key.as_deref()).collect();
        assert_eq!(keys, [Some("1"), Some("2"), Some("3")]);
        let dates: Vec<_> = raws.iter().map(|raw| raw.given.date.as_deref()).collect();
        assert_eq!(
            dates,
            [Some("2009-08-20"), Some("2010-01-02 03:04:05"), None]
        );
        assert_eq!(raws[0].given.title.as_deref(), Some("某通知"));
        assert_eq!(raws[0].lines[1].text, "现通知如下。");
        assert_eq!(raws[2].given.file_stem, "表 二");
        assert_eq!(raws[2].lines[1].text, "2009\t12.5");
    }

    #[test]
    fn one_that_unpacks_too_large_is_not_read() {
        let skip = raws(1000).expect_err("a skip");
        assert!(matches!(skip, Skip::TooLarge { limit: 1000, .. }), "{skip}");
    }
}
