//! How likely a text is as Chinese, Japanese or Korean: the sum of its characters' log probabilities.
//!
//! It compares readings of the same bytes in several encodings, so that a reading with fewer characters is
//! not at a disadvantage. The probability of a frequent character follows from its rank in [`FREQUENT`] by
//! Zipf's law, fitted to the counts of that list (rank 100: 0.0019, rank 1,000: 0.0001).

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use super::frequent::FREQUENT;

/// The language in which a reading is scored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Language {
    Chinese,
    Japanese,
    Korean,
}

/// Natural logarithm of the probability of `text`, 0 for an empty text, else negative.
pub(super) fn log_likelihood(text: &str, language: Language) -> f64 {
    let of_language = match language {
        Language::Chinese => |_: char| None,
        Language::Japanese => japanese,
        Language::Korean => korean,
    };
    let weight = |ch: char| of_language(ch).unwrap_or_else(|| log_probability(ch));
    text.chars().map(weight).sum()
}

fn log_probability(ch: char) -> f64 {
    if let Some(&weight) = WEIGHTS.get(&ch) {
        return weight;
    }
    // Rough classes, in natural logarithms; only their order and distance matter. A Han character outside the
    // list is rarer than any in it, a private-use character or a control all but excludes a reading.
    match ch {
        '\n' | ' ' | '0'..='9' => -5.0,
        '!'..='~' | '\r' | '\t' => -7.0,
        '\u{4e00}'..='\u{9fff}' => -12.0,
        '\u{3001}'..='\u{303f}' | '\u{ff01}'..='\u{ff5e}' | '\u{2010}'..='\u{203f}' => -9.0,
        // Chinese quotes kana; a Big5 text whose most frequent characters read as kana has others that reveal
        // it.
        '\u{3041}'..='\u{3093}' | '\u{30a1}'..='\u{30f6}' | 'ー' => -7.5,
        '\u{2460}'..='\u{24ff}' | '\u{2150}'..='\u{217f}' | '\u{b0}'..='\u{f7}' => -11.0,
        // Lines of tables drawn in characters.
        '\u{2500}'..='\u{257f}' => -8.0,
        '\u{fffd}' | '\0'..='\u{1f}' | '\u{7f}'..='\u{9f}' | '\u{e000}'..='\u{f8ff}' => -20.0,
        '\u{feff}' | '\u{a0}' => -9.0,
        _ => -15.0,
    }
}

/// What Japanese has beyond Chinese; the frequent hiragana make up half of a text.
fn japanese(ch: char) -> Option<f64> {
    const COMMON: &str = "のるにはたをとがしでていなれさっすらもかきりくあこう";
    Some(match ch {
        '\u{3041}'..='\u{3093}' if COMMON.contains(ch) => -4.8,
        '\u{3041}'..='\u{3093}' | '\u{30a1}'..='\u{30f6}' | 'ー' => -6.5,
        '。' | '、' => -5.0,
        _ => return SHINJITAI.contains(&ch).then_some(-8.5),
    })
}

/// Han characters in the form that only Japanese has.
static SHINJITAI: LazyLock<HashSet<char>> = LazyLock::new(|| {
    let pairs = hanconv::RawDictionary::JPVariants.iter();
    let forms = pairs.filter_map(|(_, form)| form.chars().next());
    forms.filter(|form| !WEIGHTS.contains_key(form)).collect()
});

/// The syllables of Korean: the frequent ones make up two thirds of a text.
fn korean(ch: char) -> Option<f64> {
    const COMMON: &str = "이다는을의에가하고지기로사정를어대시한은인자과도스리나서해전수부원보일장제아라구그있으조여주상들만동유경적\
         치것비선안국공성방관문위소무용오연세개발교회계화";
    match ch {
        '\u{ac00}'..='\u{d7a3}' if COMMON.contains(ch) => Some(-4.8),
        '\u{ac00}'..='\u{d7a3}' => Some(-8.5),
        // Korean uses the punctuation of Latin.
        '，' | '、' | '。' | '；' | '：' => Some(-13.0),
        _ => None,
    }
}

/// Log probabilities of the common characters, simplified and traditional.
static WEIGHTS: LazyLock<HashMap<char, f64>> = LazyLock::new(|| {
    let mut weights: HashMap<char, f64> = FREQUENT
        .chars()
        .zip(0u32..)
        // Zipf with an exponent of 0.9, flattened for the first ranks.
        .map(|(ch, rank)| (ch, -3.5 - 0.9 * (f64::from(rank) / 3.0).ln_1p()))
        .collect();
    for (traditional, simplified) in hanconv::RawDictionary::TSCharacters.iter() {
        let (Some(from), Some(to)) = (traditional.chars().next(), simplified.chars().next()) else {
            continue;
        };
        if let Some(&weight) = weights.get(&to) {
            // Traditional forms are almost as likely as simplified ones; the difference decides only between
            // equal readings.
            weights.entry(from).or_insert(weight - 0.5);
        }
    }
    weights
});

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn mean(text: &str, language: Language) -> f64 {
        log_likelihood(text, language) / text.chars().count() as f64
    }

    #[test]
    fn a_text_is_likeliest_in_its_own_language() {
        use Language::*;
        for (text, own, other) in [
            ("今年以来，各科室认真开展工作。", Chinese, Korean),
            (
                "今年の事業計画については、次のとおりである。",
                Japanese,
                Chinese,
            ),
            ("올해 사업 계획은 다음과 같다", Korean, Chinese),
            ("本年度の予算を国会に提出した", Japanese, Korean),
        ] {
            assert!(mean(text, own) > mean(text, other), "{text}");
        }
    }

    #[test]
    fn frequent_characters_are_likelier_than_rare_ones() {
        let weights: Vec<f64> = "的和据贯龘".chars().map(log_probability).collect();
        assert!(
            weights.is_sorted_by(|one, other| one > other),
            "{weights:?}"
        );
        // A traditional form is nearly as likely as its simplified one, and less.
        let (simplified, traditional) = (log_probability('进'), log_probability('進'));
        assert!(traditional < simplified && traditional > simplified - 1.0);
        // What a wrong reading consists of is least likely.
        for ch in ['\u{fffd}', '\u{e000}', '\u{80}', '\0'] {
            assert!(log_probability(ch) < log_probability('龘'), "{ch:?}");
        }
    }

    #[test]
    fn forms_of_japan_are_those_that_chinese_lacks() {
        assert!(SHINJITAI.contains(&'広') && SHINJITAI.contains(&'価'));
        assert!(!SHINJITAI.contains(&'国'));
    }

    #[test]
    fn the_frequent_characters_are_listed_once() {
        let distinct: HashSet<char> = FREQUENT.chars().collect();
        assert_eq!(distinct.len(), FREQUENT.chars().count());
        assert!(FREQUENT.chars().all(|ch| ch > '\u{7f}' && !ch.is_control()));
    }

    proptest! {
        #[test]
        fn likelihoods_add_up(one in "\\PC{0,20}", other in "[的一国a \\n]{0,20}") {
            for language in [Language::Chinese, Language::Japanese, Language::Korean] {
                let of = |text: &str| log_likelihood(text, language);
                let both = of(&format!("{one}{other}"));
                prop_assert!((both - of(&one) - of(&other)).abs() < 1e-6);
                prop_assert!(both <= 0.0);
            }
        }
    }
}
