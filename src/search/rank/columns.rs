//! The columns of a segment that ranking reads.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Mutex, PoisonError};

use tantivy::columnar::{Column, StrColumn};
use tantivy::{DocAddress, DocId, SegmentReader};

use super::candidate::{Candidate, Holds};
use super::pool::Hashed;
use crate::index::Fields;
use crate::search::groups::Groups;

/// Which text of a passage is scored: its own, or one that it inherits.
#[derive(Clone, Copy, Debug)]
pub(in crate::search) enum TextSource {
    Text,
    Headings,
    Title,
}

/// The columns of one segment that candidates are made of.
pub(in crate::search) struct Columns {
    document: Option<StrColumn>,
    number: Column<u64>,
    shape: Column<u64>,
    likeness: Column<u64>,
    section_end: Column<u64>,
    headings_offset: Column<u64>,
    title_offset: Column<u64>,
    pub(in crate::search) groups: Groups,
    /// Ids of documents that were asked for: they are stored in compressed blocks.
    // One lock for all ids of a segment, held for a look-up and never while another one is taken.
    ids: Mutex<BTreeMap<u64, String>>,
}

impl Columns {
    pub(super) fn open(segment: &SegmentReader, fields: &Fields) -> tantivy::Result<Self> {
        let columns = segment.fast_fields();
        Ok(Self {
            document: columns.str("document")?,
            number: columns.u64("number")?,
            shape: columns.u64("shape")?,
            likeness: columns.u64("likeness")?,
            section_end: columns.u64("section_end")?,
            headings_offset: columns.u64(fields.headings.run_offset_name)?,
            title_offset: columns.u64(fields.title.run_offset_name)?,
            groups: Groups::open(segment, fields)?,
            ids: Mutex::default(),
        })
    }

    pub(in crate::search) fn candidate(&self, score: f32, address: DocAddress) -> Candidate {
        let doc = address.doc_id;
        let value = |column: &Column<u64>| column.first(doc).unwrap_or(0);
        Candidate {
            score,
            address,
            document: (address.segment_ord, self.document(doc)),
            number: value(&self.number) as u32,
            section_end: value(&self.section_end) as u32,
            holds: Holds::default(),
        }
    }

    /// The anchor that a text of a passage is indexed on; `None` if the passage inherits no such text.
    pub(in crate::search) fn anchor(&self, of: TextSource, doc: DocId) -> Option<DocId> {
        let places = match of {
            TextSource::Text => return Some(doc),
            TextSource::Headings => &self.headings_offset,
            TextSource::Title => &self.title_offset,
        };
        doc.checked_sub(places.first(doc)? as DocId)
    }

    /// The ordinal of the document that contains a passage.
    fn document(&self, doc: DocId) -> u64 {
        let column = self.document.as_ref();
        let ord = column.and_then(|column| column.ords().first(doc));
        // No document has this ordinal: records without one are no passages, and are never taken for the same document as any.
        ord.unwrap_or(u64::MAX)
    }

    /// The shapes of the passages below the title of a passage's document, in order.
    pub(in crate::search) fn below_title(&self, doc: DocId) -> impl Iterator<Item = u64> {
        let passages = self.groups.around(doc);
        // A title is not under itself; every other passage of a document is.
        let below = passages.filter(|&doc| self.title_offset.first(doc).is_some());
        below.map(|doc| self.shape(doc))
    }

    /// The number of passages of the document that contains a passage: the number of its last one. Records of files may lie
    /// between documents, so that the size of the group would depend on threads and on earlier runs.
    pub(in crate::search) fn n_passages(&self, doc: DocId) -> usize {
        let end = self.groups.around(doc).end;
        let last = end.checked_sub(1).unwrap_or(doc);
        self.number.first(last).unwrap_or(0) as usize
    }

    /// The hash of a passage's units.
    pub(in crate::search) fn shape(&self, doc: DocId) -> u64 {
        self.shape.first(doc).unwrap_or(0)
    }

    /// The hashes of a passage.
    pub(in crate::search) fn hashed(&self, address: DocAddress) -> Hashed {
        let mut likeness = [0];
        self.likenesses(&[address.doc_id], &mut likeness);
        Hashed {
            address,
            shape: self.shape(address.doc_id),
            likeness: likeness[0],
        }
    }

    /// What passages are like, as hashes; the column holds one for every record.
    pub(in crate::search) fn likenesses(&self, docs: &[DocId], out: &mut [u64]) {
        self.likeness.values.get_vals(docs, out);
    }

    pub(super) fn document_id(&self, ord: u64) -> std::io::Result<String> {
        let mut ids = self.ids.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(id) = ids.get(&ord) {
            return Ok(id.clone());
        }
        let mut id = String::new();
        if let Some(column) = &self.document {
            column.ord_to_str(ord, &mut id)?;
        }
        ids.insert(ord, id.clone());
        Ok(id)
    }

    /// Reads the ids of many documents at once, for [`Searcher::document_id`].
    pub(super) fn learn(&self, ords: &BTreeSet<u64>) -> std::io::Result<()> {
        let Some(column) = &self.document else {
            return Ok(());
        };
        let mut ids = self.ids.lock().unwrap_or_else(PoisonError::into_inner);
        let mut unknown = Vec::new();
        unknown.extend(ords.iter().copied().filter(|ord| !ids.contains_key(ord)));
        let mut next = unknown.iter();
        column
            .dictionary()
            .sorted_ords_to_term_cb(&unknown, |term| {
                if let Some(&ord) = next.next() {
                    ids.insert(ord, String::from_utf8_lossy(term).into_owned());
                }
            })?;
        Ok(())
    }
}
