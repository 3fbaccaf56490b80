//! Ranking: retrieve passages by the index, rerank the best by their text, and cut pages from one order.

mod documents;
mod explain;
mod max_score;
mod near_duplicates;
mod pages;
mod query_boost;
mod rerank;
mod scored_terms;
mod search;
pub(in crate::search) mod top_k;

pub use explain::{Explanation, PartScore};
pub use rerank::Holds;
pub use search::{By, Ranked, Results, SearchOptions, Sort};
