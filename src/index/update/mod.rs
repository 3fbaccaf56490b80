//! Bringing the index up to date with files: what changed is read, the rest is kept, all in one commit.

mod batch;
mod plan;
mod tally;

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::AtomicUsize;

use serde::{Deserialize, Serialize, Serializer};
use tantivy::IndexWriter;
use tantivy::indexer::IndexWriterOptions;

use super::entry::{Entry, Gate};
use super::folder::{self, WriterLock};
use super::manifest::{Dictionary, Manifest, Synonyms};
use super::open::{self, Index};
use super::{files, recognized, run};
use crate::document::{Characters, Warning};
use crate::source::records::FieldMap;
use crate::source::walk::{self, Exclude};
use crate::source::{ReadOptions, Skip};
use crate::{Error, Result};
use batch::{Batch, Soundness};
use plan::{Item, Plan, Root};
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
    /// Files to leave out; `None` leaves out those that the index leaves out.
    pub exclude: Option<Exclude>,
    /// Which column of records is which field; `None` keeps the map of the index.
    pub map: Option<FieldMap>,
    /// How files are read; its map is the one above.
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
            exclude: None,
            map: None,
            read: ReadOptions::default(),
        }
    }
}

impl UpdateOptions {
    /// These options, and what they leave open as the index has it.
    fn or_those_of(&self, index: &Manifest) -> Result<Self> {
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
    pub reason: SkipReason,
}

/// Why a file gave no document.
#[derive(Debug, thiserror::Error, Serialize, Deserialize)]
pub enum SkipReason {
    /// It cannot be reached.
    #[error(transparent)]
    Walk(walk::Reason),
    /// It cannot be read, or nothing is in it.
    #[error(transparent)]
    Read(Skip),
    /// It is read, but for so many pages that have no text.
    #[error("has {0} pages without text, only pictures; `index --ocr` reads what stands on them")]
    Pages(usize),
    /// A file in an archive or a mail.
    #[error("{reason}")]
    Inside {
        /// Why it gave no document.
        reason: String,
        /// Whether it is a picture, or a scanned document.
        is_picture: bool,
    },
}

fn sentence<S: Serializer>(reason: &SkipReason, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(reason)
}

/// Brings the index in `dir` up to date with the files under `roots`; makes it if there is none. Without roots, those that
/// the index was built from.
///
/// Files under other roots of an earlier update stay. Readers see the whole update or nothing of it, and a kill at any moment
/// leaves the index as it was or as it is to be. `progress` is called now and then, from several threads.
///
/// # Errors
/// [`Error::Locked`] while another process writes, [`Error::Unwritten`] if the system does not let it be written, [`Error::OtherDictionary`] if the dictionary is not the one
/// that the index was built with and `rebuild` is not set, [`Error::NotAnIndex`] or [`Error::ForeignFile`] before anything is touched if
/// the folder holds what is not ours, and those of [`Index::open`] if `rebuild` is not set. Files that cannot be
/// read are no errors but stand in [`Summary::skipped`].
pub fn update(
    dir: &Path,
    roots: &[PathBuf],
    options: &UpdateOptions,
    progress: &(dyn Fn(Progress) + Sync),
) -> Result<Summary> {
    // Before a folder is made: a path that is not there should leave nothing behind.
    let given = roots.iter().map(|root| Root::find(root, options.prune));
    let given = given.collect::<Result<Vec<Root>>>()?;
    let lock = WriterLock::acquire(dir, options.rebuild)?;
    folder::remove_leftovers(dir, &lock);
    let outcome = write(dir, given, options, progress, &lock);
    // What was replaced, or, after a failure, what was begun: a full disk should not stay full.
    folder::remove_leftovers(dir, &lock);
    outcome
}

fn write(
    dir: &Path,
    given: Vec<Root>,
    options: &UpdateOptions,
    progress: &(dyn Fn(Progress) + Sync),
    lock: &WriterLock,
) -> Result<Summary> {
    let base = Base::open(dir, options, lock)?;
    lock.mark(dir)?;
    let (index, old) = (&base.index, base.index.manifest());
    let options = &options.or_those_of(old)?;
    let roots = base.roots(given, options.prune)?;
    let engine = || Error::engine(dir);
    // What fails on a damaged index fails because of that.
    let writing = || {
        |error| match index.check_content() {
            Err(damaged) => damaged,
            Ok(()) => Error::writing(dir)(error),
        }
    };
    let before = run::load(index)?;
    let known = files::load(&index.reader.searcher(), &index.fields).map_err(engine())?;
    let plan = Plan::new(roots, dir, options, &known)?;
    if !plan.items.iter().all(Item::is_unchanged) {
        // Beside the first files, which are read meanwhile.
        let segmenter = Arc::clone(index.segmenter());
        std::thread::spawn(move || segmenter.load());
    }
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
    let batch = Batch {
        writer: &writer,
        unread: before.unread(),
        soundness: Soundness::of(index),
        segmenter: index.segmenter(),
        gate: Gate::new(options.memory / WAITING_SHARE),
        n_reading: AtomicUsize::new(0),
        reading: Gate::new(options.read.max_text),
        fields: index.fields,
        options,
        progress,
    };
    let outcomes = batch.run(&plan.items).map_err(writing())?;
    let stored = before.to_json();
    let mut tally = Tally::new(known, plan, outcomes, before);
    for key in &tally.vanished {
        batch.delete(key).map_err(writing())?;
    }
    let run = tally.run.to_json();
    if run != stored {
        batch.replace_run(&run).map_err(writing())?;
        tally.is_changed = true;
    }
    let manifest = tally.manifest(old, options);
    // A copy of an index is sealed again, so that opening it costs no checksums.
    if tally.is_changed || base.is_new || manifest != *old || !index.has_its_times() {
        commit(writer, &manifest).map_err(writing())?;
        if base.is_new {
            folder::promote(dir)?;
        }
    }
    // A run that recognizes nothing may come between one that was ended and the next, which goes on where that was.
    if options.read.ocr.is_some() {
        recognized::clear_others(dir, &tally.run.recognized());
    }
    Ok(tally.summary())
}

/// The index that an update changes.
struct Base {
    index: Index,
    /// Whether it is built beside the one that was there, if any.
    is_new: bool,
    /// Roots of the one that was there.
    roots: Vec<String>,
}

impl Base {
    fn open(dir: &Path, options: &UpdateOptions, lock: &WriterLock) -> Result<Self> {
        let opened = if options.rebuild {
            Err(Error::NoIndex(dir.into()))
        } else {
            Index::open(dir)
        };
        let dictionary = options.dictionary.as_ref();
        let is_other = |index: &Index| {
            dictionary.is_some_and(|given| given.text != index.manifest().dictionary.text)
        };
        match opened {
            Ok(index) if is_other(&index) && index.manifest().files > 0 => {
                return Err(Error::OtherDictionary);
            }
            Ok(index) if !is_other(&index) => {
                return Ok(Self {
                    roots: index.manifest().roots.clone(),
                    index,
                    is_new: false,
                });
            }
            Ok(_) | Err(Error::NoIndex(_) | Error::Unfinished(_)) => {}
            Err(error) => return Err(error),
        }
        let old = open::read_meta(dir).ok();
        let old = old
            .and_then(|meta| Manifest::read(&meta))
            .unwrap_or_default();
        let roots = old.roots.clone();
        let mut manifest = old.for_rebuild();
        if let Some(dictionary) = dictionary {
            manifest.dictionary = dictionary.clone();
        }
        lock.mark(dir)?;
        Ok(Self {
            index: Index::build(dir, manifest, lock)?,
            is_new: true,
            roots,
        })
    }

    /// The roots to look at: without any `given`, all known ones. In an update, the known ones among those given come first, in the order
    /// in which they were first given, since ids depend on it; and known ones that are gone go with what they gave if
    /// `prune` says so.
    fn roots(&self, given: Vec<Root>, prune: bool) -> Result<Vec<Root>> {
        let known = || self.roots.iter().map(Path::new);
        if self.is_new {
            return match given.is_empty() {
                true => known().map(|path| Root::find(path, prune)).collect(),
                false => Ok(given),
            };
        }
        let mut known: Vec<Root> = known().map(|path| Root::known(path, prune)).collect();
        if given.is_empty() {
            return Ok(known);
        }
        let mut roots = given;
        roots.sort_by_key(|root| {
            let mut known = known.iter();
            known
                .position(|known| known.absolute == root.absolute)
                .unwrap_or(usize::MAX)
        });
        known.retain(Root::is_gone);
        roots.extend(known);
        Ok(roots)
    }
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
