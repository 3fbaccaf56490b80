//! The tables of a report, made of one tally when they are requested.

use std::ops::Range;
use std::sync::Arc;

use arrow_array::types::{Float64Type, UInt16Type, UInt32Type, UInt64Type};
use serde::Serialize;
use xunzhang::report::breakdown::{Breakdown, Extent};
use xunzhang::report::numbers;
use xunzhang::report::tally::{Counted, EntryTally, Tally, per_10k};
use xunzhang::search::place;

use super::shared::{name, path, small, text};
use crate::columns::Columns;
use crate::table::{Rows, json};

/// A row for each entry.
pub(crate) struct Entries(pub(crate) Arc<Tally>);

impl Rows for Entries {
    fn len(&self) -> usize {
        self.0.entries.len()
    }

    fn columns(&self, rows: Range<usize>) -> xunzhang::Result<Columns> {
        let entries: Vec<_> = numbers::Entries::some(&self.0, rows).iter().collect();
        let all = || entries.iter();
        let used = || all().map(|one| one.first_use.as_ref());
        Ok(Columns::default()
            .text("entry", all().map(|one| Some(one.entry)))
            .text("group", all().map(|one| one.group))
            .number::<UInt64Type>("occurrences", all().map(|one| Some(one.occurrences)))
            .number::<UInt64Type>("passages", all().map(|one| Some(one.passages)))
            .number::<UInt64Type>("documents", all().map(|one| Some(one.documents)))
            .number::<Float64Type>("share", all().map(|one| Some(one.share)))
            .number::<Float64Type>("per_10k", all().map(|one| Some(one.per_10k)))
            .text("first", all().map(|one| one.first.as_ref()))
            .text(
                "first_document",
                used().map(|one| one.map(|used| &used.document)),
            )
            .text("last", all().map(|one| one.last.as_ref()))
            .number::<UInt64Type>("distinct", all().map(|one| Some(one.distinct)))
            .number::<UInt64Type>("negated", all().map(|one| one.negated))
            .number::<UInt64Type>("prohibited", all().map(|one| one.prohibited)))
    }

    fn json(&self, rows: Range<usize>) -> xunzhang::Result<String> {
        Ok(json(&numbers::Entries::some(&self.0, rows)))
    }
}

/// What documents are put together by.
#[derive(Clone, Copy)]
pub(crate) enum By {
    Year,
    Kind,
    Issuer,
    Collection,
    Folder,
}

impl By {
    /// The value of a document.
    fn of(self, document: &Counted) -> Option<String> {
        match self {
            Self::Year => document.year().map(|year| year.to_string()),
            Self::Kind => document.kind.clone(),
            Self::Issuer => document.issuer.clone(),
            Self::Collection => Some(document.collection.clone()),
            Self::Folder => Some(document.folder().to_owned()).filter(|name| !name.is_empty()),
        }
    }
}

/// A row for each entry and value that documents have, zeros among them.
pub(crate) struct ByValue {
    tally: Arc<Tally>,
    by: By,
    /// The values; those without one last.
    breakdown: Breakdown<(bool, Option<String>)>,
}

/// A row of it.
#[derive(Serialize)]
struct Value {
    entry: String,
    value: Option<String>,
    occurrences: u64,
    documents: u64,
    characters: u64,
    per_10k: f64,
}

impl ByValue {
    pub(crate) fn new(tally: Arc<Tally>, by: By) -> Self {
        let breakdown = Breakdown::new(&tally.documents, |document| {
            let value = by.of(document);
            (value.is_none(), value)
        });
        Self {
            tally,
            by,
            breakdown,
        }
    }

    fn rows(&self, rows: Range<usize>) -> Vec<Value> {
        let n = self.breakdown.keys().len();
        let mut out = Vec::with_capacity(rows.len());
        let mut at = rows.start;
        while at < rows.end {
            let (ord, from) = (at / n, at % n);
            let to = n.min(from + (rows.end - at));
            let entry = &self.tally.entries[ord];
            let occurrences = self.breakdown.occurrences(entry);
            out.extend((from..to).map(|key| self.value(entry, key, occurrences[key])));
            at += to - from;
        }
        out
    }

    fn value(&self, entry: &EntryTally, key: usize, occurrences: u64) -> Value {
        let Extent {
            documents,
            characters,
        } = self.breakdown.extents()[key];
        let rate = per_10k(occurrences, characters);
        Value {
            entry: entry.entry.clone(),
            value: self.breakdown.keys()[key].1.clone(),
            occurrences,
            documents,
            characters,
            per_10k: (rate * 1e6).round() / 1e6,
        }
    }
}

impl Rows for ByValue {
    fn len(&self) -> usize {
        self.breakdown.keys().len() * self.tally.entries.len()
    }

    fn columns(&self, rows: Range<usize>) -> xunzhang::Result<Columns> {
        let rows = self.rows(rows);
        let all = || rows.iter();
        let value = || all().map(|one| one.value.as_deref());
        let columns = Columns::default().text("entry", all().map(|one| Some(&one.entry)));
        let columns = match self.by {
            By::Year => {
                let years = value().map(|year| year?.parse().ok());
                columns.number::<UInt16Type>("year", years)
            }
            By::Kind => columns.text("kind", value()),
            By::Issuer => columns.text("issuer", value()),
            By::Collection => columns.text("collection", value()),
            By::Folder => columns.text("folder", value()),
        };
        Ok(columns
            .number::<UInt64Type>("occurrences", all().map(|one| Some(one.occurrences)))
            .number::<UInt64Type>("documents", all().map(|one| Some(one.documents)))
            .number::<UInt64Type>("characters", all().map(|one| Some(one.characters)))
            .number::<Float64Type>("per_10k", all().map(|one| Some(one.per_10k))))
    }

    fn json(&self, rows: Range<usize>) -> xunzhang::Result<String> {
        Ok(json(&self.rows(rows)))
    }
}

/// A row for each entry and document that holds it.
pub(crate) struct ByDocument {
    tally: Arc<Tally>,
    /// Entry, document, occurrences.
    rows: Vec<(u32, u32, u64)>,
}

impl ByDocument {
    pub(crate) fn new(tally: Arc<Tally>) -> Self {
        let entries = tally.entries.iter().enumerate();
        let rows = entries.flat_map(|(ord, entry)| {
            let held = entry.by_document.iter().filter(|(_, n)| *n > 0);
            held.map(move |&(document, n)| (ord as u32, document as u32, n))
        });
        let rows = rows.collect();
        Self { tally, rows }
    }

    fn entry(&self, row: &(u32, u32, u64)) -> &str {
        &self.tally.entries[row.0 as usize].entry
    }

    fn document(&self, row: &(u32, u32, u64)) -> &Counted {
        &self.tally.documents[row.1 as usize]
    }
}

impl Rows for ByDocument {
    fn len(&self) -> usize {
        self.rows.len()
    }

    fn columns(&self, rows: Range<usize>) -> xunzhang::Result<Columns> {
        let all = || self.rows[rows.clone()].iter();
        let documents = || all().map(|row| self.document(row));
        Ok(Columns::default()
            .text("entry", all().map(|row| Some(self.entry(row))))
            .text("document", documents().map(|one| Some(&one.id)))
            .text("title", documents().map(|one| Some(&one.title)))
            .text("date", documents().map(|one| text(one.date)))
            .number::<UInt16Type>("year", documents().map(Counted::year))
            .text("kind", documents().map(|one| one.kind.as_ref()))
            .text("issuer", documents().map(|one| one.issuer.as_ref()))
            .text("collection", documents().map(|one| Some(&one.collection)))
            .number::<UInt64Type>("occurrences", all().map(|row| Some(row.2)))
            .number::<UInt64Type>("characters", documents().map(|one| Some(one.characters))))
    }

    fn json(&self, rows: Range<usize>) -> xunzhang::Result<String> {
        #[derive(Serialize)]
        struct Row<'a> {
            entry: &'a str,
            document: &'a str,
            occurrences: u64,
        }
        let rows = self.rows[rows].iter().map(|row| Row {
            entry: self.entry(row),
            document: &self.document(row).id,
            occurrences: row.2,
        });
        Ok(json(&rows.collect::<Vec<_>>()))
    }
}

/// A row for each entry and role of the section, those without last.
pub(crate) struct ByRole(Vec<Role>);

#[derive(Serialize)]
struct Role {
    entry: String,
    role: Option<&'static str>,
    occurrences: u64,
}

impl ByRole {
    pub(crate) fn new(tally: &Tally) -> Self {
        let rows = tally.entries.iter().flat_map(|entry| {
            let roles = entry.by_role.iter();
            roles.map(|&(role, occurrences)| Role {
                entry: entry.entry.clone(),
                role: role.map(xunzhang::document::Role::name),
                occurrences,
            })
        });
        Self(rows.collect())
    }
}

impl Rows for ByRole {
    fn len(&self) -> usize {
        self.0.len()
    }

    fn columns(&self, rows: Range<usize>) -> xunzhang::Result<Columns> {
        let all = || self.0[rows.clone()].iter();
        Ok(Columns::default()
            .text("entry", all().map(|one| Some(&one.entry)))
            .text("role", all().map(|one| one.role))
            .number::<UInt64Type>("occurrences", all().map(|one| Some(one.occurrences))))
    }

    fn json(&self, rows: Range<usize>) -> xunzhang::Result<String> {
        Ok(json(&self.0[rows]))
    }
}

/// A row for each pair of entries that share a passage.
pub(crate) struct Cooccurrence(pub(crate) Arc<Tally>);

impl Cooccurrence {
    fn pairs(&self) -> &[xunzhang::report::tally::Pair] {
        self.0.pairs.as_deref().unwrap_or_default()
    }
}

impl Rows for Cooccurrence {
    fn len(&self) -> usize {
        self.pairs().len()
    }

    fn columns(&self, rows: Range<usize>) -> xunzhang::Result<Columns> {
        let all = || self.pairs()[rows.clone()].iter();
        let name = |ord: usize| Some(self.0.entries[ord].entry.as_str());
        Ok(Columns::default()
            .text("entry", all().map(|pair| name(pair.first)))
            .text("other", all().map(|pair| name(pair.second)))
            .number::<UInt64Type>("passages", all().map(|pair| Some(pair.passages))))
    }

    fn json(&self, rows: Range<usize>) -> xunzhang::Result<String> {
        let entries = &self.0.entries;
        let pairs = &self.pairs()[rows];
        Ok(json(&numbers::Cooccurrence { entries, pairs }))
    }
}

/// A row for each excerpt.
pub(crate) struct Excerpts(pub(crate) Arc<Tally>);

impl Rows for Excerpts {
    fn len(&self) -> usize {
        self.0.excerpts.len()
    }

    fn columns(&self, rows: Range<usize>) -> xunzhang::Result<Columns> {
        let tally = &self.0;
        let all = || tally.excerpts[rows.clone()].iter();
        let entries = || all().map(|one| &tally.entries[one.entry]);
        let documents = || all().map(|one| &tally.documents[one.document]);
        let columns = Columns::default()
            .text("entry", entries().map(|one| Some(&one.entry)))
            .text("group", entries().map(|one| one.group.as_ref()))
            .text("document", documents().map(|one| Some(&one.id)))
            .text("title", documents().map(|one| Some(&one.title)))
            .text("date", documents().map(|one| text(one.date)))
            .number::<UInt16Type>("year", documents().map(Counted::year))
            .text("kind", documents().map(|one| one.kind.as_ref()))
            .text("section", all().map(|one| Some(path(&one.section))))
            .text(
                "place",
                all()
                    .zip(documents())
                    .map(|(one, of)| Some(place(&of.id, one.line))),
            )
            .number::<UInt32Type>("line", all().map(|one| Some(one.line)))
            .number::<UInt32Type>("number", all().map(|one| Some(one.number)))
            .text("part", all().map(|one| Some(name(one.part))));
        let columns = small(columns, "start", all().map(|one| one.span.0));
        Ok(small(columns, "end", all().map(|one| one.span.1))
            .text("before", all().map(|one| Some(&one.before)))
            .text("hit", all().map(|one| Some(&one.hit)))
            .text("after", all().map(|one| Some(&one.after)))
            .flag("negated", all().map(|one| one.negated))
            .flag("prohibited", all().map(|one| one.prohibited)))
    }

    fn json(&self, rows: Range<usize>) -> xunzhang::Result<String> {
        let (tally, excerpts) = (&*self.0, &self.0.excerpts[rows]);
        Ok(json(&numbers::Excerpts { tally, excerpts }))
    }
}
