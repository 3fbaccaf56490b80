//! First stage for bare words: the passages with the best sums of their terms' BM25.
//!
//! MaxScore (Turtle and Flood 1995, Query Evaluation: Strategies and Optimizations), window by window: the lists
//! whose best scores together don't reach the last of the best passages so far are asked only about passages that
//! another list names. Scores are whole numbers of [`SCALE`](crate::query::SCALE), so that a sum does not depend on the order in which it
//! is added up, which depends on where a passage is stored.

use tantivy::query::Bm25Weight;
use tantivy::{DocId, SegmentOrdinal, SegmentReader, TERMINATED};

use super::scored_terms::ScoredTerm;
use crate::index::Parts;
use crate::query::{Lengths, TermPostings, at_least_one};

/// Passages whose scores are summed up together.
// The sums of a window take 8 KB and their marks 256 bytes: they stay in the first cache beside the list that is read. In
// tests windows are small enough to have several.
const WINDOW: u32 = if cfg!(test) { 1 << 7 } else { 1 << 11 };

/// Passages that are looked at one by one, together.
// So many candidates are asked about list by list, so that each list moves on in one go and `least` still rises between two
// chunks.
const CHUNK: usize = if cfg!(test) { 16 } else { 256 };

/// Ids of lengths.
const N_LENGTHS: u32 = 256;
/// Lists of so many postings are worth a table of scores.
// The table has 512 scores: a list of fewer than four times as many would not win back what it costs to fill.
const LONG: u32 = if cfg!(test) { 1 << 6 } else { 1 << 11 };

/// A term's postings in one segment.
pub(in crate::search) struct List {
    postings: TermPostings,
    lengths: Lengths,
    bm25: Bm25Weight,
    /// Scores of passages that hold the term once, then twice, by the id of their length; empty for a short list.
    usual: Vec<u32>,
    /// No passage has a higher score.
    best: u32,
}

impl List {
    /// `None` if no passage of the segment holds the term.
    pub(in crate::search) fn open(
        segment: &SegmentReader,
        ord: SegmentOrdinal,
        (term, parts): (&ScoredTerm, &Parts),
    ) -> tantivy::Result<Option<Self>> {
        let Some(located) = &term.located[ord as usize] else {
            return Ok(None);
        };
        let parts = parts.of(segment)?;
        let mut usual = Vec::new();
        if located.n_passages() >= LONG {
            let score = |id: u32| at_least_one(term.bm25.score(id as u8, 1 + id / N_LENGTHS));
            // Of the frequencies of a term in a passage, nearly all are one or two.
            usual.extend((0..2 * N_LENGTHS).map(score));
        }
        let postings = located.open(segment, &parts)?;
        let score = |frequency, length| at_least_one(term.bm25.score(length, frequency));
        // An endless text of nothing else: no passage comes near.
        let best = postings
            .highest(score)
            .unwrap_or_else(|| score(u32::MAX, 0));
        Ok(Some(Self {
            postings,
            lengths: Lengths::open(term.analysis, segment, &parts)?,
            bm25: term.bm25.clone(),
            usual,
            best,
        }))
    }

    fn doc(&self) -> DocId {
        self.postings.doc()
    }

    /// Adds the scores of all passages from the current one up to the end of the window.
    fn add_to(&mut self, window: &mut Window) {
        let Self {
            postings,
            lengths,
            bm25,
            usual,
            ..
        } = self;
        loop {
            let (docs, frequencies) = postings.ahead();
            let n = docs.partition_point(|&doc| doc < window.end());
            for (&doc, &frequency) in docs[..n].iter().zip(frequencies) {
                window.add(doc, score((bm25, usual), lengths.of(doc), frequency));
            }
            let is_done = n < docs.len() || docs.is_empty();
            postings.skip(n);
            if is_done {
                return;
            }
        }
    }

    /// Adds the list's scores to those of some passages, in order and ahead.
    fn add_to_found(&mut self, found: &mut [(DocId, u32)]) {
        let Self {
            postings,
            lengths,
            bm25,
            usual,
            ..
        } = self;
        let mut found = found.iter_mut().peekable();
        while let Some(next) = found.peek().map(|(doc, _)| *doc) {
            postings.seek(next);
            let (docs, frequencies) = postings.ahead();
            let Some(&last) = docs.last() else { return };
            let mut at = 0;
            while let Some((doc, sum)) = found.next_if(|(doc, _)| *doc <= last) {
                while docs[at] < *doc {
                    at += 1;
                }
                if docs[at] == *doc {
                    let score = score((bm25, usual), lengths.of(*doc), frequencies[at]);
                    *sum = sum.saturating_add(score);
                }
            }
            postings.skip(at);
        }
    }
}

fn score((bm25, usual): (&Bm25Weight, &[u32]), length: u8, frequency: u32) -> u32 {
    let at = frequency.saturating_sub(1).saturating_mul(N_LENGTHS) as usize + usize::from(length);
    match usual.get(at) {
        Some(&score) => score,
        None => at_least_one(bm25.score(length, frequency)),
    }
}

/// Scores of the passages of one window.
struct Window {
    start: DocId,
    scores: Vec<u32>,
    /// A bit for each passage that has one.
    seen: Vec<u64>,
}

impl Window {
    fn new() -> Self {
        Self {
            start: 0,
            scores: vec![0; WINDOW as usize],
            seen: vec![0; WINDOW as usize / 64],
        }
    }

    fn end(&self) -> DocId {
        self.start.saturating_add(WINDOW)
    }

    fn add(&mut self, doc: DocId, score: u32) {
        let at = (doc - self.start) as usize;
        self.scores[at] = self.scores[at].saturating_add(score);
        self.seen[at / 64] |= 1 << (at % 64);
    }

    /// Takes out all passages, and calls `take` with those that have `least` or more, in order.
    fn drain(&mut self, least: u32, mut take: impl FnMut(DocId, u32)) {
        let scores = self.scores.chunks_exact_mut(64);
        for ((start, scores), seen) in (self.start..).step_by(64).zip(scores).zip(&mut self.seen) {
            if *seen == 0 {
                continue;
            }
            while *seen != 0 {
                let at = seen.trailing_zeros();
                *seen &= *seen - 1;
                let score = scores[at as usize];
                if score >= least {
                    take(start + at, score);
                }
            }
            scores.fill(0);
        }
    }
}

/// Calls `take` with every passage of the lists that retrieve whose score in both may be `least` or more, in order; it returns
/// the next `least`, which never falls.
pub(in crate::search) fn retrieve(
    lists: (Vec<List>, Vec<List>),
    mut least: u32,
    mut take: impl FnMut(DocId, u32) -> u32,
) {
    let (mut lists, n_added, bounds) = in_order(lists);
    let mut window = Window::new();
    let mut found = Vec::new();
    loop {
        // Lists before this one can't make a passage one of the best by themselves.
        // The bounds ascend, so that a few comparisons find how many lists need not be read in full. It is found anew for each
        // window: `least` rises as the best are found, and more lists drop out.
        let n_asked = bounds.partition_point(|&bound| bound < least).max(n_added);
        let (asked, read) = lists.split_at_mut(n_asked);
        let Some(start) = read
            .iter()
            .map(List::doc)
            .min()
            .filter(|&doc| doc != TERMINATED)
        else {
            return;
        };
        window.start = start;
        for list in read {
            list.add_to(&mut window);
        }
        // What the lists that were not read could still add at most.
        let others = n_asked.checked_sub(1).map_or(0, |last| bounds[last]);
        found.clear();
        window.drain(least.saturating_sub(others), |doc, score| {
            found.push((doc, score));
        });
        ask((asked, &bounds), &mut found, least);
        for &(doc, score) in &found {
            if score >= least {
                least = take(doc, score);
            }
        }
    }
}

/// [`retrieve`] of the passages `among`, in order.
pub(in crate::search) fn retrieve_among(
    lists: (Vec<List>, Vec<List>),
    among: &[DocId],
    mut least: u32,
    mut take: impl FnMut(DocId, u32) -> u32,
) {
    let (mut lists, n_added, bounds) = in_order(lists);
    let (added, retrieving) = lists.split_at_mut(n_added);
    let mut found = Vec::new();
    for docs in among.chunks(CHUNK) {
        found.clear();
        found.extend(docs.iter().map(|&doc| (doc, 0)));
        ask((retrieving, &bounds[n_added..]), &mut found, least);
        // What no list that retrieves holds is no hit, however much the others would add.
        found.retain(|&(_, score)| score > 0);
        ask((added, &bounds), &mut found, least);
        for &(doc, score) in &found {
            if score >= least {
                least = take(doc, score);
            }
        }
    }
}

/// The lists that only add, then those that retrieve, each by their best scores; how many of the first there are; and for each
/// list the sum of the best scores of all up to it.
fn in_order((mut retrieving, mut lists): (Vec<List>, Vec<List>)) -> (Vec<List>, usize, Vec<u32>) {
    let n_added = lists.len();
    // By their best scores, lowest first: the longest beginning of lists is then one that can't make a hit, which is what
    // MaxScore lives on.
    lists.sort_by_key(|list| list.best);
    retrieving.sort_by_key(|list| list.best);
    lists.append(&mut retrieving);
    let mut sum = 0_u32;
    let add = |list: &List| {
        sum = sum.saturating_add(list.best);
        sum
    };
    let bounds = lists.iter().map(add).collect();
    (lists, n_added, bounds)
}

/// Adds the scores of the lists to those of passages; drops those that can't reach `least`.
fn ask((lists, bounds): (&mut [List], &[u32]), found: &mut Vec<(DocId, u32)>, least: u32) {
    for (list, &bound) in lists.iter_mut().zip(bounds).rev() {
        // From the list with the best scores down: each that was asked lowers what is still open, and drops as many as it can
        // before the next one is read.
        found.retain(|&(_, score)| score.saturating_add(bound) >= least);
        list.add_to_found(found);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_window_gives_what_is_good_enough() {
        let mut window = Window::new();
        window.start = 1000;
        for (doc, score) in [(1000, 3), (1070, 5), (1070, 6), (1064, 2), (1127, 7)] {
            window.add(doc, score);
        }
        let taken = |window: &mut Window, least| {
            let mut taken = Vec::new();
            window.drain(least, |doc, score| taken.push((doc, score)));
            taken
        };
        assert_eq!(taken(&mut window, 4), [(1070, 11), (1127, 7)]);
        // Whatever was left out is gone as well.
        assert_eq!(taken(&mut window, 0), []);
    }
}
