//! The numbers that a query is ranked by, as a shard gives them for the sums over all shards.

use std::sync::Arc;

use tantivy::DocAddress;

use super::columns::TextSource;
use crate::index::Zone;
use crate::query::{Analysis, Node, Numbers};
use crate::search::{Result, Searcher};

impl<'a> Searcher<'a> {
    /// The numbers of this index that `node` is ranked by.
    ///
    /// The ranking itself asks for them, taking every text of the query for a word: which of them are words is known only when
    /// the answers of all shards are added up.
    ///
    /// # Errors
    /// [`crate::query::Error::BadGlob`] if a path is no pattern; [`crate::index::Error::Engine`] if the index can't be read.
    pub fn numbers(&self, node: &Node) -> Result<Numbers> {
        let searcher = self.sibling(self.statistics.noting());
        for meets_singles in [false, true] {
            let planner = searcher.planner_for(meets_singles);
            let terms = planner.terms(node)?;
            let added = &terms.added;
            for terms in [
                &terms.own,
                &terms.singles,
                &added.own,
                &added.headings,
                &added.title,
            ] {
                for term in terms.keys() {
                    let statistics = &searcher.statistics;
                    let frequency = statistics.frequency(term);
                    frequency.map_err(searcher.engine())?;
                }
            }
            planner.ranked(node)?;
        }
        for of in [TextSource::Text, TextSource::Headings, TextSource::Title] {
            searcher.n_texts(of).map_err(searcher.engine())?;
        }
        // Of all texts, also where this index holds no term of theirs: another shard may, and weighs it by the length of all.
        let fields = &searcher.index.fields;
        let words = [fields.words, fields.headings.words, fields.title.words];
        let units = Zone::ALL.into_iter().map(Analysis::Units);
        for analysis in words.into_iter().map(Analysis::Words).chain(units) {
            let length = searcher.statistics.length(analysis);
            length.map_err(searcher.engine())?;
        }
        searcher.ask_numbers_of_texts(node)?;
        Ok(searcher.statistics.noted())
    }

    /// This index as a shard of a collection with these sums.
    pub(in crate::search) fn of_collection(&self, numbers: &Arc<Numbers>) -> Searcher<'a> {
        self.sibling(self.statistics.given(Arc::clone(numbers)))
    }

    /// The date of a passage's document as a number.
    pub(in crate::search) fn date_of(&self, address: DocAddress) -> Result<Option<u64>> {
        let segment = self.snapshot.segment_reader(address.segment_ord);
        let dates = segment.fast_fields().u64("date");
        Ok(dates.map_err(self.engine())?.first(address.doc_id))
    }
}
