//! A second implementation of exact matching from its specification, simple and slow, sharing only [`normalize`] with the library.
//!
//! A text is normalized and read as a sequence of units. Each Han character is a unit; each run of letters and digits is one,
//! including `.` and `,` between two digits and a `%` after a digit, which ends it. A sentence end stops a match; no other
//! character is part of a unit.

use std::collections::{BTreeSet, HashMap};
use std::ops::Range;
use std::path::Path;
use std::sync::{LazyLock, Mutex};

use xunzhang::document::{Document, Part, Passage};
use xunzhang::source::{ReadOptions, read};
use xunzhang::text::normalize::normalize;

/// A unit: the number of its text, in order of first appearance, and the ordinal of its sentence.
pub(crate) type Unit = (u32, u32);

/// Reads the units of a text.
pub(crate) fn units(text: &str) -> Vec<Unit> {
    let chars: Vec<char> = normalize(text).chars().collect();
    let spans = spans(&chars).into_iter();
    spans
        .map(|(span, sentence)| (number(chars[span].iter().collect()), sentence))
        .collect()
}

/// The ranges of the units in a normalized text, each with the ordinal of its sentence.
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

/// The number of a unit's text, equal for equal texts: comparing the texts themselves would be too slow.
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

/// A condition of a query on a passage's text.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Wanted {
    /// Sequences of units, with the minimum and maximum number of units between one and the next; a phrase is one sequence.
    Sequences(Vec<Vec<u32>>, Vec<(usize, usize)>),
    /// Two sequences in either order with at most this many units between them.
    Near(Vec<u32>, Vec<u32>, usize),
}

/// The units of a phrase; sentence ends in it are ignored.
pub(crate) fn sequence(text: &str) -> Vec<u32> {
    units(text).into_iter().map(|(unit, _)| unit).collect()
}

impl Wanted {
    /// The phrase without gaps.
    pub(crate) fn phrase(text: &str) -> Self {
        Self::Sequences(vec![sequence(text)], Vec::new())
    }

    /// The number of matches: starts from which the sequences follow each other, or pairs of sequences that are near.
    pub(crate) fn places(&self, text: &[Unit]) -> u64 {
        self.ranges(text).len() as u64
    }

    /// The units from the start to the end of each match; of several ends the one with the narrowest first gap, then
    /// the narrowest second gap.
    pub(crate) fn ranges(&self, text: &[Unit]) -> Vec<Range<usize>> {
        let starts = 0..text.len();
        match self {
            Self::Sequences(sequences, gaps) => starts
                .filter_map(|at| Some(at..follow(text, at, sequences, gaps)?))
                .collect(),
            Self::Near(left, right, distance) => {
                let places = |sequence| {
                    starts
                        .clone()
                        .filter(move |&at| occurs_at(text, at, sequence))
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

/// Whether the units from `at` on are those of `sequence`, all in one sentence.
fn occurs_at(text: &[Unit], at: usize, sequence: &[u32]) -> bool {
    !sequence.is_empty()
        && text.len() >= at + sequence.len()
        && (0..sequence.len())
            .all(|i| text[at + i].0 == sequence[i] && text[at + i].1 == text[at].1)
}

/// The end of the last sequence if the first one occurs at `at` and the others follow in the same sentence. All combinations
/// of gaps are tried, the narrowest first.
fn follow(
    text: &[Unit],
    at: usize,
    sequences: &[Vec<u32>],
    gaps: &[(usize, usize)],
) -> Option<usize> {
    if !occurs_at(text, at, &sequences[0]) {
        return None;
    }
    let end = at + sequences[0].len();
    let Some(&(least, most)) = gaps.first() else {
        return Some(end);
    };
    (end + least..=end + most)
        .filter(|&next| text.get(next).is_some_and(|unit| unit.1 == text[at].1))
        .find_map(|next| follow(text, next, &sequences[1..], &gaps[1..]))
}

/// A passage and the fields that filters use.
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
    /// The headings above it, label and title; a bare heading is not below itself.
    pub(crate) headings: Vec<String>,
}

/// Every passage of the files under `root`, except files named SOURCE.txt.
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
            .replace(std::path::MAIN_SEPARATOR, "/");
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
        role: document.role_of(passage).map(|role| role.name()),
        part: passage.part,
        headings,
    }
}

/// The result of a scan: the matching passages and the total number of matches.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Found {
    pub(crate) places: BTreeSet<(String, u32)>,
    pub(crate) occurrences: u64,
}

impl Found {
    /// The number of documents among the passages.
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
fn the_documented_examples() {
    let places = |phrase: &str, text: &str| Wanted::phrase(phrase).places(&units(text));
    assert_eq!(places("不误、促进", "学习不误,促进工作"), 1);
    assert_eq!(places("促进工作", "学习促进。工作"), 0);
    assert_eq!(places("作", "工作。作风"), 2);
    assert_eq!(sequence("增长26.95%，达1,234万元").len(), 7);
    assert_eq!(
        places("1,234", "1,234万元，1,2345、234") + places("6%", "6%6.5%"),
        2
    );
    let gap = Wanted::Sequences(vec![sequence("坚持以"), sequence("为指导")], vec![(1, 20)]);
    assert_eq!(gap.places(&units("坚持以法为指导。坚持以为指导")), 1);
    let near = Wanted::Near(sequence("招商"), sequence("就业"), 2);
    assert_eq!(near.places(&units("就业、招商和就业，招商。就业")), 3);
}
