//! A report: the entries that are counted, and the tables of what was counted.

use std::path::PathBuf;
use std::sync::Arc;

use pyo3::prelude::*;
use serde_json::json;
use xunzhang::Result;
use xunzhang::report::keywords::{self, Keywords, from_words};
use xunzhang::report::numbers::CountedCollection;
use xunzhang::report::tally::Tally;
use xunzhang::source::ReadOptions;

use crate::error::bad_argument;
use crate::rows::{self, By};
use crate::table::{Table, json};

/// The entries of lists, then those that were typed.
pub(crate) fn entries(
    words: &[String],
    lists: &[PathBuf],
    reading: &ReadOptions,
) -> Result<Keywords> {
    let typed = (!words.is_empty() || lists.is_empty()).then(|| from_words(words));
    let read = lists.iter().map(|path| keywords::read(path, reading));
    let all = read.chain(typed).reduce(|all, more| all?.and(more?));
    Ok(all.unwrap_or_else(|| from_words(&[]))?)
}

/// A report that has been counted.
#[pyclass(frozen, module = "xunzhang._native")]
pub(crate) struct Report {
    pub(crate) tally: Arc<Tally>,
}

#[pymethods]
impl Report {
    /// What precedes the tables, as JSON.
    fn head(&self) -> String {
        json(&json!({
            "fingerprint": self.tally.fingerprint,
            "collection": CountedCollection::new(&self.tally),
        }))
    }

    /// The table of this name.
    fn table(&self, py: Python<'_>, name: &str) -> PyResult<Table> {
        let tally = Arc::clone(&self.tally);
        Ok(match name {
            "entries" => Table::new(rows::Entries(tally)),
            "by_year" => Table::new(rows::ByValue::new(tally, By::Year)),
            "by_kind" => Table::new(rows::ByValue::new(tally, By::Kind)),
            "by_issuer" => Table::new(rows::ByValue::new(tally, By::Issuer)),
            "by_collection" => Table::new(rows::ByValue::new(tally, By::Collection)),
            "by_folder" => Table::new(rows::ByValue::new(tally, By::Folder)),
            "by_document" => Table::new(rows::ByDocument::new(tally)),
            "by_role" => Table::new(rows::ByRole::new(&tally)),
            "cooccurrence" => Table::new(rows::Cooccurrence(tally)),
            "excerpts" => Table::new(rows::Excerpts(tally)),
            _ => {
                return Err(bad_argument(py, "name", "no table of this name"));
            }
        })
    }
}
