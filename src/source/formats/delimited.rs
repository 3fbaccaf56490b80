//! Comma-, tab- and semicolon-separated values: one record a row under a header, or the whole sheet one document.

use std::io::BufRead;

use csv::{ByteRecord, Reader, ReaderBuilder};

use super::Raw;
use crate::document::{Line, Style, Warning};
use crate::source::Skip;
use crate::source::decode::decode;
use crate::source::records::{Columns, FieldMap, Keys, Row};

/// Reads rows in UTF-8; one call of `each` for each record, or one for all if no column is the text.
///
/// # Errors
/// [`Skip::Unreadable`] if reading fails, [`Skip::Empty`] if there is no row.
pub(in crate::source) fn read(
    mut rows: impl BufRead,
    preferred: u8,
    map: &FieldMap,
    file_stem: &str,
    mut each: impl FnMut(Raw),
) -> Result<(), Skip> {
    let head = rows.fill_buf()?;
    let mark = if head.starts_with(b"\xef\xbb\xbf") {
        3
    } else {
        0
    };
    let delimiter = delimiter(&head[mark..], preferred);
    rows.consume(mark);
    let mut reader = ReaderBuilder::new()
        .delimiter(delimiter)
        .flexible(true)
        .has_headers(false)
        .from_reader(rows);
    let mut header = ByteRecord::new();
    if !next(&mut reader, &mut header)? {
        return Err(Skip::Empty);
    }
    let names: Vec<String> = header
        .iter()
        .map(|cell| decode(cell).text.into_owned())
        .collect();
    let columns = Columns::find(&names, map);
    if columns.has_text() {
        return read_records(reader, &names, &columns, file_stem, each);
    }
    each(sheet(reader, header, file_stem)?);
    Ok(())
}

fn read_records(
    mut reader: Reader<impl BufRead>,
    names: &[String],
    columns: &Columns,
    file_stem: &str,
    mut each: impl FnMut(Raw),
) -> Result<(), Skip> {
    let mut keys = Keys::default();
    let mut record = ByteRecord::new();
    while next(&mut reader, &mut record)? {
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
    mut reader: Reader<impl BufRead>,
    mut record: ByteRecord,
    file_stem: &str,
) -> Result<Raw, Skip> {
    let mut raw = Raw::default();
    raw.given.file_stem = file_stem.to_owned();
    // A record's position counts from the line that its first one starts on.
    let mut number = 1;
    loop {
        let cells: Vec<String> = record
            .iter()
            .map(|cell| decode(cell).text.replace(['\r', '\n'], " "))
            .collect();
        raw.lines.push(Line {
            number,
            text: cells.join("\t").trim_end().to_owned(),
            style: Style::Plain,
        });
        number = u32::try_from(reader.position().line()).unwrap_or(u32::MAX);
        if !next(&mut reader, &mut record)? {
            return Ok(raw);
        }
    }
}

/// Reads the next record; false at the end.
fn next(reader: &mut Reader<impl BufRead>, record: &mut ByteRecord) -> Result<bool, Skip> {
    reader
        .read_byte_record(record)
        .map_err(|error| match error.into_kind() {
            csv::ErrorKind::Io(error) => Skip::Unreadable(error),
            other => Skip::Damaged {
                what: "table".into(),
                reason: format!("{other:?}"),
            },
        })
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

    #[track_caller]
    fn check(text: &str, preferred: u8, expected: &[(Option<&str>, Option<&str>, &[&str])]) {
        let mut raws = Vec::new();
        read(
            text.as_bytes(),
            preferred,
            &FieldMap::default(),
            "表",
            |raw| raws.push(raw),
        )
        .expect("rows");
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
}
