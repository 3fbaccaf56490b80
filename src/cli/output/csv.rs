//! Tables as CSV in UTF-8 with a byte order mark, so that Excel opens them as they are.

use std::io::{self, Cursor, Write};

use zip::write::SimpleFileOptions;

use xunzhang::source::mark::{Form, stamp};
use xunzhang::text::printable::is_steering;

use super::error::Error;
use super::table::{Cell, Table};

/// The table as CSV that Excel opens as it is: with a byte order mark, and lines that end as RFC 4180 has them. Rates have
/// four decimals, shares are from 0 to 1.
pub(crate) fn csv(table: &Table) -> Vec<u8> {
    // Without the mark Excel reads the file in the system's code page, where Chinese in UTF-8 is garbled.
    let start = "\u{feff}".as_bytes().to_vec();
    // RFC 4180, section 2, rule 1.
    write(table, start, csv::Terminator::CRLF)
}

/// The same for programs: without the mark, and with a line feed at the end of a line.
pub(crate) fn plain_csv(table: &Table) -> Vec<u8> {
    write(table, Vec::new(), csv::Terminator::Any(b'\n'))
}

/// A header and rows as CSV after `out`, each cell [`inert`].
fn write(table: &Table, mut out: Vec<u8>, terminator: csv::Terminator) -> Vec<u8> {
    let mut writer = csv::WriterBuilder::new()
        .terminator(terminator)
        .from_writer(&mut out);
    // Writing into memory cannot fail, and all lines are of one length.
    let mut written = writer.write_record(table.header.iter().map(|name| inert(name)));
    for row in table.rows() {
        let cells = row.iter().map(|cell| inert(&field(cell)));
        written = written.and_then(|()| writer.write_record(cells));
    }
    debug_assert!(written.is_ok());
    let flushed = writer.flush();
    debug_assert!(flushed.is_ok());
    drop(writer);
    out
}

/// The separator of cells.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Separator {
    /// With quotation marks where a cell needs them (RFC 4180, but for the line feed at the end of a row).
    Comma,
    /// With blanks in the place of tabs and line feeds inside cells.
    Tab,
}

/// Writes a row, each cell [`inert`]: spreadsheets open both kinds, so that both are guarded, and a program that reads them
/// takes an apostrophe off before `=`, `+`, `-` or `@`. JSON Lines and TREC runs have values as they are.
pub(crate) fn write_row(
    out: &mut dyn Write,
    separator: Separator,
    cells: &[String],
) -> io::Result<()> {
    let cells: Vec<String> = cells.iter().map(|cell| inert(cell)).collect();
    match separator {
        Separator::Comma => {
            let mut writer = csv::Writer::from_writer(out);
            writer.write_record(cells)?;
            writer.flush()?;
        }
        Separator::Tab => {
            // A tab separates cells and cannot be quoted (IANA, `text/tab-separated-values`).
            let flat = |cell: &String| cell.replace(['\t', '\n'], " ");
            let cells: Vec<String> = cells.iter().map(flat).collect();
            writeln!(out, "{}", cells.join("\t"))?;
        }
    }
    Ok(())
}

/// All tables in a ZIP archive, each under its name.
///
/// # Errors
/// [`Error::Archive`] if it grows over what ZIP can hold.
pub(crate) fn archive(tables: &[Table]) -> Result<Vec<u8>, Error> {
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let packed = (|| {
        for table in tables {
            let name = format!("{}.csv", table.name);
            archive.start_file(name, SimpleFileOptions::default())?;
            // Each file has a mark of its own: taken out of the archive it is still known as ours.
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
pub(crate) fn inert(text: &str) -> String {
    let blank = |ch: char| match ch {
        '\n' | '\t' => ch,
        ch if is_steering(ch) => ' ',
        ch => ch,
    };
    let clean: String = text.chars().map(blank).collect();
    let is_passed_over = |ch: char| ch.is_whitespace() || is_invisible(ch);
    let start = clean.trim_start_matches(is_passed_over);
    let is_formula = start.starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠']);
    // An apostrophe would make text of a negative number.
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
    use std::io::Read;

    #[track_caller]
    fn check(separator: Separator, cells: &[&str], expected: &str) {
        let cells: Vec<String> = cells.iter().map(|&cell| cell.to_owned()).collect();
        let mut out = Vec::new();
        write_row(&mut out, separator, &cells).expect("written");
        assert_eq!(String::from_utf8(out).expect("UTF-8"), expected);
    }

    #[test]
    fn rows_stay_one_line_each() {
        check(
            Separator::Comma,
            &["一,二", "“三”", "\"四\""],
            "\"一,二\",“三”,\"\"\"四\"\"\"\n",
        );
        check(
            Separator::Tab,
            &["一\t二", "三\n四", "\"五\""],
            "一 二\t三 四\t\"五\"\n",
        );
    }

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

    fn table() -> Table<'static> {
        let layout = crate::cli::output::table::Layout::Lines { names: 1 };
        let header = ["词条", "=次数"].map(str::to_owned).to_vec();
        let rows = vec![
            vec![Cell::text("-渠"), Cell::Rate(-0.5)],
            vec![Cell::text("甲,乙"), Cell::Share(0.123_456)],
            vec![Cell::Gap, Cell::Count(1_234)],
        ];
        Table::new("summary", "汇总", layout, header).with(rows)
    }

    #[test]
    fn people_get_a_mark_and_programs_do_not() {
        let lines = [
            "词条,'=次数",
            "'-渠,-0.5000",
            "\"甲,乙\",0.1235",
            ",1234",
            "",
        ];
        let people = String::from_utf8(csv(&table())).expect("UTF-8");
        assert_eq!(people, format!("\u{feff}{}", lines.join("\r\n")));
        let programs = String::from_utf8(plain_csv(&table())).expect("UTF-8");
        assert_eq!(programs, lines.join("\n"));
    }

    #[test]
    fn each_file_of_an_archive_has_our_mark() {
        let bytes = archive(&[table()]).expect("an archive");
        let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).expect("a ZIP archive");
        let mut file = archive.by_name("汇总.csv").expect("the table by its name");
        let mut text = Vec::new();
        file.read_to_end(&mut text).expect("readable");
        assert_eq!(xunzhang::source::mark::form_of(&text), Some(Form::Csv));
        // With the byte order mark, so that Excel opens it as it is.
        assert!(text.starts_with("\u{feff}".as_bytes()));
    }

    #[test]
    fn a_number_has_digits_on_both_sides_of_its_point() {
        for (text, expected) in [
            ("0", true),
            ("-12.50", true),
            ("", false),
            ("-", false),
            (".5", false),
            ("5.", false),
            ("--5", false),
            ("1.2.3", false),
            ("+5", false),
            ("-1e5", false),
            ("１", false),
        ] {
            assert_eq!(is_number(text), expected, "{text}");
        }
    }

    proptest::proptest! {
        #[test]
        fn what_is_inert_stays_as_it_is(text in "[=+@－水渠5. \u{200b}\u{202e}\n-]{0,8}") {
            let once = inert(&text);
            proptest::prop_assert_eq!(inert(&once), once.clone());
            let has_override = once.contains('\u{202e}');
            proptest::prop_assert!(!has_override);
        }

        #[test]
        fn a_row_of_tabs_is_one_line_and_one_of_commas_is_read_back(cells in proptest::collection::vec("[水渠,\"\t\n=]{0,6}", 2..4)) {
            let mut out = Vec::new();
            write_row(&mut out, Separator::Tab, &cells).expect("written");
            let line = String::from_utf8(out).expect("UTF-8");
            proptest::prop_assert_eq!(line.matches('\n').count(), 1);
            proptest::prop_assert_eq!(line.matches('\t').count(), cells.len() - 1);
            let mut out = Vec::new();
            write_row(&mut out, Separator::Comma, &cells).expect("written");
            let mut reader = ::csv::ReaderBuilder::new().has_headers(false).from_reader(out.as_slice());
            let read: Vec<String> = reader.records().flatten().flat_map(|row| row.iter().map(str::to_owned).collect::<Vec<_>>()).collect();
            let wanted: Vec<String> = cells.iter().map(|cell| inert(cell)).collect();
            proptest::prop_assert_eq!(read, wanted);
        }
    }
}
