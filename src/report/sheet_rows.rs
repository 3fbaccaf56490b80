//! The rows of a large sheet, written one at a time into the archive of a workbook.
//!
//! The library that writes workbooks holds every cell of a sheet, and the sheet as XML, in memory; its mode that does not
//! writes files of its own elsewhere, and panics where the disk is full. So it makes the sheet with its header, layout
//! and one sample row, and the other rows take the sample's place here (ECMA-376-1, 18.3.1.80, `sheetData`).

use std::fmt::Write as _;
use std::io::{self, Cursor, Read, Write};
use std::ops::Range;

use rust_xlsxwriter::XlsxError;
use rust_xlsxwriter::utility::{column_number_to_name, row_col_to_cell};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipArchive, ZipWriter};

use super::table::{Cell, Table};
use super::workbook::{cut, excel_date};

/// Number of the sample row: the first one under the header.
pub(super) const SAMPLE: u32 = 1;
/// How the XML of the sample row begins.
const SAMPLE_START: &str = "<row r=\"2\"";
const ROWS_END: &str = "</sheetData>";

/// A sheet that has its header and a sample row, and the rows that belong there.
pub(super) struct LargeSheet<'a, 't> {
    /// Its number in the workbook, from 1.
    pub(super) number: usize,
    pub(super) table: &'a Table<'t>,
    /// At least one.
    pub(super) rows: Range<usize>,
    pub(super) columns: Range<usize>,
}

/// The workbook with the rows of its large sheets; all other parts are copied as they are.
///
/// # Errors
/// Those of the archive; of the XML, if a sheet has no sample row.
pub(super) fn fill(workbook: &[u8], sheets: &[LargeSheet]) -> Result<Vec<u8>, XlsxError> {
    let mut from = ZipArchive::new(Cursor::new(workbook))?;
    let mut to = ZipWriter::new(Cursor::new(Vec::with_capacity(workbook.len())));
    for ord in 0..from.len() {
        let mut part = from.by_index(ord)?;
        let name = part.name()?.into_owned();
        let is_of =
            |sheet: &&LargeSheet| name == format!("xl/worksheets/sheet{}.xml", sheet.number);
        let Some(sheet) = sheets.iter().find(is_of) else {
            to.raw_copy_file(part)?;
            continue;
        };
        let mut xml = String::new();
        part.read_to_string(&mut xml)?;
        to.start_file(name, options())?;
        sheet.write(&xml, &mut to)?;
    }
    Ok(to.finish()?.into_inner())
}

/// As the library has them; the clock would make every workbook another one.
fn options() -> SimpleFileOptions {
    SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .unix_permissions(0o600)
        .last_modified_time(DateTime::default())
}

/// Attributes of cells by their format.
struct Styles {
    count: String,
    rate: String,
    share: String,
    date: String,
}

impl Styles {
    /// Read off the sample row, whose cells are in this order.
    fn read(sample: &str) -> Option<Self> {
        let mut cells = sample.split("<c ").skip(1);
        let mut next = || {
            let (_, rest) = cells.next()?.split_once(" s=\"")?;
            let (number, _) = rest.split_once('"')?;
            Some(format!(" s=\"{number}\""))
        };
        Some(Self {
            count: next()?,
            rate: next()?,
            share: next()?,
            date: next()?,
        })
    }
}

impl LargeSheet<'_, '_> {
    fn write(&self, xml: &str, out: &mut impl Write) -> Result<(), XlsxError> {
        let parts = xml.find(SAMPLE_START).zip(xml.find(ROWS_END));
        let parts = parts.map(|(start, end)| (&xml[..start], &xml[start..end], &xml[end..]));
        let read = parts.and_then(|(before, sample, after)| {
            let before = self.with_dimension(before)?;
            Some((before, Styles::read(sample)?, after))
        });
        let (before, styles, after) =
            read.ok_or_else(|| io::Error::other("a sheet has no sample row"))?;
        out.write_all(before.as_bytes())?;
        self.write_rows(&styles, out)?;
        out.write_all(after.as_bytes())?;
        Ok(())
    }

    /// The head of the sheet, naming the cells that it has with all rows.
    fn with_dimension(&self, head: &str) -> Option<String> {
        const DIMENSION: &str = "<dimension ref=\"";
        let start = head.find(DIMENSION)? + DIMENSION.len();
        let end = start + head[start..].find('"')?;
        let last = row_col_to_cell(self.rows.len() as u32, self.columns.len() as u16 - 1);
        Some(format!("{}A1:{last}{}", &head[..start], &head[end..]))
    }

    fn write_rows(&self, styles: &Styles, out: &mut impl Write) -> io::Result<()> {
        let names = (0..self.columns.len()).map(|column| column_number_to_name(column as u16));
        let names: Vec<String> = names.collect();
        let rows = self.table.rows().skip(self.rows.start);
        let mut xml = String::new();
        for (number, row) in (SAMPLE + 1..).zip(rows.take(self.rows.len())) {
            xml.clear();
            // Writing to a string cannot fail.
            let _ = write!(xml, "<row r=\"{number}\">");
            for (name, cell) in names.iter().zip(&row[self.columns.clone()]) {
                let _ = write_cell(&mut xml, (name, number), cell, styles);
            }
            xml.push_str("</row>");
            out.write_all(xml.as_bytes())?;
        }
        Ok(())
    }
}

fn write_cell(
    xml: &mut String,
    (column, row): (&str, u32),
    cell: &Cell,
    styles: &Styles,
) -> std::fmt::Result {
    match cell {
        Cell::Empty => Ok(()),
        Cell::Text(value) => write_text(xml, (column, row), &cut(value), ""),
        Cell::Count(value) => number(xml, (column, row), *value as f64, &styles.count),
        Cell::Rate(value) => number(xml, (column, row), *value, &styles.rate),
        Cell::Share(value) => number(xml, (column, row), *value, &styles.share),
        Cell::Date(date) => match excel_date(*date) {
            Some(date) => number(xml, (column, row), date.to_excel(), &styles.date),
            None => write_text(xml, (column, row), &date.to_string(), &styles.date),
        },
    }
}

fn number(
    xml: &mut String,
    (column, row): (&str, u32),
    value: f64,
    style: &str,
) -> std::fmt::Result {
    write!(xml, "<c r=\"{column}{row}\"{style}><v>{value}</v></c>")
}

fn write_text(
    xml: &mut String,
    (column, row): (&str, u32),
    text: &str,
    style: &str,
) -> std::fmt::Result {
    let is_kept = text.starts_with(BLANKS) || text.ends_with(BLANKS);
    let space = if is_kept {
        " xml:space=\"preserve\""
    } else {
        ""
    };
    write!(
        xml,
        "<c r=\"{column}{row}\"{style} t=\"inlineStr\"><is><t{space}>"
    )?;
    escape(text, xml);
    xml.push_str("</t></is></c>");
    Ok(())
}

/// White space that readers of XML drop at the ends of a text.
const BLANKS: [char; 3] = ['\t', '\n', ' '];

/// Adds text without control characters, as Excel has it: `_xHHHH_` stands for a character (ECMA-376-1, 22.9.2.19), so
/// that a text which has this in it is written with its `_` as `_x005F_`.
fn escape(text: &str, xml: &mut String) {
    for (at, ch) in text.char_indices() {
        match ch {
            '&' => xml.push_str("&amp;"),
            '<' => xml.push_str("&lt;"),
            '>' => xml.push_str("&gt;"),
            '_' if is_code(&text.as_bytes()[at..]) => xml.push_str("_x005F_"),
            '\u{fffe}' => xml.push_str("_xFFFE_"),
            '\u{ffff}' => xml.push_str("_xFFFF_"),
            ch => xml.push(ch),
        }
    }
}

fn is_code(bytes: &[u8]) -> bool {
    matches!(bytes, [b'_', b'x', code @ ..] if code.len() > 4
        && code[..4].iter().all(u8::is_ascii_hexdigit)
        && code[4] == b'_')
}

#[cfg(test)]
mod tests {
    use calamine::{Reader, Xlsx};

    use super::*;
    use crate::document::Date;
    use crate::report::table::{Language, Sheet};
    use crate::report::workbook::workbook;

    /// Formats of the cells of a sheet's rows under its header.
    fn styles(book: &[u8], sheet: usize) -> Vec<String> {
        let mut book = zip::ZipArchive::new(Cursor::new(book)).expect("an archive");
        let name = format!("xl/worksheets/sheet{sheet}.xml");
        let mut xml = String::new();
        let mut part = book.by_name(&name).expect("the sheet");
        part.read_to_string(&mut xml).expect("XML");
        let cells = xml.split("<row r=\"2\"").nth(1).expect("a row");
        let cells = cells.split("<c r=\"").skip(1);
        let style = |cell: &str| {
            let (place, _) = cell.split_once('"')?;
            let (start, _) = cell.split_once('>')?;
            let style = start.split_once(" s=\"").map(|(_, style)| style);
            let style = style.and_then(|style| style.split('"').next());
            Some(format!("{place} {}", style.unwrap_or("none")))
        };
        cells.filter_map(style).collect()
    }

    #[test]
    fn rows_of_a_large_sheet_are_as_the_library_has_them() {
        let date = |year, month, day| Cell::Date(Date::new(year, month, day).expect("a date"));
        let text = |text: &str| Cell::Text(text.into());
        let rows = vec![
            vec![
                text("=1+1"),
                Cell::Count(u64::MAX),
                Cell::Rate(1.0 / 3.0),
                Cell::Share(0.125),
                date(2009, Some(8), Some(20)),
                Cell::Empty,
                text(" 甲 & <乙>\n\u{7}_x0041_ _x41_ \u{ffff} "),
            ],
            vec![
                text("_x005f__x0041_"),
                Cell::Count(0),
                Cell::Rate(1e-9),
                Cell::Empty,
                date(1900, Some(1), Some(1)),
                date(2009, None, None),
                date(1896, Some(2), Some(3)),
            ],
            vec![Cell::Empty; 7],
            vec![text(&"长".repeat(40_000)); 7],
        ];
        let tables = [Sheet::Summary, Sheet::ByDocument].map(|sheet| {
            let header = (0..7).map(|column| format!("列{column}")).collect();
            Table::new(sheet, header, rows.clone())
        });
        let bytes = workbook(&tables, Language::Zh).expect("a workbook");
        assert_eq!(styles(&bytes, 1), styles(&bytes, 2));
        let mut book = Xlsx::new(Cursor::new(bytes)).expect("a readable workbook");
        let mut cells = |name| book.worksheet_range(name).expect("the sheet");
        assert_eq!(cells("汇总"), cells("按文档"));
    }
}
