//! Terms of a query, looked up: where each segment keeps their postings, and how they score.

use tantivy::postings::TermInfo;
use tantivy::query::Bm25Weight;
use tantivy::schema::{Field, Term};

use super::Searcher;
use crate::query::Terms;

/// A term that at least one living text holds.
pub(super) struct ScoredTerm {
    pub(super) field: Field,
    /// For each segment, where its postings are.
    pub(super) infos: Vec<Option<TermInfo>>,
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
            let infos = self.term_infos(term)?;
            let df = self.statistics.frequency_of(term, &infos)?;
            if df == 0 {
                continue;
            }
            let average = self.statistics.length(term.field())? as f32 / n_texts as f32;
            let bm25 = Bm25Weight::for_one_term_without_explain(df, n_texts, average);
            out.push(ScoredTerm {
                field: term.field(),
                infos,
                bm25: bm25.boost_by(weight),
            });
        }
        Ok(out)
    }

    fn term_infos(&self, term: &Term) -> tantivy::Result<Vec<Option<TermInfo>>> {
        let segments = self.snapshot.segment_readers().iter();
        segments
            .map(|segment| Ok(segment.inverted_index(term.field())?.get_term_info(term)?))
            .collect()
    }
}
