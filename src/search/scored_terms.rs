//! Terms of a query, looked up: where each segment keeps their postings, and how they score.

use tantivy::query::Bm25Weight;

use super::Searcher;
use crate::query::{Analysis, LocatedTerm, Terms};

/// A term that at least one living text holds.
pub(super) struct ScoredTerm {
    pub(super) analysis: Analysis,
    /// For each segment, where its postings are.
    pub(super) located: LocatedTerm,
    pub(super) bm25: Bm25Weight,
}

impl Searcher<'_> {
    /// The terms that are in the index, each scored by its weight among `n_texts` texts.
    pub(super) fn scored_terms(
        &self,
        terms: &Terms,
        n_texts: u64,
    ) -> tantivy::Result<Vec<ScoredTerm>> {
        let mut out = Vec::with_capacity(terms.len());
        for (term, &weight) in terms {
            let located = self.statistics.locate(term)?;
            let df = self.statistics.frequency_of(term, &located)?;
            if df == 0 {
                continue;
            }
            let analysis = term.analysis();
            let average = self.statistics.length(analysis)? as f32 / n_texts as f32;
            let bm25 = Bm25Weight::for_one_term_without_explain(df, n_texts, average);
            out.push(ScoredTerm {
                analysis,
                located,
                bm25: bm25.boost_by(weight),
            });
        }
        Ok(out)
    }
}
