//! 寻章 xunzhang: full-text search over collections of Chinese official reports.
//!
//! Data flows one way: `source` reads bytes into lines, `document` composes reports of them, `index` keeps
//! their passages, `query` and `search` find them again, `precedent` compares wordings. `text` is what all of them compare text with.

#![warn(clippy::print_stdout, clippy::print_stderr, clippy::exit)]

pub mod document;
mod error;
pub mod index;
pub mod parallel;
pub mod precedent;
pub mod query;
pub mod report;
pub mod search;
pub mod source;
pub mod text;

pub use error::{Error, Result};
