//! Bringing the index up to date with files: what changed is read, the rest is kept, all in one commit.

mod batch;
mod plan;
mod tally;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde::{Serialize, Serializer};
use tantivy::IndexWriter;
use tantivy::indexer::IndexWriterOptions;

use super::entry::{Entry, Gate};
use super::open::{Dictionary, Index, Manifest, Synonyms};
use super::{files, words};
use crate::document::Warning;
use crate::source::walk::{self, Exclude};
use crate::source::{ReadOptions, Skip};
use crate::{Error, Result};
use batch::Batch;
use plan::{Plan, Root};
use tally::Tally;

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
    /// Files to leave out.
    pub exclude: Exclude,
    /// How files are read.
    pub read: ReadOptions,
}

impl Default for UpdateOptions {
    /// One thread for each processor, at most 8, and 300 MB: more room makes fewer segments for a query to look into.
    fn default() -> Self {
        let processors = std::thread::available_parallelism().map_or(1, usize::from);
        Self {
            rebuild: false,
            prune: false,
            jobs: processors.min(8),
            memory: 300_000_000,
            dictionary: None,
            synonyms: None,
            exclude: Exclude::default(),
            read: ReadOptions::default(),
        }
    }
}

/// How far an update is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress {
    /// Files read or known to be unchanged.
    pub done: usize,
    /// All files.
    pub total: usize,
}

/// What an update did.
#[derive(Debug, Default, Serialize)]
pub struct Summary {
    /// Documents that the index now holds.
    pub documents: u64,
    /// Passages that it now holds.
    pub passages: u64,
    /// Original characters of all passages.
    pub characters: u64,
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
    /// What was noticed and mended, by document id.
    #[serde(skip)]
    pub warnings: Vec<(String, Warning)>,
    /// Bytes of the files that were read.
    pub read_bytes: u64,
}

/// A file that gave no document.
#[derive(Debug, Serialize)]
pub struct Skipped {
    /// The file, below the root as it was given.
    pub path: String,
    /// Why; serialized as a sentence.
    #[serde(serialize_with = "sentence")]
    pub reason: Reason,
}

/// Why a file gave no document.
#[derive(Debug, thiserror::Error)]
pub enum Reason {
    /// It cannot be reached.
    #[error(transparent)]
    Walk(walk::Reason),
    /// It cannot be read, or nothing is in it.
    #[error(transparent)]
    Read(Skip),
}

fn sentence<S: Serializer>(reason: &Reason, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(reason)
}

/// Brings the index in `dir` up to date with the files under `roots`; makes it if there is none.
///
/// Files under other roots of an earlier update stay. Readers see the whole update or nothing of it. `progress`
/// is called now and then, from several threads.
///
/// # Errors
/// [`Error::Locked`] while another process writes, [`Error::Unwritten`] if the system does not let it be written, [`Error::OtherDictionary`] if the dictionary is not the one
/// that the index was built with and `rebuild` is not set, and those of [`Index::open`]. Files that cannot be
/// read are no errors but stand in [`Summary::skipped`].
pub fn update(
    dir: &Path,
    roots: &[PathBuf],
    options: &UpdateOptions,
    progress: &(dyn Fn(Progress) + Sync),
) -> Result<Summary> {
    // Before a folder is made: a path that is not there should leave nothing behind.
    let roots = roots.iter().map(|root| Root::find(root, options.prune));
    let mut roots: Vec<Root> = roots.collect::<Result<_>>()?;
    let index = open_for_update(dir, options)?;
    if options.prune {
        roots.extend(
            index
                .manifest()
                .roots
                .iter()
                .filter_map(|root| Root::gone(root)),
        );
    }
    let (engine, writing) = (|| Error::engine(dir), || Error::writing(dir));
    let writing_options = IndexWriterOptions::builder()
        .num_worker_threads(options.jobs)
        .memory_budget_per_thread(options.memory / options.jobs.max(1))
        // Each merge holds as much again; one at a time keeps up.
        .num_merge_threads(1)
        .build();
    let writer = index
        .inner
        .writer_with_options(writing_options)
        .map_err(writing())?;
    // Another process may have committed between the opening and the lock.
    index.reader.reload().map_err(engine())?;
    let mut known = BTreeMap::new();
    if options.rebuild {
        writer.delete_all_documents().map_err(writing())?;
    } else {
        known = files::load(&index.reader.searcher(), &index.fields).map_err(engine())?;
    }
    words::keep(dir, index.segmenter())?;
    let plan = Plan::new(roots, dir, options, &known)?;
    let batch = Batch {
        writer: &writer,
        segmenter: index.segmenter(),
        gate: Gate::new(options.memory / WAITING_SHARE),
        fields: index.fields,
        options,
        progress,
    };
    let outcomes = batch.run(&plan.items).map_err(writing())?;
    let mut tally = Tally::new(known, plan, outcomes);
    for key in &tally.vanished {
        batch.delete(key);
    }
    let has_synonyms = options.synonyms.as_ref();
    let is_told = has_synonyms.is_some_and(|synonyms| *synonyms != index.manifest().synonyms);
    if tally.is_changed || is_told || options.rebuild {
        let manifest = tally.manifest(&index, options);
        commit(writer, &manifest).map_err(writing())?;
        words::clear_others(dir, index.segmenter());
    }
    Ok(tally.summary())
}

/// The share of the memory that texts may take while they wait to be written; their records are some ten times as large.
const WAITING_SHARE: usize = 32;

fn commit(mut writer: IndexWriter<Entry>, manifest: &Manifest) -> tantivy::Result<()> {
    let payload =
        serde_json::to_string(manifest).expect("plain data with string keys always serializes");
    let mut prepared = writer.prepare_commit()?;
    prepared.set_payload(&payload);
    prepared.commit()?;
    writer.wait_merging_threads()
}

fn open_for_update(dir: &Path, options: &UpdateOptions) -> Result<Index> {
    let dictionary = options.dictionary.clone();
    let index = match Index::open(dir) {
        Err(Error::NoIndex(_)) => return Index::create(dir, dictionary.unwrap_or_default()),
        Err(_) if options.rebuild => return Index::replace(dir, dictionary.unwrap_or_default()),
        opened => opened?,
    };
    match dictionary {
        Some(dictionary) if dictionary.text != index.manifest().dictionary.text => {
            if !(options.rebuild || index.manifest().files == 0) {
                return Err(Error::OtherDictionary);
            }
            index.with_dictionary(dictionary)
        }
        _ => Ok(index),
    }
}
