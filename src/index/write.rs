//! A composed document as records of the index.

use tantivy::TantivyDocument;

use super::files::Counts;
use super::records::{DocumentRecord, PassageRecord, SectionRecord, Structure};
use super::schema::{Fields, TYPE_DOCUMENT, TYPE_PASSAGE};
use crate::document::{Date, Document, Part, Passage};
use crate::text::likeness::Outline;
use crate::text::units::Units;

/// The records of one document: its passages in order, then itself.
pub(super) fn records(
    fields: &Fields,
    file_key: &str,
    id: &str,
    document: &Document,
) -> Vec<TantivyDocument> {
    let ends = section_ends(document);
    let mut out: Vec<_> = document
        .passages
        .iter()
        .map(|passage| {
            let mut record = passage_record(fields, file_key, id, document, passage);
            if let (Part::Heading, Some(section)) = (passage.part, passage.section) {
                record.add_u64(fields.section_end, u64::from(ends[section]));
            }
            record
        })
        .collect();
    let mut record = TantivyDocument::new();
    record.add_text(fields.record_type, TYPE_DOCUMENT);
    record.add_text(fields.file, file_key);
    record.add_text(fields.id, id);
    // A column that every record has a value in is read several times as fast.
    record.add_u64(fields.shape, 0);
    record.add_u64(fields.likeness, 0);
    record.add_text(fields.listing, to_json(&DocumentRecord::new(id, document)));
    record.add_text(fields.record, to_json(&Structure::new(document)));
    out.push(record);
    out
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
        characters: document
            .passages
            .iter()
            .map(|passage| passage.text.chars().count() as u64)
            .sum(),
    }
}

fn passage_record(
    fields: &Fields,
    file_key: &str,
    id: &str,
    document: &Document,
    passage: &Passage,
) -> TantivyDocument {
    let mut out = TantivyDocument::new();
    out.add_text(fields.record_type, TYPE_PASSAGE);
    out.add_text(fields.file, file_key);
    out.add_text(fields.document, id);
    out.add_u64(fields.number, u64::from(passage.number));
    out.add_text(fields.words, &passage.text);
    out.add_text(fields.grams, &passage.text);
    out.add_text(fields.text, &passage.text);
    out.add_text(fields.part, passage.part.name());
    let units = Units::new(&passage.text);
    out.add_u64(fields.shape, shape(&units));
    out.add_u64(fields.likeness, Outline::new(&units).hash());
    out.add_u64(fields.chars, passage.text.chars().count() as u64);
    add_context(&mut out, fields, document, passage);
    if let Some((date, _)) = document.date {
        out.add_u64(fields.year, u64::from(date.year));
        out.add_u64(fields.date, sortable(date));
    }
    if let Some(kind) = &document.kind {
        out.add_text(fields.kind, kind);
    }
    out
}

/// Title and headings that the passage stands under. A title is not under itself, nor is a bare heading.
fn add_context(out: &mut TantivyDocument, fields: &Fields, document: &Document, passage: &Passage) {
    let record = PassageRecord::new(document, passage);
    let above = if passage.part == Part::Heading {
        record.path.len().saturating_sub(1)
    } else {
        record.path.len()
    };
    if above > 0 {
        let headings = heading_text(&record.path[..above]);
        out.add_text(fields.heading_words, &headings);
        out.add_text(fields.heading_grams, &headings);
    }
    if passage.part != Part::Title {
        out.add_text(fields.title_words, &document.title);
        out.add_text(fields.title_grams, &document.title);
    }
    if let Some(role) = record.role {
        out.add_text(fields.role, role.name());
    }
    out.add_text(fields.record, to_json(&record));
}

/// Headings as one text; a sentence end between them keeps a phrase from running over two.
pub(crate) fn heading_text(path: &[SectionRecord]) -> String {
    let mut out = String::new();
    for section in path {
        out.push_str(section.label.as_deref().unwrap_or_default());
        out.push_str(&section.title);
        out.push('。');
    }
    out
}

/// Hash of the units of a text: the same for texts that exact matching can't tell apart.
pub(crate) fn shape(units: &Units) -> u64 {
    let mut hasher = blake3::Hasher::new();
    for unit in units.texts() {
        hasher.update(unit.as_bytes()).update(b"\0");
    }
    let bytes = *hasher.finalize().as_bytes();
    u64::from_le_bytes([
        bytes[0], bytes[1], bytes[2], bytes[3], bytes[4], bytes[5], bytes[6], bytes[7],
    ])
}

/// A date as a number in order of time: `yyyymmdd`, unknown parts 0.
pub(crate) fn sortable(date: Date) -> u64 {
    let part = |part: Option<u8>| u64::from(part.unwrap_or(0));
    u64::from(date.year) * 10_000 + part(date.month) * 100 + part(date.day)
}

fn to_json(record: &impl serde::Serialize) -> String {
    serde_json::to_string(record).expect("plain data with string keys always serializes")
}
