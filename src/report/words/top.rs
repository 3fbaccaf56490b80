//! Frequency lists of words and of rows of words.

use std::collections::HashMap;
use std::num::NonZeroUsize;

use serde::Serialize;

use super::super::tally::per_10k;
use super::stop_words::is_stop;
use super::whole_words::whole_words;
use crate::report::Result;
use crate::search::{Filter, Searcher};
use crate::text::normalize::normalize;

/// What is listed.
#[derive(Clone, Debug)]
pub struct WordOptions {
    /// Where words are counted.
    pub filter: Filter,
    /// Number of adjacent words that make one expression; 1 for words.
    pub row: usize,
    /// Minimum number of occurrences.
    pub least: u64,
    /// Maximum number of lines.
    pub limit: usize,
    /// Maximum number of threads.
    pub threads: NonZeroUsize,
}

impl Default for WordOptions {
    fn default() -> Self {
        Self {
            filter: Filter::default(),
            row: 1,
            least: 1,
            limit: 100,
            threads: std::thread::available_parallelism().unwrap_or(NonZeroUsize::MIN),
        }
    }
}

/// A word or sequence of words and its frequency.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Frequency {
    /// The word, normalized.
    pub word: String,
    /// Its occurrences.
    pub occurrences: u64,
    /// Documents that hold it.
    pub documents: u64,
    /// Occurrences for every 10,000 characters.
    pub per_10k: f64,
}

/// All words of a collection.
#[derive(Default)]
pub(super) struct Lexicon {
    /// Occurrences, documents, and the document last seen.
    pub(super) words: HashMap<String, (u64, u64, usize)>,
    /// Occurrences of all of them.
    pub(super) total: u64,
    characters: u64,
}

/// The most frequent words, or sequences of `row` adjacent words with nothing in between; most frequent
/// first, equal ones in order of their characters.
///
/// Words are the segmenter's, of at least two characters and without digits alone; stop words are left out
/// ([`super::STOP_WORDS`]), and rows that begin or end with one.
///
/// # Errors
/// [`crate::query::Error::BadGlob`] if a path is no pattern; [`crate::index::Error::Cancelled`];
/// [`crate::index::Error::Engine`] if the index can't be read.
pub fn top(searcher: &Searcher, options: &WordOptions) -> Result<Vec<Frequency>> {
    let lexicon = lexicon(searcher, &options.filter, (options.row, options.threads))?;
    let characters = lexicon.characters;
    let frequent = lexicon
        .words
        .into_iter()
        .filter(|(_, counts)| counts.0 >= options.least);
    let mut out: Vec<Frequency> = frequent
        .map(|(word, (occurrences, documents, _))| Frequency {
            word,
            occurrences,
            documents,
            per_10k: (per_10k(occurrences, characters) * 1e6).round() / 1e6,
        })
        .collect();
    out.sort_by(|a, b| {
        b.occurrences
            .cmp(&a.occurrences)
            .then_with(|| a.word.cmp(&b.word))
    });
    out.truncate(options.limit);
    Ok(out)
}

/// Counts the words under `filter`.
pub(super) fn lexicon(
    searcher: &Searcher,
    filter: &Filter,
    (row, threads): (usize, NonZeroUsize),
) -> Result<Lexicon> {
    let segmenter = searcher.segmenter();
    let runs = searcher.scan(
        filter,
        threads,
        Lexicon::default,
        |lexicon, document, passages| {
            for passage in passages {
                lexicon.characters += u64::from(passage.chars);
                let text = normalize(&passage.text());
                let words = whole_words(segmenter, &text);
                for words in words.windows(row.max(1)) {
                    let is_row = words.windows(2).all(|pair| pair[0].end == pair[1].start);
                    let (Some(first), Some(last)) = (words.first(), words.last()) else {
                        continue;
                    };
                    let (expression, edges) = (
                        &text[first.start..last.end],
                        [&text[first.clone()], &text[last.clone()]],
                    );
                    if is_row && is_told(expression) && !edges.into_iter().any(is_stop) {
                        lexicon.add(expression, document.ord);
                    }
                }
            }
            Ok(())
        },
    )?;
    Ok(runs.into_iter().reduce(Lexicon::merge).unwrap_or_default())
}

fn is_told(word: &str) -> bool {
    word.chars().nth(1).is_some() && word.chars().any(char::is_alphabetic)
}

impl Lexicon {
    fn add(&mut self, word: &str, document: usize) {
        self.total += 1;
        match self.words.get_mut(word) {
            Some((occurrences, documents, last)) => {
                *occurrences += 1;
                // A run reads its documents one after the other, so that the last one is enough to detect a new one; a set of
                // documents for each word would take more than all the words.
                *documents += u64::from(*last != document);
                *last = document;
            }
            None => {
                self.words.insert(word.to_owned(), (1, 1, document));
            }
        }
    }

    /// Adds the counts of other documents.
    fn merge(mut self, other: Self) -> Self {
        self.total += other.total;
        self.characters += other.characters;
        let more: Vec<_> = other.words.into_iter().collect();
        for (word, (occurrences, documents, last)) in more {
            // Runs have no document in common: their numbers of documents add up.
            let sum = self.words.entry(word).or_insert((0, 0, last));
            sum.0 += occurrences;
            sum.1 += documents;
        }
        self
    }
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};

    use proptest::prelude::*;

    use super::*;

    const WORDS: [&str; 4] = ["水渠", "农民", "道路", "资金"];

    fn of(documents: &[Vec<usize>], first: usize) -> Lexicon {
        let mut lexicon = Lexicon::default();
        for (ord, words) in documents.iter().enumerate() {
            lexicon.characters += 10;
            words
                .iter()
                .for_each(|&word| lexicon.add(WORDS[word], first + ord));
        }
        lexicon
    }

    proptest! {
        #[test]
        fn words_count_alike_however_documents_are_shared_out(
            documents in prop::collection::vec(prop::collection::vec(0..WORDS.len(), 0..6), 0..12),
            cut in 0_usize..12,
        ) {
            let cut = cut.min(documents.len());
            let (left, right) = documents.split_at(cut);
            let merged = of(left, 0).merge(of(right, cut));
            let mut expected: BTreeMap<&str, (u64, BTreeSet<usize>)> = BTreeMap::new();
            for (ord, words) in documents.iter().enumerate() {
                for &word in words {
                    let counts = expected.entry(WORDS[word]).or_default();
                    counts.0 += 1;
                    counts.1.insert(ord);
                }
            }
            prop_assert_eq!(merged.words.len(), expected.len());
            for (word, (occurrences, documents)) in &expected {
                let found = merged.words[*word];
                prop_assert_eq!((found.0, found.1), (*occurrences, documents.len() as u64));
            }
            prop_assert_eq!(merged.total, documents.iter().map(|words| words.len() as u64).sum::<u64>());
            prop_assert_eq!(merged.characters, 10 * documents.len() as u64);
        }
    }

    #[test]
    fn words_are_told_if_they_are_more_than_a_sign_or_a_number() {
        for (word, expected) in [
            ("水渠", true),
            ("5g", true),
            ("水", false),
            ("2010", false),
            ("3.5", false),
            ("", false),
        ] {
            assert_eq!(is_told(word), expected, "{word}");
        }
        assert!(is_stop("的") && !is_stop("水渠"));
    }
}
