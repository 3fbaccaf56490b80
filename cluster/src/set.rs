//! A collection in shards: a folder, or a prefix of an object store, with a list of the shards in it.

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use xunzhang::index::{Dictionary, FORMAT, Index, Manifest, Synonyms, is_index_folder};
use xunzhang::source::records::FieldMap;

use crate::error::{Error, Result};
use crate::storage;

/// Name of the list.
pub const LIST: &str = "shards.json";

/// The list of the shards of a collection.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct ShardList {
    /// Format of every shard's index.
    pub format: u32,
    /// Fingerprint of one index with all documents.
    pub fingerprint: String,
    /// Hash of dictionary and synonyms, which all shards have.
    pub words: String,
    /// Documents of all shards.
    pub documents: u64,
    /// Their passages.
    pub passages: u64,
    /// What the collection was built from, and how.
    pub sources: Sources,
    /// The shards.
    pub shards: Vec<Shard>,
}

/// What a collection was built from, and how.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Sources {
    /// Names of collections and absolute paths.
    pub places: Vec<(Option<String>, PathBuf)>,
    /// User dictionary.
    pub dictionary: Dictionary,
    /// Synonyms.
    pub synonyms: Synonyms,
    /// Patterns of paths that were left out.
    pub exclude: Vec<String>,
    /// Which columns of records are which field.
    pub map: FieldMap,
}

/// One shard.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shard {
    /// Its name, which is that of its folder; another for other documents.
    pub name: String,
    /// The fingerprint of its index.
    pub fingerprint: String,
    /// Its documents.
    pub documents: u64,
    /// Its passages.
    pub passages: u64,
    /// Bytes of its source files.
    pub bytes: u64,
}

/// A collection to be asked.
#[derive(Clone, Debug, PartialEq)]
pub struct ShardSet {
    /// Its folder or the address of its prefix.
    pub place: String,
    /// Its shards.
    pub list: ShardList,
}

impl ShardSet {
    /// Opens the collection at `place`: shards in a folder or under `s3://BUCKET/PREFIX`, or one index as the only shard.
    ///
    /// # Errors
    /// [`Error::NoSet`] without a set, [`Error::BadSet`] if the list of shards can't be read, [`Error::Storage`].
    pub fn open(place: &str) -> Result<Self> {
        if storage::is_remote(place) {
            let list = storage::read(&format!("{}/{LIST}", place.trim_end_matches('/')))?;
            let bytes = list.ok_or_else(|| Error::NoSet(place.to_owned()))?;
            return Self::of_list(place, &bytes);
        }
        let dir = std::path::absolute(place).map_err(Error::io(place))?;
        let place = dir.display().to_string();
        match std::fs::read(dir.join(LIST)) {
            Ok(bytes) => Self::of_list(&place, &bytes),
            Err(_) if is_index_folder(&dir) => Self::of_index(&dir),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Err(Error::NoSet(place)),
            Err(error) => Err(Error::io(dir.join(LIST))(error)),
        }
    }

    fn of_list(place: &str, bytes: &[u8]) -> Result<Self> {
        let bad = |problem: String| Error::BadSet {
            place: format!("{}/{LIST}", place.trim_end_matches('/')),
            problem,
        };
        let list: ShardList =
            serde_json::from_slice(bytes).map_err(|error| bad(error.to_string()))?;
        if list.format != FORMAT {
            return Err(bad(format!(
                "its shards have format {}, this program reads {FORMAT}; build them again",
                list.format
            )));
        }
        // A name becomes a folder.
        let is_name = |name: &str| {
            !name.is_empty()
                && name
                    .chars()
                    .all(|ch| ch.is_ascii_alphanumeric() || ch == '-')
        };
        if let Some(shard) = list.shards.iter().find(|shard| !is_name(&shard.name)) {
            return Err(bad(format!("{:?} is no name of a shard", shard.name)));
        }
        Ok(Self {
            place: place.to_owned(),
            list,
        })
    }

    fn of_index(dir: &Path) -> Result<Self> {
        let index = Index::open(dir)?;
        let manifest = index.manifest();
        let shard = Shard {
            name: String::new(),
            fingerprint: manifest.fingerprint.clone(),
            documents: manifest.documents,
            passages: manifest.passages,
            bytes: manifest.bytes,
        };
        Ok(Self {
            place: dir.display().to_string(),
            list: ShardList {
                format: manifest.format,
                fingerprint: manifest.fingerprint.clone(),
                words: words(manifest),
                documents: manifest.documents,
                passages: manifest.passages,
                sources: Sources::default(),
                shards: vec![shard],
            },
        })
    }

    /// Where the index of a shard is.
    pub fn location(&self, shard: &Shard) -> String {
        match shard.name.as_str() {
            "" => self.place.clone(),
            name => format!("{}/{name}", self.place.trim_end_matches('/')),
        }
    }
}

/// Hash of the dictionary and the synonyms of an index: shards of one collection have the same ones.
pub fn words(manifest: &Manifest) -> String {
    words_of(&manifest.dictionary, &manifest.synonyms)
}

/// The same of a dictionary and synonyms.
pub fn words_of(dictionary: &Dictionary, synonyms: &Synonyms) -> String {
    let mut hasher = blake3::Hasher::new();
    for text in [&dictionary.text, &synonyms.text] {
        hasher.update(&(text.len() as u64).to_le_bytes());
        hasher.update(text.as_bytes());
    }
    hasher.finalize().to_hex()[..16].to_owned()
}
