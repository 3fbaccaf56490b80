//! Tables as CSV in UTF-8 with a byte order mark, so that Excel opens them as they are.

use std::io::{Cursor, Write};

use zip::write::SimpleFileOptions;

use xunzhang::source::mark::{Form, stamp};
use xunzhang::text::printable::is_steering;

use super::error::Error;
use super::table::{Cell, Table};

/// The table as CSV; lines end as RFC 4180 has them. Rates have four decimals, shares are from 0 to 1.
pub(in crate::cli) fn csv(table: &Table) -> Vec<u8> {
    let rows = table.rows();
    let rows = rows.map(|row| row.iter().map(field).collect::<Vec<_>>());
    rows_as_csv(&table.header, rows)
}

/// A header and rows of as many cells as CSV, each cell [`inert`].
fn rows_as_csv<R, C>(header: &[String], rows: impl IntoIterator<Item = R>) -> Vec<u8>
where
    R: IntoIterator<Item = C>,
    C: AsRef<str>,
{
    let mut out = "\u{feff}".as_bytes().to_vec();
    let mut writer = csv::WriterBuilder::new()
        .terminator(csv::Terminator::CRLF)
        .from_writer(&mut out);
    // Writing into memory cannot fail, and all lines are of one length.
    let mut written = writer.write_record(header.iter().map(|name| inert(name)));
    for row in rows {
        let cells = row.into_iter().map(|cell| inert(cell.as_ref()));
        written = written.and_then(|()| writer.write_record(cells));
    }
    debug_assert!(written.is_ok());
    let flushed = writer.flush();
    debug_assert!(flushed.is_ok());
    drop(writer);
    out
}

/// All tables in a ZIP archive, each under its name.
///
/// # Errors
/// [`Error::Archive`] if it grows over what ZIP can hold.
pub(in crate::cli) fn archive(tables: &[Table]) -> Result<Vec<u8>, Error> {
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let packed = (|| {
        for table in tables {
            let name = format!("{}.csv", table.name);
            archive.start_file(name, SimpleFileOptions::default())?;
            archive.write_all(&stamp(Form::Csv, &csv(table)))?;
        }
        archive.finish()
    })();
    packed.map(Cursor::into_inner).map_err(Error::Archive)
}

fn field(cell: &Cell) -> String {
    match cell {
        Cell::Rate(value) | Cell::Share(value) => format!("{value:.4}"),
        other => other.plain(),
    }
}

/// A cell of a table for people: nothing in it steers a terminal, and what a spreadsheet would take for a formula has an
/// apostrophe before it (OWASP, CSV Injection). Line feeds and tabs stay; numbers stay numbers, negative ones too.
///
/// A formula may have white space before it, and Chinese and Japanese editions of Excel take full-width signs as well.
pub(in crate::cli) fn inert(text: &str) -> String {
    let blank = |ch: char| match ch {
        '\n' | '\t' => ch,
        ch if is_steering(ch) => ' ',
        ch => ch,
    };
    let clean: String = text.chars().map(blank).collect();
    let is_passed_over = |ch: char| ch.is_whitespace() || is_invisible(ch);
    let start = clean.trim_start_matches(is_passed_over);
    let is_formula = start.starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠']);
    if is_formula && !is_number(&clean) {
        format!("'{clean}")
    } else {
        clean
    }
}

/// Characters of no width, which do not keep a spreadsheet from seeing what follows.
fn is_invisible(ch: char) -> bool {
    matches!(
        ch,
        '\u{ad}' | '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}'
    )
}

/// A number as we write it: digits, a point inside, a minus before.
fn is_number(text: &str) -> bool {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let (whole, decimals) = digits.split_once('.').unwrap_or((digits, "0"));
    [whole, decimals]
        .iter()
        .all(|part| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formulas_are_guarded_and_numbers_are_not() {
        for (text, expected) in [
            ("=1+1", "'=1+1"),
            ("+1", "'+1"),
            ("-1+cmd|' /C calc'!A0", "'-1+cmd|' /C calc'!A0"),
            ("@SUM(A1)", "'@SUM(A1)"),
            (" =1", "' =1"),
            ("\t=1", "'\t=1"),
            ("\r\n=1", "' \n=1"),
            ("　=1", "'　=1"),
            ("\u{feff}\u{200b}=1", "'\u{feff}\u{200b}=1"),
            ("＝1", "'＝1"),
            ("－工厂", "'－工厂"),
            ("-", "'-"),
            ("-5", "-5"),
            ("-0.25", "-0.25"),
            ("3.5", "3.5"),
            ("甲=乙", "甲=乙"),
            ("甲\u{1b}[2J\u{202e}乙", "甲 [2J 乙"),
            ("", ""),
        ] {
            assert_eq!(inert(text), expected, "{text:?}");
        }
    }
}
