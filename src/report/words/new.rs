//! Expressions that stand fast and that no dictionary has: candidates for a user dictionary.
//!
//! Every row of 2 to 6 Han units is weighed by two figures. **Cohesion** is the least pointwise mutual information of
//! any way to cut it in two (Church and Hanks 1990): a row that is more than chance has parts that call for each
//! other. **Boundary entropy** is the lesser of the entropies of what stands before and what stands after it (Huang and Powers,
//! Chinese word segmentation based on contextual entropy, 2003): a fragment of a longer word is always
//! followed by the same. Rows are counted by sorting all places by what follows, a share of the places at a time.

use std::collections::{BTreeMap, BTreeSet};
use std::num::NonZeroUsize;
use std::ops::RangeInclusive;

use serde::Serialize;

use super::is_stop;
use crate::Result;
use crate::search::{Filter, Searcher};
use crate::text::units::{Units, stands_alone};

/// What is listed.
#[derive(Clone, Debug)]
pub struct NewOptions {
    /// Where expressions are looked for.
    pub filter: Filter,
    /// Fewest occurrences; passages that are copies count once.
    pub least: u64,
    /// Least cohesion, in bits.
    pub cohesion: f64,
    /// Least boundary entropy, in bits.
    pub freedom: f64,
    /// Most lines.
    pub limit: usize,
    /// Most threads.
    pub threads: NonZeroUsize,
}

impl Default for NewOptions {
    fn default() -> Self {
        Self {
            filter: Filter::default(),
            least: 10,
            // Above 6 bits most rows are expressions, below 2 bits of boundary entropy most are fragments: read off lists of
            // statutes and work reports.
            cohesion: 6.0,
            freedom: 2.0,
            limit: 200,
            threads: std::thread::available_parallelism().unwrap_or(NonZeroUsize::MIN),
        }
    }
}

/// An expression that the dictionary lacks.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Candidate {
    /// The expression, normalized.
    pub word: String,
    /// Its occurrences, copies of a passage aside.
    pub occurrences: u64,
    /// Cohesion in bits.
    pub cohesion: f64,
    /// Boundary entropy in bits.
    pub freedom: f64,
}

/// Longest expression, in units.
const LONGEST: usize = 6;
/// A Han unit in 16 bits, see [`Alphabet`].
type Code = u16;
/// A row and the unit after it, the first unit highest.
type Key = u128;
const BITS: u32 = Code::BITS;
/// Places sorted at a time by each of two threads, 16 bytes each, unless one unit occurs more often.
const AT_A_TIME: u64 = 1_000_000;
/// What stands where no Han unit does.
const EDGE: Code = 0;
/// Units of a piece of text, unless a passage is longer: pieces never move, where one growing list would be copied again
/// and again.
const PIECE: usize = 1 << 20;

/// Expressions of 2 to 6 Han characters that the segmenter's dictionary lacks, by cohesion times boundary entropy, best
/// first, equal ones in order of their characters. None begins or ends with a stop word.
///
/// # Errors
/// As for [`super::top`].
pub fn new_words(searcher: &Searcher, options: &NewOptions) -> Result<Vec<Candidate>> {
    let (text, alphabet) = text(searcher, options)?;
    let NewOptions { least, freedom, .. } = *options;
    let (forward, backward) = std::thread::scope(|scope| {
        let backward = scope.spawn(|| Rows::count(&text, Direction::Backward, (least, freedom)));
        let forward = Rows::count(&text, Direction::Forward, (least, freedom));
        let backward = backward.join();
        (
            forward,
            backward.unwrap_or_else(|panic| std::panic::resume_unwind(panic)),
        )
    });
    drop(text);
    let total = forward.total;
    let segmenter = searcher.segmenter();
    let mut out = Vec::new();
    for &(row, after) in &forward.free {
        // A row that is free on one side alone is a fragment.
        let mirrored = mirrored(row);
        let before = backward.free.binary_search_by_key(&mirrored, |free| free.0);
        let Ok(before) = before else { continue };
        let freedom = after.min(backward.free[before].1);
        let units = units(&row);
        let (n, len) = (forward.count_of(units).unwrap_or(1), units.len());
        let count = |part: &[Code]| forward.count_of(part).unwrap_or(1) as f64;
        let cuts = (1..len).map(|cut| {
            let (head, tail) = units.split_at(cut);
            (n as f64 * total as f64 / (count(head) * count(tail))).log2()
        });
        let cohesion = cuts.fold(f64::INFINITY, f64::min);
        if cohesion < options.cohesion {
            continue;
        }
        let word: String = units.iter().map(|&code| alphabet.char(code)).collect();
        if is_expression(&word) && !segmenter.words(&word).any(|known| known == word) {
            out.push(Candidate {
                word,
                occurrences: n,
                cohesion: (cohesion * 100.0).round() / 100.0,
                freedom: (freedom * 100.0).round() / 100.0,
            });
        }
    }
    let score = |candidate: &Candidate| candidate.cohesion * candidate.freedom;
    out.sort_by(|a, b| {
        score(b)
            .total_cmp(&score(a))
            .then_with(|| a.word.cmp(&b.word))
    });
    out.truncate(options.limit);
    Ok(out)
}

fn is_expression(word: &str) -> bool {
    let mut chars = word.chars();
    let edges = [chars.next(), chars.next_back()];
    edges
        .into_iter()
        .flatten()
        .all(|ch| !is_stop(ch.encode_utf8(&mut [0; 4])))
}

/// The Han units of all different passages, an [`EDGE`] before and behind each row.
type Text = Vec<Vec<Code>>;

/// Units beyond the Basic Multilingual Plane, ascending; their codes are those of [`BEYOND`] in that order.
struct Alphabet(Vec<char>);

/// Surrogates and the private use area: no unit of one character has one of these codes.
const BEYOND: RangeInclusive<Code> = 0xd800..=0xf8ff;
/// So many codes: of a collection with more different units beyond the plane, the others are edges.
const N_BEYOND: usize = (*BEYOND.end() - *BEYOND.start()) as usize + 1;

impl Alphabet {
    /// The alphabet of all that the threads read, whose text is put into its codes.
    fn unite(runs: &mut [Run]) -> Self {
        let all: BTreeSet<char> = runs.iter().flat_map(|run| &run.beyond).copied().collect();
        let alphabet = Self(all.into_iter().take(N_BEYOND).collect());
        for run in runs.iter_mut().filter(|run| !run.beyond.is_empty()) {
            let codes: Vec<Code> = run.beyond.iter().map(|ch| alphabet.code(*ch)).collect();
            let beyond = run.text.iter_mut().flatten();
            for code in beyond.filter(|code| BEYOND.contains(code)) {
                *code = codes[usize::from(*code - BEYOND.start())];
            }
        }
        alphabet
    }

    fn code(&self, ch: char) -> Code {
        let ord = self.0.binary_search(&ch);
        ord.map_or(EDGE, |ord| BEYOND.start() + ord as Code)
    }

    fn char(&self, code: Code) -> char {
        let beyond = code.checked_sub(*BEYOND.start()).map(usize::from);
        let beyond = beyond.and_then(|ord| self.0.get(ord)).copied();
        match BEYOND.contains(&code) {
            true => beyond.unwrap_or(char::REPLACEMENT_CHARACTER),
            false => char::from_u32(u32::from(code)).unwrap_or(char::REPLACEMENT_CHARACTER),
        }
    }
}

/// Reads the passages.
fn text(searcher: &Searcher, options: &NewOptions) -> Result<(Text, Alphabet)> {
    let mut runs = searcher.scan(
        &options.filter,
        options.threads,
        Run::default,
        |run: &mut Run, _, passages| {
            for passage in passages {
                if run.passages.contains_key(&passage.shape) {
                    continue;
                }
                let place = run.push(&passage.text());
                run.passages.insert(passage.shape, place);
            }
            Ok(())
        },
    )?;
    let alphabet = Alphabet::unite(&mut runs);
    let mut seen: BTreeSet<u64> = BTreeSet::new();
    let mut text = Vec::new();
    for mut run in runs {
        for (shape, place) in run.passages {
            if !seen.insert(shape) {
                let Place { piece, start, end } = place;
                run.text[piece as usize][start as usize..end as usize].fill(EDGE);
            }
        }
        text.append(&mut run.text);
    }
    Ok((text, alphabet))
}

/// What one thread reads.
#[derive(Default)]
struct Run {
    text: Text,
    /// The different passages by hash.
    passages: BTreeMap<u64, Place>,
    /// Units beyond the Basic Multilingual Plane in order of their codes.
    beyond: Vec<char>,
}

/// Where a passage is in the text of its thread, half-open.
struct Place {
    piece: u32,
    start: u32,
    end: u32,
}

impl Run {
    fn push(&mut self, passage: &str) -> Place {
        let units = Units::new(passage);
        // An edge before each unit at most, and one behind the last.
        let most = 2 * units.len() + 1;
        let has_room = |piece: &Vec<Code>| piece.capacity() - piece.len() >= most;
        if !self.text.last().is_some_and(has_room) {
            self.text.push(Vec::with_capacity(PIECE.max(most)));
        }
        let piece = self.text.len() - 1;
        let out = &mut self.text[piece];
        let start = out.len();
        out.push(EDGE);
        let mut end = 0;
        for (ord, unit) in units.items().iter().enumerate() {
            // Whatever stands between two units, a mark or a number, is an edge.
            if unit.start != end && out.last() != Some(&EDGE) {
                out.push(EDGE);
            }
            end = unit.end;
            let first = units.text(ord).chars().next();
            let han = first.filter(|ch| stands_alone(*ch));
            out.push(han.map_or(EDGE, |ch| code(ch, &mut self.beyond)));
        }
        out.push(EDGE);
        Place {
            piece: piece as u32,
            start: start as u32,
            end: out.len() as u32,
        }
    }
}

/// The code of a unit; one beyond the plane takes its place in `beyond`.
fn code(ch: char, beyond: &mut Vec<char>) -> Code {
    if let Ok(code) = Code::try_from(u32::from(ch)) {
        return code;
    }
    let known = beyond.iter().position(|&other| other == ch);
    let ord = known.unwrap_or(beyond.len());
    if ord >= N_BEYOND {
        return EDGE;
    }
    if known.is_none() {
        beyond.push(ch);
    }
    BEYOND.start() + ord as Code
}

/// Which way rows are read.
#[derive(Clone, Copy)]
enum Direction {
    /// As they are written.
    Forward,
    /// From the last unit to the first.
    Backward,
}

/// A row of up to [`LONGEST`] units, edges behind it.
type Row = [Code; LONGEST];

/// Rows of a text in one direction.
#[derive(Default)]
struct Rows {
    /// How many units the text has.
    total: u64,
    /// How often a row occurs; ascending by rows. Empty for [`Direction::Backward`], where it is the same.
    counts: Vec<(Row, u32)>,
    /// The entropy in bits of what follows a row of at least two units, where it is not too small; ascending by rows.
    free: Vec<(Row, f64)>,
}

impl Rows {
    /// The rows that occur at least `least` times, with the entropies of at least `freedom`.
    fn count(text: &Text, direction: Direction, (least, freedom): (u64, f64)) -> Self {
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
        out
    }

    fn count_of(&self, units: &[Code]) -> Option<u64> {
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

/// The first units up to an edge, at most one more than [`LONGEST`]; all behind them is 0.
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

fn units(row: &Row) -> &[Code] {
    let len = row.iter().position(|unit| *unit == EDGE);
    &row[..len.unwrap_or(LONGEST)]
}

fn mirrored(row: Row) -> Row {
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
            // At an edge anything might stand: each is a neighbour of its own.
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
        Rows::count(&vec![codes(text)], direction, (least, 0.0))
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
        let free = Rows::count(&text, Direction::Forward, (1, 1.0));
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

    #[test]
    fn units_beyond_the_plane_have_the_same_codes_in_all_text() {
        let mut runs = [Run::default(), Run::default()];
        runs[0].push("渠𠮷𡈼。");
        runs[1].push("𡈼𠮷𠮷1水");
        let alphabet = Alphabet::unite(&mut runs);
        let read = |run: &Run| -> String {
            let codes = run.text.iter().flatten().copied();
            codes
                .map(|code| {
                    if code == EDGE {
                        '，'
                    } else {
                        alphabet.char(code)
                    }
                })
                .collect()
        };
        assert_eq!(runs.each_ref().map(read), ["，渠𠮷𡈼，", "，𡈼𠮷𠮷，水，"]);
        assert_eq!(runs[0].text[0][2], *BEYOND.start());
        let mut full: Vec<char> = ('\u{20000}'..).take(N_BEYOND).collect();
        assert_eq!(code('\u{2f000}', &mut full), EDGE);
        assert_eq!(code('\u{20001}', &mut full), BEYOND.start() + 1);
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
