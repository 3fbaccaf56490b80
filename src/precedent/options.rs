//! Options of a search for variants.

use crate::search::Filter;

/// Options of [`find`](super::find()).
#[derive(Clone, Debug, PartialEq)]
pub struct Options {
    /// Minimum similarity of a variant, from 0 to 1.
    pub min_similarity: f64,
    /// Maximum number of variants of a sentence.
    pub limit: usize,
    /// Maximum number of sources that are described for a variant; all are counted.
    pub sources: usize,
    /// The documents to search.
    pub filter: Filter,
    /// Ids of documents that are left out.
    pub excluded: Vec<String>,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            min_similarity: 0.5,
            limit: 10,
            sources: 100,
            filter: Filter::default(),
            excluded: Vec::new(),
        }
    }
}
