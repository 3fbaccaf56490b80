//! Keyword lists: what a report counts, from text, CSV or a workbook.
//!
//! ```text
//! list     = { line }
//! line     = [ group ( "：" | ":" ) ] query { "|" query } [ "#" comment ]
//! ```
//!
//! Alternatives between `|` are counted as one entry. Each is a query of the query language; a bare word is an
//! exact phrase. `#` opens a comment at the start of a line or after a blank. A name of a query field before the
//! colon (`kind:总结 水渠`) is no group. What stands between quotation marks or brackets is never split.
//! In CSV and workbooks the first column is the entry and the second, where there is one, its group; a first row
//! that names the columns is passed over.

use std::fmt;
use std::io::Cursor;
use std::path::Path;

use calamine::{Data, Reader, Xlsx};

use crate::query::{Leaf, Node, Problem, SyntaxError, parse};
use crate::source::decode::decode;
use crate::text::units::Units;
use crate::{Error, Result};

/// Most entries of a list.
pub const MAX_ENTRIES: usize = 10_000;

/// What is counted as one.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// As it is written, without group and comment.
    pub text: String,
    /// The group, where one is given.
    pub group: Option<String>,
    /// The alternatives; at least one.
    pub alternatives: Vec<Node>,
}

/// A list as it was read.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Keywords {
    /// The entries, in order of the list.
    pub entries: Vec<Entry>,
    /// Entries that stand twice and are counted once.
    pub repeated: Vec<Repeated>,
}

/// An entry that stands in the list already.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Repeated {
    /// Its line or row, from 1.
    pub line: usize,
    /// The entry.
    pub text: String,
    /// The line or row where it stands first.
    pub first: usize,
}

/// A line that is no entry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BadLine {
    /// Its line or row, from 1.
    pub line: usize,
    /// What is wrong, and where.
    pub error: SyntaxError,
}

/// All lines of a list that are no entries.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BadLines(pub Vec<BadLine>);

impl fmt::Display for BadLines {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (ord, BadLine { line, error }) in self.0.iter().enumerate() {
            let lead = if ord == 0 { "" } else { "\n" };
            write!(f, "{lead}line {line}: {error}")?;
        }
        Ok(())
    }
}

impl std::error::Error for BadLines {}

/// Reads the list in `path`: a workbook or CSV by its extension, else text; UTF-8, GB18030 or UTF-16.
///
/// # Errors
/// [`Error::Io`] if it cannot be read, [`Error::BadKeywords`] with every line that cannot be parsed,
/// [`Error::NoKeywords`] if it holds no entry, [`Error::TooManyKeywords`] over [`MAX_ENTRIES`].
pub fn read(path: &Path) -> Result<Keywords> {
    let bytes = std::fs::read(path).map_err(|source| Error::Io {
        path: path.into(),
        action: "read",
        source,
    })?;
    let extension = path
        .extension()
        .map(|extension| extension.to_ascii_lowercase());
    let lines = match extension
        .as_deref()
        .and_then(|extension| extension.to_str())
    {
        Some("xlsx" | "xlsm") => workbook_lines(&bytes).map_err(|reason| Error::Io {
            path: path.into(),
            action: "read",
            source: std::io::Error::other(reason),
        })?,
        Some("csv") => delimited_lines(&decode(&bytes).text, b','),
        Some("tsv") => delimited_lines(&decode(&bytes).text, b'\t'),
        _ => text_lines(&decode(&bytes).text),
    };
    keywords(lines, path)
}

/// The words of a command line, each one entry as on a line of a list.
///
/// # Errors
/// As for [`read`]; the line is the word's place from 1.
pub fn from_words(words: &[String]) -> Result<Keywords> {
    let text = words.join("\n");
    keywords(text_lines(&text), Path::new(""))
}

/// An entry before it is parsed.
struct Line {
    number: usize,
    entry: String,
    group: Option<String>,
}

fn keywords(lines: Vec<Line>, path: &Path) -> Result<Keywords> {
    let mut out = Keywords::default();
    let mut bad = Vec::new();
    let mut numbers: Vec<usize> = Vec::new();
    for Line {
        number,
        entry,
        group,
    } in lines
    {
        let alternatives = match alternatives(&entry) {
            Ok(alternatives) => alternatives,
            Err(error) => {
                bad.push(BadLine {
                    line: number,
                    error,
                });
                continue;
            }
        };
        let same = |other: &Entry| other.group == group && other.alternatives == alternatives;
        if let Some(at) = out.entries.iter().position(same) {
            out.repeated.push(Repeated {
                line: number,
                text: entry,
                first: numbers[at],
            });
            continue;
        }
        numbers.push(number);
        out.entries.push(Entry {
            text: entry,
            group,
            alternatives,
        });
    }
    if !bad.is_empty() {
        let source = BadLines(bad);
        return Err(Error::BadKeywords {
            path: path.into(),
            source,
        });
    }
    if out.entries.is_empty() {
        return Err(Error::NoKeywords(path.into()));
    }
    if out.entries.len() > MAX_ENTRIES {
        return Err(Error::TooManyKeywords(out.entries.len()));
    }
    Ok(out)
}

fn alternatives(entry: &str) -> Result<Vec<Node>, SyntaxError> {
    let parts = split(entry, |ch| matches!(ch, '|' | '｜'));
    let mut out = Vec::new();
    for part in parts.into_iter().filter(|part| !part.trim().is_empty()) {
        let node = folded(parse(part.trim())?);
        if !out.contains(&node) {
            out.push(node);
        }
    }
    if out.is_empty() {
        return Err(SyntaxError {
            query: entry.to_owned(),
            at: 0,
            problem: Problem::Empty,
        });
    }
    Ok(out)
}

/// A bare word as the phrase that it means, so that two spellings of one phrase are one entry.
fn folded(node: Node) -> Node {
    match node {
        Node::Leaf(Leaf::Word(text)) => match crate::text::pattern::Pattern::phrase(&text) {
            Some(pattern) => Node::Leaf(Leaf::Pattern(pattern)),
            None => Node::Leaf(Leaf::Word(text)),
        },
        other => other,
    }
}

fn text_lines(text: &str) -> Vec<Line> {
    let lines = (1..).zip(text.trim_start_matches('\u{feff}').lines());
    lines
        .filter_map(|(number, line)| {
            let line = without_comment(line).trim();
            let (group, entry) = match split_group(line) {
                Some((group, entry)) => (Some(group.trim().to_owned()), entry.trim()),
                None => (None, line),
            };
            (!line.is_empty()).then(|| Line {
                number,
                entry: entry.to_owned(),
                group,
            })
        })
        .collect()
}

fn without_comment(line: &str) -> &str {
    let mut before = ' ';
    for (at, ch) in line.char_indices() {
        if ch == '#' && before.is_whitespace() {
            return &line[..at];
        }
        before = ch;
    }
    line
}

/// The group and what follows its colon.
fn split_group(line: &str) -> Option<(&str, &str)> {
    const FIELDS: [&str; 6] = ["title", "heading", "kind", "year", "path", "role"];
    let group = *split(line, |ch| matches!(ch, ':' | '：')).first()?;
    let colon = line[group.len()..].chars().next()?;
    let rest = &line[group.len() + colon.len_utf8()..];
    let is_field = group.split_whitespace().last().is_some_and(|word| {
        FIELDS.contains(&word.trim_start_matches(['+', '-']).to_lowercase().as_str())
    });
    let is_group = !is_field && !Units::new(group).is_empty() && !rest.trim().is_empty();
    is_group.then_some((group, rest))
}

/// The parts of `text` between separators that stand outside quotation marks and brackets.
fn split(text: &str, is_separator: impl Fn(char) -> bool) -> Vec<&str> {
    let mut out = Vec::new();
    let (mut start, mut depth, mut quote) = (0, 0usize, None);
    for (at, ch) in text.char_indices() {
        match (quote, ch) {
            (Some(close), ch) if ch == close => quote = None,
            (Some(_), _) => {}
            (None, '"') => quote = Some('"'),
            (None, '“') => quote = Some('”'),
            (None, '「') => quote = Some('」'),
            (None, '(' | '（') => depth += 1,
            (None, ')' | '）') => depth = depth.saturating_sub(1),
            (None, ch) if depth == 0 && is_separator(ch) => {
                out.push(&text[start..at]);
                start = at + ch.len_utf8();
            }
            (None, _) => {}
        }
    }
    out.push(&text[start..]);
    out
}

fn delimited_lines(text: &str, delimiter: u8) -> Vec<Line> {
    let text = text.trim_start_matches('\u{feff}');
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter)
        .from_reader(text.as_bytes());
    let rows = reader.records().flatten().map(|record| {
        let line = record
            .position()
            .map_or(0, |position| position.line() as usize);
        let cells = record.iter().map(str::to_owned).collect();
        (line, cells)
    });
    rows_to_lines(rows.collect())
}

fn workbook_lines(bytes: &[u8]) -> Result<Vec<Line>, String> {
    let mut book: Xlsx<_> =
        Xlsx::new(Cursor::new(bytes)).map_err(|error: calamine::XlsxError| error.to_string())?;
    let Some(sheet) = book.worksheet_range_at(0) else {
        return Ok(Vec::new());
    };
    let sheet = sheet.map_err(|error| error.to_string())?;
    let first = sheet.start().map_or(0, |(row, _)| row) as usize + 1;
    let rows = (first..).zip(sheet.rows()).map(|(line, row)| {
        let cells = row.iter().map(|cell| match cell {
            Data::Empty | Data::Error(_) => String::new(),
            other => other.to_string(),
        });
        (line, cells.collect())
    });
    Ok(rows_to_lines(rows.collect()))
}

/// Rows as entries; a row near the top that names the columns says which is which.
fn rows_to_lines(rows: Vec<(usize, Vec<String>)>) -> Vec<Line> {
    const HEADER_ROWS: usize = 5;
    const ENTRY: [&str; 9] = [
        "entry",
        "keyword",
        "keywords",
        "词条",
        "条目",
        "关键词",
        "词",
        "词语",
        "检索词",
    ];
    const GROUP: [&str; 7] = ["group", "category", "组", "组名", "分组", "类别", "分类"];
    let named = |row: &[String], names: &[&str]| {
        row.iter()
            .position(|cell| names.contains(&cell.trim().to_lowercase().as_str()))
    };
    let header = rows
        .iter()
        .take(HEADER_ROWS)
        .enumerate()
        .find_map(|(at, (_, row))| Some((at, named(row, &ENTRY)?, named(row, &GROUP))));
    let (skipped, entry, group) = match header {
        Some((at, entry, group)) => (at + 1, entry, group),
        None => (0, 0, Some(1)),
    };
    let cell = |row: &[String], at: usize| row.get(at).map(|cell| cell.trim().to_owned());
    let lines = rows.into_iter().skip(skipped).filter_map(|(number, row)| {
        let entry = cell(&row, entry).filter(|cell| !cell.is_empty() && !cell.starts_with('#'))?;
        let group = group
            .and_then(|at| cell(&row, at))
            .filter(|cell| !cell.is_empty());
        Some(Line {
            number,
            entry,
            group,
        })
    });
    lines.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn list(text: &str) -> Result<Keywords> {
        keywords(text_lines(text), Path::new("list.txt"))
    }

    #[track_caller]
    fn check(lines: Vec<Line>, expected: &[(usize, &str, Option<&str>)]) {
        let actual: Vec<_> = lines
            .iter()
            .map(|line| (line.number, line.entry.as_str(), line.group.as_deref()))
            .collect();
        assert_eq!(actual, expected);
    }

    #[test]
    fn lines_of_text() {
        check(
            text_lines(
                "\u{feff}# 水利\n修渠 # 常用\n\n水利：修渠 | \"引：水\"\nkind:总结 水渠\n“甲：乙”\n灌溉:(甲 OR 乙)",
            ),
            &[
                (2, "修渠", None),
                (4, "修渠 | \"引：水\"", Some("水利")),
                (5, "kind:总结 水渠", None),
                (6, "“甲：乙”", None),
                (7, "(甲 OR 乙)", Some("灌溉")),
            ],
        );
    }

    #[test]
    fn rows_of_tables() {
        let expected = [(2, "修渠", Some("水利")), (3, "修路|筑路", None)];
        check(
            delimited_lines("关键词,分组\n修渠,水利\n修路|筑路,\n", b','),
            &expected,
        );
        check(
            delimited_lines("\u{feff}修渠,水利\n", b','),
            &[(1, "修渠", Some("水利"))],
        );
        check(
            delimited_lines("某县词表,\n组,词条\n水利,修渠\n", b','),
            &[(3, "修渠", Some("水利"))],
        );
    }

    #[test]
    fn a_workbook_and_a_list_in_gbk() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let path = folder.path().join("词.xlsx");
        let mut book = rust_xlsxwriter::Workbook::new();
        let sheet = book.add_worksheet();
        for (row, cells) in [["词", "组"], ["修渠", "水利"]].iter().enumerate() {
            for (column, cell) in cells.iter().enumerate() {
                sheet
                    .write(row as u32, column as u16, *cell)
                    .expect("a cell");
            }
        }
        book.save(&path).expect("a workbook");
        let from_book = read(&path).expect("keywords");
        let text = folder.path().join("词.txt");
        let (bytes, _, _) = encoding_rs::GBK.encode("水利：修渠\n");
        std::fs::write(&text, bytes).expect("a file");
        assert_eq!(from_book, read(&text).expect("keywords"));
        assert_eq!(from_book.entries[0].group.as_deref(), Some("水利"));
    }

    #[test]
    fn what_stands_twice_is_counted_once() {
        let keywords = list("修渠\n水渠|修路\n修，渠\n水利：修渠\n").expect("keywords");
        let texts: Vec<&str> = keywords.entries.iter().map(|entry| &*entry.text).collect();
        assert_eq!(texts, ["修渠", "水渠|修路", "修渠"]);
        let repeated = Repeated {
            line: 3,
            text: "修，渠".into(),
            first: 1,
        };
        assert_eq!(keywords.repeated, [repeated]);
    }

    #[test]
    fn every_bad_line_is_told() {
        let error = list("修渠\n\"修\n甲 | (乙\n|\n").expect_err("an error");
        let Error::BadKeywords { source, .. } = error else {
            panic!("{error}");
        };
        assert_eq!(
            source.to_string(),
            "line 2: expected a closing quotation mark\n  \"修\n  ^\n\
             line 3: expected a closing bracket\n  (乙\n  ^\n\
             line 4: nothing to look for; expected a word or a phrase\n  |\n  ^"
        );
        assert!(matches!(list("# 无\n"), Err(Error::NoKeywords(_))));
    }
}
