//! What can go wrong with a search.

use crate::index;
use crate::query::{self, SyntaxError};

/// The result of anything in this module that can fail.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// Why a search gives no answer.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The query cannot be answered.
    #[error(transparent)]
    Query(#[from] query::Error),
    /// No document of that id.
    #[error("no document {0:?}")]
    NoDocument(String),
    /// Several documents of which the name may mean any.
    #[error("{name:?} may be any of {} documents", candidates.len())]
    AmbiguousDocument {
        /// What was requested.
        name: String,
        /// The ids that hold it, sorted.
        candidates: Vec<String>,
    },
}

impl From<index::Error> for Error {
    fn from(error: index::Error) -> Self {
        query::Error::from(error).into()
    }
}

impl From<SyntaxError> for Error {
    fn from(error: SyntaxError) -> Self {
        query::Error::from(error).into()
    }
}
