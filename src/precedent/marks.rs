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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::precedent::align::align;
    use crate::precedent::pieces::pieces;
    use crate::precedent::variant::Variant;
    use crate::text::units::Units;
    use proptest::prelude::*;

    /// A variant of the sentence `from`, with this number of occurrences.
    fn variant(from: &Piece, text: &str, occurrences: u64) -> Found {
        let units = Units::new(text);
        let row = |units: &Units| units.texts().map(str::to_owned).collect::<Vec<_>>();
        let alignment = align(&row(&from.units), &row(&units));
        Found {
            variant: Variant {
                sentence: 0,
                text: text.to_owned(),
                similarity: alignment.similarity(),
                occurrences,
                documents: 1,
                first: None,
                last: None,
                diff: Vec::new(),
                sources: Vec::new(),
            },
            units,
            alignment,
            spots: Vec::new(),
            place: 0,
        }
    }

    fn piece(text: &str) -> Piece {
        pieces(text).remove(0)
    }

    fn marked(piece: &Piece, runs: &[Range<usize>]) -> Marks {
        let mut marks = Marks::new(piece.units.len());
        let found = variant(piece, "修路", 1);
        marks.add(runs.iter().cloned(), &found);
        marks
    }

    #[test]
    #[allow(clippy::single_range_in_vec_init)] // A single run is a single range.
    fn marks_between_reused_units_are_in_their_span() {
        let piece = piece("全县修路，架桥1,200座。");
        let of = |runs: &[Range<usize>]| {
            let marks = marked(&piece, runs);
            (
                marks.spans(&piece),
                marks.weigh(&piece, |ord| marks.reused[ord]),
            )
        };
        assert_eq!(of(&[]), (vec![], 0));
        assert_eq!(of(&[2..6]), (vec![(2, 7)], 4));
        assert_eq!(of(&[2..4, 4..6]), (vec![(2, 7)], 4));
        assert_eq!(of(&[0..1, 3..4]), (vec![(0, 1), (3, 4)], 2));
        // A number is one unit of five characters.
        assert_eq!(of(&[6..7]), (vec![(7, 12)], 5));
    }

    #[test]
    fn a_variant_without_long_runs_marks_no_document() {
        let piece = piece("全县修路");
        assert!(marked(&piece, &[]).by_document(&piece).is_empty());
    }

    proptest! {
        #[test]
        fn spans_hold_what_is_marked_and_nothing_else(reused in prop::collection::vec(any::<bool>(), 8)) {
            let piece = piece("全县修路、架桥三座");
            let runs: Vec<Range<usize>> =
                reused.iter().enumerate().filter(|(_, is)| **is).map(|(ord, _)| ord..ord + 1).collect();
            let marks = marked(&piece, &runs);
            let spans = marks.spans(&piece);
            for (unit, is_reused) in piece.units.items().iter().zip(&reused) {
                let is_inside = spans.iter().any(|(from, to)| *from <= unit.start as usize && unit.end as usize <= *to);
                prop_assert_eq!(is_inside, *is_reused);
            }
            prop_assert!(spans.windows(2).all(|two| two[0].1 <= two[1].0));
            let n_reused = reused.iter().filter(|is| **is).count() as u64;
            prop_assert_eq!(marks.weigh(&piece, |ord| marks.reused[ord]), n_reused);
        }
    }
}
