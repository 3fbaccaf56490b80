//! Entries made ready for a scan: one automaton for all of them, and what a place of each row means.
//!
//! # What counts as an occurrence
//!
//! An alternative is read exactly, as `search --count` reads a query: every bare word is a phrase. Where it matches
//! a passage, each place of its words and phrases is an occurrence. Places of one phrase may overlap, each counts
//! (the promise of exact matching), and so does every pair of a NEAR. Of overlapping places of *different* phrases
//! of one entry the one of most units counts, of equal ones the first in the text, of those in one place that of the
//! phrase that comes first in the entry; each of the others is left out if it overlaps one that counts: `水渠 |
//! 水渠整修` counts `水渠整修` once. Other entries of the list change nothing.

use std::collections::BTreeMap;
use std::ops::Range;

use super::condition::{Context, Test, restriction_test};
use crate::query::{Leaf, Node, needs_optional};
use crate::report::Result;
use crate::report::keywords::Entry;
use crate::search::{ScannedDocument, ScannedPassage};
use crate::text::automaton::{Automaton, ScanResult, SequenceId};
use crate::text::negation::{Negation, Polarity};
use crate::text::pattern::Pattern;
use crate::text::units::Units;

/// Entries ready to be found.
pub(in crate::report) struct Program {
    automaton: Automaton,
    leaves: Vec<CompiledLeaf>,
    entries: Vec<CompiledEntry>,
    /// For each row the leaves that are that row, or hold it.
    leaves_of_row: Vec<Vec<usize>>,
    /// For each leaf the entries that hold it.
    entries_of_leaf: Vec<Vec<usize>>,
    /// Entries that may match a passage that holds none of their leaves.
    unconditional: Vec<usize>,
    /// The first row of the words that negate.
    negation: SequenceId,
}

struct CompiledLeaf {
    leaf: Leaf,
    rows: Vec<SequenceId>,
}

/// Finds the places of leaves in a passage.
struct LeafFinder<'a, 'p> {
    reading: &'a ScanResult,
    /// The rows in the passage of leaves that have several, ascending.
    seen: &'a [SequenceId],
    passage: &'a ScannedPassage<'p>,
    /// The units of the passage, which most leaves do not need.
    units: std::cell::OnceCell<Units>,
}

impl LeafFinder<'_, '_> {
    fn places(&self, CompiledLeaf { leaf, rows }: &CompiledLeaf) -> Vec<(u32, u32)> {
        if let [row] = rows[..] {
            let places = self.reading.places.iter();
            let places = places.filter(|place| place.row == row);
            return places.map(|place| (place.start, place.end)).collect();
        }
        // All rows must occur; this spares most passages the reading of their units, which costs more than the scan.
        if rows.iter().any(|row| self.seen.binary_search(row).is_err()) {
            return Vec::new();
        }
        let units = self.units.get_or_init(|| Units::new(&self.passage.text()));
        let matches = leaf.find(units).into_iter().map(|found| found.units());
        matches
            .map(|range| (range.start as u32, range.end as u32))
            .collect()
    }
}

struct CompiledEntry {
    tests: Vec<Test>,
    /// Whether a place of any leaf is an occurrence, without further conditions.
    is_plain: bool,
    /// All its leaves, in order of the entry.
    leaves: Vec<usize>,
}

/// A place of an entry in a passage, by units.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::report) struct Span {
    pub(in crate::report) entry: u32,
    pub(in crate::report) start: u32,
    pub(in crate::report) end: u32,
    leaf: u32,
}

/// What was found in a passage; kept from passage to passage.
#[derive(Default)]
pub(in crate::report) struct Found {
    /// Entries that match, ascending, each with its part of `spans`.
    pub(in crate::report) entries: Vec<(u32, Range<usize>)>,
    /// Occurrences by entry, then by place.
    pub(in crate::report) spans: Vec<Span>,
    /// Occurrences before those that a longer one covers are left out.
    candidates: Vec<Span>,
    reading: ScanResult,
    negation: Negation,
    rows: Vec<SequenceId>,
}

impl Program {
    /// Compiles `entries` for documents whose ids begin with one of `prefixes`, if there are any.
    pub(in crate::report) fn new(entries: &[Entry], prefixes: Vec<String>) -> Result<Self> {
        let mut builder = Builder {
            prefixes,
            ..Builder::default()
        };
        let mut compiled = Vec::with_capacity(entries.len());
        for entry in entries {
            let tests: Result<Vec<Test>> = entry
                .alternatives
                .iter()
                .map(|node| builder.test(node))
                .collect();
            let tests = tests?;
            let is_plain = tests.iter().all(|test| matches!(test, Test::Leaf(_)));
            let mut leaves = Vec::new();
            tests.iter().for_each(|test| test.leaves(&mut leaves));
            for &leaf in &leaves {
                builder.entries_of_leaf[leaf].push(compiled.len());
            }
            compiled.push(CompiledEntry {
                tests,
                is_plain,
                leaves,
            });
        }
        let unconditional = (0..)
            .zip(&compiled)
            .filter(|(_, entry)| entry.tests.iter().any(Test::may_hold))
            .map(|(ord, _)| ord)
            .collect();
        let mut leaves_of_row = vec![Vec::new(); builder.rows.len()];
        for (ord, leaf) in builder.leaves.iter().enumerate() {
            for &row in &leaf.rows {
                leaves_of_row[row as usize].push(ord);
            }
        }
        let mut rows: Vec<Vec<String>> = vec![Vec::new(); builder.rows.len()];
        for (row, id) in builder.rows {
            rows[id as usize] = row;
        }
        // After all rows of entries, so that one scan finds both and the number distinguishes them.
        let negation = rows.len() as SequenceId;
        rows.extend(Negation::rows());
        Ok(Self {
            automaton: Automaton::new(rows.iter().map(Vec::as_slice)),
            leaves: builder.leaves,
            entries: compiled,
            leaves_of_row,
            entries_of_leaf: builder.entries_of_leaf,
            unconditional,
            negation,
        })
    }

    /// The number of words and phrases of all entries.
    pub(in crate::report) fn n_leaves(&self) -> usize {
        self.leaves.len()
    }

    /// Finds what matches in a passage of a document of this title.
    pub(in crate::report) fn find(
        &self,
        document: &ScannedDocument,
        title: &str,
        passage: &ScannedPassage,
        found: &mut Found,
    ) {
        found.entries.clear();
        found.spans.clear();
        self.automaton
            .read(passage.codes.chars(), &mut found.reading);
        let mut pending: Vec<usize> = Vec::new();
        for place in &found.reading.places {
            let Some(leaves) = self.leaves_of_row.get(place.row as usize) else {
                continue;
            };
            for &leaf in leaves {
                if self.leaves[leaf].rows.len() > 1 {
                    found.rows.push(place.row);
                }
                for &entry in &self.entries_of_leaf[leaf] {
                    // Nearly all entries are words or phrases without gaps: a place of their row is a place of theirs.
                    if self.entries[entry].is_plain && self.leaves[leaf].rows.len() == 1 {
                        found.spans.push(Span {
                            entry: entry as u32,
                            start: place.start,
                            end: place.end,
                            leaf: leaf as u32,
                        });
                    } else {
                        pending.push(entry);
                    }
                }
            }
        }
        let mut extra: Vec<u32> = Vec::new();
        if !pending.is_empty() || !self.unconditional.is_empty() {
            pending.extend(&self.unconditional);
            self.find_pending(pending, (document, title, passage), found, &mut extra);
        }
        if found.spans.is_empty() && extra.is_empty() {
            return;
        }
        self.settle(found, &extra);
    }

    /// Entries that a place of a row alone does not decide.
    fn find_pending(
        &self,
        mut pending: Vec<usize>,
        (document, title, passage): (&ScannedDocument, &str, &ScannedPassage),
        found: &mut Found,
        extra: &mut Vec<u32>,
    ) {
        pending.sort_unstable();
        pending.dedup();
        let mut seen = std::mem::take(&mut found.rows);
        seen.sort_unstable();
        seen.dedup();
        let finder = LeafFinder {
            reading: &found.reading,
            seen: &seen,
            passage,
            units: std::cell::OnceCell::new(),
        };
        let mut places: BTreeMap<usize, Vec<(u32, u32)>> = BTreeMap::new();
        for &leaf in pending
            .iter()
            .flat_map(|&entry| &self.entries[entry].leaves)
        {
            places
                .entry(leaf)
                .or_insert_with(|| finder.places(&self.leaves[leaf]));
        }
        let context = Context {
            document,
            title,
            passage,
            holds: &|leaf| places.get(&leaf).is_some_and(|places| !places.is_empty()),
        };
        for entry in pending {
            let CompiledEntry {
                tests, is_plain, ..
            } = &self.entries[entry];
            let mut leaves = Vec::new();
            for test in tests.iter().filter(|test| test.holds(&context)) {
                test.positive_leaves(&mut leaves);
                extra.push(entry as u32);
            }
            // Places of single rows of plain entries are there already.
            leaves.retain(|&leaf| !is_plain || self.leaves[leaf].rows.len() > 1);
            for leaf in leaves {
                let places = places.get(&leaf).into_iter().flatten();
                found.spans.extend(places.map(|&(start, end)| Span {
                    entry: entry as u32,
                    start,
                    end,
                    leaf: leaf as u32,
                }));
            }
        }
        seen.clear();
        found.rows = seen;
    }

    /// Orders the places and leaves out those that a longer one covers.
    fn settle(&self, found: &mut Found, extra: &[u32]) {
        // The two lists change places so that neither is allocated again for the next passage.
        std::mem::swap(&mut found.spans, &mut found.candidates);
        found.candidates.sort_unstable();
        let out = &mut found.spans;
        out.clear();
        for group in found.candidates.chunk_by(|a, b| a.entry == b.entry) {
            let from = out.len();
            let leaves = &self.entries[group[0].entry as usize].leaves;
            if leaves.len() > 1 {
                keep_longest(group, leaves, out);
                out[from..].sort_unstable();
            } else {
                out.extend_from_slice(group);
            }
            found.entries.push((group[0].entry, from..out.len()));
        }
        for &entry in extra {
            let place = found.entries.binary_search_by_key(&entry, |known| known.0);
            if let Err(at) = place {
                let empty = found.entries.get(at).map_or(out.len(), |next| next.1.start);
                found.entries.insert(at, (entry, empty..empty));
            }
        }
    }

    /// What the passage denies or forbids of each occurrence; reads the passage's negations first.
    pub(in crate::report) fn polarities(&self, found: &mut Found, out: &mut Vec<Polarity>) {
        out.clear();
        let Found {
            spans,
            reading,
            negation,
            ..
        } = found;
        negation.read(reading, self.negation);
        out.extend(spans.iter().map(|span| negation.of(span.start, span.end)));
    }
}

/// Of places of different ones of the entry's leaves that overlap keeps the longest.
fn keep_longest(group: &[Span], leaves: &[usize], out: &mut Vec<Span>) {
    let from = out.len();
    let mut by_length: Vec<Span> = group.to_vec();
    by_length.sort_by_key(|span| {
        (
            std::cmp::Reverse(span.end - span.start),
            span.start,
            leaves.iter().position(|&leaf| leaf == span.leaf as usize),
        )
    });
    for span in by_length {
        let is_free = out[from..]
            .iter()
            .all(|kept| kept.leaf == span.leaf || kept.end <= span.start || span.end <= kept.start);
        if is_free {
            out.push(span);
        }
    }
}

#[derive(Default)]
struct Builder {
    rows: BTreeMap<Vec<String>, SequenceId>,
    leaves: Vec<CompiledLeaf>,
    entries_of_leaf: Vec<Vec<usize>>,
    known: BTreeMap<String, usize>,
    /// Names of collections that ids begin with.
    prefixes: Vec<String>,
}

impl Builder {
    fn test(&mut self, node: &Node) -> Result<Test> {
        let mut all = |nodes: &[Node]| -> Result<Vec<Test>> {
            nodes.iter().map(|node| self.test(node)).collect()
        };
        Ok(match node {
            Node::Leaf(leaf) => Test::Leaf(self.leaf(leaf)),
            Node::Restriction(restriction) => restriction_test(restriction, &self.prefixes)?,
            Node::All(nodes) => Test::All(all(nodes)?),
            Node::Any(nodes) | Node::Choice(nodes) => Test::Any(all(nodes)?),
            Node::Not(node) => Test::Not(Box::new(self.test(node)?)),
            Node::List(items) => {
                let tests = items
                    .iter()
                    .map(|item| Ok((item.occur, self.test(&item.node)?)));
                Test::List {
                    items: tests.collect::<Result<_>>()?,
                    needs_optional: needs_optional(items),
                }
            }
            Node::Weighted(node, _) => self.test(node)?,
        })
    }

    fn leaf(&mut self, leaf: &Leaf) -> usize {
        let leaf = match leaf {
            Leaf::Word(text) => match Pattern::phrase(text) {
                Some(pattern) => Leaf::Pattern(pattern),
                None => leaf.clone(),
            },
            Leaf::Pattern(_) | Leaf::Near { .. } => leaf.clone(),
        };
        let rows: Vec<Vec<String>> = match &leaf {
            Leaf::Word(_) => Vec::new(),
            Leaf::Pattern(pattern) => pattern.rows.clone(),
            Leaf::Near { left, right, .. } => vec![left.clone(), right.clone()],
        };
        // The debug form names every field: leaves of one form find the same places, and are looked for once.
        let key = format!("{leaf:?}");
        if let Some(&known) = self.known.get(&key) {
            return known;
        }
        let rows = rows.into_iter().map(|row| {
            let next = self.rows.len() as SequenceId;
            *self.rows.entry(row).or_insert(next)
        });
        let rows = rows.collect();
        self.known.insert(key, self.leaves.len());
        self.leaves.push(CompiledLeaf { leaf, rows });
        self.entries_of_leaf.push(Vec::new());
        self.leaves.len() - 1
    }
}
