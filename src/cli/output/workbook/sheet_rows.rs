//! The rows of a large sheet, written one at a time into the archive of a workbook.
//!
//! The library that writes workbooks holds every cell of a sheet, and the sheet as XML, in memory; its mode that does not
//! writes files of its own elsewhere, and panics where the disk is full. So it makes the sheet with its header, layout
//! and one sample row, and the other rows take the sample's place here (ECMA-376-1, 18.3.1.80, `sheetData`).

use std::fmt::Write as _;
use std::io::{self, Cursor, Read, Write};

use quick_xml::escape::partial_escape;
use rust_xlsxwriter::XlsxError;
use rust_xlsxwriter::utility::{column_number_to_name, row_col_to_cell};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipArchive, ZipWriter};

use super::sheet_part::{Slice, cut, excel_date};
use crate::cli::output::table::{Cell, Layout};

/// How the XML of the sample row begins.
// The file counts rows from 1, the library from 0.
const SAMPLE_START: &str = "<row r=\"2\"";
const ROWS_END: &str = "</sheetData>";
/// Cells of a sheet whose XML may be over 4 GiB.
const HUGE: usize = 10_000_000;

/// A sheet that has its header and a sample row, and the rows that belong there, at least one.
pub(super) struct LargeSheet<'a, 't> {
    /// Its number in the workbook, from 1.
    pub(super) number: usize,
    pub(super) slice: Slice<'a, 't>,
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
        // The library's own names; the format itself leaves them open (ECMA-376-2).
        let is_of =
            |sheet: &&LargeSheet| name == format!("xl/worksheets/sheet{}.xml", sheet.number);
        let Some(sheet) = sheets.iter().find(is_of) else {
            // Charts, formats and strings stay as the library has packed them.
            to.raw_copy_file(part)?;
            continue;
        };
        let mut xml = String::new();
        part.read_to_string(&mut xml)?;
        // Beyond 4 GiB of XML a part needs the larger fields of ZIP64; a cell takes 400 bytes at most on the mean.
        let is_huge = sheet.slice.rows.len() * usize::from(sheet.slice.n_columns()) > HUGE;
        to.start_file(name, options().large_file(is_huge))?;
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
    /// Of excerpts: text in lines, and a hit without anything around it.
    wrapped: String,
    hit: String,
    /// Of a concordance: the text before a hit, and the hit.
    before: String,
    middle: String,
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
            // Sheets without hits have four sample cells.
            wrapped: next().unwrap_or_default(),
            hit: next().unwrap_or_default(),
            before: next().unwrap_or_default(),
            middle: next().unwrap_or_default(),
        })
    }

    /// Of text in this column of a sheet.
    fn of_text(&self, layout: Layout, column: usize) -> &str {
        match (layout, column) {
            (Layout::Kwic { .. }, 0) => &self.before,
            (Layout::Kwic { .. }, 1) => &self.middle,
            _ if layout.left().is_some() => &self.wrapped,
            // The cells of a matrix are too many to be wrapped: rows of several heights are slow to scroll.
            _ => "",
        }
    }
}

impl LargeSheet<'_, '_> {
    fn write(&self, xml: &str, out: &mut impl Write) -> Result<(), XlsxError> {
        // Neither mark is in a text: `<` is escaped there.
        let parts = xml.find(SAMPLE_START).zip(xml.find(ROWS_END));
        let parts = parts.map(|(start, end)| (&xml[..start], &xml[start..end], &xml[end..]));
        let read = parts.and_then(|(before, sample, after)| {
            let before = self.with_dimension(before)?;
            Some((before, Styles::read(sample)?, after))
        });
        let (before, styles, after) =
            // It means that the library writes other XML than it did.
            read.ok_or_else(|| io::Error::other("a sheet has no sample row"))?;
        out.write_all(before.as_bytes())?;
        self.write_rows(&styles, out)?;
        out.write_all(after.as_bytes())?;
        Ok(())
    }

    /// The head of the sheet, naming the cells that it has with all rows.
    // Some readers look no further than the head says (ECMA-376-1, 18.3.1.35, `dimension`).
    fn with_dimension(&self, head: &str) -> Option<String> {
        const DIMENSION: &str = "<dimension ref=\"";
        let start = head.find(DIMENSION)? + DIMENSION.len();
        let end = start + head[start..].find('"')?;
        let slice = &self.slice;
        let last = row_col_to_cell(slice.rows.len() as u32, slice.n_columns() - 1);
        Some(format!("{}A1:{last}{}", &head[..start], &head[end..]))
    }

    fn write_rows(&self, styles: &Styles, out: &mut impl Write) -> io::Result<()> {
        let slice = &self.slice;
        let names: Vec<String> = (0..slice.n_columns()).map(column_number_to_name).collect();
        let widths = slice.widths();
        let left = slice.table.layout.left();
        let mut row = Row {
            xml: String::new(),
            number: 0,
            styles,
            text: "",
        };
        for (number, cells) in slice.rows() {
            row.number = number + 1;
            // The memory of the last row is used again.
            row.xml.clear();
            let height = match left {
                Some(_) => height(slice.height(&cells, &widths)),
                None => String::new(),
            };
            row.push(format_args!("<row r=\"{}\"{height}>", number + 1));
            for (ord, (name, cell)) in names.iter().zip(&cells[slice.columns.clone()]).enumerate() {
                row.text = styles.of_text(slice.table.layout, ord);
                row.cell(name, cell);
            }
            let context = left.filter(|_| slice.table.layout.has_context());
            if let Some((left, column)) = context.zip(names.last()) {
                row.context(column, &cells[left..left + 3]);
            }
            row.xml.push_str("</row>");
            out.write_all(row.xml.as_bytes())?;
        }
        Ok(())
    }
}

/// The attributes of a row of this height in points, which the library rounds to pixels.
fn height(points: f64) -> String {
    /// The height that rows have without.
    const USUAL: f64 = 20.0;
    // 96 pixels and 72 points are an inch.
    let pixels = (points * 4.0 / 3.0).round();
    if pixels == USUAL {
        return String::new();
    }
    // Without `customHeight` a program may adjust the row to its own fonts (ECMA-376-1, 18.3.1.73).
    format!(" ht=\"{}\" customHeight=\"1\"", pixels * 0.75)
}

/// A row being written.
struct Row<'a> {
    xml: String,
    /// From 1, which is the header.
    number: u32,
    styles: &'a Styles,
    /// Attribute of text.
    text: &'a str,
}

/// Fonts of the parts of an excerpt in its context: of the hit, and of what is after it; what is before has the cell's.
const HIT_FONT: &str = "<rPr><b/><sz val=\"11\"/><color rgb=\"FFC00000\"/><rFont val=\"Calibri\"/><family val=\"2\"/>\
     <scheme val=\"minor\"/></rPr>";
const PLAIN_FONT: &str = "<rPr><sz val=\"11\"/><color theme=\"1\"/><rFont val=\"Calibri\"/><family val=\"2\"/>\
     <scheme val=\"minor\"/></rPr>";

impl Row<'_> {
    fn push(&mut self, text: std::fmt::Arguments<'_>) {
        // Writing to a string cannot fail.
        let _ = self.xml.write_fmt(text);
    }

    fn cell(&mut self, column: &str, cell: &Cell) {
        let styles = self.styles;
        match cell {
            Cell::Empty | Cell::Gap => {}
            Cell::Text(value) => self.string(column, self.text, &[("", &cut(value))]),
            Cell::Count(value) => self.value(column, &styles.count, *value as f64),
            Cell::Rate(value) => self.value(column, &styles.rate, *value),
            Cell::Share(value) => self.value(column, &styles.share, *value),
            Cell::Date(date) => match excel_date(*date) {
                Some(date) => self.value(column, &styles.date, date.to_excel()),
                None => self.string(column, &styles.date, &[("", &date.to_string())]),
            },
        }
    }

    /// The hit in colour between its left and right context: three cells.
    fn context(&mut self, column: &str, cells: &[Cell]) {
        let fonts = ["", HIT_FONT, PLAIN_FONT];
        let parts = fonts.into_iter().zip(cells);
        let parts = parts.map(|(font, cell)| (font, cut(&cell.plain())));
        // A text of several fonts may have no empty part.
        let parts: Vec<_> = parts.filter(|(_, text)| !text.is_empty()).collect();
        let styles = self.styles;
        match &parts[..] {
            [] => {}
            [(_, text)] => self.string(column, &styles.hit, &[("", text)]),
            parts => {
                let parts: Vec<_> = parts.iter().map(|(font, text)| (*font, &**text)).collect();
                self.string(column, &styles.wrapped, &parts);
            }
        }
    }

    fn value(&mut self, column: &str, style: &str, value: f64) {
        let number = self.number;
        self.push(format_args!(
            "<c r=\"{column}{number}\"{style}><v>{value}</v></c>"
        ));
    }

    /// Text of parts, each with its font if there are several.
    fn string(&mut self, column: &str, style: &str, parts: &[(&str, &str)]) {
        let number = self.number;
        // Inside the cell: a shared table of strings would have to be held whole (ECMA-376-1, 18.18.11).
        self.push(format_args!(
            "<c r=\"{column}{number}\"{style} t=\"inlineStr\"><is>"
        ));
        for (font, text) in parts {
            // Without `xml:space` readers may drop blanks at the ends (XML 1.0, 2.10).
            let is_kept = text.starts_with(BLANKS) || text.ends_with(BLANKS);
            let space = if is_kept {
                " xml:space=\"preserve\""
            } else {
                ""
            };
            let (start, end) = match parts.len() {
                1 => ("", ""),
                _ => ("<r>", "</r>"),
            };
            self.push(format_args!("{start}{font}<t{space}>"));
            escape(text, &mut self.xml);
            self.push(format_args!("</t>{end}"));
        }
        self.xml.push_str("</is></c>");
    }
}

/// White space that readers of XML drop at the ends of a text.
const BLANKS: [char; 3] = ['\t', '\n', ' '];

/// Adds text without control characters, as Excel has it: `_xHHHH_` stands for a character (ECMA-376-1, 22.9.2.19), so
/// that a text which has this in it is written with its `_` as `_x005F_`.
fn escape(text: &str, xml: &mut String) {
    for (at, ch) in text.char_indices() {
        match ch {
            '_' if is_code(&text.as_bytes()[at..]) => xml.push_str("_x005F_"),
            // No characters of XML 1.0 (2.2), even as references.
            '\u{fffe}' => xml.push_str("_xFFFE_"),
            '\u{ffff}' => xml.push_str("_xFFFF_"),
            ch => xml.push_str(&partial_escape(&*ch.encode_utf8(&mut [0; 4]))),
        }
    }
}

/// Whether the bytes begin with `_xHHHH_`.
fn is_code(bytes: &[u8]) -> bool {
    matches!(bytes, [b'_', b'x', code @ ..] if code.len() > 4
        && code[..4].iter().all(u8::is_ascii_hexdigit)
        && code[4] == b'_')
}

#[cfg(test)]
mod tests {
    use calamine::{Reader, Xlsx};

    use super::*;
    use xunzhang::document::Date;

    use super::super::workbook;
    use crate::cli::messages::Lang;
    use crate::cli::output::table::Table;

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
        let layouts = [("汇总", Layout::Years), ("按文档", Layout::Matrix)];
        let tables = layouts.map(|(name, layout)| {
            let header = (0..7).map(|column| format!("列{column}")).collect();
            Table::new("a", name, layout, header).with(rows.clone())
        });
        let bytes = workbook(&tables, Lang::Zh).expect("a workbook");
        assert_eq!(styles(&bytes, 1), styles(&bytes, 2));
        let mut book = Xlsx::new(Cursor::new(bytes)).expect("a readable workbook");
        let mut cells = |name| book.worksheet_range(name).expect("the sheet");
        assert_eq!(cells("汇总"), cells("按文档"));
    }

    #[test]
    fn a_concordance_lines_up_and_is_printed_as_far_as_it_is_cited() {
        let row = ["各村整修", "水渠", "三条", "总结", "甲.txt:2", "甲.txt"];
        let row = row.map(|text| Cell::Text(text.into())).to_vec();
        let header = (0..6).map(|column| format!("列{column}")).collect();
        let layout = Layout::Kwic { printed: 5 };
        let table = Table::new("a", "共现", layout, header).with(vec![row]);
        let bytes = workbook(&[table], Lang::Zh).expect("a workbook");
        let styles = styles(&bytes, 1);
        let style = |ord: usize| styles[ord].split_once(' ').expect("a style").1;
        // The hit's sides are aligned to it; there is no further column with all three.
        assert_eq!(styles.len(), 6);
        assert!(style(0) != style(1) && style(1) != style(2) && style(0) != style(2));
        assert_eq!(style(2), style(3));
        let mut book = ZipArchive::new(Cursor::new(&bytes[..])).expect("an archive");
        let mut xml = String::new();
        let mut part = book.by_name("xl/workbook.xml").expect("the book");
        part.read_to_string(&mut xml).expect("XML");
        assert!(xml.contains("$A$1:$E$2"), "{xml}");
    }

    #[test]
    fn excerpts_are_shown_in_their_context() {
        const BEFORE: usize = 9;
        let excerpt = |parts: [&str; 3]| {
            let mut row = vec![Cell::Text("渠".into()); BEFORE];
            row.extend(parts.map(|part| Cell::Text(part.into())));
            row.push(Cell::Empty);
            row
        };
        let rows = vec![
            excerpt([" 整修", "水\u{202e}渠", "<三>条"]),
            excerpt(["", "水渠", "三条"]),
            excerpt(["", "水渠", ""]),
            excerpt([&"长".repeat(50), "水渠", ""]),
        ];
        let header = (0..13).map(|column| format!("列{column}")).collect();
        let table = Table::new("a", "摘录", Layout::Hits { left: BEFORE }, header).with(rows);
        let bytes = workbook(&[table], Lang::Zh).expect("a workbook");
        let mut book = ZipArchive::new(Cursor::new(&bytes[..])).expect("an archive");
        let mut xml = String::new();
        let mut part = book.by_name("xl/worksheets/sheet1.xml").expect("the sheet");
        part.read_to_string(&mut xml).expect("XML");
        assert!(xml.contains(&format!(
            "<is><r><t xml:space=\"preserve\"> 整修</t></r><r>{HIT_FONT}<t>水 渠</t></r><r>{PLAIN_FONT}<t>&lt;三&gt;条</t></r></is>"
        )));
        assert!(
            xml.contains("<row r=\"2\">")
                && xml.contains("<row r=\"5\" ht=\"75\" customHeight=\"1\">")
        );
        let mut book = Xlsx::new(Cursor::new(bytes.clone())).expect("a readable workbook");
        let cells = book.worksheet_range("摘录").expect("the sheet");
        let contexts: Vec<String> = cells.rows().map(|row| row[13].to_string()).collect();
        assert_eq!(
            contexts[..4],
            ["语境", " 整修水 渠<三>条", "水渠三条", "水渠"]
        );
    }
}
