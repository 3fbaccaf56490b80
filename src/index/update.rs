//! Bringing the index up to date with files: what changed is read, the rest is kept, all in one commit.

use std::collections::{BTreeMap, BTreeSet};
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::UNIX_EPOCH;

use serde::Serialize;
use tantivy::{IndexWriter, Term};

use super::files::{self, Counts, FileRecord};
use super::open::{Dictionary, FORMAT, Index, Manifest};
use super::schema::Fields;
use super::write;
use crate::document::Warning;
use crate::source::walk::{Exclude, Found, Problem, walk};
use crate::source::{self, ReadOptions, Skip};
use crate::{Error, Result};

/// How an index is brought up to date.
#[derive(Clone, Debug)]
pub struct UpdateOptions {
    /// Read every file anew, whatever the index holds.
    pub rebuild: bool,
    /// Threads that read and threads that write, at least 1 each.
    pub jobs: usize,
    /// Bytes that may be held back before they are written.
    pub memory: usize,
    /// User dictionary; `None` keeps the one that the index was built with.
    pub dictionary: Option<Dictionary>,
    /// Files to leave out.
    pub exclude: Exclude,
    /// How files are read.
    pub read: ReadOptions,
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
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
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
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Skipped {
    /// The file.
    pub path: String,
    /// Why.
    pub reason: String,
}

/// Brings the index in `dir` up to date with the files under `roots`; makes it if there is none.
///
/// Files under other roots of an earlier update stay. Readers see the whole update or nothing of it. `progress`
/// is called now and then, from several threads.
///
/// # Errors
/// [`Error::Locked`] while another process writes, [`Error::OtherDictionary`] if the dictionary is not the one
/// that the index was built with and `rebuild` is not set, and those of [`Index::open`]. Files that cannot be
/// read are no errors but stand in [`Summary::skipped`].
pub fn update(
    dir: &Path,
    roots: &[PathBuf],
    options: &UpdateOptions,
    progress: &(dyn Fn(Progress) + Sync),
) -> Result<Summary> {
    let index = open_for_update(dir, options)?;
    let engine = || Error::engine(dir);
    let writer = index
        .inner
        .writer_with_num_threads(options.jobs, options.memory)
        .map_err(engine())?;
    // Another process may have committed between the opening and the lock.
    index.reader.reload().map_err(engine())?;
    let mut known = BTreeMap::new();
    if options.rebuild {
        writer.delete_all_documents().map_err(engine())?;
    } else {
        known = files::load(&index.reader.searcher(), &index.fields).map_err(engine())?;
    }
    let plan = Plan::new(roots, &options.exclude, &known)?;
    let batch = Batch {
        writer: &writer,
        fields: index.fields,
        options,
        progress,
    };
    let outcomes = batch.run(&plan.items).map_err(engine())?;
    let mut tally = Tally::new(known, plan, outcomes);
    for key in &tally.vanished {
        batch.delete(key);
    }
    if tally.is_changed || options.rebuild {
        let manifest = tally.manifest(&index, options);
        commit(writer, &manifest).map_err(engine())?;
    }
    Ok(tally.summary())
}

fn commit(mut writer: IndexWriter, manifest: &Manifest) -> tantivy::Result<()> {
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

/// A file to look at.
struct Item {
    key: String,
    id: String,
    found: Found,
    known: Option<FileRecord>,
}

/// Time of a file's last change in nanoseconds since 1970; 0 if the system does not tell.
fn mtime(found: &Found) -> i64 {
    let since = found
        .modified
        .and_then(|time| time.duration_since(UNIX_EPOCH).ok());
    since
        .and_then(|since| i64::try_from(since.as_nanos()).ok())
        .unwrap_or(0)
}

/// What there is to do, in order of the files.
struct Plan {
    items: Vec<Item>,
    problems: Vec<Problem>,
    roots: Vec<PathBuf>,
}

impl Plan {
    fn new(
        roots: &[PathBuf],
        exclude: &Exclude,
        known: &BTreeMap<String, FileRecord>,
    ) -> Result<Self> {
        let mut plan = Self {
            items: Vec::new(),
            problems: Vec::new(),
            roots: Vec::new(),
        };
        let mut taken: BTreeSet<String> = known.values().map(|file| file.id.clone()).collect();
        let mut seen = BTreeSet::new();
        for root in roots {
            let unreadable = |source| Error::Io {
                path: root.clone(),
                action: "read",
                source,
            };
            let absolute = root.canonicalize().map_err(unreadable)?;
            let only = [&absolute];
            for found in walk(&only, exclude)? {
                let found = match found {
                    Ok(found) => found,
                    Err(problem) => {
                        plan.problems.push(problem);
                        continue;
                    }
                };
                let key = found.path.to_string_lossy().into_owned();
                if seen.insert(key.clone()) {
                    let known = known.get(&key).cloned();
                    let id = known.as_ref().map_or_else(
                        || free_id(&found.id, &absolute, &mut taken),
                        |file| file.id.clone(),
                    );
                    plan.items.push(Item {
                        key,
                        id,
                        found,
                        known,
                    });
                }
            }
            plan.roots.push(absolute);
        }
        Ok(plan)
    }
}

/// The id of a new file: its path below the root, behind the root's name where another root has the same path.
fn free_id(id: &str, root: &Path, taken: &mut BTreeSet<String>) -> String {
    let root_name = root.file_name().unwrap_or_default().to_string_lossy();
    let qualified = format!("{root_name}/{id}");
    let numbered = (2..).map(|n| format!("{qualified} ({n})"));
    let mut candidates = [id.to_owned(), qualified.clone()]
        .into_iter()
        .chain(numbered);
    let free = candidates
        .find(|candidate| !taken.contains(candidate))
        .unwrap_or(qualified);
    taken.insert(free.clone());
    free
}

/// What became of a file.
enum Outcome {
    /// It is as it was.
    Unchanged,
    /// Its time changed, its content did not.
    Touched(FileRecord),
    /// It was read.
    Read(FileRecord, Vec<(String, Warning)>),
    /// It holds no document; what it gave before is gone.
    Skipped(Skip),
    /// The system did not let it be read; what it gave before stays.
    Kept(Skip),
}

/// The files of one update on their way into the index.
struct Batch<'a> {
    writer: &'a IndexWriter,
    fields: Fields,
    options: &'a UpdateOptions,
    progress: &'a (dyn Fn(Progress) + Sync),
}

impl Batch<'_> {
    /// Looks at all items, large files first so that none is left for the end; outcomes in order of the items.
    fn run(&self, items: &[Item]) -> tantivy::Result<Vec<Outcome>> {
        let mut order: Vec<usize> = (0..items.len()).collect();
        order.sort_by_key(|&ord| std::cmp::Reverse(items[ord].found.size));
        let (next, done) = (AtomicUsize::new(0), AtomicUsize::new(0));
        let outcomes = Mutex::new(Vec::with_capacity(items.len()));
        let work = || -> tantivy::Result<()> {
            while let Some(&ord) = order.get(next.fetch_add(1, Ordering::Relaxed)) {
                let outcome = self
                    .look_at(&items[ord])
                    .inspect_err(|_| next.store(order.len(), Ordering::Relaxed))?;
                outcomes
                    .lock()
                    .unwrap_or_else(PoisonError::into_inner)
                    .push((ord, outcome));
                (self.progress)(Progress {
                    done: done.fetch_add(1, Ordering::Relaxed) + 1,
                    total: items.len(),
                });
            }
            Ok(())
        };
        std::thread::scope(|scope| {
            let threads: Vec<_> = (0..self.options.jobs).map(|_| scope.spawn(work)).collect();
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
        let (size, mtime) = (item.found.size, mtime(&item.found));
        if item
            .known
            .as_ref()
            .is_some_and(|known| known.size == size && known.mtime == mtime)
        {
            return Ok(Outcome::Unchanged);
        }
        let hash = match self.hash(&item.found.path) {
            Ok(hash) => hash,
            Err(error) => return Ok(Outcome::Kept(error.into())),
        };
        if let Some(known) = item.known.as_ref().filter(|known| known.hash == hash) {
            let touched = FileRecord {
                size,
                mtime,
                ..known.clone()
            };
            self.writer
                .delete_term(Term::from_field_text(self.fields.manifest, &item.key));
            self.writer
                .add_document(touched.to_document(&self.fields))?;
            return Ok(Outcome::Touched(touched));
        }
        self.read(item, hash)
    }

    /// Hash of the file and of what decides how it is read.
    fn hash(&self, path: &Path) -> std::io::Result<String> {
        let mut hasher = blake3::Hasher::new();
        hasher
            .update(&FORMAT.to_le_bytes())
            .update(format!("{:?}", self.options.read).as_bytes());
        hasher.update_reader(std::fs::File::open(path)?)?;
        Ok(hasher.finalize().to_hex()[..32].to_owned())
    }

    fn read(&self, item: &Item, hash: String) -> tantivy::Result<Outcome> {
        if item.known.is_some() {
            self.delete(&item.key);
        }
        let mut counts = Counts::default();
        let mut warnings = Vec::new();
        let mut written = Ok(());
        let outcome = catch_unwind(AssertUnwindSafe(|| {
            source::read(&item.found.path, &self.options.read, |record| {
                let id = match &record.key {
                    Some(key) => format!("{}#{key}", item.id),
                    None => item.id.clone(),
                };
                counts += write::counts(&record.document);
                warnings.extend(
                    record
                        .warnings
                        .into_iter()
                        .map(|warning| (id.clone(), warning)),
                );
                for document in write::records(&self.fields, &item.key, &id, &record.document) {
                    if written.is_ok() {
                        written = self.writer.add_document(document).map(drop);
                    }
                }
            })
        }));
        written?;
        let (size, mtime) = (item.found.size, mtime(&item.found));
        match outcome.unwrap_or(Err(Skip::Crashed)) {
            Ok(()) => {
                let file = FileRecord {
                    key: item.key.clone(),
                    id: item.id.clone(),
                    size,
                    mtime,
                    hash,
                    counts,
                };
                self.writer.add_document(file.to_document(&self.fields))?;
                Ok(Outcome::Read(file, warnings))
            }
            Err(skip) => {
                self.delete(&item.key);
                Ok(Outcome::Skipped(skip))
            }
        }
    }

    /// Removes all that a file gave.
    fn delete(&self, key: &str) {
        self.writer
            .delete_term(Term::from_field_text(self.fields.manifest, key));
        self.writer
            .delete_term(Term::from_field_text(self.fields.file, key));
    }
}

/// What an update comes to.
struct Tally {
    files: BTreeMap<String, FileRecord>,
    vanished: Vec<String>,
    is_changed: bool,
    roots: Vec<PathBuf>,
    summary: Summary,
}

impl Tally {
    fn new(known: BTreeMap<String, FileRecord>, plan: Plan, outcomes: Vec<Outcome>) -> Self {
        let vanished: Vec<String> = vanished(&known, &plan);
        let mut tally = Self {
            files: known,
            is_changed: !vanished.is_empty(),
            vanished,
            roots: plan.roots,
            summary: Summary::default(),
        };
        for key in &tally.vanished {
            let file = tally.files.remove(key);
            tally.summary.removed += file.map_or(0, |file| file.counts.documents);
        }
        for problem in plan.problems {
            tally.skip(&problem.path, problem.reason.to_string());
        }
        for (item, outcome) in plan.items.into_iter().zip(outcomes) {
            tally.take(item, outcome);
        }
        tally
    }

    fn take(&mut self, item: Item, outcome: Outcome) {
        let before = item
            .known
            .as_ref()
            .map_or(0, |known| known.counts.documents);
        self.is_changed |= match &outcome {
            Outcome::Unchanged | Outcome::Kept(_) => false,
            Outcome::Touched(_) | Outcome::Read(..) => true,
            Outcome::Skipped(_) => item.known.is_some(),
        };
        match outcome {
            Outcome::Unchanged => self.summary.unchanged += before,
            Outcome::Touched(file) => {
                self.summary.unchanged += before;
                self.files.insert(file.key.clone(), file);
            }
            Outcome::Read(file, warnings) => {
                let now = file.counts.documents;
                self.summary.changed += before.min(now);
                self.summary.added += now.saturating_sub(before);
                self.summary.removed += before.saturating_sub(now);
                self.summary.read_bytes += file.size;
                self.summary.warnings.extend(warnings);
                self.files.insert(file.key.clone(), file);
            }
            Outcome::Skipped(skip) => {
                self.files.remove(&item.key);
                self.summary.removed += before;
                self.skip(&item.found.path, skip.to_string());
            }
            Outcome::Kept(skip) => {
                self.summary.unchanged += before;
                self.skip(&item.found.path, skip.to_string());
            }
        }
    }

    fn skip(&mut self, path: &Path, reason: String) {
        self.summary.skipped.push(Skipped {
            path: path.display().to_string(),
            reason,
        });
    }

    fn manifest(&self, index: &Index, options: &UpdateOptions) -> Manifest {
        let old = index.manifest();
        let mut roots: BTreeSet<String> = self
            .roots
            .iter()
            .map(|root| root.display().to_string())
            .collect();
        if !options.rebuild {
            roots.extend(old.roots.iter().cloned());
        }
        let total = |count: fn(&FileRecord) -> u64| self.files.values().map(count).sum();
        Manifest {
            format: FORMAT,
            fingerprint: fingerprint(&self.files, &old.dictionary),
            dictionary: old.dictionary.clone(),
            roots: roots.into_iter().collect(),
            files: self.files.len() as u64,
            documents: total(|file| file.counts.documents),
            passages: total(|file| file.counts.passages),
            characters: total(|file| file.counts.characters),
            bytes: total(|file| file.size),
        }
    }

    fn summary(&mut self) -> Summary {
        let mut summary = std::mem::take(&mut self.summary);
        for file in self.files.values() {
            summary.documents += file.counts.documents;
            summary.passages += file.counts.passages;
            summary.characters += file.counts.characters;
            summary.bytes += file.size;
        }
        summary.skipped.sort();
        summary
    }
}

/// Known files under the roots that were not found; those under a folder that could not be looked into stay.
fn vanished(known: &BTreeMap<String, FileRecord>, plan: &Plan) -> Vec<String> {
    let found: BTreeSet<&str> = plan.items.iter().map(|item| item.key.as_str()).collect();
    let is_gone = |key: &str| {
        let path = Path::new(key);
        plan.roots.iter().any(|root| path.starts_with(root))
            && !plan
                .problems
                .iter()
                .any(|problem| path.starts_with(&problem.path))
            && !found.contains(key)
    };
    known.keys().filter(|key| is_gone(key)).cloned().collect()
}

/// Hash of all ids and contents and of the dictionary, hexadecimal.
fn fingerprint(files: &BTreeMap<String, FileRecord>, dictionary: &Dictionary) -> String {
    let mut by_id: Vec<(&str, &str)> = files
        .values()
        .map(|file| (file.id.as_str(), file.hash.as_str()))
        .collect();
    by_id.sort_unstable();
    let mut hasher = blake3::Hasher::new();
    hasher.update(dictionary.text.as_bytes());
    for (id, hash) in by_id {
        hasher
            .update(id.as_bytes())
            .update(b"\0")
            .update(hash.as_bytes())
            .update(b"\0");
    }
    hasher.finalize().to_hex()[..16].to_owned()
}
