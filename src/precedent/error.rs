//! What can go wrong where wordings are compared.

use crate::query::{self, SyntaxError};
use crate::search;

/// The result of anything in this module that can fail.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// Why nothing can be compared.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The index cannot be searched.
    #[error(transparent)]
    Search(#[from] search::Error),
    /// A text that holds nothing to look for.
    #[error("no units in the text")]
    NoUnits,
    /// A pattern without a gap has no fillers.
    #[error("no gap in {0:?}")]
    NoSlot(String),
    /// A document without a single fingerprint: no passage has so many consecutive units.
    #[error("fewer than {0} consecutive units")]
    TooShort(usize),
    /// A wording of more than one sentence.
    #[error("{0} sentences instead of one")]
    Sentences(usize),
    /// A text that is too long to look for.
    #[error("{n_chars} characters, the limit is {limit}")]
    TextTooLong {
        /// Its length in characters.
        n_chars: usize,
        /// The most that is taken.
        limit: usize,
    },
}

impl From<query::Error> for Error {
    fn from(error: query::Error) -> Self {
        search::Error::from(error).into()
    }
}

impl From<SyntaxError> for Error {
    fn from(error: SyntaxError) -> Self {
        search::Error::from(error).into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn errors_of_queries_are_those_of_the_search() {
        let syntax = crate::query::parse("(").expect_err("an open bracket");
        assert!(matches!(Error::from(syntax), Error::Search(_)));
        assert_eq!(
            Error::TooShort(8).to_string(),
            "fewer than 8 consecutive units"
        );
        let long = Error::TextTooLong {
            n_chars: 3,
            limit: 2,
        };
        assert_eq!(long.to_string(), "3 characters, the limit is 2");
        assert_eq!(
            Error::NoSlot("甲".to_owned()).to_string(),
            "no gap in \"甲\""
        );
    }
}
