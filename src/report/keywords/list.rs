//! Keyword lists: what a report counts, from text, CSV or a workbook.
//!
//! ```text
//! list     = { line }
//! line     = [ group ( "：" | ":" ) ] query { "|" query } [ "#" comment ]
//! ```
//!
//! Alternatives between `|` are counted as one entry. Each is a query of the query language; a bare word is an
//! exact phrase. `#` opens a comment at the start of a line or after a blank. A name of a query field before the
//! colon (`kind:总结 水渠`) is not a group. Text between quotation marks or brackets is never split.
//! In CSV and workbooks the first column is the entry and the second, where there is one, its group; a first column of
//! ordinals is skipped, and a row near the top that names the columns says which is which. Words in one cell between
//! `、；，／` or on several lines are entries of their own. Of a workbook with several sheets of words the sheet's name is the group of
//! those without one. How a list was read is in its [notes](Keywords::notes).

use std::collections::BTreeMap;
use std::collections::btree_map::Entry as Slot;
use std::path::Path;

use super::bad_lines::{BadLine, BadLines};
use super::lines::{Line, delimited_lines, has_several, split, text_lines};
use super::note::Note;
use super::sheets::lines_of_sheets;
use crate::query::{Leaf, Node, Problem, SyntaxError, parse};
use crate::report::{Error, Result};
use crate::source::input::{list_sheets, list_text, read_list};
use crate::source::{self, ReadOptions, Skip};

/// Maximum number of entries of a list.
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
    /// Entries that occur twice and are counted once.
    pub repeated: Vec<Repeated>,
    /// What was read otherwise than its writer may have meant.
    pub notes: Vec<Note>,
}

/// An entry that repeats an earlier one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Repeated {
    /// Its line or row, from 1.
    pub line: usize,
    /// The entry.
    pub text: String,
    /// The line or row of its first occurrence.
    pub first: usize,
}

/// Reads the list in `path`: a workbook or CSV by its extension, else text; UTF-8, GB18030 or UTF-16. Of `options` only the
/// processes count, which read workbooks.
///
/// # Errors
/// [`Error::Source`] or [`Error::NotAWorkbook`] if it cannot be read, [`Error::BadKeywords`] with every line that cannot be parsed,
/// [`Error::NoKeywords`] if it holds no entry, [`Error::TooManyKeywords`] over [`MAX_ENTRIES`].
pub fn read(path: &Path, options: &ReadOptions) -> Result<Keywords> {
    let unreadable = || source::Error::unreadable(path);
    let bytes = read_list(path).map_err(unreadable())?;
    let extension = path
        .extension()
        .map(|extension| extension.to_ascii_lowercase());
    let mut notes = Vec::new();
    let lines = match extension
        .as_deref()
        .and_then(|extension| extension.to_str())
    {
        Some("xlsx" | "xlsm" | "xls" | "et") => {
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            let sheets = list_sheets(&name, &bytes, options).map_err(|skip| match skip {
                Skip::Damaged { .. } => Error::NotAWorkbook(path.into()),
                skip => unreadable()(skip).into(),
            })?;
            lines_of_sheets(sheets, &mut notes)
        }
        Some("csv") => delimited_lines(&list_text(&bytes).map_err(unreadable())?, b',', &mut notes),
        Some("tsv") => {
            delimited_lines(&list_text(&bytes).map_err(unreadable())?, b'\t', &mut notes)
        }
        _ => noted_lines(&list_text(&bytes).map_err(unreadable())?, &mut notes),
    };
    let keywords = keywords(lines, path)?;
    Ok(Keywords { notes, ..keywords })
}

/// The words of a command line, each one entry as on a line of a list.
///
/// # Errors
/// As for [`read`]; the line is the word's place from 1.
pub fn from_words(words: &[String]) -> Result<Keywords> {
    keywords(text_lines(&words.join("\n")), Path::new(""))
}

/// A list as text, read as that in a file is.
///
/// # Errors
/// As for [`read`].
pub fn from_text(text: &str) -> Result<Keywords> {
    let mut notes = Vec::new();
    let lines = noted_lines(text, &mut notes);
    let keywords = keywords(lines, Path::new(""))?;
    Ok(Keywords { notes, ..keywords })
}

/// The lines of a text, with a note of each that looks like several words.
fn noted_lines(text: &str, notes: &mut Vec<Note>) -> Vec<Line> {
    let lines = text_lines(text);
    let several = lines.iter().filter(|line| has_several(&line.entry));
    notes.extend(several.map(|line| Note::Together {
        line: line.number,
        text: line.entry.clone(),
    }));
    lines
}

/// The query that finds what an entry counts: of alternatives any, of bare words the exact phrase.
///
/// Words that overlap count as in a report, once; alternatives that are queries of their own count each by itself.
pub fn query_of(entry: &str) -> String {
    let parts = split(entry, |ch| matches!(ch, '|' | '｜'));
    let parts = parts.into_iter().map(str::trim);
    let parts: Vec<&str> = parts.filter(|part| !part.is_empty()).collect();
    let word = |part: &&str| match parse(part) {
        Ok(Node::Leaf(Leaf::Word(text))) => Some(text),
        _ => None,
    };
    let words: Option<Vec<String>> = parts.iter().map(word).collect();
    match words.as_deref() {
        Some([word]) => return format!("“{word}”"),
        Some(words) => {
            let choice = format!("“（{}）”", words.join("｜"));
            // A choice of very many is refused.
            if parse(&choice).is_ok() {
                return choice;
            }
        }
        None => {}
    }
    let whole = |part: &&str| match (word(part), parse(part)) {
        (Some(word), _) => format!("“{word}”"),
        (_, Ok(Node::Leaf(_))) => (*part).to_owned(),
        // Signs of a part must not reach over to the next one.
        _ if parts.len() > 1 => format!("({part})"),
        _ => (*part).to_owned(),
    };
    parts.iter().map(whole).collect::<Vec<_>>().join(" OR ")
}

/// The entries of a list that was read elsewhere, each with its group.
///
/// # Errors
/// [`Error::BadKeywords`] if one of them can't be parsed, which those of a list that was read can.
pub fn from_entries(entries: &[(String, Option<String>)]) -> Result<Keywords> {
    let lines = (1..).zip(entries).map(|(number, (entry, group))| Line {
        number,
        entry: entry.clone(),
        group: group.clone(),
    });
    keywords(lines.collect(), Path::new(""))
}

impl Keywords {
    /// The entries of this list, then those of `other` that it lacks.
    ///
    /// # Errors
    /// [`Error::TooManyKeywords`] over [`MAX_ENTRIES`].
    pub fn and(mut self, other: Self) -> Result<Self> {
        self.repeated.extend(other.repeated);
        self.notes.extend(other.notes);
        let new = other.entries.into_iter().filter(|entry| {
            let is_same = |known: &Entry| {
                (&known.group, &known.alternatives) == (&entry.group, &entry.alternatives)
            };
            !self.entries.iter().any(is_same)
        });
        let new: Vec<Entry> = new.collect();
        self.entries.extend(new);
        if self.entries.len() > MAX_ENTRIES {
            return Err(Error::TooManyKeywords(self.entries.len()));
        }
        Ok(self)
    }
}

fn keywords(lines: Vec<Line>, path: &Path) -> Result<Keywords> {
    if lines.is_empty() {
        return Err(Error::NoKeywords(path.into()));
    }
    if lines.len() > MAX_ENTRIES {
        return Err(Error::TooManyKeywords(lines.len()));
    }
    let mut out = Keywords::default();
    let mut bad = Vec::new();
    let mut first_of: BTreeMap<String, usize> = BTreeMap::new();
    for line in lines {
        match alternatives(&line.entry) {
            Ok(alternatives) => out.add(line, alternatives, &mut first_of),
            Err(error) => {
                let line = line.number;
                bad.push(BadLine { line, error });
            }
        }
    }
    if bad.is_empty() {
        return Ok(out);
    }
    Err(Error::BadKeywords {
        path: path.into(),
        source: BadLines(bad),
    })
}

impl Keywords {
    /// Adds the entry of a line, or notes that one of the same meaning is there already; `first_of` has the first
    /// line of each meaning.
    fn add(&mut self, line: Line, alternatives: Vec<Node>, first_of: &mut BTreeMap<String, usize>) {
        // By the parsed form: `甲|乙` and `甲｜乙` mean the same. In two groups one entry counts in each.
        let meaning = format!("{:?}", (&line.group, &alternatives));
        match first_of.entry(meaning) {
            // A cell may hold a word twice, so that both are on one line.
            Slot::Occupied(first) => self.repeated.push(Repeated {
                line: line.number,
                text: line.entry,
                first: *first.get(),
            }),
            Slot::Vacant(slot) => {
                slot.insert(line.number);
                self.entries.push(Entry {
                    text: line.entry,
                    group: line.group,
                    alternatives,
                });
            }
        }
    }
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

#[cfg(test)]
mod tests {
    use super::*;

    fn list(text: &str) -> Result<Keywords> {
        keywords(text_lines(text), Path::new("list.txt"))
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
        let from_book = read(&path, &ReadOptions::default()).expect("keywords");
        let text = folder.path().join("词.txt");
        let (bytes, _, _) = encoding_rs::GBK.encode("水利：修渠\n");
        std::fs::write(&text, bytes).expect("a file");
        assert_eq!(
            from_book,
            read(&text, &ReadOptions::default()).expect("keywords")
        );
        assert_eq!(from_book.entries[0].group.as_deref(), Some("水利"));
    }

    #[test]
    fn further_sheets_are_read_or_noted() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let path = folder.path().join("词.xlsx");
        let mut book = rust_xlsxwriter::Workbook::new();
        let sheets = [
            ("重点词", "修渠、修路"),
            ("空", ""),
            ("第二张", "水渠"),
            ("说明", "本表由水利科整理。"),
        ];
        for (name, cell) in sheets {
            let sheet = book.add_worksheet().set_name(name).expect("a name");
            if !cell.is_empty() {
                sheet.write(0, 0, cell).expect("a cell");
            }
        }
        book.save(&path).expect("a workbook");
        let keywords = read(&path, &ReadOptions::default()).expect("keywords");
        let entries = keywords.entries.iter();
        let entries: Vec<_> = entries
            .map(|entry| (&*entry.text, entry.group.as_deref()))
            .collect();
        let expected = [
            ("修渠", Some("重点词")),
            ("修路", Some("重点词")),
            ("水渠", Some("第二张")),
        ];
        assert_eq!(entries, expected);
        let split = Note::Split {
            line: 1,
            text: "修渠、修路".into(),
            n: 2,
        };
        let read = Note::Sheets(vec!["重点词".into(), "第二张".into()]);
        let unread = Note::Unread(vec!["说明".into()]);
        assert_eq!(keywords.notes, [split, read, unread]);
    }

    #[test]
    fn lines_of_several_words_are_noted() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let path = folder.path().join("词.txt");
        let text = "修渠，修路、水渠\n修渠 修路\n修渠 NEAR/5 修路\n“修渠、修路”\n修渠 | 修路\n+修渠 -修路\n水渠\n";
        std::fs::write(&path, text).expect("a file");
        let keywords = read(&path, &ReadOptions::default()).expect("keywords");
        let lines = keywords.notes.iter().map(|note| match note {
            Note::Together { line, .. } => *line,
            _ => 0,
        });
        assert_eq!(lines.collect::<Vec<_>>(), [1, 2]);
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
    fn the_query_of_an_entry_means_the_same() {
        for (entry, query) in [
            ("修渠", "“修渠”"),
            ("修渠 | 修路｜水渠", "“（修渠｜修路｜水渠）”"),
            ("修渠 | “修*路”", "“修渠” OR “修*路”"),
            ("“修*渠”", "“修*渠”"),
            ("“甲|乙”", "“甲|乙”"),
            ("+修渠 -修路", "+修渠 -修路"),
            (
                "修渠 NEAR/5 修路 | +水渠 -河",
                "修渠 NEAR/5 修路 OR (+水渠 -河)",
            ),
        ] {
            assert_eq!(query_of(entry), query);
            assert!(parse(query).is_ok(), "{query}");
        }
        let noted = from_text("修渠，修路\r\n水利：水渠\r\n").expect("keywords");
        assert_eq!((noted.entries.len(), noted.notes.len()), (2, 1));
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
