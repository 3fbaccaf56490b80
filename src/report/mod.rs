//! Reports: a list of keywords counted over a collection.
//!
//! [`keywords`] reads the list, [`tally`] counts it in one pass, [`breakdown`] adds the numbers up by what documents have in
//! common, [`numbers`] has them with the names of the JSON. [`evidence`] is what it takes to count again.
//! [`trend`] puts a tally over time; [`words`] is independent of them.

pub mod breakdown;
mod error;
pub mod evidence;
pub mod keywords;
pub mod numbers;
mod program;
pub mod tally;
pub mod trend;
pub mod words;

pub use error::{Error, Result};
