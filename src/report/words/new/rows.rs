//! Sequences of units, counted by sorting all places by what follows, a share of the places at a time.

use std::ops::RangeInclusive;

use super::text::{Code, EDGE, Text};

/// Longest expression, in units.
const LONGEST: usize = 6;
/// A row and the unit after it, the first unit highest.
type Key = u128;
const BITS: u32 = Code::BITS;
/// Places sorted at a time by each of two threads, 16 bytes each, unless one unit occurs more often.
const AT_A_TIME: u64 = 1_000_000;
/// Which way rows are read.
#[derive(Clone, Copy)]
pub(super) enum Direction {
    /// As they are written.
    Forward,
    /// From the last unit to the first.
    Backward,
}

/// A sequence of up to [`LONGEST`] units, padded with edges.
pub(super) type Row = [Code; LONGEST];

/// Rows of a text in one direction.
#[derive(Default)]
pub(super) struct Rows {
    /// How many units the text has.
    pub(super) total: u64,
    /// How often a row occurs; ascending by rows. Empty for [`Direction::Backward`], where it is the same.
    pub(super) counts: Vec<(Row, u32)>,
    /// The entropy in bits of what follows a row of at least two units, where it is not too small; ascending by rows.
    pub(super) free: Vec<(Row, f64)>,
}

impl Rows {
    /// The rows that occur at least `least` times, with the entropies of at least `freedom`.
    ///
    /// # Errors
    /// What `go_on` says before a share.
    pub(super) fn count<E>(
        text: &Text,
        direction: Direction,
        (least, freedom): (u64, f64),
        go_on: impl Fn() -> Result<(), E>,
    ) -> Result<Self, E> {
        let mut frequencies = vec![0; usize::from(Code::MAX) + 1];
        for &code in text.iter().flatten() {
            frequencies[usize::from(code)] += 1;
        }
        frequencies[usize::from(EDGE)] = 0;
        let mut out = Self {
            total: frequencies.iter().sum(),
            ..Self::default()
        };
        let mut keys: Vec<Key> = Vec::new();
        for (share, n) in shares(&frequencies) {
            go_on()?;
            keys.clear();
            keys.reserve_exact(n as usize);
            for codes in text {
                let places = codes.iter().enumerate();
                let places = places.filter(|(_, code)| share.contains(code));
                keys.extend(places.map(|(at, _)| key_at(codes, at, direction)));
            }
            keys.sort_unstable();
            for len in 1..=LONGEST {
                count_rows(&keys, len, least, |row, n, entropy| {
                    if matches!(direction, Direction::Forward) {
                        out.counts.push((row, u32::try_from(n).unwrap_or(u32::MAX)));
                    }
                    if len > 1 && entropy >= freedom {
                        out.free.push((row, entropy));
                    }
                });
            }
        }
        out.counts.sort_unstable();
        out.free.sort_unstable_by_key(|free| free.0);
        Ok(out)
    }

    pub(super) fn count_of(&self, units: &[Code]) -> Option<u64> {
        let mut row = [EDGE; LONGEST];
        row[..units.len()].copy_from_slice(units);
        let at = self.counts.binary_search_by_key(&row, |counts| counts.0);
        at.ok().map(|at| u64::from(self.counts[at].1))
    }
}

/// Ranges of codes that occur about [`AT_A_TIME`] times together, at least one code in each, and how often they do. The edge
/// is in none.
fn shares(frequencies: &[u64]) -> Vec<(RangeInclusive<Code>, u64)> {
    let mut out: Vec<(RangeInclusive<Code>, u64)> = Vec::new();
    for (code, &n) in (0..=Code::MAX).zip(frequencies).filter(|(_, n)| **n > 0) {
        match out.last_mut() {
            Some((range, sum)) if *sum + n <= AT_A_TIME => {
                *range = *range.start()..=code;
                *sum += n;
            }
            _ => out.push((code..=code, n)),
        }
    }
    out
}

/// The units from `at` on in a direction, edges and all that follows them left at 0.
fn key_at(codes: &[Code], at: usize, direction: Direction) -> Key {
    match direction {
        Direction::Forward => key(codes[at..].iter()),
        Direction::Backward => key(codes[..=at].iter().rev()),
    }
}

/// The first units up to an edge, at most one more than [`LONGEST`]; the rest is 0.
fn key<'a>(units: impl Iterator<Item = &'a Code>) -> Key {
    let units = units.take(LONGEST + 1).take_while(|code| **code != EDGE);
    let mut out = 0;
    let mut n = 0;
    for code in units {
        out = out << BITS | Key::from(*code);
        n += 1;
    }
    out << (BITS * (LONGEST as u32 + 1 - n))
}

fn unit(key: Key, ord: usize) -> Code {
    (key >> (BITS * (LONGEST - ord) as u32)) as Code
}

pub(super) fn units(row: &Row) -> &[Code] {
    let len = row.iter().position(|unit| *unit == EDGE);
    &row[..len.unwrap_or(LONGEST)]
}

pub(super) fn mirrored(row: Row) -> Row {
    let mut out = [EDGE; LONGEST];
    let units = units(&row).iter().rev();
    out.iter_mut().zip(units).for_each(|(to, from)| *to = *from);
    out
}

/// Calls `count` for each row of `len` units with the number of its places and the entropy of what follows.
fn count_rows(keys: &[Key], len: usize, least: u64, mut count: impl FnMut(Row, u64, f64)) {
    let shift = BITS * (LONGEST + 1 - len) as u32;
    for group in keys.chunk_by(|a, b| a >> shift == b >> shift) {
        let n = group.len() as u64;
        if n < least || unit(group[0], len - 1) == EDGE {
            continue;
        }
        let next = |key: &Key| unit(*key, len);
        let mut entropy = 0.0;
        for same in group.chunk_by(|a, b| next(a) == next(b)) {
            // At an edge any unit might follow: each edge is a neighbour of its own.
            let (times, share) = match next(&same[0]) {
                EDGE => (same.len() as f64, 1.0 / n as f64),
                _ => (1.0, same.len() as f64 / n as f64),
            };
            entropy -= times * share * share.log2();
        }
        let row = std::array::from_fn(|ord| match ord < len {
            true => unit(group[0], ord),
            false => EDGE,
        });
        count(row, n, entropy);
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;
    use std::convert::Infallible;

    use super::super::text::code;
    use super::*;
    use proptest::prelude::*;

    fn codes(text: &str) -> Vec<Code> {
        let code = |ch| match ch {
            '，' => EDGE,
            ch => code(ch, &mut Vec::new()),
        };
        text.chars().map(code).collect()
    }

    fn count(text: &str, direction: Direction, least: u64) -> Rows {
        count_text(&vec![codes(text)], direction, (least, 0.0))
    }

    fn count_text(text: &Text, direction: Direction, least: (u64, f64)) -> Rows {
        let Ok(rows) = Rows::count(text, direction, least, || Ok::<_, Infallible>(()));
        rows
    }

    fn row(text: &str) -> Row {
        let mut row = [EDGE; LONGEST];
        let codes = codes(text);
        row[..codes.len()].copy_from_slice(&codes);
        row
    }

    #[test]
    fn rows_are_counted_with_what_follows() {
        let text = "修渠道，修渠水，修渠，渠";
        let rows = count(text, Direction::Forward, 1);
        assert_eq!(rows.total, 9);
        for (text, expected) in [
            ("渠", Some(4)),
            ("修渠", Some(3)),
            ("渠道", Some(1)),
            ("渠修", None),
        ] {
            assert_eq!(rows.count_of(&codes(text)), expected, "{text}");
        }
        let entropy = |rows: &Rows, text: &str| {
            let free = rows.free.iter().find(|free| free.0 == row(text));
            free.map(|free| free.1)
        };
        // 道, 水 and an edge, each once.
        let expected = 3f64.log2();
        assert!(entropy(&rows, "修渠").is_some_and(|bits| (bits - expected).abs() < 1e-9));
        assert_eq!(entropy(&rows, "渠道"), Some(0.0));
        assert_eq!(entropy(&rows, "渠"), None);
        let text = vec![codes(text)];
        let free = count_text(&text, Direction::Forward, (1, 1.0));
        assert_eq!(free.free.len(), 1);
        assert_eq!(
            count("修渠，修渠，水", Direction::Forward, 2).counts.len(),
            3
        );
    }

    #[test]
    fn shares_hold_each_code_once() {
        let mut frequencies = vec![0; usize::from(Code::MAX) + 1];
        for (code, n) in [
            (7, 5),
            (8, AT_A_TIME - 5),
            (9, 1),
            (20, AT_A_TIME + 1),
            (65_535, 2),
        ] {
            frequencies[code] = n;
        }
        let expected = [
            (7..=8, AT_A_TIME),
            (9..=9, 1),
            (20..=20, AT_A_TIME + 1),
            (65_535..=65_535, 2),
        ];
        assert_eq!(shares(&frequencies), expected);
    }

    proptest! {
        #[test]
        fn backward_rows_are_those_of_the_mirrored_text(text in "[修渠水，]{0,60}") {
            let mirrored: String = text.chars().rev().collect();
            let backward = count(&text, Direction::Backward, 2);
            let forward = count(&mirrored, Direction::Forward, 2);
            prop_assert_eq!(backward.free, forward.free);
            prop_assert!(backward.counts.is_empty());
        }

        #[test]
        fn rows_are_counted_as_one_by_one(text in "[修渠水，]{0,60}") {
            let rows = count(&text, Direction::Forward, 1);
            let codes = codes(&text);
            let mut plain: BTreeMap<Vec<Code>, u64> = BTreeMap::new();
            for row in (0..codes.len()).flat_map(|at| (1..=LONGEST).map(move |len| at..at + len)) {
                let row = codes.get(row).filter(|row| !row.contains(&EDGE));
                row.into_iter().for_each(|row| *plain.entry(row.to_vec()).or_default() += 1);
            }
            let counted = rows.counts.iter();
            let counted = counted.map(|(row, n)| (units(row).to_vec(), u64::from(*n)));
            prop_assert_eq!(counted.collect::<BTreeMap<_, _>>(), plain);
        }
    }
}
