//! Scores as whole numbers of [`SCALE`], and terms that are scored so.
//!
//! The engine adds up the scores of a passage in an order that depends on where the passage is stored, and sums of
//! floating-point numbers depend on their order. Sums of whole multiples of 1/[`SCALE`] are exact below
//! 2²⁴/[`SCALE`] = [`EXACT`], so that they don't; scores that may become higher are halved first ([`shift`]).

use tantivy::fieldnorm::FieldNormReader;
use tantivy::postings::{Postings, SegmentPostings};
use tantivy::query::{
    Bm25Weight, EmptyScorer, EnableScoring, Explanation, Query, Scorer, TermQuery, Weight,
};
use tantivy::schema::{IndexRecordOption, Term};
use tantivy::{DocId, DocSet, Score, SegmentReader, TantivyError};

use super::tree::{Node, Occur};

/// Parts of one that a score is counted in.
pub(crate) const SCALE: Score = 4096.0;

/// Below this, sums of multiples of 1/[`SCALE`] are exact: a score has 24 bits.
const EXACT: f32 = 4096.0;
/// No unit of a query adds more than this to a score, weights apart: a term's BM25 is at most (1 + k1) · ln N, below
/// 48 for any number of passages that fits an index, and a unit stands in two terms, its word and its gram.
const MOST_OF_UNIT: f32 = 100.0;

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
        Node::All(nodes) | Node::Any(nodes) => nodes.iter().map(most).sum(),
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
#[derive(Clone, Debug)]
pub(super) struct ScoredTermQuery(pub(super) Term);

impl Query for ScoredTermQuery {
    fn weight(&self, scoring: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        let Self(term) = self;
        let bm25 = match scoring {
            EnableScoring::Enabled {
                statistics_provider,
                ..
            } => {
                // A term that only deleted passages hold weighs nothing and matches nothing that counts.
                Bm25Weight::for_terms(statistics_provider, std::slice::from_ref(term))?
            }
            EnableScoring::Disabled { .. } => {
                return TermQuery::new(term.clone(), IndexRecordOption::Basic).weight(scoring);
            }
        };
        Ok(Box::new(ScoredTermWeight {
            term: term.clone(),
            bm25,
        }))
    }
}

struct ScoredTermWeight {
    term: Term,
    bm25: Bm25Weight,
}

impl Weight for ScoredTermWeight {
    fn scorer(&self, reader: &SegmentReader, boost: Score) -> tantivy::Result<Box<dyn Scorer>> {
        let field = self.term.field();
        let inverted = reader.inverted_index(field)?;
        let postings = inverted.read_postings(&self.term, IndexRecordOption::WithFreqs)?;
        let Some(postings) = postings else {
            return Ok(Box::new(EmptyScorer));
        };
        Ok(Box::new(ScoredTermScorer {
            postings,
            norms: reader.get_fieldnorms_reader(field)?,
            bm25: self.bm25.boost_by(boost),
        }))
    }

    fn explain(&self, reader: &SegmentReader, doc: DocId) -> tantivy::Result<Explanation> {
        let mut scorer = self.scorer(reader, 1.0)?;
        if scorer.doc() > doc || scorer.seek(doc) != doc {
            let message = format!("document {doc} does not match");
            return Err(TantivyError::InvalidArgument(message));
        }
        Ok(Explanation::new("BM25 of a term", scorer.score()))
    }
}

struct ScoredTermScorer {
    postings: SegmentPostings,
    norms: FieldNormReader,
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
        self.postings.size_hint()
    }
}

impl Scorer for ScoredTermScorer {
    fn score(&mut self) -> Score {
        let norm = self.norms.fieldnorm_id(self.postings.doc());
        summand(self.bm25.score(norm, self.postings.term_freq()))
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
            ("农民^100", 3),
            ("(农民^100)^100 \"安置\"", 9),
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
