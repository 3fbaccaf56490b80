//! A report as JSON, with the names of the product's contract.

use serde::{Serialize, Serializer};

use super::breakdown::Breakdown;
use super::tables::Told;
use super::tally::{Counted, EntryTally, Excerpt, Tally};
use crate::document::{Part, Role};
use crate::search::SectionRef;
use crate::text::printable::escape_json;

#[derive(Serialize)]
struct Report<'a> {
    fingerprint: &'a str,
    collection: Collection,
    entries: Vec<Entry<'a>>,
    cooccurrence: Option<Vec<Together<'a>>>,
    excerpts: Vec<Quoted<'a>>,
    warnings: Vec<String>,
}

#[derive(Serialize)]
struct Collection {
    documents: usize,
    passages: u64,
    characters: u64,
    first: Option<String>,
    last: Option<String>,
    filter: String,
}

#[derive(Serialize)]
struct Entry<'a> {
    entry: &'a str,
    group: Option<&'a str>,
    occurrences: u64,
    passages: u64,
    documents: u64,
    share: f64,
    per_10k: f64,
    first: Option<String>,
    last: Option<String>,
    distinct: u64,
    negated: Option<u64>,
    by_year: Map<String>,
    by_document: Map<&'a str>,
    by_kind: Map<&'a str>,
    by_role: Map<&'a str>,
    by_folder: Map<&'a str>,
}

/// Counts by name, in this order; a JSON object.
struct Map<N>(Vec<(N, u64)>);

impl<N: Serialize> Serialize for Map<N> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(name, count)| (name, count)))
    }
}

#[derive(Serialize)]
struct Together<'a> {
    entries: [&'a str; 2],
    passages: u64,
}

#[derive(Serialize)]
struct Quoted<'a> {
    entry: &'a str,
    group: Option<&'a str>,
    document: Document<'a>,
    section: &'a [SectionRef],
    passage: Passage,
    span: (usize, usize),
    before: &'a str,
    hit: &'a str,
    after: &'a str,
    negated: Option<bool>,
}

#[derive(Serialize)]
struct Document<'a> {
    id: &'a str,
    title: &'a str,
    date: Option<String>,
    kind: Option<&'a str>,
}

#[derive(Serialize)]
struct Passage {
    number: u32,
    line: u32,
    part: Part,
}

/// Key of what has no year, kind, role or folder.
const NONE: &str = "none";

/// The report as one JSON object and a line feed. Rates and shares have six decimals.
pub fn json(told: &Told) -> String {
    let tally = told.tally;
    let dates = || tally.documents.iter().filter_map(|document| document.date);
    let name = |ord: usize| tally.entries[ord].entry.as_str();
    let documents = &tally.documents;
    let breakdowns = Breakdowns {
        years: Breakdown::new(documents, |document| {
            (document.date.is_none(), document.year())
        }),
        kinds: Breakdown::new(documents, |document| {
            (document.kind.is_none(), document.kind.as_deref())
        }),
        folders: Breakdown::new(documents, Counted::folder),
    };
    let report = Report {
        fingerprint: &tally.fingerprint,
        collection: Collection {
            documents: tally.documents.len(),
            passages: tally.passages(),
            characters: tally.characters(),
            first: dates().min().map(|date| date.to_string()),
            last: dates().max().map(|date| date.to_string()),
            filter: super::about::described(told.filter, told.language),
        },
        entries: tally
            .entries
            .iter()
            .map(|entry| self::entry(tally, entry, &breakdowns))
            .collect(),
        cooccurrence: tally.pairs.as_ref().map(|pairs| {
            let pairs = pairs.iter().map(|pair| Together {
                entries: [name(pair.first), name(pair.second)],
                passages: pair.passages,
            });
            pairs.collect()
        }),
        excerpts: tally
            .excerpts
            .iter()
            .map(|excerpt| quoted(tally, excerpt))
            .collect(),
        warnings: told.warnings(),
    };
    let json =
        serde_json::to_string(&report).expect("plain data with string keys always serializes");
    escape_json(&json).into_owned() + "\n"
}

/// The documents by what an entry's occurrences are told apart by; what has none is behind the others.
struct Breakdowns<'a> {
    years: Breakdown<(bool, Option<u16>)>,
    kinds: Breakdown<(bool, Option<&'a str>)>,
    folders: Breakdown<&'a str>,
}

fn entry<'a>(tally: &'a Tally, entry: &'a EntryTally, breakdowns: &Breakdowns<'a>) -> Entry<'a> {
    let Breakdowns {
        years,
        kinds,
        folders,
    } = breakdowns;
    let documents = entry.by_document.iter();
    let documents = documents.map(|&(document, n)| (tally.documents[document].id.as_str(), n));
    let roles = entry.by_role.iter();
    Entry {
        entry: &entry.entry,
        group: entry.group.as_deref(),
        occurrences: entry.occurrences,
        passages: entry.passages,
        documents: entry.documents,
        share: rounded(tally.share(entry)),
        per_10k: rounded(tally.per_10k(entry)),
        first: entry.first.map(|date| date.to_string()),
        last: entry.last.map(|date| date.to_string()),
        distinct: entry.distinct,
        negated: entry.negated,
        by_year: by_key(years, entry, |(_, year)| {
            year.map_or("undated".to_owned(), |year| year.to_string())
        }),
        by_document: Map(documents.filter(|(_, n)| *n > 0).collect()),
        by_kind: by_key(kinds, entry, |(_, kind)| kind.unwrap_or(NONE)),
        by_role: Map(roles
            .map(|&(role, n)| (role.map_or(NONE, Role::name), n))
            .collect()),
        by_folder: by_key(folders, entry, |folder| match folder {
            "" => NONE,
            folder => folder,
        }),
    }
}

/// Keys that have any occurrences.
fn by_key<K: Ord + Copy, N>(
    breakdown: &Breakdown<K>,
    entry: &EntryTally,
    name: impl Fn(K) -> N,
) -> Map<N> {
    let counts = breakdown.keys().iter().zip(breakdown.occurrences(entry));
    let held = counts.filter(|(_, n)| *n > 0);
    Map(held.map(|(&key, n)| (name(key), n)).collect())
}

fn quoted<'a>(tally: &'a Tally, excerpt: &'a Excerpt) -> Quoted<'a> {
    let entry = &tally.entries[excerpt.entry];
    let document = &tally.documents[excerpt.document];
    Quoted {
        entry: &entry.entry,
        group: entry.group.as_deref(),
        document: Document {
            id: &document.id,
            title: &document.title,
            date: document.date.map(|date| date.to_string()),
            kind: document.kind.as_deref(),
        },
        section: &excerpt.section,
        passage: Passage {
            number: excerpt.number,
            line: excerpt.line,
            part: excerpt.part,
        },
        span: excerpt.span,
        before: &excerpt.before,
        hit: &excerpt.hit,
        after: &excerpt.after,
        negated: excerpt.negated,
    }
}

fn rounded(value: f64) -> f64 {
    (value * 1e6).round() / 1e6
}
