//! Sentences altered at random, by a generator that gives the same ones every time.

use super::collection::Sentence;
use super::random::Random;

/// The sentence with that share of its units deleted, replaced or followed by one more, a third each.
pub(crate) fn damaged(
    sentence: &Sentence,
    percent: usize,
    alphabet: &[char],
    random: &mut Random,
) -> String {
    let n_units = sentence.units.len();
    let mut ords: Vec<usize> = (0..n_units).collect();
    for ord in 0..n_units {
        ords.swap(ord, ord + random.below(n_units - ord));
    }
    ords.truncate((n_units * percent).div_ceil(100));
    let chars: Vec<char> = sentence.text.chars().collect();
    let mut out = String::new();
    let mut at = 0;
    for (ord, unit) in sentence.units.items().iter().enumerate() {
        out.extend(&chars[at..unit.start as usize]);
        at = unit.end as usize;
        let own = &chars[unit.start as usize..at];
        if !ords.contains(&ord) {
            out.extend(own);
            continue;
        }
        let other = alphabet[random.below(alphabet.len())];
        match random.below(3) {
            0 => {}
            1 => out.push(other),
            _ => {
                out.extend(own);
                out.push(other);
            }
        }
    }
    out.extend(&chars[at..]);
    out
}

/// The sentence with two neighbouring clauses swapped; `None` if it has no two of at least three characters.
pub(crate) fn swapped(sentence: &Sentence, random: &mut Random) -> Option<String> {
    let body = sentence.text.trim_end_matches(['。', '！', '？', '；']);
    let clauses: Vec<&str> = body.split('，').collect();
    let is_long = |clause: &str| clause.chars().filter(|ch| ch.is_alphanumeric()).count() >= 3;
    let places: Vec<usize> = (1..clauses.len())
        .filter(|&ord| {
            is_long(clauses[ord - 1]) && is_long(clauses[ord]) && clauses[ord - 1] != clauses[ord]
        })
        .collect();
    let place = *places.get(random.below(places.len()))?;
    let mut clauses = clauses.clone();
    clauses.swap(place - 1, place);
    Some(clauses.join("，") + "。")
}
