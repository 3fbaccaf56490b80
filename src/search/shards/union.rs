//! The candidates of all shards as one pool.

use std::collections::BTreeMap;

use tantivy::DocAddress;

use super::collection::Shards;
use super::question::{
    Address, Answer, FirstRow, FirstRows, Original, Own, Question, Refined, Search,
};
use crate::search::rank::candidate::{Candidate, Holds, sort};
use crate::search::rank::pool::{Hashed, Pool};
use crate::search::{By, Sort};
use crate::text::simhash::BigramProfile;

/// The candidates of all shards.
///
/// Segments are numbered through all shards, so that an address means one passage.
pub(super) struct Union<'a, S> {
    shards: &'a S,
    pub(super) search: Search,
    /// The first segment of each shard, and one more for the end.
    firsts: Vec<u32>,
    /// The last answers, and how deep they go.
    answers: Vec<FirstRows>,
    depth: usize,
    ids: BTreeMap<DocAddress, String>,
    refined: BTreeMap<DocAddress, Refined>,
}

/// How many passages and documents are found.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Found {
    pub(super) passages: u64,
    pub(super) documents: u64,
}

impl<'a, S: Shards> Union<'a, S> {
    pub(super) fn new(shards: &'a S, search: Search) -> Self {
        Self {
            shards,
            search,
            firsts: Vec::new(),
            answers: Vec::new(),
            depth: 0,
            ids: BTreeMap::new(),
            refined: BTreeMap::new(),
        }
    }

    /// Asks all shards for their first passages.
    pub(super) fn ask_first(&mut self, depth: usize) -> Result<Found, S::Error> {
        let mut answers = self.first_rows(depth, true)?;
        // One index looks for all or for none of what holds the query as it is written. Where that costs a shard too much, none.
        let known = answers.iter().filter(|answer| answer.knows_written).count();
        if known > 0 && known < answers.len() {
            answers = self.first_rows(depth, false)?;
        }
        let mut first = 0;
        self.firsts = vec![0];
        for answer in &answers {
            first += answer.n_segments;
            self.firsts.push(first);
        }
        let found = answers.iter().fold(Found::default(), |sum, answer| Found {
            passages: sum.passages + answer.passages,
            documents: sum.documents + answer.documents,
        });
        self.answers = answers;
        self.depth = depth;
        Ok(found)
    }

    fn first_rows(&self, depth: usize, written: bool) -> Result<Vec<FirstRows>, S::Error> {
        let question = Question::First {
            search: self.search.clone(),
            depth,
            written,
        };
        let all = (0..self.shards.n_shards()).map(|shard| (shard, Own::None));
        let answers = self.shards.ask(&question, all.collect())?;
        let rows = answers.into_iter().filter_map(|answer| match answer {
            Answer::First(rows) => Some(rows),
            _ => None,
        });
        Ok(rows.collect())
    }

    /// The shard that an address is of, and the address in its index.
    pub(super) fn in_shard(&self, address: DocAddress) -> (usize, Address) {
        let after = self
            .firsts
            .partition_point(|&first| first <= address.segment_ord);
        // Shards without a segment begin where the next one does: the last that begins here has it.
        let shard = after.saturating_sub(1);
        (shard, Address::of_collection(address, self.firsts[shard]))
    }

    /// What the other shards need to find copies of a hit.
    pub(super) fn original(&self, address: DocAddress) -> Original {
        let refined = &self.refined[&address];
        Original {
            shape: refined.shape,
            likeness: refined.likeness,
            text: refined.text.clone(),
        }
    }

    fn candidate(&self, shard: usize, row: &FirstRow) -> Candidate {
        let address = row.address.in_collection(self.firsts[shard]);
        Candidate {
            score: f32::from_bits(row.score),
            address,
            document: (address.segment_ord, row.ord),
            number: row.number,
            section_end: row.section_end,
            holds: Holds::default(),
        }
    }
}

impl<S: Shards> Pool for Union<'_, S> {
    type Error = S::Error;

    fn first(&mut self, depth: usize) -> Result<Vec<Candidate>, S::Error> {
        // Each shard gives as many as are wanted of all: they may all be of one.
        if depth > self.depth {
            self.ask_first(depth)?;
        }
        let answers = std::mem::take(&mut self.answers);
        let mut rows: Vec<(&FirstRow, Candidate)> = Vec::new();
        for (shard, answer) in answers.iter().enumerate() {
            for row in &answer.rows {
                let candidate = self.candidate(shard, row);
                self.ids.insert(candidate.address, row.document.clone());
                rows.push((row, candidate));
            }
        }
        let mut first = match self.search.options.sort {
            Sort::Score => {
                let (written, others): (Vec<_>, Vec<_>) =
                    rows.iter().partition(|(row, _)| row.is_written);
                let mut all = Vec::new();
                for part in [written, others] {
                    let mut part: Vec<Candidate> =
                        part.into_iter().map(|&(_, candidate)| candidate).collect();
                    sort(&mut part, |group| self.ids(group))?;
                    all.append(&mut part);
                }
                all
            }
            order => {
                let undated = |row: &FirstRow| (row.date.is_none(), row.date);
                rows.sort_by(|(a, _), (b, _)| {
                    let by_date = match order {
                        Sort::Date => undated(a).cmp(&undated(b)),
                        Sort::DateDescending => b.date.cmp(&a.date),
                        Sort::Path | Sort::Score => std::cmp::Ordering::Equal,
                    };
                    let by_place = (&a.document, a.number).cmp(&(&b.document, b.number));
                    by_date.then(by_place)
                });
                rows.iter().map(|&(_, candidate)| candidate).collect()
            }
        };
        first.truncate(depth);
        self.answers = answers;
        Ok(first)
    }

    fn refine(&mut self, piece: &mut [Candidate]) -> Result<(), S::Error> {
        let options = &self.search.options;
        let is_shown_as_it_is = options.by == By::Passage && !options.collapse;
        if piece.is_empty() || options.sort != Sort::Score && is_shown_as_it_is {
            return Ok(());
        }
        let mut own: BTreeMap<usize, Vec<(Address, u32)>> = BTreeMap::new();
        for candidate in &*piece {
            let (shard, address) = self.in_shard(candidate.address);
            let passages = own.entry(shard).or_default();
            passages.push((address, candidate.score.to_bits()));
        }
        let question = Question::Refine {
            search: self.search.clone(),
        };
        let asked = own.iter();
        let asked = asked.map(|(&shard, passages)| (shard, Own::Passages(passages.clone())));
        let answers = self.shards.ask(&question, asked.collect())?;
        for ((shard, passages), answer) in own.into_iter().zip(answers) {
            let Answer::Refined(refined) = answer else {
                continue;
            };
            for ((address, _), refined) in passages.into_iter().zip(refined) {
                let address = address.in_collection(self.firsts[shard]);
                self.refined.insert(address, refined);
            }
        }
        if self.search.options.sort == Sort::Score {
            for candidate in piece {
                let refined = &self.refined[&candidate.address];
                candidate.score = f32::from_bits(refined.score);
                candidate.holds = refined.holds;
            }
        }
        Ok(())
    }

    fn ids(&mut self, candidates: &[Candidate]) -> Result<Vec<String>, S::Error> {
        let ids = candidates.iter();
        Ok(ids
            .map(|candidate| self.ids[&candidate.address].clone())
            .collect())
    }

    fn n_passages(&self, candidate: &Candidate) -> usize {
        self.refined[&candidate.address].n_passages
    }

    fn hashed(&self, address: DocAddress) -> Hashed {
        let refined = &self.refined[&address];
        Hashed {
            address,
            shape: refined.shape,
            likeness: refined.likeness,
        }
    }

    fn profile(&self, address: DocAddress) -> Result<BigramProfile, S::Error> {
        Ok(BigramProfile::new(self.refined[&address].text.chars()))
    }
}
