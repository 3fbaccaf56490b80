//! One update: what changed is read, the rest is kept, all in one commit.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::AtomicUsize;

use tantivy::indexer::IndexWriterOptions;
use tantivy::{IndexWriter, TantivyError};

use super::base::Base;
use super::batch::{Batch, Soundness};
use super::collection::Collection;
use super::options::{Summary, UpdateOptions};
use super::plan::{Item, Plan, Root};
use super::tally::Tally;
use crate::index::entry::{ByteSemaphore, Entry};
use crate::index::folder::{self, WriterLock};
use crate::index::manifest::Manifest;
use crate::index::{Error, Index, Result};
use crate::index::{files, recognized, run};
use crate::task::{Progress, Task};

/// Brings the index in `dir` up to date with the files under `roots`; creates it if it is missing. Without roots, those that
/// the index was built from.
///
/// Files under other roots of an earlier update stay. Readers see the whole update or nothing of it, and a kill at any moment
/// leaves the index as it was or as it is to be. Progress is in files, its work in bytes, see [`Task`].
///
/// # Errors
/// [`Error::Cancelled`] if [`UpdateOptions::cancel`] says so before the commit: nothing is left of what was written but pages that
/// were recognized, with which the next update goes on. [`Error::Locked`] while another process writes, [`Error::Unwritten`] if the system does not let it be written, [`Error::OtherDictionary`] if the dictionary is not the one
/// that the index was built with and `rebuild` is not set, [`Error::NotAnIndex`] or [`Error::ForeignFile`] before anything is touched if
/// the folder holds what is not ours, and those of [`crate::index::Index::open`] if `rebuild` is not set. Files that cannot be
/// read are not errors; they are listed in [`Summary::skipped`].
pub fn update<C: Clone + Into<Collection>>(
    dir: &Path,
    roots: &[C],
    options: &UpdateOptions,
    progress: &(dyn Fn(Progress) + Sync),
) -> Result<Summary> {
    // Before a folder is made: a path that does not exist must leave nothing on the disk.
    let given = roots.iter().cloned().map(Into::into);
    let given = given.map(|given| Root::find(&given, options.prune));
    let given = given.collect::<Result<Vec<Root>>>()?;
    let lock = WriterLock::acquire(dir, options.rebuild)?;
    folder::remove_leftovers(dir, &lock);
    let update = Update {
        dir,
        options,
        task: Task {
            progress,
            cancel: options.cancel.clone(),
        },
        lock: &lock,
    };
    let outcome = update.write(given);
    // What was replaced, or, after a failure, what was begun: a full disk should not stay full.
    folder::remove_leftovers(dir, &lock);
    outcome
}

/// An update that holds the lock.
struct Update<'a> {
    dir: &'a Path,
    options: &'a UpdateOptions,
    task: Task<'a>,
    lock: &'a WriterLock,
}

impl Update<'_> {
    fn write(&self, given: Vec<Root>) -> Result<Summary> {
        let base = Base::open(self.dir, self.options, self.lock)?;
        let outcome = self.write_to(&base, given);
        if outcome.is_err() {
            // A merge goes on when the engine's writer is gone, and would leave its files behind.
            base.index.writing.end_and_wait();
        }
        outcome
    }

    fn write_to(&self, base: &Base, given: Vec<Root>) -> Result<Summary> {
        self.lock.mark(self.dir)?;
        let index = &base.index;
        let options = &self.options.or_those_of(index.manifest())?;
        let roots = base.roots(given, options.prune)?;
        let before = run::load(index)?;
        let known = files::load(&index.reader.searcher(), &index.fields);
        let known = known.map_err(Error::engine(self.dir))?;
        let plan = Plan::new(roots, self.dir, options, &known)?;
        self.go_on()?;
        if !plan.items.iter().all(Item::is_unchanged) {
            // Beside the first files, which are read meanwhile.
            let segmenter = Arc::clone(index.segmenter());
            std::thread::spawn(move || segmenter.load());
        }
        let writer = writer(index, options).map_err(|error| self.writing(index, error))?;
        let batch = self.batch(&writer, index, options, before.unread());
        let outcomes = batch.run(&plan.items);
        let outcomes = outcomes.map_err(|error| self.writing(index, error))?;
        let stored = before.to_json();
        let mut tally = Tally::new(known, plan, outcomes, before);
        let written = write_tally(&batch, &mut tally, &stored);
        written.map_err(|error| self.writing(index, error))?;
        self.finish(writer, base, &tally, options)?;
        Ok(tally.summary())
    }

    fn batch<'b>(
        &'b self,
        writer: &'b IndexWriter<Entry>,
        index: &'b Index,
        options: &'b UpdateOptions,
        unread: BTreeSet<String>,
    ) -> Batch<'b> {
        Batch {
            writer,
            unread,
            soundness: Soundness::of(index),
            segmenter: index.segmenter(),
            gate: ByteSemaphore::new(options.memory / WAITING_SHARE),
            n_reading: AtomicUsize::new(0),
            reading: ByteSemaphore::new(options.read.max_text),
            fields: index.fields,
            options,
            task: self.task.clone(),
        }
    }

    /// Commits what changed.
    fn finish(
        &self,
        writer: IndexWriter<Entry>,
        base: &Base,
        tally: &Tally,
        options: &UpdateOptions,
    ) -> Result<()> {
        let (index, old) = (&base.index, base.index.manifest());
        let manifest = tally.manifest(old, options);
        // A copy of an index is sealed again, so that opening it costs no checksums.
        if tally.is_changed || base.is_new || manifest != *old || !index.has_its_times() {
            let committed = commit(writer, &manifest, || self.go_on());
            committed.unwrap_or_else(|error| Err(self.writing(index, error)))?;
            if base.is_new {
                folder::promote(self.dir)?;
            }
        }
        // A run that recognizes nothing may come between one that was ended and the next, which goes on where that was.
        if options.read.ocr.is_some() {
            recognized::clear_others(self.dir, &tally.run.recognized());
        }
        Ok(())
    }

    fn go_on(&self) -> Result<()> {
        match self.task.cancel.is_cancelled() {
            true => Err(Error::Cancelled),
            false => Ok(()),
        }
    }

    /// Ends what the engine is writing. What fails on a damaged index fails because of that.
    fn writing(&self, index: &Index, error: TantivyError) -> Error {
        index.writing.end();
        if let Err(cancelled) = self.go_on() {
            return cancelled;
        }
        match index.check_content() {
            Err(damaged) => damaged,
            Ok(()) => Error::writing(self.dir)(error),
        }
    }
}

fn writer(index: &Index, options: &UpdateOptions) -> tantivy::Result<IndexWriter<Entry>> {
    let writing = IndexWriterOptions::builder()
        .num_worker_threads(options.jobs)
        .memory_budget_per_thread(options.memory / options.jobs.max(1))
        // Each merge holds as much again; one at a time keeps up.
        .num_merge_threads(1)
        .build();
    index.inner.writer_with_options(writing)
}

/// Removes what is gone, and writes what is known of the run if that is not what is `stored`.
fn write_tally(batch: &Batch<'_>, tally: &mut Tally, stored: &str) -> tantivy::Result<()> {
    for key in &tally.vanished {
        batch.delete(key)?;
    }
    let run = tally.run.to_json();
    if run != stored {
        batch.replace_run(&run)?;
        tally.is_changed = true;
    }
    Ok(())
}

/// The share of the memory that texts may take while they wait to be written; their records are some ten times as large.
const WAITING_SHARE: usize = 32;

/// Commits unless `go_on` fails when all is written.
fn commit(
    mut writer: IndexWriter<Entry>,
    manifest: &Manifest,
    go_on: impl FnOnce() -> Result<()>,
) -> tantivy::Result<Result<()>> {
    let payload =
        serde_json::to_string(manifest).expect("plain data with string keys always serializes");
    let mut prepared = writer.prepare_commit()?;
    if let Err(cancelled) = go_on() {
        return Ok(Err(cancelled));
    }
    prepared.set_payload(&payload);
    prepared.commit()?;
    writer.wait_merging_threads().map(Ok)
}
