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

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "水利工作总结\n一、基本情况\n全镇修渠三条。\n";

    #[test]
    fn typed_and_read_drafts_have_the_same_passages() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let path = folder.path().join("草稿.txt");
        std::fs::write(&path, TEXT).expect("a file");
        let read = read_draft(&path, &ReadOptions::default(), 100).expect("a draft");
        let (title, passages) = typed_draft(TEXT);
        assert_eq!((title.as_str(), passages.len()), ("水利工作总结", 3));
        assert_eq!(read, (title, passages));
    }

    #[test]
    fn a_draft_that_cannot_be_read_says_why() {
        let read = |path: &str| read_draft(Path::new(path), &ReadOptions::default(), 100);
        assert!(matches!(read("/没有/草稿.txt"), Err(Skip::Unreadable(_))));
    }

    #[test]
    fn records_over_the_limit_are_not_kept() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let path = folder.path().join("草稿.jsonl");
        let record = "{\"title\":\"甲\",\"text\":\"修渠。\"}\n";
        std::fs::write(&path, record.repeat(50)).expect("a file");
        let (title, passages) = read_draft(&path, &ReadOptions::default(), 4).expect("a draft");
        assert_eq!(title, "甲");
        assert!((5..10).contains(&passages.len()), "{}", passages.len());
    }
}
