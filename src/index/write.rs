//! A composed document as records of the index.

use std::num::NonZeroUsize;
use std::sync::Arc;

use super::analyzer::{Reader, Reading, shape};
use super::entry::Entry;
use super::files::{Counts, file_tag};
use super::records::{DocumentRecord, PassageRecord, SectionRecord, Structure, shortened_value};
use super::schema::{Fields, InheritedField, RECOGNIZED, TYPE_DOCUMENT, TYPE_PASSAGE};
use super::zone::Zone;
use crate::document::{Date, Document, Part, Passage};
use crate::parallel;
use crate::source::Shortened;
use crate::text::simhash;

/// What is written of one document.
pub(super) struct Written {
    /// Its passages in order, then itself.
    pub(super) records: Vec<Entry>,
    /// Its values that are listed shortened.
    pub(super) shortened: Vec<Shortened>,
}

/// Passages of a document that are worth a thread.
// A usual report has dozens of passages and is read by one thread beside other files. Before large ones were divided, a file
// of 31 MB kept one of the processors busy while the others were idle.
const SHARE: usize = 2048;

/// What a document's records are called.
pub(super) struct Names<'a> {
    /// Key of its file.
    pub(super) file_key: &'a str,
    /// Its id.
    pub(super) id: &'a str,
    /// Its collection.
    pub(super) collection: &'a str,
}

/// The records of one document; a large one is read by that many threads at most.
pub(super) fn records(
    fields: &Fields,
    names: &Names,
    mut document: Document,
    (reader, threads): (&mut Reader, usize),
) -> Written {
    let mut own = Entry::default();
    let &Names {
        file_key,
        id,
        collection,
    } = names;
    let tag: Arc<str> = file_tag(file_key).into();
    let collection: Arc<str> = collection.into();
    own.add_name(fields.record_type, TYPE_DOCUMENT);
    own.add_shared(fields.file, &tag);
    own.add_text(fields.id, id);
    own.add_shared(fields.collection, &collection);
    // A column that every record has a value in is read several times as fast.
    own.add_u64(fields.shape, 0);
    own.add_u64(fields.likeness, 0);
    let full = DocumentRecord::new(id, &collection, &document);
    let (listed, shortened) = full.bounded();
    let mut structure = Structure::new(&document);
    structure.full = (!shortened.is_empty()).then(|| Box::new(full));
    document.kind.clone_from(&listed.kind);
    document.issuer.clone_from(&listed.issuer);
    own.add_text(fields.listing, to_json(&listed));
    own.add_text(fields.record, to_json(&structure));
    let ends = section_ends(&document);
    let passages = std::mem::take(&mut document.passages);
    let readings = readings(&passages, (reader, threads));
    let mut writer = Writer {
        fields,
        tag,
        id: id.into(),
        collection,
        kind: document.kind.as_deref().map(Arc::from),
        issuer: document.issuer.as_deref().map(Arc::from),
        under_headings: Run::default(),
        under_title: Run::default(),
        ends,
        document,
        reader,
    };
    let mut records: Vec<_> = passages
        .into_iter()
        .zip(readings)
        .map(|(passage, reading)| writer.passage(passage, reading))
        .collect();
    records.push(own);
    Written { records, shortened }
}

/// A passage's text as the index takes it, and its hashes.
struct PassageReading {
    reading: Reading,
    shape: u64,
    likeness: u64,
}

impl PassageReading {
    fn new(reader: &mut Reader, text: &str) -> Self {
        let (reading, units) = reader.read(text);
        Self {
            reading,
            shape: shape(&units),
            likeness: simhash::hash(&units),
        }
    }
}

/// The readings of all passages, in order.
fn readings(passages: &[Passage], (reader, threads): (&mut Reader, usize)) -> Vec<PassageReading> {
    let threads = threads.min(passages.len() / SHARE);
    let threads = NonZeroUsize::new(threads).unwrap_or(NonZeroUsize::MIN);
    let read = |reader: &mut Reader, passages: &[Passage]| -> Vec<PassageReading> {
        let texts = passages.iter().map(|passage| &passage.text);
        texts
            .map(|text| PassageReading::new(reader, text))
            .collect()
    };
    // The reader's memory is used again from document to document; a second one would have to grow anew.
    if threads.get() == 1 {
        return read(reader, passages);
    }
    let parts = passages.chunks(passages.len().div_ceil(threads.get()));
    let parts = parts.map(|part| (reader.another(), part)).collect();
    let readings = parallel::map(parts, threads, |(mut reader, part)| read(&mut reader, part));
    readings.into_iter().flatten().collect()
}

/// A record's id in the file `file`; a key of any length gives an id that a term can hold, another for each key.
pub(super) fn record_id(file: &str, key: &str) -> String {
    match shortened_value(key) {
        None => format!("{file}#{key}"),
        Some(short) => {
            let hash = &blake3::hash(key.as_bytes()).to_hex()[..16];
            format!("{file}#{short}{hash}")
        }
    }
}

/// The number of the last passage of each section, those of its subsections included.
fn section_ends(document: &Document) -> Vec<u32> {
    let mut ends = vec![0; document.sections.len()];
    for passage in &document.passages {
        let mut next = passage.section;
        while let Some(section) = next {
            ends[section] = ends[section].max(passage.number);
            next = document.sections[section].parent;
        }
    }
    ends
}

/// How much text the document holds.
pub(super) fn counts(document: &Document) -> Counts {
    Counts {
        documents: 1,
        passages: document.passages.len() as u64,
        characters: document.characters(),
    }
}

/// Writes the passages of one document, in order.
struct Writer<'a, 'b> {
    fields: &'a Fields,
    tag: Arc<str>,
    id: Arc<str>,
    collection: Arc<str>,
    kind: Option<Arc<str>>,
    issuer: Option<Arc<str>>,
    under_headings: Run<usize>,
    under_title: Run<()>,
    /// The last passage of each section.
    ends: Vec<u32>,
    /// The document without its passages.
    document: Document,
    reader: &'a mut Reader<'b>,
}

impl Writer<'_, '_> {
    fn passage(&mut self, mut passage: Passage, read: PassageReading) -> Entry {
        let fields = self.fields;
        let PassageReading {
            reading,
            shape,
            likeness,
        } = read;
        let mut out = Entry::default();
        out.add_name(fields.record_type, TYPE_PASSAGE);
        out.add_shared(fields.file, &self.tag);
        out.add_shared(fields.document, &self.id);
        out.add_u64(fields.number, u64::from(passage.number));
        out.add_u64(fields.line, u64::from(passage.line));
        out.add_text(fields.words, reading.words);
        out.add_name(fields.part, passage.part.name());
        out.add_u64(fields.shape, shape);
        out.add_u64(fields.likeness, likeness);
        out.add_u64(fields.chars, passage.text.chars().count() as u64);
        // Only a bare heading needs to know where its section ends: the ranking puts it after the passages below it.
        if let (Part::Heading, Some(section)) = (passage.part, passage.section) {
            out.add_u64(fields.section_end, u64::from(self.ends[section]));
        }
        let text = std::mem::take(&mut passage.text);
        out.add_zone(Zone::Body, text, reading.units);
        self.add_context(&mut out, &passage);
        if passage.is_recognized {
            out.add_name(fields.ocr, RECOGNIZED);
        }
        if let Some((date, _)) = self.document.date {
            out.add_u64(fields.year, u64::from(date.year));
            out.add_u64(fields.date, sortable(date));
        }
        out.add_shared(fields.collection, &self.collection);
        if let Some(kind) = &self.kind {
            out.add_shared(fields.kind, kind);
        }
        if let Some(issuer) = &self.issuer {
            out.add_shared(fields.issuer, issuer);
        }
        out
    }

    /// Title and headings that the passage inherits. A title does not inherit itself, nor does a bare heading.
    fn add_context(&mut self, out: &mut Entry, passage: &Passage) {
        let (fields, number) = (self.fields, passage.number);
        let section = match (passage.part, passage.section) {
            (Part::Heading, Some(section)) => self.document.sections[section].parent,
            (_, section) => section,
        };
        if let Some((section, place)) = self.under_headings.next(section, number) {
            let text = (place == 0).then(|| heading_text(&self.path(section)));
            self.add_above(out, (&fields.headings, place), text);
        }
        let title = (passage.part != Part::Title).then_some(());
        if let Some(((), place)) = self.under_title.next(title, number) {
            let text = (place == 0).then(|| self.document.title.clone());
            self.add_above(out, (&fields.title, place), text);
        }
        let record = PassageRecord::new(&self.document, passage);
        if let Some(role) = record.role {
            out.add_name(fields.role, role.name());
        }
        out.add_text(fields.record, to_json(&record));
    }

    /// A passage's place below a text, and the text with the first of them.
    fn add_above(
        &mut self,
        out: &mut Entry,
        (above, place): (&InheritedField, u32),
        text: Option<String>,
    ) {
        out.add_u64(above.place, u64::from(place));
        if let Some(text) = text {
            let (reading, _) = self.reader.read(&text);
            out.add_name(self.fields.opens, above.name);
            out.add_text(above.words, reading.words);
            out.add_zone(above.zone, text, reading.units);
        }
    }

    fn path(&self, section: usize) -> Vec<SectionRecord> {
        let path = self.document.path(Some(section)).into_iter();
        path.map(SectionRecord::new).collect()
    }
}

/// Consecutive passages that inherit the same text.
#[derive(Default)]
struct Run<T> {
    /// What they inherit, and the number of the first of them.
    latest: Option<(T, u32)>,
}

impl<T: Copy + PartialEq> Run<T> {
    /// What the next passage inherits, if anything, and its offset from 0 in its run.
    fn next(&mut self, above: Option<T>, number: u32) -> Option<(T, u32)> {
        let latest = self.latest.filter(|&(same, _)| Some(same) == above);
        self.latest = latest.or(above.map(|above| (above, number)));
        self.latest.map(|(above, first)| (above, number - first))
    }
}

/// Headings as one text; a sentence end between them keeps a phrase from running over two.
pub(crate) fn heading_text(path: &[SectionRecord]) -> String {
    let mut out = String::new();
    for section in path {
        out.push_str(section.label.as_deref().unwrap_or_default());
        out.push_str(&section.title);
        // Otherwise 「一、水渠」 above 「整修」 would be found by 渠整.
        out.push('。');
    }
    out
}

/// A date as a number in order of time: `yyyymmdd`, unknown parts 0.
pub(crate) fn sortable(date: Date) -> u64 {
    let part = |part: Option<u8>| u64::from(part.unwrap_or(0));
    // Unknown parts are 0, so that a year comes before its months: a filter by dates takes that into account, see
    // `query::dates`.
    u64::from(date.year) * 10_000 + part(date.month) * 100 + part(date.day)
}

fn to_json(record: &impl serde::Serialize) -> String {
    serde_json::to_string(record).expect("plain data with string keys always serializes")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::words::Segmenter;

    #[test]
    fn a_large_document_reads_the_same_on_several_threads() {
        let passage = |number: u32| Passage {
            number,
            line: number,
            part: Part::Body,
            text: format!("第{number}村修水渠{}里。", number % 97),
            section: None,
            opened: None,
            row: None,
            is_recognized: false,
        };
        let passages: Vec<Passage> = (1..=3 * SHARE as u32 + 5).map(passage).collect();
        let segmenter = Segmenter::new("").expect("no entry");
        let read = |threads| {
            let mut reader = Reader::new(&segmenter);
            let readings = readings(&passages, (&mut reader, threads)).into_iter();
            let parts = readings.map(|read| {
                let Reading { words, units } = read.reading;
                (words, units, read.shape, read.likeness)
            });
            parts.collect::<Vec<_>>()
        };
        let alone = read(1);
        assert_eq!(alone.len(), passages.len());
        assert_ne!(alone[0], alone[1]);
        for threads in [2, 3, 8] {
            assert_eq!(read(threads), alone);
        }
    }
}
