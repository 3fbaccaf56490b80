//! Repair of text before it is composed: each step takes lines, returns lines, and reports its changes.
//!
//! Line numbers stay those of the source, counted by a reader who splits it at `\n`.

mod blank;
mod escapes;
mod label;
pub(crate) mod line_ends;
mod repair;
mod repeats;
mod split;
mod wraps;

pub(in crate::source) use label::starts_label;
pub use repair::{Cleaned, clean};
