//! Copies and near-copies: one hit represents all of them, and lists how many and where they are.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use tantivy::DocAddress;

use super::candidate::Candidate;
use super::columns::Columns;
use super::pool::{Hashed, Pool};
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

/// Bigrams of texts, read when they are needed.
#[derive(Default)]
struct Profiles(BTreeMap<DocAddress, BigramProfile>);

impl Originals {
    /// Those of `candidates` that are not copies of each other or of those taken before, names and numbers aside; `wanted` of
    /// them at most.
    pub(in crate::search) fn take<P: Pool>(
        &mut self,
        candidates: Vec<Candidate>,
        wanted: usize,
        pool: &P,
    ) -> Result<Vec<Candidate>, P::Error> {
        let mut originals = Vec::new();
        for candidate in candidates {
            if originals.len() == wanted {
                break;
            }
            let hashed = pool.hashed(candidate.address);
            let read = |address| pool.profile(address);
            if self.profiles.original(&hashed, &self.kept, read)?.is_none() {
                self.kept.push(hashed);
                originals.push(candidate);
            }
        }
        Ok(originals)
    }
}

/// Hits whose copies are looked for.
#[derive(Default)]
pub(in crate::search) struct Hits {
    hashed: Vec<Hashed>,
    profiles: Profiles,
}

impl Hits {
    /// Adds a hit of this index.
    pub(in crate::search) fn push(&mut self, hit: Hashed) {
        self.hashed.push(hit);
    }

    /// Adds a hit of another shard, by its hashes and its text.
    pub(in crate::search) fn push_other(&mut self, (shape, likeness): (u64, u64), text: &str) {
        // No segment has this ordinal: an address of its own for each.
        let address = DocAddress::new(u32::MAX, self.hashed.len() as u32);
        let profile = BigramProfile::new(text.chars());
        self.profiles.0.insert(address, profile);
        self.hashed.push(Hashed {
            address,
            shape,
            likeness,
        });
    }
}

impl Searcher<'_> {
    /// For each of `hits` the other passages of `matches` that are copies or near-copies of it, by document and
    /// number, with the address of its record. A passage that is like several hits counts for the first of them.
    pub(in crate::search) fn copies(
        &self,
        matches: &Matches,
        hits: Hits,
        columns: &[Columns],
    ) -> Result<Vec<Vec<(Place, DocAddress)>>> {
        let Hits {
            hashed: hits,
            mut profiles,
        } = hits;
        let mut copies = Vec::new();
        for suspect in suspects(matches, &hits, columns) {
            let is_hit = hits.iter().any(|hit| hit.address == suspect.address);
            let read = |address| self.bigrams(address);
            if !is_hit && let Some(hit) = profiles.original(&suspect, &hits, read)? {
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

    /// The bigrams of a passage's text.
    pub(in crate::search) fn bigrams(&self, address: DocAddress) -> Result<BigramProfile> {
        self.with_text(address, |text| BigramProfile::new(text.chars()))
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
    /// The ordinal of the first of `kept` that a passage is a copy or near-copy of.
    fn original<E>(
        &mut self,
        passage: &Hashed,
        kept: &[Hashed],
        read: impl Fn(DocAddress) -> Result<BigramProfile, E>,
    ) -> Result<Option<usize>, E> {
        for (ord, other) in kept.iter().enumerate() {
            // Equal shapes are equal units: no text needs to be read for it.
            if other.shape == passage.shape {
                return Ok(Some(ord));
            }
            // One pair in 20,000 unrelated texts comes through by chance; the bigrams of these are compared in full.
            if may_be_like(other.likeness, passage.likeness) {
                for address in [passage.address, other.address] {
                    if let Entry::Vacant(slot) = self.0.entry(address) {
                        slot.insert(read(address)?);
                    }
                }
                if self.0[&passage.address].is_like(&self.0[&other.address]) {
                    return Ok(Some(ord));
                }
            }
        }
        Ok(None)
    }
}
