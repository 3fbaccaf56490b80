//! How a score arose.

use serde::Serialize;
use tantivy::DocAddress;
use tantivy::query::EnableScoring;

use super::candidate::Candidate;
use super::candidate::Holds;
use super::columns::Columns;
use super::rerank::Evidence;
use crate::query::{Leaf, Node, Occur, add_terms, shift};
use crate::search::{Result, Searcher};

/// What each part of the ranking gave a hit.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Explanation {
    /// What each word and phrase gives by itself, in order of the query; a word or pair of two of them counts for both, and a
    /// single unit may count here and in `added`.
    pub parts: Vec<PartScore>,
    /// BM25 of the words, numbers, synonyms, pairs and phrases that the passage was retrieved by.
    pub retrieved: f32,
    /// BM25 of the query's words and pairs in the headings and the title above, of the lightest of a long query, and of single
    /// units that it was not retrieved by.
    pub added: f32,
    /// BM25 of the query's single units.
    pub units: f32,
    /// Share of the query's units that the passage holds, by their rarity, 0 to 1.
    pub coverage: f32,
    /// Share of the query's units in the longest run that both have, 0 to 1.
    pub run: f32,
    /// How much of the query's words the passage holds: those that hold more are raised above those that hold less.
    pub holds: Holds,
}

/// What one word or phrase of a query gave.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct PartScore {
    /// The word or phrase.
    pub part: String,
    /// Its BM25, times its weight.
    pub score: f32,
}

impl Searcher<'_> {
    /// How the score of a candidate with this text arose.
    pub(in crate::search) fn explain(
        &self,
        node: &Node,
        meets_singles: bool,
        (candidate, text): (&Candidate, &str),
        columns: &[Columns],
    ) -> Result<Explanation> {
        let mut terms = self.planner_for(meets_singles).terms(node)?;
        add_terms(&mut terms.added.own, std::mem::take(&mut terms.singles));
        let alone = Candidate {
            score: 0.0,
            ..*candidate
        };
        let mut added = [alone];
        self.add_terms(&terms.added, &mut added, columns)?;
        let Evidence {
            units,
            coverage,
            run,
            holds,
        } = self.evidence(node, text)?;
        let mut leaves = Vec::new();
        weighted_leaves(node, 1.0, &mut leaves);
        let parts = leaves.into_iter().map(|(leaf, weight)| {
            let score =
                self.retrieved(&Node::Leaf(leaf.clone()), meets_singles, candidate.address)?;
            Ok(PartScore {
                part: leaf.to_string(),
                score: score * weight,
            })
        });
        Ok(Explanation {
            parts: parts.collect::<Result<_>>()?,
            retrieved: self.retrieved(node, meets_singles, candidate.address)?,
            added: added[0].score,
            units,
            coverage,
            run,
            holds,
        })
    }

    /// The first stage's score of one passage.
    fn retrieved(&self, node: &Node, meets_singles: bool, address: DocAddress) -> Result<f32> {
        // Each with a budget of its own.
        let query = self.planner_for(meets_singles).ranked(node)?;
        let scoring =
            EnableScoring::enabled_from_statistics_provider(&self.statistics, &self.snapshot);
        // As the first stage scores it, so that the same sum comes out.
        let scale = (1_u32 << shift(node)) as f32;
        let score = || {
            let segment = self.snapshot.segment_reader(address.segment_ord);
            let mut scorer = query.weight(scoring)?.scorer(segment, 1.0 / scale)?;
            if scorer.doc() < address.doc_id {
                scorer.seek(address.doc_id);
            }
            let is_found = scorer.doc() == address.doc_id;
            Ok(if is_found {
                scorer.score() * scale
            } else {
                0.0
            })
        };
        score().map_err(self.engine())
    }
}

/// The words and phrases that may give something, with their weights.
fn weighted_leaves<'a>(node: &'a Node, weight: f32, out: &mut Vec<(&'a Leaf, f32)>) {
    match node {
        Node::Leaf(leaf) => out.push((leaf, weight)),
        Node::Restriction(_) | Node::Not(_) => {}
        Node::All(nodes) | Node::Any(nodes) | Node::Choice(nodes) => {
            nodes
                .iter()
                .for_each(|node| weighted_leaves(node, weight, out));
        }
        Node::Weighted(inner, by) => weighted_leaves(inner, weight * by, out),
        Node::List(items) => {
            let present = items.iter().filter(|item| item.occur != Occur::Forbidden);
            present.for_each(|item| weighted_leaves(&item.node, weight, out));
        }
    }
}
