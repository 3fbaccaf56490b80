//! Where documents come from: bytes of any kind in, composed documents out.

pub mod walk;

use std::path::Path;

use crate::document::{self, Document, Given, Line, Style, Warning};

/// How files are read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ReadOptions {}

/// One document of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Record {
    /// What tells it from the file's other documents: its own id or its 1-based number; `None` if the file is one document.
    pub key: Option<String>,
    /// The document.
    pub document: Document,
    /// What was noticed and mended.
    pub warnings: Vec<Warning>,
}

/// Why a file gives no document.
#[derive(Debug, thiserror::Error)]
pub enum Skip {
    /// The system would not let it be read.
    #[error("cannot be read: {0}")]
    Unreadable(#[from] std::io::Error),
    /// The reader failed on it.
    #[error("the reader failed on it; please report this")]
    Crashed,
    /// No text in it.
    #[error("no text in it")]
    Empty,
}

/// Reads the documents of the file at `path`, one call of `each` for each, in order.
///
/// # Errors
/// [`Skip`] if the file gives no document at all.
pub fn read(path: &Path, _options: &ReadOptions, mut each: impl FnMut(Record)) -> Result<(), Skip> {
    let text = String::from_utf8_lossy(&std::fs::read(path)?).into_owned();
    let lines: Vec<Line> = (1..)
        .zip(text.lines())
        .map(|(number, text)| Line {
            number,
            text: text.to_owned(),
            style: Style::Plain,
        })
        .collect();
    let file_stem = path
        .file_stem()
        .map(|stem| stem.to_string_lossy().into_owned())
        .unwrap_or_default();
    let (document, warnings) = document::compose(
        &lines,
        &Given {
            file_stem,
            ..Given::default()
        },
    );
    if document.passages.is_empty() {
        return Err(Skip::Empty);
    }
    each(Record {
        key: None,
        document,
        warnings,
    });
    Ok(())
}
