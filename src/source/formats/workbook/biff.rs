//! Cell formats, comments and text boxes of workbooks of 97 to 2003 (`.xls`, [MS-XLS]), which the reader of
//! cells omits. No number is trusted: a reference that points outside is ignored.

use std::collections::{BTreeMap, HashMap};

use super::shown::built_in;
use crate::source::ole;

/// The formats and texts of the sheets.
#[derive(Default)]
pub(super) struct Formats {
    /// The codes of number formats, by the ordinal of a cell's style.
    codes: Vec<String>,
    sheets: BTreeMap<String, Sheet>,
    pub(super) is_1904: bool,
}

#[derive(Default)]
struct Sheet {
    /// The styles of numbers, by row and column, except the general one.
    styles: HashMap<(u32, u32), u16>,
    /// Comments and text boxes.
    texts: Vec<String>,
}

/// Kinds of records ([MS-XLS] 2.3).
mod kind {
    pub(super) const FORMULA: u16 = 0x0006;
    pub(super) const EOF: u16 = 0x000a;
    pub(super) const DATE_MODE: u16 = 0x0022;
    pub(super) const CONTINUE: u16 = 0x003c;
    pub(super) const SHEET: u16 = 0x0085;
    pub(super) const MULTIPLE_RK: u16 = 0x00bd;
    pub(super) const STYLE: u16 = 0x00e0;
    pub(super) const TEXT: u16 = 0x01b6;
    pub(super) const NUMBER: u16 = 0x0203;
    pub(super) const RK: u16 = 0x027e;
    pub(super) const FORMAT: u16 = 0x041e;
    pub(super) const BEGIN: u16 = 0x0809;
}
/// What the records of the whole workbook say, before those of its sheets.
#[derive(Default)]
struct BookParts {
    is_1904: bool,
    /// The codes of formats that the file defines.
    codes: HashMap<u16, String>,
    /// The format of each cell style.
    styles: Vec<u16>,
    /// The names of the sheets with their positions in the file.
    places: Vec<(String, usize)>,
}

impl BookParts {
    fn take(&mut self, kind: u16, body: &[u8]) {
        match kind {
            kind::DATE_MODE => self.is_1904 = u16_at(body, 0) == Some(1),
            kind::FORMAT => {
                let text = u16_at(body, 2).and_then(|len| text(body, 4, usize::from(len)));
                self.codes.extend(u16_at(body, 0).zip(text));
            }
            kind::STYLE => self.styles.push(u16_at(body, 2).unwrap_or(0)),
            kind::SHEET => {
                let at = u32_at(body, 0).map(|at| at as usize);
                let name = body.get(6).and_then(|&len| text(body, 7, usize::from(len)));
                self.places.extend(name.zip(at));
            }
            _ => {}
        }
    }

    /// The code of each cell style. Built-in formats are not stored in the file.
    fn codes_of_styles(&self) -> Vec<String> {
        let code = |id: &u16| match built_in(u32::from(*id)) {
            Some(code) => code.to_owned(),
            None => {
                let own = self.codes.get(id);
                own.map_or("General", String::as_str).to_owned()
            }
        };
        self.styles.iter().map(code).collect()
    }
}

impl Formats {
    /// Reads those of the workbook in `bytes`; empty if it is of another kind.
    pub(super) fn read(bytes: &[u8]) -> Self {
        let Some((book, _)) = ole::stream(bytes, "Workbook") else {
            return Self::default();
        };
        // The version of Excel 97.
        if u16_at(&book, 0) != Some(kind::BEGIN) || u16_at(&book, 4) != Some(0x0600) {
            return Self::default();
        }
        let mut book_parts = BookParts::default();
        for (kind, body) in records(&book, 0).take_while(|(kind, _)| *kind != kind::EOF) {
            book_parts.take(kind, body);
        }
        let mut formats = Self {
            codes: book_parts.codes_of_styles(),
            is_1904: book_parts.is_1904,
            ..Self::default()
        };
        for (name, at) in book_parts.places {
            let sheet = formats.sheet(&book, at);
            formats.sheets.insert(name, sheet);
        }
        formats
    }

    fn sheet(&self, book: &[u8], at: usize) -> Sheet {
        let mut sheet = Sheet::default();
        // Charts are nested in a sheet with a beginning and an end of their own.
        let mut depth = 0usize;
        let mut n_awaited = 0;
        for (kind, body) in records(book, at) {
            let place = || Some((u32::from(u16_at(body, 0)?), u32::from(u16_at(body, 2)?)));
            match kind {
                kind::BEGIN => depth += 1,
                kind::EOF if depth <= 1 => break,
                kind::EOF => depth -= 1,
                kind::NUMBER | kind::RK | kind::FORMULA => {
                    if let (Some(place), Some(style)) = (place(), u16_at(body, 4)) {
                        self.add(&mut sheet, place, style);
                    }
                }
                kind::MULTIPLE_RK => {
                    if let Some(first) = place() {
                        self.add_run(&mut sheet, first, body);
                    }
                }
                // TxO announces its text, which follows in a Continue record ([MS-XLS] 2.4.329).
                kind::TEXT => n_awaited = u16_at(body, 10).map_or(0, usize::from),
                kind::CONTINUE if n_awaited > 0 => {
                    sheet.texts.extend(text(body, 0, n_awaited));
                    n_awaited = 0;
                }
                _ => {}
            }
        }
        sheet
    }
    /// Adds the cells of a MulRk from `first` on: six bytes for each cell between the position and the last
    /// column ([MS-XLS] 2.4.175).
    fn add_run(&self, sheet: &mut Sheet, (row, first): (u32, u32), body: &[u8]) {
        let n_cells = body.len().saturating_sub(6) / 6;
        for (column, ord) in (first..).zip(0..n_cells) {
            if let Some(style) = u16_at(body, 4 + ord * 6) {
                self.add(sheet, (row, column), style);
            }
        }
    }

    fn add(&self, sheet: &mut Sheet, place: (u32, u32), style: u16) {
        let code = self.codes.get(usize::from(style));
        if code.is_some_and(|code| code != "General") {
            sheet.styles.insert(place, style);
        }
    }

    /// The code of a cell's number format; `None` if it has none.
    pub(super) fn code(&self, sheet: &str, place: (u32, u32)) -> Option<&str> {
        let style = self.sheets.get(sheet)?.styles.get(&place)?;
        self.codes.get(usize::from(*style)).map(String::as_str)
    }

    /// The comments and text boxes of each sheet, one line each.
    pub(super) fn texts(&self) -> impl Iterator<Item = (&str, Vec<String>)> {
        self.sheets.iter().map(|(name, sheet)| {
            let lines = sheet.texts.iter().flat_map(|text| text.split(['\n', '\r']));
            let lines = lines.map(str::trim).filter(|line| !line.is_empty());
            (&**name, lines.map(str::to_owned).collect())
        })
    }
}

/// The records from `at` on: kind and content.
fn records(book: &[u8], at: usize) -> impl Iterator<Item = (u16, &[u8])> {
    let mut rest = book.get(at..).unwrap_or_default();
    std::iter::from_fn(move || {
        let (kind, len) = (u16_at(rest, 0)?, usize::from(u16_at(rest, 2)?));
        let body = rest.get(4..4 + len)?;
        rest = &rest[4 + len..];
        Some((kind, body))
    })
}

/// A text of `len` characters whose flag is at `at`: one byte for each of them, or two.
fn text(body: &[u8], at: usize, len: usize) -> Option<String> {
    let is_wide = body.get(at)? & 1 != 0;
    let rest = &body[at + 1..];
    if is_wide {
        let units: Vec<u16> = rest
            .chunks_exact(2)
            .take(len)
            .map(|two| u16::from_le_bytes([two[0], two[1]]))
            .collect();
        Some(String::from_utf16_lossy(&units))
    } else {
        Some(
            rest.iter()
                .take(len)
                .map(|&byte| char::from(byte))
                .collect(),
        )
    }
}

fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    let two = bytes.get(at..at + 2)?;
    Some(u16::from_le_bytes([two[0], two[1]]))
}

fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    let four = bytes.get(at..at + 4)?;
    Some(u32::from_le_bytes([four[0], four[1], four[2], four[3]]))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record(kind: u16, body: &[u8]) -> Vec<u8> {
        let len = u16::try_from(body.len()).expect("a short record");
        [&kind.to_le_bytes()[..], &len.to_le_bytes(), body].concat()
    }

    fn numbers(numbers: &[u16]) -> Vec<u8> {
        numbers
            .iter()
            .flat_map(|number| number.to_le_bytes())
            .collect()
    }

    /// A file whose second style is of percentages.
    fn formats() -> Formats {
        Formats {
            codes: ["General", "0%"].map(str::to_owned).to_vec(),
            ..Formats::default()
        }
    }

    /// The format of a cell and the texts of a sheet of these records.
    fn sheet(records: &[Vec<u8>]) -> Formats {
        let mut formats = formats();
        let sheet = formats.sheet(&records.concat(), 0);
        formats.sheets.insert("表".to_owned(), sheet);
        formats
    }

    #[test]
    fn the_workbook_names_its_formats_and_sheets() {
        let mut book = BookParts::default();
        let format = [&numbers(&[164, 4])[..], &[0], b"0.0%"].concat();
        let wide = [&numbers(&[165, 1])[..], &[1], &numbers(&[u16::from(b'@')])].concat();
        let sheet = [&700u32.to_le_bytes()[..], &[0, 0, 2, 0], b"S1"].concat();
        book.take(kind::DATE_MODE, &numbers(&[1]));
        book.take(kind::FORMAT, &format);
        book.take(kind::FORMAT, &wide);
        for format in [164, 165, 9, 999] {
            book.take(kind::STYLE, &numbers(&[0, format]));
        }
        book.take(kind::SHEET, &sheet);
        assert!(book.is_1904);
        // Format 9 is built in; what no one defines is general.
        assert_eq!(book.codes_of_styles(), ["0.0%", "@", "0%", "General"]);
        assert_eq!(book.places, [("S1".to_owned(), 700)]);
    }

    #[test]
    fn cells_have_the_format_of_their_style() {
        let begin = record(kind::BEGIN, &[]);
        let number = record(kind::NUMBER, &numbers(&[2, 3, 1]));
        let run = [
            numbers(&[5, 1]),
            numbers(&[1, 0, 0, 1, 0, 0]),
            numbers(&[2]),
        ]
        .concat();
        let end = record(kind::EOF, &[]);
        let found = sheet(&[begin, number, record(kind::MULTIPLE_RK, &run), end]);
        for place in [(2, 3), (5, 1), (5, 2)] {
            assert_eq!(found.code("表", place), Some("0%"), "{place:?}");
        }
        assert_eq!(found.code("表", (5, 3)), None);
        assert_eq!(found.code("另一表", (2, 3)), None);
    }

    #[test]
    fn a_chart_in_a_sheet_does_not_end_it() {
        let (begin, end) = (record(kind::BEGIN, &[]), record(kind::EOF, &[]));
        let cell = |row| record(kind::RK, &numbers(&[row, 0, 1]));
        let nested = [
            begin.clone(),
            begin,
            end.clone(),
            cell(1),
            end.clone(),
            cell(2),
        ];
        let found = sheet(&nested);
        assert_eq!(found.code("表", (1, 0)), Some("0%"));
        // What follows the end is another sheet.
        assert_eq!(found.code("表", (2, 0)), None);
    }

    #[test]
    fn comments_and_text_boxes_are_in_the_record_after_theirs() {
        let text_of = |len: u16| record(kind::TEXT, &numbers(&[0, 0, 0, 0, 0, len]));
        let narrow = record(kind::CONTINUE, &[&[0], &b"a\nb"[..]].concat());
        let wide = record(
            kind::CONTINUE,
            &[&[1], &numbers(&[0x56ed, 0x533a])[..]].concat(),
        );
        // A second one holds the formatting of the text.
        let formatting = record(kind::CONTINUE, &[0, b'x']);
        let found = sheet(&[text_of(3), narrow, formatting, text_of(2), wide]);
        let texts: Vec<_> = found.texts().collect();
        let expected = ["a", "b", "园区"].map(str::to_owned).to_vec();
        assert_eq!(texts, [("表", expected)]);
    }

    #[test]
    fn what_points_outside_is_ignored() {
        let whole = record(kind::NUMBER, &numbers(&[2, 3, 1]));
        for end in 0..whole.len() {
            assert_eq!(records(&whole[..end], 0).count(), 0, "{end}");
        }
        assert_eq!(records(&whole, 0).count(), 1);
        assert_eq!(records(&whole, whole.len() + 1).count(), 0);
        // Shorter bodies than the record needs.
        for len in 0..6 {
            let short = record(kind::NUMBER, &numbers(&[2, 3, 1])[..len]);
            assert_eq!(sheet(&[short]).code("表", (2, 3)), None, "{len}");
        }
        assert_eq!(text(&[], 0, 5), None);
        assert_eq!(text(&[0, b'a'], 0, 5).as_deref(), Some("a"));
    }
}
