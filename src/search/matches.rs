//! All passages that match a query, and the number of their documents.

use serde::Serialize;
use tantivy::query::Query;
use tantivy::{DocAddress, DocId};

use crate::query::{LocatedTerm, TermPostings, Terms};
use crate::search::{Result, Searcher};

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

/// A number for each of the matches, in the same order: how often it holds what is looked for.
pub(super) type Occurrences = Vec<Vec<u32>>;

impl Searcher<'_> {
    /// All passages of `query`.
    pub(super) fn matches(&self, query: &dyn Query) -> Result<Matches> {
        let weight = self.unscored(query)?;
        let segments = self.snapshot.segment_readers().iter();
        let matches = segments.map(|segment| {
            self.go_on()?;
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
            for located in located.iter().filter_map(|term| term[ord].as_ref()) {
                mark_all(located.open(segment, &parts)?, &mut marks);
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

/// Sets the bits of all passages of a list.
fn mark_all(mut postings: TermPostings, marks: &mut [u64]) {
    loop {
        let docs = postings.docs_ahead();
        if docs.is_empty() {
            return;
        }
        for &doc in docs {
            marks[(doc / u64::BITS) as usize] |= 1 << (doc % u64::BITS);
        }
        let n = docs.len();
        postings.skip(n);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_passages_in_order() {
        assert_eq!(passages_of(&[1 << 63 | 0b101, 0, 1]), [0, 2, 63, 128]);
        assert!(passages_of(&[]).is_empty());
    }
}
