//! The limit of the text of a document.

use super::source::Source;
use crate::source::options::LINE_COST;
use crate::source::raw::Raw;
use crate::source::skip::Skip;

/// Rejects documents with too much text, which would exhaust the memory while they are composed.
pub(super) struct TextLimit {
    max_text: usize,
    is_passed: bool,
}

impl TextLimit {
    pub(super) fn new(source: &Source<'_>) -> Self {
        Self {
            max_text: source.options.max_text,
            is_passed: false,
        }
    }

    pub(super) fn admits(&mut self, raw: &Raw) -> bool {
        // A line costs more than its text: the record of a line of one character is some hundred bytes.
        let costs = raw.lines.iter().map(|line| line.text.len() + LINE_COST);
        let given = raw.given.title.as_deref().map_or(0, str::len);
        let is_admitted = given + costs.sum::<usize>() <= self.max_text;
        self.is_passed |= !is_admitted;
        is_admitted
    }

    /// The outcome of the file: one with such a document is refused as a whole, so that none is lost silently.
    pub(super) fn and(self, read: Result<(), Skip>) -> Result<(), Skip> {
        match self.is_passed {
            true => Err(Skip::TooMuchText {
                megabytes: self.max_text / 1_000_000,
            }),
            false => read,
        }
    }
}
