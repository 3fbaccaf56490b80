//! What the last update passed over: a record of its own, replaced by the commit of each update that changes it.

use tantivy::TantivyDocument;
use tantivy::collector::TopDocs;
use tantivy::query::TermQuery;
use tantivy::schema::{IndexRecordOption, Term, Value};

use super::entry::Entry;
use super::open::Index;
use super::schema::{Fields, TYPE_RUN};
use super::update::{SkipReason, Skipped};
use crate::{Error, Result};

/// What is stored of `skipped`, in order; empty if nothing was skipped.
pub(super) fn to_json(skipped: &[Skipped]) -> String {
    if skipped.is_empty() {
        return String::new();
    }
    let pairs: Vec<_> = skipped
        .iter()
        .map(|file| (&file.path, &file.reason))
        .collect();
    serde_json::to_string(&pairs).expect("plain data always serializes")
}

pub(super) fn to_entry(fields: &Fields, passed_over: &str) -> Entry {
    let mut out = Entry::default();
    out.add_name(fields.record_type, TYPE_RUN);
    out.add_u64(fields.shape, 0);
    out.add_u64(fields.likeness, 0);
    out.add_text(fields.record, passed_over);
    out
}

/// What [`to_json`] gave at the last update; empty if nothing was skipped.
pub(super) fn load(index: &Index) -> tantivy::Result<String> {
    let term = Term::from_field_text(index.fields.record_type, TYPE_RUN);
    let query = TermQuery::new(term, IndexRecordOption::Basic);
    let searcher = index.reader.searcher();
    let found = searcher.search(&query, &TopDocs::with_limit(1).order_by_score())?;
    let Some((_, address)) = found.first() else {
        return Ok(String::new());
    };
    let stored: TantivyDocument = searcher.doc(*address)?;
    let json = stored.get_first(index.fields.record);
    let json = json.and_then(|value| value.as_str().map(str::to_owned));
    Ok(json.unwrap_or_default())
}

impl Index {
    /// The files that gave no document at the last update, by path, and why.
    ///
    /// # Errors
    /// [`Error::Engine`] if the index can't be read.
    pub fn skipped(&self) -> Result<Vec<Skipped>> {
        let json = load(self).map_err(Error::engine(self.dir()))?;
        if json.is_empty() {
            return Ok(Vec::new());
        }
        let pairs: Vec<(String, SkipReason)> =
            serde_json::from_str(&json).map_err(|_| Error::Damaged {
                dir: self.dir().into(),
                file: "meta.json".to_owned(),
            })?;
        let skipped = pairs.into_iter();
        Ok(skipped
            .map(|(path, reason)| Skipped { path, reason })
            .collect())
    }
}
