//! Options of a search, beside the query.

use serde::{Deserialize, Serialize};

use crate::search::Filter;

/// What is ranked.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum By {
    /// Passages.
    #[default]
    Passage,
    /// Documents, each shown by its best passage. Its score is that of this passage, raised where many of the
    /// document's passages are among the best.
    Document,
}

/// In which order hits come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Sort {
    /// Best first.
    #[default]
    Score,
    /// Oldest first; undated last.
    Date,
    /// Newest first; undated last.
    DateDescending,
    /// By document id.
    Path,
}

/// How a search is run.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SearchOptions {
    /// Maximum number of hits.
    pub limit: usize,
    /// Number of hits to skip.
    pub offset: usize,
    /// What is ranked.
    pub by: By,
    /// The order.
    pub sort: Sort,
    /// Restrictions.
    pub filter: Filter,
    /// Whether passages with the same units are one hit.
    pub collapse: bool,
    /// Passages shown before and after each hit.
    pub context: u32,
    /// Whether each hit explains its score.
    pub explain: bool,
    /// Whether the copies of a hit get their places.
    pub copy_places: bool,
}

impl Default for SearchOptions {
    fn default() -> Self {
        let (by, sort, filter) = Default::default();
        Self {
            limit: 10,
            offset: 0,
            by,
            sort,
            filter,
            collapse: true,
            context: 0,
            explain: false,
            copy_places: false,
        }
    }
}
