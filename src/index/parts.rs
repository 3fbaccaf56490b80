//! The parts of segments that are our own, opened once each.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use tantivy::index::SegmentId;
use tantivy::{SegmentReader, TantivyError};

use super::pairs::PairIndex;
use super::text_column::TextColumn;

/// Texts and pairs of one segment.
#[derive(Debug)]
pub(crate) struct SegmentParts {
    /// Its texts.
    pub(crate) texts: TextColumn,
    /// Its pairs of units.
    pub(crate) pairs: PairIndex,
}

/// The parts of all segments that were asked for.
#[derive(Debug, Default)]
pub(crate) struct Parts {
    segments: Mutex<BTreeMap<SegmentId, Arc<SegmentParts>>>,
    /// The first failure of a reader that could not say so.
    failure: OnceLock<TantivyError>,
}

impl Parts {
    /// The parts of a segment.
    ///
    /// # Errors
    /// If one is missing, or not as it was written.
    pub(crate) fn of(&self, segment: &SegmentReader) -> tantivy::Result<Arc<SegmentParts>> {
        let mut parts = self.segments.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(parts) = parts.get(&segment.segment_id()) {
            return Ok(Arc::clone(parts));
        }
        let opened = Arc::new(SegmentParts {
            texts: TextColumn::open(segment)?,
            pairs: PairIndex::open(segment)?,
        });
        parts.insert(segment.segment_id(), Arc::clone(&opened));
        Ok(opened)
    }

    /// Remembers the failure of a reader that can't return it: the engine's iterators have no errors.
    pub(crate) fn fail(&self, error: TantivyError) {
        let _ = self.failure.set(error);
    }

    /// Whether every reader so far could read what it was asked for.
    ///
    /// # Errors
    /// The first failure.
    pub(crate) fn check(&self) -> tantivy::Result<()> {
        match self.failure.get() {
            None => Ok(()),
            Some(error) => Err(error.clone()),
        }
    }
}
