//! What a query finds, before it is ordered.

use std::sync::{Arc, Mutex};

use tantivy::DocId;

/// What a query finds.
pub(in crate::search) struct Found {
    /// The passages that match, ascending, segment by segment.
    pub(in crate::search) matches: Vec<Vec<DocId>>,
    pub(in crate::search) basis: Basis,
}

/// What the order of a query's hits is made of, beside the query.
#[derive(Default)]
pub(in crate::search) struct Basis {
    /// Whether passages that hold nothing but single units of bare words are among what is found.
    pub(in crate::search) meets_singles: bool,
    /// The scores of all that is found, where the engine gives them.
    pub(in crate::search) scored: Option<Vec<Vec<(DocId, u32)>>>,
}

/// What the last search of a collection found in this shard, by a name of the search: several steps need it.
pub(in crate::search) type LastFound = Arc<Mutex<Option<(String, Arc<Found>)>>>;
