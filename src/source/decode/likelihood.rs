//! How likely a text is as Chinese: the sum of its characters' log probabilities.
//!
//! Readings of the same bytes in several encodings are compared by it, so a reading with fewer characters is not
//! put at a disadvantage. The probability of a common character follows from its rank in [`FREQUENT`] by Zipf's law,
//! fitted to the counts behind that list (rank 100: 0.0019, rank 1,000: 0.0001).

use std::collections::HashMap;
use std::sync::LazyLock;

use super::frequent::FREQUENT;

/// Natural logarithm of the probability of `text`, 0 for an empty text, else negative.
pub(super) fn log_likelihood(text: &str) -> f64 {
    text.chars().map(log_probability).sum()
}

fn log_probability(ch: char) -> f64 {
    if let Some(&weight) = WEIGHTS.get(&ch) {
        return weight;
    }
    match ch {
        '\n' | ' ' | '0'..='9' => -5.0,
        '!'..='~' | '\r' | '\t' => -7.0,
        '\u{4e00}'..='\u{9fff}' => -12.0,
        '\u{3001}'..='\u{303f}' | '\u{ff01}'..='\u{ff5e}' | '\u{2010}'..='\u{203f}' => -9.0,
        '\u{2460}'..='\u{24ff}' | '\u{2150}'..='\u{217f}' | '\u{b0}'..='\u{f7}' => -11.0,
        '\u{fffd}' | '\0'..='\u{1f}' | '\u{7f}'..='\u{9f}' | '\u{e000}'..='\u{f8ff}' => -20.0,
        '\u{feff}' | '\u{a0}' => -9.0,
        _ => -15.0,
    }
}

/// Log probabilities of the common characters, simplified and traditional.
static WEIGHTS: LazyLock<HashMap<char, f64>> = LazyLock::new(|| {
    let mut weights: HashMap<char, f64> = FREQUENT
        .chars()
        .zip(0u32..)
        .map(|(ch, rank)| (ch, -3.5 - 0.9 * (f64::from(rank) / 3.0).ln_1p()))
        .collect();
    for (traditional, simplified) in hanconv::RawDictionary::TSCharacters.iter() {
        let (Some(from), Some(to)) = (traditional.chars().next(), simplified.chars().next()) else {
            continue;
        };
        if let Some(&weight) = weights.get(&to) {
            weights.entry(from).or_insert(weight - 0.5);
        }
    }
    weights
});
