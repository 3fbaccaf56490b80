//! Patterns: sequences of units with gaps between them, matched inside one sentence.
//!
//! This is the definition that the index and all counts must agree with: a scan over a text's units, without
//! an index.

use std::ops::{Range, RangeInclusive};

use super::units::Units;

/// Maximum number of units that a gap may span.
pub const MAX_GAP: usize = 100;

/// Sequences of units that follow each other at given distances.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pattern {
    /// The sequences, each of at least one unit; at least one sequence.
    pub rows: Vec<Vec<String>>,
    /// How many units may lie between a sequence and the next one; one fewer than sequences, none over
    /// [`MAX_GAP`].
    pub gaps: Vec<RangeInclusive<usize>>,
}

/// One occurrence of a pattern.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Match {
    /// The ordinals of the units of each sequence.
    pub rows: Vec<Range<usize>>,
}

impl Match {
    /// Ordinals of all units from the start of the first sequence to the end of the last one.
    pub fn units(&self) -> Range<usize> {
        let end = self.rows.last().map_or(0, |row| row.end);
        self.rows.first().map_or(end, |row| row.start)..end
    }
}

impl Pattern {
    /// The pattern of a phrase without gaps; `None` if it has no unit.
    pub fn phrase(text: &str) -> Option<Self> {
        let row: Vec<String> = Units::new(text).texts().map(str::to_owned).collect();
        (!row.is_empty()).then(|| Self {
            rows: vec![row],
            gaps: Vec::new(),
        })
    }

    /// Every unit from which the pattern matches, in order, each with the nearest occurrence of every further
    /// sequence after which the rest still matches.
    ///
    /// Matches may overlap. No match crosses a sentence end. Time is linear in the text for each sequence,
    /// whatever the gaps.
    pub fn find(&self, units: &Units) -> Vec<Match> {
        let mut places: Vec<Vec<usize>> = Vec::with_capacity(self.rows.len());
        for (ord, row) in self.rows.iter().enumerate() {
            // Equal sequences are located once (`的…的…的`).
            let same = self.rows[..ord].iter().position(|earlier| earlier == row);
            places.push(match same {
                Some(earlier) => places[earlier].clone(),
                None => places_of(units, row),
            });
            if places[ord].is_empty() {
                return Vec::new();
            }
        }
        // From the last sequence back: an occurrence stays if the rest of the pattern matches after it.
        // Trying every combination forwards is exponential in the number of gaps.
        for ord in (0..self.gaps.len()).rev() {
            let (head, tail) = places.split_at_mut(ord + 1);
            head[ord].retain(|&at| self.nearest(units, (ord, at), &tail[0]).is_some());
        }
        let starts = places.first().into_iter().flatten();
        starts
            .filter_map(|&start| self.match_from(units, start, &places))
            .collect()
    }

    /// The match from `start`, an occurrence of the first sequence after which the rest of the pattern
    /// matches.
    fn match_from(&self, units: &Units, start: usize, places: &[Vec<usize>]) -> Option<Match> {
        let mut at = start;
        let mut rows = Vec::with_capacity(self.rows.len());
        for (ord, row) in self.rows.iter().enumerate() {
            rows.push(at..at + row.len());
            if let Some(next) = places.get(ord + 1) {
                at = self.nearest(units, (ord, at), next)?;
            }
        }
        Some(Match { rows })
    }

    /// The first of `places`, ascending, that may follow sequence `ord` at `at`.
    fn nearest(&self, units: &Units, (ord, at): (usize, usize), places: &[usize]) -> Option<usize> {
        let (end, gap) = (at + self.rows[ord].len(), &self.gaps[ord]);
        let first = places.partition_point(|&place| place < end + gap.start());
        let place = *places.get(first)?;
        (place <= end + gap.end() && is_one_sentence(units, at, place)).then_some(place)
    }
}

/// The ordinals of the units where `row` occurs.
fn places_of(units: &Units, row: &[String]) -> Vec<usize> {
    (0..units.len())
        .filter(|&at| row_occurs_at(units, row, at))
        .collect()
}

/// Every pair of occurrences of `left` and `right` in one sentence with at most `distance` units between
/// them, in either order, without overlap; ordered by the position of `left`, then that of `right`.
pub fn find_near(units: &Units, left: &[String], right: &[String], distance: usize) -> Vec<Match> {
    let rights = places_of(units, right);
    let mut out = Vec::new();
    for l in places_of(units, left) {
        // Only occurrences that are near enough are examined: a text that repeats one unit has quadratically
        // many pairs.
        let from = l.saturating_sub(distance + right.len());
        let first = rights.partition_point(|&r| r < from);
        let near = rights[first..].iter();
        for &r in near.take_while(|&&r| r <= l + left.len() + distance) {
            let (first_end, second) = if l < r {
                (l + left.len(), r)
            } else {
                (r + right.len(), l)
            };
            // Overlapping occurrences are no pair: `第二` NEAR `二条` needs two 二.
            if second >= first_end
                && second - first_end <= distance
                && is_one_sentence(units, l.min(r), second)
            {
                let mut rows = vec![l..l + left.len(), r..r + right.len()];
                rows.sort_by_key(|row| row.start);
                out.push(Match { rows });
            }
        }
    }
    out
}

fn is_one_sentence(units: &Units, from: usize, to: usize) -> bool {
    let items = units.items();
    items
        .get(to)
        .is_some_and(|unit| unit.sentence == items[from].sentence)
}

/// Whether the units from `at` on are those of `row`, in one sentence.
fn row_occurs_at(units: &Units, row: &[String], at: usize) -> bool {
    at + row.len() <= units.len()
        && is_one_sentence(units, at, at + row.len() - 1)
        && row
            .iter()
            .enumerate()
            .all(|(i, unit)| units.text(at + i) == unit)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn row(text: &str) -> Vec<String> {
        Pattern::phrase(text)
            .map(|mut pattern| pattern.rows.remove(0))
            .unwrap_or_default()
    }

    #[track_caller]
    fn check(rows: &[&str], gaps: &[RangeInclusive<usize>], text: &str, expected: &[&str]) {
        let pattern = Pattern {
            rows: rows.iter().map(|text| row(text)).collect(),
            gaps: gaps.to_vec(),
        };
        let units = Units::new(text);
        let found: Vec<String> = pattern
            .find(&units)
            .into_iter()
            .map(|found| {
                text.chars()
                    .enumerate()
                    .filter(|(i, _)| units.span(found.units()).contains(i))
                    .map(|(_, c)| c)
                    .collect()
            })
            .collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn gaps_stay_inside_a_sentence() {
        check(
            &["坚持以", "为指导"],
            &[1..=20],
            "坚持以改革为指导，坚持以法为准。人为指导",
            &["坚持以改革为指导"],
        );
        check(&["坚持以", "为指导"], &[1..=20], "坚持以为指导", &[]);
        check(
            &["坚持以", "为指导"],
            &[0..=2],
            "坚持以、为指导",
            &["坚持以、为指导"],
        );
        check(
            &["甲", "乙", "丙"],
            &[1..=2, 1..=1],
            "甲一乙二乙三丙",
            &["甲一乙二乙三丙"][..0],
        );
        check(
            &["甲", "乙", "丙"],
            &[1..=3, 1..=1],
            "甲一乙二乙三丙",
            &["甲一乙二乙三丙"],
        );
    }

    #[test]
    fn takes_the_nearest_end() {
        check(
            &["以", "为"],
            &[1..=9],
            "以甲为乙为丙，以丁为",
            &["以甲为", "以丁为"],
        );
    }

    #[test]
    fn near_matches_in_either_order_without_overlap() {
        let pairs = |text: &str, left: &str, right: &str, n| {
            find_near(&Units::new(text), &row(left), &row(right), n).len()
        };
        assert_eq!(pairs("招商促进就业", "招商", "就业", 2), 1);
        assert_eq!(pairs("就业靠招商", "招商", "就业", 1), 1);
        assert_eq!(pairs("就业靠招商", "招商", "就业", 0), 0);
        assert_eq!(pairs("就业。招商", "招商", "就业", 9), 0);
        assert_eq!(pairs("招商引资", "招商", "招商引资", 9), 0);
    }

    /// The first complete match from `at` when nearer positions are tried first: the definition, regardless of its cost.
    fn nearest_first(
        pattern: &Pattern,
        units: &Units,
        at: usize,
        ord: usize,
    ) -> Option<Vec<usize>> {
        let row = &pattern.rows[ord];
        if !row_occurs_at(units, row, at) {
            return None;
        }
        let Some(gap) = pattern.gaps.get(ord) else {
            return Some(vec![at]);
        };
        let nexts = gap.clone().map(|width| at + row.len() + width);
        let mut nexts = nexts.filter(|&next| is_one_sentence(units, at, next));
        let mut rest = nexts.find_map(|next| nearest_first(pattern, units, next, ord + 1))?;
        rest.insert(0, at);
        Some(rest)
    }

    #[test]
    fn many_gaps_in_one_sentence_are_fast() {
        let pattern = Pattern {
            rows: vec![row("的"); 33],
            gaps: vec![0..=MAX_GAP; 32],
        };
        let units = Units::new(&"的确的".repeat(333));
        assert_eq!(pattern.find(&units).len(), 666 - 32);
        assert_eq!(find_near(&units, &row("的"), &row("的"), 3).len(), 3_320);
    }

    proptest! {
        #[test]
        fn agrees_with_the_definition(
            text in "[甲乙丙。]{0,24}",
            parts in prop::collection::vec(("[甲乙丙]{1,2}", 0_usize..3, 0_usize..4), 1..5),
        ) {
            let mut gaps: Vec<_> = parts.iter().map(|&(_, least, more)| least..=least + more).collect();
            gaps.pop();
            let pattern = Pattern { rows: parts.iter().map(|(text, ..)| row(text)).collect(), gaps };
            let units = Units::new(&text);
            let expected: Vec<Vec<usize>> = (0..units.len()).filter_map(|at| nearest_first(&pattern, &units, at, 0)).collect();
            let found: Vec<Vec<usize>> = pattern.find(&units).iter().map(|found| found.rows.iter().map(|row| row.start).collect()).collect();
            prop_assert_eq!(found, expected);
        }
    }

    proptest! {
        #[test]
        fn a_phrase_is_a_pattern_without_gaps(text in "[甲乙3a，。]{0,20}", phrase in "[甲乙3a]{1,3}") {
            let units = Units::new(&text);
            let pattern = Pattern::phrase(&phrase).expect("it has a unit");
            let found: Vec<_> = pattern.find(&units).iter().map(Match::units).collect();
            prop_assert_eq!(found, units.find(&Units::new(&phrase)));
        }

        #[test]
        fn near_pairs_are_those_of_all_pairs(
            text in "[甲乙丙。]{0,14}",
            left in "[甲乙]{1,2}",
            right in "[甲乙]{1,2}",
            distance in 0_usize..4,
        ) {
            let units = Units::new(&text);
            let (left, right) = (row(&left), row(&right));
            let mut expected = Vec::new();
            for l in 0..units.len() {
                for r in 0..units.len() {
                    if !row_occurs_at(&units, &left, l) || !row_occurs_at(&units, &right, r) {
                        continue;
                    }
                    let (first, second) = if l < r { (l + left.len(), r) } else { (r + right.len(), l) };
                    let is_one = units.items()[l].sentence == units.items()[r].sentence;
                    if is_one && second >= first && second - first <= distance {
                        expected.push((l, r));
                    }
                }
            }
            let found = find_near(&units, &left, &right, distance);
            let mut starts: Vec<(usize, usize)> = found
                .iter()
                .map(|found| (found.rows[0].start, found.rows[1].start))
                .collect();
            // The pair is listed by its left sequence; the rows are in order of the text.
            let mut expected: Vec<(usize, usize)> =
                expected.into_iter().map(|(l, r)| (l.min(r), l.max(r))).collect();
            starts.sort_unstable();
            expected.sort_unstable();
            prop_assert_eq!(starts, expected);
        }
    }
}
