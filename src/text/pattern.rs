//! Patterns: rows of units with gaps between them, found by units inside one sentence.
//!
//! This is the definition that index and counts are held to: a scan over a text's units, no index in sight.

use std::ops::{Range, RangeInclusive};

use super::units::Units;

/// Most units that a gap may span.
pub const MAX_GAP: usize = 100;

/// Rows of units that follow each other at given distances.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pattern {
    /// The rows, each of at least one unit; at least one row.
    pub rows: Vec<Vec<String>>,
    /// How many units may stand between a row and the next one; one fewer than rows, none over [`MAX_GAP`].
    pub gaps: Vec<RangeInclusive<usize>>,
}

/// One place where a pattern matches.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Match {
    /// The ordinals of the units of each row.
    pub rows: Vec<Range<usize>>,
}

impl Match {
    /// Ordinals of all units from the first row's start to the last one's end.
    pub fn units(&self) -> Range<usize> {
        let end = self.rows.last().map_or(0, |row| row.end);
        self.rows.first().map_or(end, |row| row.start)..end
    }
}

impl Pattern {
    /// The pattern of a phrase without gaps; `None` if it holds no unit.
    pub fn phrase(text: &str) -> Option<Self> {
        let row: Vec<String> = Units::new(text).texts().map(str::to_owned).collect();
        (!row.is_empty()).then(|| Self {
            rows: vec![row],
            gaps: Vec::new(),
        })
    }

    /// Every unit from which the pattern matches, in order, each with the nearest place of every further row.
    ///
    /// Matches may overlap. Nothing crosses a sentence end.
    pub fn find(&self, units: &Units) -> Vec<Match> {
        let Some(first) = self.rows.first() else {
            return Vec::new();
        };
        let starts = (0..units.len()).filter(|&at| row_stands_at(units, first, at));
        starts.filter_map(|at| self.find_from(units, at)).collect()
    }

    /// Extends the match whose first row stands at `at`. Depth first, nearest first, never trying a place twice:
    /// quadratic in the gap's width at most.
    fn find_from(&self, units: &Units, at: usize) -> Option<Match> {
        let mut reached: Vec<Vec<(usize, usize)>> = vec![vec![(at, usize::MAX)]];
        for (gap, (before, row)) in self.gaps.iter().zip(self.rows.iter().zip(&self.rows[1..])) {
            let last = reached.last()?;
            let mut next: Vec<(usize, usize)> = Vec::new();
            for (from, &(start, _)) in last.iter().enumerate() {
                let end = start + before.len();
                for to in gap.clone().map(|width| end + width) {
                    if is_one_sentence(units, start, to)
                        && row_stands_at(units, row, to)
                        && next.iter().all(|&(seen, _)| seen != to)
                    {
                        next.push((to, from));
                    }
                }
            }
            reached.push(next);
        }
        let mut rows = Vec::with_capacity(self.rows.len());
        let mut ord = 0;
        for (places, row) in reached.iter().zip(&self.rows).rev() {
            let &(start, from) = places.get(ord)?;
            rows.push(start..start + row.len());
            ord = from;
        }
        rows.reverse();
        Some(Match { rows })
    }
}

/// Every pair of places where `left` and `right` stand in one sentence with at most `distance` units between
/// them, in either order, not overlapping; ordered by the place of `left`, then that of `right`.
pub fn find_near(units: &Units, left: &[String], right: &[String], distance: usize) -> Vec<Match> {
    let places = |row: &[String]| -> Vec<usize> {
        (0..units.len())
            .filter(|&at| row_stands_at(units, row, at))
            .collect()
    };
    let rights = places(right);
    let mut out = Vec::new();
    for l in places(left) {
        for &r in &rights {
            let (first_end, second) = if l < r {
                (l + left.len(), r)
            } else {
                (r + right.len(), l)
            };
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
fn row_stands_at(units: &Units, row: &[String], at: usize) -> bool {
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
    fn the_nearest_end_is_taken() {
        check(
            &["以", "为"],
            &[1..=9],
            "以甲为乙为丙，以丁为",
            &["以甲为", "以丁为"],
        );
    }

    #[test]
    fn near_takes_either_order_and_no_overlap() {
        let pairs = |text: &str, left: &str, right: &str, n| {
            find_near(&Units::new(text), &row(left), &row(right), n).len()
        };
        assert_eq!(pairs("招商促进就业", "招商", "就业", 2), 1);
        assert_eq!(pairs("就业靠招商", "招商", "就业", 1), 1);
        assert_eq!(pairs("就业靠招商", "招商", "就业", 0), 0);
        assert_eq!(pairs("就业。招商", "招商", "就业", 9), 0);
        assert_eq!(pairs("招商引资", "招商", "招商引资", 9), 0);
    }
}
