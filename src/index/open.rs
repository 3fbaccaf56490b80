//! Opening an index, and what it says of itself.

use std::collections::BTreeSet;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde::{Deserialize, Serialize};
use tantivy::directory::MmapDirectory;
use tantivy::schema::Field;
use tantivy::store::Compressor;
use tantivy::{IndexReader, IndexSettings, ReloadPolicy, TantivyError};

use super::analyzer::tokenizers;
use super::schema::Fields;
use super::words;
use crate::text::synonyms::SynonymRules;
use crate::text::words::Segmenter;
use crate::{Error, Result};

/// Version of everything that is written: fields, analysis, records. A change of any of them raises it.
pub(super) const FORMAT: u32 = 6;

/// Unpacked blocks of stored texts that are kept, of [`BLOCK_SIZE`] each: queries in a row look at the same texts.
const CACHED_BLOCKS: usize = 4096;
/// Bytes of stored text that are packed together: the second stage reads a hundred texts for a query, so small
/// blocks that unpack fast.
const BLOCK_SIZE: usize = 8 * 1024;

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
    /// The indexed roots, absolute.
    pub roots: Vec<String>,
    /// Number of files.
    pub files: u64,
    /// Number of documents.
    pub documents: u64,
    /// Number of passages.
    pub passages: u64,
    /// Number of original characters in all passages.
    pub characters: u64,
    /// Bytes of all files.
    pub bytes: u64,
}

/// Files that a user gave when the index was built: words on top of the segmenter's own, or synonyms.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Dictionary {
    /// Names of the files.
    pub files: Vec<String>,
    /// Their lines, one text; empty if there are none.
    pub text: String,
}

/// Words that a user declared to mean the same; only queries read them, so that they can change without a rebuild.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Synonyms {
    /// Names of the files.
    pub files: Vec<String>,
    /// Their lines, one text; empty if there are none.
    pub text: String,
}

/// An open index.
pub struct Index {
    pub(crate) inner: tantivy::Index,
    pub(crate) fields: Fields,
    pub(crate) reader: IndexReader,
    dir: PathBuf,
    manifest: Manifest,
    segmenter: Arc<Segmenter>,
    synonyms: SynonymRules,
}

impl Index {
    /// Opens the index in `dir` for reading.
    ///
    /// # Errors
    /// [`Error::NoIndex`] where there is none, [`Error::OtherFormat`] if it was written by another version,
    /// [`Error::Engine`] if it is damaged.
    pub fn open(dir: &Path) -> Result<Self> {
        check_present(dir)?;
        let inner = tantivy::Index::open_in_dir(dir).map_err(Error::engine(dir))?;
        Self::of(inner, dir)
    }

    /// Makes an empty index in `dir`, which must hold nothing else.
    pub(super) fn create(dir: &Path, dictionary: Dictionary) -> Result<Self> {
        check_vacant(dir)?;
        std::fs::create_dir_all(dir).map_err(|source| Error::Io {
            path: dir.into(),
            action: "written",
            source,
        })?;
        let directory = MmapDirectory::open(dir)
            .map_err(|error| Error::engine(dir)(TantivyError::from(error)))?;
        let (schema, _) = Fields::schema();
        let settings = IndexSettings {
            docstore_compression: Compressor::Lz4,
            docstore_blocksize: BLOCK_SIZE,
            ..IndexSettings::default()
        };
        let inner =
            tantivy::Index::create(directory, schema, settings).map_err(Error::engine(dir))?;
        let manifest = Manifest {
            format: FORMAT,
            dictionary,
            ..Manifest::default()
        };
        Self::with_manifest(inner, dir, manifest)
    }

    /// Makes an empty index in the place of one that this version can't read.
    pub(super) fn replace(dir: &Path, dictionary: Dictionary) -> Result<Self> {
        let unwritable = |source| Error::Io {
            path: dir.into(),
            action: "written",
            source,
        };
        for entry in std::fs::read_dir(dir).map_err(unwritable)?.flatten() {
            if is_of_engine(&entry.file_name().to_string_lossy()) {
                std::fs::remove_file(entry.path()).map_err(unwritable)?;
            }
        }
        Self::create(dir, dictionary)
    }

    /// The same index with another user dictionary for what is written from now on.
    pub(super) fn with_dictionary(self, dictionary: Dictionary) -> Result<Self> {
        let manifest = Manifest {
            dictionary,
            ..self.manifest
        };
        Self::with_manifest(self.inner, &self.dir, manifest)
    }

    fn of(inner: tantivy::Index, dir: &Path) -> Result<Self> {
        let meta = inner.load_metas().map_err(Error::engine(dir))?;
        // Without a payload nothing was ever committed: an index that was only just begun.
        let manifest = match meta.payload {
            Some(payload) => {
                serde_json::from_str(&payload).map_err(|_| Error::NotAnIndex(dir.into()))?
            }
            None => Manifest {
                format: FORMAT,
                ..Manifest::default()
            },
        };
        Self::with_manifest(inner, dir, manifest)
    }

    fn with_manifest(mut inner: tantivy::Index, dir: &Path, manifest: Manifest) -> Result<Self> {
        let (schema, fields) = Fields::schema();
        if manifest.format != FORMAT || inner.schema() != schema {
            return Err(Error::OtherFormat {
                dir: dir.into(),
                found: manifest.format,
                expected: FORMAT,
            });
        }
        let reader = inner
            .reader_builder()
            .reload_policy(ReloadPolicy::Manual)
            .doc_store_cache_num_blocks(CACHED_BLOCKS)
            .try_into();
        let reader = reader.map_err(Error::engine(dir))?;
        let segmenter = Arc::new(words::segmenter(dir, &manifest.dictionary)?);
        let synonyms = SynonymRules::new(&manifest.synonyms.text)
            .map_err(|_| Error::NotAnIndex(dir.into()))?;
        inner.set_tokenizers(tokenizers());
        Ok(Self {
            inner,
            fields,
            reader,
            dir: dir.into(),
            manifest,
            segmenter,
            synonyms,
        })
    }

    /// What the index says of itself.
    pub fn manifest(&self) -> &Manifest {
        &self.manifest
    }

    /// The terms of `field` that `keep` takes, sorted.
    pub(crate) fn terms(
        &self,
        field: Field,
        keep: impl Fn(&str) -> bool,
    ) -> Result<BTreeSet<String>> {
        let mut out = BTreeSet::new();
        for segment in self.reader.searcher().segment_readers() {
            let inverted = segment
                .inverted_index(field)
                .map_err(Error::engine(&self.dir))?;
            let mut terms = inverted
                .terms()
                .stream()
                .map_err(|error| Error::engine(&self.dir)(error.into()))?;
            while terms.advance() {
                if let Ok(term) = std::str::from_utf8(terms.key())
                    && keep(term)
                {
                    out.insert(term.to_owned());
                }
            }
        }
        Ok(out)
    }

    /// The folder of the index.
    pub fn dir(&self) -> &Path {
        &self.dir
    }

    /// The synonyms of ranked queries; empty if the index was built with none.
    pub fn synonyms(&self) -> &SynonymRules {
        &self.synonyms
    }

    /// The segmenter that the documents were cut with; loaded at the first call.
    pub fn segmenter(&self) -> &Segmenter {
        &self.segmenter
    }
}

/// Checks that there is an index in `dir`.
///
/// # Errors
/// [`Error::NoIndex`], or [`Error::Denied`] if the folder may not be looked into.
pub(super) fn check_present(dir: &Path) -> Result<()> {
    match std::fs::metadata(dir.join("meta.json")) {
        Ok(found) if found.is_file() => Ok(()),
        Err(error) if error.kind() == ErrorKind::PermissionDenied => Err(Error::Denied(dir.into())),
        _ => Err(Error::NoIndex(dir.into())),
    }
}

/// An index is made only where it can overwrite nothing: in a new folder, an empty one, or one that holds a README.
fn check_vacant(dir: &Path) -> Result<()> {
    let Ok(entries) = std::fs::read_dir(dir) else {
        return Ok(());
    };
    let is_strange = |name: &std::ffi::OsStr| {
        let name = name.to_string_lossy();
        !(name.starts_with("README") || name.starts_with('.'))
    };
    if entries
        .flatten()
        .any(|entry| is_strange(&entry.file_name()))
    {
        return Err(Error::NotAnIndex(dir.into()));
    }
    Ok(())
}

/// Whether a file in the index folder is one of tantivy's or of ours.
fn is_of_engine(name: &str) -> bool {
    const EXTENSIONS: [&str; 9] = [
        "fast",
        "fieldnorm",
        "idx",
        "pos",
        "store",
        "term",
        "del",
        "temp",
        words::EXTENSION,
    ];
    matches!(name, "meta.json" | ".managed.json")
        || name
            .rsplit_once('.')
            .is_some_and(|(_, end)| EXTENSIONS.contains(&end))
}
