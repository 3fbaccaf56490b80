//! The expected keyword report, counted from the files in the simplest way: every entry is tried on every passage.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use serde_json::{Value, json};
use xunzhang::text::negation::{Polarity, polarity};
use xunzhang::text::units::Units;

use crate::oracle::{Scanned, Unit, Wanted};

/// An entry of a list and its meaning.
pub(crate) struct Asked {
    /// As written in the list, without the group.
    pub(crate) text: String,
    pub(crate) group: Option<String>,
    pub(crate) alternatives: Vec<Alternative>,
}

/// One way in which an entry matches.
#[derive(Debug, Default)]
pub(crate) struct Alternative {
    /// Conditions that must all match in the passage, and are counted.
    pub(crate) present: Vec<Wanted>,
    /// Conditions that must not match.
    pub(crate) absent: Vec<Wanted>,
    /// The required kind of the document.
    pub(crate) kind: Option<String>,
}

impl Alternative {
    /// One phrase, pattern or NEAR.
    pub(crate) fn of(wanted: Wanted) -> Self {
        Self {
            present: vec![wanted],
            ..Self::default()
        }
    }

    fn holds(&self, passage: &Scanned) -> bool {
        let occurs = |wanted: &Wanted| wanted.places(&passage.units) > 0;
        self.present.iter().all(occurs)
            && !self.absent.iter().any(occurs)
            && (self.kind.is_none() || self.kind == passage.kind)
    }
}

/// An occurrence: its units, and what the passage says of it.
pub(crate) struct Occurrence {
    pub(crate) units: Range<usize>,
    pub(crate) polarity: Polarity,
}

/// An occurrence with its passage.
pub(crate) type Quoted<'a> = (&'a Scanned, Occurrence);

/// The report's entries and pairs as in its JSON, and for each entry its first occurrences.
pub(crate) struct Expected<'a> {
    pub(crate) entries: Vec<Value>,
    pub(crate) pairs: Vec<Value>,
    pub(crate) excerpts: Vec<Vec<Quoted<'a>>>,
}

#[derive(Default)]
struct Sums<'a> {
    occurrences: u64,
    negated: u64,
    prohibited: u64,
    passages: u64,
    shapes: BTreeSet<Vec<u32>>,
    documents: BTreeMap<&'a str, u64>,
    dates: BTreeSet<&'a str>,
    by: [BTreeMap<String, u64>; 4],
    excerpts: Vec<Quoted<'a>>,
}

/// Counts the entries; `passages` are in order of documents and numbers.
pub(crate) fn expected<'a>(
    passages: &[&'a Scanned],
    entries: &[Asked],
    n_excerpts: usize,
) -> Expected<'a> {
    let mut sums: Vec<Sums> = entries.iter().map(|_| Sums::default()).collect();
    let mut pairs: BTreeMap<(usize, usize), u64> = BTreeMap::new();
    for &passage in passages {
        let mut held: Vec<usize> = Vec::new();
        for (ord, (entry, sums)) in entries.iter().zip(&mut sums).enumerate() {
            if let Some(occurrences) = occurrences(entry, passage) {
                sums.add(passage, occurrences, n_excerpts);
                held.push(ord);
            }
        }
        for (at, &first) in held.iter().enumerate() {
            for &second in &held[at + 1..] {
                *pairs.entry((first, second)).or_default() += 1;
            }
        }
    }
    let documents: BTreeSet<&str> = passages
        .iter()
        .map(|passage| passage.document.as_str())
        .collect();
    let characters: usize = passages
        .iter()
        .map(|passage| passage.text.chars().count())
        .sum();
    let whole = (documents.len(), characters);
    let told = entries
        .iter()
        .zip(&sums)
        .map(|(entry, sums)| sums.json(entry, whole));
    let entry = |ord: usize| entries[ord].text.as_str();
    let pairs = pairs.iter().map(|(&(first, second), passages)| {
        json!({"entries": [entry(first), entry(second)], "passages": passages})
    });
    Expected {
        entries: told.collect(),
        pairs: pairs.collect(),
        excerpts: sums.into_iter().map(|sums| sums.excerpts).collect(),
    }
}

impl<'a> Sums<'a> {
    fn add(&mut self, passage: &'a Scanned, occurrences: Vec<Occurrence>, n_excerpts: usize) {
        let n = occurrences.len() as u64;
        let number = |polarity| {
            let those = occurrences.iter().filter(|one| one.polarity == polarity);
            those.count() as u64
        };
        self.occurrences += n;
        self.negated += number(Polarity::Denied);
        self.prohibited += number(Polarity::Forbidden);
        self.passages += 1;
        let shape = passage.units.iter().map(|unit| unit.0).collect();
        self.shapes.insert(shape);
        *self.documents.entry(&passage.document).or_default() += n;
        self.dates.extend(passage.date.as_deref());
        let none = || "none".to_owned();
        let folder = passage.document.split_once('/');
        let year = passage.year.map(|year| year.to_string());
        let keys = [
            year.unwrap_or("undated".to_owned()),
            passage.kind.clone().unwrap_or_else(none),
            passage.role.map_or_else(none, str::to_owned),
            folder.map_or_else(none, |(folder, _)| folder.to_owned()),
        ];
        for (by, key) in self.by.iter_mut().zip(keys) {
            *by.entry(key).or_default() += n;
        }
        let missing = n_excerpts - self.excerpts.len();
        let quoted = occurrences.into_iter().take(missing);
        self.excerpts
            .extend(quoted.map(|occurrence| (passage, occurrence)));
    }

    fn json(&self, entry: &Asked, (documents, characters): (usize, usize)) -> Value {
        let rounded = |value: f64| (value * 1e6).round() / 1e6;
        let held = |by: &BTreeMap<String, u64>| -> BTreeMap<String, u64> {
            let held = by.iter().filter(|(_, n)| **n > 0);
            held.map(|(key, n)| (key.clone(), *n)).collect()
        };
        let by_document = self.documents.iter().filter(|(_, n)| **n > 0);
        json!({
            "entry": entry.text,
            "group": entry.group,
            "occurrences": self.occurrences,
            "passages": self.passages,
            "documents": self.documents.len(),
            "share": rounded(self.documents.len() as f64 / documents as f64),
            "per_10k": rounded(self.occurrences as f64 * 10_000.0 / characters as f64),
            "first": self.dates.first(),
            "last": self.dates.last(),
            "distinct": self.shapes.len(),
            "negated": self.negated,
            "prohibited": self.prohibited,
            "by_year": held(&self.by[0]),
            "by_document": by_document.collect::<BTreeMap<_, _>>(),
            "by_kind": held(&self.by[1]),
            "by_role": held(&self.by[2]),
            "by_folder": held(&self.by[3]),
        })
    }
}

/// The entry's occurrences in the passage, in order; `None` if it does not match.
fn occurrences(entry: &Asked, passage: &Scanned) -> Option<Vec<Occurrence>> {
    let matching = entry
        .alternatives
        .iter()
        .filter(|alternative| alternative.holds(passage));
    let mut is_match = false;
    let mut wanted: Vec<&Wanted> = Vec::new();
    for alternative in matching {
        is_match = true;
        for one in &alternative.present {
            if !wanted.contains(&one) {
                wanted.push(one);
            }
        }
    }
    if !is_match {
        return None;
    }
    let mut places: Vec<(usize, Range<usize>)> = Vec::new();
    for (ord, one) in wanted.iter().enumerate() {
        let ranges = one.ranges(&passage.units).into_iter();
        places.extend(ranges.map(|range| (ord, range)));
    }
    let kept = longest(places).into_iter();
    // The rule itself has a table of its own; this checks that a scan applies it to each occurrence.
    let read = Units::new(&passage.text);
    let out = kept.map(|units| {
        let span = read.span(units.clone());
        Occurrence {
            polarity: polarity(&passage.text, span.start, span.end),
            units,
        }
    });
    Some(out.collect())
}

/// Of overlapping matches of different wordings the longest, then the first, then that of the first wording.
fn longest(mut places: Vec<(usize, Range<usize>)>) -> Vec<Range<usize>> {
    places.sort_by_key(|(ord, range)| (Reverse(range.len()), range.start, *ord));
    let mut kept: Vec<(usize, Range<usize>)> = Vec::new();
    for (ord, range) in places {
        let overlaps = |(other, taken): &(usize, Range<usize>)| {
            *other != ord && taken.start < range.end && range.start < taken.end
        };
        if !kept.iter().any(overlaps) {
            kept.push((ord, range));
        }
    }
    let mut out: Vec<Range<usize>> = kept.into_iter().map(|(_, range)| range).collect();
    out.sort_by_key(|range| (range.start, range.end));
    out
}

/// The texts of `units`, as numbers.
pub(crate) fn numbers(units: &[Unit]) -> Vec<u32> {
    units.iter().map(|unit| unit.0).collect()
}
