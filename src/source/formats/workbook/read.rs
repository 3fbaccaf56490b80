//! Reads a workbook.

use std::borrow::Cow;
use std::io::Cursor;
use std::panic::{AssertUnwindSafe, catch_unwind};

use calamine::{Reader, Sheets, Xls, Xlsx, open_workbook_auto_from_rs};

use super::beside::Beside;
use super::biff::Formats;
use super::book::{Book, WHAT};
use super::ods;
use super::sheet::Sheet;
use crate::source::formats::{Raw, Source};
use crate::source::input::TableRow;
use crate::source::records::Keys;
use crate::source::{Damage, ReadOptions, Skip, Warning, ole, sniff};

/// Reads the workbook in `bytes`; calls `each` once for each record, and once for each sheet without a text
/// column.
///
/// Records are numbered through all sheets. Empty sheets yield nothing; a sheet that is cut off yields the
/// part before.
///
/// # Errors
/// [`Skip::Damaged`] if nothing of it can be read, [`Skip::Encrypted`].
pub(in crate::source::formats) fn read(
    bytes: &[u8],
    source: &Source<'_>,
    each: &mut dyn FnMut(Raw),
) -> Result<(), Skip> {
    // Not with calamine, which reads the values but not the displayed text.
    let open = ods::sheets(bytes, source.max_unpacked, source.options.max_text)?;
    if let Some(sheets) = open {
        let names: Vec<String> = sheets.iter().map(|open| open.name.clone()).collect();
        let sheets = sheets.into_iter().map(|open| (Ok(open.sheet), open.beside));
        return read_sheets(&names, sheets, source, each);
    }
    let mut book = unless_panic(|| open_book(bytes))?.map_err(damaged)?;
    let formats = formats(&book, bytes);
    let mut beside = Beside::read(bytes, source.max_unpacked)?;
    beside.extend(&formats);
    let names = book.sheet_names();
    let sheets = names.iter().map(|name| {
        let sheet = unless_panic(|| Sheet::read(&mut book, name, &formats));
        (sheet, beside.take(name))
    });
    read_sheets(&names, sheets, source, each)
}

/// Reads the sheets called `names`, each with its text outside the cells.
fn read_sheets(
    names: &[String],
    sheets: impl Iterator<Item = (Result<Sheet, Skip>, Vec<String>)>,
    source: &Source<'_>,
    each: &mut dyn FnMut(Raw),
) -> Result<(), Skip> {
    let mut sink = SheetSink {
        source,
        has_several: names.len() > 1,
        keys: Keys::default(),
        n_given: 0,
        each,
    };
    let mut failure = None;
    for (name, (sheet, beside)) in names.iter().zip(sheets) {
        let mut sheet = match sheet {
            Ok(sheet) => sheet,
            Err(skip) => {
                failure = failure.or(Some(skip));
                // Later sheets of a damaged file may be read wrongly; what came before is kept.
                break;
            }
        };
        failure = failure.or(sheet.failure.take().map(damaged));
        sink.give_sheet(name, sheet, &beside);
    }
    match failure {
        Some(skip) if sink.n_given == 0 => Err(skip),
        _ => Ok(()),
    }
}

/// Yields the documents of the sheets.
struct SheetSink<'s> {
    source: &'s Source<'s>,
    /// Whether the workbook has several sheets, so that documents need the sheet's name.
    has_several: bool,
    keys: Keys,
    n_given: usize,
    each: &'s mut dyn FnMut(Raw),
}

impl SheetSink<'_> {
    /// Yields the documents of one sheet: its records, or the sheet as a whole.
    fn give_sheet(&mut self, name: &str, mut sheet: Sheet, beside: &[String]) {
        let mut notices = sheet.notices();
        let file_stem = self.source.file_stem.clone();
        let name_of_sheet = format!("{file_stem} {name}");
        let shown_name = self.has_several.then_some(name);
        if let Some(header) = sheet.header(&self.source.options.map) {
            // The sheet's content outside its records is a document of its own.
            let rest = sheet.take_above(&header);
            if !rest.is_empty() || !beside.is_empty() {
                let mut raw = rest.whole(shown_name, beside);
                raw.given.file_stem = name_of_sheet;
                raw.key = Some(self.keys.named(name));
                self.give(raw, &mut notices);
            }
            sheet.records(&header, |row| {
                let raw = row.into_raw(&header.columns, &file_stem, &mut self.keys);
                self.give(raw, &mut notices);
            });
        } else if !sheet.is_empty() || !beside.is_empty() {
            let mut raw = sheet.whole(shown_name, beside);
            raw.given.file_stem = file_stem;
            if self.has_several {
                raw.given.file_stem = name_of_sheet;
                raw.key = Some(self.keys.next_key(None).0);
            }
            self.give(raw, &mut notices);
        }
    }

    /// Yields a document; what was noticed in the sheet is a warning of its first one.
    fn give(&mut self, mut raw: Raw, notices: &mut Vec<Warning>) {
        raw.warnings.append(notices);
        self.n_given += 1;
        (self.each)(raw);
    }
}

/// Maximum number of rows of a list in a workbook, ten times as many as the longest list has entries.
const MAX_LIST_ROWS: usize = 100_000;
/// Maximum number of columns of a list.
const MAX_LIST_COLUMNS: u32 = 64;
/// Maximum number of further sheets that are looked at.
const MAX_FURTHER: usize = 20;
/// Maximum number of characters kept of a list's cell: twice as many as a query may have, so that it is
/// reported as too long.
const MAX_LIST_CELL: usize = 20_000;

/// Calls `each` with the rows of each sheet that are not empty, after a row 0 with the name of the sheet. A further sheet that
/// cannot be read has its name alone.
///
/// # Errors
/// See [`read`]; those of further sheets are not read.
pub(in crate::source) fn list_sheets(
    bytes: &[u8],
    each: &mut dyn FnMut(TableRow),
) -> Result<(), Skip> {
    let limit = ReadOptions::default();
    let sheets = match ods::sheets(bytes, limit.max_unpacked, limit.max_text)? {
        Some(sheets) => sheets
            .into_iter()
            .map(|open| (open.name, open.sheet))
            .collect(),
        None => sheets_of_book(bytes)?,
    };
    for (ord, (name, sheet)) in sheets.into_iter().enumerate() {
        match sheet.failure {
            Some(failure) if ord == 0 => return Err(damaged(failure)),
            Some(_) => each((0, vec![name])),
            // Excel's old default are three sheets, two of which stay empty.
            None if sheet.rows.is_empty() => {}
            None => {
                each((0, vec![name]));
                list_rows(sheet).for_each(&mut *each);
            }
        }
    }
    Ok(())
}

/// The rows of a sheet as far as a list goes.
fn list_rows(sheet: Sheet) -> impl Iterator<Item = TableRow> {
    let rows = sheet.rows.into_iter().take(MAX_LIST_ROWS);
    rows.map(|(row, filled)| (row as usize + 1, list_cells(filled)))
}

/// The cells of a row up to the limits of a list, with blank ones between them.
fn list_cells(filled: Vec<(u32, String)>) -> Vec<String> {
    let mut cells = Vec::new();
    for (column, mut text) in filled {
        if column >= MAX_LIST_COLUMNS {
            continue;
        }
        if let Some((end, _)) = text.char_indices().nth(MAX_LIST_CELL) {
            text.truncate(end);
        }
        let column = column as usize;
        cells.resize(cells.len().max(column + 1), String::new());
        cells[column] = text;
    }
    cells
}

fn sheets_of_book(bytes: &[u8]) -> Result<Vec<(String, Sheet)>, Skip> {
    let mut book = unless_panic(|| open_book(bytes))?.map_err(damaged)?;
    let formats = formats(&book, bytes);
    let names = book.sheet_names().into_iter().take(1 + MAX_FURTHER);
    let sheets = names.map(|name| {
        let sheet = unless_panic(|| Sheet::read(&mut book, &name, &formats))?;
        Ok((name, sheet))
    });
    sheets.collect()
}

/// The cell formats that the reader of the workbook does not return.
fn formats(book: &Book<'_>, bytes: &[u8]) -> Formats {
    match book {
        Sheets::Xls(_) => Formats::read(bytes),
        _ => Formats::default(),
    }
}

/// Opens a workbook with the reader for its bytes, so that errors come from the right one.
fn open_book(bytes: &[u8]) -> Result<Book<'_>, calamine::Error> {
    if !sniff::is_zip(bytes) {
        let book =
            compound(bytes).ok_or(calamine::Error::Msg("it holds no stream of a workbook"))?;
        return Ok(Sheets::Xls(Xls::new(Cursor::new(Cow::Owned(book)))?));
    }
    let cursor = Cursor::new(Cow::Borrowed(bytes));
    // XLSX first, as by far the most frequent; the other readers test the package's content.
    match Xlsx::new(cursor.clone()) {
        Ok(book) => Ok(Sheets::Xlsx(book)),
        Err(error) => open_workbook_auto_from_rs(cursor).map_err(|_| error.into()),
    }
}

/// The workbook's stream in a file of its own: calamine follows a chain of sectors that runs in a circle until the memory
/// is spent, [`ole::stream`] takes no more than the file has.
fn compound(bytes: &[u8]) -> Option<Vec<u8>> {
    // The name since Excel 97, and before.
    let mut names = ["Workbook", "Book"].into_iter();
    names.find_map(|name| {
        let (stream, _) = ole::stream(bytes, name)?;
        ole::pack(name, &stream).ok()
    })
}

/// The result of `read`; calamine panics on some damaged workbooks, which is not an error of ours to report.
fn unless_panic<T>(read: impl FnOnce() -> T) -> Result<T, Skip> {
    catch_unwind(AssertUnwindSafe(read)).map_err(|_| Skip::Damaged {
        what: WHAT,
        reason: Damage::PartsMisfit,
    })
}

fn damaged(error: calamine::Error) -> Skip {
    use calamine::{OdsError, XlsError, XlsbError, XlsxError};
    match error {
        calamine::Error::Xls(XlsError::Password)
        | calamine::Error::Xlsx(XlsxError::Password)
        | calamine::Error::Xlsb(XlsbError::Password)
        | calamine::Error::Ods(OdsError::Password) => Skip::Encrypted,
        _ => Skip::Damaged {
            what: WHAT,
            reason: Damage::NotAWorkbook,
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Style;
    use crate::source::package::tests::pack;

    /// One sheet with a heading, a header, and two records, a second one without text column, and an empty one.
    const BOOK: &[u8] = include_bytes!("../../../../tests/data/records.xlsx");

    fn raws(bytes: &[u8]) -> Result<Vec<Raw>, Skip> {
        let mut raws = Vec::new();
        let options = ReadOptions::default();
        let source = Source::new("表.xlsx", &options);
        read(bytes, &source, &mut |raw| raws.push(raw))?;
        Ok(raws)
    }

    #[test]
    fn a_circle_of_sectors_costs_no_memory() {
        const SECTOR: usize = 512;
        let mut bytes = include_bytes!("../../../../tests/data/records.xls").to_vec();
        let number = |bytes: &[u8], at: usize| {
            u32::from_le_bytes(bytes[at..at + 4].try_into().expect("four bytes"))
        };
        // The table of sectors, and in it what follows the first sector of the directory.
        let table = (number(&bytes, 76) as usize + 1) * SECTOR;
        let directory = number(&bytes, 48);
        let next = table + 4 * directory as usize;
        bytes[next..next + 4].copy_from_slice(&directory.to_le_bytes());
        let whole = raws(include_bytes!("../../../../tests/data/records.xls")).expect("a workbook");
        let found = raws(&bytes).expect("what the first sector of the directory lists");
        assert_eq!(found.len(), whole.len());
    }

    #[test]
    fn records_and_sheets() {
        let raws = raws(BOOK).expect("a workbook");
        let keys: Vec<_> = raws.iter().map(|raw| raw.key.as_deref()).collect();
        assert_eq!(keys, [Some("一"), Some("1"), Some("2"), Some("3")]);
        let dates: Vec<_> = raws.iter().map(|raw| raw.given.date.as_deref()).collect();
        assert_eq!(
            dates,
            [
                None,
                Some("2009-08-20 0:00:00"),
                Some("2010-01-02 3:04:05"),
                None
            ]
        );
        assert_eq!(raws[0].lines[1].text, "某县文件汇总");
        assert_eq!(raws[1].given.title.as_deref(), Some("某通知"));
        assert_eq!(raws[1].lines[1].text, "现通知如下。");
        assert_eq!(raws[1].lines[2].text, "编号：1");
        assert_eq!(raws[3].given.file_stem, "表 二");
        assert_eq!(raws[3].lines[0].style, Style::Heading(1));
        assert_eq!(raws[3].lines[2].text, "2009\t12.5");
    }

    #[test]
    fn older_and_open_workbooks_give_the_same() {
        // Only the first format stores number formats of dates where they can be read.
        let without_days = |bytes: &[u8]| {
            let mut raws = raws(bytes).expect("a workbook");
            for raw in &mut raws {
                raw.lines.retain(|line| !line.text.starts_with("发布时间"));
                raw.given.date = raw.given.date.take().map(|date| date[..10].to_owned());
                raw.n_read = None;
            }
            raws
        };
        let expected = without_days(BOOK);
        for bytes in [
            &include_bytes!("../../../../tests/data/records.xls")[..],
            include_bytes!("../../../../tests/data/records.ods"),
        ] {
            assert_eq!(without_days(bytes), expected);
        }
    }

    #[test]
    fn a_stray_cell_does_not_make_a_table_of_millions() {
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
    fn cells_as_shown_comments_and_boxes() {
        let bytes = pack(&[
            (
                "_rels/.rels",
                "<Relationships><Relationship Id='a' Type='http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument' Target='xl/workbook.xml'/></Relationships>",
            ),
            (
                "xl/workbook.xml",
                "<workbook xmlns:r='r'><sheets><sheet name='预算' sheetId='1' r:id='a'/></sheets></workbook>",
            ),
            (
                "xl/_rels/workbook.xml.rels",
                "<Relationships><Relationship Id='a' Type='http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet' Target='worksheets/sheet1.xml'/>\
                 <Relationship Id='b' Type='http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles' Target='styles.xml'/></Relationships>",
            ),
            (
                "xl/styles.xml",
                "<styleSheet><numFmts><numFmt numFmtId='170' formatCode='yyyy&quot;年&quot;m&quot;月&quot;'/></numFmts><cellXfs><xf numFmtId='0'/><xf numFmtId='10'/><xf numFmtId='4'/><xf numFmtId='170'/></cellXfs></styleSheet>",
            ),
            (
                "xl/worksheets/sheet1.xml",
                "<worksheet><sheetData><row r='1'><c r='B1' t='inlineStr'><is><t>全县预算表</t></is></c></row>\
                 <row r='2'><c r='B2' t='inlineStr'><is><t>科目</t></is></c><c r='C2' t='inlineStr'><is><t>增速</t></is></c><c r='E2' t='inlineStr'><is><t>金额</t></is></c><c r='F2' t='inlineStr'><is><t>时间</t></is></c></row>\
                 <row r='3'><c r='B3' t='inlineStr'><is><t>教育</t></is></c><c r='C3' s='1'><v>0.085</v></c><c r='E3' s='2'><v>12345.67</v></c><c r='F3' s='3'><v>44267</v></c></row></sheetData></worksheet>",
            ),
            (
                "xl/worksheets/_rels/sheet1.xml.rels",
                "<Relationships><Relationship Id='c' Type='x/comments' Target='../comments1.xml'/><Relationship Id='d' Type='x/drawing' Target='../drawings/drawing1.xml'/></Relationships>",
            ),
            (
                "xl/comments1.xml",
                "<comments><commentList><comment ref='B3'><text><r><t>待</t></r><r><t>核实</t></r></text></comment></commentList></comments>",
            ),
            (
                "xl/drawings/drawing1.xml",
                "<xdr:wsDr><xdr:sp><xdr:txBody><a:p><a:r><a:t>框内</a:t></a:r></a:p></xdr:txBody></xdr:sp></xdr:wsDr>",
            ),
        ]);
        let raws = raws(&bytes).expect("a workbook");
        let lines: Vec<_> = raws[0]
            .lines
            .iter()
            .map(|line| (line.number, &*line.text))
            .collect();
        assert_eq!(
            lines,
            [
                (1, "全县预算表"),
                (2, "科目\t增速\t金额\t时间"),
                (3, "教育\t8.50%\t12,345.67\t2021年3月"),
                (4, "待核实"),
                (5, "框内"),
            ]
        );
        assert_eq!(raws[0].lines[0].style, Style::Title);
        let n_kept: u64 = raws[0]
            .lines
            .iter()
            .map(|line| crate::text::visible::n_visible(&line.text))
            .sum();
        assert_eq!(raws[0].n_read, Some(n_kept));
    }

    #[test]
    fn damage_is_reported() {
        let error = raws(&BOOK[..BOOK.len() / 2])
            .expect_err("an error")
            .to_string();
        assert!(error.starts_with("is a damaged workbook: "), "{error}");
    }

    #[test]
    fn a_row_of_a_list_is_read_up_to_its_limits() {
        let cells = |filled: &[(u32, &str)]| {
            let filled = filled
                .iter()
                .map(|&(column, text)| (column, text.to_owned()));
            list_cells(filled.collect())
        };
        assert_eq!(cells(&[]), Vec::<String>::new());
        assert_eq!(cells(&[(0, "甲"), (2, "乙")]), ["甲", "", "乙"]);
        let last = MAX_LIST_COLUMNS - 1;
        assert_eq!(cells(&[(last, "甲")]).len(), MAX_LIST_COLUMNS as usize);
        assert_eq!(cells(&[(0, "甲"), (MAX_LIST_COLUMNS, "乙")]), ["甲"]);
        // Cut between characters, not bytes.
        let long = "水".repeat(MAX_LIST_CELL + 1);
        let cut = cells(&[(0, &long)]);
        assert_eq!(cut[0].chars().count(), MAX_LIST_CELL);
        let whole = "水".repeat(MAX_LIST_CELL);
        assert_eq!(cells(&[(0, &whole)])[0], whole);
    }
}
