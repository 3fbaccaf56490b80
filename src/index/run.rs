//! What an update leaves to the next one: the files that it left out, and the pages that character recognition has read for each
//! file. A record of its own, replaced by the commit of each update that changes it.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};
use tantivy::collector::TopDocs;
use tantivy::query::TermQuery;
use tantivy::schema::{IndexRecordOption, Term, Value};
use tantivy::{DocAddress, Searcher, TantivyDocument};

use super::entry::Entry;
use super::files::path_of;
use super::open::Index;
use super::schema::{Fields, TYPE_RUN};
use super::skipped::{SkipReason, Skipped};
use crate::index::{Error, Result};

/// What an update leaves to the next one, for the whole index.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(super) struct Run {
    /// What is not read of the files under all roots, by path.
    pub(super) left_out: Vec<LeftOut>,
    /// Keys of the pages that were recognized, by the keys of the files that show them.
    pub(super) pages: BTreeMap<String, Vec<String>>,
}

/// A file, or a part of one, that gave no document.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct LeftOut {
    /// Key of the file.
    pub(super) key: String,
    /// Path of the file, and of what in it is left out, as it is shown.
    pub(super) path: String,
    pub(super) reason: SkipReason,
    /// Whether the update that is under way found no document in the file.
    #[serde(skip)]
    pub(super) is_of_this_run: bool,
}

impl From<LeftOut> for Skipped {
    fn from(LeftOut { path, reason, .. }: LeftOut) -> Self {
        Self { path, reason }
    }
}

impl Run {
    /// What is stored; empty if nothing was left out or recognized.
    pub(super) fn to_json(&self) -> String {
        if self.left_out.is_empty() && self.pages.is_empty() {
            return String::new();
        }
        serde_json::to_string(self).expect("plain data with string keys always serializes")
    }

    /// Keys of the files with something that character recognition may read and was not asked to.
    pub(super) fn unread(&self) -> BTreeSet<String> {
        let left_out = self.left_out.iter();
        let is_seen = |file: &&LeftOut| {
            matches!(
                file.reason,
                SkipReason::Pages(_)
                    | SkipReason::Inside {
                        is_picture: true,
                        ..
                    }
            )
        };
        // What was tried once says nothing more the next time.
        let is_untried = |file: &&LeftOut| !self.pages.contains_key(&file.key);
        let unread = left_out.filter(is_seen).filter(is_untried);
        unread.map(|file| file.key.clone()).collect()
    }

    /// Keys of all pages that were recognized.
    pub(super) fn recognized(&self) -> BTreeSet<&str> {
        self.pages.values().flatten().map(String::as_str).collect()
    }
}

impl LeftOut {
    /// Whether the file itself was read, so that this is only a part of it.
    pub(super) fn is_part(&self) -> bool {
        matches!(
            self.reason,
            SkipReason::Pages(_) | SkipReason::Inside { .. }
        )
    }
}

pub(super) fn to_entry(fields: &Fields, run: &str) -> Entry {
    let mut out = Entry::default();
    out.add_name(fields.record_type, TYPE_RUN);
    out.add_u64(fields.shape, 0);
    out.add_u64(fields.likeness, 0);
    out.add_text(fields.record, run);
    out
}

/// What the last update left.
///
/// # Errors
/// [`Error::Damaged`] with the file that holds it if it cannot be read back.
pub(super) fn load(index: &Index) -> Result<Run> {
    let searcher = index.reader.searcher();
    let address = find(index, &searcher).map_err(Error::engine(index.dir()))?;
    let Some(address) = address else {
        return Ok(Run::default());
    };
    let stored = searcher.doc::<TantivyDocument>(address).ok();
    let json = stored.as_ref().and_then(|stored| {
        let json = stored.get_first(index.fields.record)?;
        json.as_str()
    });
    let run = match json {
        Some("") => Some(Run::default()),
        Some(json) => serde_json::from_str(json).ok(),
        None => None,
    };
    run.ok_or_else(|| {
        let segment = searcher.segment_reader(address.segment_ord).segment_id();
        Error::Damaged {
            dir: index.dir().into(),
            file: format!("{}.store", segment.uuid_string()),
        }
    })
}

fn find(index: &Index, searcher: &Searcher) -> tantivy::Result<Option<DocAddress>> {
    let term = Term::from_field_text(index.fields.record_type, TYPE_RUN);
    let query = TermQuery::new(term, IndexRecordOption::Basic);
    let found = searcher.search(&query, &TopDocs::with_limit(1).order_by_score())?;
    Ok(found.first().map(|&(_, address)| address))
}

impl Index {
    /// What is not read of the files that the index was built from, by path, and why: files that gave no document, pages without
    /// text, files in archives and mails. What is no longer there is left out.
    ///
    /// # Errors
    /// [`Error::Engine`] if the index can't be read, [`Error::Damaged`] if what it says cannot be.
    pub fn skipped(&self) -> Result<Vec<Skipped>> {
        let left_out = load(self)?.left_out.into_iter();
        let is_there = |file: &LeftOut| path_of(&file.key).symlink_metadata().is_ok();
        Ok(left_out.filter(is_there).map(Skipped::from).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::{UpdateOptions, update};

    #[test]
    fn a_record_that_cannot_be_read_back_is_damage_of_its_file() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let (corpus, dir) = (folder.path().join("corpus"), folder.path().join("index"));
        std::fs::create_dir(&corpus).expect("a folder");
        std::fs::write(corpus.join("甲.txt"), "各村整修水渠。\n").expect("a file");
        std::fs::write(corpus.join("图.png"), b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR").expect("a file");
        let options = UpdateOptions::default();
        update(&dir, &[corpus], &options, &|_| {}).expect("an index");
        let skipped = Index::open(&dir).expect("the index").skipped();
        assert_eq!(skipped.expect("what was skipped").len(), 1);
        let files = std::fs::read_dir(&dir).expect("a folder").flatten();
        let stores = files.filter(|file| file.path().extension() == Some("store".as_ref()));
        let names: Vec<String> = stores
            .map(|store| {
                // The block keeps its length, and what it holds is no longer what it was.
                let mut bytes = std::fs::read(store.path()).expect("a file");
                let middle = bytes.len() / 3;
                bytes[..middle].fill(0xee);
                std::fs::write(store.path(), bytes).expect("a file");
                store.file_name().to_string_lossy().into_owned()
            })
            .collect();
        let error = Index::open(&dir).and_then(|index| index.skipped());
        match error.expect_err("damage") {
            Error::Damaged { file, .. } => assert!(names.contains(&file), "{file}"),
            other => panic!("{other}"),
        }
    }
}
