//! Errors of the library as exceptions of the package.

use pyo3::exceptions::PyKeyboardInterrupt;
use pyo3::prelude::*;
use pyo3::types::PyDict;
use xunzhang::query::SyntaxError;
use xunzhang::report::keywords::BadLines;
use xunzhang::{Error, index, query, report, search};

use crate::cli::value::BadValue;
use crate::words::{explain, lang};

/// The module that defines the exceptions.
const MODULE: &str = "xunzhang._errors";

/// What the library could not do, as an exception.
pub(crate) fn failed(py: Python<'_>, error: impl Into<Error>) -> PyErr {
    let error = error.into();
    if matches!(error, Error::Index(index::Error::Cancelled)) {
        // Work is ended by a signal alone, whose own exception is raised instead of this one.
        return PyKeyboardInterrupt::new_err(());
    }
    raised(py, class(&error), &explain(&error), |values| {
        details(&error, values)
    })
}

/// A value that an argument cannot have.
pub(crate) fn bad_argument(py: Python<'_>, argument: &str, words: &str) -> PyErr {
    let words = format!("{argument}: {words}");
    raised(py, "ArgumentError", &words, |values| {
        values.set_item("argument", argument)
    })
}

/// The same in the words of the command.
pub(crate) fn bad_value(py: Python<'_>, argument: &str, problem: &BadValue) -> PyErr {
    bad_argument(py, argument, &problem.sentence(lang()))
}

/// The class of an error.
fn class(error: &Error) -> &'static str {
    match error {
        Error::Query(_) => "QueryError",
        Error::Search(search::Error::NoDocument(_) | search::Error::AmbiguousDocument { .. }) => {
            "DocumentNotFoundError"
        }
        Error::Index(index::Error::NoIndex(_) | index::Error::NotAnIndex(_)) => {
            "IndexNotFoundError"
        }
        Error::Index(index::Error::Locked(_)) => "IndexLockedError",
        Error::Index(index::Error::Damaged { .. } | index::Error::Unfinished(_)) => {
            "IndexDamagedError"
        }
        Error::Report(report::Error::BadKeywords { .. }) => "QueryError",
        Error::Source(_) => "SourceError",
        _ => "Error",
    }
}

/// What an exception has beside its words.
fn details(error: &Error, values: &Bound<'_, PyDict>) -> PyResult<()> {
    match error {
        Error::Query(query::Error::Syntax(error)) => place(error, values),
        Error::Report(report::Error::BadKeywords {
            source: BadLines(lines),
            ..
        }) => lines
            .first()
            .map_or(Ok(()), |line| place(&line.error, values)),
        Error::Search(search::Error::AmbiguousDocument { candidates, .. }) => {
            values.set_item("candidates", candidates)
        }
        _ => Ok(()),
    }
}

/// Where a query cannot be read.
fn place(error: &SyntaxError, values: &Bound<'_, PyDict>) -> PyResult<()> {
    values.set_item("query", &error.query)?;
    values.set_item("position", error.at)?;
    values.set_item("pointer", error.pointer())
}

fn raised(
    py: Python<'_>,
    class: &str,
    words: &str,
    details: impl FnOnce(&Bound<'_, PyDict>) -> PyResult<()>,
) -> PyErr {
    let exception = || {
        let values = PyDict::new(py);
        details(&values)?;
        py.import(MODULE)?
            .getattr(class)?
            .call((words,), Some(&values))
    };
    match exception() {
        Ok(exception) => PyErr::from_value(exception),
        // The interpreter has no memory left, or the package is not whole.
        Err(error) => error,
    }
}
