//! Exact matching read once more from the product's contract, simple and slow, sharing only [`normalize`] with the library.
//!
//! A text is normalized and read as a row of units. Each Han character is one; each run of letters and digits is one, with `.`
//! and `,` between two digits and a `%` after a digit, which ends it. A sentence end stops a match, everything else is no unit.

use std::collections::{BTreeSet, HashMap};
use std::ops::Range;
use std::path::Path;
use std::sync::{LazyLock, Mutex};

use xunzhang::document::{Document, Part, Passage};
use xunzhang::source::{ReadOptions, read};
use xunzhang::text::normalize::normalize;

/// One unit, as the number of its text in order of appearance, and the ordinal of the sentence that it stands in.
pub(crate) type Unit = (u32, u32);

/// Reads the units of a text.
pub(crate) fn units(text: &str) -> Vec<Unit> {
    let chars: Vec<char> = normalize(text).chars().collect();
    let spans = spans(&chars).into_iter();
    spans
        .map(|(span, sentence)| (number(chars[span].iter().collect()), sentence))
        .collect()
}

/// Where the units of a normalized text stand, each with the ordinal of its sentence.
pub(crate) fn spans(chars: &[char]) -> Vec<(Range<usize>, u32)> {
    let is_digit = |at: usize| chars.get(at).is_some_and(char::is_ascii_digit);
    let mut out = Vec::new();
    let mut sentence = 0;
    let mut at = 0;
    while at < chars.len() {
        let from = at;
        at += 1;
        if is_han(chars[from]) {
            out.push((from..at, sentence));
        } else if is_of_run(chars[from]) {
            while at < chars.len() {
                let is_mark =
                    matches!(chars[at], '.' | ',') && is_digit(at - 1) && is_digit(at + 1);
                if chars[at] == '%' && is_digit(at - 1) {
                    at += 1;
                    break;
                }
                if !(is_of_run(chars[at]) || is_mark) {
                    break;
                }
                at += 1;
            }
            out.push((from..at, sentence));
        } else if matches!(chars[from], '。' | '!' | '?') {
            sentence += 1;
        }
    }
    out
}

/// The number of a unit's text: the same for the same text, since comparing texts would take all day.
fn number(unit: String) -> u32 {
    static NUMBERS: LazyLock<Mutex<HashMap<String, u32>>> = LazyLock::new(Mutex::default);
    let mut numbers = NUMBERS.lock().expect("nothing panics while it is held");
    let next = numbers.len() as u32;
    *numbers.entry(unit).or_insert(next)
}

fn is_han(ch: char) -> bool {
    matches!(ch as u32, 0x3400..=0x4dbf | 0x4e00..=0x9fff | 0xf900..=0xfaff | 0x20000..=0x3ffff | 0x3005 | 0x3007)
}

fn is_of_run(ch: char) -> bool {
    ch.is_alphanumeric() && !is_han(ch)
}

/// What a query asks of a passage's text.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Wanted {
    /// Rows of units with so many units between one and the next; a phrase is one row.
    Rows(Vec<Vec<u32>>, Vec<(usize, usize)>),
    /// Two rows in either order with at most so many units between them.
    Near(Vec<u32>, Vec<u32>, usize),
}

/// The units of a phrase; sentence ends in it are passed over.
pub(crate) fn row(text: &str) -> Vec<u32> {
    units(text).into_iter().map(|(unit, _)| unit).collect()
}

impl Wanted {
    /// The phrase without gaps.
    pub(crate) fn phrase(text: &str) -> Self {
        Self::Rows(vec![row(text)], Vec::new())
    }

    /// The number of places: starts from which rows follow each other, or pairs of rows that are near.
    pub(crate) fn places(&self, text: &[Unit]) -> u64 {
        self.ranges(text).len() as u64
    }

    /// The units from the start to the end of each place; of several ends the one with the narrowest first gap, then
    /// the narrowest second one.
    pub(crate) fn ranges(&self, text: &[Unit]) -> Vec<Range<usize>> {
        let starts = 0..text.len();
        match self {
            Self::Rows(rows, gaps) => starts
                .filter_map(|at| Some(at..follow(text, at, rows, gaps)?))
                .collect(),
            Self::Near(left, right, distance) => {
                let places = |row| {
                    starts
                        .clone()
                        .filter(move |&at| stands(text, at, row))
                        .collect::<Vec<_>>()
                };
                let rights = places(right);
                let near = |l: usize, r: usize| {
                    let (ends, next) = if l < r {
                        (l + left.len(), r)
                    } else {
                        (r + right.len(), l)
                    };
                    let is_near =
                        next >= ends && next - ends <= *distance && text[l].1 == text[r].1;
                    is_near.then(|| l.min(r)..(l + left.len()).max(r + right.len()))
                };
                let lefts = places(left).into_iter();
                lefts
                    .flat_map(|l| rights.iter().filter_map(move |&r| near(l, r)))
                    .collect()
            }
        }
    }
}

/// Whether the units from `at` on are those of `row`, all in one sentence.
fn stands(text: &[Unit], at: usize, row: &[u32]) -> bool {
    !row.is_empty()
        && text.len() >= at + row.len()
        && (0..row.len()).all(|i| text[at + i].0 == row[i] && text[at + i].1 == text[at].1)
}

/// Where the last row ends if the first one stands at `at` and the others follow in the same sentence: every way is tried,
/// the narrowest gaps first.
fn follow(text: &[Unit], at: usize, rows: &[Vec<u32>], gaps: &[(usize, usize)]) -> Option<usize> {
    if !stands(text, at, &rows[0]) {
        return None;
    }
    let end = at + rows[0].len();
    let Some(&(least, most)) = gaps.first() else {
        return Some(end);
    };
    (end + least..=end + most)
        .filter(|&next| text.get(next).is_some_and(|unit| unit.1 == text[at].1))
        .find_map(|next| follow(text, next, &rows[1..], &gaps[1..]))
}

/// A passage and what filters see of it.
pub(crate) struct Scanned {
    pub(crate) document: String,
    pub(crate) number: u32,
    pub(crate) text: String,
    pub(crate) units: Vec<Unit>,
    pub(crate) line: u32,
    pub(crate) year: Option<u64>,
    pub(crate) date: Option<String>,
    pub(crate) kind: Option<String>,
    pub(crate) role: Option<&'static str>,
    pub(crate) part: Part,
    /// Headings that it stands under, label and title; a bare heading does not stand under itself.
    pub(crate) headings: Vec<String>,
}

/// Every passage of the files under `root`, but for those called SOURCE.txt.
pub(crate) fn scan(root: &Path) -> Vec<Scanned> {
    let mut out = Vec::new();
    let files = walkdir::WalkDir::new(root).into_iter().flatten();
    for file in files.filter(|file| file.file_type().is_file() && file.file_name() != "SOURCE.txt")
    {
        let id = file
            .path()
            .strip_prefix(root)
            .expect("a path below the root")
            .to_string_lossy()
            .into_owned();
        let each = |record: xunzhang::source::Record| {
            let id = record
                .key
                .map_or_else(|| id.clone(), |key| format!("{id}#{key}"));
            let passages = record.document.passages.iter();
            out.extend(passages.map(|passage| scanned(&id, &record.document, passage)));
        };
        // A file that cannot be read has no passages, here as in the index.
        let _ = read(file.path(), &ReadOptions::default(), each);
    }
    out
}

fn scanned(id: &str, document: &Document, passage: &Passage) -> Scanned {
    let mut headings: Vec<String> = document
        .path(passage.section)
        .iter()
        .map(|section| {
            format!(
                "{}{}",
                section.label.as_deref().unwrap_or_default(),
                section.title
            )
        })
        .collect();
    if passage.part == Part::Heading {
        headings.pop();
    }
    Scanned {
        document: id.to_owned(),
        number: passage.number,
        text: passage.text.clone(),
        units: units(&passage.text),
        line: passage.line,
        date: document.date.map(|(date, _)| date.to_string()),
        year: document.date.map(|(date, _)| u64::from(date.year)),
        kind: document.kind.clone(),
        role: document.role(passage.section).map(|role| role.name()),
        part: passage.part,
        headings,
    }
}

/// What a scan finds: where, and how often in all.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Found {
    pub(crate) places: BTreeSet<(String, u32)>,
    pub(crate) occurrences: u64,
}

impl Found {
    /// The number of documents among the places.
    pub(crate) fn documents(&self) -> u64 {
        let documents: BTreeSet<&str> = self
            .places
            .iter()
            .map(|(document, _)| document.as_str())
            .collect();
        documents.len() as u64
    }
}

#[test]
fn the_contracts_examples() {
    let places = |phrase: &str, text: &str| Wanted::phrase(phrase).places(&units(text));
    assert_eq!(places("不误、促进", "学习不误,促进工作"), 1);
    assert_eq!(places("促进工作", "学习促进。工作"), 0);
    assert_eq!(places("作", "工作。作风"), 2);
    assert_eq!(row("增长26.95%，达1,234万元").len(), 7);
    assert_eq!(
        places("1,234", "1,234万元，1,2345、234") + places("6%", "6%6.5%"),
        2
    );
    let gap = Wanted::Rows(vec![row("坚持以"), row("为指导")], vec![(1, 20)]);
    assert_eq!(gap.places(&units("坚持以法为指导。坚持以为指导")), 1);
    let near = Wanted::Near(row("招商"), row("就业"), 2);
    assert_eq!(near.places(&units("就业、招商和就业，招商。就业")), 3);
}
