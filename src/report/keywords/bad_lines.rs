//! Lines of a keyword list that are not valid entries.

use std::fmt;

use crate::query::SyntaxError;

/// A line that is no entry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BadLine {
    /// Its line or row, from 1.
    pub line: usize,
    /// What is wrong, and where.
    pub error: SyntaxError,
}

/// All lines of a list that are not valid entries.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BadLines(pub Vec<BadLine>);

impl fmt::Display for BadLines {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (ord, BadLine { line, error }) in self.0.iter().enumerate() {
            let lead = if ord == 0 { "" } else { "\n" };
            write!(f, "{lead}line {line}: {error}")?;
        }
        Ok(())
    }
}

impl std::error::Error for BadLines {}
