//! Fingerprints of a text: a few of its gram hashes, selected such that texts with a common run have a common
//! one.
//!
//! Winnowing (Schleimer, Wilkerson, Aiken 2003): every run of [`GRAM`] units is hashed, and of every [`WINDOW`]
//! neighbouring hashes the smallest is kept, the rightmost of equal ones. Two texts that share a run of at least
//! [`GUARANTEE`] units inside a passage share a fingerprint; about two in nine hashes are kept.

use std::collections::VecDeque;

use crate::text::hash::{fnv1a, scatter};
use crate::text::units::Units;

/// Number of units that are hashed together.
pub const GRAM: usize = 8;
/// Number of neighbouring hashes of which one is kept.
pub const WINDOW: usize = 8;
/// Length in units from which a common run is always found.
pub const GUARANTEE: usize = GRAM + WINDOW - 1;

/// The fingerprints of `text`, in order of position; empty if it has fewer than [`GRAM`] units.
///
/// A text with fewer than [`WINDOW`] grams keeps its smallest.
pub fn fingerprints(text: &str) -> Vec<u64> {
    let units = Units::new(text);
    let hashes: Vec<u64> = units.texts().map(|unit| fnv1a(unit.bytes())).collect();
    winnow(hashes.windows(GRAM).map(combine))
}

/// The hashes of all runs of [`GRAM`] units of `text`, in order.
pub(super) fn shingles(text: &str) -> Vec<u64> {
    let units = Units::new(text);
    let hashes: Vec<u64> = units.texts().map(|unit| fnv1a(unit.bytes())).collect();
    hashes.windows(GRAM).map(combine).collect()
}

fn winnow(hashes: impl ExactSizeIterator<Item = u64>) -> Vec<u64> {
    // A text shorter than a window still gets a fingerprint: its window is the whole text.
    let window = WINDOW.min(hashes.len());
    let mut out = Vec::with_capacity(2 * hashes.len() / (WINDOW + 1) + 1);
    // Positions and hashes that may still become smallest: hashes ascend strictly from front to back.
    let mut smallest: VecDeque<(usize, u64)> = VecDeque::with_capacity(WINDOW);
    let mut last = None;
    for (at, hash) in hashes.enumerate() {
        // `>=` drops the earlier of equal hashes: winnowing keeps the rightmost, which fewer windows then
        // change.
        while smallest.back().is_some_and(|&(_, other)| other >= hash) {
            smallest.pop_back();
        }
        smallest.push_back((at, hash));
        while smallest
            .front()
            .is_some_and(|&(first, _)| first + window <= at)
        {
            smallest.pop_front();
        }
        let front = smallest.front().copied();
        // A fingerprint is recorded once, although it is the smallest of several windows.
        if at + 1 >= window && front != last {
            out.extend(front.map(|(_, hash)| hash));
            last = front;
        }
    }
    out
}

/// Combines a sequence of hashes into one, with its bits scattered so that the smallest is a fair sample.
fn combine(hashes: &[u64]) -> u64 {
    let sum = hashes.iter().fold(0u64, |sum, &hash| {
        sum.wrapping_mul(0x9e37_79b9_7f4a_7c15).wrapping_add(hash)
    });
    scatter(sum)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeSet;

    #[test]
    fn characters_between_units_change_nothing() {
        let text = "云岭乡修路三百里，架桥五座，种树千株。";
        assert_eq!(
            fingerprints(text),
            fingerprints("雲嶺鄉修路三百里架橋五座、種樹千株")
        );
        assert!(!fingerprints(text).is_empty());
        assert!(fingerprints("云岭乡修路三百").is_empty());
        assert_eq!(fingerprints("云岭乡修路三百里").len(), 1);
    }

    #[test]
    fn the_rightmost_of_equal_hashes_is_kept_once() {
        let hashes = [9, 3, 9, 3, 9, 9, 9, 9, 9, 9, 9, 9, 4];
        assert_eq!(winnow(hashes.into_iter()), [3, 9, 4]);
    }

    proptest! {
        #[test]
        fn a_common_run_leaves_a_common_fingerprint(
            a in "[\\u{4e00}-\\u{4e40}]{0,20}", common in "[\\u{4e00}-\\u{9000}]{15,30}", b in "[\\u{4e00}-\\u{4e40}]{0,20}",
        ) {
            let one: BTreeSet<u64> = fingerprints(&format!("{a}{common}")).into_iter().collect();
            let other: BTreeSet<u64> = fingerprints(&format!("{common}{b}")).into_iter().collect();
            prop_assert!(!one.is_disjoint(&other));
        }
    }
}
