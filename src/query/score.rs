//! Scores as whole numbers of [`SCALE`], and terms that are scored so.
//!
//! The engine adds up the scores of a passage in an order that depends on where the passage is stored, and sums of
//! floating-point numbers depend on their order. Sums of whole multiples of 1/[`SCALE`] are exact below
//! 2²⁴/[`SCALE`] = [`EXACT`], so that they don't; scores that may become higher are halved first ([`shift`]).

use std::sync::Arc;

use tantivy::query::{Bm25Weight, EmptyScorer, EnableScoring, Explanation, Query, Scorer, Weight};
use tantivy::{DocId, DocSet, Score, SegmentReader, TantivyError};

use super::index_term::{IndexTerm, Lengths, TermPostings};
use super::tree::{Node, Occur};
use crate::index::Parts;

/// Parts of one that a score is counted in.
pub(crate) const SCALE: Score = 4096.0;

/// Below this, sums of multiples of 1/[`SCALE`] are exact: a score has 24 bits.
const EXACT: f32 = 4096.0;
/// No unit of a query adds more than this to a score, weights apart: a term's BM25 is at most (1 + k1) · ln N, below 48 for any
/// number of passages that fits an index, and a unit counts by itself, in a pair, and in at most eleven words that begin with it.
const MOST_OF_UNIT: f32 = 500.0;

/// How often scores of `node` are halved so that no sum of them reaches [`EXACT`].
pub(crate) fn shift(node: &Node) -> u32 {
    let mut bound = most(node) / EXACT;
    let mut shift = 0;
    while bound >= 1.0 && shift < 24 {
        bound /= 2.0;
        shift += 1;
    }
    shift
}

/// A score that no passage reaches.
fn most(node: &Node) -> f32 {
    match node {
        Node::Leaf(leaf) => MOST_OF_UNIT * leaf.n_units().max(1) as f32,
        Node::Restriction(_) | Node::Not(_) => 0.0,
        Node::Weighted(inner, weight) => most(inner) * weight,
        Node::All(nodes) | Node::Any(nodes) | Node::Choice(nodes) => nodes.iter().map(most).sum(),
        Node::List(items) => {
            let counted = items.iter().filter(|item| item.occur != Occur::Forbidden);
            counted.map(|item| most(&item.node)).sum()
        }
    }
}

/// A score as a whole number.
pub(crate) fn scaled(score: Score) -> u32 {
    // `round` is a call into the C library here.
    (score * SCALE + 0.5) as u32
}

/// The score of a passage that holds a term: even of one that all hold.
pub(crate) fn at_least_one(score: Score) -> u32 {
    scaled(score).max(1)
}

/// What a passage that holds a term adds to a sum of scores.
pub(super) fn summand(score: Score) -> Score {
    at_least_one(score) as Score / SCALE
}

/// Passages that hold a term; scored by BM25 in parts of [`SCALE`].
#[derive(Clone)]
pub(super) struct ScoredTermQuery {
    pub(super) term: IndexTerm,
    pub(super) bm25: Bm25Weight,
    pub(super) parts: Arc<Parts>,
}

impl std::fmt::Debug for ScoredTermQuery {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "ScoredTermQuery({:?})", self.term)
    }
}

impl Query for ScoredTermQuery {
    fn weight(&self, _: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        Ok(Box::new(ScoredTermWeight(self.clone())))
    }
}

struct ScoredTermWeight(ScoredTermQuery);

impl Weight for ScoredTermWeight {
    fn scorer(&self, segment: &SegmentReader, boost: Score) -> tantivy::Result<Box<dyn Scorer>> {
        let Self(query) = self;
        let parts = query.parts.of(segment)?;
        let Some(located) = query.term.locate(segment, &parts)? else {
            return Ok(Box::new(EmptyScorer));
        };
        Ok(Box::new(ScoredTermScorer {
            postings: located.open(segment, &parts)?,
            size: located.n_passages(),
            lengths: Lengths::open(query.term.analysis(), segment, &parts)?,
            bm25: query.bm25.boost_by(boost),
        }))
    }

    fn explain(&self, segment: &SegmentReader, doc: DocId) -> tantivy::Result<Explanation> {
        let mut scorer = self.scorer(segment, 1.0)?;
        if scorer.doc() > doc || scorer.seek(doc) != doc {
            let message = format!("document {doc} does not match");
            return Err(TantivyError::InvalidArgument(message));
        }
        Ok(Explanation::new("BM25 of a term", scorer.score()))
    }
}

struct ScoredTermScorer {
    postings: TermPostings,
    size: u32,
    lengths: Lengths,
    bm25: Bm25Weight,
}

impl DocSet for ScoredTermScorer {
    fn advance(&mut self) -> DocId {
        self.postings.advance()
    }

    fn seek(&mut self, target: DocId) -> DocId {
        self.postings.seek(target)
    }

    fn doc(&self) -> DocId {
        self.postings.doc()
    }

    fn size_hint(&self) -> u32 {
        self.size
    }
}

impl Scorer for ScoredTermScorer {
    fn score(&mut self) -> Score {
        let length = self.lengths.of(self.postings.doc());
        summand(self.bm25.score(length, self.postings.frequency()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::query::parse;

    #[test]
    fn high_scores_are_halved_until_sums_are_exact() {
        for (query, expected) in [
            ("农民 安置", 0),
            ("农民^100", 5),
            ("(农民^100)^100 \"安置\"", 12),
            ("NOT 农民^100", 0),
        ] {
            let node = parse(query).expect("a query");
            assert_eq!(shift(&node), expected, "{query}");
        }
    }

    #[test]
    fn sums_of_summands_do_not_depend_on_their_order() {
        let scores: Vec<f32> = (1..90).map(|n| summand(45.0 / n as f32)).collect();
        let forwards: f32 = scores.iter().sum();
        let backwards: f32 = scores.iter().rev().sum();
        assert_eq!(forwards.to_bits(), backwards.to_bits());
    }
}
