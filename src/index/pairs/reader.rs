//! The pair index of a segment, opened.

use tantivy::SegmentReader;

use super::format::{EXTENSION, NUMBERS};
use super::zone::{Layout, PairZone};
use crate::index::checked::CheckedFile;
use crate::index::zone::Zone;

/// The pair index of a segment.
#[derive(Debug)]
pub(crate) struct PairIndex {
    pub(super) file: CheckedFile,
    pub(super) layouts: [Layout; Zone::ALL.len()],
}

impl PairIndex {
    /// Opens the pair index of a segment.
    ///
    /// # Errors
    /// If it is missing, or not as it was written.
    pub(crate) fn open(segment: &SegmentReader) -> tantivy::Result<Self> {
        let (file, trailer) =
            CheckedFile::of_segment::<{ NUMBERS * Zone::ALL.len() }>(segment, EXTENSION)?;
        let (numbers, _) = trailer.as_chunks::<NUMBERS>();
        let layouts = [0, 1, 2].map(|ord| Layout::new(Zone::ALL[ord], numbers[ord]));
        Ok(Self { file, layouts })
    }

    /// The lists of one zone.
    pub(crate) fn zone(&self, zone: Zone) -> PairZone<'_> {
        PairZone::new(&self.file, &self.layouts[zone as usize])
    }
}
