//! The words before they are compiled: jieba's default dictionary with a user's entries on top.
//!
//! `jieba.zst` holds the words and frequencies of the default dictionary of jieba-rs 0.11.0 (MIT), a line each,
//! sorted, packed by Zstandard; a test compares the words that come of it with those of jieba-rs. To make it anew:
//! `cut -d" " -f1,2 dict.txt | LC_ALL=C sort | zstd -19`.

use std::collections::BTreeMap;

use blake3::Hash;

use super::Entry;
use super::cut::{Lexicon, Mode, Room, cut};
use super::trie;

static DEFAULT: &[u8] = include_bytes!("jieba.zst");
/// More bytes than the default dictionary has.
const UNPACKED: usize = 8 << 20;

/// Compiles the default dictionary with `entries` added one by one.
///
/// Each counts at least as often as is needed to keep it in one piece, given those before it.
pub(super) fn compile(entries: &[Entry], source: Hash) -> Vec<u8> {
    let text = zstd::bulk::decompress(DEFAULT, UNPACKED).expect("our own data is whole");
    let text = String::from_utf8(text).expect("our own data is text");
    let default: Vec<(&str, usize)> = text.lines().filter_map(word_and_frequency).collect();
    let mut frequencies = Frequencies::new(&default);
    for entry in entries {
        frequencies.add(&entry.word, entry.frequency);
    }
    trie::compile(&frequencies.values(), frequencies.unknown(), source)
}

fn word_and_frequency(line: &str) -> Option<(&str, usize)> {
    let (word, frequency) = line.split_once(' ')?;
    Some((word, frequency.parse().ok()?))
}

/// Words and how often each was seen.
struct Frequencies<'a> {
    /// Sorted.
    default: &'a [(&'a str, usize)],
    /// What a user says, before the default.
    user: BTreeMap<&'a str, usize>,
    total: usize,
    /// Characters of the longest word.
    longest: usize,
}

impl<'a> Frequencies<'a> {
    fn new(default: &'a [(&'a str, usize)]) -> Self {
        let lengths = default.iter().map(|(word, _)| word.chars().count());
        Self {
            default,
            user: BTreeMap::new(),
            total: default.iter().map(|(_, frequency)| frequency).sum(),
            longest: lengths.max().unwrap_or(0),
        }
    }

    fn add(&mut self, word: &'a str, frequency: usize) {
        let frequency = self.whole(word).max(frequency);
        self.total += frequency;
        self.total -= self.get(word).unwrap_or(0);
        self.longest = self.longest.max(word.chars().count());
        self.user.insert(word, frequency);
    }

    fn get(&self, word: &str) -> Option<usize> {
        let default = || self.default.binary_search_by_key(&word, |&(word, _)| word);
        let user = self.user.get(word).copied();
        user.or_else(|| default().ok().map(|ord| self.default[ord].1))
    }

    /// The frequency from which on the word is more probable than its parts; what it has, if that is more.
    fn whole(&self, word: &str) -> usize {
        let log_total = (self.total as f64).ln();
        let mut parts = 0.0;
        cut(self, word, Mode::Once, &mut Room::default(), |part| {
            let frequency = self.get(&word[part]).unwrap_or(1);
            parts = parts + (frequency as f64).ln() - log_total;
        });
        let least = (parts + log_total).exp() as usize + 1;
        least.max(self.get(word).unwrap_or(1))
    }

    /// All words, sorted, with their log-probabilities.
    fn values(&self) -> Vec<(&'a str, f64)> {
        let kept = self
            .default
            .iter()
            .filter(|(word, _)| !self.user.contains_key(word));
        let user = self
            .user
            .iter()
            .map(|(&word, &frequency)| (word, frequency));
        let mut words: Vec<(&str, usize)> = kept.copied().chain(user).collect();
        words.sort_unstable();
        let log_total = (self.total as f64).ln();
        words
            .into_iter()
            .map(|(word, frequency)| (word, (frequency as f64).ln() - log_total))
            .collect()
    }
}

impl Lexicon for Frequencies<'_> {
    type Letter = char;

    fn letter(&self, ch: char) -> char {
        ch
    }

    fn prefixes(&self, letters: &[char], mut visit: impl FnMut(usize, f64)) {
        let log_total = (self.total as f64).ln();
        let mut word = String::new();
        for (len, ch) in (1..=self.longest).zip(letters) {
            word.push(*ch);
            if let Some(frequency) = self.get(&word) {
                visit(len, (frequency as f64).ln() - log_total);
            }
        }
    }

    fn unknown(&self) -> f64 {
        0.0 - (self.total as f64).ln()
    }
}
