//! Which characters of a passage the query means.

use crate::query::{Leaf, Node};
use crate::text::normalize::normalize;
use crate::text::units::Units;
use crate::text::words::Segmenter;

/// Half-open ranges of original characters of `text` that `node` means, ascending, none touching another.
///
/// A phrase is marked where it stands, each row of a pattern apart; a bare word where its characters stand, else
/// where its own words do.
pub(super) fn highlights(node: &Node, text: &str, segmenter: &Segmenter) -> Vec<(usize, usize)> {
    let units = Units::new(text);
    let mut ranges = Vec::new();
    for leaf in node.leaves() {
        let before = ranges.len();
        mark(leaf, &units, &mut ranges);
        if let Leaf::Word(word) = leaf
            && ranges.len() == before
        {
            let normalized = normalize(word);
            let parts: Vec<&str> = segmenter.words(&normalized).collect();
            let longest = parts
                .iter()
                .map(|part| part.chars().count())
                .max()
                .unwrap_or(0);
            for part in parts
                .into_iter()
                .filter(|part| longest == 1 || part.chars().count() > 1)
            {
                mark(&Leaf::Word(part.to_owned()), &units, &mut ranges);
            }
        }
    }
    merge(ranges)
}

fn mark(leaf: &Leaf, units: &Units, ranges: &mut Vec<(usize, usize)>) {
    for found in leaf.find(units) {
        ranges.extend(found.rows.into_iter().map(|row| {
            let span = units.span(row);
            (span.start, span.end)
        }));
    }
}

fn merge(mut ranges: Vec<(usize, usize)>) -> Vec<(usize, usize)> {
    ranges.sort_unstable();
    let mut out: Vec<(usize, usize)> = Vec::with_capacity(ranges.len());
    for (start, end) in ranges {
        match out.last_mut() {
            Some(last) if start <= last.1 => last.1 = last.1.max(end),
            _ => out.push((start, end)),
        }
    }
    out
}
