//! A passage on its way through the stages of ranking.

use serde::Serialize;
use tantivy::{DocAddress, SegmentOrdinal};

/// A document by its segment and its ordinal there: all its passages are in one segment.
pub(in crate::search) type DocumentKey = (SegmentOrdinal, u64);

/// A passage on its way to the page.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(in crate::search) struct Candidate {
    pub(in crate::search) score: f32,
    pub(in crate::search) address: DocAddress,
    pub(in crate::search) document: DocumentKey,
    pub(in crate::search) number: u32,
    /// The last passage of the section that a bare heading opens; 0 for any other passage.
    pub(in crate::search) section_end: u32,
    /// What the second stage finds that it holds.
    pub(in crate::search) holds: Holds,
}

/// How much a passage holds of a query's words.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Holds {
    /// Parts of the words, or some of them.
    #[default]
    Parts,
    /// Each word, some of them with marks or white space in between.
    Words,
    /// Each word as it is written.
    Written,
}
