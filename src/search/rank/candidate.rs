//! A passage on its way through the stages of ranking.

use std::cmp::Ordering;

use serde::{Deserialize, Serialize};
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
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
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

/// Sorts by score, best first, then by document id and number.
pub(in crate::search) fn sort<E>(
    candidates: &mut [Candidate],
    mut ids: impl FnMut(&[Candidate]) -> Result<Vec<String>, E>,
) -> Result<(), E> {
    candidates.sort_by(|a, b| b.score.total_cmp(&a.score).then_with(|| by_key(a, b)));
    // Ordinals of one segment are in order of the ids; across segments the ids must be compared.
    let are_apart = |pair: &[Candidate]| pair[0].document.0 != pair[1].document.0;
    for group in candidates.chunk_by_mut(|a, b| a.score == b.score) {
        if group.windows(2).any(are_apart) {
            let mut keyed: Vec<(String, Candidate)> =
                ids(group)?.into_iter().zip(group.iter().copied()).collect();
            keyed.sort_by(|(a, x), (b, y)| a.cmp(b).then_with(|| x.number.cmp(&y.number)));
            for (slot, (_, candidate)) in group.iter_mut().zip(keyed) {
                *slot = candidate;
            }
        }
    }
    Ok(())
}

fn by_key(a: &Candidate, b: &Candidate) -> Ordering {
    (a.document, a.number).cmp(&(b.document, b.number))
}
