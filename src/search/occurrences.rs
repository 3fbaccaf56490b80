//! The occurrences of a query as numbers: found document by document, drawn, sorted, grouped; of one index or of several.

use std::cmp::Ordering;
use std::collections::BTreeMap;
use std::num::NonZeroUsize;
use std::ops::Range;

use serde::{Deserialize, Serialize};
use tantivy::DocAddress;

use super::count::counted_places;
use super::{Filter, Grouping};
use crate::document::{Date, MAX_PASSAGE};
use crate::query::{Leaf, Node};
use crate::search::scan::columns::{ScannedDocument, ScannedPassage};
use crate::text::hash::{fnv1a, mix};
use crate::text::units::Units;

/// Units on each side by which lines are sorted: more than anyone reads along a sorted column.
const KEY: usize = 8;
/// What an occurrence is sorted by: the units of one side, from the hit outwards.
type Key = [u32; KEY];

/// What a concordance is made of.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ConcordanceOptions {
    /// Where to look.
    pub filter: Filter,
    /// Units of context on each side.
    pub window: usize,
    /// The order of the lines.
    pub sort: LineOrder,
    /// Maximum number of lines, drawn at random; all without.
    pub sample: Option<usize>,
    /// Which sample: the same number draws the same lines.
    pub seed: u64,
    /// What the frequency list counts, if there is one.
    pub group: Option<Grouping>,
    /// How many lines are needed, the first ones; `None` for all. Lines by path without groups and sample are then not read any further.
    pub most: Option<usize>,
    /// Threads that read.
    pub threads: NonZeroUsize,
}

/// The order of the lines; equal ones are in order of document id and position.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum LineOrder {
    /// By document id and position.
    #[default]
    Path,
    /// Oldest first, undated last.
    Date,
    /// By the text to the left, from the hit outwards.
    Left,
    /// By the text to the right, from the hit outwards.
    Right,
    /// By the hit, then by the text to the right.
    Hit,
}

/// Lines that have something in common.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Group {
    /// What it is: normalized units, a year, a name; `None` for documents without.
    pub key: Option<String>,
    /// How many.
    pub occurrences: u64,
    /// In how many documents.
    pub documents: u64,
}

/// A document that holds occurrences.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct HeldDocument {
    pub(super) id: String,
    pub(super) date: Option<Date>,
}

/// An occurrence: 40 bytes, since a million of them are kept.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Occurrence {
    /// Place of its document among those that hold any.
    pub(super) document: u32,
    pub(super) number: u32,
    pub(super) line: u32,
    /// Characters of the passage where the left context, the hit, the right context begin, and where that ends.
    pub(super) bounds: [u16; 4],
    /// The segment and the record of its passage.
    pub(super) address: (u32, u32),
    /// Until they are sorted, where the order needs it.
    key: Option<Box<Key>>,
}

// A bound is kept in 16 bits.
const _: () = assert!(MAX_PASSAGE <= u16::MAX as usize);

/// Occurrences in documents in order of their ids: those of one thread, of an index, of a collection.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Found {
    pub(super) documents: Vec<HeldDocument>,
    pub(super) spots: Vec<Occurrence>,
    /// For each key occurrences and documents.
    pub(super) groups: Vec<(Option<String>, (u64, u64))>,
    /// Occurrences by id of the document, all of them even if not all spots were needed.
    pub(super) counts: Counts,
    /// Characters by id of the document, of those under the filter.
    pub(super) characters: Vec<(String, u64)>,
}

/// What is said of all occurrences.
pub(super) struct Head {
    pub(super) occurrences: u64,
    pub(super) n_documents: u64,
    pub(super) n_filtered: u64,
    pub(super) dispersion: Option<f64>,
    pub(super) groups: Vec<Group>,
}

impl Occurrence {
    pub(super) fn address(&self) -> DocAddress {
        DocAddress::new(self.address.0, self.address.1)
    }
}

/// Occurrences by id of the document.
pub(super) type Counts = Vec<(String, u64)>;

impl Found {
    pub(super) fn collect(
        &mut self,
        document: &ScannedDocument,
        passages: &[ScannedPassage<'_>],
        (node, options): (&Node, &ConcordanceOptions),
    ) {
        let n_before = self.spots.len();
        let mut keys: BTreeMap<Option<String>, u64> = BTreeMap::new();
        for passage in passages {
            let text = passage.text();
            let units = Units::new(&text);
            for range in ranges(node, &units) {
                if let Some(grouping) = options.group {
                    *keys
                        .entry(group_key(grouping, &units, &range, document))
                        .or_default() += 1;
                }
                self.spots.push(Occurrence {
                    document: self.documents.len() as u32,
                    number: passage.number,
                    line: passage.line,
                    bounds: bounds(&units, &range, options.window, passage.chars),
                    address: (passage.address.segment_ord, passage.address.doc_id),
                    key: sort_key(options.sort, &units, &range),
                });
            }
        }
        let n_here = self.spots.len() - n_before;
        if n_here == 0 {
            return;
        }
        let keys = keys.into_iter().map(|(key, n)| (key, (n, 1)));
        self.add_groups(keys);
        self.counts.push((document.id.clone(), n_here as u64));
        self.documents.push(HeldDocument {
            id: document.id.clone(),
            date: document.date,
        });
    }

    /// Adds groups in order of their keys.
    fn add_groups(&mut self, more: impl IntoIterator<Item = (Option<String>, (u64, u64))>) {
        let mut more = more.into_iter().peekable();
        if more.peek().is_none() {
            return;
        }
        let mut groups: BTreeMap<_, _> = std::mem::take(&mut self.groups).into_iter().collect();
        for (key, (occurrences, documents)) in more {
            let group: &mut (u64, u64) = groups.entry(key).or_default();
            group.0 += occurrences;
            group.1 += documents;
        }
        self.groups = groups.into_iter().collect();
    }

    /// Adds those of documents after these.
    pub(super) fn append(&mut self, other: Self) {
        let before = self.documents.len() as u32;
        self.documents.extend(other.documents);
        self.counts.extend(other.counts);
        self.characters.extend(other.characters);
        self.spots
            .extend(other.spots.into_iter().map(|spot| Occurrence {
                document: spot.document + before,
                ..spot
            }));
        self.add_groups(other.groups);
    }

    /// Puts everything in order of the ids of documents, which come from several shards.
    pub(super) fn sort_documents(&mut self) {
        let mut ords: Vec<usize> = (0..self.documents.len()).collect();
        ords.sort_by(|&a, &b| self.documents[a].id.cmp(&self.documents[b].id));
        let mut places = vec![0; ords.len()];
        for (place, &ord) in (0..).zip(&ords) {
            places[ord] = place;
        }
        self.documents.sort_by(|a, b| a.id.cmp(&b.id));
        for spot in &mut self.spots {
            spot.document = places[spot.document as usize];
        }
        // The spots of a document are in order, and all of one shard.
        self.spots.sort_by_key(|spot| spot.document);
        self.counts.sort();
        self.characters.sort();
    }

    /// What is said of all occurrences.
    pub(super) fn head(&mut self) -> Head {
        let groups = std::mem::take(&mut self.groups).into_iter();
        Head {
            occurrences: self.counts.iter().map(|(_, n)| n).sum(),
            n_documents: self.counts.len() as u64,
            n_filtered: self.characters.len() as u64,
            dispersion: dispersion(&self.characters, &self.counts),
            groups: by_frequency(groups.collect()),
        }
    }

    /// Draws the sample that is wanted, and puts the lines in their order.
    pub(super) fn select(&mut self, options: &ConcordanceOptions) {
        if let Some(n) = options.sample {
            self.draw(n, options.seed);
        }
        self.sort(options.sort);
    }

    /// Keeps `n` occurrences, each as likely as any other; what is drawn depends on the seed and on the places of occurrences, not
    /// on how the index is divided.
    fn draw(&mut self, n: usize, seed: u64) {
        if self.spots.len() <= n {
            return;
        }
        let documents = self.documents.iter();
        let ids: Vec<u64> = documents.map(|one| fnv1a(one.id.bytes())).collect();
        let lot = |spot: &Occurrence| {
            let place = u64::from(spot.number) << 32 | u64::from(spot.bounds[1]);
            let of_document = mix(ids[spot.document as usize] ^ mix(seed));
            (
                mix(of_document ^ place),
                spot.document,
                spot.number,
                spot.bounds,
            )
        };
        self.spots.select_nth_unstable_by_key(n, lot);
        self.spots.truncate(n);
    }

    fn sort(&mut self, order: LineOrder) {
        let documents = &self.documents;
        let in_text = |a: &Occurrence, b: &Occurrence| {
            let place =
                |one: &Occurrence| (one.document, one.number, [one.bounds[1], one.bounds[2]]);
            place(a).cmp(&place(b))
        };
        let date = |one: &Occurrence| {
            let date: Option<Date> = documents[one.document as usize].date;
            (date.is_none(), date)
        };
        self.spots.sort_unstable_by(|a, b| {
            let first = match order {
                LineOrder::Date => date(a).cmp(&date(b)),
                LineOrder::Path => Ordering::Equal,
                LineOrder::Left | LineOrder::Right | LineOrder::Hit => a.key.cmp(&b.key),
            };
            first.then_with(|| in_text(a, b))
        });
        self.spots.iter_mut().for_each(|spot| spot.key = None);
    }
}

/// The number of places of a query's words and phrases in a text, as [`crate::search::Searcher::count`] counts those of a passage that
/// matches.
pub fn n_places(node: &Node, text: &str) -> usize {
    ranges(node, &Units::new(text)).len()
}

/// The units of every place of the query's words and phrases, in order; a place of two of them is there twice.
fn ranges(node: &Node, units: &Units) -> Vec<Range<usize>> {
    let choices = node.choices();
    let is_choice = |leaf: &Leaf| {
        let mut of_choices = choices.iter().flatten();
        of_choices.any(|other| std::ptr::eq(*other, leaf))
    };
    let alone = node.leaves().into_iter().filter(|leaf| !is_choice(leaf));
    let alone = alone.flat_map(|leaf| leaf.find(units));
    let chosen = choices
        .iter()
        .flat_map(|choice| counted_places(choice, units));
    let mut ranges: Vec<Range<usize>> = alone.map(|found| found.units()).chain(chosen).collect();
    ranges.sort_by_key(|range| (range.start, range.end));
    ranges
}

/// Where the contexts of so many units and the hit begin and end, in characters; a context that reaches the passage's end has all
/// that is there, sentence ends and brackets too.
fn bounds(units: &Units, range: &Range<usize>, window: usize, n_chars: u32) -> [u16; 4] {
    let hit = units.span(range.clone());
    let first = range.start.saturating_sub(window);
    let last = range.end.saturating_add(window).min(units.len());
    let left = match window {
        0 => hit.start,
        _ if first == 0 => 0,
        _ => units.span(first..range.start).start,
    };
    let right = match window {
        0 => hit.end,
        _ if last == units.len() => n_chars as usize,
        _ => units.span(range.end..last).end,
    };
    [left, hit.start, hit.end, right].map(|bound| u16::try_from(bound).unwrap_or(u16::MAX))
}

fn sort_key(order: LineOrder, units: &Units, range: &Range<usize>) -> Option<Box<Key>> {
    // A unit of several characters, a number or a Latin word, is sorted by its first two.
    let code = |ord: usize| {
        let mut chars = units.text(ord).chars().map(u32::from);
        let (first, second) = (chars.next().unwrap_or(0), chars.next().unwrap_or(0));
        first << 8 | second & 0xff
    };
    let filled = |ords: &mut dyn Iterator<Item = usize>| {
        let mut key = Box::new([0; KEY]);
        for (slot, ord) in key.iter_mut().zip(ords) {
            *slot = code(ord);
        }
        Some(key)
    };
    match order {
        LineOrder::Path | LineOrder::Date => None,
        LineOrder::Left => filled(&mut (0..range.start).rev()),
        LineOrder::Right => filled(&mut (range.end..units.len())),
        LineOrder::Hit => filled(&mut (range.start..units.len())),
    }
}

fn group_key(
    grouping: Grouping,
    units: &Units,
    range: &Range<usize>,
    document: &ScannedDocument,
) -> Option<String> {
    let joined = |range: Range<usize>| {
        let units: Vec<&str> = range.map(|ord| units.text(ord)).collect();
        crate::text::units::join(&units)
    };
    match grouping {
        Grouping::Left(n) => Some(joined(range.start.saturating_sub(n)..range.start)),
        Grouping::Right(n) => Some(joined(
            range.end..(range.end.saturating_add(n)).min(units.len()),
        )),
        Grouping::Hit => Some(joined(range.clone())),
        Grouping::Year => document.date.map(|date| format!("{:04}", date.year)),
        Grouping::Issuer => document.issuer.clone(),
        Grouping::Collection => Some(document.collection.clone()),
    }
}

/// By frequency, descending, then by key.
fn by_frequency(counted: Vec<(Option<String>, (u64, u64))>) -> Vec<Group> {
    let groups = counted.into_iter();
    let mut groups: Vec<Group> = groups
        .map(|(key, (occurrences, documents))| Group {
            key,
            occurrences,
            documents,
        })
        .collect();
    groups.sort_by_key(|group| std::cmp::Reverse(group.occurrences));
    groups
}

/// Half the sum of the differences between the share of the text and the share of the occurrences of each document.
fn dispersion(documents: &[(String, u64)], counts: &[(String, u64)]) -> Option<f64> {
    let total: u64 = counts.iter().map(|(_, n)| n).sum();
    let characters: u64 = documents.iter().map(|(_, n)| n).sum();
    if total == 0 || characters == 0 {
        return None;
    }
    // Both are in order of ids.
    let mut counts = counts.iter().peekable();
    let differences = documents.iter().map(|(id, n)| {
        let held = counts
            .next_if(|(other, _)| other == id)
            .map_or(0, |(_, n)| *n);
        (*n as f64 / characters as f64 - held as f64 / total as f64).abs()
    });
    Some(differences.sum::<f64>() / 2.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dispersion_is_the_distance_from_an_even_spread() {
        let counts = |counts: &[(&str, u64)]| -> Vec<(String, u64)> {
            counts.iter().map(|&(id, n)| (id.to_owned(), n)).collect()
        };
        let documents = counts(&[("a", 10), ("b", 10), ("c", 20)]);
        let of = |held: &[(&str, u64)]| dispersion(&documents, &counts(held));
        assert_eq!(of(&[("a", 1), ("b", 1), ("c", 2)]), Some(0.0));
        assert_eq!(of(&[("a", 5)]), Some(0.75));
        assert_eq!(of(&[("c", 5)]), Some(0.5));
        assert_eq!(of(&[]), None);
    }
}
