//! Overlap: the passages that share the rarest pairs of units with a text, found on posting lists.
//!
//! Lists are read rarest first until a budget of postings is spent, so that a text full of common words costs
//! no more than any other. A passage weighs the sum of its shared pairs' weights, ln(N / df) each (Spärck Jones
//! 1972, as inverse document frequency); one that has less than an eighth of what the text itself would weigh is skipped. Passages that share the very same pairs are mostly copies of one
//! another; only a few of each are kept, so that one sentence of a thousand copies does not crowd out the rest.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

use tantivy::columnar::Column;
use tantivy::{DocAddress, TERMINATED};

use crate::index::Zone;
use crate::query::{IndexTerm, LocatedTerm};
use crate::search::{Result, Scope, Spot};
use crate::text::hash::scatter;
use crate::text::units::Units;

/// Postings read for one text, at most one list more.
// The list of a frequent pair is long, and most of its passages share nothing else with the text: rarest first, it is often
// not reached.
const BUDGET: u64 = 300_000;
/// Lists read whatever they cost.
// A text of frequent words alone would otherwise be compared by a single pair.
const MIN_LISTS: usize = 4;
/// Passages kept of those that share the very same pairs.
// They stand for one another: the caller compares each in full, and others that share less but other pairs should have their
// turn.
const SAME_GRAMS: usize = 5;

/// Minimum weight of a passage, as a share of that of all pairs that were looked up.
// With it, the original of a sentence of which 40 % is altered is still found in 97 of 100 cases (BENCHMARKS.md, Precedent).
const MIN_WEIGHT: f32 = 0.125;

/// What is known of a passage while lists are read.
#[derive(Clone, Copy, Default)]
struct Tally {
    weight: f32,
    /// A mark of the set of shared pairs.
    mark: u64,
    grams: u32,
}

/// The tallies of all passages of a segment.
#[derive(Default)]
struct Tallies {
    /// By passage; empty but for those in `touched`.
    all: Vec<Tally>,
    touched: Vec<u32>,
}

thread_local! {
    /// Kept from text to text: clearing the pages of a new table of megabytes for each sentence takes a quarter of the time of a check.
    static TALLIES: RefCell<Tallies> = RefCell::default();
}

/// A passage that shares enough.
#[derive(Clone, Copy)]
struct Candidate {
    tally: Tally,
    segment: u32,
    doc: u32,
}

impl Scope<'_> {
    /// At most `limit` passages that share pairs with `units`, the heaviest first.
    ///
    /// Empty if no pair of `units` occurs in the scope. [`Spot::places`] is the number of distinct pairs shared
    /// among those that were looked up.
    ///
    /// # Errors
    /// [`crate::index::Error::Cancelled`]; [`crate::index::Error::Engine`] if the index can't be read.
    pub fn overlapping(&self, units: &Units, limit: usize) -> Result<Vec<Spot>> {
        self.searcher.go_on()?;
        let lists = self.lists(units)?;
        let least = MIN_WEIGHT * lists.iter().map(|list| list.weight).sum::<f32>();
        let segments = self.searcher.snapshot.segment_readers();
        let mut candidates = Vec::new();
        // After an error they are not put back, so that those of the next text are empty.
        let Tallies {
            all: mut tallies,
            mut touched,
        } = TALLIES.take();
        for (ord, segment) in (0..).zip(segments) {
            let engine = || self.searcher.engine();
            let parts = self.searcher.index.parts().of(segment).map_err(engine())?;
            let n_passages = segment.max_doc() as usize;
            tallies.resize(n_passages.max(tallies.len()), Tally::default());
            for list in &lists {
                let Some(located) = &list.located[ord as usize] else {
                    continue;
                };
                let mut postings = located.open(segment, &parts).map_err(engine())?;
                while postings.doc() != TERMINATED {
                    let tally = &mut tallies[postings.doc() as usize];
                    if tally.grams == 0 {
                        touched.push(postings.doc());
                    }
                    tally.weight += list.weight;
                    // Each list has a mark of random-looking bits: the same sum for the same set of pairs, whatever the order.
                    tally.mark ^= list.mark;
                    tally.grams += 1;
                    postings.advance();
                }
            }
            let enough = touched.iter().copied().filter(|&doc| {
                tallies[doc as usize].weight >= least && self.holds(ord, segment, doc)
            });
            candidates.extend(enough.map(|doc| Candidate {
                tally: tallies[doc as usize],
                segment: ord,
                doc,
            }));
            for doc in touched.drain(..) {
                tallies[doc as usize] = Tally::default();
            }
        }
        TALLIES.set(Tallies {
            all: tallies,
            touched,
        });
        self.spots(&self.heaviest(&mut candidates, limit)?)
    }

    /// The heaviest candidates, few of each set of pairs and one of each shape, the heaviest first. Neither the order
    /// nor the choice depends on where passages are stored.
    fn heaviest(&self, candidates: &mut [Candidate], limit: usize) -> Result<Vec<Candidate>> {
        let segments = self.searcher.snapshot.segment_readers().iter();
        let columns = segments.map(|segment| {
            let columns = segment.fast_fields();
            Ok((columns.u64("shape")?, columns.u64("chars")?))
        });
        let columns: tantivy::Result<Vec<_>> = columns.collect();
        let columns = columns.map_err(self.searcher.engine())?;
        // Copies and sets of the same pairs are thinned out afterwards; where too few are left, the depth grows.
        let mut depth = limit * 4;
        loop {
            let n_heavy = partition_heaviest(candidates, depth);
            let heavy = candidates[..n_heavy].iter().map(|&candidate| {
                let (shape, chars) = &columns[candidate.segment as usize];
                let first = |column: &Column<u64>| column.first(candidate.doc).unwrap_or(0);
                (first(shape), first(chars), candidate)
            });
            let copies = thin_out(heavy.collect(), limit);
            if copies.len() >= limit || n_heavy == candidates.len() {
                return copies.iter().map(|copies| self.first_of(copies)).collect();
            }
            depth *= 4;
        }
    }

    /// The first of some copies by document id and number.
    fn first_of(&self, copies: &[Candidate]) -> Result<Candidate> {
        let Some((&first, others)) = copies.split_first() else {
            return Err(self.searcher.damaged());
        };
        if others.is_empty() {
            return Ok(first);
        }
        let columns = self.searcher.columns()?;
        let place = |copy: &Candidate| {
            let address = DocAddress::new(copy.segment, copy.doc);
            columns[copy.segment as usize].candidate(0.0, address)
        };
        // Ordinals of one segment are in order of the ids; across segments the ids must be compared.
        let mut firsts = Vec::new();
        for copies in copies.chunk_by(|a, b| a.segment == b.segment) {
            let places = copies.iter().map(|copy| (place(copy), *copy));
            firsts.extend(places.min_by_key(|(place, _)| (place.document, place.number)));
        }
        let mut named = Vec::with_capacity(firsts.len());
        for (place, copy) in firsts {
            named.push((self.searcher.document_id(&place, columns)?, copy));
        }
        let first_of_all = named.into_iter().min_by(|(a, _), (b, _)| a.cmp(b));
        Ok(first_of_all.map_or(first, |(_, copy)| copy))
    }

    /// The pairs to look up, rarest first, each once.
    fn lists(&self, units: &Units) -> Result<Vec<List>> {
        let statistics = &self.searcher.statistics;
        let n_passages = statistics.passages().map_err(self.searcher.engine())? as f32;
        let pairs = pairs(units);
        let mut lists = Vec::with_capacity(pairs.len());
        for (ord, term) in (1u64..).zip(pairs) {
            let located = statistics.locate(&term).map_err(self.searcher.engine())?;
            let df = statistics.frequency_of(&term, &located);
            let df = df.map_err(self.searcher.engine())?;
            if df > 0 {
                // A pair that every passage holds weighs next to nothing, but not nothing: a text of only such pairs would
                // find none of its copies.
                let weight = (n_passages / df as f32).ln().max(0.1);
                lists.push(List {
                    df,
                    term,
                    located,
                    weight,
                    mark: scatter(ord),
                });
            }
        }
        lists.sort_by(|a, b| (a.df, &a.term).cmp(&(b.df, &b.term)));
        let n_read = n_read(&lists);
        lists.truncate(n_read);
        Ok(lists)
    }

    /// The candidates as spots, in their order.
    fn spots(&self, candidates: &[Candidate]) -> Result<Vec<Spot>> {
        let mut by_segment: BTreeMap<u32, Vec<usize>> = BTreeMap::new();
        for (ord, candidate) in candidates.iter().enumerate() {
            by_segment.entry(candidate.segment).or_default().push(ord);
        }
        let mut out = Vec::with_capacity(candidates.len());
        for (segment_ord, ords) in by_segment {
            let segment = self.searcher.snapshot.segment_reader(segment_ord);
            let found: Vec<_> = ords
                .iter()
                .map(|&ord| (candidates[ord].doc, candidates[ord].tally.grams))
                .collect();
            let mut spots = Vec::with_capacity(found.len());
            self.describe(segment_ord, segment, &found, &mut spots)?;
            out.extend(ords.into_iter().zip(spots));
        }
        out.sort_by_key(|&(ord, _)| ord);
        Ok(out.into_iter().map(|(_, spot)| spot).collect())
    }
}

/// A pair's posting list.
struct List {
    df: u64,
    term: IndexTerm,
    /// For each segment, where it is.
    located: LocatedTerm,
    weight: f32,
    mark: u64,
}

/// Puts the `depth` heaviest before all others, and with them those that are as heavy as the last of them; returns
/// how many these are.
fn partition_heaviest(candidates: &mut [Candidate], depth: usize) -> usize {
    if candidates.len() <= depth {
        return candidates.len();
    }
    let by_weight = |a: &Candidate, b: &Candidate| b.tally.weight.total_cmp(&a.tally.weight);
    let (_, last, others) = candidates.select_nth_unstable_by(depth.saturating_sub(1), by_weight);
    let last = last.tally.weight;
    let mut n_heavy = depth.max(1);
    for at in 0..others.len() {
        if others[at].tally.weight == last {
            others.swap(at, n_heavy - depth.max(1));
            n_heavy += 1;
        }
    }
    n_heavy
}

/// The copies of at most `limit` texts, given as shapes, characters and passages, the heaviest first, few of each set
/// of pairs, of these the shortest: what shares the same and has little else is most like the text. Copies by segment.
fn thin_out(mut candidates: Vec<(u64, u64, Candidate)>, limit: usize) -> Vec<Vec<Candidate>> {
    candidates
        .sort_unstable_by_key(|(shape, _, candidate)| (*shape, candidate.segment, candidate.doc));
    let copies = candidates.chunk_by(|a, b| a.0 == b.0);
    let mut texts: Vec<_> = copies
        .map(|copies| {
            // Copies may differ in marks: in characters, and where a sentence ends in pairs as well.
            let shortest = copies.iter().map(|&(_, chars, _)| chars).min();
            let tallies = copies.iter().map(|(.., copy)| copy.tally);
            let heaviest = tallies.max_by(|a, b| {
                let by_weight = a.weight.total_cmp(&b.weight);
                by_weight.then(a.mark.cmp(&b.mark))
            });
            (heaviest.unwrap_or_default(), shortest, copies)
        })
        .collect();
    texts.sort_unstable_by(|(a, chars, copies), (b, other_chars, other_copies)| {
        let key = (a.mark, chars, copies[0].0);
        let by_weight = b.weight.total_cmp(&a.weight);
        by_weight.then_with(|| key.cmp(&(b.mark, other_chars, other_copies[0].0)))
    });
    let mut same_grams: BTreeMap<u64, usize> = BTreeMap::new();
    texts.retain(|(tally, ..)| {
        let n_same = same_grams.entry(tally.mark).or_default();
        *n_same += 1;
        *n_same <= SAME_GRAMS
    });
    texts.truncate(limit);
    let copies = texts.into_iter().map(|(_, _, copies)| copies.iter());
    copies
        .map(|copies| copies.map(|&(.., copy)| copy).collect())
        .collect()
}

/// The pairs of adjacent units inside sentences, each once.
fn pairs(units: &Units) -> BTreeSet<IndexTerm> {
    let items = units.items();
    (1..units.len())
        .filter(|&ord| items[ord - 1].sentence == items[ord].sentence)
        .filter_map(|ord| {
            let pair = [units.text(ord - 1), units.text(ord)];
            IndexTerm::of_units(Zone::Body, &pair)
        })
        .collect()
}

/// How many of the lists are read within the budget.
fn n_read(lists: &[List]) -> usize {
    let mut spent = 0;
    let is_read = |(ord, list): &(usize, &List)| {
        // By what is spent before the list: a list that crosses the line is read whole, since half of one would favour
        // passages that are stored first.
        let is_read = spent < BUDGET || *ord < MIN_LISTS;
        spent += list.df;
        is_read
    };
    lists.iter().enumerate().take_while(is_read).count()
}

#[cfg(test)]
mod tests;
