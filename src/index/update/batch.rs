//! Reading the files of an update and writing what they hold, on several threads.

use std::collections::BTreeSet;
use std::io::ErrorKind;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use tantivy::indexer::UserOperation;
use tantivy::{IndexWriter, TantivyError, Term};

use super::options::UpdateOptions;
use super::plan::Item;
use crate::document::Document;
use crate::index::Error;
use crate::index::Index;
use crate::index::analyzer::Reader;
use crate::index::entry::{ByteSemaphore, Entry};
use crate::index::files::{Counts, FileRecord, file_tag, nanos};
use crate::index::manifest::FORMAT;
use crate::index::run;
use crate::index::schema::{Fields, TYPE_RUN};
use crate::index::write;
use crate::source::{self, ReadOptions, Skip, Warning};
use crate::task::Task;
use crate::text::words::Segmenter;

/// Keys of the pages of a file that were recognized.
pub(super) type Pages = Vec<String>;

/// What became of a file.
pub(super) enum Outcome {
    /// It is as it was.
    Unchanged,
    /// Its time changed, its content did not.
    Touched(FileRecord),
    /// It was read.
    Read(FileRecord, Vec<(String, Warning)>, Pages),
    /// It holds no document; what it gave before is gone.
    Skipped(Skip, Pages),
    /// It went while the update ran.
    Vanished,
    /// The system did not let it be read; what it gave before stays.
    Kept(Skip),
}

/// What looking at a file costs, in bytes that are read; to open it is worth some of them.
fn cost(item: &Item) -> u64 {
    const OPENING: u64 = 4_096;
    match item.is_unchanged() {
        true => 0,
        false => item.found.size + OPENING,
    }
}

/// The id that a warning is about: a record that gave no document is reported beside the next one under its own id.
fn subject(file: &str, document: &str, warning: &Warning) -> String {
    match warning {
        Warning::EmptyRecord(key) => write::record_id(file, key),
        Warning::BadRecord(_) => file.to_owned(),
        _ => document.to_owned(),
    }
}

/// The files of one update on their way into the index.
pub(super) struct Batch<'a> {
    pub(super) writer: &'a IndexWriter<Entry>,
    /// Keys of known files with something that character recognition may read.
    pub(super) unread: BTreeSet<String>,
    /// Whether the index can be built on, found out before the first change.
    pub(super) soundness: Soundness<'a>,
    pub(super) segmenter: &'a Segmenter,
    /// Bounds the text that waits to be written.
    pub(super) gate: Arc<ByteSemaphore>,
    /// How many files are being read.
    pub(super) n_reading: AtomicUsize,
    /// Bounds what files are read and composed at the same time, by their sizes.
    pub(super) reading: Arc<ByteSemaphore>,
    pub(super) fields: Fields,
    pub(super) options: &'a UpdateOptions,
    pub(super) task: Task<'a>,
}

/// Whether every byte of an index is as it was written, read at the first question: most runs change nothing.
pub(super) struct Soundness<'a> {
    index: &'a Index,
    found: OnceLock<Found>,
}

/// What a check of every byte found.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Found {
    Whole,
    Damaged,
    /// It could not read all files, since no more may be open.
    Unread,
}

impl<'a> Soundness<'a> {
    pub(super) fn of(index: &'a Index) -> Self {
        Self {
            index,
            found: OnceLock::new(),
        }
    }

    fn found(&self) -> Found {
        let check = || match self.index.check_content() {
            Ok(()) => Found::Whole,
            Err(Error::TooManyFiles(_)) => Found::Unread,
            Err(_) => Found::Damaged,
        };
        *self.found.get_or_init(check)
    }
}

impl Batch<'_> {
    /// Fails if the update is to end.
    fn go_on(&self) -> tantivy::Result<()> {
        match self.task.cancel.is_cancelled() {
            true => Err(TantivyError::ErrorInThread("cancelled".to_owned())),
            false => Ok(()),
        }
    }

    /// The writer, for a change: merges read what is there, so nothing is built on damage.
    fn writer(&self) -> tantivy::Result<&IndexWriter<Entry>> {
        self.go_on()?;
        match self.soundness.found() {
            Found::Whole => Ok(self.writer),
            Found::Damaged => {
                let damaged = "a file of the index is not as it was written";
                Err(TantivyError::SystemError(damaged.to_owned()))
            }
            Found::Unread => {
                // What the system said of a file that could not be opened for this reason (EMFILE).
                let unread = std::io::Error::from_raw_os_error(24);
                Err(TantivyError::IoError(Arc::new(unread)))
            }
        }
    }

    /// Looks at all items, large files first so that none is left for the end; outcomes in order of the items.
    pub(super) fn run(&self, items: &[Item]) -> tantivy::Result<Vec<Outcome>> {
        let mut order: Vec<usize> = (0..items.len()).collect();
        order.sort_by_key(|&ord| std::cmp::Reverse(items[ord].found.size));
        let next = AtomicUsize::new(0);
        let steps = self.task.begin(items.len(), items.iter().map(cost).sum());
        let outcomes = Mutex::new(Vec::with_capacity(items.len()));
        let look = || -> tantivy::Result<()> {
            while let Some(&ord) = order.get(next.fetch_add(1, Ordering::Relaxed)) {
                // After an error the other threads finish the file that they are at, and take no more.
                let outcome = self
                    .go_on()
                    .and_then(|()| self.look_at(&items[ord]))
                    .inspect_err(|_| next.store(order.len(), Ordering::Relaxed))?;
                outcomes
                    .lock()
                    .unwrap_or_else(PoisonError::into_inner)
                    .push((ord, outcome));
                steps.done(cost(&items[ord]));
            }
            Ok(())
        };
        std::thread::scope(|scope| {
            let threads: Vec<_> = (0..self.options.jobs).map(|_| scope.spawn(look)).collect();
            threads
                .into_iter()
                .try_for_each(|thread| thread.join().unwrap_or_else(|panic| resume_unwind(panic)))
        })?;
        let mut outcomes = outcomes
            .into_inner()
            .unwrap_or_else(PoisonError::into_inner);
        outcomes.sort_by_key(|&(ord, _)| ord);
        Ok(outcomes.into_iter().map(|(_, outcome)| outcome).collect())
    }

    fn look_at(&self, item: &Item) -> tantivy::Result<Outcome> {
        // What was left unread for want of character recognition is read when there is one.
        let is_unread = self.options.read.ocr.is_some() && self.unread.contains(&item.key);
        if item.is_unchanged() && !is_unread {
            return Ok(Outcome::Unchanged);
        }
        let hash = match self.hash(&item.found.path) {
            Ok(hash) => hash,
            Err(Skip::Unreadable(error)) if error.kind() == ErrorKind::NotFound => {
                self.delete(&item.key)?;
                return Ok(Outcome::Vanished);
            }
            Err(skip @ Skip::Unreadable(_)) => return Ok(Outcome::Kept(skip)),
            Err(skip) => {
                self.delete_known(item)?;
                return Ok(Outcome::Skipped(skip, Pages::new()));
            }
        };
        match item.same().filter(|known| known.hash == hash && !is_unread) {
            Some(known) => self.touch(item, known),
            None => self.read(item, hash),
        }
    }

    /// Notes the new time of a file whose bytes are those that the index `known`s.
    fn touch(&self, item: &Item, known: &FileRecord) -> tantivy::Result<Outcome> {
        let touched = FileRecord {
            size: item.found.size,
            mtime: nanos(item.found.modified),
            ..known.clone()
        };
        let writer = self.writer()?;
        writer.delete_term(Term::from_field_text(self.fields.manifest, &item.key));
        writer.add_document(touched.to_entry(&self.fields))?;
        Ok(Outcome::Touched(touched))
    }

    /// Hash of the file and of what decides how it is read.
    fn hash(&self, path: &Path) -> Result<String, Skip> {
        let mut hasher = blake3::Hasher::new();
        hasher
            .update(&FORMAT.to_le_bytes())
            .update(self.options.read.fingerprint().as_bytes());
        hasher.update_reader(source::open(path)?)?;
        Ok(hasher.finalize().to_hex()[..32].to_owned())
    }

    fn read(&self, item: &Item, hash: String) -> tantivy::Result<Outcome> {
        self.delete_known(item)?;
        let mut counts = Counts::default();
        let mut warnings = Vec::new();
        let mut written = Ok(());
        let mut reader = Reader::new(self.segmenter);
        let _room = self.reading.enter(self.room(item));
        let recognizer = self.options.read.ocr.as_ref();
        let recognizer =
            recognizer.map(|recognizer| Arc::new(recognizer.for_file(&self.task.cancel)));
        let options = ReadOptions {
            ocr: recognizer.clone(),
            ..self.options.read.clone()
        };
        self.n_reading.fetch_add(1, Ordering::Relaxed);
        let outcome = catch_unwind(AssertUnwindSafe(|| {
            source::read(&item.found.path, &options, |record| {
                let id = match &record.key {
                    Some(key) => write::record_id(&item.id, key),
                    None => item.id.clone(),
                };
                counts += write::counts(&record.document);
                warnings.extend(
                    record
                        .warnings
                        .into_iter()
                        .map(|warning| (subject(&item.id, &id, &warning), warning)),
                );
                written = self
                    .write(&item.names(&id), record.document, &mut reader)
                    .map(|shortened| warnings.extend(shortened));
                if written.is_err() {
                    // Nothing more of the file is wanted. A reader has no other way to end early than a fault has; this one
                    // says nothing, and goes no further than to `catch_unwind`.
                    resume_unwind(Box::new(()));
                }
            })
        }));
        self.n_reading.fetch_sub(1, Ordering::Relaxed);
        written?;
        let pages = recognizer.map_or_else(Pages::new, |recognizer| recognizer.used());
        match outcome.unwrap_or(Err(Skip::Crashed)) {
            Ok(()) => {
                let file = file_record(item, hash, counts);
                self.writer()?.add_document(file.to_entry(&self.fields))?;
                Ok(Outcome::Read(file, warnings, pages))
            }
            Err(skip) => {
                // Records that were written before the file failed.
                if counts.documents > 0 {
                    self.delete(&item.key)?;
                }
                Ok(Outcome::Skipped(skip, pages))
            }
        }
    }

    /// How much of the reading budget a file takes, in bytes of text.
    ///
    /// Of records one at a time is held, of plain text all. Other files hold more text than their size where they are packed, and
    /// unpacked once more; one that is as large as a text may be goes alone.
    fn room(&self, item: &Item) -> usize {
        let most = self.options.read.max_text;
        let size = usize::try_from(item.found.size).unwrap_or(usize::MAX);
        let ending = item.found.path.extension().unwrap_or_default();
        match ending.to_ascii_lowercase().to_str() {
            Some("jsonl" | "csv" | "tsv") => size.min(most / 3),
            Some("txt" | "text" | "md" | "markdown") => size.min(most),
            _ => size.saturating_mul(4).min(most),
        }
    }

    /// How many threads a large document may take while others are read.
    fn threads(&self) -> usize {
        self.options.jobs / self.n_reading.load(Ordering::Relaxed).max(1)
    }

    /// Hands the document's records over; what was shortened comes back as warnings.
    fn write(
        &self,
        names: &write::Names,
        document: Document,
        reader: &mut Reader,
    ) -> tantivy::Result<Vec<(String, Warning)>> {
        let size = document.passages.iter().map(|passage| passage.text.len());
        let pass = self.gate.enter(size.sum());
        let written = write::records(&self.fields, names, document, (reader, self.threads()));
        let operations = written
            .records
            .into_iter()
            .map(|record| UserOperation::Add(record.with_pass(&pass)));
        // A group is stored in one segment, in order: counts of documents rely on it.
        self.writer()?.run(operations)?;
        let shortened = written.shortened.into_iter();
        let warning = |value| (names.id.to_owned(), Warning::Shortened(value));
        Ok(shortened.map(warning).collect())
    }

    /// Replaces what is kept of the last run.
    pub(super) fn replace_run(&self, run: &str) -> tantivy::Result<()> {
        let writer = self.writer()?;
        writer.delete_term(Term::from_field_text(self.fields.record_type, TYPE_RUN));
        writer.add_document(run::to_entry(&self.fields, run))?;
        Ok(())
    }

    /// Removes what a file gave before, if anything.
    fn delete_known(&self, item: &Item) -> tantivy::Result<()> {
        match item.known {
            Some(_) => self.delete(&item.key),
            None => Ok(()),
        }
    }

    /// Removes all that a file gave.
    pub(super) fn delete(&self, key: &str) -> tantivy::Result<()> {
        let writer = self.writer()?;
        writer.delete_term(Term::from_field_text(self.fields.manifest, key));
        writer.delete_term(Term::from_field_text(self.fields.file, &file_tag(key)));
        Ok(())
    }
}

/// The record of a file that was read.
fn file_record(item: &Item, hash: String, counts: Counts) -> FileRecord {
    FileRecord {
        key: item.key.clone(),
        id: item.id.clone(),
        collection: item.collection.clone(),
        size: item.found.size,
        mtime: nanos(item.found.modified),
        hash,
        counts,
    }
}
