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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{Line, Style};
    use crate::source::options::ReadOptions;

    #[test]
    fn a_line_costs_more_than_its_text() {
        let options = ReadOptions {
            max_text: 2 * (LINE_COST + 6),
            ..ReadOptions::default()
        };
        let source = Source::new("总结.txt", &options);
        let raw = |n_lines: usize, title: &str| {
            let mut raw = Raw::default();
            raw.given.title = Some(title.to_owned());
            raw.lines = vec![
                Line {
                    number: 1,
                    text: "园区".to_owned(),
                    style: Style::Plain,
                };
                n_lines
            ];
            raw
        };
        let mut limit = TextLimit::new(&source);
        assert!(limit.admits(&raw(2, "")) && limit.and(Ok(())).is_ok());
        for too_much in [raw(3, ""), raw(2, "题")] {
            let mut limit = TextLimit::new(&source);
            assert!(!limit.admits(&too_much));
            // One is enough to refuse the file, whatever follows.
            assert!(limit.admits(&raw(1, "")));
            assert!(matches!(limit.and(Ok(())), Err(Skip::TooMuchText { .. })));
        }
    }
}
