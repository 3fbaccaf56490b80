//! Opening an index, and what it says of itself.

use std::collections::BTreeSet;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use tantivy::directory::ManagedDirectory;
use tantivy::plugin::SegmentPlugin;
use tantivy::schema::Field;
use tantivy::store::Compressor;
use tantivy::{IndexBuilder, IndexReader, IndexSettings, ReloadPolicy};

use super::analyzer::tokenizers;
use super::directory::IndexDirectory;
use super::files::{self, Originals, SourceFile};
use super::folder::{self, WriterLock};
use super::manifest::{self, CollectionRecord, FORMAT, Manifest};
use super::pairs::PairPlugin;
use super::parts::Parts;
use super::schema::Fields;
use super::seal::{Comparison, Meta, Seal};
use super::text_column::TextPlugin;
use super::writing::Writing;
use crate::index::{Error, Result};
use crate::source;
use crate::text::synonyms::SynonymRules;
use crate::text::words::Segmenter;

/// Unpacked blocks of records that are kept, of [`BLOCK_SIZE`] each.
// 32 MB at most. A page of hits reads a few blocks; exports and scans read all of them once, which no cache serves.
const CACHED_BLOCKS: usize = 1024;
/// Bytes of records that are packed together: a page of hits reads ten records, so that size counts more than time.
const BLOCK_SIZE: usize = 32 * 1024;
/// How often an index is opened again because it was replaced meanwhile: more than any writer commits in that time.
const MOST_REOPENINGS: usize = 20;

/// An open index.
pub struct Index {
    pub(crate) inner: tantivy::Index,
    pub(crate) fields: Fields,
    pub(crate) reader: IndexReader,
    dir: PathBuf,
    manifest: Manifest,
    seal: Seal,
    /// Whether all files have the times that they were sealed with.
    has_its_times: bool,
    segmenter: Arc<Segmenter>,
    synonyms: SynonymRules,
    parts: Arc<Parts>,
    /// What a writer of this index writes.
    pub(super) writing: Writing,
}

impl Index {
    /// Opens the index in `dir` for reading; takes no lock and writes nothing.
    ///
    /// Files that are not as they were sealed are read as a whole and must have their checksums, see [`Index::check_content`].
    ///
    /// # Errors
    /// [`Error::NoIndex`] if the folder has no index, [`Error::Unfinished`] if its first build was ended early, [`Error::OtherFormat`]
    /// if it was written by another version, [`Error::Damaged`] or [`Error::Engine`] if it is not as it was written.
    pub fn open(dir: &Path) -> Result<Self> {
        let mut meta = read_meta(dir)?;
        // A writer may remove the files of a commit after its `meta.json` was read: then there is a new one.
        for _ in 0..MOST_REOPENINGS {
            let opened = Self::open_commit(dir, &meta);
            if opened.is_ok() {
                return opened;
            }
            let now = read_meta(dir)?;
            if now == meta {
                return opened;
            }
            meta = now;
        }
        Self::open_commit(dir, &meta)
    }

    fn open_commit(dir: &Path, meta: &[u8]) -> Result<Self> {
        let (seal, manifest) = match (Meta::read(meta), manifest::of_unsealed(meta)) {
            (_, Some(manifest)) if manifest.format != FORMAT => {
                return Err(Error::OtherFormat {
                    dir: dir.into(),
                    found: manifest.format,
                    expected: FORMAT,
                });
            }
            (Meta::Sealed(seal), Some(manifest)) => (seal, manifest),
            (Meta::Unsealed(_), None) if !folder::is_index_folder(dir) => {
                return Err(Error::NotAnIndex(dir.into()));
            }
            _ => return Err(damaged(dir, folder::META)),
        };
        let directory = IndexDirectory::open(dir)?;
        let writing = directory.writing().clone();
        let mut inner = tantivy::Index::open(directory).map_err(Error::engine(dir))?;
        let segmenter = segmenter(dir, &manifest)?;
        for plugin in plugins(&segmenter) {
            inner.register_plugin(plugin);
        }
        let has_its_times = has_its_times(dir, &seal, inner.directory())?;
        let index = Self::with_manifest((inner, segmenter), dir, manifest, seal)?;
        Ok(Self {
            has_its_times,
            writing,
            ..index
        })
    }

    /// Makes an empty index beside the one in `dir`, if any; [`folder::promote`] puts it in its place.
    pub(super) fn build(dir: &Path, manifest: Manifest, _lock: &WriterLock) -> Result<Self> {
        let (schema, _) = Fields::schema();
        let settings = IndexSettings {
            docstore_compression: Compressor::Lz4,
            docstore_blocksize: BLOCK_SIZE,
            ..IndexSettings::default()
        };
        let directory = IndexDirectory::build(dir)?;
        let writing = directory.writing().clone();
        let segmenter = segmenter(dir, &manifest)?;
        let inner = plugins(&segmenter)
            .into_iter()
            .fold(tantivy::Index::builder(), IndexBuilder::register_plugin)
            .schema(schema)
            .settings(settings)
            .open_or_create(directory)
            .map_err(Error::writing(dir))?;
        let index = Self::with_manifest((inner, segmenter), dir, manifest, Seal::default())?;
        Ok(Self { writing, ..index })
    }

    fn with_manifest(
        (mut inner, segmenter): (tantivy::Index, Arc<Segmenter>),
        dir: &Path,
        manifest: Manifest,
        seal: Seal,
    ) -> Result<Self> {
        let (schema, fields) = Fields::schema();
        if inner.schema() != schema {
            return Err(damaged(dir, folder::META));
        }
        let reader = inner
            .reader_builder()
            .reload_policy(ReloadPolicy::Manual)
            .doc_store_cache_num_blocks(CACHED_BLOCKS)
            .try_into();
        let reader = reader.map_err(Error::engine(dir))?;
        let synonyms = SynonymRules::new(&manifest.synonyms.text)
            .map_err(|_| Error::NotAnIndex(dir.into()))?;
        inner.set_tokenizers(tokenizers());
        Ok(Self {
            inner,
            fields,
            reader,
            dir: dir.into(),
            manifest,
            seal,
            has_its_times: true,
            segmenter,
            synonyms,
            parts: Arc::default(),
            writing: Writing::default(),
        })
    }

    /// Reads every byte of the index and compares it with its checksum: some ten milliseconds for each 100 MB.
    ///
    /// For what reads much of the index anyway. [`Index::open`] looks at sizes and times alone where they are as they were
    /// sealed, so it doesn't find damage that the file system does not know of.
    ///
    /// # Errors
    /// [`Error::Damaged`] with the first file that is not as it was written; [`Error::TooManyFiles`] if not all could be read.
    pub fn check_content(&self) -> Result<()> {
        let directory = self.inner.directory();
        for name in self.seal.files.keys() {
            if !self.seal.is_whole(&self.dir, name, directory)? {
                return Err(damaged(&self.dir, name));
            }
        }
        Ok(())
    }

    /// Whether opening the index takes no checksums; a copied index may lack the file times that prove it unchanged.
    pub(super) fn has_its_times(&self) -> bool {
        self.has_its_times
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

    /// The file that holds the document of this id; `None` if the index has none.
    ///
    /// # Errors
    /// [`Error::Engine`] if the index can't be read.
    pub fn file_of(&self, id: &str) -> Result<Option<PathBuf>> {
        Ok(self.source_of(id)?.map(|source| source.path))
    }

    /// The same, as the file was when it was read.
    ///
    /// # Errors
    /// As for [`Index::file_of`].
    pub fn source_of(&self, id: &str) -> Result<Option<SourceFile>> {
        Ok(self.originals()?.of(id).map(SourceFile::of))
    }

    /// The files of all documents, loaded once for questions about many.
    ///
    /// # Errors
    /// As for [`Index::file_of`].
    pub fn originals(&self) -> Result<Originals> {
        let files = files::load(&self.reader.searcher(), &self.fields);
        Ok(Originals::new(files.map_err(Error::engine(&self.dir))?))
    }

    /// The folder of the index.
    pub fn dir(&self) -> &Path {
        &self.dir
    }

    /// The synonyms of ranked queries; empty if the index was built with none.
    pub fn synonyms(&self) -> &SynonymRules {
        &self.synonyms
    }

    /// Opens all files that are else opened when they are asked for: what is open can be read after an update has removed it.
    ///
    /// # Errors
    /// If one is missing, as an update may have removed it already, or not as it was written.
    pub fn hold(&self) -> Result<()> {
        for segment in self.reader.searcher().segment_readers() {
            let opened = self.parts.of(segment);
            opened.map_err(Error::engine(&self.dir))?;
        }
        Ok(())
    }

    /// Texts and pairs of the segments.
    pub(crate) fn parts(&self) -> &Arc<Parts> {
        &self.parts
    }

    /// The segmenter that the documents were cut with; loaded at the first call.
    pub fn segmenter(&self) -> &Arc<Segmenter> {
        &self.segmenter
    }
}

/// The parts of a segment that are our own, in the order in which they are written.
pub(super) fn plugins(segmenter: &Arc<Segmenter>) -> [Arc<dyn SegmentPlugin>; 2] {
    let pairs = PairPlugin(Arc::clone(segmenter));
    [Arc::new(TextPlugin), Arc::new(pairs)]
}

/// The segmenter of an index.
fn segmenter(dir: &Path, manifest: &Manifest) -> Result<Arc<Segmenter>> {
    let segmenter = Segmenter::new(&manifest.dictionary.text);
    segmenter
        .map(Arc::new)
        .map_err(|_| Error::NotAnIndex(dir.into()))
}

fn damaged(dir: &Path, file: &str) -> Error {
    Error::Damaged {
        dir: dir.into(),
        file: file.to_owned(),
    }
}

/// The bytes of the `meta.json` in `dir`.
///
/// # Errors
/// [`Error::NoIndex`], [`Error::Unfinished`] in a folder of ours without one, or [`Error::Denied`] if it may not be read.
pub(super) fn read_meta(dir: &Path) -> Result<Vec<u8>> {
    std::fs::read(folder::meta_path(dir)).map_err(|error| match error.kind() {
        ErrorKind::PermissionDenied => Error::Denied(dir.into()),
        ErrorKind::NotFound if folder::is_index_folder(dir) => Error::Unfinished(dir.into()),
        ErrorKind::NotFound | ErrorKind::NotADirectory => Error::NoIndex(dir.into()),
        _ => Error::Source(source::Error::Io {
            path: folder::meta_path(dir),
            action: source::Action::Read,
            source: error,
        }),
    })
}

/// The places that the index in `dir` was built from, in the order in which they were first given and as people write them; empty
/// where there is no index or none that can be read.
pub fn collections(dir: &Path) -> Vec<CollectionRecord> {
    let meta = read_meta(dir).ok();
    let manifest = meta.and_then(|meta| Manifest::read(&meta));
    let places = manifest.map_or_else(Vec::new, |manifest| manifest.collections);
    let shown = |place: CollectionRecord| CollectionRecord {
        path: source::plain(Path::new(&place.path)).display().to_string(),
        ..place
    };
    places.into_iter().map(shown).collect()
}

/// Whether all files still have the times at which they were sealed; those that do not are read.
///
/// # Errors
/// If one of them is not as it was sealed.
fn has_its_times(dir: &Path, seal: &Seal, directory: &ManagedDirectory) -> Result<bool> {
    let mut has_its_times = true;
    for name in seal.files.keys() {
        let is_whole = match seal.compare(dir, name) {
            Comparison::Same => true,
            Comparison::Touched => {
                has_its_times = false;
                seal.is_whole(dir, name, directory)?
            }
            Comparison::Damaged => false,
        };
        if !is_whole {
            return Err(damaged(dir, name));
        }
    }
    Ok(has_its_times)
}
