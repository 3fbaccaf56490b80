//! Words that are typical of one part of a collection against another.

use serde::Serialize;

use super::top::{Lexicon, WordOptions, lexicon};
use crate::report::Result;
use crate::search::{Filter, Searcher};

/// What a part is held against.
#[derive(Clone, Debug, PartialEq)]
pub enum Reference {
    /// The rest of the collection.
    Rest,
    /// What is under this filter.
    Filter(Box<Filter>),
}

/// A word that one part has more or less often than the other.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Keyword {
    /// The word, normalized.
    pub word: String,
    /// Its occurrences in the part.
    pub occurrences: u64,
    /// Its occurrences in what the part is held against.
    pub against: u64,
    /// Words of the part: the sample that `occurrences` are of.
    pub size: u64,
    /// Words of what it is held against.
    pub against_size: u64,
    /// Log-likelihood: how sure it is that they differ; 15.13 is p < 0.0001.
    pub g2: f64,
    /// Log ratio: how much more frequent it is in the part, in doublings.
    pub log_ratio: f64,
}

/// Minimum log-likelihood that is listed: p < 0.0001 with one degree of freedom.
pub const LEAST_G2: f64 = 15.13;

/// The words that are more frequent under the filter than in the reference, by at least [`LEAST_G2`], surest first,
/// equal ones in order of their characters; words as [`super::top`] counts them.
///
/// What the part avoids is typical of the reference: exchange the two to see it.
/// Both parts are taken as two samples that share nothing; a reference that overlaps the filter weakens the figures.
///
/// # Errors
/// As for [`super::top`].
pub fn keyness(
    searcher: &Searcher,
    options: &WordOptions,
    reference: &Reference,
) -> Result<Vec<Keyword>> {
    let how = (options.row, options.threads);
    let part = lexicon(searcher, &options.filter, how)?;
    let against = match reference {
        Reference::Filter(filter) => lexicon(searcher, filter, how)?,
        Reference::Rest => rest(lexicon(searcher, &Filter::default(), how)?, &part),
    };
    let (n, m) = (part.total, against.total);
    let mut words: Vec<&String> = part.words.keys().collect();
    // A hash map has no order of its own, and equal figures would come out in another one at each call.
    words.sort_unstable();
    let mut out: Vec<Keyword> = words
        .into_iter()
        .filter_map(|word| {
            let count = |lexicon: &Lexicon| lexicon.words.get(word).map_or(0, |counts| counts.0);
            let (a, b) = (count(&part), count(&against));
            let g2 = log_likelihood((a, n), (b, m));
            let log_ratio = log_ratio((a, n), (b, m));
            (g2 >= LEAST_G2 && log_ratio > 0.0 && a >= options.least).then(|| Keyword {
                word: word.clone(),
                occurrences: a,
                against: b,
                size: n,
                against_size: m,
                g2: (g2 * 100.0).round() / 100.0,
                log_ratio: (log_ratio * 100.0).round() / 100.0,
            })
        })
        .collect();
    out.sort_by(|a, b| b.g2.total_cmp(&a.g2).then_with(|| a.word.cmp(&b.word)));
    out.truncate(options.limit);
    Ok(out)
}

/// The whole without a part.
fn rest(mut whole: Lexicon, part: &Lexicon) -> Lexicon {
    whole.total = whole.total.saturating_sub(part.total);
    let taken: Vec<(&String, u64)> = part
        .words
        .iter()
        .map(|(word, counts)| (word, counts.0))
        .collect();
    for (word, n) in taken {
        if let Some(counts) = whole.words.get_mut(word) {
            counts.0 = counts.0.saturating_sub(n);
        }
    }
    // Words that only the part has do not occur in the rest.
    whole.words.retain(|_, counts| counts.0 > 0);
    whole
}

/// Dunning's log-likelihood ratio (Accurate methods for the statistics of surprise and coincidence, Computational
/// Linguistics 19/1, 1993) in the two-cell form of Rayson and Garside (Comparing corpora using frequency profiling,
/// 2000): 2 Σ observed · ln(observed / expected). 0 where either sample is empty.
fn log_likelihood((a, n): (u64, u64), (b, m): (u64, u64)) -> f64 {
    if n == 0 || m == 0 {
        return 0.0;
    }
    // Counts of a collection are far below 2^53, where they stop being exact.
    let [a, b, n, m] = [a, b, n, m].map(|count| count as f64);
    let rate = (a + b) / (n + m);
    let term = |observed: f64, size: f64| match observed > 0.0 {
        true => observed * (observed / (rate * size)).ln(),
        false => 0.0,
    };
    2.0 * (term(a, n) + term(b, m))
}

/// Hardie's log ratio (Log Ratio: an informal introduction, 2014): the binary logarithm of the ratio of relative
/// frequencies, half an occurrence standing for none.
fn log_ratio((a, n): (u64, u64), (b, m): (u64, u64)) -> f64 {
    let rate = |count: u64, size: u64| (count as f64).max(0.5) / size.max(1) as f64;
    (rate(a, n) / rate(b, m)).log2()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn figures_by_hand() {
        // 2 · (30 ln(30/20) + 10 ln(10/20)).
        assert!((log_likelihood((30, 1000), (10, 1000)) - 10.464).abs() < 0.001);
        assert_eq!(log_likelihood((10, 1000), (10, 1000)), 0.0);
        assert_eq!(log_likelihood((10, 1000), (0, 0)), 0.0);
        assert_eq!(log_ratio((40, 1000), (10, 1000)), 2.0);
        assert_eq!(log_ratio((8, 1000), (0, 1000)), 4.0);
    }

    fn lexicon_of(words: &[(&str, u64)]) -> Lexicon {
        let mut lexicon = Lexicon::default();
        for &(word, n) in words {
            lexicon.words.insert(word.to_owned(), (n, 1, 0));
            lexicon.total += n;
        }
        lexicon
    }

    #[test]
    fn the_rest_is_the_whole_without_the_part() {
        let whole = lexicon_of(&[("水渠", 9), ("道路", 4), ("清淤", 2)]);
        let part = lexicon_of(&[("水渠", 3), ("清淤", 2)]);
        let rest = rest(whole, &part);
        assert_eq!(rest.total, 10);
        let count = |word: &str| rest.words.get(word).map(|counts| counts.0);
        assert_eq!(count("水渠"), Some(6));
        assert_eq!(count("道路"), Some(4));
        // A word that only the part has does not occur in the rest.
        assert_eq!(count("清淤"), None);
    }

    #[test]
    fn a_part_that_is_not_of_the_whole_leaves_nothing_below_zero() {
        let rest = rest(
            lexicon_of(&[("水渠", 1)]),
            &lexicon_of(&[("水渠", 5), ("道路", 1)]),
        );
        assert_eq!((rest.total, rest.words.len()), (0, 0));
    }

    proptest! {
        #[test]
        fn the_likelihood_is_symmetric_and_zero_for_equal_rates(a in 0_u64..200, b in 0_u64..200, n in 200_u64..5_000, m in 200_u64..5_000) {
            let one = log_likelihood((a, n), (b, m));
            let other = log_likelihood((b, m), (a, n));
            prop_assert!((one - other).abs() < 1e-6);
            prop_assert!(one > -1e-6, "{}", one);
            prop_assert!(log_likelihood((a, n), (3 * a, 3 * n)).abs() < 1e-6);
        }

        #[test]
        fn the_log_ratio_changes_its_sign_with_the_sides(a in 0_u64..200, b in 0_u64..200, n in 200_u64..5_000, m in 200_u64..5_000) {
            let (one, other) = (log_ratio((a, n), (b, m)), log_ratio((b, m), (a, n)));
            prop_assert!((one + other).abs() < 1e-9);
            // Twice as many in as much text are one doubling.
            if a > 0 {
                let doubled = log_ratio((2 * a, n), (b, m));
                prop_assert!((doubled - one - 1.0).abs() < 1e-9);
            }
        }
    }
}
