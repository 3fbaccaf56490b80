//! The documents of one file, cleaned and composed one after the other.

use super::clean;
use super::raw::Raw;
use super::skip::Skip;
use crate::document::{self, Document, Reason};
use crate::source::warning::Warning;

/// One document of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Record {
    /// Identifies it among the file's documents: its own id or its 1-based number; `None` if the file is one
    /// document.
    pub key: Option<String>,
    /// The document.
    pub document: Document,
    /// What was noticed and repaired.
    pub warnings: Vec<Warning>,
}

/// The state of reading one file.
pub(super) struct Reading<F> {
    each: F,
    n_seen: usize,
    /// The last document, held back for warnings about later records that yield none.
    last: Option<Record>,
    /// Warnings about records before the first document.
    waiting: Vec<Warning>,
}

impl<F: FnMut(Record)> Reading<F> {
    /// Reads a file whose documents are passed to `each`.
    pub(super) fn new(each: F) -> Self {
        Self {
            each,
            n_seen: 0,
            last: None,
            waiting: Vec::new(),
        }
    }

    /// Adds the next document.
    pub(super) fn take(&mut self, raw: Raw) {
        self.n_seen += 1;
        let mut warnings = std::mem::take(&mut self.waiting);
        let n_read = raw.n_read();
        warnings.extend(raw.warnings);
        let cleaned = clean::clean(raw.lines);
        warnings.extend(cleaned.warnings);
        let (mut document, noticed) = document::compose(&cleaned.lines, &raw.given);
        warnings.extend(noticed.into_iter().map(Warning::from));
        document::mark_recognized(&mut document, &raw.recognized);
        document.is_record = raw.key.is_some();
        // Removed escapes count as their characters, as the passages contain them.
        document.n_read += n_read.saturating_sub(cleaned.n_dropped);
        warnings.extend(account(&document));
        if document.passages.is_empty() {
            let key = raw.key.unwrap_or_else(|| self.n_seen.to_string());
            warnings.push(Warning::EmptyRecord(key));
            match &mut self.last {
                Some(last) => last.warnings.append(&mut warnings),
                None => self.waiting = warnings,
            }
            return;
        }
        let record = Record {
            key: raw.key,
            document,
            warnings,
        };
        if let Some(last) = self.last.replace(record) {
            (self.each)(last);
        }
    }

    /// Ends the file.
    ///
    /// # Errors
    /// [`Skip::Empty`] if it yielded no document.
    pub(super) fn finish(mut self) -> Result<(), Skip> {
        let last = self.last.take().ok_or(Skip::Empty)?;
        (self.each)(last);
        Ok(())
    }
}

/// The warnings about where the document's characters are. Records normally have fields besides their text.
fn account(document: &Document) -> Vec<Warning> {
    let characters = document.characters();
    let kept = characters.passages + characters.boilerplate;
    let is_off = characters.read != kept;
    let unaccounted = is_off.then_some(Warning::Unaccounted(characters.read, kept));
    let aside = document::set_aside(&characters, &document.boilerplate)
        .filter(|(_, reason)| !(document.is_record && *reason == Reason::Metadata))
        .map(|(percent, reason)| Warning::SetAside(percent, reason));
    unaccounted.into_iter().chain(aside).collect()
}

#[cfg(test)]
mod tests;
