//! Documents that a draft cites, each read once.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::{Arc, Mutex, PoisonError};

use super::article_text::{ArticleText, articles};
use super::read_passage::ReadPassage;
use crate::document::Part;
use crate::index::DocumentRecord;
use crate::precedent::error::Result;
use crate::precedent::variant::{Source, SourcePassage};
use crate::search::{self, Searcher};

/// Reads documents and keeps them while a draft is checked.
pub(super) struct Library<'a> {
    searcher: &'a Searcher<'a>,
    read: Mutex<BTreeMap<String, Arc<CitedDocument>>>,
}

/// A document with its units and articles.
pub(super) struct CitedDocument {
    pub(super) record: DocumentRecord,
    pub(super) passages: Vec<ReadPassage>,
    pub(super) articles: Vec<ArticleText>,
    /// Each unit of the document, by passage and unit.
    flat: Vec<(u32, u32)>,
}

impl<'a> Library<'a> {
    pub(super) fn new(searcher: &'a Searcher<'a>) -> Self {
        Self {
            searcher,
            read: Mutex::default(),
        }
    }

    /// The document of this id.
    pub(super) fn document(&self, id: &str) -> Result<Arc<CitedDocument>> {
        let lock = || self.read.lock().unwrap_or_else(PoisonError::into_inner);
        let known = lock().get(id).cloned();
        if let Some(known) = known {
            return Ok(known);
        }
        let stored = self.searcher.passages(id, |_| true)?;
        let passages = stored.into_iter().map(ReadPassage::new).collect();
        let document = CitedDocument::new(self.searcher.document(id)?, passages);
        let document = Arc::new(document);
        lock().insert(id.to_owned(), Arc::clone(&document));
        Ok(document)
    }

    /// Lines of the document that are no passages: the number of a document may be printed among them.
    pub(super) fn other_lines(&self, id: &str) -> Result<Vec<(u32, String)>> {
        let structure = self.searcher.structure(id)?;
        let lines = structure.boilerplate.into_iter();
        Ok(lines.map(|line| (line.line, line.text)).collect())
    }
}

impl CitedDocument {
    fn new(record: DocumentRecord, passages: Vec<ReadPassage>) -> Self {
        let mut flat = Vec::new();
        for (ord, passage) in (0..).zip(&passages) {
            flat.extend((0..passage.units.len() as u32).map(|unit| (ord, unit)));
        }
        Self {
            articles: articles(&passages),
            record,
            passages,
            flat,
        }
    }

    fn text(&self, at: usize) -> &str {
        let (passage, unit) = self.flat[at];
        self.passages[passage as usize].units.text(unit as usize)
    }

    /// The first places of `rows` in this order, each consecutive whatever ends between its units, within some passages: the
    /// passage and the units of the first, as far as they are in that passage.
    pub(super) fn find(
        &self,
        rows: &[Vec<String>],
        passages: &Range<usize>,
    ) -> Option<(usize, Range<usize>)> {
        let (first, rest) = rows.split_first()?;
        let start = self
            .flat
            .partition_point(|&(passage, _)| (passage as usize) < passages.start);
        let end = self
            .flat
            .partition_point(|&(passage, _)| (passage as usize) < passages.end);
        let mut from = start;
        while let Some(at) = self.find_row(first, from..end) {
            let mut after = at + first.len();
            let all = rest.iter().all(|row| match self.find_row(row, after..end) {
                Some(next) => {
                    after = next + row.len();
                    true
                }
                None => false,
            });
            if all {
                let (passage, unit) = self.flat[at];
                let n_units = self.passages[passage as usize].units.len();
                let (start, len) = (unit as usize, first.len());
                return Some((passage as usize, start..(start + len).min(n_units)));
            }
            from = at + 1;
        }
        None
    }

    fn find_row(&self, row: &[String], within: Range<usize>) -> Option<usize> {
        let n = row.len();
        if n == 0 || within.len() < n {
            return None;
        }
        (within.start..=within.end - n)
            .find(|&at| (0..n).all(|ord| self.text(at + ord) == row[ord]))
    }

    /// All passages.
    pub(super) fn all(&self) -> Range<usize> {
        0..self.passages.len()
    }

    /// Units of a passage as a source.
    pub(super) fn source(&self, passage: usize, units: Range<usize>) -> Source {
        let read = &self.passages[passage];
        let span = match units.is_empty() {
            true => 0..read.stored.text.chars().count(),
            false => read.units.span(units),
        };
        let line = read.stored.record.line;
        Source {
            document: self.record.clone().into(),
            section: read
                .stored
                .record
                .path
                .iter()
                .cloned()
                .map(Into::into)
                .collect(),
            place: search::place(&self.record.id, line),
            passage: SourcePassage {
                number: read.stored.number,
                line,
            },
            span: (span.start, span.end),
        }
    }

    /// Its title as a source; its first passage if it has none of its own.
    pub(super) fn title_source(&self) -> Option<Source> {
        let parts = self.passages.iter();
        let title = parts
            .clone()
            .position(|passage| passage.stored.record.part == Part::Title);
        (!self.passages.is_empty()).then(|| self.source(title.unwrap_or(0), 0..0))
    }

    /// Where its title is, as `DOCUMENT:LINE`.
    pub(super) fn title_place(&self) -> String {
        match self.title_source() {
            Some(source) => source.place,
            None => search::place(&self.record.id, 1),
        }
    }
}
