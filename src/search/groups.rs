//! The groups of records that documents are stored as.

use std::ops::Range;

use tantivy::schema::{IndexRecordOption, Term};
use tantivy::{DocId, DocSet, SegmentReader, TERMINATED};

use crate::index::{Fields, TYPE_DOCUMENT};

/// Where the documents of one segment end.
///
/// A document's records are in one segment, its passages first and its own record after them.
pub(super) struct Groups(Vec<DocId>);

impl Groups {
    pub(super) fn open(segment: &SegmentReader, fields: &Fields) -> tantivy::Result<Self> {
        let term = Term::from_field_text(fields.record_type, TYPE_DOCUMENT);
        let inverted = segment.inverted_index(fields.record_type)?;
        let mut ends = Vec::new();
        if let Some(mut postings) = inverted.read_postings(&term, IndexRecordOption::Basic)? {
            while postings.doc() != TERMINATED {
                ends.push(postings.doc());
                postings.advance();
            }
        }
        Ok(Self(ends))
    }

    /// The passages of the document that contains a passage.
    pub(super) fn around(&self, passage: DocId) -> Range<DocId> {
        // Ends are the documents' own records, which ascend as they are stored.
        let ord = self.0.partition_point(|&end| end < passage);
        // Records of files may lie between documents; they are no passages.
        let start = ord.checked_sub(1).map_or(0, |before| self.0[before] + 1);
        start..self.0.get(ord).copied().unwrap_or(passage + 1)
    }

    /// The number of documents that contain the passages, which ascend.
    pub(super) fn n_documents(&self, passages: &[DocId]) -> u64 {
        self.by_document(passages).count() as u64
    }

    /// The ordinals of the passages, which ascend, document by document.
    pub(super) fn by_document(&self, passages: &[DocId]) -> impl Iterator<Item = Range<usize>> {
        let mut ends = self.0.as_slice();
        let mut start = 0;
        std::iter::from_fn(move || {
            let rest = passages.get(start..)?;
            let first = *rest.first()?;
            ends = &ends[ends.partition_point(|&end| end < first)..];
            let end = ends.first().copied().unwrap_or(TERMINATED);
            let n = rest.iter().take_while(|&&passage| passage < end).count();
            // A document's own record is never among the passages; it would be a document by itself rather than no progress.
            let range = start..start + n.max(1);
            start = range.end;
            Some(range)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn documents_are_told_by_where_they_end() {
        let groups = Groups(vec![3, 4, 9]);
        for (passages, documents) in [
            (&[][..], 0),
            (&[0, 1, 2], 1),
            (&[2, 5], 2),
            (&[0, 5, 6, 8], 2),
            (&[8], 1),
        ] {
            assert_eq!(groups.n_documents(passages), documents, "{passages:?}");
        }
    }

    #[test]
    fn a_passage_is_between_the_records_of_two_documents() {
        let groups = Groups(vec![3, 4, 9]);
        for (passage, expected) in [
            (0, 0..3),
            (2, 0..3),
            (5, 5..9),
            (8, 5..9),
            // After the last document there is only the passage itself.
            (12, 10..13),
        ] {
            assert_eq!(groups.around(passage), expected, "{passage}");
        }
    }

    proptest::proptest! {
        #[test]
        fn documents_are_counted_as_one_by_one(ends in proptest::collection::btree_set(1_u32..60, 1..9), passages in proptest::collection::btree_set(0_u32..60, 0..20)) {
            let groups = Groups(ends.iter().copied().collect());
            let last = *ends.last().expect("an end");
            let passages: Vec<u32> = passages.into_iter().filter(|passage| *passage < last && !ends.contains(passage)).collect();
            let starts: std::collections::BTreeSet<u32> = passages.iter().map(|&passage| groups.around(passage).start).collect();
            proptest::prop_assert_eq!(groups.n_documents(&passages), starts.len() as u64);
            proptest::prop_assert!(passages.iter().all(|passage| groups.around(*passage).contains(passage)));
            let runs: Vec<Vec<u32>> = groups.by_document(&passages).map(|run| passages[run].to_vec()).collect();
            proptest::prop_assert!(runs.iter().all(|run| run.iter().all(|passage| groups.around(run[0]).contains(passage))));
            proptest::prop_assert_eq!(runs.concat(), passages);
        }
    }
}
