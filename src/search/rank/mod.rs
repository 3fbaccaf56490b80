//! Ranking: retrieve passages by the index, rerank the best by their text, and cut pages from one order.

pub(in crate::search) mod candidate;
pub(in crate::search) mod columns;
mod document_ids;
mod documents;
mod explain;
pub(in crate::search) mod found;
mod max_score;
pub(in crate::search) mod near_duplicates;
mod numbers;
mod options;
pub(in crate::search) mod order;
pub(in crate::search) mod pages;
pub(in crate::search) mod pool;
mod query_boost;
mod rerank;
mod scored_terms;
mod search;
mod top_k;

pub use candidate::Holds;
pub use explain::{Explanation, PartScore};
pub use options::{By, SearchOptions, Sort};
pub use search::{Ranked, Results};
