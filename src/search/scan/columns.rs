//! Passages as they are stored, read side by side: the record from the store, all else from columns.

use std::sync::Arc;

use tantivy::columnar::{Column, StrColumn};
use tantivy::schema::document::{DeserializeError, DocumentDeserialize, DocumentDeserializer};
use tantivy::store::StoreReader;
use tantivy::{DocAddress, DocId, SegmentReader, TantivyError};

use crate::document::{Date, Part, Role};
use crate::index::{Parts, PassageRecord, SegmentParts, Text, heading_text};

/// A document as a scan comes by it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ScannedDocument {
    /// Its place from 0 among the documents of the scan, which are in order of their ids.
    pub ord: usize,
    /// Its id.
    pub id: String,
    /// Its date.
    pub date: Option<Date>,
    /// Its 文种.
    pub kind: Option<String>,
    /// Who issued it.
    pub issuer: Option<String>,
    /// Its collection.
    pub collection: String,
}

/// A passage of a scan; its text stays in the column until it is read.
pub struct ScannedPassage<'a> {
    /// Its number in the document.
    pub number: u32,
    /// Number of its first line.
    pub line: u32,
    /// What it is.
    pub part: Part,
    /// Role of its section.
    pub role: Option<Role>,
    /// Hash of its units: copies share it.
    pub shape: u64,
    /// Number of its original characters.
    pub chars: u32,
    /// Its original text, as the column has it.
    pub(crate) codes: Text<'a>,
    /// Holds its record in a compressed block, which is unpacked only for those who ask.
    store: &'a StoreReader,
    doc: DocId,
    /// Where the engine has it.
    pub(in crate::search) address: DocAddress,
}

impl ScannedPassage<'_> {
    /// Its original text, decoded at each call.
    pub fn text(&self) -> String {
        self.codes.into()
    }

    /// Its line and section path, read at each call; `None` if the index is damaged.
    pub fn record(&self) -> Option<PassageRecord> {
        let StoredField(record) = self.store.get(self.doc).ok()?;
        serde_json::from_str(&record).ok()
    }

    /// The headings above it as one text, as `heading:` searches them: a bare heading is not under
    /// itself. `None` if the index is damaged.
    pub(crate) fn headings(&self) -> Option<String> {
        let mut path = self.record()?.path;
        if self.part == Part::Heading {
            path.pop();
        }
        Some(heading_text(&path))
    }
}

/// Where the passages of one document lie.
pub(in crate::search) struct Located {
    pub(in crate::search) id: Arc<str>,
    pub(in crate::search) segment: usize,
    /// In order of their numbers.
    pub(in crate::search) docs: Vec<DocId>,
    pub(in crate::search) characters: u64,
}

/// What is read of one segment, by one thread.
pub(in crate::search) struct Reader {
    store: StoreReader,
    parts: Arc<SegmentParts>,
    number: Column<u64>,
    line: Column<u64>,
    date: Column<u64>,
    shape: Column<u64>,
    chars: Column<u64>,
    part: Names<Part>,
    role: Names<Role>,
    kind: Names<String>,
    issuer: Names<String>,
    collection: Names<String>,
}

/// Blocks of the store that a reader keeps: documents are read side by side, so that few are enough.
const CACHED_BLOCKS: usize = 4;

impl Reader {
    pub(in crate::search) fn open(segment: &SegmentReader, parts: &Parts) -> tantivy::Result<Self> {
        let columns = segment.fast_fields();
        let part = |name: &str| Part::ALL.into_iter().find(|part| part.name() == name);
        let role = |name: &str| Role::ALL.into_iter().find(|role| role.name() == name);
        let own = |name: &str| Some(name.to_owned());
        Ok(Self {
            store: segment.get_store_reader(CACHED_BLOCKS)?,
            parts: parts.of(segment)?,
            number: columns.u64("number")?,
            line: columns.u64("line")?,
            date: columns.u64("date")?,
            shape: columns.u64("shape")?,
            chars: columns.u64("chars")?,
            part: Names::open(columns.str("part")?, part)?,
            role: Names::open(columns.str("role")?, role)?,
            kind: Names::open(columns.str("kind")?, own)?,
            issuer: Names::open(columns.str("issuer")?, own)?,
            collection: Names::open(columns.str("collection")?, own)?,
        })
    }

    /// The document, and its passages in `passages` instead of what is there.
    pub(in crate::search) fn read<'a>(
        &'a self,
        ord: usize,
        located: &Located,
        passages: &mut Vec<ScannedPassage<'a>>,
    ) -> tantivy::Result<ScannedDocument> {
        passages.clear();
        for &doc in &located.docs {
            passages.push(self.passage(DocAddress::new(located.segment as u32, doc))?);
        }
        Ok(self.document(ord, located))
    }

    pub(in crate::search) fn document(&self, ord: usize, located: &Located) -> ScannedDocument {
        let first = located.docs.first().copied().unwrap_or(0);
        ScannedDocument {
            ord,
            id: located.id.to_string(),
            date: self.date.first(first).and_then(date),
            kind: self.kind.of(first).cloned(),
            issuer: self.issuer.of(first).cloned(),
            collection: self.collection.of(first).cloned().unwrap_or_default(),
        }
    }

    fn passage(&self, address: DocAddress) -> tantivy::Result<ScannedPassage<'_>> {
        let doc = address.doc_id;
        let part = self.part.of(doc).copied();
        Ok(ScannedPassage {
            number: self.number.first(doc).unwrap_or(0) as u32,
            line: self.line.first(doc).unwrap_or(0) as u32,
            part: part.ok_or_else(|| TantivyError::InternalError("no part".into()))?,
            role: self.role.of(doc).copied(),
            shape: self.shape.first(doc).unwrap_or(0),
            chars: self.chars.first(doc).unwrap_or(0) as u32,
            codes: self.parts.texts.body(doc)?,
            store: &self.store,
            doc,
            address,
        })
    }
}

/// A column of few different strings, each read once.
struct Names<T> {
    column: Option<StrColumn>,
    by_ord: Vec<Option<T>>,
}

impl<T> Names<T> {
    fn open(column: Option<StrColumn>, read: impl Fn(&str) -> Option<T>) -> tantivy::Result<Self> {
        let mut by_ord = Vec::new();
        if let Some(column) = &column {
            let mut name = String::new();
            for ord in 0..column.num_terms() as u64 {
                name.clear();
                column.ord_to_str(ord, &mut name)?;
                by_ord.push(read(&name));
            }
        }
        Ok(Self { column, by_ord })
    }

    fn of(&self, doc: DocId) -> Option<&T> {
        let ord = self.column.as_ref()?.ords().first(doc)?;
        self.by_ord.get(ord as usize)?.as_ref()
    }
}

/// The date of a number as the index writes it: `yyyymmdd`, unknown parts 0.
pub(in crate::search) fn date(sortable: u64) -> Option<Date> {
    let part = |part: u64| u8::try_from(part % 100).ok().filter(|&part| part > 0);
    let year = u16::try_from(sortable / 10_000).ok()?;
    Date::new(year, part(sortable / 100), part(sortable))
}

/// The stored field of a record, a string.
struct StoredField(String);

impl DocumentDeserialize for StoredField {
    fn deserialize<'de, D>(mut deserializer: D) -> Result<Self, DeserializeError>
    where
        D: DocumentDeserializer<'de>,
    {
        let stored = deserializer.next_field()?;
        Ok(Self(stored.map(|(_, record)| record).unwrap_or_default()))
    }
}

/// The strings of these ordinals, which ascend; all at once, since they are stored in compressed blocks and each is opened
/// once.
pub(in crate::search) fn strings(
    column: &StrColumn,
    ords: &[u64],
) -> tantivy::Result<Vec<Arc<str>>> {
    let mut out = Vec::with_capacity(ords.len());
    let dictionary = column.dictionary();
    dictionary.sorted_ords_to_term_cb(ords, |id| out.push(String::from_utf8_lossy(id).into()))?;
    Ok(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_as_numbers() {
        for (number, expected) in [
            (20_090_820, Date::new(2009, Some(8), Some(20))),
            (20_090_800, Date::new(2009, Some(8), None)),
            (20_090_000, Date::new(2009, None, None)),
            (0, None),
        ] {
            assert_eq!(date(number), expected);
        }
    }
}
