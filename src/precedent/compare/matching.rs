//! Which sentence of the newer report continues which of the older.
//!
//! Two sentences are as alike as the pairs of neighbouring units that both have, each weighted by how few sentences of the two
//! reports have it (inverse document frequency, Spärck Jones 1972), since phrases such as 切实加强 join everything to everything:
//!
//! > 2·w(shared) / (w(old) + w(new))
//!
//! Then the context adds to it: headings above, position in the report, the role of the section. What one report plans is not
//! continued by what the next one has done: there is no link between them, unless they are word for word the same. Links are made one
//! to one, the best first.

use std::cmp::Ordering;
use std::collections::{BTreeMap, HashMap, VecDeque};

use super::sentences::Sentence;
use crate::document::Role;

/// Minimum score of a link.
const MIN_SCORE: f64 = 0.42;
/// Minimum weighted share of common pairs, whatever the context.
const MIN_ALIKE: f64 = 0.32;
/// Weight of the likeness of the headings above.
const HEADINGS: f64 = 0.12;
/// Weight of the nearness of the positions in the two reports.
const POSITION: f64 = 0.06;
/// What sections of the same role add.
const SAME_ROLE: f64 = 0.04;
/// Likeness of headings from which sections are taken for the same, whatever role each seems to have.
const SAME_SECTION: f64 = 0.6;

/// Maximum number of older sentences with a pair that is used; more frequent pairs are ignored.
const MOST_HAVING: usize = 400;
/// Older sentences that a newer one may be linked with.
const MOST_CANDIDATES: usize = 16;

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
    let mut out = identical(old, new);
    let (mut old_taken, mut new_taken) = (vec![false; old.len()], vec![false; new.len()]);
    for link in &out {
        old_taken[link.old] = true;
        new_taken[link.new] = true;
    }
    let candidates = Candidates::new(&old_pairs, &new_pairs, numbers.len());
    let mut found: Vec<(f64, Link)> = Vec::new();
    for (ord, pairs) in new_pairs.iter().enumerate() {
        if !new_taken[ord] {
            let of_ord = candidates.scored(pairs, |other, alike| {
                let link = Link {
                    old: other,
                    new: ord,
                };
                let score = (!old_taken[other]).then(|| score(link, alike, old, new))??;
                Some((score, link))
            });
            found.extend(of_ord);
        }
    }
    found.sort_by(better);
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

/// Links between sentences of the same units, whatever is around them: the first of the one with the first of the other, and so on.
fn identical(old: &[Sentence], new: &[Sentence]) -> Vec<Link> {
    let key = |sentence: &Sentence| -> String {
        // No unit has a blank in it.
        sentence
            .piece
            .units
            .texts()
            .collect::<Vec<&str>>()
            .join(" ")
    };
    let mut free: HashMap<String, VecDeque<usize>> = HashMap::new();
    for (ord, sentence) in old.iter().enumerate() {
        free.entry(key(sentence)).or_default().push_back(ord);
    }
    let link = |(new, sentence): (usize, &Sentence)| {
        let old = free.get_mut(&key(sentence))?.pop_front()?;
        Some(Link { old, new })
    };
    new.iter().enumerate().filter_map(link).collect()
}

/// The score of a link, if it is high enough.
fn score(link: Link, alike: f64, old: &[Sentence], new: &[Sentence]) -> Option<f64> {
    let positions = (position(link.old, old.len()), position(link.new, new.len()));
    let score = alike + context(&old[link.old], &new[link.new], positions)?;
    (alike >= MIN_ALIKE && score >= MIN_SCORE).then_some(score)
}

/// The higher score first, then in order.
fn better(a: &(f64, Link), b: &(f64, Link)) -> Ordering {
    b.0.total_cmp(&a.0).then(a.1.cmp(&b.1))
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

/// The sentences of the older report by the pairs that they have.
struct Candidates {
    weights: Vec<f64>,
    having: Vec<Vec<usize>>,
    wholes: Vec<f64>,
}

impl Candidates {
    fn new(old: &[Pairs], new: &[Pairs], n_pairs: usize) -> Self {
        let mut having: Vec<Vec<usize>> = vec![Vec::new(); n_pairs];
        for (ord, pairs) in old.iter().enumerate() {
            for &pair in pairs {
                having[pair as usize].push(ord);
            }
        }
        let mut out = Self {
            weights: weights(old, new, n_pairs),
            having,
            wholes: Vec::new(),
        };
        out.wholes = old.iter().map(|pairs| out.whole(pairs)).collect();
        out
    }

    fn whole(&self, pairs: &Pairs) -> f64 {
        pairs.iter().map(|&pair| self.weights[pair as usize]).sum()
    }

    /// What `score` makes of the sentences that share a pair, given how alike they are: the best, the best first.
    fn scored(
        &self,
        pairs: &Pairs,
        score: impl Fn(usize, f64) -> Option<(f64, Link)>,
    ) -> Vec<(f64, Link)> {
        let mut shared: BTreeMap<usize, f64> = BTreeMap::new();
        for &pair in pairs {
            let having = &self.having[pair as usize];
            // What is everywhere says nothing, and would make the work grow with the square of the length.
            if having.len() <= MOST_HAVING {
                for &ord in having {
                    *shared.entry(ord).or_default() += self.weights[pair as usize];
                }
            }
        }
        let own = self.whole(pairs);
        let alike = |ord: usize, weight: f64| 2.0 * weight / (own + self.wholes[ord]);
        let all = shared.into_iter();
        let mut out: Vec<(f64, Link)> = all
            .filter_map(|(ord, weight)| score(ord, alike(ord, weight)))
            .collect();
        out.sort_by(better);
        out.truncate(MOST_CANDIDATES);
        out
    }
}

fn position(ord: usize, len: usize) -> f64 {
    ord as f64 / len.max(1) as f64
}

/// The share of the context in a score; `None` if one sentence plans and the other reports work done.
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
