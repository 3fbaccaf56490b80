//! A report as JSON, with the names of the product's contract.

use std::io::{self, Write};

use serde::{Serialize, Serializer};
use serde_json::ser::Formatter;
use xunzhang::document::{Part, Role};
use xunzhang::report::breakdown::Breakdown;
use xunzhang::report::tally::{Counted, EntryTally, Excerpt, Pair, Tally, per_10k};
use xunzhang::report::trend::{FirstUse, first_use};
use xunzhang::search::{SectionRef, place};
use xunzhang::text::printable::escape_json;

use super::tables::Told;

#[derive(Serialize)]
struct Report<'a> {
    fingerprint: &'a str,
    collection: Collection,
    entries: Entries<'a>,
    cooccurrence: Option<Cooccurrence<'a>>,
    excerpts: Excerpts<'a>,
    warnings: Vec<String>,
}

/// One value for each entry, made when it is written: all together they take more memory than the tally.
struct Entries<'a> {
    tally: &'a Tally,
    breakdowns: Breakdowns<'a>,
}

impl Serialize for Entries<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let entries = self.tally.entries.iter();
        serializer
            .collect_seq(entries.map(|entry| self::entry(self.tally, entry, &self.breakdowns)))
    }
}

/// One value for each pair of entries.
struct Cooccurrence<'a> {
    entries: &'a [EntryTally],
    pairs: &'a [Pair],
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

/// One value for each excerpt.
struct Excerpts<'a>(&'a Tally);

impl Serialize for Excerpts<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let excerpts = self.0.excerpts.iter();
        serializer.collect_seq(excerpts.map(|excerpt| quoted(self.0, excerpt)))
    }
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
    /// The document that holds it first, and whether its date is certain; as in a trend.
    first_use: Option<FirstUse>,
    first_certain: Option<FirstUse>,
    distinct: u64,
    negated: Option<u64>,
    prohibited: Option<u64>,
    by_year: Map<String>,
    by_document: Map<&'a str>,
    by_kind: Map<&'a str>,
    by_role: Map<&'a str>,
    by_folder: Map<&'a str>,
    by_collection: Map<&'a str>,
    by_issuer: Map<&'a str>,
    /// For every 10,000 characters of each year with documents, zeros among them.
    by_year_per_10k: Map<String, f64>,
}

/// Counts by name, in this order; a JSON object.
struct Map<N, V = u64>(Vec<(N, V)>);

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

/// Key of what has no year, kind, role or folder.
// A key of a JSON object is a string: `null` can't be one.
const NONE: &str = "none";

/// Writes strings as [`escape_json`] has them.
struct Printable;

impl Formatter for Printable {
    fn write_string_fragment<W: Write + ?Sized>(
        &mut self,
        writer: &mut W,
        fragment: &str,
    ) -> io::Result<()> {
        writer.write_all(escape_json(fragment).as_bytes())
    }
}

/// Writes the report as one JSON object and a line feed, in many small pieces. Rates and shares have six decimals.
///
/// # Errors
/// Those of `out`.
pub(super) fn write_json(told: &Told, mut out: impl Write) -> io::Result<()> {
    let tally = told.tally;
    let dates = || tally.documents.iter().filter_map(|document| document.date);
    let documents = &tally.documents;
    let breakdowns = Breakdowns {
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
    };
    let report = Report {
        fingerprint: &tally.fingerprint,
        collection: Collection {
            documents: tally.documents.len(),
            passages: tally.passages(),
            characters: tally.characters(),
            first: dates().min().map(|date| date.to_string()),
            last: dates().max().map(|date| date.to_string()),
            filter: super::methodology::described(told.filter, told.lang),
        },
        entries: Entries { tally, breakdowns },
        // `null` and no empty list: over the limit pairs are not counted.
        cooccurrence: tally.pairs.as_deref().map(|pairs| Cooccurrence {
            entries: &tally.entries,
            pairs,
        }),
        excerpts: Excerpts(tally),
        warnings: told.warnings(),
    };
    // A formatter of its own: to escape the text afterwards it would have to be whole in memory.
    report.serialize(&mut serde_json::Serializer::with_formatter(
        &mut out, Printable,
    ))?;
    out.write_all(b"\n")
}

/// The documents by the breakdown of an entry's occurrences; those without a value come last.
struct Breakdowns<'a> {
    years: Breakdown<(bool, Option<u16>)>,
    kinds: Breakdown<(bool, Option<&'a str>)>,
    folders: Breakdown<&'a str>,
    collections: Breakdown<&'a str>,
    issuers: Breakdown<(bool, Option<&'a str>)>,
}

fn entry<'a>(tally: &'a Tally, entry: &'a EntryTally, breakdowns: &Breakdowns<'a>) -> Entry<'a> {
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
    Entry {
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
            year.map_or("undated".to_owned(), |year| year.to_string())
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
