//! What the reader of a format yields, before it is cleaned and composed.

use std::ops::Range;

use serde::{Deserialize, Serialize};

use super::warning::Warning;
use crate::document::{Line, SourceMetadata};
use crate::text::visible::n_visible;

/// A row of a table: its number from 1, and its cells.
pub type TableRow = (usize, Vec<String>);

/// One document of a file before it is cleaned and composed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Raw {
    /// Identifies it among the file's documents; `None` if the file is one document.
    pub(super) key: Option<String>,
    /// What is known about it outside the text.
    pub(super) given: SourceMetadata,
    /// Its text.
    pub(super) lines: Vec<Line>,
    /// What was noticed while it was read.
    pub(super) warnings: Vec<Warning>,
    /// Visible characters that the reader found in the file, counted where they are read and not where lines
    /// are written; `None` where lines are the file itself.
    pub(super) n_read: Option<u64>,
    /// Its pages without text that show something else.
    pub(super) unread: Vec<UnreadPage>,
    /// Numbers of the lines read by character recognition.
    pub(super) recognized: Vec<Range<u32>>,
}

/// A page without text, with pictures or outlines that may contain some.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct UnreadPage {
    /// Its number from 1.
    pub(super) page: u32,
    /// Number of the last line on the pages before it; 0 without any.
    pub(super) after: u32,
}

impl Raw {
    /// A file that is one document, with the number of visible characters that its reader found.
    pub(super) fn whole(given: SourceMetadata, lines: Vec<Line>, n_read: u64) -> Self {
        Self {
            given,
            lines,
            n_read: Some(n_read),
            ..Self::default()
        }
    }

    /// The same, with the warning that some of it could not be read if `is_damaged`.
    pub(super) fn incomplete_if(mut self, is_damaged: bool) -> Self {
        let warning = is_damaged.then_some(Warning::Incomplete);
        self.warnings.extend(warning);
        self
    }

    /// Visible characters that were read.
    pub(super) fn n_read(&self) -> u64 {
        let in_lines = || self.lines.iter().map(|line| n_visible(&line.text)).sum();
        self.n_read.unwrap_or_else(in_lines)
    }
}

/// A page as a picture.
#[derive(Serialize, Deserialize)]
pub(super) struct PagePicture {
    /// The key of its document in the file.
    pub(super) key: Option<String>,
    /// Its number from 1.
    pub(super) page: u32,
    /// The picture as a file.
    #[serde(skip)]
    pub(super) bytes: Vec<u8>,
}

impl PagePicture {
    /// A page of a file that is one document.
    pub(super) fn new(page: u32, bytes: Vec<u8>) -> Self {
        let key = None;
        Self { key, page, bytes }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Style;

    #[test]
    fn a_reader_counts_itself_or_its_lines_are_counted() {
        let line = |text: &str| Line {
            number: 1,
            text: text.to_owned(),
            style: Style::Plain,
        };
        let raw = Raw {
            lines: vec![line("一、 概况"), line("\u{200b}　"), line("a")],
            ..Raw::default()
        };
        assert_eq!(raw.n_read(), 5);
        let counted = Raw {
            n_read: Some(9),
            ..raw
        };
        assert_eq!(counted.n_read(), 9);
    }

    #[test]
    fn the_bytes_of_a_picture_follow_its_line() {
        let page = PagePicture::new(3, vec![1, 2]);
        let json = serde_json::to_string(&page).expect("plain data");
        let back: PagePicture = serde_json::from_str(&json).expect("its own JSON");
        assert_eq!((back.key, back.page, back.bytes), (None, 3, Vec::new()));
    }

    #[test]
    fn damage_is_a_warning_after_the_others() {
        let raw = Raw::whole(SourceMetadata::default(), Vec::new(), 7);
        assert_eq!((raw.n_read(), raw.warnings.len()), (7, 0));
        assert_eq!(raw.clone().incomplete_if(false), raw);
        let warned = Raw {
            warnings: vec![Warning::PicturePages(2)],
            ..raw
        };
        let warnings = warned.incomplete_if(true).warnings;
        assert_eq!(warnings, [Warning::PicturePages(2), Warning::Incomplete]);
    }
}
