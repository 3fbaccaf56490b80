//! One file for each format: bytes in, the lines of each document out, not yet cleaned.

pub(super) mod delimited;
pub(super) mod jsonl;
pub(super) mod markdown;
pub(super) mod text;
pub(super) mod workbook;

use crate::document::{Given, Line, Warning};

/// One document of a file before it is cleaned and composed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Raw {
    /// What tells it from the file's other documents; `None` if the file is one document.
    pub(super) key: Option<String>,
    /// What is known of it outside the text.
    pub(super) given: Given,
    /// Its text.
    pub(super) lines: Vec<Line>,
    /// What was noticed while it was read.
    pub(super) warnings: Vec<Warning>,
}
