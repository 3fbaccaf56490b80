//! Stored passages by document and number.

use tantivy::schema::{IndexRecordOption, Term, Value};
use tantivy::{DocAddress, DocSet, TERMINATED, TantivyDocument};

use super::Searcher;
use crate::index::{self, PassageRecord, Text};
use crate::search::hit::Neighbour;
use crate::search::{Error, Result};

/// A passage as it is stored.
#[derive(Clone, Debug, PartialEq)]
pub struct StoredPassage {
    /// Its number in the document.
    pub number: u32,
    /// Its line, part, role and section path.
    pub record: PassageRecord,
    /// Its original text.
    pub text: String,
}

impl StoredPassage {
    pub(super) fn neighbour(self) -> Neighbour {
        Neighbour {
            number: self.number,
            line: self.record.line,
            part: self.record.part,
            text: self.text,
        }
    }
}

impl Searcher<'_> {
    /// The passages of a document whose numbers `keep` takes, in order.
    ///
    /// # Errors
    /// [`crate::index::Error::Engine`] if the index can't be read.
    pub fn passages(&self, id: &str, keep: impl Fn(u32) -> bool) -> Result<Vec<StoredPassage>> {
        let fields = &self.index.fields;
        let term = Term::from_field_text(fields.document, id);
        let mut addresses = Vec::new();
        for (ord, segment) in (0..).zip(self.snapshot.segment_readers()) {
            let inverted = segment
                .inverted_index(fields.document)
                .map_err(self.engine())?;
            let postings = inverted.read_postings(&term, IndexRecordOption::Basic);
            let Some(mut postings) = postings.map_err(|error| self.engine()(error.into()))? else {
                continue;
            };
            let numbers = segment.fast_fields().u64("number").map_err(self.engine())?;
            while postings.doc() != TERMINATED {
                let doc = postings.doc();
                let number = numbers.first(doc).unwrap_or(0) as u32;
                if !segment.is_deleted(doc) && keep(number) {
                    addresses.push((number, DocAddress::new(ord, doc)));
                }
                postings.advance();
            }
        }
        addresses.sort_unstable();
        addresses
            .into_iter()
            .map(|(number, address)| self.passage_at(number, address))
            .collect()
    }

    pub(super) fn passage_at(&self, number: u32, address: DocAddress) -> Result<StoredPassage> {
        Ok(StoredPassage {
            number,
            record: self.record_at(address)?,
            text: self.text_at(address)?,
        })
    }

    /// The record alone.
    pub(super) fn record_at(&self, address: DocAddress) -> Result<PassageRecord> {
        let stored: TantivyDocument = self.snapshot.doc(address).map_err(self.engine())?;
        let record = stored.get_first(self.index.fields.record);
        let record = record.and_then(|value| serde_json::from_str(value.as_str()?).ok());
        record.ok_or_else(|| self.damaged())
    }

    /// The original text alone.
    pub(super) fn text_at(&self, address: DocAddress) -> Result<String> {
        self.with_text(address, |text| text.into())
    }

    /// What `read` makes of the original text where it is kept.
    pub(super) fn with_text<T>(
        &self,
        address: DocAddress,
        read: impl FnOnce(Text<'_>) -> T,
    ) -> Result<T> {
        let segment = self.snapshot.segment_reader(address.segment_ord);
        let parts = self.index.parts().of(segment).map_err(self.engine())?;
        let text = parts.texts.body(address.doc_id).map_err(self.engine())?;
        Ok(read(text))
    }

    /// What is said of an index with a record that cannot be parsed.
    pub(crate) fn damaged(&self) -> Error {
        index::Error::NotAnIndex(self.index.dir().into()).into()
    }
}
