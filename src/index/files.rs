//! File records: which files the index holds, as they were when they were read.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::{SystemTime, UNIX_EPOCH};

use tantivy::columnar::{Column, StrColumn};
use tantivy::schema::{IndexRecordOption, Term};
use tantivy::{DocId, DocSet, SegmentReader, TERMINATED};

use super::entry::Entry;
use super::schema::{COUNTS, Fields, TYPE_FILE};
use crate::document::Characters;
use crate::source;

/// The key of the file at `path`, another for each path: bytes that are not UTF-8 are written as a NUL, which no path contains,
/// and two hexadecimal digits.
pub(super) fn key_of(path: &Path) -> String {
    let mut key = String::new();
    for chunk in path.as_os_str().as_encoded_bytes().utf8_chunks() {
        key.push_str(chunk.valid());
        for byte in chunk.invalid() {
            key.push_str(&format!("\0{byte:02x}"));
        }
    }
    key
}

/// The path that [`key_of`] made `key` of.
#[cfg(unix)]
pub(super) fn path_of(key: &str) -> PathBuf {
    use std::os::unix::ffi::OsStringExt;
    let mut parts = key.split('\0');
    let mut bytes = parts.next().unwrap_or_default().as_bytes().to_vec();
    for part in parts {
        let (digits, rest) = part.split_at_checked(2).unwrap_or((part, ""));
        bytes.extend(u8::from_str_radix(digits, 16).ok());
        bytes.extend(rest.as_bytes());
    }
    std::ffi::OsString::from_vec(bytes).into()
}

/// The path that [`key_of`] made `key` of, where names are not bytes.
#[cfg(not(unix))]
pub(super) fn path_of(key: &str) -> PathBuf {
    key.into()
}

/// One file as the index holds it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct FileRecord {
    /// Absolute path as [`key_of`] writes it, the record's key.
    pub(super) key: String,
    /// Path shown to users; the id of its document, or what its documents' ids begin with.
    pub(super) id: String,
    /// Name of its collection.
    pub(super) collection: String,
    /// Bytes.
    pub(super) size: u64,
    /// Time of the last change, nanoseconds since 1970.
    pub(super) mtime: i64,
    /// Hash of the content, hexadecimal.
    pub(super) hash: String,
    /// What it gave.
    pub(super) counts: Counts,
}

/// A file that the index was made of, as it was when it was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceFile {
    /// Where it is.
    pub path: PathBuf,
    /// Bytes.
    size: u64,
    /// Nanoseconds since 1970.
    mtime: i64,
}

impl SourceFile {
    pub(super) fn of(record: &FileRecord) -> Self {
        Self {
            path: source::plain(&path_of(&record.key)),
            size: record.size,
            mtime: record.mtime,
        }
    }

    /// Whether a file is still as it was, by its size and the time of its last change.
    pub fn is_unchanged(&self, metadata: &std::fs::Metadata) -> bool {
        let mtime = nanos(metadata.modified().ok());
        metadata.len() == self.size && mtime == self.mtime
    }
}

/// The files of an index by what the ids of their documents are, or begin with.
#[derive(Clone, Debug, Default)]
pub struct Originals {
    by_id: BTreeMap<String, FileRecord>,
}

impl Originals {
    pub(super) fn new(files: BTreeMap<String, FileRecord>) -> Self {
        let by_id = files.into_values().map(|file| (file.id.clone(), file));
        Self {
            by_id: by_id.collect(),
        }
    }

    /// The file of the document with this id: a record has the id of its file, `#` and its key. The longest id that fits is the
    /// file's, as a name may hold a `#`.
    pub(super) fn of(&self, id: &str) -> Option<&FileRecord> {
        let ends = id.rmatch_indices('#').map(|(at, _)| at);
        let ends = std::iter::once(id.len()).chain(ends);
        ends.into_iter().find_map(|end| self.by_id.get(&id[..end]))
    }

    /// Id of the file that the document was read from, which is its path in its collection, and the file; `None` if the index has no
    /// such document.
    pub fn file(&self, id: &str) -> Option<(&str, SourceFile)> {
        let file = self.of(id)?;
        Some((&file.id, SourceFile::of(file)))
    }
}

/// Time of a file's last change in nanoseconds since 1970; 0 if the system does not know it.
pub(super) fn nanos(modified: Option<SystemTime>) -> i64 {
    let since = modified.and_then(|time| time.duration_since(UNIX_EPOCH).ok());
    since
        .and_then(|since| i64::try_from(since.as_nanos()).ok())
        .unwrap_or(0)
}

/// How much text a file gave.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Counts {
    pub(super) documents: u64,
    pub(super) passages: u64,
    pub(super) characters: Characters,
}

impl std::ops::AddAssign for Counts {
    fn add_assign(&mut self, other: Self) {
        self.documents += other.documents;
        self.passages += other.passages;
        self.characters += other.characters;
    }
}

impl FileRecord {
    pub(super) fn to_entry(&self, fields: &Fields) -> Entry {
        let mut out = Entry::default();
        out.add_name(fields.record_type, TYPE_FILE);
        out.add_text(fields.manifest, &*self.key);
        out.add_text(fields.file_id, &*self.id);
        out.add_text(fields.collection, &*self.collection);
        out.add_text(fields.hash, &*self.hash);
        out.add_u64(fields.size, self.size);
        out.add_u64(fields.shape, 0);
        out.add_u64(fields.likeness, 0);
        out.add_i64(fields.mtime, self.mtime);
        // In the order of `COUNTS`.
        let counts = [
            self.counts.documents,
            self.counts.passages,
            self.counts.characters.read,
            self.counts.characters.passages,
            self.counts.characters.boilerplate,
        ];
        for (field, count) in fields.counts.into_iter().zip(counts) {
            out.add_u64(field, count);
        }
        out
    }
}

/// What the records of a file name it by: shorter than its path, which each of them would have to carry.
pub(super) fn file_tag(key: &str) -> String {
    // 128 bits: two files of the same tag would be deleted together.
    blake3::hash(key.as_bytes()).to_hex()[..32].to_owned()
}

/// All files of the last commit by key.
pub(super) fn load(
    searcher: &tantivy::Searcher,
    fields: &Fields,
) -> tantivy::Result<BTreeMap<String, FileRecord>> {
    let mut files = BTreeMap::new();
    for segment in searcher.segment_readers() {
        load_segment(segment, fields, &mut files)?;
    }
    Ok(files)
}

/// Reads columns only: file records are stored between passages, and reading them would unpack the whole store.
fn load_segment(
    segment: &SegmentReader,
    fields: &Fields,
    files: &mut BTreeMap<String, FileRecord>,
) -> tantivy::Result<()> {
    let term = Term::from_field_text(fields.record_type, TYPE_FILE);
    let postings = segment
        .inverted_index(fields.record_type)?
        .read_postings(&term, IndexRecordOption::Basic)?;
    let Some((mut postings, columns)) = postings.zip(Columns::open(segment)?) else {
        return Ok(());
    };
    while postings.doc() != TERMINATED {
        let doc = postings.doc();
        postings.advance();
        if !segment.is_deleted(doc) {
            let record = columns.record(doc)?;
            files.insert(record.key.clone(), record);
        }
    }
    Ok(())
}

/// The columns that file records are read from.
struct Columns {
    keys: StrColumn,
    ids: StrColumn,
    hashes: StrColumn,
    collections: StrColumn,
    size: Column<u64>,
    mtime: Column<i64>,
    /// In the order of [`COUNTS`].
    counts: Vec<Column<u64>>,
}

impl Columns {
    /// Those of a segment; `None` if it has no record.
    fn open(segment: &SegmentReader) -> tantivy::Result<Option<Self>> {
        let columns = segment.fast_fields();
        let text = |name: &str| columns.str(name);
        let (keys, ids, hashes) = (text("manifest")?, text("file_id")?, text("hash")?);
        let (Some(keys), Some(ids), Some(hashes), Some(collections)) =
            (keys, ids, hashes, text("collection")?)
        else {
            return Ok(None);
        };
        let counts = COUNTS.map(|name| columns.u64(name));
        Ok(Some(Self {
            keys,
            ids,
            hashes,
            collections,
            size: columns.u64("size")?,
            mtime: columns.i64("mtime")?,
            counts: counts.into_iter().collect::<tantivy::Result<_>>()?,
        }))
    }

    fn record(&self, doc: DocId) -> tantivy::Result<FileRecord> {
        let count = |at: usize| self.counts[at].first(doc).unwrap_or(0);
        Ok(FileRecord {
            key: text_of(&self.keys, doc)?,
            id: text_of(&self.ids, doc)?,
            collection: text_of(&self.collections, doc)?,
            size: self.size.first(doc).unwrap_or(0),
            mtime: self.mtime.first(doc).unwrap_or(0),
            hash: text_of(&self.hashes, doc)?,
            counts: Counts {
                documents: count(0),
                passages: count(1),
                characters: Characters {
                    read: count(2),
                    passages: count(3),
                    boilerplate: count(4),
                },
            },
        })
    }
}

/// The text of a record in a column; empty if it has none.
pub(super) fn text_of(column: &StrColumn, doc: DocId) -> tantivy::Result<String> {
    let mut out = String::new();
    if let Some(ord) = column.ords().first(doc) {
        column.ord_to_str(ord, &mut out)?;
    }
    Ok(out)
}

#[cfg(all(test, unix))]
mod tests {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;

    use proptest::prelude::*;

    use super::*;

    #[test]
    fn names_that_read_alike_have_keys_of_their_own() {
        let key = |bytes: &[u8]| key_of(Path::new(OsStr::from_bytes(bytes)));
        assert_eq!(key("报告/1.txt".as_bytes()), "报告/1.txt");
        assert_eq!(key(b"\xb1.txt"), "\0b1.txt");
        assert_ne!(key(b"\xb1.txt"), key(b"\xb2.txt"));
        assert_ne!(key(b"\xb1.txt"), key("\u{fffd}.txt".as_bytes()));
    }

    proptest! {
        #[test]
        fn a_key_leads_back_to_its_path(bytes in prop::collection::vec(1u8.., 1..40)) {
            let path = Path::new(OsStr::from_bytes(&bytes));
            prop_assert_eq!(path_of(&key_of(path)), path);
        }
    }
}

#[cfg(test)]
mod record_tests {
    use std::time::Duration;

    use super::*;
    use crate::index::{Index, UpdateOptions, update};

    #[test]
    fn times_are_nanoseconds_since_1970() {
        let at = |seconds| UNIX_EPOCH + Duration::from_secs(seconds);
        for (time, expected) in [
            (None, 0),
            (Some(UNIX_EPOCH), 0),
            (Some(at(3)), 3_000_000_000),
            (Some(UNIX_EPOCH + Duration::from_nanos(7)), 7),
            // Before it, and beyond what 64 bits hold.
            (UNIX_EPOCH.checked_sub(Duration::from_secs(1)), 0),
            (
                UNIX_EPOCH.checked_add(Duration::from_secs(10_000_000_000)),
                0,
            ),
        ] {
            assert_eq!(nanos(time), expected, "{time:?}");
        }
    }

    #[test]
    fn a_tag_is_short_and_another_for_each_key() {
        let tags = ["", "甲", "乙", "甲/乙"].map(file_tag);
        assert!(tags.iter().all(|tag| tag.len() == 32));
        let different: std::collections::BTreeSet<&String> = tags.iter().collect();
        assert_eq!(different.len(), tags.len());
        assert_eq!(file_tag("甲"), tags[1]);
    }

    #[test]
    fn files_are_known_as_they_were_read() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let root = folder.path().canonicalize().expect("a folder");
        let (corpus, dir) = (root.join("corpus"), root.join("index"));
        std::fs::create_dir(&corpus).expect("a folder");
        let texts = [
            ("甲.txt", "水利工作总结\n各村整修水渠。\n"),
            (
                "乙.jsonl",
                "{\"title\":\"一\",\"text\":\"修渠。\"}\n{\"title\":\"二\",\"text\":\"修路。\"}\n",
            ),
            ("丙.txt", "要删去的。\n"),
        ];
        for (name, text) in texts {
            std::fs::write(corpus.join(name), text).expect("a file");
        }
        let options = UpdateOptions::default();
        update(&dir, std::slice::from_ref(&corpus), &options, &|_| {}).expect("an index");
        std::fs::remove_file(corpus.join("丙.txt")).expect("the file");
        update(&dir, std::slice::from_ref(&corpus), &options, &|_| {}).expect("an index");
        let index = Index::open(&dir).expect("the index");
        let searcher = index.reader.searcher();
        let files = load(&searcher, &index.fields).expect("files");
        assert_eq!(files.len(), 2);
        for ((name, text), documents) in texts.iter().zip([1, 2]) {
            let path = corpus.join(name);
            let file = &files[&key_of(&path)];
            let metadata = path.metadata().expect("the file");
            assert_eq!((&*file.id, &*file.collection), (*name, "corpus"));
            assert_eq!(
                (file.size, file.mtime),
                (text.len() as u64, nanos(metadata.modified().ok()))
            );
            assert_eq!(file.counts.documents, documents);
            let Characters {
                read,
                passages,
                boilerplate,
            } = file.counts.characters;
            assert!(read > 0 && read == passages + boilerplate);
        }
        let mut sum = Counts::default();
        files.values().for_each(|file| sum += file.counts);
        let manifest = index.manifest();
        assert_eq!(
            (sum.documents, sum.passages),
            (manifest.documents, manifest.passages)
        );
        assert_eq!(sum.characters, manifest.characters);
    }
}
