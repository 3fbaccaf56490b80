//! A collection in several indexes: what each shard is asked, and one answer of all of theirs.
//!
//! Every number is of the whole collection: frequencies are summed before a shard scores with them, candidates of all shards
//! are ordered by the code that orders those of one index, counts are added up. The answer is that of one index with the same documents.

mod answer;
mod ask;
mod collection;
mod concordance;
mod question;
mod union;

pub use ask::search;
pub use collection::Shards;
pub use concordance::{ConcordanceRows, concordance};
pub use question::{Address, Answer, Original, Own, Question, Search, Spot};
