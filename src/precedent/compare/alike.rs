//! How much two sentences share: pairs of neighbouring units, each weighted by how few sentences of the two reports have it.

use std::collections::{BTreeMap, HashMap};

use super::sentences::Sentence;

/// Maximum number of older sentences with a pair that is used; more frequent pairs are ignored.
const MOST_HAVING: usize = 400;
/// Exponent of a weight: phrases such as 扎实推进 join everything to everything, and in short sentences there is little else.
const RARITY: f64 = 2.0;

/// A text as pairs of neighbouring units, by number, in order, each once.
pub(super) type Pairs = Vec<u32>;

/// The pairs of both reports.
pub(super) struct Alike {
    weights: Vec<f64>,
    /// The weight of a pair that two sentences have.
    pub(super) heaviest: f64,
    pub(super) old: Vec<Pairs>,
    pub(super) new: Vec<Pairs>,
    /// For each pair the older sentences that have it.
    having: Vec<Vec<usize>>,
    pub(super) old_wholes: Vec<f64>,
    pub(super) new_wholes: Vec<f64>,
}

impl Alike {
    pub(super) fn new(old: &[Sentence], new: &[Sentence]) -> Self {
        let mut numbers = HashMap::new();
        let [old, new] = [old, new].map(|sentences| -> Vec<Pairs> {
            let all = sentences.iter();
            all.map(|sentence| pairs(sentence, &mut numbers)).collect()
        });
        let mut having: Vec<Vec<usize>> = vec![Vec::new(); numbers.len()];
        for (ord, pairs) in old.iter().enumerate() {
            for &pair in pairs {
                having[pair as usize].push(ord);
            }
        }
        let all = (old.len() + new.len()) as f64;
        let heaviest = (1.0 + all / 2.0).ln();
        let mut out = Self {
            weights: weights(&old, &new, numbers.len(), heaviest),
            heaviest,
            old,
            new,
            having,
            old_wholes: Vec::new(),
            new_wholes: Vec::new(),
        };
        out.old_wholes = out.old.iter().map(|pairs| out.weight(pairs)).collect();
        out.new_wholes = out.new.iter().map(|pairs| out.weight(pairs)).collect();
        out
    }

    /// The weight of pairs together.
    pub(super) fn weight(&self, pairs: &[u32]) -> f64 {
        pairs.iter().map(|&pair| self.weights[pair as usize]).sum()
    }

    /// The weight of the pairs that both have.
    pub(super) fn shared(&self, a: &[u32], b: &[u32]) -> f64 {
        let both = a.iter().filter(|pair| b.binary_search(pair).is_ok());
        both.map(|&pair| self.weights[pair as usize]).sum()
    }

    /// The older sentences that share pairs with a newer one, each with the weight of what both have.
    pub(super) fn sharing(&self, new: usize) -> BTreeMap<usize, f64> {
        let mut shared: BTreeMap<usize, f64> = BTreeMap::new();
        for &pair in &self.new[new] {
            let having = &self.having[pair as usize];
            // What is everywhere says nothing, and would make the work grow with the square of the length.
            if having.len() <= MOST_HAVING {
                for &ord in having {
                    *shared.entry(ord).or_default() += self.weights[pair as usize];
                }
            }
        }
        shared
    }
}

/// The pairs of two sentences of one text.
pub(super) fn joined(a: &[u32], b: &[u32]) -> Pairs {
    let mut out = [a, b].concat();
    out.sort_unstable();
    out.dedup();
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

/// The weight of each pair from ln(1 + sentences / sentences that have it), its inverse document frequency.
fn weights(old: &[Pairs], new: &[Pairs], n_pairs: usize, heaviest: f64) -> Vec<f64> {
    let mut n_having = vec![0u32; n_pairs];
    for &pair in old.iter().chain(new).flatten() {
        n_having[pair as usize] += 1;
    }
    let all = (old.len() + new.len()) as f64;
    let weight = |n: u32| {
        let rarity = (1.0 + all / f64::from(n.max(1))).ln() / heaviest;
        heaviest * rarity.powf(RARITY)
    };
    n_having.into_iter().map(weight).collect()
}
