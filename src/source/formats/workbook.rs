//! Workbooks (`.xlsx`, `.xls`, `.xlsb`, `.ods`): every sheet, as records under a header or as one document.

use std::collections::BTreeMap;
use std::io::Cursor;
use std::panic::{AssertUnwindSafe, catch_unwind};

use calamine::{Data, Range, Reader, Sheets, Xls, Xlsx, open_workbook_auto_from_rs};

use super::{Raw, Source};
use crate::document::{Line, Style, Warning};
use crate::source::input::TableRow;
use crate::source::records::{Columns, FieldMap, Keys, Row};
use crate::source::{Skip, sniff};

const WHAT: &str = "workbook";

/// Rows from the top in which the header may stand.
const HEADER_ROWS: usize = 5;
/// Most characters that a cell of Excel holds, in UTF-16.
const MAX_CELL: usize = 32_767;

/// Reads the workbook in `bytes`; one call of `each` for each record, and one for each sheet without a text column.
///
/// Records are numbered through all sheets. Empty sheets give nothing; a sheet that breaks off gives what comes before.
///
/// # Errors
/// [`Skip::Damaged`] if nothing of it can be read, [`Skip::Encrypted`].
pub(super) fn read(
    bytes: &[u8],
    source: &Source<'_>,
    each: &mut dyn FnMut(Raw),
) -> Result<(), Skip> {
    let mut book = unless_panic(|| open(bytes))?.map_err(damaged)?;
    let (map, file_stem) = (&source.options.map, &source.file_stem);
    let names = book.sheet_names();
    let mut keys = Keys::default();
    let mut failure = None;
    let mut n_given = 0usize;
    for name in &names {
        let mut sheet = match unless_panic(|| Sheet::read(&mut book, name)) {
            Ok(sheet) => sheet,
            Err(skip) => {
                failure = failure.or(Some(skip));
                break;
            }
        };
        let mut notices = sheet.notices();
        failure = failure.or(sheet.failure.take().map(damaged));
        let mut give = |mut raw: Raw| {
            raw.warnings.append(&mut notices);
            n_given += 1;
            each(raw);
        };
        if let Some((at, header, columns)) = sheet.header(map) {
            sheet.records(at, &header, |row| {
                give(row.into_raw(&columns, file_stem, &mut keys));
            });
        } else if !sheet.rows.is_empty() {
            let mut raw = sheet.whole();
            raw.given.file_stem.clone_from(file_stem);
            if names.len() > 1 {
                raw.given.file_stem = format!("{file_stem} {name}");
                raw.key = Some(keys.next_key(None).0);
            }
            give(raw);
        }
    }
    match failure {
        Some(skip) if n_given == 0 => Err(skip),
        _ => Ok(()),
    }
}

/// Most rows of a list in a workbook, ten times as many as the longest list has entries.
const MAX_LIST_ROWS: usize = 100_000;
/// Columns of a list that are looked at.
const MAX_LIST_COLUMNS: usize = 64;
/// Characters of a cell that are kept of a list: twice as many as a query may have, so that it is told as too long.
const MAX_LIST_CELL: usize = 20_000;

/// Calls `each` with the rows of the first sheet that have something in them.
///
/// # Errors
/// As [`read`].
pub(in crate::source) fn first_sheet(
    bytes: &[u8],
    each: &mut dyn FnMut(TableRow),
) -> Result<(), Skip> {
    let mut book = unless_panic(|| open(bytes))?.map_err(damaged)?;
    let Some(name) = book.sheet_names().into_iter().next() else {
        return Ok(());
    };
    let sheet = unless_panic(|| Sheet::read(&mut book, &name))?;
    if let Some(failure) = sheet.failure {
        return Err(damaged(failure));
    }
    for (row, mut cells) in sheet.rows.into_iter().take(MAX_LIST_ROWS) {
        cells.truncate(MAX_LIST_COLUMNS);
        for cell in &mut cells {
            if let Some((end, _)) = cell.char_indices().nth(MAX_LIST_CELL) {
                cell.truncate(end);
            }
        }
        each((row as usize + 1, cells));
    }
    Ok(())
}

type Book<'a> = Sheets<Cursor<&'a [u8]>>;

/// Opens a workbook of the kind that its bytes are of, so that what is wrong is told by the right reader.
fn open(bytes: &[u8]) -> Result<Book<'_>, calamine::Error> {
    let cursor = Cursor::new(bytes);
    if !sniff::is_zip(bytes) {
        return Ok(Sheets::Xls(Xls::new(cursor)?));
    }
    match Xlsx::new(cursor.clone()) {
        Ok(book) => Ok(Sheets::Xlsx(book)),
        Err(error) => open_workbook_auto_from_rs(cursor).map_err(|_| error.into()),
    }
}

/// What `read` gives; calamine panics on some damaged workbooks, which is no flaw of ours to report.
fn unless_panic<T>(read: impl FnOnce() -> T) -> Result<T, Skip> {
    catch_unwind(AssertUnwindSafe(read)).map_err(|_| Skip::Damaged {
        what: WHAT.into(),
        reason: "its parts do not fit together".to_owned(),
    })
}

fn damaged(error: calamine::Error) -> Skip {
    let reason = error.to_string();
    if reason.to_lowercase().contains("password") {
        return Skip::Encrypted;
    }
    Skip::Damaged {
        what: WHAT.into(),
        reason,
    }
}

/// The rows of a sheet that have something in them, by their number from 0; cells up to the last one in use.
#[derive(Default)]
struct Sheet {
    rows: BTreeMap<u32, Vec<String>>,
    failure: Option<calamine::Error>,
    n_cut: usize,
}

impl Sheet {
    fn read(book: &mut Book<'_>, name: &str) -> Self {
        let mut sheet = Self::default();
        let read = match book {
            // Cell by cell, since a stray one in the last row would make a table of millions.
            Sheets::Xlsx(book) => sheet.add_cells(book, name),
            book => book
                .worksheet_range(name)
                .map(|range| sheet.add_range(&range)),
        };
        sheet.failure = read.err();
        sheet
    }

    fn add_cells(
        &mut self,
        book: &mut Xlsx<Cursor<&[u8]>>,
        name: &str,
    ) -> Result<(), calamine::Error> {
        let mut cells = book.worksheet_cells_reader(name)?;
        while let Some(cell) = cells.next_cell()? {
            let (row, column) = cell.get_position();
            self.add(row, column, &Data::from(cell.get_value().clone()));
        }
        Ok(())
    }

    fn add_range(&mut self, range: &Range<Data>) {
        let (top, left) = range.start().unwrap_or_default();
        for (row, column, cell) in range.used_cells() {
            self.add(top + row as u32, left + column as u32, cell);
        }
    }

    fn add(&mut self, row: u32, column: u32, cell: &Data) {
        let text = words(cell);
        if text.is_empty() {
            return;
        }
        self.n_cut +=
            usize::from(text.len() >= MAX_CELL && text.encode_utf16().count() >= MAX_CELL);
        let cells = self.rows.entry(row).or_default();
        let column = column as usize;
        cells.resize(cells.len().max(column + 1), String::new());
        cells[column] = text;
    }

    fn notices(&self) -> Vec<Warning> {
        let cut = (self.n_cut > 0).then_some(Warning::CutCells(self.n_cut));
        let broken = self.failure.is_some().then_some(Warning::Incomplete);
        cut.into_iter().chain(broken).collect()
    }

    /// The number of the row that names a text column, its names, and their fields.
    fn header(&self, map: &FieldMap) -> Option<(u32, Vec<String>, Columns)> {
        self.rows.iter().take(HEADER_ROWS).find_map(|(&at, names)| {
            let columns = Columns::find(names, map);
            columns.has_text().then(|| (at, names.clone(), columns))
        })
    }

    fn records(&mut self, header_at: u32, names: &[String], mut each: impl FnMut(Row)) {
        for mut cells in self.rows.split_off(&(header_at + 1)).into_values() {
            cells.resize(cells.len().max(names.len()), String::new());
            each(Row::new(names.iter().cloned().zip(cells)));
        }
    }

    /// The sheet as one document, a line for each row, cells between tabs; numbered as Excel numbers rows.
    fn whole(&self) -> Raw {
        let lines = self.rows.iter().map(|(&row, cells)| Line {
            number: row + 1,
            text: cells.join("\t").replace(['\r', '\n'], " "),
            style: Style::Plain,
        });
        Raw {
            lines: lines.collect(),
            ..Raw::default()
        }
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
        Data::DateTimeIso(date) => date.trim_end_matches("T00:00:00").replacen('T', " ", 1),
        Data::String(text) => text.trim_end().to_owned(),
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::ReadOptions;
    use crate::source::package::tests::pack;

    /// One sheet with a heading, a header, and two records, a second one without text column, and an empty one.
    const BOOK: &[u8] = include_bytes!("../../../tests/data/records.xlsx");

    fn raws(bytes: &[u8]) -> Result<Vec<Raw>, Skip> {
        let mut raws = Vec::new();
        let options = ReadOptions::default();
        let source = Source::new("表.xlsx", &options);
        read(bytes, &source, &mut |raw| raws.push(raw))?;
        Ok(raws)
    }

    #[test]
    fn records_and_sheets() {
        let raws = raws(BOOK).expect("a workbook");
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
    fn older_and_open_workbooks_give_the_same() {
        let expected = raws(BOOK).expect("a workbook");
        for bytes in [
            &include_bytes!("../../../tests/data/records.xls")[..],
            include_bytes!("../../../tests/data/records.ods"),
        ] {
            assert_eq!(raws(bytes).expect("a workbook"), expected);
        }
    }

    #[test]
    fn a_stray_cell_makes_no_table_of_millions() {
        let bytes = pack(&[
            (
                "_rels/.rels",
                "<Relationships><Relationship Id='a' Type='http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument' Target='xl/workbook.xml'/></Relationships>",
            ),
            (
                "xl/workbook.xml",
                "<workbook xmlns:r='r'><sheets><sheet name='表' sheetId='1' r:id='a'/></sheets></workbook>",
            ),
            (
                "xl/_rels/workbook.xml.rels",
                "<Relationships><Relationship Id='a' Type='http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet' Target='worksheets/sheet1.xml'/></Relationships>",
            ),
            (
                "xl/worksheets/sheet1.xml",
                "<worksheet><dimension ref='A1:XFD1048576'/><sheetData><row r='1'><c r='B1' t='inlineStr'><is><t>甲</t></is></c></row>\
                 <row r='1048576'><c r='XFD1048576'><v>7</v></c></row></sheetData></worksheet>",
            ),
        ]);
        let raws = raws(&bytes).expect("a workbook");
        let lines: Vec<_> = raws[0]
            .lines
            .iter()
            .map(|line| (line.number, line.text.trim()))
            .collect();
        assert_eq!(lines, [(1, "甲"), (1_048_576, "7")]);
    }

    #[test]
    fn damage_is_told() {
        let error = raws(&BOOK[..BOOK.len() / 2])
            .expect_err("an error")
            .to_string();
        assert!(error.starts_with("is a damaged workbook: "), "{error}");
    }
}
