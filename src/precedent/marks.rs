//! Which units of a sentence are reused, and from which documents.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use super::pieces::Piece;
use super::variant::Found;

/// Which units of a sentence are reused, and from which documents.
pub(super) struct Marks {
    pub(super) reused: Vec<bool>,
    documents: BTreeMap<Arc<str>, Vec<bool>>,
}

impl Marks {
    pub(super) fn new(n_units: usize) -> Self {
        Self {
            reused: vec![false; n_units],
            documents: BTreeMap::new(),
        }
    }

    pub(super) fn add(&mut self, runs: impl Iterator<Item = Range<usize>>, found: &Found) {
        let runs: Vec<Range<usize>> = runs.collect();
        let n_units = self.reused.len();
        let mark = |marks: &mut Vec<bool>| {
            for run in &runs {
                marks[run.clone()].fill(true);
            }
        };
        if runs.is_empty() {
            return;
        }
        mark(&mut self.reused);
        for spots in found.spots.chunk_by(|a, b| a.document == b.document) {
            let document = Arc::clone(&spots[0].document);
            mark(
                self.documents
                    .entry(document)
                    .or_insert_with(|| vec![false; n_units]),
            );
        }
    }

    /// Characters of the units selected by `counts`.
    pub(super) fn weigh(&self, piece: &Piece, counts: impl Fn(usize) -> bool) -> u64 {
        let units = piece.units.items().iter().enumerate();
        let counted = units.filter(|&(ord, _)| counts(ord));
        counted
            .map(|(_, unit)| u64::from(unit.end - unit.start))
            .sum()
    }

    pub(super) fn by_document(&self, piece: &Piece) -> BTreeMap<Arc<str>, u64> {
        let weights = self.documents.iter();
        let weights = weights
            .map(|(document, marks)| (Arc::clone(document), self.weigh(piece, |ord| marks[ord])));
        weights.collect()
    }

    /// The reused units as ranges of characters, including the marks between them.
    pub(super) fn spans(&self, piece: &Piece) -> Vec<(usize, usize)> {
        let ords: Vec<usize> = (0..self.reused.len())
            .filter(|&ord| self.reused[ord])
            .collect();
        let rows = ords.chunk_by(|a, b| a + 1 == *b);
        let span = |row: &[usize]| {
            let span = piece.units.span(row[0]..row[row.len() - 1] + 1);
            (span.start, span.end)
        };
        rows.map(span).collect()
    }
}
