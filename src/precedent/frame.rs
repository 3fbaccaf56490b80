//! Frames: tabulates the fillers of a pattern's gaps.
//!
//! Matches are those of [`Pattern::find`](crate::text::pattern::Pattern::find): one for each unit from which
//! the pattern matches, with the nearest occurrence of every further sequence. So the table equals that of a
//! scan of all passages.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use serde::Serialize;

use super::error::{Error, Result};
use super::pieces::cut;
use super::variant::{Source, SourcePassage, by_age};
use crate::query::{self, Leaf, TooExpensive};
use crate::search::{self, Filter, Scope, Searcher, Spot};
use crate::text::pattern::{Match, Pattern};
use crate::text::units::Units;

/// Key of [`Row::years`] for documents without a date.
pub const UNDATED: &str = "undated";

/// A pattern's fillers.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Frame {
    /// The pattern as entered.
    pub pattern: String,
    /// Number of its matches.
    pub matches: u64,
    /// Number of documents with a match.
    pub documents: u64,
    /// The fillers of all gaps together: by occurrences, then documents, then text.
    pub rows: Vec<Row>,
    /// With several gaps, the fillers of each of them, in the same order.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub slots: Vec<Vec<Row>>,
}

/// Fillers and their counts.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Row {
    /// The filler of each gap, or of the one gap that the table is about, as in the oldest source; empty for
    /// an empty gap.
    pub fillers: Vec<String>,
    /// Matches with these fillers.
    pub occurrences: u64,
    /// Number of documents with these fillers.
    pub documents: u64,
    /// Year of the oldest document.
    pub first: Option<u16>,
    /// Year of the newest document.
    pub last: Option<u16>,
    /// Matches in each year, documents without a date under [`UNDATED`].
    pub years: BTreeMap<String, u64>,
    /// The oldest match.
    pub example: Example,
}

/// A match in context.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Example {
    /// The characters that match.
    pub text: String,
    /// Its position.
    #[serde(flatten)]
    pub source: Source,
}

/// The counts of a row while matches are collected.
struct Tally {
    fillers: Vec<String>,
    occurrences: u64,
    documents: BTreeSet<Arc<str>>,
    years: BTreeMap<Option<u16>, u64>,
    oldest: MatchPosition,
}

/// A match before its headings are fetched.
#[derive(Clone)]
struct MatchPosition {
    spot: Spot,
    span: (usize, usize),
    text: String,
}

/// A table by the fillers' units, each filler's joined by [`BETWEEN`]: fillers are equal if exact matching
/// treats them as equal.
type Table = BTreeMap<Vec<String>, Tally>;

/// Occurs in no unit.
const BETWEEN: &str = "\u{0}";

/// Maximum number of bytes of distinct fillers and examples, some 100,000 rows of long fillers: a pattern
/// whose gaps accept anything has a row for nearly every match.
const MAX_BYTES: usize = 100_000_000;

/// Maximum number of fillers that are tabulated, some seconds of work: `的*的` has one million on 470,000
/// passages.
const MAX_FILLERS: usize = 10_000_000;

/// Tabulates the fillers of the gaps of `pattern`, at most `limit` rows of each table; all matches are
/// counted.
///
/// # Errors
/// [`crate::query::Error::Syntax`] if it is not a pattern, [`Error::NoSlot`] if it has no gap, [`crate::query::Error::TooExpensive`] if it matches nearly
/// anything, [`crate::query::Error::BadGlob`] if a path is not a
/// pattern, [`crate::index::Error::Engine`] if the index can't be read.
pub fn frame(
    searcher: &Searcher<'_>,
    pattern: &str,
    filter: &Filter,
    limit: usize,
) -> Result<Frame> {
    let parsed = crate::query::parse_pattern(pattern)?;
    let n_slots = parsed.gaps.len();
    if n_slots == 0 {
        return Err(Error::NoSlot(pattern.to_owned()));
    }
    let scope = Scope::new(searcher, filter)?;
    let spots = scope.places_of(&Leaf::Pattern(parsed.clone()))?;
    // One gap needs one table: that of all gaps together is the same.
    let n_tables = if n_slots > 1 { n_slots + 1 } else { 1 };
    let tables = tabulate(&scope, &spots, &parsed, n_tables)?
        .ok_or_else(|| query::Error::from(TooExpensive::new(pattern)))?;
    let matches = tables[0].values().map(|tally| tally.occurrences).sum();
    let rows = tables.into_iter().map(|table| rows(&scope, table, limit));
    let mut rows = rows.collect::<Result<Vec<_>>>()?.into_iter();
    Ok(Frame {
        pattern: pattern.to_owned(),
        matches,
        documents: spots.chunk_by(|a, b| a.document == b.document).count() as u64,
        rows: rows.next().unwrap_or_default(),
        slots: rows.collect(),
    })
}

/// The tables of all matches in `spots`, first that of all gaps together; `None` if they would be too large.
fn tabulate(
    scope: &Scope<'_>,
    spots: &[Spot],
    pattern: &Pattern,
    n_tables: usize,
) -> Result<Option<Vec<Table>>> {
    let mut tables: Vec<Table> = (0..n_tables).map(|_| Table::new()).collect();
    let (mut n_bytes, mut n_fillers) = (0, 0);
    // In batches: a pattern may occur in every passage.
    for batch in spots.chunks(1_000) {
        for (spot, text) in batch.iter().zip(scope.texts(batch)?) {
            let units = Units::new(&text);
            for found in pattern.find(&units) {
                let place = place(spot, &text, &units, &found);
                let gaps = found.rows.windows(2);
                let gaps = gaps.map(|pair| slot(&text, &units, pair[0].end..pair[1].start));
                let slots: Vec<Slot> = gaps.collect();
                n_bytes += add(&mut tables[0], slots.iter(), &place);
                for (table, slot) in tables[1..].iter_mut().zip(&slots) {
                    n_bytes += add(table, std::iter::once(slot), &place);
                }
                n_fillers += slots.len();
                // Checked while the table grows, not from an estimate: how many fillers are distinct shows
                // only here.
                if n_bytes > MAX_BYTES || n_fillers > MAX_FILLERS {
                    return Ok(None);
                }
            }
        }
    }
    Ok(Some(tables))
}

/// The filler of a gap: its units and its characters.
struct Slot {
    units: String,
    text: String,
}

fn slot(text: &str, units: &Units, range: std::ops::Range<usize>) -> Slot {
    let filler = if range.is_empty() {
        String::new()
    } else {
        cut(text, units.span(range.clone()))
    };
    Slot {
        units: range
            .map(|ord| units.text(ord))
            .collect::<Vec<_>>()
            .join(BETWEEN),
        text: filler,
    }
}

fn place(spot: &Spot, text: &str, units: &Units, found: &Match) -> MatchPosition {
    let span = units.span(found.units());
    MatchPosition {
        spot: spot.clone(),
        span: (span.start, span.end),
        text: cut(text, span),
    }
}

/// Adds a match; returns the number of bytes by which the table has grown.
fn add<'a>(
    table: &mut Table,
    slots: impl Iterator<Item = &'a Slot> + Clone,
    place: &MatchPosition,
) -> usize {
    let n_bytes = slots.clone().map(|slot| slot.units.len() + slot.text.len());
    let n_bytes = n_bytes.sum::<usize>() + place.text.len() + size_of::<Tally>();
    let key: Vec<String> = slots.clone().map(|slot| slot.units.clone()).collect();
    let tally = table.entry(key).or_insert_with(|| Tally::new(place));
    // Marks and script may differ between equal fillers; the oldest source decides which one is shown.
    if tally.occurrences == 0 || is_older(place, &tally.oldest) {
        tally.fillers = slots.map(|slot| slot.text.clone()).collect();
        tally.oldest = place.clone();
    }
    tally.occurrences += 1;
    tally.documents.insert(Arc::clone(&place.spot.document));
    let year = place.spot.date.map(|date| date.year);
    *tally.years.entry(year).or_default() += 1;
    // Further matches of a row add next to nothing.
    if tally.occurrences == 1 { n_bytes } else { 0 }
}

impl Tally {
    /// One without matches, before `place` is added.
    fn new(place: &MatchPosition) -> Self {
        Self {
            fillers: Vec::new(),
            occurrences: 0,
            documents: BTreeSet::new(),
            years: BTreeMap::new(),
            oldest: place.clone(),
        }
    }
}

fn is_older(a: &MatchPosition, b: &MatchPosition) -> bool {
    by_age(&a.spot, &b.spot).then(a.span.cmp(&b.span)).is_lt()
}

fn rows(scope: &Scope<'_>, table: Table, limit: usize) -> Result<Vec<Row>> {
    let mut tallies: Vec<Tally> = table.into_values().collect();
    tallies.sort_by(|a, b| {
        let by_number = (b.occurrences, b.documents.len()).cmp(&(a.occurrences, a.documents.len()));
        by_number.then_with(|| a.fillers.cmp(&b.fillers))
    });
    // Headings are fetched only for the rows that are shown.
    tallies.truncate(limit);
    tallies.into_iter().map(|tally| row(scope, tally)).collect()
}

fn row(scope: &Scope<'_>, tally: Tally) -> Result<Row> {
    let MatchPosition { spot, span, text } = tally.oldest;
    let stored = scope.passage(&spot)?;
    let document = scope.document(&spot)?;
    let source = Source {
        place: search::place(&document.id, stored.record.line),
        document: document.into(),
        section: stored.record.path.into_iter().map(Into::into).collect(),
        passage: SourcePassage {
            number: spot.number,
            line: stored.record.line,
        },
        span,
    };
    // Undated documents count, but are of no year.
    let dated = || tally.years.keys().flatten().copied();
    let name = |year: &Option<u16>| match year {
        Some(year) => year.to_string(),
        None => UNDATED.to_owned(),
    };
    let years = tally.years.iter().map(|(year, &n)| (name(year), n));
    Ok(Row {
        fillers: tally.fillers,
        occurrences: tally.occurrences,
        documents: tally.documents.len() as u64,
        first: dated().min(),
        last: dated().max(),
        years: years.collect(),
        example: Example { text, source },
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::precedent::test_index::with_documents;
    use crate::query::Problem;
    use crate::search;

    const DOCUMENTS: [(&str, &str); 3] = [
        (
            "甲.txt",
            "云岭乡2011年工作总结\n坚持以安全生产为底线。坚持以防汛抗旱为底线，也坚持以安全、生产为底线。",
        ),
        (
            "乙.txt",
            "云岭乡2015年工作总结\n坚持以防汛抗旱为底线，以人为本，坚持以修路。为底线。",
        ),
        ("丙.txt", "荷塘村植树简讯\n坚持以防汛抗旱为中心。"),
    ];

    fn framed(pattern: &str, limit: usize) -> Result<Frame> {
        with_documents(&DOCUMENTS, |searcher| {
            frame(searcher, pattern, &Filter::default(), limit)
        })
    }

    type Expected<'a> = (&'a [&'a str], u64, u64, Option<u16>, Option<u16>);

    #[track_caller]
    fn check(rows: &[Row], expected: &[Expected<'_>]) {
        let actual: Vec<(Vec<&str>, _, _, _, _)> = rows
            .iter()
            .map(|row| {
                (
                    row.fillers.iter().map(String::as_str).collect(),
                    row.occurrences,
                    row.documents,
                    row.first,
                    row.last,
                )
            })
            .collect();
        let expected: Vec<_> = expected
            .iter()
            .map(|&(fillers, n, d, first, last)| (fillers.to_vec(), n, d, first, last))
            .collect();
        assert_eq!(actual, expected);
    }

    #[test]
    fn fillers_with_counts_and_years() {
        let frame = framed("坚持以*为底线", 10).expect("it is a pattern");
        assert_eq!((frame.matches, frame.documents), (4, 2));
        check(
            &frame.rows,
            &[
                (&["防汛抗旱"], 2, 2, Some(2011), Some(2015)),
                (&["安全生产"], 2, 1, Some(2011), Some(2011)),
            ],
        );
        assert!(frame.slots.is_empty());
        let example = &frame.rows[0].example;
        assert_eq!(
            (example.text.as_str(), example.source.span),
            ("坚持以防汛抗旱为底线", (11, 21))
        );
        let years: Vec<_> = frame.rows[0]
            .years
            .iter()
            .map(|(year, &n)| (year.as_str(), n))
            .collect();
        assert_eq!(years, [("2011", 1), ("2015", 1)]);
    }

    #[test]
    fn several_slots_give_tuples_and_a_table_for_each() {
        let frame = framed("坚持以*为*{2,2}", 10);
        assert!(
            matches!(
                frame,
                Err(Error::Search(search::Error::Query(query::Error::Syntax(_))))
            ),
            "a gap at the end is open"
        );
        let frame = framed("以*为?线", 10).expect("it is a pattern");
        check(
            &frame.rows,
            &[
                (&["防汛抗旱", "底"], 2, 2, Some(2011), Some(2015)),
                (&["安全生产", "底"], 2, 1, Some(2011), Some(2011)),
            ],
        );
        check(&frame.slots[1], &[(&["底"], 4, 2, Some(2011), Some(2015))]);
        let frame = framed("坚持以*为*{0,2}", 10);
        assert!(frame.is_err());
    }

    #[test]
    fn rows_are_limited_and_counts_are_not() {
        let frame = framed("坚持以*为", 1).expect("it is a pattern");
        assert_eq!(
            (frame.rows.len(), frame.matches, frame.documents),
            (1, 5, 3)
        );
        check(
            &frame.rows,
            &[(&["防汛抗旱"], 3, 3, Some(2011), Some(2015))],
        );
        assert_eq!(frame.rows[0].years[UNDATED], 1);
    }

    #[test]
    fn a_pattern_without_a_gap_is_an_error() {
        let error = |pattern: &str| framed(pattern, 1).map(|_| ()).unwrap_err();
        let no_slot = error("为底线");
        assert!(
            matches!(&no_slot, Error::NoSlot(pattern) if pattern == "为底线"),
            "{no_slot}"
        );
        for (pattern, expected) in [("*", Problem::OpenGap), ("", Problem::Empty)] {
            match error(pattern) {
                Error::Search(search::Error::Query(query::Error::Syntax(error))) => {
                    assert_eq!(error.problem, expected, "{pattern}");
                }
                other => panic!("{pattern}: {other}"),
            }
        }
    }
}
