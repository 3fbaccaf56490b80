//! What an index says of itself, written with each commit as the payload of the engine's `meta.json`.

use serde::{Deserialize, Serialize};

use super::seal::Meta;
use crate::document::Characters;
use crate::source::records::FieldMap;

/// Version of everything that is written: fields, analysis, records. A change of any of them raises it.
pub(super) const FORMAT: u32 = 14;

/// What an index says of itself, written with each commit.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Manifest {
    /// Version of the format.
    pub format: u32,
    /// Hash of all documents' ids and contents and of the options: equal indexes have equal fingerprints.
    pub fingerprint: String,
    /// The user dictionary.
    pub dictionary: Dictionary,
    /// Words that queries take for each other.
    #[serde(default)]
    pub synonyms: Synonyms,
    /// The places that it was built from, in the order in which they were first given.
    #[serde(default)]
    pub collections: Vec<CollectionRecord>,
    /// Patterns of paths that were left out.
    #[serde(default)]
    pub exclude: Vec<String>,
    /// Which columns of records are which field.
    #[serde(default)]
    pub map: FieldMap,
    /// Number of files.
    pub files: u64,
    /// Number of documents.
    pub documents: u64,
    /// Number of passages.
    pub passages: u64,
    /// Number of original characters, and where they are.
    pub characters: Characters,
    /// Bytes of all files.
    pub bytes: u64,
}

/// A place that the index was built from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CollectionRecord {
    /// Name of the collection. Several places may share one.
    pub name: String,
    /// Absolute path.
    pub path: String,
}

/// Files that a user gave when the index was built: words on top of the segmenter's own, or synonyms.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Dictionary {
    /// Names of the files.
    pub files: Vec<String>,
    /// Their lines as one text; empty without any.
    pub text: String,
}

/// Words that a user declared to mean the same; only queries read them, so that they can change without a rebuild.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Synonyms {
    /// Names of the files.
    pub files: Vec<String>,
    /// Their lines as one text; empty without any.
    pub text: String,
}

impl Manifest {
    /// Whether ids begin with the names of their collections, of which there are several.
    pub fn names_collections(&self) -> bool {
        let mut names = self.collections.iter().map(|place| &place.name);
        let first = names.next();
        names.any(|name| Some(name) != first)
    }

    /// The manifest of an index that is yet to be built, with what the user gave to the one `self` describes.
    pub(super) fn for_rebuild(self) -> Self {
        Self {
            format: FORMAT,
            dictionary: self.dictionary,
            synonyms: self.synonyms,
            exclude: self.exclude,
            map: self.map,
            ..Self::default()
        }
    }

    /// The manifest in the bytes of a `meta.json`, of this format or another; `None` if none can be read there, which is
    /// also so of an index that was never committed.
    ///
    /// Of a damaged one of this format nothing is believed. Another format may have sealed it in another way.
    pub(super) fn read(meta: &[u8]) -> Option<Self> {
        let is_damaged = Meta::read(meta) == Meta::Damaged;
        of_unsealed(meta).filter(|manifest| !is_damaged || manifest.format != FORMAT)
    }
}

/// The manifest in the engine's `meta.json`, if this program wrote it; whether it is as it was written is not looked at.
pub(super) fn of_unsealed(meta: &[u8]) -> Option<Manifest> {
    #[derive(Deserialize)]
    struct Commit {
        payload: String,
    }
    let commit: Commit = serde_json::from_slice(meta).ok()?;
    serde_json::from_str(&commit.payload).ok()
}
