//! Whether an index is whole: checksums of its files, its records against each other, and whether each passage is
//! found by its own text.
//!
//! Findability is checked for all passages at once. Every posting of the grams field, a gram at a position of a
//! passage, adds a hash to the passage's sum; the grams of the stored text must have the same sum.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use serde::Serialize;
use tantivy::directory::ManagedDirectory;
use tantivy::schema::{IndexRecordOption, Term};
use tantivy::{DocSet, SegmentReader, TERMINATED};

use super::analyzer::{units_of, units_of_sentences};
use super::directory::IndexDirectory;
use super::files::{self, text_of};
use super::folder;
use super::open::{self, Index};
use super::parts::SegmentParts;
use super::records::DocumentRecord;
use super::schema::{LISTING, TYPE_DOCUMENT, TYPE_PASSAGE};
use super::seal::Meta;
use super::zone::Zone;
use crate::index::{Error, Result};
use crate::task::Progress;
use crate::text::hash::{fnv1a, mix};

/// The outcome of verifying an index.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Verification {
    /// Files whose checksums were computed.
    pub files: u64,
    /// Documents that were compared with their passages.
    pub documents: u64,
    /// Passages that were looked for by their own text.
    pub passages: u64,
    /// What is wrong; empty if the index is whole.
    pub problems: Vec<Flaw>,
}

/// What the manifest counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Counted {
    /// Characters in passages.
    Characters,
    /// Documents.
    Documents,
    /// Files that gave documents.
    Files,
    /// Passages.
    Passages,
}

/// Something that is wrong with an index.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Flaw {
    /// A file of the index is not what was written.
    DamagedFile(String),
    /// A file of the index is gone.
    MissingFile(String),
    /// The manifest has another number than the records.
    Count {
        /// Of what.
        what: Counted,
        /// The manifest's number.
        manifest: u64,
        /// The number found.
        found: u64,
    },
    /// A document's passages are not those that it should have.
    Passages {
        /// Its id.
        document: String,
        /// How many passages it should have.
        expected: u64,
        /// How many it has, each number counted once.
        found: u64,
    },
    /// A passage is not found by its own text.
    NotFindable {
        /// Id of its document.
        document: String,
        /// Its number.
        number: u64,
    },
}

/// Checks the index in `dir`. If files are damaged or missing, nothing else is checked.
///
/// `progress` is called now and then with passages looked at.
///
/// # Errors
/// Those of [`Index::open`], and [`Error::Engine`] if the index can't be read.
pub fn verify(dir: &Path, progress: &dyn Fn(Progress)) -> Result<Verification> {
    let engine = || Error::engine(dir);
    let mut verification = Verification::default();
    verify_files(dir, &mut verification)?;
    if !verification.problems.is_empty() {
        return Ok(verification);
    }
    let index = Index::open(dir)?;
    let searcher = index.reader.searcher();
    let mut check = Check {
        index: &index,
        found: BTreeMap::new(),
        characters: 0,
        progress,
        verification,
    };
    for segment in searcher.segment_readers() {
        check.passages(segment).map_err(engine())?;
    }
    for segment in searcher.segment_readers() {
        check.documents(segment).map_err(engine())?;
    }
    let known = files::load(&searcher, &index.fields).map_err(engine())?;
    check.counts(known.len() as u64);
    let mut verification = check.verification;
    verification.problems.sort();
    Ok(verification)
}

/// Compares every byte of every file with what was sealed.
///
/// # Errors
/// Those of [`open::read_meta`], and [`Error::OtherFormat`] for an index of another version.
fn verify_files(dir: &Path, verification: &mut Verification) -> Result<()> {
    let meta = open::read_meta(dir)?;
    let damaged = |name: &str| Flaw::DamagedFile(name.to_owned());
    let missing = |name: &str| Flaw::MissingFile(name.to_owned());
    match folder::mark_is_whole(dir) {
        Some(true) => verification.files += 1,
        Some(false) => verification.problems.push(damaged(folder::MARK)),
        None => verification.problems.push(missing(folder::MARK)),
    }
    let Meta::Sealed(seal) = Meta::read(&meta) else {
        // An index of another version or program is reported as such.
        return match Index::open(dir) {
            Err(error @ (Error::OtherFormat { .. } | Error::NotAnIndex(_))) => Err(error),
            _ => {
                verification.problems.push(damaged(folder::META));
                Ok(())
            }
        };
    };
    verification.files += 1;
    let directory = ManagedDirectory::wrap(Box::new(IndexDirectory::open(dir)?));
    let directory = directory.map_err(Error::engine(dir))?;
    for name in seal.files.keys() {
        if !dir.join(name).is_file() {
            verification.problems.push(missing(name));
            continue;
        }
        verification.files += 1;
        if !seal.is_whole(dir, name, &directory)? {
            verification.problems.push(damaged(name));
        }
    }
    Ok(())
}

/// A check on its way through the segments.
struct Check<'a> {
    index: &'a Index,
    /// Numbers of the passages found of each document.
    found: BTreeMap<String, BTreeSet<u64>>,
    characters: u64,
    progress: &'a dyn Fn(Progress),
    verification: Verification,
}

impl Check<'_> {
    /// Compares each passage's stored text with its postings.
    fn passages(&mut self, segment: &SegmentReader) -> tantivy::Result<()> {
        let docs = records(self.index, segment, TYPE_PASSAGE)?;
        let parts = self.index.parts().of(segment)?;
        let sums = posting_sums(&parts, segment.max_doc())?;
        let columns = segment.fast_fields();
        let (ids, numbers) = (columns.str("document")?, columns.u64("number")?);
        for doc in docs {
            let text = String::from(parts.texts.body(doc)?);
            let document = ids.as_ref().map(|ids| text_of(ids, doc)).transpose()?;
            let document = document.unwrap_or_default();
            let number = numbers.first(doc).unwrap_or(0);
            if sums[doc as usize] != sum_of_text(&text) {
                let document = document.clone();
                let flaw = Flaw::NotFindable { document, number };
                self.verification.problems.push(flaw);
            }
            self.characters += text.chars().count() as u64;
            self.found.entry(document).or_default().insert(number);
            self.verification.passages += 1;
            if self.verification.passages.is_multiple_of(1000) {
                self.report();
            }
        }
        self.report();
        Ok(())
    }

    fn report(&self) {
        let (done, total) = (self.verification.passages, self.index.manifest().passages);
        (self.progress)(Progress {
            done: done as usize,
            total: total as usize,
            work: done,
            all_work: total,
        });
    }

    /// Compares each document's record with its passages; only after the passages of all segments.
    fn documents(&mut self, segment: &SegmentReader) -> tantivy::Result<()> {
        let Some(column) = segment.fast_fields().str(LISTING)? else {
            return Ok(());
        };
        for doc in records(self.index, segment, TYPE_DOCUMENT)? {
            let json = text_of(&column, doc)?;
            self.verification.documents += 1;
            let Ok(record) = serde_json::from_str::<DocumentRecord>(&json) else {
                self.passages_differ(json, 0, 0);
                continue;
            };
            let numbers = self.found.remove(&record.id).unwrap_or_default();
            let (found, expected) = (numbers.len() as u64, u64::from(record.passages));
            if found != expected || numbers.last().is_some_and(|&last| last != expected) {
                self.passages_differ(record.id, expected, found);
            }
        }
        Ok(())
    }

    fn passages_differ(&mut self, document: String, expected: u64, found: u64) {
        self.verification.problems.push(Flaw::Passages {
            document,
            expected,
            found,
        });
    }

    /// Compares the manifest with what was found. Passages that are left over belong to no document.
    fn counts(&mut self, files: u64) {
        for (document, numbers) in std::mem::take(&mut self.found) {
            self.passages_differ(document, 0, numbers.len() as u64);
        }
        let manifest = self.index.manifest();
        let found = &self.verification;
        let counts = [
            (Counted::Files, manifest.files, files),
            (Counted::Documents, manifest.documents, found.documents),
            (Counted::Passages, manifest.passages, found.passages),
            (
                Counted::Characters,
                manifest.characters.passages,
                self.characters,
            ),
        ];
        let differing = counts
            .into_iter()
            .filter(|(_, manifest, found)| manifest != found);
        let flaws = differing.map(|(what, manifest, found)| Flaw::Count {
            what,
            manifest,
            found,
        });
        self.verification.problems.extend(flaws);
    }
}

/// The records of a type that are not deleted.
fn records(index: &Index, segment: &SegmentReader, of: &str) -> tantivy::Result<Vec<u32>> {
    let field = index.fields.record_type;
    let term = Term::from_field_text(field, of);
    let inverted = segment.inverted_index(field)?;
    let mut docs = Vec::new();
    if let Some(mut postings) = inverted.read_postings(&term, IndexRecordOption::Basic)? {
        while postings.doc() != TERMINATED {
            if !segment.is_deleted(postings.doc()) {
                docs.push(postings.doc());
            }
            postings.advance();
        }
    }
    Ok(docs)
}

/// The sum of the hashes of all units and pairs of each record.
fn posting_sums(parts: &SegmentParts, max_doc: u32) -> tantivy::Result<Vec<u64>> {
    let mut sums = vec![0u64; max_doc as usize];
    let zone = parts.pairs.zone(Zone::Body);
    zone.each(|key, list| {
        let key = hash(key.first, key.second);
        let mut postings = zone.postings(&list)?;
        while postings.doc() != TERMINATED {
            if let Some(sum) = sums.get_mut(postings.doc() as usize) {
                *sum = sum.wrapping_add(key.wrapping_mul(postings.frequency().into()));
            }
            postings.advance();
        }
        Ok(())
    })?;
    Ok(sums)
}

/// The sum of the hashes of all units and pairs of a text.
fn sum_of_text(text: &str) -> u64 {
    let units = units_of(text);
    let mut sum = 0u64;
    let mut before = None;
    for (unit, ends_sentence) in units_of_sentences(&units) {
        sum = sum.wrapping_add(hash(unit, None));
        if let Some(before) = before {
            sum = sum.wrapping_add(hash(before, Some(unit)));
        }
        before = (!ends_sentence).then_some(unit);
    }
    sum
}

/// The hash of a unit or a pair, mixed so that sums of hashes don't cancel.
fn hash(first: &str, second: Option<&str>) -> u64 {
    let second = second
        .into_iter()
        .flat_map(|second| [0].into_iter().chain(second.bytes()));
    mix(fnv1a(first.bytes().chain(second)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::entry::Entry;
    use crate::index::{UpdateOptions, update};

    fn indexed(folder: &Path) -> std::path::PathBuf {
        let (corpus, dir) = (folder.join("corpus"), folder.join("index"));
        std::fs::create_dir(&corpus).expect("a folder");
        let records =
            "{\"text\":\"各村整修水渠，整修道路。\"}\n{\"text\":\"２０１９年再整修。\"}\n";
        std::fs::write(corpus.join("合集.jsonl"), records).expect("a file");
        std::fs::write(
            corpus.join("总结.txt"),
            "水利工作总结\n一、情况\n水渠长了。\n",
        )
        .expect("a file");
        update(&dir, &[corpus], &UpdateOptions::default(), &|_| {}).expect("an index");
        dir
    }

    #[test]
    fn a_whole_index_has_no_flaw() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let dir = indexed(folder.path());
        let verification = verify(&dir, &|_| {}).expect("a check");
        assert_eq!((verification.documents, verification.problems), (3, vec![]));
        assert!(verification.files >= 6);
        std::fs::remove_file(folder.path().join("corpus/总结.txt")).expect("a file");
        let corpus = folder.path().join("corpus");
        update(&dir, &[corpus], &UpdateOptions::default(), &|_| {}).expect("an update");
        let verification = verify(&dir, &|_| {}).expect("a check");
        assert_eq!((verification.documents, verification.problems), (2, vec![]));
    }

    #[test]
    fn a_changed_byte_is_found_in_every_file() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let dir = indexed(folder.path());
        for entry in std::fs::read_dir(&dir).expect("the index").flatten() {
            let name = entry.file_name().to_string_lossy().into_owned();
            if name.starts_with('.') || name == "meta.json" {
                continue;
            }
            let whole = std::fs::read(entry.path()).expect("a file");
            let mut damaged = whole.clone();
            // The first byte: the engine's version and checksum follow the body.
            damaged[0] ^= 1;
            std::fs::write(entry.path(), damaged).expect("a file");
            let problems = verify(&dir, &|_| {}).expect("a check").problems;
            assert_eq!(problems, [Flaw::DamagedFile(name.clone())]);
            std::fs::remove_file(entry.path()).expect("a file");
            let problems = verify(&dir, &|_| {}).expect("a check").problems;
            assert_eq!(problems, [Flaw::MissingFile(name)]);
            std::fs::write(entry.path(), whole).expect("a file");
        }
        assert_eq!(verify(&dir, &|_| {}).expect("a check").problems, []);
    }

    #[test]
    fn records_that_do_not_fit_are_told() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let dir = indexed(folder.path());
        let index = Index::open(&dir).expect("the index");
        let fields = &index.fields;
        let mut writer = index
            .inner
            .writer_with_num_threads(1, 20_000_000)
            .expect("a writer");
        let mut stray = Entry::default();
        stray.add_name(fields.record_type, TYPE_PASSAGE);
        stray.add_name(fields.document, "无此文.txt");
        stray.add_u64(fields.number, 7);
        stray.add_zone(Zone::Body, "修渠。", units_of("修路。").into());
        writer.add_document(stray).expect("a record");
        let mut prepared = writer.prepare_commit().expect("a commit");
        prepared.set_payload(&serde_json::to_string(index.manifest()).expect("a manifest"));
        prepared.commit().expect("a commit");
        let manifest = index.manifest();
        let document = "无此文.txt".to_owned();
        let count = |what, manifest, found| Flaw::Count {
            what,
            manifest,
            found,
        };
        let expected = [
            count(
                Counted::Characters,
                manifest.characters.passages,
                manifest.characters.passages + 3,
            ),
            count(Counted::Passages, manifest.passages, manifest.passages + 1),
            Flaw::Passages {
                document: document.clone(),
                expected: 0,
                found: 1,
            },
            Flaw::NotFindable {
                document,
                number: 7,
            },
        ];
        assert_eq!(verify(&dir, &|_| {}).expect("a check").problems, expected);
    }
}
