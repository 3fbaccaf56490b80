//! Search: from a query's tree to ranked passages, whole with their documents and headings.

mod count;
mod documents;
mod fetch;
mod filter;
mod highlight;
mod hit;
mod rank;
mod suggest;
mod whole;

pub use count::Count;
pub use documents::{DocumentFilter, Order};
pub use fetch::StoredPassage;
pub use filter::{Filter, Within};
pub use hit::{DocumentRef, Hit, HitPassage, Neighbour, Place, SectionRef, Total};
pub use rank::{By, Ranked, Results, SearchOptions, Sort};
pub use suggest::Suggestion;
pub use whole::Whole;

use tantivy::Searcher as Snapshot;
use tantivy::query::Bm25StatisticsProvider;
use tantivy::schema::{Field, Term};

use crate::index::{Index, TYPE_PASSAGE};
use crate::query::{Planner, Ranking};
use crate::{Error, Result};

/// An index as it was when the searcher was made; later commits don't change what it finds.
pub struct Searcher<'a> {
    pub(crate) index: &'a Index,
    pub(crate) snapshot: Snapshot,
    ranking: Ranking,
}

impl<'a> Searcher<'a> {
    /// Looks at the index as it is now.
    pub fn new(index: &'a Index) -> Self {
        Self {
            index,
            snapshot: index.reader.searcher(),
            ranking: Ranking::default(),
        }
    }

    /// The same with other weights of the ranked reading.
    pub fn with_ranking(self, ranking: Ranking) -> Self {
        Self { ranking, ..self }
    }

    pub(crate) fn planner(&self) -> Planner<'_> {
        Planner {
            index: self.index,
            ranking: self.ranking,
        }
    }

    /// Wraps what the engine says of this index.
    pub(crate) fn engine(&self) -> impl FnOnce(tantivy::TantivyError) -> Error {
        Error::engine(self.index.dir())
    }

    pub(crate) fn statistics(&self) -> Result<Statistics<'_>> {
        let term = Term::from_field_text(self.index.fields.record_type, TYPE_PASSAGE);
        let passages = self.snapshot.doc_freq(&term).map_err(self.engine())?;
        Ok(Statistics {
            snapshot: &self.snapshot,
            passages,
        })
    }
}

/// Statistics of the passages alone: files and documents are records too, but no text.
///
/// Ranking takes its numbers from here and never from the open index, so that one shard of many can be scored
/// with the numbers of all.
pub(crate) struct Statistics<'a> {
    snapshot: &'a Snapshot,
    passages: u64,
}

impl Bm25StatisticsProvider for Statistics<'_> {
    fn total_num_tokens(&self, field: Field) -> tantivy::Result<u64> {
        self.snapshot.total_num_tokens(field)
    }

    fn total_num_docs(&self) -> tantivy::Result<u64> {
        Ok(self.passages)
    }

    fn doc_freq(&self, term: &Term) -> tantivy::Result<u64> {
        self.snapshot.doc_freq(term)
    }
}
