//! One pass over all that matches: how many passages and documents, and which passages are copies of the hits.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use tantivy::DocAddress;
use tantivy::query::{EnableScoring, Query};

use super::candidates::{Candidate, Columns};
use super::hit::Place;
use super::{Searcher, Total};
use crate::Result;
use crate::text::likeness::{Outline, may_be_like};
use crate::text::units::Units;

/// What a pass over all matching passages found.
#[derive(Debug, Default)]
pub(super) struct Survey {
    pub(super) total: Total,
    /// For each hit the other passages that are copies or near-copies of it, by document and number. A passage that
    /// is like several hits counts for the first of them.
    pub(super) copies: Vec<Vec<Place>>,
}

/// Texts as likeness sees them, read when they are needed.
#[derive(Default)]
struct Outlines(BTreeMap<DocAddress, Outline>);

impl Searcher<'_> {
    /// Keeps the first of passages that are copies of each other but for names and numbers.
    pub(super) fn collapse(&self, candidates: Vec<Candidate>) -> Result<Vec<Candidate>> {
        let mut kept: Vec<Candidate> = Vec::new();
        let mut outlines = Outlines::default();
        for candidate in candidates {
            if self.original(&candidate, &kept, &mut outlines)?.is_none() {
                kept.push(candidate);
            }
        }
        Ok(kept)
    }

    /// Goes through all passages of `query`; `hits` are the passages whose copies are looked for.
    pub(super) fn survey(
        &self,
        query: &dyn Query,
        hits: &[Candidate],
        columns: &[Columns],
    ) -> Result<Survey> {
        let scoring = EnableScoring::disabled_from_searcher(&self.snapshot);
        let weight = query.weight(scoring).map_err(self.engine())?;
        let mut survey = Survey::default();
        let mut suspects: Vec<Candidate> = Vec::new();
        for (ord, segment) in (0..).zip(self.snapshot.segment_readers()) {
            let columns = &columns[ord as usize];
            let mut documents = vec![0_u64; columns.n_documents().div_ceil(64)];
            let alive = segment.alive_bitset();
            let mut take = |docs: &[u32]| {
                let docs: Vec<u32> = docs
                    .iter()
                    .copied()
                    .filter(|&doc| alive.is_none_or(|alive| alive.is_alive(doc)))
                    .collect();
                survey.total.passages += docs.len() as u64;
                for document in docs.iter().filter_map(|&doc| columns.document(doc)) {
                    documents[document as usize / 64] |= 1 << (document % 64);
                }
                if hits.is_empty() {
                    return;
                }
                for (&doc, (shape, likeness)) in docs.iter().zip(columns.signatures(&docs)) {
                    let may_be_copy =
                        |hit: &Candidate| hit.shape == shape || may_be_like(hit.likeness, likeness);
                    if hits.iter().any(may_be_copy) {
                        suspects.push(columns.candidate(0.0, DocAddress::new(ord, doc)));
                    }
                }
            };
            weight
                .for_each_no_score(segment, &mut take)
                .map_err(self.engine())?;
            let ones = documents.iter().map(|word| u64::from(word.count_ones()));
            survey.total.documents += ones.sum::<u64>();
        }
        survey.copies = self.copies(suspects, hits, columns)?;
        Ok(survey)
    }

    fn copies(
        &self,
        suspects: Vec<Candidate>,
        hits: &[Candidate],
        columns: &[Columns],
    ) -> Result<Vec<Vec<Place>>> {
        self.learn_ids(&suspects, columns)?;
        let mut copies = vec![Vec::new(); hits.len()];
        let mut outlines = Outlines::default();
        for suspect in suspects {
            let is_hit = hits.iter().any(|hit| hit.address == suspect.address);
            let original = if is_hit {
                None
            } else {
                self.original(&suspect, hits, &mut outlines)?
            };
            if let Some(hit) = original {
                copies[hit].push(Place {
                    document: self.document_id(&suspect, columns)?,
                    number: suspect.number,
                });
            }
        }
        copies.iter_mut().for_each(|places| places.sort());
        Ok(copies)
    }

    /// The ordinal of the first of `kept` that `candidate` is a copy or near-copy of.
    fn original(
        &self,
        candidate: &Candidate,
        kept: &[Candidate],
        outlines: &mut Outlines,
    ) -> Result<Option<usize>> {
        for (ord, other) in kept.iter().enumerate() {
            if other.shape == candidate.shape {
                return Ok(Some(ord));
            }
            if may_be_like(other.likeness, candidate.likeness) {
                outlines.read(self, candidate.address)?;
                outlines.read(self, other.address)?;
                if outlines.0[&candidate.address].is_like(&outlines.0[&other.address]) {
                    return Ok(Some(ord));
                }
            }
        }
        Ok(None)
    }
}

impl Outlines {
    fn read(&mut self, searcher: &Searcher<'_>, address: DocAddress) -> Result<()> {
        if let Entry::Vacant(slot) = self.0.entry(address) {
            let text = searcher.text_at(address)?;
            slot.insert(Outline::new(&Units::new(&text)));
        }
        Ok(())
    }
}
