//! The order of all that a query finds, made piece by piece as far as a page reaches.
//!
//! The index alone puts passages in a first order. The second stage reranks the first hundred of them by their text (two hundred
//! for a long query), then three times as many, and so on, each piece by itself: where a piece ends depends on the query alone, so that pages are slices
//! of one order. It is made of what a [`Pool`] says, one index or many.

use std::collections::BTreeSet;

use super::candidate::{Candidate, sort};
use super::documents::{bonus_weight, first_of_documents, scored_documents};
use super::near_duplicates::Originals;
use super::options::{By, SearchOptions, Sort};
use super::pool::Pool;
use super::rerank::{lift, reads_texts};
use crate::query::{Node, Ranking};

/// Passages of the first piece: twice as many for a query of more than [`SHORT`] units, whose first places the index alone
/// orders less well (nDCG +0.01 on two of six judged sets).
// nDCG@10 with 50, 70 and 100: classical-zh .6592 .6638 .6672, stard .3555 .3576 .3622, headings .3126 .3269 .3290; the other
// sets are the same. More was not better enough to pay for reading more texts.
const FIRST_PIECE: usize = 100;
pub(in crate::search) const SHORT: usize = 16;
/// Each piece ends at this multiple of where the previous one ended.
// Each piece asks the first stage again for all that came before it, so that the steps must grow by a factor: a page at 10,000
// takes five of them. Pieces of one size made hits come twice over pages, or never.
const GROWTH: usize = 4;

/// The requested hits.
#[derive(Clone, Copy)]
pub(in crate::search) struct Asked<'a> {
    pub(in crate::search) node: &'a Node,
    pub(in crate::search) options: &'a SearchOptions,
    pub(in crate::search) ranking: &'a Ranking,
}

/// The candidates up to the last one asked for, in order.
pub(in crate::search) fn ordered<P: Pool>(
    pool: &mut P,
    asked: Asked<'_>,
) -> Result<Vec<Candidate>, P::Error> {
    let Asked { node, options, .. } = asked;
    // Both come from the command line, where any number can be written: beyond the last one all is wanted.
    let wanted = options.offset.saturating_add(options.limit);
    let mut originals = Originals::default();
    let mut documents = BTreeSet::new();
    let mut ordered: Vec<Candidate> = Vec::new();
    let (mut start, mut end) = (0, first_piece(node));
    loop {
        let mut piece = pool.first(end)?;
        let is_last = piece.len() < end;
        piece.drain(..start.min(piece.len()));
        pool.refine(&mut piece)?;
        if options.sort == Sort::Score {
            if reads_texts(node, asked.ranking) && node.can_hold_all() {
                lift(&mut piece);
            }
            sort(&mut piece, |group| pool.ids(group))?;
            demote_headings(&mut piece);
        }
        piece = match options.by {
            By::Document => {
                let mut of_piece = match options.sort {
                    Sort::Score => documents_of(pool, piece, asked),
                    _ => first_of_documents(piece),
                };
                of_piece.retain(|candidate| documents.insert(candidate.document));
                if options.sort == Sort::Score {
                    sort(&mut of_piece, |group| pool.ids(group))?;
                }
                of_piece
            }
            By::Passage if options.collapse => {
                let n = wanted.saturating_sub(ordered.len());
                originals.take(piece, n, pool)?
            }
            By::Passage => piece,
        };
        cap_scores(&mut piece, &ordered);
        ordered.append(&mut piece);
        if is_last || ordered.len() >= wanted {
            ordered.truncate(wanted);
            return Ok(ordered);
        }
        (start, end) = (end, end.saturating_mul(GROWTH));
    }
}

/// One candidate for each document, with a bonus for its other passages.
fn documents_of<P: Pool>(pool: &P, piece: Vec<Candidate>, asked: Asked<'_>) -> Vec<Candidate> {
    scored_documents(piece, |candidate| {
        let n_passages = pool.n_passages(candidate);
        bonus_weight(asked.ranking.others, n_passages, asked.node.n_units())
    })
}

pub(in crate::search) fn first_piece(node: &Node) -> usize {
    FIRST_PIECE * if node.n_units() > SHORT { 2 } else { 1 }
}

/// Moves each bare heading after the last candidate of its section that holds as much of the query.
fn demote_headings(candidates: &mut Vec<Candidate>) {
    let key = |(ord, heading): (usize, &Candidate)| match last_below(heading, candidates) {
        Some(last) if last > ord => (last, true, ord),
        _ => (ord, false, ord),
    };
    let mut keys: Vec<(usize, bool, usize)> = candidates.iter().enumerate().map(key).collect();
    keys.sort_unstable();
    let demoted = keys.into_iter().map(|(last, _, ord)| Candidate {
        score: candidates[ord].score.min(candidates[last].score),
        ..candidates[ord]
    });
    *candidates = demoted.collect();
}

/// The last candidate in the section of a bare heading that holds as much of the query as it.
fn last_below(heading: &Candidate, candidates: &[Candidate]) -> Option<usize> {
    let numbers = heading.number + 1..=heading.section_end;
    let is_below = |other: &Candidate| {
        other.document == heading.document
            && other.section_end == 0
            && other.holds >= heading.holds
            && numbers.contains(&other.number)
    };
    // Only a bare heading knows where its section ends.
    let is_bare_heading = heading.section_end != 0;
    is_bare_heading.then(|| candidates.iter().rposition(is_below))?
}

/// Lowers the scores of a piece to those before it: each piece is reranked by itself, and a later one must not score
/// higher than an earlier one.
fn cap_scores(piece: &mut [Candidate], before: &[Candidate]) {
    let scores = before.iter().map(|candidate| candidate.score);
    let most = scores.reduce(f32::min).unwrap_or(f32::MAX);
    for candidate in piece {
        candidate.score = candidate.score.min(most);
    }
}

#[cfg(test)]
mod tests {
    use tantivy::DocAddress;

    use super::*;
    use crate::search::rank::candidate::Holds;

    #[test]
    fn a_heading_comes_behind_what_stands_below_it_and_holds_as_much() {
        let candidate = |number, score, section_end, holds| Candidate {
            score,
            address: DocAddress::new(0, number),
            document: (0, 0),
            number,
            section_end,
            holds,
        };
        let order = |below: Holds| {
            let mut candidates = vec![
                candidate(1, 9.0, 4, Holds::Written),
                candidate(7, 8.0, 0, Holds::Written),
                candidate(3, 6.0, 0, below),
                candidate(8, 5.0, 0, Holds::Parts),
            ];
            demote_headings(&mut candidates);
            let order = candidates.iter().map(|one| (one.number, one.score));
            order.collect::<Vec<_>>()
        };
        assert_eq!(
            order(Holds::Written),
            [(7, 8.0), (3, 6.0), (1, 6.0), (8, 5.0)]
        );
        assert_eq!(
            order(Holds::Parts),
            [(1, 9.0), (7, 8.0), (3, 6.0), (8, 5.0)]
        );
    }

    fn passage(number: u32, score: f32, holds: Holds) -> Candidate {
        Candidate {
            score,
            address: tantivy::DocAddress::new(0, number),
            document: (0, 0),
            number,
            section_end: 0,
            holds,
        }
    }

    /// A bare heading whose section ends with the passage `end`.
    fn heading(number: u32, end: u32, score: f32, holds: Holds) -> Candidate {
        Candidate {
            section_end: end,
            ..passage(number, score, holds)
        }
    }

    #[test]
    fn a_heading_comes_after_what_its_section_holds() {
        let below = passage(2, 3.0, Holds::Words);
        let order = |mut candidates: Vec<Candidate>| {
            demote_headings(&mut candidates);
            candidates
                .iter()
                .map(|candidate| (candidate.number, candidate.score))
                .collect::<Vec<_>>()
        };
        let first = heading(1, 4, 5.0, Holds::Words);
        assert_eq!(order(vec![first, below]), [(2, 3.0), (1, 3.0)]);
        // Not after what is outside its section, holds less, or is above it anyway.
        let outside = passage(9, 3.0, Holds::Written);
        assert_eq!(order(vec![first, outside]), [(1, 5.0), (9, 3.0)]);
        let less = passage(2, 3.0, Holds::Parts);
        assert_eq!(order(vec![first, less]), [(1, 5.0), (2, 3.0)]);
        let last = heading(1, 4, 2.0, Holds::Words);
        assert_eq!(order(vec![below, last]), [(2, 3.0), (1, 2.0)]);
        let other = Candidate {
            document: (0, 7),
            ..below
        };
        assert_eq!(order(vec![first, other]), [(1, 5.0), (2, 3.0)]);
        assert_eq!(last_below(&below, &[first, below]), None);
    }

    #[test]
    fn a_later_piece_never_scores_higher() {
        let before = [5.0, 3.0].map(|score| passage(1, score, Holds::Parts));
        let mut piece = [4.0, 3.0, 1.0].map(|score| passage(2, score, Holds::Parts));
        cap_scores(&mut piece, &before);
        assert_eq!(piece.map(|candidate| candidate.score), [3.0, 3.0, 1.0]);
        let mut first = [4.0, 9.0].map(|score| passage(2, score, Holds::Parts));
        cap_scores(&mut first, &[]);
        assert_eq!(first.map(|candidate| candidate.score), [4.0, 9.0]);
    }
}
