//! How a score arose.

use serde::Serialize;

use super::Searcher;
use super::candidates::Candidate;
use super::second::Evidence;
use crate::Result;
use crate::query::Node;

/// What each part of the ranking gave a hit.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Explanation {
    /// BM25 of the words, numbers, synonyms, grams and phrases that the passage was retrieved by.
    pub retrieved: f32,
    /// BM25 of the query's words and grams in the headings and the title above, and of the lightest of a long query.
    pub added: f32,
    /// BM25 of the query's single units.
    pub units: f32,
    /// Share of the query's units that the passage holds, by their rarity, 0 to 1.
    pub coverage: f32,
    /// Share of the query's units in the longest run that both have, 0 to 1.
    pub run: f32,
}

impl Searcher<'_> {
    /// How the score of a candidate with this text arose.
    pub(super) fn explain(
        &self,
        node: &Node,
        candidate: &Candidate,
        text: &str,
    ) -> Result<Explanation> {
        let planner = self.planner();
        let alone = Candidate {
            score: 0.0,
            ..*candidate
        };
        let (mut retrieved, mut added) = ([alone], [alone]);
        self.add(&[planner.ranked(node)?], &mut retrieved)?;
        self.add(&planner.added(node)?, &mut added)?;
        let Evidence {
            units,
            coverage,
            run,
        } = self.evidence(node, text)?;
        Ok(Explanation {
            retrieved: retrieved[0].score,
            added: added[0].score,
            units,
            coverage,
            run,
        })
    }
}
