//! The numbers of a report with the field names of the product's JSON, made when they are written: all together they take
//! more memory than the tally.

use std::ops::Range;

use serde::{Serialize, Serializer};

use super::breakdown::Breakdown;
use super::tally::{Counted, EntryTally, Excerpt, Pair, Tally, per_10k};
use super::trend::{FirstUse, first_use};
use crate::document::{Part, Role};
use crate::search::{SectionRef, place};

/// Key of what has no kind, issuer, role or folder.
// A key of a JSON object is a string: `null` can't be one.
pub const NONE: &str = "none";

/// Key of what has no date.
pub const UNDATED: &str = "undated";

/// The entries of a tally, one value for each.
pub struct Entries<'a> {
    tally: &'a Tally,
    entries: Range<usize>,
    breakdowns: Breakdowns<'a>,
}

impl<'a> Entries<'a> {
    /// All entries.
    pub fn new(tally: &'a Tally) -> Self {
        Self::some(tally, 0..tally.entries.len())
    }

    /// The entries of these ordinals.
    pub fn some(tally: &'a Tally, entries: Range<usize>) -> Self {
        Self {
            tally,
            entries,
            breakdowns: Breakdowns::new(&tally.documents),
        }
    }

    /// The values, one after the other.
    pub fn iter(&self) -> impl Iterator<Item = EntryNumbers<'a>> {
        let entries = self.tally.entries[self.entries.clone()].iter();
        entries.map(|entry| numbers(self.tally, entry, &self.breakdowns))
    }
}

impl Serialize for Entries<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.iter())
    }
}

/// Pairs of entries, one value for each.
pub struct Cooccurrence<'a> {
    /// The entries.
    pub entries: &'a [EntryTally],
    /// The pairs.
    pub pairs: &'a [Pair],
}

impl Serialize for Cooccurrence<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let name = |ord: usize| self.entries[ord].entry.as_str();
        serializer.collect_seq(self.pairs.iter().map(|pair| Together {
            entries: [name(pair.first), name(pair.second)],
            passages: pair.passages,
        }))
    }
}

/// Excerpts of a tally, one value for each.
pub struct Excerpts<'a> {
    /// The tally.
    pub tally: &'a Tally,
    /// Some of its excerpts.
    pub excerpts: &'a [Excerpt],
}

impl Serialize for Excerpts<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let excerpts = self.excerpts.iter();
        serializer.collect_seq(excerpts.map(|excerpt| quoted(self.tally, excerpt)))
    }
}

/// What documents were counted.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct CountedCollection {
    /// Number of documents.
    pub documents: usize,
    /// Their passages.
    pub passages: u64,
    /// The characters in them.
    pub characters: u64,
    /// Date of the first dated document.
    pub first: Option<String>,
    /// Date of the last one.
    pub last: Option<String>,
}

impl CountedCollection {
    /// The documents of a tally.
    pub fn new(tally: &Tally) -> Self {
        let dates = || tally.documents.iter().filter_map(|document| document.date);
        Self {
            documents: tally.documents.len(),
            passages: tally.passages(),
            characters: tally.characters(),
            first: dates().min().map(|date| date.to_string()),
            last: dates().max().map(|date| date.to_string()),
        }
    }
}

/// The numbers of an entry. Rates and shares have six decimals.
#[derive(Serialize)]
pub struct EntryNumbers<'a> {
    /// The entry as it is written.
    pub entry: &'a str,
    /// Its group.
    pub group: Option<&'a str>,
    /// Number of its occurrences.
    pub occurrences: u64,
    /// Passages that match.
    pub passages: u64,
    /// Documents that hold them.
    pub documents: u64,
    /// The part of all documents, from 0 to 1.
    pub share: f64,
    /// Occurrences for every 10,000 characters.
    pub per_10k: f64,
    /// Date of the first dated document that holds it.
    pub first: Option<String>,
    /// Date of the last one.
    pub last: Option<String>,
    /// The document that holds it first, and whether its date is certain; as in a trend.
    pub first_use: Option<FirstUse>,
    /// The first document whose date is certain.
    pub first_certain: Option<FirstUse>,
    /// Matching passages of different wording.
    pub distinct: u64,
    /// Occurrences that the text denies; `None` if they are not told apart.
    pub negated: Option<u64>,
    /// Occurrences that the text forbids or wards off; `None` if they are not told apart.
    pub prohibited: Option<u64>,
    /// Occurrences by year.
    pub by_year: Map<String>,
    /// Occurrences by document, without zeros.
    pub by_document: Map<&'a str>,
    /// Occurrences by 文种.
    pub by_kind: Map<&'a str>,
    /// Occurrences by role of the section.
    pub by_role: Map<&'a str>,
    /// Occurrences by the folder at the top of the path.
    pub by_folder: Map<&'a str>,
    /// Occurrences by collection.
    pub by_collection: Map<&'a str>,
    /// Occurrences by issuer.
    pub by_issuer: Map<&'a str>,
    /// For every 10,000 characters of each year with documents, zeros among them.
    pub by_year_per_10k: Map<String, f64>,
}

/// Counts by name, in this order; a JSON object.
#[derive(Clone, Debug, PartialEq)]
pub struct Map<N, V = u64>(pub Vec<(N, V)>);

impl<N: Serialize, V: Serialize> Serialize for Map<N, V> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(name, value)| (name, value)))
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
    place: String,
    passage: Passage,
    span: (usize, usize),
    before: &'a str,
    hit: &'a str,
    after: &'a str,
    negated: Option<bool>,
    prohibited: Option<bool>,
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

/// The documents by the breakdown of an entry's occurrences; those without a value come last.
struct Breakdowns<'a> {
    years: Breakdown<(bool, Option<u16>)>,
    kinds: Breakdown<(bool, Option<&'a str>)>,
    folders: Breakdown<&'a str>,
    collections: Breakdown<&'a str>,
    issuers: Breakdown<(bool, Option<&'a str>)>,
}

impl<'a> Breakdowns<'a> {
    fn new(documents: &'a [Counted]) -> Self {
        Self {
            years: Breakdown::new(documents, |document| {
                (document.date.is_none(), document.year())
            }),
            kinds: Breakdown::new(documents, |document| {
                (document.kind.is_none(), document.kind.as_deref())
            }),
            folders: Breakdown::new(documents, Counted::folder),
            collections: Breakdown::new(documents, |document| document.collection.as_str()),
            issuers: Breakdown::new(documents, |document| {
                (document.issuer.is_none(), document.issuer.as_deref())
            }),
        }
    }
}

fn numbers<'a>(
    tally: &'a Tally,
    entry: &'a EntryTally,
    breakdowns: &Breakdowns<'a>,
) -> EntryNumbers<'a> {
    let Breakdowns {
        years,
        kinds,
        folders,
        collections,
        issuers,
    } = breakdowns;
    let documents = entry.by_document.iter();
    let documents = documents.map(|&(document, n)| (tally.documents[document].id.as_str(), n));
    let roles = entry.by_role.iter();
    let (first_use, first_certain) = first_use(&tally.documents, entry);
    EntryNumbers {
        first_use,
        first_certain,
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
        prohibited: entry.prohibited,
        by_year: by_key(years, entry, |(_, year)| {
            year.map_or(UNDATED.to_owned(), |year| year.to_string())
        }),
        // Zeros would list the whole collection for each entry.
        by_document: Map(documents.filter(|(_, n)| *n > 0).collect()),
        by_kind: by_key(kinds, entry, |(_, kind)| kind.unwrap_or(NONE)),
        by_role: Map(roles
            .map(|&(role, n)| (role.map_or(NONE, Role::name), n))
            .collect()),
        by_folder: by_key(folders, entry, |folder| match folder {
            "" => NONE,
            folder => folder,
        }),
        by_collection: by_key(collections, entry, |collection| collection),
        by_issuer: by_key(issuers, entry, |(_, issuer)| issuer.unwrap_or(NONE)),
        by_year_per_10k: rates(years, entry),
    }
}

/// Years with documents; in the others nothing can be frequent or rare.
fn rates(years: &Breakdown<(bool, Option<u16>)>, entry: &EntryTally) -> Map<String, f64> {
    let counts = years.occurrences(entry).into_iter().zip(years.extents());
    let all = years.keys().iter().zip(counts);
    let dated = all.filter_map(|(&(_, year), (n, extent))| {
        Some((year?.to_string(), rounded(per_10k(n, extent.characters))))
    });
    Map(dated.collect())
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
        place: place(&document.id, excerpt.line),
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
        prohibited: excerpt.prohibited,
    }
}

fn rounded(value: f64) -> f64 {
    // The last bits of a quotient are rounding; without them equal rates are equal text.
    (value * 1e6).round() / 1e6
}
