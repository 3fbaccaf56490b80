//! The columns of an open index, and the ids of its documents.

use std::collections::{BTreeMap, BTreeSet};

use tantivy::SegmentOrdinal;

use super::candidate::Candidate;
use super::columns::Columns;
use crate::search::{Result, Searcher};

impl Searcher<'_> {
    /// The columns of all segments, in their order.
    pub(in crate::search) fn columns(&self) -> Result<&[Columns]> {
        if let Some(columns) = self.columns.get() {
            return Ok(columns);
        }
        let segments = self.snapshot.segment_readers().iter();
        let columns = segments
            .map(|segment| Columns::open(segment, &self.index.fields).map_err(self.engine()))
            .collect::<Result<Vec<_>>>()?;
        Ok(self.columns.get_or_init(|| columns))
    }

    /// Reads the ids of these passages' documents at once.
    pub(in crate::search) fn learn_ids<'c>(
        &self,
        candidates: impl IntoIterator<Item = &'c Candidate>,
        columns: &[Columns],
    ) -> Result<()> {
        let mut ords: BTreeMap<SegmentOrdinal, BTreeSet<u64>> = BTreeMap::new();
        for candidate in candidates {
            let (segment, ord) = candidate.document;
            ords.entry(segment).or_default().insert(ord);
        }
        for (segment, ords) in ords {
            columns[segment as usize]
                .learn(&ords)
                .map_err(|error| self.engine()(error.into()))?;
        }
        Ok(())
    }

    /// The id of each one's document.
    pub(in crate::search) fn document_ids(
        &self,
        candidates: &[Candidate],
        columns: &[Columns],
    ) -> Result<Vec<String>> {
        // Ids lie in compressed blocks: unpacked for a whole group at once, each block is opened once.
        self.learn_ids(candidates, columns)?;
        let ids = candidates.iter();
        ids.map(|candidate| self.document_id(candidate, columns))
            .collect()
    }

    /// The id of the document that contains the passage.
    pub(in crate::search) fn document_id(
        &self,
        candidate: &Candidate,
        columns: &[Columns],
    ) -> Result<String> {
        let (segment, ord) = candidate.document;
        columns[segment as usize]
            .document_id(ord)
            .map_err(|error| self.engine()(error.into()))
    }
}
