//! 寻章 xunzhang: full-text search over collections of Chinese official reports.
//!
//! Data flows one way: [`source`] reads bytes into lines, [`document`] composes reports of them, [`index`] keeps their
//! passages, [`query`] and [`search`] find them again, [`precedent`] compares wordings, [`report`] counts. [`text`] is the
//! pure layer beneath: folding, units, matching.
//!
//! The three jobs, each on an index of one file:
//!
//! ```
//! use xunzhang::{index, precedent, query, report, search};
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let folder = tempfile::tempdir()?;
//! let (reports, dir) = (folder.path().join("reports"), folder.path().join("index"));
//! std::fs::create_dir(&reports)?;
//! std::fs::write(
//!     reports.join("总结.txt"),
//!     "2024年工作总结\n一、就业工作\n全镇坚持学习工作两不误，帮助120名失地农民就业。\n",
//! )?;
//! index::update(&dir, &[reports], &index::UpdateOptions::default(), &|_| {})?;
//! let index = index::Index::open(&dir)?;
//! let searcher = search::Searcher::new(&index);
//!
//! // Search: ranked passages, each under its headings.
//! let query = query::parse("失地农民 就业")?;
//! let found = searcher.search(&query, &search::SearchOptions::default())?;
//! assert_eq!(found.hits[0].passage.line, 3);
//! assert_eq!(found.hits[0].section[0].title, "就业工作");
//!
//! // Precedent: how others have put a wording, in which variants, how often.
//! let precedents = precedent::find(&searcher, "学习工作两不误", &precedent::Options::default())?;
//! assert_eq!(precedents.variants[0].occurrences, 1);
//!
//! // Report: exact counts of keywords, as a workbook or in any other form.
//! let keywords = report::keywords::from_words(&["失地农民".to_owned(), "就业".to_owned()])?;
//! let tally = report::tally::tally(&searcher, &keywords, &report::tally::TallyOptions::default())?;
//! assert_eq!(tally.entries[1].occurrences, 2);
//! # Ok(())
//! # }
//! ```

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
pub mod task;
pub mod text;

pub use error::{Error, Result};
