//! Comma-, tab- and semicolon-separated values: one record a row under a header, or the whole sheet one document.

use std::cell::Cell;
use std::io::BufRead;
use std::rc::Rc;

use csv::{ByteRecord, Reader, ReaderBuilder};

use super::{Raw, Source};
use crate::document::{Line, Style, Warning};
use crate::source::bounded::{Metered, Spent};
use crate::source::decode::decode;
use crate::source::records::{Columns, Keys, Row};
use crate::source::{LINE_COST, Skip};

/// Most columns of a table; Excel has 16,384.
const MAX_COLUMNS: usize = 1 << 20;

/// Reads rows in UTF-8; one call of `each` for each record, or one for all if no column is the text.
///
/// # Errors
/// [`Skip::Unreadable`] if reading fails, [`Skip::Empty`] if there is no row.
pub(in crate::source) fn read(
    mut rows: impl BufRead,
    preferred: u8,
    source: &Source<'_>,
    mut each: impl FnMut(Raw),
) -> Result<(), Skip> {
    let file_stem = &source.file_stem;
    let head = rows.fill_buf()?;
    let mark = if head.starts_with(b"\xef\xbb\xbf") {
        3
    } else {
        0
    };
    let delimiter = delimiter(&head[mark..], preferred);
    rows.consume(mark);
    let limit = source.options.max_record();
    let (rows, left) = Metered::new(rows, limit);
    let reader = ReaderBuilder::new()
        .delimiter(delimiter)
        .flexible(true)
        .has_headers(false)
        .from_reader(rows);
    let mut reader = Rows {
        reader,
        left,
        limit,
    };
    let mut header = ByteRecord::new();
    if !reader.next(&mut header)? {
        return Err(Skip::Empty);
    }
    if header.len() > MAX_COLUMNS {
        return Err(Skip::Damaged {
            what: "table".into(),
            reason: format!("it has more than {MAX_COLUMNS} columns"),
        });
    }
    let names: Vec<String> = header
        .iter()
        .map(|cell| decode(cell).text.into_owned())
        .collect();
    let columns = Columns::find(&names, &source.options.map);
    if columns.has_text() {
        return read_records(reader, &names, &columns, file_stem, each);
    }
    each(sheet(reader, header, source)?);
    Ok(())
}

fn read_records(
    mut reader: Rows<impl BufRead>,
    names: &[String],
    columns: &Columns,
    file_stem: &str,
    mut each: impl FnMut(Raw),
) -> Result<(), Skip> {
    let mut keys = Keys::default();
    let mut record = ByteRecord::new();
    while reader.next(&mut record)? {
        let mut n_malformed = 0;
        let cells = names.iter().zip(record.iter()).map(|(name, cell)| {
            let decoded = decode(cell);
            n_malformed += decoded.n_malformed;
            (name.clone(), decoded.text.into_owned())
        });
        let mut raw = Row::new(cells).into_raw(columns, file_stem, &mut keys);
        if n_malformed > 0 {
            raw.warnings.push(Warning::Undecodable(n_malformed));
        }
        each(raw);
    }
    Ok(())
}

/// All rows as one document, a line each, cells between tabs.
fn sheet(
    mut reader: Rows<impl BufRead>,
    mut record: ByteRecord,
    source: &Source<'_>,
) -> Result<Raw, Skip> {
    let max_text = source.options.max_text;
    let mut raw = Raw::default();
    raw.given.file_stem.clone_from(&source.file_stem);
    let mut cost = 0;
    // A record's position counts from the line that its first one starts on.
    let mut number = 1;
    loop {
        let cells: Vec<String> = record
            .iter()
            .map(|cell| decode(cell).text.replace(['\r', '\n'], " "))
            .collect();
        cost += record.as_slice().len() + LINE_COST;
        if cost > max_text {
            return Err(Skip::TooMuchText {
                megabytes: max_text / 1_000_000,
            });
        }
        raw.lines.push(Line {
            number,
            text: cells.join("\t").trim_end().to_owned(),
            style: Style::Plain,
        });
        number = u32::try_from(reader.line()).unwrap_or(u32::MAX);
        if !reader.next(&mut record)? {
            return Ok(raw);
        }
    }
}

/// Rows that are bounded in length: an open quotation mark makes one of all that follows.
struct Rows<R> {
    reader: Reader<Metered<R>>,
    /// Bytes that the row may still have; the reader is ahead of it by a buffer.
    left: Rc<Cell<usize>>,
    limit: usize,
}

impl<R: BufRead> Rows<R> {
    /// Reads the next record; false at the end.
    fn next(&mut self, record: &mut ByteRecord) -> Result<bool, Skip> {
        self.left.set(self.limit);
        let line = self.line();
        let read = self.reader.read_byte_record(record);
        read.map_err(|error| match error.into_kind() {
            csv::ErrorKind::Io(error)
                if error.get_ref().is_some_and(|error| error.is::<Spent>()) =>
            {
                Skip::LongRecord {
                    line,
                    megabytes: self.limit / 1_000_000,
                }
            }
            csv::ErrorKind::Io(error) => Skip::Unreadable(error),
            other => Skip::Damaged {
                what: "table".into(),
                reason: format!("{other:?}"),
            },
        })
    }

    fn line(&self) -> u64 {
        self.reader.position().line()
    }
}

/// What separates the cells of the first row: `preferred`, unless another mark stands there and it does not.
fn delimiter(head: &[u8], preferred: u8) -> u8 {
    let mut counts = [(preferred, 0), (b'\t', 0), (b';', 0), (b',', 0)];
    let mut in_quotes = false;
    for &byte in head {
        if byte == b'\n' && !in_quotes {
            break;
        }
        in_quotes ^= byte == b'"';
        for (mark, count) in &mut counts {
            *count += usize::from(!in_quotes && byte == *mark);
        }
    }
    let (mark, _) = counts
        .into_iter()
        .reduce(|best, next| if next.1 > best.1 { next } else { best })
        .unwrap_or((preferred, 0));
    mark
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::ReadOptions;

    #[track_caller]
    fn check(text: &str, preferred: u8, expected: &[(Option<&str>, Option<&str>, &[&str])]) {
        let mut raws = Vec::new();
        let options = ReadOptions::default();
        let source = Source::new("表.csv", &options);
        read(text.as_bytes(), preferred, &source, |raw| raws.push(raw)).expect("rows");
        let actual: Vec<(Option<&str>, Option<&str>, Vec<&str>)> = raws
            .iter()
            .map(|raw| {
                let texts = raw.lines.iter().map(|line| &*line.text).collect();
                (raw.key.as_deref(), raw.given.title.as_deref(), texts)
            })
            .collect();
        let expected: Vec<_> = expected
            .iter()
            .map(|(key, title, texts)| (*key, *title, texts.to_vec()))
            .collect();
        assert_eq!(actual, expected);
    }

    #[test]
    fn records_under_a_header() {
        check(
            "\u{feff}标题,正文\n总结,\"一、做法\n二、打算\"\n计划,三\n",
            b',',
            &[
                (Some("1"), Some("总结"), &["一、做法", "二、打算"]),
                (Some("2"), Some("计划"), &["三"]),
            ],
        );
        check(
            "ID;Full Text\r\na;一\r\na;二\r\n",
            b',',
            &[(Some("a"), None, &["一"]), (Some("a#2"), None, &["二"])],
        );
        check(
            "标题\t正文\n\"甲，乙\"\t三",
            b'\t',
            &[(Some("1"), Some("甲，乙"), &["三"])],
        );
    }

    #[test]
    fn a_sheet_without_a_text_column_is_one_document() {
        check(
            "年份,产值\n2009,12\n2010,15\n",
            b',',
            &[(None, None, &["年份\t产值", "2009\t12", "2010\t15"])],
        );
    }

    #[test]
    fn an_open_quotation_mark_does_not_take_all_memory() {
        let options = ReadOptions {
            max_text: 3_000_000,
            ..ReadOptions::default()
        };
        let text = format!("id,text\n1,一\n2,\"{}", "二\n".repeat(400_000));
        let source = Source::new("表.csv", &options);
        let mut n_raws = 0;
        let skip = read(text.as_bytes(), b',', &source, |_| n_raws += 1).expect_err("a skip");
        assert_eq!(
            skip.to_string(),
            "has a record of over 1 MB at line 3; close its quotation mark, split it, or index it with more --memory"
        );
        assert_eq!(n_raws, 1);
        let rows = "甲,乙\n".repeat(20_000);
        let skip = read(rows.as_bytes(), b',', &source, |_| ()).expect_err("a skip");
        assert!(matches!(skip, Skip::TooMuchText { megabytes: 3 }));
    }
}
