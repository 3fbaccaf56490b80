//! Expressions that stand fast and that no dictionary has: candidates for a user dictionary.
//!
//! Every row of 2 to 6 Han units is weighed by two figures. **Cohesion** is the least pointwise mutual information of
//! any way to cut it in two (Church and Hanks 1990): a row that is more than chance has parts that call for each
//! other. **Boundary entropy** is the lesser of the entropies of what stands before and what stands after it (Huang and Powers,
//! Chinese word segmentation based on contextual entropy, 2003): a fragment of a longer word is always
//! followed by the same. Rows are counted by sorting all places by what follows, a share of the places at a time.

use std::collections::{BTreeMap, BTreeSet};
use std::num::NonZeroUsize;

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
/// A row and the unit after it, 18 bits for each unit, the first highest.
type Key = u128;
const BITS: u32 = 18;
/// Places sorted at a time: 16 bytes each.
const AT_A_TIME: usize = 8_000_000;
/// What stands where no Han unit does.
const EDGE: u32 = 0;

/// Expressions of 2 to 6 Han characters that the segmenter's dictionary lacks, by cohesion times boundary entropy, best
/// first, equal ones in order of their characters. None begins or ends with a stop word.
///
/// # Errors
/// As for [`super::top`].
pub fn new_words(searcher: &Searcher, options: &NewOptions) -> Result<Vec<Candidate>> {
    let rows = rows(searcher, options)?;
    let forward = counted(&rows, options.least);
    let backward: Vec<u32> = rows.iter().rev().copied().collect();
    let backward = counted(&backward, options.least);
    let total: u64 = rows.iter().filter(|code| **code != EDGE).count() as u64;
    let segmenter = searcher.segmenter();
    let mut out = Vec::new();
    for (row, &(n, after)) in forward.iter().filter(|(row, _)| row.len() > 1) {
        let mirrored: Vec<u32> = row.iter().rev().copied().collect();
        let before = backward.get(&mirrored).map_or(0.0, |counts| counts.1);
        let freedom = after.min(before);
        if freedom < options.freedom {
            continue;
        }
        let count = |part: &[u32]| forward.get(part).map_or(1, |counts| counts.0) as f64;
        let cuts = (1..row.len()).map(|cut| {
            let (head, tail) = row.split_at(cut);
            (n as f64 * total as f64 / (count(head) * count(tail))).log2()
        });
        let cohesion = cuts.fold(f64::INFINITY, f64::min);
        let word: String = row
            .iter()
            .filter_map(|&code| char::from_u32(code))
            .collect();
        if cohesion >= options.cohesion
            && is_expression(&word)
            && !segmenter.words(&word).any(|known| known == word)
        {
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

/// The Han units of all different passages, an [`EDGE`] where a row ends.
fn rows(searcher: &Searcher, options: &NewOptions) -> Result<Vec<u32>> {
    let start = Vec::new;
    let runs = searcher.scan(
        &options.filter,
        options.threads,
        start,
        |out: &mut Vec<(u64, Vec<u32>)>, _, passages| {
            for passage in passages {
                let units = Units::new(&passage.text());
                let mut row = vec![EDGE];
                let mut end = 0;
                for (ord, unit) in units.items().iter().enumerate() {
                    // Whatever stands between two units, a mark or a number, is an edge.
                    if unit.start != end && row.last() != Some(&EDGE) {
                        row.push(EDGE);
                    }
                    end = unit.end;
                    let code = units
                        .text(ord)
                        .chars()
                        .next()
                        .filter(|ch| stands_alone(*ch));
                    row.push(code.map_or(EDGE, u32::from));
                }
                row.push(EDGE);
                out.push((passage.shape, row));
            }
            Ok(())
        },
    )?;
    let mut seen = BTreeSet::new();
    let all = runs
        .into_iter()
        .flatten()
        .filter(|(shape, _)| seen.insert(*shape));
    Ok(all.flat_map(|(_, row)| row).collect())
}

/// Every row of up to [`LONGEST`] units that stands at least `least` times, with the entropy in bits of what follows.
fn counted(codes: &[u32], least: u64) -> BTreeMap<Vec<u32>, (u64, f64)> {
    let mut out = BTreeMap::new();
    let shares = codes.len().div_ceil(AT_A_TIME).max(1) as u32;
    for share in 0..shares {
        let places =
            (0..codes.len()).filter(|&at| codes[at] != EDGE && codes[at] % shares == share);
        let mut keys: Vec<Key> = places.map(|at| key(codes, at)).collect();
        keys.sort_unstable();
        for len in 1..=LONGEST {
            count_rows(&keys, len, least, &mut out);
        }
    }
    out
}

/// The units from `at` on, edges and all that follows them left at 0.
fn key(codes: &[u32], at: usize) -> Key {
    let units = codes[at..]
        .iter()
        .take(LONGEST + 1)
        .take_while(|code| **code != EDGE);
    let mut out = 0;
    let mut n = 0;
    for code in units {
        out = out << BITS | Key::from(*code);
        n += 1;
    }
    out << (BITS * (LONGEST as u32 + 1 - n))
}

fn unit(key: Key, ord: usize) -> u32 {
    (key >> (BITS * (LONGEST - ord) as u32)) as u32 & ((1 << BITS) - 1)
}

fn count_rows(keys: &[Key], len: usize, least: u64, out: &mut BTreeMap<Vec<u32>, (u64, f64)>) {
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
        let row = (0..len).map(|ord| unit(group[0], ord)).collect();
        out.insert(row, (n, entropy));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn codes(text: &str) -> Vec<u32> {
        text.chars()
            .map(|ch| if ch == '，' { EDGE } else { u32::from(ch) })
            .collect()
    }

    #[test]
    fn rows_are_counted_with_what_follows() {
        let counts = counted(&codes("修渠道，修渠水，修渠，渠"), 1);
        let of = |row: &str| counts.get(&codes(row)).copied();
        assert_eq!(of("渠").map(|counts| counts.0), Some(4));
        let (n, entropy) = of("修渠").expect("counted");
        assert_eq!(n, 3);
        // 道, 水 and an edge, each once.
        assert!((entropy - 3f64.log2()).abs() < 1e-9);
        assert_eq!(of("渠道"), Some((1, 0.0)));
        assert_eq!(of("渠修"), None);
        assert_eq!(counted(&codes("修渠，修渠，水"), 2).len(), 3);
    }
}
