//! The error of a program that failed.

/// A fault of the program, where an error was due.
#[derive(Debug, thiserror::Error)]
#[error("the program failed")]
pub(crate) struct Fault;
