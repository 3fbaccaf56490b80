//! Reading in separate processes, so that a file whose reader loops, overflows or exhausts the memory costs
//! that file only.
//!
//! The caller names a program that calls [`serve`] on its standard input and output. A process reads one file
//! after the other: it receives a header line in JSON and the bytes, and returns the documents and an end,
//! one line of JSON each. It gets nothing but the bytes, so that no path outside the file can be followed. It
//! is killed when its time is up; its memory is limited (by itself on Unix, by a job object of Windows), and it
//! dies when that is exceeded, or its stack overflows.

mod bound;
mod pool;
mod protocol;
mod serve;

pub use pool::{Limits, Workers};
pub(super) use protocol::{Reply, Request, RequestKind};
pub use serve::serve;
