//! Bringing the index up to date with files.

mod apply;
mod base;
mod batch;
mod collection;
mod options;
mod plan;
mod sources;
mod tally;

pub use apply::update;
pub use collection::Collection;
pub use options::{Summary, UpdateOptions};
pub use sources::{Source, fingerprint_of, sources};
