//! Copies and near-copies: one hit stands for all of them, and tells how many and where they are.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use tantivy::DocAddress;

use super::Searcher;
use super::candidates::{Candidate, Columns};
use super::hit::Place;
use super::matches::Matches;
use crate::Result;
use crate::text::likeness::{Outline, is_near, may_be_like};
use crate::text::units::Units;

/// So many passages are looked at together.
const BLOCK: usize = 64;

/// Passages that are no copies of each other.
#[derive(Default)]
pub(super) struct Originals {
    kept: Vec<Candidate>,
    outlines: Outlines,
}

/// Texts as likeness sees them, read when they are needed.
#[derive(Default)]
struct Outlines(BTreeMap<DocAddress, Outline>);

impl Searcher<'_> {
    /// Those of `candidates` that are no copies of each other, nor of what `before` holds, but for names and numbers; `wanted` of
    /// them at most. They join `before`.
    pub(super) fn originals(
        &self,
        candidates: Vec<Candidate>,
        wanted: usize,
        before: &mut Originals,
    ) -> Result<Vec<Candidate>> {
        let n_before = before.kept.len();
        for candidate in candidates {
            if before.kept.len() == n_before + wanted {
                break;
            }
            let Originals { kept, outlines } = before;
            if self.original(&candidate, kept, outlines)?.is_none() {
                kept.push(candidate);
            }
        }
        Ok(before.kept[n_before..].to_vec())
    }

    /// For each of `hits` the other passages of `matches` that are copies or near-copies of it, by document and
    /// number. A passage that is like several hits counts for the first of them.
    pub(super) fn copies(
        &self,
        matches: &Matches,
        hits: &[Candidate],
        columns: &[Columns],
    ) -> Result<Vec<Vec<Place>>> {
        let suspects = suspects(matches, hits, columns);
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

/// The passages that may be copies of a hit, by their hashes.
fn suspects(matches: &Matches, hits: &[Candidate], columns: &[Columns]) -> Vec<Candidate> {
    let mut suspects = Vec::new();
    if hits.is_empty() {
        return suspects;
    }
    let mut likenesses = [0; BLOCK];
    for (ord, (passages, columns)) in (0..).zip(matches.iter().zip(columns)) {
        for docs in passages.chunks(BLOCK) {
            let likenesses = &mut likenesses[..docs.len()];
            columns.likenesses(docs, likenesses);
            let mut is_suspect = [false; BLOCK];
            for hit in hits {
                for (suspect, &likeness) in is_suspect.iter_mut().zip(&*likenesses) {
                    *suspect |= is_near(hit.likeness, likeness);
                }
            }
            for (&doc, _) in docs.iter().zip(is_suspect).filter(|&(_, suspect)| suspect) {
                let suspect = columns.candidate(0.0, DocAddress::new(ord, doc));
                let is_short = suspect.likeness == 0;
                if !is_short || hits.iter().any(|hit| hit.shape == suspect.shape) {
                    suspects.push(suspect);
                }
            }
        }
    }
    suspects
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
