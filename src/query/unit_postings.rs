//! Posting lists of single units: the union of all grams that a unit opens.

use std::ops::Range;
use std::sync::Arc;

use tantivy::postings::{Postings, SegmentPostings, TermInfo};
use tantivy::schema::IndexRecordOption;
use tantivy::{DocId, DocSet, InvertedIndexReader, TERMINATED};

/// The merged postings of all grams that a unit opens, on one of its documents.
pub(super) struct Union {
    lists: Arc<Lists>,
    /// Ordinal of the current document.
    at: usize,
}

/// The postings of a unit in one segment; phrases that hold it several times share them.
#[derive(Debug)]
pub(super) struct Lists {
    /// The documents that hold the unit, ascending.
    docs: Vec<DocId>,
    /// For each of them the end of its places in `places`; they begin where those of the one before end.
    ends: Vec<u32>,
    /// Positions of the unit, ascending in each document; empty where only their number is asked for.
    places: Vec<u32>,
}

/// What is asked of a unit's postings.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Want {
    Frequencies,
    Places,
}

impl Lists {
    /// Reads the grams that begin with `prefix`. Their lists are short and many: places are counted for each
    /// document and then put where they belong, which costs less than merging or sorting them.
    pub(super) fn open(
        inverted: &InvertedIndexReader,
        prefix: &str,
        (n_docs, want): (u32, Want),
    ) -> tantivy::Result<Self> {
        let mut frequencies = vec![0_u32; n_docs as usize];
        each_posting(
            (inverted, prefix),
            IndexRecordOption::WithFreqs,
            |postings| frequencies[postings.doc() as usize] += postings.term_freq(),
        )?;
        let mut docs = Vec::new();
        let mut ends = Vec::new();
        let mut end = 0;
        for (doc, frequency) in (0..).zip(&mut frequencies) {
            if *frequency > 0 {
                end += *frequency;
                docs.push(doc);
                ends.push(end);
                // From here on: where the document's next place goes.
                *frequency = end - *frequency;
            }
        }
        let mut places = Vec::new();
        if want == Want::Places {
            places.resize(end as usize, 0);
            let mut buffer = Vec::new();
            each_posting(
                (inverted, prefix),
                IndexRecordOption::WithFreqsAndPositions,
                |postings| {
                    postings.positions(&mut buffer);
                    let next = &mut frequencies[postings.doc() as usize];
                    places[*next as usize..][..buffer.len()].copy_from_slice(&buffer);
                    *next += buffer.len() as u32;
                },
            )?;
            let mut start = 0;
            for &end in &ends {
                places[start..end as usize].sort_unstable();
                start = end as usize;
            }
        }
        Ok(Self { docs, ends, places })
    }
}

impl Union {
    /// Begins at the first document.
    pub(super) fn new(lists: Arc<Lists>) -> Self {
        Self { lists, at: 0 }
    }

    pub(super) fn doc(&self) -> DocId {
        self.lists.docs.get(self.at).copied().unwrap_or(TERMINATED)
    }

    pub(super) fn seek(&mut self, target: DocId) -> DocId {
        // Mostly the next one is asked for.
        if self.doc() < target {
            self.at += 1;
        }
        if self.doc() < target {
            self.at += self.lists.docs[self.at..].partition_point(|&doc| doc < target);
        }
        self.doc()
    }

    /// The number of documents that hold the unit.
    pub(super) fn n_docs(&self) -> u32 {
        self.lists.docs.len() as u32
    }

    /// The number of its places in all documents; of their documents where only their number is asked for.
    pub(super) fn n_places(&self) -> u64 {
        self.lists.places.len().max(self.lists.docs.len()) as u64
    }

    /// How often the current document holds the unit.
    pub(super) fn frequency(&self) -> u32 {
        self.range().len() as u32
    }

    /// Positions of the unit in the current document, ascending.
    pub(super) fn places(&self) -> &[u32] {
        &self.lists.places[self.range()]
    }

    fn range(&self) -> Range<usize> {
        let start = self
            .at
            .checked_sub(1)
            .map_or(0, |last| self.lists.ends[last]);
        start as usize..self.lists.ends[self.at] as usize
    }
}

/// About how many places a term has. The dictionary does not say; a position takes a byte where they lie apart as in most
/// texts, and an eighth of one where they follow each other.
pub(super) fn n_places(info: &TermInfo) -> u64 {
    u64::from(info.doc_freq).max(info.positions_range.len() as u64)
}

/// Calls `visit` on every gram that begins with `prefix`, in order.
pub(super) fn each_gram(
    inverted: &InvertedIndexReader,
    prefix: &str,
    mut visit: impl FnMut(&TermInfo) -> tantivy::Result<()>,
) -> tantivy::Result<()> {
    let prefix = prefix.as_bytes();
    let mut terms = inverted.terms().range().ge(prefix).into_stream()?;
    while terms.advance() && terms.key().starts_with(prefix) {
        visit(terms.value())?;
    }
    Ok(())
}

/// About how many places all grams have that begin with `prefix`.
pub(super) fn n_postings(inverted: &InvertedIndexReader, prefix: &str) -> tantivy::Result<u64> {
    let mut sum = 0;
    each_gram(inverted, prefix, |info| {
        sum += n_places(info);
        Ok(())
    })?;
    Ok(sum)
}

/// Calls `visit` on every posting of every gram that begins with the prefix.
fn each_posting(
    (inverted, prefix): (&InvertedIndexReader, &str),
    option: IndexRecordOption,
    mut visit: impl FnMut(&mut SegmentPostings),
) -> tantivy::Result<()> {
    each_gram(inverted, prefix, |info| {
        let mut postings = inverted.read_postings_from_terminfo(info, option)?;
        while postings.doc() != TERMINATED {
            visit(&mut postings);
            postings.advance();
        }
        Ok(())
    })
}
