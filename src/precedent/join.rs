//! All pairs of sets that resemble each other, without comparing every set with every other.
//!
//! The resemblance of two sets is the number of elements in both over the number in either (Jaccard 1912; of
//! shingles, Broder 1997). The join is exact: PPJoin (Xiao, Wang, Lin, Yu 2008, Efficient Similarity Joins
//! for Near Duplicate Detection). Elements are ordered by the number of sets that contain them, rarest first.
//! Two sets of resemblance *t* share at least *t* · |*x*| elements, so that they share one of the first
//! |*x*| - ⌈*t* · |*x*|⌉ + 1 of each; only these are looked up. Sizes, and the number of elements that the
//! remainders can still share, rule out most pairs found this way; the others are counted.

/// Sets of hashes, prepared for the join.
pub(super) struct Sets {
    /// Number of elements of each set.
    sizes: Vec<usize>,
    /// For each set its elements that another set contains too, as ranks: the rarest has the lowest.
    shared: Vec<Vec<u32>>,
    n_ranks: usize,
}

/// The hashes are read in this many parts, so that only a fraction is duplicated in memory.
const PARTS: u64 = 64;

impl Sets {
    /// Prepares sets given as distinct hashes, ascending.
    pub(super) fn new(sets: &[&[u64]]) -> Self {
        // Number of sets that contain each hash, of those in at least two.
        let mut frequencies: Vec<u32> = Vec::new();
        let mut shared: Vec<Vec<u32>> = vec![Vec::new(); sets.len()];
        let mut read = vec![0; sets.len()];
        let mut part: Vec<(u64, u32)> = Vec::new();
        for n in 1..=PARTS {
            let end = if n == PARTS {
                u64::MAX
            } else {
                n * (u64::MAX / PARTS)
            };
            part.clear();
            for ((ord, set), read) in (0..).zip(sets).zip(&mut read) {
                let hashes = &set[*read..];
                let hashes = &hashes[..hashes.partition_point(|&hash| hash <= end)];
                part.extend(hashes.iter().map(|&hash| (hash, ord)));
                *read += hashes.len();
            }
            part.sort_unstable();
            // A hash in one set only cannot contribute to any resemblance; most hashes are such.
            for holders in part
                .chunk_by(|a, b| a.0 == b.0)
                .filter(|list| list.len() > 1)
            {
                let id = frequencies.len() as u32;
                frequencies.push(holders.len() as u32);
                for &(_, ord) in holders {
                    shared[ord as usize].push(id);
                }
            }
        }
        let ranks = ranks(&frequencies);
        for ids in &mut shared {
            ids.iter_mut().for_each(|id| *id = ranks[*id as usize]);
            ids.sort_unstable();
        }
        Self {
            sizes: sets.iter().map(|set| set.len()).collect(),
            shared,
            n_ranks: ranks.len(),
        }
    }

    /// The resemblance of two sets, from 0 to 1; 0 for empty sets.
    pub(super) fn resemblance(&self, a: usize, b: usize) -> f64 {
        let (x, y) = (&self.shared[a], &self.shared[b]);
        let (mut i, mut j, mut n_common) = (0, 0, 0);
        while i < x.len() && j < y.len() {
            n_common += usize::from(x[i] == y[j]);
            // Both advance on a common element.
            let (before, behind) = (x[i] <= y[j], y[j] <= x[i]);
            i += usize::from(before);
            j += usize::from(behind);
        }
        jaccard(n_common, self.sizes[a] + self.sizes[b])
    }

    /// Whether the sets share an element and their resemblance is at least `least`.
    pub(super) fn resemble(&self, a: usize, b: usize, least: f64) -> bool {
        let (x, y) = (&self.shared[a], &self.shared[b]);
        let sum = self.sizes[a] + self.sizes[b];
        let needed = needed(least, sum);
        let (mut i, mut j, mut n_common) = (0, 0, 0);
        while i < x.len() && j < y.len() {
            // Even if all the rest were common, the threshold would not be reached.
            if n_common + (x.len() - i).min(y.len() - j) < needed {
                return false;
            }
            n_common += usize::from(x[i] == y[j]);
            let (before, behind) = (x[i] <= y[j], y[j] <= x[i]);
            i += usize::from(before);
            j += usize::from(behind);
        }
        n_common > 0 && jaccard(n_common, sum) >= least
    }

    /// Calls `visit` once with each pair of sets that may [`Sets::resemble`] each other, the lower ordinal
    /// first, in unspecified order.
    ///
    /// # Errors
    /// The first of `visit`, which ends the join.
    pub(super) fn each_candidate<E>(
        &self,
        least: f64,
        mut visit: impl FnMut(usize, usize) -> Result<(), E>,
    ) -> Result<(), E> {
        // Smallest first: a set is looked up among those that are not larger.
        let mut by_size: Vec<usize> = (0..self.sizes.len()).collect();
        by_size.sort_by_key(|&ord| self.sizes[ord]);
        let mut lists = Lists::new(self, least);
        // Number of elements of its prefix that the current set shares with each earlier set.
        let mut n_common = vec![0_u32; by_size.len()];
        let mut touched: Vec<u32> = Vec::new();
        for (at, &ord) in (0_u32..).zip(&by_size) {
            let size = self.sizes[ord];
            let prefix = self.prefix(ord, least);
            let smallest = whole_at_least(least * size as f64);
            // A set smaller than t · |x| cannot reach resemblance t; the lists are ordered by size, so that
            // these are skipped at once.
            let first = by_size.partition_point(|&other| self.sizes[other] < smallest) as u32;
            for &rank in prefix {
                let list = lists.of(rank);
                for &other in &list[list.partition_point(|&other| other < first)..] {
                    if n_common[other as usize] == 0 {
                        touched.push(other);
                    }
                    n_common[other as usize] += 1;
                }
                lists.push(rank, at);
            }
            // Only the touched counters are reset: the vector has an entry for each set.
            for other_at in touched.drain(..) {
                let other = by_size[other_at as usize];
                let n_prefix = std::mem::take(&mut n_common[other_at as usize]) as usize;
                // The positional filter of PPJoin: shared elements of the prefixes, and at most all that
                // follow them.
                let may = n_prefix + self.beyond((ord, prefix), other, least)
                    >= needed(least, size + self.sizes[other]);
                if may {
                    visit(ord.min(other), ord.max(other))?;
                }
            }
        }
        Ok(())
    }

    /// The shared elements among the rarest of a set, of which it shares one with any set that it resembles.
    fn prefix(&self, ord: usize, least: f64) -> &[u32] {
        let shared = &self.shared[ord];
        let n_own = self.sizes[ord] - shared.len();
        // Elements that no other set has come first in the order, being the rarest, and use up the prefix.
        let n_prefix = self.sizes[ord] + 1 - whole_at_least(least * self.sizes[ord] as f64);
        &shared[..n_prefix.saturating_sub(n_own).min(shared.len())]
    }

    /// How many elements two sets can share besides those in both prefixes: common elements up to the end of
    /// the prefix that ends first are in both.
    fn beyond(&self, (ord, prefix): (usize, &[u32]), other: usize, least: f64) -> usize {
        let other_prefix = self.prefix(other, least);
        if prefix.last() <= other_prefix.last() {
            self.shared[ord].len() - prefix.len()
        } else {
            self.shared[other].len() - other_prefix.len()
        }
    }
}

/// For each rank the sets that contain it in their prefixes, ordered by size.
struct Lists {
    starts: Vec<u32>,
    lens: Vec<u32>,
    places: Vec<u32>,
}

impl Lists {
    fn new(sets: &Sets, least: f64) -> Self {
        // Counting sort: all lists lie in one vector, each with its final length reserved.
        let mut starts = vec![0_u32; sets.n_ranks + 1];
        for ord in 0..sets.sizes.len() {
            for &rank in sets.prefix(ord, least) {
                starts[rank as usize + 1] += 1;
            }
        }
        for rank in 0..sets.n_ranks {
            starts[rank + 1] += starts[rank];
        }
        Self {
            lens: vec![0; sets.n_ranks],
            places: vec![0; starts[sets.n_ranks] as usize],
            starts,
        }
    }

    fn of(&self, rank: u32) -> &[u32] {
        let start = self.starts[rank as usize] as usize;
        &self.places[start..start + self.lens[rank as usize] as usize]
    }

    fn push(&mut self, rank: u32, place: u32) {
        let len = &mut self.lens[rank as usize];
        self.places[(self.starts[rank as usize] + *len) as usize] = place;
        *len += 1;
    }
}

/// The rank of each element by the number of sets that contain it: the rarest first.
fn ranks(frequencies: &[u32]) -> Vec<u32> {
    let mut ids: Vec<u32> = (0..frequencies.len() as u32).collect();
    ids.sort_by_key(|&id| frequencies[id as usize]);
    let mut ranks = vec![0; ids.len()];
    for (rank, id) in (0..).zip(ids) {
        ranks[id as usize] = rank;
    }
    ranks
}

/// Common elements over all elements of two sets, of sizes with this sum.
fn jaccard(n_common: usize, sum: usize) -> f64 {
    n_common as f64 / (sum - n_common).max(1) as f64
}

/// Minimum number of common elements of two sets with this sum of sizes that resemble each other by `least`.
fn needed(least: f64, sum: usize) -> usize {
    whole_at_least(least / (1.0 + least) * sum as f64)
}

/// `number` rounded up, at least 1; the next lower whole number if rounding errors may have raised it.
fn whole_at_least(number: f64) -> usize {
    ((number - 1e-6).ceil() as usize).max(1)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::convert::Infallible;

    use proptest::prelude::*;

    use super::*;

    fn sets_of(sets: &[Vec<u64>]) -> Vec<Vec<u64>> {
        let distinct = sets
            .iter()
            .map(|set| set.iter().copied().collect::<BTreeSet<u64>>());
        distinct.map(|set| set.into_iter().collect()).collect()
    }

    fn joined(sets: &[Vec<u64>], least: f64) -> Vec<(usize, usize)> {
        let slices: Vec<&[u64]> = sets.iter().map(Vec::as_slice).collect();
        let joined = Sets::new(&slices);
        let mut pairs = Vec::new();
        let Ok(()) = joined.each_candidate(least, |a, b| {
            if joined.resemble(a, b, least) {
                pairs.push((a, b));
            }
            Ok::<_, Infallible>(())
        });
        pairs.sort_unstable();
        pairs
    }

    /// Every pair, by the definition.
    fn compared(sets: &[Vec<u64>], least: f64) -> Vec<(usize, usize)> {
        let mut pairs = Vec::new();
        for (b, other) in sets.iter().enumerate() {
            for (a, set) in sets[..b].iter().enumerate() {
                let n_common = set.iter().filter(|hash| other.contains(hash)).count();
                let n_all = set.len() + other.len() - n_common;
                if n_common > 0 && n_common as f64 / n_all as f64 >= least {
                    pairs.push((a, b));
                }
            }
        }
        pairs.sort_unstable();
        pairs
    }

    #[test]
    fn hashes_at_both_ends_are_read() {
        let sets = vec![vec![0, 5, u64::MAX], vec![0, u64::MAX], vec![u64::MAX - 1]];
        assert_eq!(joined(&sets, 0.6), [(0, 1)]);
        let slices: Vec<&[u64]> = sets.iter().map(Vec::as_slice).collect();
        assert_eq!(Sets::new(&slices).resemblance(0, 1), 2.0 / 3.0);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(400))]
        #[test]
        fn the_join_is_the_comparison_of_all_pairs(
            sets in prop::collection::vec(prop::collection::vec(0u64..40, 0..24), 0..30),
            least in prop::sample::select(vec![0.0, 0.1, 0.25, 1.0 / 3.0, 0.5, 0.6, 2.0 / 3.0, 0.75, 0.8, 0.9, 0.95, 1.0]),
            spread in prop::sample::select(vec![1, u64::MAX / 64]),
        ) {
            let mut sets = sets_of(&sets);
            sets.iter_mut().flatten().for_each(|hash| *hash *= spread);
            prop_assert_eq!(joined(&sets, least), compared(&sets, least));
        }
    }
}
