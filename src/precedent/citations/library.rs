//! Documents that a draft cites, each read once.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::{Arc, Mutex, PoisonError};

use super::article_text::{ArticleText, articles};
use super::read_passage::ReadPassage;
use crate::document::Part;
use crate::precedent::error::Result;
use crate::precedent::variant::{Source, SourcePassage};
use crate::search::{self, DocumentRef, Searcher, StoredPassage};

/// Reads documents and keeps them while a draft is checked.
pub(super) struct Library<'a> {
    searcher: &'a Searcher<'a>,
    read: Mutex<BTreeMap<String, Arc<CitedDocument>>>,
    titles: Mutex<BTreeMap<String, Option<Source>>>,
}

/// Passages at the head of a document among which its title is.
const HEAD: u32 = 12;

/// A document with its units and articles.
pub(super) struct CitedDocument {
    pub(super) record: DocumentRef,
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
            titles: Mutex::default(),
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
        let document = CitedDocument::new(self.searcher.document(id)?.into(), passages);
        let document = Arc::new(document);
        lock().insert(id.to_owned(), Arc::clone(&document));
        Ok(document)
    }

    /// The title of a document as a source; its first passage if it has none of its own, `None` without any. Only its head is read.
    pub(super) fn title_source(&self, record: &DocumentRef) -> Result<Option<Source>> {
        let lock = || self.titles.lock().unwrap_or_else(PoisonError::into_inner);
        let known = lock().get(&record.id).cloned();
        if let Some(known) = known {
            return Ok(known);
        }
        let head = self
            .searcher
            .passages(&record.id, |number| number <= HEAD)?;
        let title = head
            .iter()
            .find(|passage| passage.record.part == Part::Title);
        let source = title.or(head.first()).map(|passage| {
            let n_chars = passage.text.chars().count();
            source_of(record, passage, 0..n_chars)
        });
        lock().insert(record.id.clone(), source.clone());
        Ok(source)
    }

    /// Where the title of a document is, as `DOCUMENT:LINE`.
    pub(super) fn title_place(&self, record: &DocumentRef) -> Result<String> {
        let source = self.title_source(record)?;
        Ok(source.map_or_else(|| search::place(&record.id, 1), |source| source.place))
    }

    /// Lines of the document that are not passages: the number of a document may be printed among them.
    pub(super) fn other_lines(&self, id: &str) -> Result<Vec<(u32, String)>> {
        let structure = self.searcher.structure(id)?;
        let lines = structure.boilerplate.into_iter();
        Ok(lines.map(|line| (line.line, line.text)).collect())
    }
}

impl CitedDocument {
    fn new(record: DocumentRef, passages: Vec<ReadPassage>) -> Self {
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

    /// Units of a passage as a source, the whole passage for none.
    pub(super) fn source(&self, passage: usize, units: Range<usize>) -> Source {
        let read = &self.passages[passage];
        let span = match units.is_empty() {
            true => 0..read.stored.text.chars().count(),
            false => read.units.span(units),
        };
        source_of(&self.record, &read.stored, span)
    }
}

/// Characters of a passage as a source.
pub(super) fn source_of(
    record: &DocumentRef,
    stored: &StoredPassage,
    span: Range<usize>,
) -> Source {
    let line = stored.record.line;
    Source {
        document: record.clone(),
        section: stored.record.path.iter().cloned().map(Into::into).collect(),
        place: search::place(&record.id, line),
        passage: SourcePassage {
            number: stored.number,
            line,
        },
        span: (span.start, span.end),
    }
}
