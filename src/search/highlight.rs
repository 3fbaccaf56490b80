//! Which characters of a passage the query means.

use crate::index::Index;
use crate::query::{Leaf, Node};
use crate::text::normalize::normalize;
use crate::text::units::Units;

/// Half-open ranges of original characters of `text` that `node` means, ascending, none touching another.
///
/// A phrase is marked where it stands, each row of a pattern apart; a bare word where its characters or those of
/// its synonyms stand, else where its own words do.
pub(super) fn highlights(node: &Node, text: &str, index: &Index) -> Vec<(usize, usize)> {
    let units = Units::new(text);
    let mut ranges = Vec::new();
    for leaf in node.leaves() {
        let before = ranges.len();
        mark(leaf, &units, &mut ranges);
        if let Leaf::Word(word) = leaf {
            for synonym in index.synonyms().of(&Units::new(word)) {
                mark(&Leaf::Word(synonym.to_owned()), &units, &mut ranges);
            }
            if ranges.len() == before {
                mark_parts(word, &units, index, &mut ranges);
            }
        }
    }
    merge(ranges)
}

/// Marks the words of a bare word; single characters only where it has no longer ones.
fn mark_parts(word: &str, units: &Units, index: &Index, ranges: &mut Vec<(usize, usize)>) {
    let normalized = normalize(word);
    let parts: Vec<&str> = index.segmenter().words(&normalized).collect();
    let len = |part: &str| part.chars().count();
    let has_long = parts.iter().any(|part| len(part) > 1);
    for part in parts.into_iter().filter(|part| !has_long || len(part) > 1) {
        mark(&Leaf::Word(part.to_owned()), units, ranges);
    }
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
