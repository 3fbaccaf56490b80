//! Comma-, tab- and semicolon-separated values: one record for each row under a header, or the whole sheet as
//! one document.

use std::cell::Cell;
use std::io::BufRead;
use std::rc::Rc;

use csv::{ByteRecord, Reader, ReaderBuilder};

use super::blocks::one_line;
use super::{Raw, Source, columns};
use crate::document::{self, Line, Style};
use crate::source::bounded::{Metered, Spent};
use crate::source::decode::decode;
use crate::source::records::{Columns, FieldMap, Keys, Row};
use crate::source::{Damage, Damaged, LINE_COST, Skip, Warning};
use crate::text::visible::n_visible;

/// Maximum number of columns of a table; Excel has 16,384.
const MAX_COLUMNS: usize = 1 << 20;

/// Reads rows in UTF-8; calls `each` once for each record, or once for all rows if no column is the text.
///
/// # Errors
/// [`Skip::Unreadable`] if reading fails, [`Skip::Empty`] if there is no row.
pub(in crate::source) fn read(
    mut rows: impl BufRead,
    preferred: u8,
    source: &Source<'_>,
    mut each: impl FnMut(Raw),
) -> Result<(), Skip> {
    let head = rows.fill_buf()?;
    // A byte order mark is not part of the first name.
    let mark = match head.starts_with(b"\xef\xbb\xbf") {
        true => 3,
        false => 0,
    };
    let delimiter = delimiter(&head[mark..], preferred);
    rows.consume(mark);
    let mut reader = BoundedRows::new(rows, delimiter, source);
    let head = reader.head()?;
    let Some(first) = head.first() else {
        return Err(Skip::Empty);
    };
    if first.cells.len() > MAX_COLUMNS {
        return Err(Skip::Damaged {
            what: Damaged::Table,
            reason: Damage::TooManyColumns,
        });
    }
    match header(&head, &source.options.map) {
        Some(header) => reader.give_records(head, &header, source, each),
        None => {
            each(sheet(reader, head, source)?);
            Ok(())
        }
    }
}

/// The first row whose names and cells below make one column the text, with its columns; rows above it are a
/// title.
fn header(head: &[Cells], map: &FieldMap) -> Option<(usize, Columns)> {
    (0..head.len()).find_map(|ord| {
        let below = head[ord + 1..].iter().map(|row| &row.cells[..]);
        let below: Vec<&[String]> = below.collect();
        let columns = Columns::of_table(&head[ord].cells, &below, map);
        columns.has_text().then_some((ord, columns))
    })
}

/// All rows as one document, one line each, cells separated by tabs.
fn sheet(
    mut reader: BoundedRows<'_, impl BufRead>,
    head: Vec<Cells>,
    source: &Source<'_>,
) -> Result<Raw, Skip> {
    let max_text = source.options.max_text;
    let mut rows = head;
    let mut cost: usize = rows.iter().map(Cells::cost).sum();
    while let Some(row) = reader.row()? {
        cost += row.cost();
        if cost > max_text {
            return Err(Skip::TooMuchText {
                megabytes: max_text / 1_000_000,
            });
        }
        rows.push(row);
    }
    let mut raw = table(&rows);
    raw.given.file_stem.clone_from(&source.file_stem);
    Ok(raw)
}

/// Rows as a table, one line each.
fn table(rows: &[Cells]) -> Raw {
    let head = rows.iter().take(columns::DEPTH);
    let head: Vec<Vec<String>> = head.map(|row| row.cells.clone()).collect();
    let headings = columns::headings(&head);
    let lines = rows.iter().enumerate().map(|(ord, row)| {
        let cells: Vec<String> = row.cells.iter().map(|cell| one_line(cell)).collect();
        Line {
            number: row.line,
            text: cells.join("\t").trim_end().to_owned(),
            style: Style::Row(document::Row {
                table: 1,
                is_header: headings.contains(&ord),
            }),
        }
    });
    let cells = rows.iter().flat_map(|row| &row.cells);
    Raw {
        n_read: Some(cells.map(|cell| n_visible(cell)).sum()),
        lines: lines.collect(),
        ..Raw::default()
    }
}

/// The cells of a row.
struct Cells {
    /// The line on which it starts.
    line: u32,
    cells: Vec<String>,
    n_malformed: usize,
}

impl Cells {
    fn cost(&self) -> usize {
        let len: usize = self.cells.iter().map(String::len).sum();
        len + LINE_COST
    }
}

/// Rows from the top that may contain the column names.
const HEADER_ROWS: usize = 5;

/// Rows of bounded length: an unclosed quotation mark joins everything that follows to one row.
struct BoundedRows<'a, R> {
    map: &'a FieldMap,
    reader: Reader<Metered<R>>,
    /// Bytes left for the row; the reader is ahead of it by a buffer.
    left: Rc<Cell<usize>>,
    limit: usize,
}

impl<'a, R: BufRead> BoundedRows<'a, R> {
    fn new(rows: R, delimiter: u8, source: &'a Source<'_>) -> Self {
        let limit = source.options.max_record();
        let (rows, left) = Metered::new(rows, limit);
        let reader = ReaderBuilder::new()
            .delimiter(delimiter)
            // Rows of different lengths are kept.
            .flexible(true)
            .has_headers(false)
            .from_reader(rows);
        Self {
            map: &source.options.map,
            reader,
            left,
            limit,
        }
    }

    /// Reads the records below the row `at` of `head`, which names the columns; rows above it form a document
    /// of their own.
    fn give_records(
        mut self,
        mut head: Vec<Cells>,
        (at, columns): &(usize, Columns),
        source: &Source<'_>,
        mut each: impl FnMut(Raw),
    ) -> Result<(), Skip> {
        let file_stem = &source.file_stem;
        let mut keys = Keys::default();
        let below = head.split_off(at + 1);
        let names = head.pop().map(|row| row.cells).unwrap_or_default();
        if !head.is_empty() {
            let mut raw = table(&head);
            raw.given.file_stem.clone_from(file_stem);
            raw.key = Some(keys.named(file_stem));
            each(raw);
        }
        let mut give = |row: Cells| {
            let n_malformed = row.n_malformed;
            let mut raw = row.named(&names).into_raw(columns, file_stem, &mut keys);
            let damage = (n_malformed > 0).then_some(Warning::Undecodable(n_malformed));
            raw.warnings.extend(damage);
            each(raw);
        };
        below.into_iter().for_each(&mut give);
        while let Some(row) = self.row()? {
            give(row);
        }
        Ok(())
    }
    /// The first rows.
    fn head(&mut self) -> Result<Vec<Cells>, Skip> {
        let mut head = Vec::new();
        while head.len() < HEADER_ROWS
            && let Some(row) = self.row()?
        {
            // If the first row names the columns, no further rows are read ahead: a record may continue
            // without end.
            let is_header = head.is_empty() && {
                let columns = Columns::find(&row.cells, self.map);
                columns.has_text()
            };
            head.push(row);
            if is_header {
                break;
            }
        }
        Ok(head)
    }

    /// The next row; `None` at the end.
    fn row(&mut self) -> Result<Option<Cells>, Skip> {
        // A record's position refers to the line on which the first one starts.
        let line = u32::try_from(self.line()).unwrap_or(u32::MAX);
        let mut record = ByteRecord::new();
        if !self.next(&mut record)? {
            return Ok(None);
        }
        // Decoded cell by cell: delimiters are ASCII in every supported encoding, and a damaged byte costs
        // one cell.
        let mut n_malformed = 0;
        let cells = record.iter().map(|cell| {
            let decoded = decode(cell);
            n_malformed += decoded.n_malformed;
            decoded.text.into_owned()
        });
        Ok(Some(Cells {
            cells: cells.collect(),
            line: line.max(1),
            n_malformed,
        }))
    }

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
            csv::ErrorKind::Io(error) => error.into(),
            _ => Skip::Damaged {
                what: Damaged::Table,
                reason: Damage::BadRows,
            },
        })
    }

    fn line(&self) -> u64 {
        self.reader.position().line()
    }
}

/// The separator of the cells in the first row: `preferred`, unless another mark occurs more often.
fn delimiter(head: &[u8], preferred: u8) -> u8 {
    let mut counts = [(preferred, 0), (b'\t', 0), (b';', 0), (b',', 0)];
    let mut in_quotes = false;
    // Only outside quotation marks, and up to the first line end.
    for &byte in head {
        if byte == b'\n' && !in_quotes {
            break;
        }
        in_quotes ^= byte == b'"';
        for (mark, count) in &mut counts {
            *count += usize::from(!in_quotes && byte == *mark);
        }
    }
    // Of equal counts the first wins, which is `preferred`.
    let (mark, _) = counts
        .into_iter()
        .reduce(|best, next| if next.1 > best.1 { next } else { best })
        .unwrap_or((preferred, 0));
    mark
}

impl Cells {
    /// The cells with the names of their columns. A row may have more cells than the header has names; they
    /// are kept without one.
    fn named(self, names: &[String]) -> Row {
        let no_names = std::iter::repeat(String::new());
        Row::new(names.iter().cloned().chain(no_names).zip(self.cells))
    }
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
    fn other_columns_and_rows_above_the_header_are_kept() {
        check(
            "全县通报,\n标题,正文,责任单位\n甲,一。,住建局,急\n",
            b',',
            &[
                (Some("表"), None, &["全县通报"]),
                (Some("1"), Some("甲"), &["一。", "责任单位：住建局", "急"]),
            ],
        );
        check(
            "标题,工作内容\n甲,推进改造\n",
            b',',
            &[(None, None, &["标题\t工作内容", "甲\t推进改造"])],
        );
    }

    #[test]
    fn a_record_may_have_no_text() {
        check(
            "标题,内容\n甲,\n乙,\"一、做法\n二、打算\"\n",
            b',',
            &[
                (Some("1"), Some("甲"), &[]),
                (Some("2"), Some("乙"), &["一、做法", "二、打算"]),
            ],
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
    fn an_unclosed_quotation_mark_does_not_exhaust_memory() {
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
