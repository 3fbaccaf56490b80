//! What it takes to count again: the texts that were counted, every occurrence in them, and entries as plain data.

mod recount;
mod walk;

pub use recount::{Alternative, Clause, Recount, Sought, recounts};
pub use walk::{Evidence, Occurrence, walk};
