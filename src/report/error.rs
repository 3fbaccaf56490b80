//! What can go wrong with a report.

use std::path::PathBuf;

use super::keywords::BadLines;
use crate::query;
use crate::search;
use crate::source;

/// The result of anything in this module that can fail.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// Why there is no report.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The index cannot be searched.
    #[error(transparent)]
    Search(#[from] search::Error),
    /// A list cannot be read.
    #[error(transparent)]
    Source(#[from] source::Error),
    /// A list with the extension of a workbook is not a workbook.
    #[error("{} is no workbook", .0.display())]
    NotAWorkbook(PathBuf),
    /// A keyword list has lines that are not valid entries.
    #[error("bad entries in {}", path.display())]
    BadKeywords {
        /// The list; empty for the words of a command line.
        path: PathBuf,
        /// All such lines.
        source: BadLines,
    },
    /// There is nothing to count in the list; empty for the words of a command line.
    #[error("no entries in {}", .0.display())]
    NoKeywords(PathBuf),
    /// There is too much to count at once.
    #[error("{0} entries")]
    TooManyKeywords(usize),
    /// A word that holds nothing to look for.
    #[error("no units in the word")]
    NoUnits,
}

impl From<query::Error> for Error {
    fn from(error: query::Error) -> Self {
        search::Error::from(error).into()
    }
}
