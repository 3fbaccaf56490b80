//! First stage: the best passages by the index alone, with what later steps need of them.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use tantivy::query::{BoostQuery, EnableScoring, Query};
use tantivy::{DocAddress, DocId, SegmentReader};

use super::candidate::{Candidate, sort};
use super::columns::Columns;
use super::max_score::{List, retrieve, retrieve_among};
use super::scored_terms::ScoredTerm;
use crate::query::{Node, QueryTerms, SCALE, scaled, shift};
use crate::search::matches::{Matches, holds};
use crate::search::{Result, Searcher};

/// Passages and their scores in parts of [`SCALE`], ascending, segment by segment.
pub(in crate::search) type Scored = Vec<Vec<(DocId, u32)>>;

impl Searcher<'_> {
    /// The best `depth` passages that hold any of the terms that retrieve, best first, equal scores by document id and number; of
    /// `allowed` alone, if these are given.
    pub(in crate::search) fn top_k(
        &self,
        terms: &QueryTerms,
        allowed: Option<&Matches>,
        depth: usize,
        columns: &[Columns],
    ) -> Result<Vec<Candidate>> {
        let passages = self.statistics.passages();
        let n_passages = passages.map_err(self.engine())?;
        let scored = |terms| self.scored_terms(terms, n_passages).map_err(self.engine());
        let (own, singles) = (scored(&terms.own)?, scored(&terms.singles)?);
        let parts = self.index.parts();
        let mut top = Top::new(depth);
        for (ord, segment) in (0..).zip(self.snapshot.segment_readers()) {
            let open = |terms: &[ScoredTerm]| -> Result<Vec<List>> {
                let lists = terms
                    .iter()
                    .filter_map(|term| List::open(segment, ord, (term, parts)).transpose());
                lists.collect::<tantivy::Result<_>>().map_err(self.engine())
            };
            let lists = (open(&own)?, open(&singles)?);
            let push = |top: &mut Top, doc, score| {
                top.push(score, DocAddress::new(ord, doc));
                top.least()
            };
            let among = allowed.map(|matches| &matches[ord as usize]);
            let Some(among) = among else {
                let alive = segment.alive_bitset();
                retrieve(lists, top.least(), |doc, score| {
                    match alive.is_none_or(|alive| alive.is_alive(doc)) {
                        true => push(&mut top, doc, score),
                        false => top.least(),
                    }
                });
                continue;
            };
            if among.len() < segment.max_doc() as usize / SPARSE {
                retrieve_among(lists, among, top.least(), |doc, score| {
                    push(&mut top, doc, score)
                });
                continue;
            }
            let marks = marked(among, segment);
            retrieve(lists, top.least(), |doc, score| match marks[doc as usize] {
                true => push(&mut top, doc, score),
                false => top.least(),
            });
        }
        self.candidates(top, columns)
    }

    /// The best `depth` of passages that are scored, in the same order; of `among` alone, if these are given.
    pub(in crate::search) fn top_k_of_scored(
        &self,
        scored: &Scored,
        among: Option<&Matches>,
        depth: usize,
        columns: &[Columns],
    ) -> Result<Vec<Candidate>> {
        let mut top = Top::new(depth);
        for (ord, passages) in (0..).zip(scored) {
            for &(doc, score) in passages {
                let address = DocAddress::new(ord, doc);
                if score >= top.least() && among.is_none_or(|among| holds(among, address)) {
                    top.push(score, address);
                }
            }
        }
        self.candidates(top, columns)
    }

    /// All passages of `query` that are not deleted, each with its score: for queries of which the engine scores every passage
    /// anyway.
    pub(in crate::search) fn scored(&self, node: &Node, query: &dyn Query) -> Result<Scored> {
        let scoring =
            EnableScoring::enabled_from_statistics_provider(&self.statistics, &self.snapshot);
        let scale = (1_u32 << shift(node)) as f32;
        let query = BoostQuery::new(query.box_clone(), 1.0 / scale);
        let weight = query.weight(scoring).map_err(self.engine())?;
        let mut scored = Vec::new();
        for segment in self.snapshot.segment_readers() {
            let alive = segment.alive_bitset();
            let mut passages = Vec::new();
            let mut take = |doc: DocId, score: f32| {
                if alive.is_none_or(|alive| alive.is_alive(doc)) {
                    passages.push((doc, scaled(score * scale)));
                }
            };
            weight.for_each(segment, &mut take).map_err(self.engine())?;
            scored.push(passages);
        }
        self.index.parts().check().map_err(self.engine())?;
        Ok(scored)
    }

    fn candidates(&self, top: Top, columns: &[Columns]) -> Result<Vec<Candidate>> {
        let depth = top.depth;
        let mut candidates: Vec<Candidate> = top
            .into_all()
            .map(|(score, address)| {
                let columns = &columns[address.segment_ord as usize];
                columns.candidate(score as f32 / SCALE, address)
            })
            .collect();
        sort(&mut candidates, |group| self.document_ids(group, columns))?;
        candidates.truncate(depth);
        Ok(candidates)
    }
}

/// Below one allowed passage in so many, each is looked up by itself.
// A look-up is a search in each list, a mark is one comparison for each passage that a list names: with fewer than an eighth
// allowed, looking up wins.
const SPARSE: usize = 8;

/// A mark for each of these passages of a segment.
fn marked(passages: &[DocId], segment: &SegmentReader) -> Vec<bool> {
    let mut marks = vec![false; segment.max_doc() as usize];
    for &doc in passages {
        marks[doc as usize] = true;
    }
    marks
}

/// The best so many of what is pushed, and all that are as good as the last of them.
struct Top {
    depth: usize,
    heap: BinaryHeap<Reverse<Ranked>>,
    ties: Vec<Ranked>,
}

/// A passage and its score in parts of [`SCALE`]; of equals, the earlier address is the better.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Ranked(u32, Reverse<DocAddress>);

impl Top {
    fn new(depth: usize) -> Self {
        Self {
            depth: depth.max(1),
            heap: BinaryHeap::new(),
            ties: Vec::new(),
        }
    }

    /// Nothing below this score is wanted any more.
    fn least(&self) -> u32 {
        match self.heap.peek() {
            Some(Reverse(Ranked(score, _))) if self.heap.len() == self.depth => *score,
            _ => 0,
        }
    }

    fn push(&mut self, score: u32, address: DocAddress) {
        let new = Ranked(score, Reverse(address));
        if self.heap.len() < self.depth {
            self.heap.push(Reverse(new));
            return;
        }
        let Some(mut last) = self.heap.peek_mut() else {
            return;
        };
        let old = last.0;
        if score == old.0 {
            // Which of equals come first is decided by id and number, which are not known here: all of them are kept for the
            // sort, however many.
            self.ties.push(new);
        } else if score > old.0 {
            *last = Reverse(new);
            drop(last);
            match self.heap.peek() {
                Some(Reverse(last)) if last.0 == old.0 => self.ties.push(old),
                // They are worse than the last of the best now.
                _ => self.ties.clear(),
            }
        }
    }

    fn into_all(self) -> impl Iterator<Item = (u32, DocAddress)> {
        let best = self.heap.into_iter().map(|Reverse(scored)| scored);
        best.chain(self.ties)
            .map(|Ranked(score, Reverse(address))| (score, address))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn the_top_is_what_sorting_gives(
            scores in prop::collection::vec(0_u32..12, 0..60),
            depth in 0_usize..20,
        ) {
            let mut top = Top::new(depth);
            let mut least = 0;
            for (doc, &score) in (0..).zip(&scores) {
                top.push(score, DocAddress::new(0, doc));
                prop_assert!(top.least() >= least);
                least = top.least();
            }
            let mut all: Vec<(u32, Reverse<DocId>)> = scores.iter().copied().zip((0..).map(Reverse)).collect();
            all.sort_unstable_by_key(|&one| Reverse(one));
            // All that are as good as the last of the best are among them: which of these stay is decided by their ids.
            let last = all.get(depth.max(1) - 1).map_or(0, |&(score, _)| score);
            prop_assert_eq!(top.least(), last);
            let expected: Vec<_> = all.into_iter().filter(|&(score, _)| score >= last).collect();
            let mut found: Vec<_> = top
                .into_all()
                .map(|(score, address)| (score, Reverse(address.doc_id)))
                .collect();
            found.sort_unstable_by_key(|&one| Reverse(one));
            prop_assert_eq!(found, expected);
        }
    }

    #[test]
    fn nothing_is_left_out_before_the_top_is_full() {
        let mut top = Top::new(2);
        top.push(7, DocAddress::new(0, 0));
        assert_eq!(top.least(), 0);
        top.push(5, DocAddress::new(0, 1));
        assert_eq!(top.least(), 5);
        top.push(6, DocAddress::new(0, 2));
        assert_eq!(top.least(), 6);
        assert_eq!(top.into_all().count(), 2);
    }
}
