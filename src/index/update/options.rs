//! How an index is brought up to date, and what comes of it.

use std::collections::BTreeSet;
use std::sync::Arc;

use serde::Serialize;
use serde_json::{Value, json};

use crate::document::Characters;
use crate::index::Result;
use crate::index::manifest::{Dictionary, Manifest, Synonyms};
use crate::index::skipped::Skipped;
use crate::source::records::FieldMap;
use crate::source::walk::Exclude;
use crate::source::{ReadOptions, Warning};
use crate::task::Cancel;

/// How an index is brought up to date.
#[derive(Clone, Debug)]
pub struct UpdateOptions {
    /// Read every file anew, whatever the index holds.
    pub rebuild: bool,
    /// Remove what roots gave that are gone or have no files any more; without it such a root is left as it was, since a disk
    /// may just not be there.
    pub prune: bool,
    /// Threads that read and threads that write, at least 1 each.
    pub jobs: usize,
    /// Bytes that may be held back before they are written.
    pub memory: usize,
    /// User dictionary; `None` keeps the one that the index was built with.
    pub dictionary: Option<Dictionary>,
    /// Synonyms; `None` keeps those of the index.
    pub synonyms: Option<Synonyms>,
    /// Files to leave out; `None` leaves out those that the index leaves out.
    pub exclude: Option<Exclude>,
    /// Which column of records is which field; `None` keeps the map of the index.
    pub map: Option<FieldMap>,
    /// How files are read; its map is the one above.
    pub read: ReadOptions,
    /// Ids of the files that this index is of, where it is a shard of a collection; `None` for all. Others are named, as ids
    /// depend on them, and are not in it.
    pub only: Option<Arc<BTreeSet<String>>>,
    /// Ends the update before it is committed.
    pub cancel: Cancel,
}

impl Default for UpdateOptions {
    /// One thread for each processor, at most 8, and 300 MB: more memory makes fewer segments for a query to search.
    fn default() -> Self {
        let processors = std::thread::available_parallelism().map_or(1, usize::from);
        Self {
            rebuild: false,
            prune: false,
            jobs: processors.min(8),
            memory: 300_000_000,
            dictionary: None,
            synonyms: None,
            exclude: None,
            map: None,
            read: ReadOptions::default(),
            only: None,
            cancel: Cancel::default(),
        }
    }
}

impl UpdateOptions {
    /// These options, and what they leave open as the index has it.
    pub(super) fn or_those_of(&self, index: &Manifest) -> Result<Self> {
        let map = self.map.as_ref().unwrap_or(&index.map);
        let exclude = match &self.exclude {
            Some(exclude) => exclude.clone(),
            None => Exclude::new(&index.exclude)?,
        };
        Ok(Self {
            exclude: Some(exclude),
            read: ReadOptions {
                map: map.clone(),
                ..self.read.clone()
            },
            ..self.clone()
        })
    }
}

/// What an update did.
#[derive(Debug, Default, Serialize)]
pub struct Summary {
    /// Documents that the index now holds.
    pub documents: u64,
    /// Passages that it now holds.
    pub passages: u64,
    /// Original characters of all files, and where they are.
    pub characters: Characters,
    /// Bytes of all files.
    pub bytes: u64,
    /// Documents that are new.
    pub added: u64,
    /// Documents that were read anew because their file changed.
    pub changed: u64,
    /// Documents that are gone.
    pub removed: u64,
    /// Documents of files that were left as they are.
    pub unchanged: u64,
    /// Files that gave no document, by path.
    pub skipped: Vec<Skipped>,
    /// Warnings about documents that were read, by document id.
    #[serde(skip)]
    pub warnings: Vec<(String, Warning)>,
    /// Bytes of the files that were read.
    pub read_bytes: u64,
}

impl Summary {
    /// The summary of an update that took so many seconds, with the field names of the product's JSON.
    pub fn json(&self, seconds: f64) -> Value {
        let warning = |(id, warning): &(String, Warning)| {
            let mut object = json!({"document": id, "warning": warning.name()});
            for (key, value) in warning.details() {
                object[key] = value;
            }
            object
        };
        // Plain data with names for keys: there is nothing in it that JSON does not have.
        let mut json = serde_json::to_value(self).unwrap_or_default();
        json["warnings"] = self.warnings.iter().map(warning).collect();
        json["seconds"] = ((seconds * 1e3).round() / 1e3).into();
        json
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_options_leave_open_is_as_the_index_has_it() {
        let map: FieldMap = "text=正文".parse().expect("a map");
        let index = Manifest {
            exclude: vec!["附件/**".to_owned()],
            map: map.clone(),
            ..Manifest::default()
        };
        let open = UpdateOptions::default();
        let found = open.or_those_of(&index).expect("valid patterns");
        let patterns = |options: &UpdateOptions| {
            let exclude = options.exclude.clone().unwrap_or_default();
            exclude.patterns().to_vec()
        };
        assert_eq!(patterns(&found), ["附件/**"]);
        assert_eq!(found.read.map, map);
        // An empty list of patterns leaves nothing out, unlike none.
        let given = UpdateOptions {
            exclude: Some(Exclude::default()),
            map: Some(FieldMap::default()),
            ..UpdateOptions::default()
        };
        let found = given.or_those_of(&index).expect("valid patterns");
        assert_eq!(patterns(&found), Vec::<String>::new());
        assert_eq!(found.read.map, FieldMap::default());
    }

    #[test]
    fn patterns_of_a_damaged_index_are_refused() {
        let index = Manifest {
            exclude: vec!["[".to_owned()],
            ..Manifest::default()
        };
        assert!(UpdateOptions::default().or_those_of(&index).is_err());
    }
}
