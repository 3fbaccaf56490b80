//! Which sentence of the newer report continues which of the older.
//!
//! Two sentences are as alike as the pairs of neighbouring units that both have, each weighted by how few sentences of the two
//! reports have it (inverse document frequency, Spärck Jones 1972), since phrases such as 切实加强 join everything to everything:
//!
//! > 2·w(shared) / (w(old) + w(new))
//!
//! Then the context adds to it: headings above, position in the report, the role of the section. What one report plans is not
//! continued by what the next one has done: there is no link between them. Links are made one to one, the best first.

use std::collections::{BTreeMap, HashMap};

use super::sentences::Sentence;
use crate::document::Role;

/// Least score of a link.
const MIN_SCORE: f64 = 0.42;
/// Least weighted share of common pairs, whatever the context.
const MIN_ALIKE: f64 = 0.32;
/// Weight of the likeness of the headings above.
const HEADINGS: f64 = 0.12;
/// Weight of the nearness of the positions in the two reports.
const POSITION: f64 = 0.06;
/// What sections of the same role add.
const SAME_ROLE: f64 = 0.04;
/// Likeness of headings from which sections are taken for the same, whatever role each seems to have.
const SAME_SECTION: f64 = 0.6;

/// A link from a sentence of the older report to one of the newer, both as ordinals.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Link {
    pub(super) old: usize,
    pub(super) new: usize,
}

/// A text as pairs of neighbouring units, by number, each once.
type Pairs = Vec<u32>;

/// The links in order of the newer report; each sentence is in one at most.
pub(super) fn links(old: &[Sentence], new: &[Sentence]) -> Vec<Link> {
    let mut numbers = HashMap::new();
    let [old_pairs, new_pairs] = [old, new].map(|sentences| -> Vec<Pairs> {
        let all = sentences.iter();
        all.map(|sentence| pairs(sentence, &mut numbers)).collect()
    });
    let weights = weights(&old_pairs, &new_pairs, numbers.len());
    let mut found: Vec<(f64, Link)> = Vec::new();
    let alike = alike(&old_pairs, &new_pairs, &weights);
    for (new_ord, candidates) in alike.into_iter().enumerate() {
        for (old_ord, alike) in candidates {
            let link = Link {
                old: old_ord,
                new: new_ord,
            };
            let positions = (position(old_ord, old.len()), position(new_ord, new.len()));
            let context = context(&old[old_ord], &new[new_ord], positions);
            let score = context.map(|context| alike + context);
            let enough = score.filter(|&score| alike >= MIN_ALIKE && score >= MIN_SCORE);
            found.extend(enough.map(|score| (score, link)));
        }
    }
    found.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
    let (mut old_taken, mut new_taken) = (vec![false; old.len()], vec![false; new.len()]);
    let mut out = Vec::new();
    for (_, link) in found {
        if !old_taken[link.old] && !new_taken[link.new] {
            old_taken[link.old] = true;
            new_taken[link.new] = true;
            out.push(link);
        }
    }
    out.sort_by_key(|link| link.new);
    out
}

fn pairs<'a>(sentence: &'a Sentence, numbers: &mut HashMap<(&'a str, &'a str), u32>) -> Pairs {
    let units: Vec<&str> = sentence.piece.units.texts().collect();
    let alone = (units.len() == 1).then(|| (units[0], ""));
    let neighbours = units.windows(2).map(|two| (two[0], two[1]));
    let mut out: Pairs = neighbours
        .chain(alone)
        .map(|pair| {
            let next = numbers.len() as u32;
            *numbers.entry(pair).or_insert(next)
        })
        .collect();
    out.sort_unstable();
    out.dedup();
    out
}

/// The weight of each pair: ln(1 + sentences / sentences that have it).
fn weights(old: &[Pairs], new: &[Pairs], n_pairs: usize) -> Vec<f64> {
    let mut n_having = vec![0u32; n_pairs];
    for &pair in old.iter().chain(new).flatten() {
        n_having[pair as usize] += 1;
    }
    let all = (old.len() + new.len()) as f64;
    let weight = |n: u32| (1.0 + all / f64::from(n.max(1))).ln();
    n_having.into_iter().map(weight).collect()
}

/// For each newer sentence the older ones that share a pair, with how alike they are.
fn alike(old: &[Pairs], new: &[Pairs], weights: &[f64]) -> Vec<BTreeMap<usize, f64>> {
    let mut having: Vec<Vec<usize>> = vec![Vec::new(); weights.len()];
    for (ord, pairs) in old.iter().enumerate() {
        for &pair in pairs {
            having[pair as usize].push(ord);
        }
    }
    let whole = |pairs: &Pairs| -> f64 { pairs.iter().map(|&pair| weights[pair as usize]).sum() };
    let old_wholes: Vec<f64> = old.iter().map(whole).collect();
    let of = |pairs: &Pairs| {
        let mut shared: BTreeMap<usize, f64> = BTreeMap::new();
        for &pair in pairs {
            for &ord in &having[pair as usize] {
                *shared.entry(ord).or_default() += weights[pair as usize];
            }
        }
        let own = whole(pairs);
        for (&ord, value) in &mut shared {
            *value = 2.0 * *value / (own + old_wholes[ord]);
        }
        shared
    };
    new.iter().map(of).collect()
}

fn position(ord: usize, len: usize) -> f64 {
    ord as f64 / len.max(1) as f64
}

/// What the context adds; none if what was planned stands against what was done.
fn context(old: &Sentence, new: &Sentence, (old_at, new_at): (f64, f64)) -> Option<f64> {
    let near = 1.0 - (old_at - new_at).abs();
    let headings = headings_alike(old, new);
    let is_plan = |role: Role| matches!(role, Role::Plans | Role::Proposals);
    let role = match (old.role, new.role) {
        (Some(old), Some(new)) if is_plan(old) != is_plan(new) && headings < SAME_SECTION => {
            return None;
        }
        (Some(old), Some(new)) if old == new => SAME_ROLE,
        _ => 0.0,
    };
    Some(HEADINGS * headings + POSITION * near + role)
}

/// Dice's coefficient of the characters of the headings above, without digits: 2015年工作回顾 is 2016年工作回顾.
fn headings_alike(old: &Sentence, new: &Sentence) -> f64 {
    let chars = |sentence: &Sentence| {
        let titles = sentence.section.iter().flat_map(|one| one.title.chars());
        let mut chars: Vec<char> = titles.filter(|ch| !ch.is_numeric()).collect();
        chars.sort_unstable();
        chars.dedup();
        chars
    };
    let (old, new) = (chars(old), chars(new));
    let shared = old
        .iter()
        .filter(|ch| new.binary_search(ch).is_ok())
        .count();
    match old.len() + new.len() {
        0 => 0.0,
        all => 2.0 * shared as f64 / all as f64,
    }
}
