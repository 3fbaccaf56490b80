//! One sheet: its cells as displayed, and their interpretation as records or table.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::io::Cursor;

use calamine::{Data, DataRef, Range, Reader, Sheets, Style as CellStyle, Xlsx};

use super::biff::Formats;
use super::book::Book;
use super::calendar::Moment;
use super::shown::{built_in, general, shown};
use crate::document::{self, Line, SourceMetadata, Style};
use crate::source::Warning;
use crate::source::formats::blocks::one_line;
use crate::source::formats::{Raw, columns};
use crate::source::records::{Columns, FieldMap, Row};
use crate::text::visible::n_visible;

/// Rows from the top that may contain the header.
const HEADER_ROWS: usize = 5;
/// Maximum length of a cell in Excel, in UTF-16 units.
const MAX_CELL: usize = 32_767;
/// Maximum length of a sheet's title, in characters.
const MAX_TITLE: usize = 60;

/// The non-empty rows of a sheet, by their number from 0; of each the filled cells, by their column.
#[derive(Default)]
pub(super) struct Sheet {
    pub(super) rows: BTreeMap<u32, Vec<(u32, String)>>,
    pub(super) failure: Option<calamine::Error>,
    /// Whether the file is cut off in it.
    pub(super) is_broken: bool,
    /// The columns that have any cell.
    columns: BTreeSet<u32>,
    n_cut: usize,
}

/// The lines of a sheet, with the number of characters read for them.
#[derive(Default)]
struct SheetText {
    lines: Vec<Line>,
    n_read: u64,
}

impl SheetText {
    fn add(&mut self, number: u32, text: String, style: Style, n_read: u64) {
        self.n_read += n_read;
        self.lines.push(Line {
            number,
            text,
            style,
        });
    }
}

/// The row that names the columns of records.
pub(super) struct Header {
    row: u32,
    names: Vec<String>,
    pub(super) columns: Columns,
}

impl Sheet {
    pub(super) fn read(book: &mut Book<'_>, name: &str, formats: &Formats) -> Self {
        let mut sheet = Self::default();
        let read = match book {
            // Cell by cell, since a single one in the last row would make a table of millions.
            Sheets::Xlsx(book) => sheet.add_cells(book, name),
            book => book
                .worksheet_range(name)
                .map(|range| sheet.add_range(&range, name, formats)),
        };
        sheet.failure = read.err();
        for cells in sheet.rows.values_mut() {
            cells.sort_by_key(|(column, _)| *column);
        }
        sheet
    }

    fn add_cells(
        &mut self,
        book: &mut Xlsx<Cursor<Cow<'_, [u8]>>>,
        name: &str,
    ) -> Result<(), calamine::Error> {
        let is_1904 = book.has_1904_epoch();
        let mut cells = book.worksheet_cells_reader(name)?;
        let codes: Vec<String> = cells.styles().iter().map(code).collect();
        while let Some((cell, style)) = cells.next_cell_with_style_id()? {
            let (row, column) = cell.get_position();
            let code = codes.get(style).map_or("General", String::as_str);
            let text = match cell.get_value() {
                DataRef::Float(value) => shown(*value, code, is_1904),
                // Without a format, integers are displayed as they are.
                DataRef::Int(value) if code != "General" => shown(*value as f64, code, is_1904),
                DataRef::DateTime(date) => shown(date.as_f64(), code, is_1904),
                value => words(&Data::from(value.clone())),
            };
            self.add(row, column, text);
        }
        Ok(())
    }

    fn add_range(&mut self, range: &Range<Data>, name: &str, formats: &Formats) {
        let (top, left) = range.start().unwrap_or_default();
        for (row, column, cell) in range.used_cells() {
            let (row, column) = (top + row as u32, left + column as u32);
            let number = match cell {
                Data::Float(value) => Some(*value),
                Data::Int(value) => Some(*value as f64),
                Data::DateTime(date) => Some(date.as_f64()),
                _ => None,
            };
            // The formats of these workbooks are read separately, by sheet and cell.
            let text = match (number, formats.code(name, (row, column))) {
                (Some(value), Some(code)) => shown(value, code, formats.is_1904),
                _ => words(cell),
            };
            self.add(row, column, text);
        }
    }

    pub(super) fn add(&mut self, row: u32, column: u32, text: String) {
        if text.trim().is_empty() {
            return;
        }
        // UTF-8 is never shorter than UTF-16, so that most cells need not be counted.
        self.n_cut +=
            usize::from(text.len() >= MAX_CELL && text.encode_utf16().count() >= MAX_CELL);
        self.columns.insert(column);
        self.rows.entry(row).or_default().push((column, text));
    }

    pub(super) fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    pub(super) fn notices(&self) -> Vec<Warning> {
        let cut = (self.n_cut > 0).then_some(Warning::CutCells(self.n_cut));
        let is_broken = self.failure.is_some() || self.is_broken;
        let broken = is_broken.then_some(Warning::Incomplete);
        cut.into_iter().chain(broken).collect()
    }

    /// The cells of a row, without columns that are empty in the whole sheet.
    fn cells(&self, row: &[(u32, String)]) -> Vec<String> {
        let mut cells = Vec::new();
        let mut filled = row.iter().peekable();
        for &column in &self.columns {
            let Some((next, text)) = filled.peek() else {
                break;
            };
            if *next == column {
                cells.push(text.clone());
                filled.next();
            } else {
                cells.push(String::new());
            }
        }
        cells
    }

    /// The row that names a text column, if there is one.
    pub(super) fn header(&self, map: &FieldMap) -> Option<Header> {
        // Twice as many, so that the last possible header has rows below it to judge by.
        let rows = self.rows.iter().take(HEADER_ROWS * 2);
        let rows: Vec<(u32, Vec<String>)> =
            rows.map(|(&row, cells)| (row, self.cells(cells))).collect();
        for (ord, (row, names)) in rows.iter().enumerate().take(HEADER_ROWS) {
            let below = rows[ord + 1..].iter().take(HEADER_ROWS);
            let below: Vec<&[String]> = below.map(|(_, cells)| &cells[..]).collect();
            let columns = Columns::of_table(names, &below, map);
            if columns.has_text() && !below.is_empty() {
                return Some(Header {
                    row: *row,
                    names: names.clone(),
                    columns,
                });
            }
        }
        None
    }

    /// Removes and returns the rows above the header.
    pub(super) fn take_above(&mut self, header: &Header) -> Self {
        let below = self.rows.split_off(&header.row);
        Self {
            rows: std::mem::replace(&mut self.rows, below),
            columns: self.columns.clone(),
            ..Self::default()
        }
    }

    pub(super) fn records(&mut self, header: &Header, mut each: impl FnMut(Row)) {
        let rows = self.rows.split_off(&(header.row + 1));
        for row in rows.into_values() {
            let mut cells = self.cells(&row);
            // Rows may be longer or shorter than the header; cells beyond it have no name.
            let n_cells = cells.len().max(header.names.len());
            cells.resize(n_cells, String::new());
            let names = header.names.iter().cloned();
            let names = names.chain(std::iter::repeat(String::new()));
            each(Row::new(names.zip(cells)));
        }
    }

    /// The sheet as one document: its name if that is shown, one line for each row, numbered as in Excel, and
    /// the text outside its cells.
    pub(super) fn whole(&self, name: Option<&str>, beside: &[String]) -> Raw {
        let head: Vec<Vec<String>> = self
            .rows
            .values()
            .take(columns::DEPTH)
            .map(|row| self.cells(row))
            .collect();
        let headings = columns::headings(&head);
        let title = title(&head, headings.start);
        let mut text = SheetText::default();
        if let Some(name) = name.filter(|name| !is_default(name)) {
            text.add(1, name.to_owned(), Style::Heading(1), n_visible(name));
        }
        let mut last = 0;
        for (ord, (&row, filled)) in self.rows.iter().enumerate() {
            let n_read = filled.iter().map(|(_, text)| n_visible(text)).sum();
            last = row + 1;
            let cells = self.line(filled);
            if title == Some(ord) {
                text.add(last, cells.trim().to_owned(), Style::Title, n_read);
            } else {
                let is_header = headings.contains(&ord);
                let style = Style::Row(document::Row {
                    table: 1,
                    is_header,
                });
                text.add(last, cells, style, n_read);
            }
        }
        // Comments and text boxes follow the cells, with numbers after theirs.
        for (number, beside) in (last + 1..).zip(beside) {
            text.add(number, beside.clone(), Style::Plain, n_visible(beside));
        }
        Raw::whole(SourceMetadata::default(), text.lines, text.n_read)
    }

    /// A row as a line: its cells, separated by tabs.
    fn line(&self, filled: &[(u32, String)]) -> String {
        let cells = self.cells(filled);
        let cells: Vec<String> = cells.iter().map(|cell| one_line(cell)).collect();
        cells.join("\t")
    }
}

/// The row above the headings at `headings` that is the sheet's title: the first one, if it is one cell of
/// words.
fn title(rows: &[Vec<String>], headings: usize) -> Option<usize> {
    let first = rows.first().filter(|_| headings > 0)?;
    let mut filled = first.iter().filter(|cell| !cell.is_empty());
    let cell = filled.next().filter(|_| filled.next().is_none())?;
    let is_short = cell.chars().nth(MAX_TITLE).is_none();
    let is_words = cell.chars().filter(|ch| ch.is_alphabetic()).count() > 1;
    (is_short && is_words && !cell.ends_with(['。', '；', '：'])).then_some(0)
}

/// Whether a sheet has a default name, which carries no information.
fn is_default(name: &str) -> bool {
    let name = name.trim_end_matches(|ch: char| ch.is_ascii_digit());
    ["Sheet", "sheet", "工作表", "Table"].contains(&name.trim())
}

/// The code of a style's number format.
fn code(style: &CellStyle) -> String {
    let Some(format) = &style.number_format else {
        return "General".to_owned();
    };
    let code = format.format_code.as_str();
    // Built-in formats differ by language.
    let is_built_in = matches!(code, "General" | "" | "mm-dd-yy" | "m/d/yy h:mm");
    let built_in = format.format_id.and_then(built_in).filter(|_| is_built_in);
    built_in.unwrap_or(code).to_owned()
}

/// A cell as text where its format is unknown; dates as `2009-08-20`, with the time if there is one.
fn words(cell: &Data) -> String {
    match cell {
        Data::Empty => String::new(),
        Data::Bool(value) => if *value { "TRUE" } else { "FALSE" }.to_owned(),
        Data::Float(value) => general(*value),
        Data::DateTime(date) if date.is_datetime() => {
            // Only the reader's own conversion knows the epoch.
            let (year, month, day, hour, minute, second, _) = date.to_ymd_hms_milli();
            match (date.as_f64() < 1.0, hour, minute, second) {
                (true, hour, minute, second) => format!("{hour:02}:{minute:02}:{second:02}"),
                (false, 0, 0, 0) => format!("{year:04}-{month:02}-{day:02}"),
                (false, hour, minute, second) => {
                    format!("{year:04}-{month:02}-{day:02} {hour:02}:{minute:02}:{second:02}")
                }
            }
        }
        Data::DateTime(date) => Moment::of(date.as_f64(), false).map_or_else(
            || general(date.as_f64()),
            |_| shown(date.as_f64(), "[h]:mm:ss", false),
        ),
        Data::DateTimeIso(date) => date.trim_end_matches("T00:00:00").replacen('T', " ", 1),
        Data::String(text) => text.trim_end().to_owned(),
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sheet(cells: &[(u32, u32, &str)]) -> Sheet {
        let mut sheet = Sheet::default();
        for &(row, column, text) in cells {
            sheet.add(row, column, text.to_owned());
        }
        sheet
    }

    const CELLS: [(u32, u32, &str); 4] =
        [(2, 0, "行业"), (2, 1, "收入"), (3, 0, "工业"), (3, 1, "12")];

    #[test]
    fn a_sheet_is_a_line_for_each_row() {
        let raw = sheet(&CELLS).whole(None, &["批注".to_owned()]);
        let lines: Vec<(u32, &str)> = raw
            .lines
            .iter()
            .map(|line| (line.number, &*line.text))
            .collect();
        // Rows are numbered as in Excel; what is beside the cells comes after them.
        assert_eq!(lines, [(3, "行业\t收入"), (4, "工业\t12"), (5, "批注")]);
        assert_eq!(raw.n_read(), 2 + 2 + 2 + 2 + 2);
        assert_eq!(raw.lines[2].style, Style::Plain);
    }

    #[test]
    fn the_name_of_a_sheet_is_a_heading_unless_the_program_gave_it() {
        let first = |name: &str| {
            let raw = sheet(&CELLS).whole(Some(name), &[]);
            (raw.lines[0].text.clone(), raw.lines[0].style)
        };
        assert_eq!(first("收入表"), ("收入表".to_owned(), Style::Heading(1)));
        for name in ["Sheet1", "sheet", "工作表 2", "Table12"] {
            assert!(is_default(name), "{name}");
            assert_eq!(first(name).0, "行业\t收入", "{name}");
        }
        assert!(!is_default("Sheet1a") && !is_default("一季度"));
    }

    #[test]
    fn blank_cells_and_gaps_keep_their_columns() {
        let mut gaps = sheet(&[(0, 0, "甲"), (0, 2, "乙"), (1, 2, "丙\n丁"), (2, 1, " ")]);
        let texts: Vec<String> = gaps
            .whole(None, &[])
            .lines
            .into_iter()
            .map(|line| line.text)
            .collect();
        // A column that no row fills is left out, and a cell is one line.
        assert_eq!(texts.len(), 2);
        assert!(
            texts[1].starts_with('\t') && !texts[1].contains('\n'),
            "{texts:?}"
        );
        assert!(gaps.notices().is_empty());
        gaps.add(9, 0, "水".repeat(MAX_CELL));
        assert_eq!(gaps.notices().len(), 1);
        assert!(sheet(&[]).is_empty() && sheet(&[(0, 0, " ")]).is_empty());
    }
}
