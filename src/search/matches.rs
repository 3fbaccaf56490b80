//! All passages that match a query, and the number of their documents.

use std::ops::Range;

use tantivy::query::Query;
use tantivy::schema::{IndexRecordOption, Term};
use tantivy::{DocAddress, DocId, DocSet, SegmentReader, TERMINATED};

use serde::Serialize;

use super::Searcher;
use crate::index::{Fields, TYPE_DOCUMENT};
use crate::query::{LocatedTerm, Terms};
use crate::search::Result;

/// How many passages and documents match.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Total {
    /// Passages.
    pub passages: u64,
    /// Documents that hold them.
    pub documents: u64,
}

/// The passages that match and are not deleted, ascending, segment by segment.
pub(super) type Matches = Vec<Vec<DocId>>;

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
        let ord = self.0.partition_point(|&end| end < passage);
        // Records of files may lie between documents; they are no passages.
        let start = ord.checked_sub(1).map_or(0, |before| self.0[before] + 1);
        start..self.0.get(ord).copied().unwrap_or(passage + 1)
    }

    /// The number of documents that contain the passages, which ascend.
    pub(super) fn n_documents(&self, passages: &[DocId]) -> u64 {
        let mut n = 0;
        let (mut passages, mut ends) = (passages, self.0.as_slice());
        while let Some(&first) = passages.first() {
            n += 1;
            ends = &ends[ends.partition_point(|&end| end < first)..];
            let end = ends.first().copied().unwrap_or(TERMINATED);
            let within = passages.iter().take_while(|&&passage| passage < end);
            passages = &passages[within.count()..];
        }
        n
    }
}

impl Searcher<'_> {
    /// All passages of `query`.
    pub(super) fn matches(&self, query: &dyn Query) -> Result<Matches> {
        let weight = self.unscored(query)?;
        let segments = self.snapshot.segment_readers().iter();
        let matches = segments.map(|segment| {
            let alive = segment.alive_bitset();
            let mut out = Vec::new();
            let mut take = |docs: &[DocId]| match alive {
                None => out.extend_from_slice(docs),
                Some(alive) => {
                    out.extend(docs.iter().copied().filter(|&doc| alive.is_alive(doc)));
                }
            };
            weight
                .for_each_no_score(segment, &mut take)
                .map_err(self.engine())?;
            Ok(out)
        });
        let matches = matches.collect();
        self.index.parts().check().map_err(self.engine())?;
        matches
    }

    /// All passages that hold any of the terms.
    pub(super) fn passages_with_any(&self, terms: &Terms) -> Result<Matches> {
        let located = terms.keys().map(|term| self.statistics.locate(term));
        let located = located.collect::<tantivy::Result<Vec<LocatedTerm>>>();
        let located = located.map_err(self.engine())?;
        let segments = self.snapshot.segment_readers().iter();
        let holders = segments.enumerate().map(|(ord, segment)| {
            let parts = self.index.parts().of(segment)?;
            let mut marks = vec![0_u64; segment.max_doc().div_ceil(u64::BITS) as usize];
            for term in &located {
                if let Some(located) = &term[ord] {
                    let mut postings = located.open(segment, &parts)?;
                    loop {
                        let docs = postings.docs_ahead();
                        if docs.is_empty() {
                            break;
                        }
                        for &doc in docs {
                            marks[(doc / u64::BITS) as usize] |= 1 << (doc % u64::BITS);
                        }
                        let n = docs.len();
                        postings.skip(n);
                    }
                }
            }
            let mut docs = passages_of(&marks);
            if let Some(alive) = segment.alive_bitset() {
                docs.retain(|&doc| alive.is_alive(doc));
            }
            Ok(docs)
        });
        holders
            .collect::<tantivy::Result<_>>()
            .map_err(self.engine())
    }

    /// How many passages and documents these are.
    pub(super) fn total(&self, matches: &Matches) -> Result<Total> {
        let mut total = Total::default();
        for (passages, columns) in matches.iter().zip(self.columns()?) {
            total.passages += passages.len() as u64;
            total.documents += columns.groups.n_documents(passages);
        }
        Ok(total)
    }

    pub(super) fn unscored(&self, query: &dyn Query) -> Result<Box<dyn tantivy::query::Weight>> {
        let scoring = tantivy::query::EnableScoring::disabled_from_searcher(&self.snapshot);
        query.weight(scoring).map_err(self.engine())
    }
}

/// Whether a passage is one of the matches.
pub(super) fn holds(matches: &Matches, address: DocAddress) -> bool {
    let here = &matches[address.segment_ord as usize];
    here.binary_search(&address.doc_id).is_ok()
}

/// The passages that have a mark, a bit each.
fn passages_of(marks: &[u64]) -> Vec<DocId> {
    let n: u32 = marks.iter().map(|mark| mark.count_ones()).sum();
    let mut docs = Vec::with_capacity(n as usize);
    for (start, &mark) in (0..).step_by(u64::BITS as usize).zip(marks) {
        let mut rest = mark;
        while rest != 0 {
            docs.push(start + rest.trailing_zeros());
            rest &= rest - 1;
        }
    }
    docs
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_passages_in_order() {
        assert_eq!(passages_of(&[1 << 63 | 0b101, 0, 1]), [0, 2, 63, 128]);
        assert!(passages_of(&[]).is_empty());
    }

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
}
