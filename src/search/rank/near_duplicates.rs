//! Copies and near-copies: one hit represents all of them, and lists how many and where they are.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use tantivy::DocAddress;

use super::candidate::Candidate;
use super::columns::Columns;
use crate::search::hit::Place;
use crate::search::matches::Matches;
use crate::search::{Result, Searcher};
use crate::text::simhash::{BigramProfile, is_near, may_be_like};

/// So many passages are looked at together.
// Values of a column are unpacked together faster than one by one. The search for copies among all that match is a fifth of
// the time of a query (BENCHMARKS.md, Latency), so that this loop is the one that counts.
const BLOCK: usize = 64;

/// Passages none of which is a copy of another.
#[derive(Default)]
pub(in crate::search) struct Originals {
    kept: Vec<Hashed>,
    profiles: Profiles,
}

/// A passage by its hashes.
#[derive(Clone, Copy)]
struct Hashed {
    address: DocAddress,
    shape: u64,
    likeness: u64,
}

impl Hashed {
    fn new(address: DocAddress, columns: &[Columns]) -> Self {
        let columns = &columns[address.segment_ord as usize];
        let mut likeness = [0];
        columns.likenesses(&[address.doc_id], &mut likeness);
        Self {
            address,
            shape: columns.shape(address.doc_id),
            likeness: likeness[0],
        }
    }
}

/// Bigrams of texts, read when they are needed.
#[derive(Default)]
struct Profiles(BTreeMap<DocAddress, BigramProfile>);

impl Searcher<'_> {
    /// Those of `candidates` that are not copies of each other or of `before`, names and numbers aside; `wanted` of
    /// them at most. They join `before`.
    pub(in crate::search) fn originals(
        &self,
        candidates: Vec<Candidate>,
        wanted: usize,
        before: &mut Originals,
        columns: &[Columns],
    ) -> Result<Vec<Candidate>> {
        let Originals { kept, profiles } = before;
        let mut originals = Vec::new();
        for candidate in candidates {
            if originals.len() == wanted {
                break;
            }
            let hashed = Hashed::new(candidate.address, columns);
            if self.original(&hashed, kept, profiles)?.is_none() {
                kept.push(hashed);
                originals.push(candidate);
            }
        }
        Ok(originals)
    }

    /// For each of `hits` the other passages of `matches` that are copies or near-copies of it, by document and
    /// number, with the address of its record. A passage that is like several hits counts for the first of them.
    pub(in crate::search) fn copies(
        &self,
        matches: &Matches,
        hits: &[Candidate],
        columns: &[Columns],
    ) -> Result<Vec<Vec<(Place, DocAddress)>>> {
        let hashed = hits.iter().map(|hit| Hashed::new(hit.address, columns));
        let hits: Vec<Hashed> = hashed.collect();
        let mut copies = Vec::new();
        let mut profiles = Profiles::default();
        for suspect in suspects(matches, &hits, columns) {
            let is_hit = hits.iter().any(|hit| hit.address == suspect.address);
            if !is_hit && let Some(hit) = self.original(&suspect, &hits, &mut profiles)? {
                let columns = &columns[suspect.address.segment_ord as usize];
                copies.push((hit, columns.candidate(0.0, suspect.address)));
            }
        }
        self.learn_ids(copies.iter().map(|(_, copy)| copy), columns)?;
        let mut places = vec![Vec::new(); hits.len()];
        for (hit, copy) in copies {
            let place = Place {
                document: self.document_id(&copy, columns)?,
                number: copy.number,
                place: None,
            };
            places[hit].push((place, copy.address));
        }
        places.iter_mut().for_each(|places| places.sort());
        Ok(places)
    }

    /// The ordinal of the first of `kept` that a passage is a copy or near-copy of.
    fn original(
        &self,
        passage: &Hashed,
        kept: &[Hashed],
        profiles: &mut Profiles,
    ) -> Result<Option<usize>> {
        for (ord, other) in kept.iter().enumerate() {
            // Equal shapes are equal units: no text needs to be read for it.
            if other.shape == passage.shape {
                return Ok(Some(ord));
            }
            // One pair in 20,000 unrelated texts comes through by chance; the bigrams of these are compared in full.
            if may_be_like(other.likeness, passage.likeness) {
                profiles.read(self, passage.address)?;
                profiles.read(self, other.address)?;
                if profiles.0[&passage.address].is_like(&profiles.0[&other.address]) {
                    return Ok(Some(ord));
                }
            }
        }
        Ok(None)
    }
}

/// The passages that may be copies of a hit, by their hashes.
fn suspects(matches: &Matches, hits: &[Hashed], columns: &[Columns]) -> Vec<Hashed> {
    let mut suspects = Vec::new();
    if hits.is_empty() {
        return suspects;
    }
    let mut likenesses = [0; BLOCK];
    for (ord, (passages, columns)) in (0..).zip(matches.iter().zip(columns)) {
        for docs in passages.chunks(BLOCK) {
            let likenesses = &mut likenesses[..docs.len()];
            columns.likenesses(docs, likenesses);
            let near = docs.iter().zip(&*likenesses).zip(near(likenesses, hits));
            for ((&doc, &likeness), _) in near.filter(|&(_, is_near)| is_near) {
                let shape = columns.shape(doc);
                // All short texts have the same likeness: their shapes must be compared.
                if likeness != 0 || hits.iter().any(|hit| hit.shape == shape) {
                    suspects.push(Hashed {
                        address: DocAddress::new(ord, doc),
                        shape,
                        likeness,
                    });
                }
            }
        }
    }
    suspects
}

/// Which of the likenesses of a block are near that of a hit.
fn near(likenesses: &[u64], hits: &[Hashed]) -> [bool; BLOCK] {
    let mut near = [false; BLOCK];
    for hit in hits {
        for (near, &likeness) in near.iter_mut().zip(likenesses) {
            *near |= is_near(hit.likeness, likeness);
        }
    }
    near
}

impl Profiles {
    fn read(&mut self, searcher: &Searcher<'_>, address: DocAddress) -> Result<()> {
        if let Entry::Vacant(slot) = self.0.entry(address) {
            slot.insert(searcher.with_text(address, |text| BigramProfile::new(text.chars()))?);
        }
        Ok(())
    }
}
