//! File records: which files the index holds, as they were when they were read.

use std::collections::BTreeMap;
use std::time::{SystemTime, UNIX_EPOCH};

use tantivy::schema::{IndexRecordOption, Term};
use tantivy::{DocSet, SegmentReader, TERMINATED, TantivyDocument};

use super::schema::{Fields, TYPE_FILE};

/// One file as the index holds it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct FileRecord {
    /// Absolute path, the record's key.
    pub(super) key: String,
    /// Path shown to users; the id of its document, or what its documents' ids begin with.
    pub(super) id: String,
    /// Bytes.
    pub(super) size: u64,
    /// Time of the last change, nanoseconds since 1970.
    pub(super) mtime: i64,
    /// Hash of the content, hexadecimal.
    pub(super) hash: String,
    /// What it gave.
    pub(super) counts: Counts,
}

/// Time of a file's last change in nanoseconds since 1970; 0 if the system does not tell.
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
    pub(super) characters: u64,
}

impl std::ops::AddAssign for Counts {
    fn add_assign(&mut self, other: Self) {
        self.documents += other.documents;
        self.passages += other.passages;
        self.characters += other.characters;
    }
}

impl FileRecord {
    pub(super) fn to_document(&self, fields: &Fields) -> TantivyDocument {
        let mut out = TantivyDocument::new();
        out.add_text(fields.record_type, TYPE_FILE);
        out.add_text(fields.manifest, &self.key);
        out.add_text(fields.file_id, &self.id);
        out.add_text(fields.hash, &self.hash);
        out.add_u64(fields.size, self.size);
        out.add_u64(fields.shape, 0);
        out.add_u64(fields.likeness, 0);
        out.add_i64(fields.mtime, self.mtime);
        let Counts {
            documents,
            passages,
            characters,
        } = self.counts;
        for (field, count) in fields
            .counts
            .into_iter()
            .zip([documents, passages, characters])
        {
            out.add_u64(field, count);
        }
        out
    }
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

/// Reads columns only: stored records stand between passages, and reading them would unpack the whole store.
fn load_segment(
    segment: &SegmentReader,
    fields: &Fields,
    files: &mut BTreeMap<String, FileRecord>,
) -> tantivy::Result<()> {
    let term = Term::from_field_text(fields.record_type, TYPE_FILE);
    let postings = segment
        .inverted_index(fields.record_type)?
        .read_postings(&term, IndexRecordOption::Basic)?;
    let Some(mut postings) = postings else {
        return Ok(());
    };
    let columns = segment.fast_fields();
    let text = |name: &str| columns.str(name);
    let (keys, ids, hashes) = (text("manifest")?, text("file_id")?, text("hash")?);
    let (Some(keys), Some(ids), Some(hashes)) = (keys, ids, hashes) else {
        return Ok(());
    };
    let (size, mtime) = (columns.u64("size")?, columns.i64("mtime")?);
    let [documents, passages, characters] =
        ["documents", "passages", "characters"].map(|name| columns.u64(name));
    let (documents, passages, characters) = (documents?, passages?, characters?);
    let read = |column: &tantivy::columnar::StrColumn, doc| -> tantivy::Result<String> {
        let mut out = String::new();
        if let Some(ord) = column.ords().first(doc) {
            column.ord_to_str(ord, &mut out)?;
        }
        Ok(out)
    };
    while postings.doc() != TERMINATED {
        let doc = postings.doc();
        postings.advance();
        if segment.is_deleted(doc) {
            continue;
        }
        let counts = Counts {
            documents: documents.first(doc).unwrap_or(0),
            passages: passages.first(doc).unwrap_or(0),
            characters: characters.first(doc).unwrap_or(0),
        };
        let record = FileRecord {
            key: read(&keys, doc)?,
            id: read(&ids, doc)?,
            size: size.first(doc).unwrap_or(0),
            mtime: mtime.first(doc).unwrap_or(0),
            hash: read(&hashes, doc)?,
            counts,
        };
        files.insert(record.key.clone(), record);
    }
    Ok(())
}
