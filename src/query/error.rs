//! What can go wrong with a query.

use std::path::Path;

use tantivy::TantivyError;

use super::{SyntaxError, TooExpensive};
use crate::index;
use crate::text::glob::GlobProblem;

/// The result of anything in this module that can fail.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// Why a query cannot be answered.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// It cannot be parsed.
    #[error(transparent)]
    Syntax(#[from] SyntaxError),
    /// It costs more work than one query may.
    #[error(transparent)]
    TooExpensive(#[from] TooExpensive),
    /// A glob of it cannot be parsed.
    #[error("bad glob {pattern:?}: {problem}")]
    BadGlob {
        /// The glob, shortened.
        pattern: String,
        /// What is wrong with it.
        problem: GlobProblem,
    },
    /// The index cannot be used.
    #[error(transparent)]
    Index(#[from] index::Error),
}

impl Error {
    /// Wraps what the engine says while it answers from the index in `dir`.
    pub(crate) fn engine(dir: &Path) -> impl FnOnce(TantivyError) -> Self {
        move |source| match TooExpensive::of(&source) {
            Some(costly) => costly.clone().into(),
            None => index::Error::engine(dir)(source).into(),
        }
    }
}
