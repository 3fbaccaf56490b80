//! Reports: a list of keywords counted over a collection, broken down, excerpted and written out.
//!
//! [`keywords`] reads the list, [`tally`] counts it in one pass, [`tables`] lays the numbers out once for all the
//! writers: [`workbook`], [`page`], [`delimited`], [`markdown`] and [`json`], all into memory.
//! [`trend`] and [`words`] are independent of them.

pub mod breakdown;
pub mod chart;
pub mod delimited;
mod error;
pub mod json;
pub mod keywords;
pub mod markdown;
mod methodology;
mod negation;
pub mod page;
mod program;
mod sheet_part;
mod sheet_rows;
pub mod table;
pub mod tables;
pub mod tally;
pub mod trend;
pub mod words;
pub mod workbook;

pub use error::{Error, Result};
pub use negation::{HARMLESS, WORDS as NEGATIONS};
