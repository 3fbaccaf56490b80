//! Alignment of two sequences of units, where blocks may have moved.
//!
//! Two steps. First the units in the same order: a global alignment by dynamic programming (Needleman and
//! Wunsch 1970) that scores 2 for each pair of equal units and −1 for each run of them, so that it prefers
//! few long runs to many scattered units. Then blocks of at least [`MIN_MOVED`] units that are still
//! unaligned in both sequences, the longest first, wherever they are: Greedy String Tiling (Wise 1993).
//!
//! **Similarity** of sequences of *n* and *m* units, of which *k* are aligned in order and *l* in moved
//! blocks:
//!
//! > (2·k + 2·0.9·l) / (n + m)
//!
//! It lies between 0 and 1, is symmetric, and is 1 only if all units are equal and in the same order: Dice's
//! coefficient (1945) over aligned units, where moved units count nine tenths.

use std::collections::HashMap;

/// Minimum number of units of a moved block.
pub const MIN_MOVED: usize = 2;
/// Weight of a unit in a moved block, against 1 for one in order.
pub const MOVED: f64 = 0.9;

/// A run of units that both sequences contain.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AlignedRun {
    /// Its start in the first sequence.
    pub from: usize,
    /// Its start in the second sequence.
    pub to: usize,
    /// How many units it has, at least 1.
    pub len: usize,
    /// Whether its order differs from that of the runs that are not moved.
    pub moved: bool,
}

/// The runs that two sequences share.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Alignment {
    /// Number of units of the first and the second sequence.
    pub lens: (usize, usize),
    /// The runs ordered by their start in the first sequence; they do not overlap in either sequence.
    pub runs: Vec<AlignedRun>,
}

impl Alignment {
    /// The similarity of the two sequences, as the module defines it; 1 for two empty ones.
    pub fn similarity(&self) -> f64 {
        let total = self.lens.0 + self.lens.1;
        if total == 0 {
            return 1.0;
        }
        let weight = |run: &AlignedRun| run.len as f64 * if run.moved { MOVED } else { 1.0 };
        2.0 * self.runs.iter().map(weight).sum::<f64>() / total as f64
    }

    /// The alignment from the second sequence to the first.
    pub fn transposed(self) -> Self {
        let runs = self.runs.into_iter().map(|run| AlignedRun {
            from: run.to,
            to: run.from,
            ..run
        });
        let mut runs: Vec<AlignedRun> = runs.collect();
        runs.sort_by_key(|run| run.from);
        Self {
            lens: (self.lens.1, self.lens.0),
            runs,
        }
    }
}

/// Aligns two sequences of units.
///
/// The result is the same in either direction. Time and memory grow with the product of the lengths.
pub fn align<S: AsRef<str>>(from: &[S], to: &[S]) -> Alignment {
    let texts = |row: &[S]| -> usize { row.iter().map(|unit| unit.as_ref().len()).sum() };
    let key = |row: &[S]| (row.len(), texts(row));
    // Ties between equally good alignments depend on the direction, so that one direction is fixed: the
    // smaller sequence first.
    let is_swapped = match key(from).cmp(&key(to)) {
        std::cmp::Ordering::Equal => from
            .iter()
            .map(AsRef::as_ref)
            .gt(to.iter().map(AsRef::as_ref)),
        order => order.is_gt(),
    };
    if is_swapped {
        align_ordered(to, from).transposed()
    } else {
        align_ordered(from, to)
    }
}

fn align_ordered<S: AsRef<str>>(from: &[S], to: &[S]) -> Alignment {
    // Numbers instead of strings: the inner loops compare each pair of units.
    let mut ids: HashMap<&str, u32> = HashMap::with_capacity(from.len() + to.len());
    let [from, to] = [from, to].map(|row| -> Vec<u32> {
        let ids = &mut ids;
        row.iter()
            .map(|unit| {
                let next = ids.len() as u32;
                *ids.entry(unit.as_ref()).or_insert(next)
            })
            .collect()
    });
    let mut runs = in_order(&from, &to);
    let mut free = Free::new(from.len(), to.len());
    for run in &runs {
        free.take(run);
    }
    // Each round is quadratic, but every block taken has at least MIN_MOVED units, and altered sentences have
    // few of them.
    while let Some(run) = longest_moved(&from, &to, &free) {
        free.take(&run);
        runs.push(run);
    }
    runs.sort_by_key(|run| run.from);
    Alignment {
        lens: (from.len(), to.len()),
        runs,
    }
}

/// How the best alignment of two prefixes ends.
const LEFT: u8 = 0;
const UP: u8 = 1;
const PAIR: u8 = 2;
const END: u8 = 3;
/// Set if the best alignment that ends in a pair continues a run.
const CONTINUES: u8 = 4;

/// The runs of the best in-order alignment: 2 for each pair of equal units, −1 for each run.
fn in_order(from: &[u32], to: &[u32]) -> Vec<AlignedRun> {
    let width = to.len() + 1;
    let mut steps = vec![0u8; (from.len() + 1) * width];
    // Best scores of all alignments, and of those that end in a pair, for the previous line and this one.
    let mut best = vec![0i32; width];
    let mut paired = vec![i32::MIN / 2; width];
    for (i, a) in from.iter().enumerate() {
        let (mut best_diagonal, mut paired_diagonal) = (best[0], paired[0]);
        for (j, b) in to.iter().enumerate() {
            let column = j + 1;
            let (best_above, paired_above) = (best[column], paired[column]);
            let mut step = 0;
            paired[column] = i32::MIN / 2;
            if a == b {
                // Continuing a run adds 2, opening one adds 2 − 1.
                let (continued, opened) = (paired_diagonal + 2, best_diagonal + 1);
                paired[column] = continued.max(opened);
                // In a tie the run goes on: fewer, longer runs.
                step |= if continued >= opened { CONTINUES } else { 0 };
            }
            let (left, above) = (best[column - 1], best_above);
            // The order of the tests decides ties: a pair before a skip in either sequence.
            best[column] = left.max(above).max(paired[column]);
            step |= match best[column] {
                score if score == paired[column] => PAIR,
                score if score == above => UP,
                _ => LEFT,
            };
            steps[(i + 1) * width + column] = step;
            (best_diagonal, paired_diagonal) = (best_above, paired_above);
        }
    }
    trace(&steps, from.len(), to.len())
}

/// Walks back from the end of both sequences and collects the runs, last first.
fn trace(steps: &[u8], from_len: usize, to_len: usize) -> Vec<AlignedRun> {
    let width = to_len + 1;
    let (mut i, mut j) = (from_len, to_len);
    let mut runs: Vec<AlignedRun> = Vec::new();
    let mut is_inside = false;
    while i > 0 && j > 0 {
        let step = steps[i * width + j];
        // Inside a run the path must go on diagonally, even where a cell on it has a better end.
        if is_inside || step & END == PAIR {
            (i, j) = (i - 1, j - 1);
            match runs.last_mut().filter(|_| is_inside) {
                Some(run) => (run.from, run.to, run.len) = (i, j, run.len + 1),
                None => runs.push(AlignedRun {
                    from: i,
                    to: j,
                    len: 1,
                    moved: false,
                }),
            }
            is_inside = step & CONTINUES != 0;
        } else if step & END == UP {
            i -= 1;
        } else {
            j -= 1;
        }
    }
    runs.reverse();
    runs
}

/// Which units are not aligned yet.
struct Free {
    from: Vec<bool>,
    to: Vec<bool>,
}

impl Free {
    fn new(from: usize, to: usize) -> Self {
        Self {
            from: vec![true; from],
            to: vec![true; to],
        }
    }

    fn take(&mut self, run: &AlignedRun) {
        self.from[run.from..run.from + run.len].fill(false);
        self.to[run.to..run.to + run.len].fill(false);
    }
}

/// The longest run of free units that both sequences contain; of several the first in `from`, then in `to`.
fn longest_moved(from: &[u32], to: &[u32], free: &Free) -> Option<AlignedRun> {
    let mut best: Option<AlignedRun> = None;
    // Longest common substring by dynamic programming, from the end: `lens[j]` is the length of the run that
    // starts at (i + 1, j).
    let mut lens = vec![0usize; to.len() + 1];
    for i in (0..from.len()).rev() {
        let mut below = 0;
        for j in (0..to.len()).rev() {
            let are_equal = free.from[i] && free.to[j] && from[i] == to[j];
            let len = if are_equal { below + 1 } else { 0 };
            below = std::mem::replace(&mut lens[j], len);
            // `>=`, as the loops run backwards: of equal runs the first one wins.
            if len >= MIN_MOVED && best.is_none_or(|best| len >= best.len) {
                best = Some(AlignedRun {
                    from: i,
                    to: j,
                    len,
                    moved: true,
                });
            }
        }
    }
    best
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::units::Units;
    use proptest::prelude::*;

    fn aligned(from: &str, to: &str) -> Alignment {
        let [from, to] = [from, to].map(|text| {
            let units = Units::new(text);
            units.texts().map(str::to_owned).collect::<Vec<_>>()
        });
        align(&from, &to)
    }

    /// Runs as start, start, length and whether they have moved.
    #[track_caller]
    fn check(from: &str, to: &str, runs: &[(usize, usize, usize, bool)], similarity: f64) {
        let alignment = aligned(from, to);
        let actual: Vec<_> = alignment
            .runs
            .iter()
            .map(|run| (run.from, run.to, run.len, run.moved))
            .collect();
        assert_eq!(actual, runs);
        assert!(
            (alignment.similarity() - similarity).abs() < 1e-9,
            "{}",
            alignment.similarity()
        );
    }

    #[test]
    fn units_are_added_dropped_and_replaced() {
        check("修路架桥", "修路、架桥", &[(0, 0, 4, false)], 1.0);
        check(
            "修路架桥",
            "修好路架桥",
            &[(0, 0, 1, false), (1, 2, 3, false)],
            8.0 / 9.0,
        );
        check("全力修路架桥", "修路架桥", &[(2, 0, 4, false)], 0.8);
        check(
            "修路架桥",
            "修渠架桥",
            &[(0, 0, 1, false), (2, 2, 2, false)],
            0.75,
        );
        check("修路", "种树", &[], 0.0);
        check("", "种树", &[], 0.0);
        check("", "", &[], 1.0);
    }

    #[test]
    fn clauses_in_another_order_are_moved_blocks() {
        check(
            "学习、工作两不误",
            "工作学习两不误",
            &[(0, 2, 2, false), (2, 0, 2, true), (4, 4, 3, false)],
            (2.0 * 5.0 + 2.0 * 0.9 * 2.0) / 14.0,
        );
        check(
            "全县修路三百里，全年架桥五座",
            "全年架桥五座，全县修路三百里",
            &[(0, 6, 7, false), (7, 0, 6, true)],
            (14.0 + 2.0 * 0.9 * 6.0) / 26.0,
        );
    }

    #[test]
    fn long_runs_are_preferred_to_stray_units() {
        let alignment = aligned("工期三年", "工程要求期限，工期三年");
        assert_eq!(
            alignment.runs,
            [AlignedRun {
                from: 0,
                to: 6,
                len: 4,
                moved: false
            }]
        );
    }

    proptest! {
        #[test]
        fn both_directions_agree(from in "[甲乙丙丁]{0,12}", to in "[甲乙丙丁]{0,12}") {
            let alignment = aligned(&from, &to);
            prop_assert_eq!(&alignment.clone().transposed(), &aligned(&to, &from));
            let similarity = alignment.similarity();
            prop_assert!((0.0..=1.0).contains(&similarity));
            prop_assert_eq!(similarity == 1.0, from == to);
        }

        #[test]
        fn runs_are_the_same_units_and_never_overlap(from in "[甲乙丙丁]{0,12}", to in "[甲乙丙丁]{0,12}") {
            let alignment = aligned(&from, &to);
            let [from, to] = [from, to].map(|text| text.chars().collect::<Vec<_>>());
            let (mut used, mut used_to) = (vec![false; from.len()], vec![false; to.len()]);
            let mut last = 0;
            for run in &alignment.runs {
                for i in 0..run.len {
                    prop_assert_eq!(from[run.from + i], to[run.to + i]);
                    prop_assert!(!std::mem::replace(&mut used[run.from + i], true));
                    prop_assert!(!std::mem::replace(&mut used_to[run.to + i], true));
                }
                if !run.moved {
                    prop_assert!(run.to >= last);
                    last = run.to + run.len;
                }
            }
        }
    }
}
