//! Terms of a query, looked up: where each segment keeps their postings, and how they score.

use tantivy::query::Bm25Weight;

use crate::query::{Analysis, LocatedTerm, Terms};
use crate::search::Searcher;

/// A term that at least one living text holds.
pub(in crate::search) struct ScoredTerm {
    pub(in crate::search) analysis: Analysis,
    /// For each segment, where its postings are.
    pub(in crate::search) located: LocatedTerm,
    pub(in crate::search) bm25: Bm25Weight,
}

impl Searcher<'_> {
    /// The terms that are in the index, each scored by its weight among `n_texts` texts.
    pub(in crate::search) fn scored_terms(
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
