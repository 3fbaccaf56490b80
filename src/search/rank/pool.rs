//! Where candidates come from: one index, or the shards of a collection.

use tantivy::DocAddress;

use super::candidate::Candidate;
use crate::text::simhash::BigramProfile;

/// Passages in the order of the index alone, and what further stages look at of them.
///
/// The order of all pages is made of these answers alone, so that a collection in one index and one in many have one order.
pub(in crate::search) trait Pool {
    /// Why there is no answer.
    type Error;

    /// The first `depth` passages, best first.
    fn first(&mut self, depth: usize) -> Result<Vec<Candidate>, Self::Error>;

    /// Adds to the scores what headings, titles and texts give, if the order is by score, and looks up the rest. Leaves them in
    /// any order.
    fn refine(&mut self, piece: &mut [Candidate]) -> Result<(), Self::Error>;

    /// The id of each one's document.
    fn ids(&mut self, candidates: &[Candidate]) -> Result<Vec<String>, Self::Error>;

    /// The number of passages of its document.
    fn n_passages(&self, candidate: &Candidate) -> usize;

    /// The hashes of a passage.
    fn hashed(&self, address: DocAddress) -> Hashed;

    /// The bigrams of a passage's text.
    fn profile(&self, address: DocAddress) -> Result<BigramProfile, Self::Error>;
}

/// A passage by its hashes.
#[derive(Clone, Copy, Debug)]
pub(in crate::search) struct Hashed {
    pub(in crate::search) address: DocAddress,
    pub(in crate::search) shape: u64,
    pub(in crate::search) likeness: u64,
}
