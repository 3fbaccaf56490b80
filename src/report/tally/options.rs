//! Options of a report.

use std::num::NonZeroUsize;

use serde::{Deserialize, Serialize};

use crate::search::Filter;

/// How a report is counted.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct TallyOptions {
    /// What is counted.
    pub filter: Filter,
    /// Maximum number of excerpts of each entry, the first in order of documents and passages.
    pub excerpts: usize,
    /// Whether negated hits are counted apart.
    pub negation: Negated,
    /// How passages are found.
    pub method: Method,
    /// Maximum number of threads.
    pub threads: NonZeroUsize,
}

impl Default for TallyOptions {
    fn default() -> Self {
        Self {
            filter: Filter::default(),
            excerpts: 0,
            negation: Negated::Counted,
            method: Method::Fitting,
            threads: std::thread::available_parallelism().unwrap_or(NonZeroUsize::MIN),
        }
    }
}

/// Whether negated hits are counted apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Negated {
    /// By the rule of [`crate::text::negation`].
    Counted,
    /// They are hits as all others.
    Ignored,
}

/// How passages are found; the numbers are the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Method {
    /// What is faster for so many words.
    Fitting,
    /// All are read.
    Scan,
    /// Posting lists say which are read.
    Postings,
}
