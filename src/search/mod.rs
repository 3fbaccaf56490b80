//! Search: from a query's tree to ranked passages, whole with their documents and headings.

mod added;
mod candidates;
mod copies;
mod count;
mod document_score;
mod documents;
mod explain;
mod fetch;
mod filter;
mod highlight;
mod hit;
mod matches;
mod max_score;
mod overlap;
mod rank;
mod scan;
mod scope;
mod scored_terms;
mod second;
mod stored;
mod suggest;
mod whole;

pub use count::Count;
pub use documents::{DocumentFilter, Order};
pub use explain::{Explanation, PartScore};
pub use fetch::StoredPassage;
pub use filter::{Filter, Within};
pub use hit::{
    DocumentRef, Hit, HitPassage, Neighbour, Place, SectionHighlights, SectionRef, Total,
};
pub(crate) use overlap::scatter;
pub use rank::{By, Ranked, Results, SearchOptions, Sort};
pub use scan::{Extent, Sweep};
pub(crate) use scope::by_document;
pub use scope::{Scope, Spot};
pub use stored::{ScannedDocument, ScannedPassage};
pub use suggest::Suggestion;
pub use whole::Whole;

use std::collections::BTreeMap;
use std::sync::{Mutex, OnceLock, PoisonError};

use tantivy::Searcher as Snapshot;
use tantivy::query::Bm25StatisticsProvider;
use tantivy::schema::{Field, Term};

use crate::index::analyzer::gram_prefix;
use crate::index::{Index, TYPE_PASSAGE};
use crate::query::{Planner, Ranking};
use crate::{Error, Result};

/// An index as it was when the searcher was made; later commits don't change what it finds.
pub struct Searcher<'a> {
    pub(crate) index: &'a Index,
    pub(crate) snapshot: Snapshot,
    ranking: Ranking,
    /// How many passages hold a unit, for units that were asked for before: counting reads all grams of a unit.
    unit_frequencies: Mutex<BTreeMap<String, u64>>,
    /// What candidates are made of, opened at the first ranking.
    columns: OnceLock<Vec<candidates::Columns>>,
}

impl<'a> Searcher<'a> {
    /// Looks at the index as it is now.
    pub fn new(index: &'a Index) -> Self {
        Self {
            index,
            snapshot: index.reader.searcher(),
            ranking: Ranking::default(),
            unit_frequencies: Mutex::default(),
            columns: OnceLock::new(),
        }
    }

    /// The same with other weights of the ranked reading.
    pub fn with_ranking(self, ranking: Ranking) -> Self {
        Self { ranking, ..self }
    }

    /// What the index says of itself.
    pub fn manifest(&self) -> &crate::index::Manifest {
        self.index.manifest()
    }

    /// The segmenter that the documents were cut with.
    pub fn segmenter(&self) -> &crate::text::words::Segmenter {
        self.index.segmenter()
    }

    pub(crate) fn planner(&self) -> Planner<'_> {
        Planner::new(self.index, self.ranking)
    }

    /// Checks that all gaps and distances of `nodes` together cost no more than a query may, for those who find them by a
    /// scan of the text.
    ///
    /// # Errors
    /// [`crate::Error::TooExpensive`] if they do; [`crate::Error::Engine`] if the index can't be read.
    pub(crate) fn charge<'n>(
        &self,
        nodes: impl Iterator<Item = &'n crate::query::Node>,
    ) -> Result<()> {
        let planner = self.planner();
        nodes
            .flat_map(crate::query::Node::leaves)
            .try_for_each(|leaf| planner.charge(leaf, self.snapshot.segment_readers()))
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
            grams: self.index.fields.grams,
            unit_frequencies: &self.unit_frequencies,
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
    grams: Field,
    unit_frequencies: &'a Mutex<BTreeMap<String, u64>>,
}

impl Statistics<'_> {
    /// How many passages hold `unit`, as the number of passages that its grams would fill if they fell at random.
    pub(crate) fn unit_frequency(&self, unit: &str) -> tantivy::Result<u64> {
        let known = || {
            self.unit_frequencies
                .lock()
                .unwrap_or_else(PoisonError::into_inner)
        };
        if let Some(&frequency) = known().get(unit) {
            return Ok(frequency);
        }
        let frequency = self.count_unit(unit)?;
        known().insert(unit.to_owned(), frequency);
        Ok(frequency)
    }

    fn count_unit(&self, unit: &str) -> tantivy::Result<u64> {
        let prefix = gram_prefix(unit);
        let mut sum = 0_u64;
        for segment in self.snapshot.segment_readers() {
            let inverted = segment.inverted_index(self.grams)?;
            let mut terms = inverted
                .terms()
                .range()
                .ge(prefix.as_bytes())
                .into_stream()?;
            while terms.advance() && terms.key().starts_with(prefix.as_bytes()) {
                sum += u64::from(terms.value().doc_freq);
            }
        }
        let n = self.passages as f64;
        Ok((n * (1.0 - (-(sum as f64) / n.max(1.0)).exp())) as u64)
    }
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
