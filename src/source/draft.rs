//! Drafts: texts that are compared with an index and not put into it.

use std::path::Path;

use super::options::ReadOptions;
use super::read::read;
use super::skip::Skip;
use crate::document::{Line, Passage, SourceMetadata, Style, compose};

/// Bytes of text and of unpacked parts of a draft: far more than any draft takes that is accepted. What is over is no draft, and
/// would be read for minutes.
const MAX_TEXT: usize = 8 << 20;
const MAX_UNPACKED: u64 = 64 << 20;

/// Title and passages.
pub type Draft = (String, Vec<Passage>);

/// Title and passages of typed text, which has no name and no format to go by: each of its lines is a plain paragraph.
pub fn typed_draft(text: &str) -> Draft {
    let lines: Vec<Line> = (1..)
        .zip(text.lines())
        .map(|(number, text)| Line {
            number,
            text: text.to_owned(),
            style: Style::Plain,
        })
        .collect();
    let given = SourceMetadata {
        file_stem: "-".to_owned(),
        ..SourceMetadata::default()
    };
    // Warnings are about what is indexed, and a draft is not.
    let (document, _) = compose(&lines, &given);
    (document.title, document.passages)
}

/// Title and passages of the file at `path`, those of several records one after the other; of a file of over `limit`
/// passages some more than that are kept, and no others.
///
/// # Errors
/// Those of [`read()`].
pub fn read_draft(path: &Path, options: &ReadOptions, limit: usize) -> Result<Draft, Skip> {
    let mut title = String::new();
    let mut passages = Vec::new();
    let options = ReadOptions {
        max_text: MAX_TEXT,
        max_unpacked: MAX_UNPACKED,
        ..options.clone()
    };
    read(path, &options, |record| {
        if title.is_empty() {
            // A file of several records is one draft, named by the first of them that has a title.
            title = record.document.title;
        }
        // A longer text is refused by its length; no more of it needs to be kept.
        if passages.len() <= limit {
            passages.extend(record.document.passages);
        }
    })?;
    Ok((title, passages))
}
