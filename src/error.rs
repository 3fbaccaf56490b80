//! The errors of the library's modules, gathered in one type. No module imports it.

use crate::{index, precedent, query, report, search, source};

/// The result of everything that can fail.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// An error of one of the modules, each of the module where it arose.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// Of reading files.
    #[error(transparent)]
    Source(source::Error),
    /// Of an index.
    #[error(transparent)]
    Index(index::Error),
    /// Of a query.
    #[error(transparent)]
    Query(query::Error),
    /// Of a search.
    #[error(transparent)]
    Search(search::Error),
    /// Of comparing wordings.
    #[error(transparent)]
    Precedent(precedent::Error),
    /// Of a report.
    #[error(transparent)]
    Report(report::Error),
}

impl From<source::Error> for Error {
    fn from(error: source::Error) -> Self {
        Self::Source(error)
    }
}

impl From<index::Error> for Error {
    fn from(error: index::Error) -> Self {
        match error {
            index::Error::Source(error) => error.into(),
            error => Self::Index(error),
        }
    }
}

impl From<query::Error> for Error {
    fn from(error: query::Error) -> Self {
        match error {
            query::Error::Index(error) => error.into(),
            error => Self::Query(error),
        }
    }
}

impl From<search::Error> for Error {
    fn from(error: search::Error) -> Self {
        match error {
            search::Error::Query(error) => error.into(),
            error => Self::Search(error),
        }
    }
}

impl From<precedent::Error> for Error {
    fn from(error: precedent::Error) -> Self {
        match error {
            precedent::Error::Search(error) => error.into(),
            error => Self::Precedent(error),
        }
    }
}

impl From<report::Error> for Error {
    fn from(error: report::Error) -> Self {
        match error {
            report::Error::Search(error) => error.into(),
            report::Error::Source(error) => error.into(),
            error => Self::Report(error),
        }
    }
}

/// Errors of what a module is called with, converted by the module that is called.
macro_rules! through {
    ($($error:ty => $room:ty;)+) => { $(
        impl From<$error> for Error {
            fn from(error: $error) -> Self {
                <$room>::from(error).into()
            }
        }
    )+ };
}

through! {
    source::walk::Error => source::Error;
    query::SyntaxError => query::Error;
    query::TooExpensive => query::Error;
}

#[cfg(test)]
mod tests {
    use super::*;

    /// However many rooms an error passes through, it is of the one where it arose.
    #[test]
    fn an_error_is_of_the_room_where_it_arose() {
        let error = index::Error::NoIndex("库".into());
        let error = search::Error::from(error);
        let error = precedent::Error::from(error);
        assert!(matches!(
            Error::from(error),
            Error::Index(index::Error::NoIndex(_))
        ));
    }
}
