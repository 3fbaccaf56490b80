//! Collocates of a node word.

use std::collections::HashMap;

use serde::Serialize;

use super::stop_words::is_stop;
use super::top::WordOptions;
use super::whole_words::whole_words;
use crate::query::{Leaf, Node};
use crate::report::Result;
use crate::search::{ScannedPassage, Searcher};
use crate::text::automaton::{Automaton, ScanResult};
use crate::text::normalize::normalize;
use crate::text::pattern::Pattern;
use crate::text::units::Units;

/// Where collocates are counted.
#[derive(Clone, Debug)]
pub struct CollocateOptions {
    /// Filter, fewest meetings, most lines, threads; `row` means nothing.
    pub words: WordOptions,
    /// Maximum number of units between the node's edge and the far edge of its collocate.
    pub window: usize,
    /// On which side.
    pub side: Side,
}

/// On which side of the word.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Side {
    /// On both.
    #[default]
    Both,
    /// Before it.
    Left,
    /// After it.
    Right,
}

/// A collocate.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Collocate {
    /// The companion, normalized.
    pub word: String,
    /// Its places within the window, each counted once.
    pub together: u64,
    /// Of these, those before the word.
    pub left: u64,
    /// Those after it; a place between two is on the side of the nearer.
    pub right: u64,
    /// All its places under the filter.
    pub occurrences: u64,
    /// 14 + log₂ of Dice's coefficient: 14 for words that always occur together, 1 less for half as many co-occurrences.
    pub log_dice: f64,
}

/// Maximum number of collocates whose places are counted.
// All of them are rows of one automaton, which is built for each call; candidates beyond are ones that meet the word least
// often, and a page shows dozens.
const MAX_CANDIDATES: usize = 5_000;

/// The companions of `word` by logDice (Rychlý, A lexicographer-friendly association score, RASLAN 2008), closest
/// first, equal ones in order of their characters; empty if the word does not occur.
///
/// Candidates are the segmenter's words inside the window, of two characters or more and no stop words; their places
/// are then counted exactly, by units, so that the figures rest on no dictionary. Nothing crosses a sentence end.
///
/// # Errors
/// As for [`crate::report::words::top`]; [`crate::report::Error::NoUnits`] if `word` holds no unit.
pub fn collocates(
    searcher: &Searcher,
    word: &str,
    options: &CollocateOptions,
) -> Result<Vec<Collocate>> {
    let pattern = Pattern::phrase(word).ok_or(crate::report::Error::NoUnits)?;
    let candidates = candidates(searcher, &pattern, options)?;
    let units_of = |word: &String| Units::new(word).texts().map(str::to_owned).collect();
    let rows: Vec<Vec<String>> = candidates.iter().map(units_of).collect();
    let all_rows = [&pattern.rows[0]].into_iter().chain(&rows);
    let automaton = Automaton::new(all_rows.map(Vec::as_slice));
    let start = || {
        let counts = vec![Counts::default(); rows.len() + 1];
        (counts, ScanResult::default())
    };
    let WordOptions {
        filter, threads, ..
    } = &options.words;
    let runs = searcher.scan(filter, *threads, start, |(counts, reading), _, passages| {
        for passage in passages {
            automaton.read(passage.codes.chars(), reading);
            count(reading, passage, options, counts);
        }
        Ok(())
    })?;
    let mut sums = vec![Counts::default(); rows.len() + 1];
    for (counts, _) in runs {
        for (sum, more) in sums.iter_mut().zip(counts) {
            sum.add(more);
        }
    }
    Ok(closest(candidates, &sums, &options.words))
}

/// The candidates that meet the word often enough, by logDice; the first of `counts` is that of the word.
fn closest(candidates: Vec<String>, counts: &[Counts], options: &WordOptions) -> Vec<Collocate> {
    let n = counts[0].occurrences;
    let scored = candidates.into_iter().zip(&counts[1..]);
    let scored = scored.map(|(word, counts)| {
        let together = counts.left + counts.right;
        // Candidates come from the segmenter, places from units: a candidate may have none.
        let dice = 2.0 * together as f64 / (n + counts.occurrences).max(1) as f64;
        Collocate {
            word,
            together,
            left: counts.left,
            right: counts.right,
            occurrences: counts.occurrences,
            // Rounded before the sort: two that are shown alike are in order of their characters.
            log_dice: ((14.0 + dice.log2()) * 100.0).round() / 100.0,
        }
    });
    let least = options.least.max(1);
    let mut out: Vec<Collocate> = scored.filter(|one| one.together >= least).collect();
    out.sort_by(|a, b| {
        let by_score = b.log_dice.total_cmp(&a.log_dice);
        by_score.then_with(|| a.word.cmp(&b.word))
    });
    out.truncate(options.limit);
    out
}

#[derive(Clone, Copy, Default)]
struct Counts {
    occurrences: u64,
    left: u64,
    right: u64,
}

impl Counts {
    fn add(&mut self, more: Self) {
        self.occurrences += more.occurrences;
        self.left += more.left;
        self.right += more.right;
    }
}

/// Counts a passage's places; row 0 is the word.
fn count(
    reading: &ScanResult,
    passage: &ScannedPassage<'_>,
    options: &CollocateOptions,
    counts: &mut [Counts],
) {
    let nodes: Vec<(u32, u32)> = reading
        .places
        .iter()
        .filter(|place| place.row == 0)
        .map(|place| (place.start, place.end))
        .collect();
    // Only passages that hold the word need to know their sentences.
    let units = (!nodes.is_empty()).then(|| Units::new(&passage.text()));
    for place in &reading.places {
        let counts = &mut counts[place.row as usize];
        counts.occurrences += 1;
        let Some(units) = &units else { continue };
        if place.row == 0 {
            continue;
        }
        let sentence = |unit: u32| units.items()[unit as usize].sentence;
        let near = nodes
            .iter()
            .filter(|node| sentence(node.0) == sentence(place.start));
        let distances = near.filter_map(|&(start, end)| {
            let window = options.window as u32;
            if place.end <= start && start - place.start <= window {
                Some((start - place.end, Side::Left))
            } else if place.start >= end && place.end - end <= window {
                Some((place.start - end, Side::Right))
            } else {
                None
            }
        });
        let wanted =
            distances.filter(|(_, side)| options.side == Side::Both || *side == options.side);
        // At the same distance the left one: each place counts once, and the choice must not depend on the order in which
        // places are found.
        match wanted.min_by_key(|(distance, side)| (*distance, *side == Side::Right)) {
            Some((_, Side::Left)) => counts.left += 1,
            Some((_, Side::Right)) => counts.right += 1,
            Some((_, Side::Both)) | None => {}
        }
    }
}

/// The words of sentences that hold the pattern, most frequent first, at most [`MAX_CANDIDATES`], without its own.
fn candidates(
    searcher: &Searcher,
    pattern: &Pattern,
    options: &CollocateOptions,
) -> Result<Vec<String>> {
    let segmenter = searcher.segmenter();
    let own: String = pattern.rows[0].concat();
    let WordOptions {
        filter, threads, ..
    } = &options.words;
    let node = Node::Leaf(Leaf::Pattern(pattern.clone()));
    let scan = searcher.scan_matching(&node, filter)?;
    let runs = scan.run(
        *threads,
        HashMap::new,
        |words: &mut HashMap<String, u64>, _, passages| {
            for passage in passages {
                let text = normalize(&passage.text());
                for range in whole_words(segmenter, &text) {
                    let word = &text[range];
                    if word.chars().nth(1).is_some()
                        && !is_stop(word)
                        // Parts of the word, and words that hold it, are always beside it and say nothing.
                        && !own.contains(word)
                        && !word.contains(&own)
                    {
                        *words.entry(word.to_owned()).or_default() += 1;
                    }
                }
            }
            Ok(())
        },
    )?;
    let mut all: HashMap<String, u64> = HashMap::new();
    for run in runs {
        let more: Vec<(String, u64)> = run.into_iter().collect();
        for (word, n) in more {
            *all.entry(word).or_default() += n;
        }
    }
    let mut words: Vec<(String, u64)> = all.into_iter().collect();
    words.retain(|(word, n)| *n >= options.words.least && word.chars().any(char::is_alphabetic));
    words.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    words.truncate(MAX_CANDIDATES);
    Ok(words.into_iter().map(|(word, _)| word).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn counts(left: u64, right: u64, occurrences: u64) -> Counts {
        Counts {
            occurrences,
            left,
            right,
        }
    }

    fn ranked(node: u64, words: &[(&str, Counts)], options: &WordOptions) -> Vec<(String, f64)> {
        let all = [counts(0, 0, node)].into_iter();
        let all: Vec<Counts> = all.chain(words.iter().map(|(_, counts)| *counts)).collect();
        let names = words.iter().map(|(word, _)| (*word).to_owned()).collect();
        let found = closest(names, &all, options).into_iter();
        found.map(|one| (one.word, one.log_dice)).collect()
    }

    #[test]
    fn words_that_are_always_together_have_fourteen() {
        for (node, together, occurrences, expected) in [
            (8, 8, 8, 14.0),
            // Half as many meetings are one less.
            (8, 4, 8, 13.0),
            (8, 8, 24, 13.0),
            (30, 3, 30, 10.68),
        ] {
            let found = ranked(
                node,
                &[("水渠", counts(together, 0, occurrences))],
                &WordOptions::default(),
            );
            assert_eq!(found, [("水渠".to_owned(), expected)]);
        }
    }

    #[test]
    fn collocates_are_in_order_of_their_score_then_of_their_characters() {
        let words = [
            ("道路", counts(1, 1, 8)),
            ("水渠", counts(2, 2, 8)),
            ("桥梁", counts(0, 2, 8)),
            ("灌溉", counts(0, 0, 8)),
            ("清淤", counts(1, 0, 8)),
        ];
        let named = |options: &WordOptions| -> Vec<String> {
            ranked(8, &words, options)
                .into_iter()
                .map(|(word, _)| word)
                .collect()
        };
        // A word that never meets the node is no collocate, whatever the minimum is.
        let all = WordOptions {
            least: 0,
            ..WordOptions::default()
        };
        assert_eq!(named(&all), ["水渠", "桥梁", "道路", "清淤"]);
        let frequent = WordOptions {
            least: 2,
            ..WordOptions::default()
        };
        assert_eq!(named(&frequent), ["水渠", "桥梁", "道路"]);
        let first = WordOptions {
            limit: 1,
            ..WordOptions::default()
        };
        assert_eq!(named(&first), ["水渠"]);
    }

    #[test]
    fn the_two_sides_add_up() {
        let found = closest(
            vec!["水渠".to_owned()],
            &[counts(0, 0, 9), counts(2, 3, 7)],
            &WordOptions::default(),
        );
        assert_eq!(
            (found[0].left, found[0].right, found[0].together),
            (2, 3, 5)
        );
        let mut sum = counts(1, 2, 3);
        sum.add(counts(10, 20, 30));
        assert_eq!((sum.left, sum.right, sum.occurrences), (11, 22, 33));
    }
}
