//! The two analyses of a text; documents and queries both pass here.
//!
//! **Words** serve ranking: the normalized text's words and the readings of its numbers, no positions (nearness is
//! judged on the text). Words of one unit, or of two characters, are left to the pair index (`listed_units`), which marks pairs that are words: they are
//! most of a text's words, occur in few passages where they are not words, and there they hardly change a rank.
//!
//! **Units** serve exact matching and ranking: those of each sentence in their order, of which the pair index takes pairs. A unit
//! of more than [`MAX_UNIT`] bytes is stored as its hash, see `stored_unit`.
//!
//! A text is read once, into a `Reading` of strings that the tokenizer and the pair index only split.

use std::borrow::Cow;

use tantivy::tokenizer::{TextAnalyzer, Token, TokenStream, Tokenizer, TokenizerManager};

use crate::text::numerals::readings;
use crate::text::units::{Units, is_single_unit};
use crate::text::words::Segmenter;

/// Name of the words analysis.
pub const WORDS: &str = "xunzhang_words";
/// Longest unit in bytes that is indexed as it is.
// A run of letters without a blank may be as long as its text: an address, base64. In the table of runs, which every look-up
// searches, it would be kept whole; units are only compared, never shown, and their hashes do for that.
pub const MAX_UNIT: usize = 256;
/// Separates two words, and two units that would otherwise join.
const BLANK: char = ' ';
/// Separates two sentences.
const LINE: char = '\n';

/// A text as the index takes it.
#[derive(Clone, Debug)]
pub(super) struct Reading {
    /// Its words, for the field of words.
    pub(super) words: Box<str>,
    /// Its units, for the pair index.
    pub(super) units: Box<str>,
}

/// Reads texts one after another, in the same memory.
pub(super) struct Reader<'a> {
    segmenter: &'a Segmenter,
    words: String,
    written: String,
}

impl<'a> Reader<'a> {
    pub(super) fn new(segmenter: &'a Segmenter) -> Self {
        Self {
            segmenter,
            words: String::new(),
            written: String::new(),
        }
    }

    /// A reader of the same words, for another thread.
    pub(super) fn another(&self) -> Self {
        Self::new(self.segmenter)
    }

    /// Reads a text; its units come along for what else is made of them.
    pub(super) fn read(&mut self, text: &str) -> (Reading, Units) {
        let (units, normalized) = Units::with_normalized(text);
        self.words.clear();
        for word in self.segmenter.words(&normalized) {
            // The pair index has the others. They are most of a text's words, and would be kept twice.
            if listed_units(word).is_none() {
                self.words.push_str(word);
                self.words.push(BLANK);
            }
        }
        for number in readings(&normalized) {
            self.words.push_str(&number);
            self.words.push(BLANK);
        }
        self.written.clear();
        write_units(&mut self.written, &units);
        let reading = Reading {
            words: self.words.as_str().into(),
            units: self.written.as_str().into(),
        };
        (reading, units)
    }
}

/// A text as the pair index takes it.
pub(super) fn units_of(text: &str) -> String {
    let mut out = String::new();
    write_units(&mut out, &Units::new(text));
    out
}

/// Writes units so that they can be separated again: Han-like ones and runs end each other, sentences are lines.
fn write_units(out: &mut String, units: &Units) {
    let mut before: Option<(u32, bool)> = None;
    for (unit, text) in units.items().iter().zip(units.texts()) {
        let is_run = !is_single(text);
        match before {
            Some((sentence, _)) if sentence != unit.sentence => out.push(LINE),
            Some((_, true)) if is_run => out.push(BLANK),
            _ => {}
        }
        out.push_str(&stored_unit(text));
        before = Some((unit.sentence, is_run));
    }
}

/// Hash of the units of a text: equal for texts that exact matching does not distinguish.
pub(crate) fn shape(units: &Units) -> u64 {
    let mut bytes = Vec::with_capacity(units.len() * 4);
    for unit in units.texts() {
        bytes.extend_from_slice(unit.as_bytes());
        // No unit holds a NUL: without it the runs `1 23` and `12 3` would be one text.
        bytes.push(0);
    }
    let hash = blake3::hash(&bytes);
    let (first, _) = hash.as_bytes().as_chunks().0.split_at(1);
    u64::from_le_bytes(first[0])
}

/// The one or two units that a normalized word is, if the pair index holds it: a unit by itself, or two characters.
pub(crate) fn listed_units(word: &str) -> Option<Vec<&str>> {
    let mut chars = word.char_indices();
    let (_, first) = chars.next()?;
    let Some((at, second)) = chars.next() else {
        return first.is_alphanumeric().then(|| vec![word]);
    };
    let is_pair = chars.next().is_none() && is_single_unit(first) && is_single_unit(second);
    if is_pair {
        let (first, second) = word.split_at(at);
        return Some(vec![first, second]);
    }
    let is_run = word
        .chars()
        .all(|ch| ch.is_alphanumeric() && !is_single_unit(ch));
    is_run.then(|| vec![word])
}

/// The analyzers by name, as tantivy wants them.
pub(super) fn tokenizers() -> TokenizerManager {
    let manager = TokenizerManager::default();
    manager.register(WORDS, TextAnalyzer::from(WordTokenizer::default()));
    manager
}

/// A unit as it is indexed: a long one by its hash.
pub(crate) fn stored_unit(unit: &str) -> Cow<'_, str> {
    if unit.len() <= MAX_UNIT {
        Cow::Borrowed(unit)
    } else {
        Cow::Owned(blake3::hash(unit.as_bytes()).to_hex().to_string())
    }
}

/// The units of a text as [`Reading::units`] has them, each with whether its sentence ends after it.
pub(super) fn units_of_sentences(mut rest: &str) -> impl Iterator<Item = (&str, bool)> {
    std::iter::from_fn(move || {
        let unit = next_unit(&mut rest)?;
        Some((unit, rest.starts_with(LINE)))
    })
}

fn is_single(unit: &str) -> bool {
    unit.chars().next().is_some_and(is_single_unit)
}

/// Splits [`Reading::words`].
#[derive(Clone, Default)]
struct WordTokenizer {
    token: Token,
}

impl Tokenizer for WordTokenizer {
    type TokenStream<'a> = WordStream<'a>;

    fn token_stream<'a>(&'a mut self, words: &'a str) -> WordStream<'a> {
        self.token.reset();
        WordStream {
            rest: words,
            token: &mut self.token,
        }
    }
}

/// The words of one text.
struct WordStream<'a> {
    rest: &'a str,
    token: &'a mut Token,
}

impl TokenStream for WordStream<'_> {
    fn advance(&mut self) -> bool {
        let Some((word, rest)) = self.rest.split_once(BLANK) else {
            return false;
        };
        self.rest = rest;
        self.token.text.clear();
        self.token.text.push_str(word);
        self.token.position = self.token.position.wrapping_add(1);
        true
    }

    fn token(&self) -> &Token {
        self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        self.token
    }
}

/// Takes the first unit off `rest`, and the separator before it.
fn next_unit<'a>(rest: &mut &'a str) -> Option<&'a str> {
    let units = rest.trim_start_matches([BLANK, LINE]);
    let first = units.chars().next()?;
    let is_run = |ch| !(is_single_unit(ch) || ch == BLANK || ch == LINE);
    let end = if is_single_unit(first) {
        first.len_utf8()
    } else {
        units.find(|ch| !is_run(ch)).unwrap_or(units.len())
    };
    let (unit, after) = units.split_at(end);
    *rest = after;
    Some(unit)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn units_know_their_sentences() {
        let written = units_of("用5G网，好。！3%。");
        let units: Vec<(&str, bool)> = units_of_sentences(&written).collect();
        let expected = [
            ("用", false),
            ("5g", false),
            ("网", false),
            ("好", true),
            ("3%", false),
        ];
        assert_eq!(units, expected);
        let long = |end: char| format!("{}{end}", "a".repeat(70_000));
        assert_ne!(stored_unit(&long('b')), stored_unit(&long('c')));
        assert!(stored_unit(&long('b')).len() <= MAX_UNIT);
    }

    #[test]
    fn words_come_one_by_one() {
        let segmenter = Segmenter::new("").expect("no entry");
        let reading = Reader::new(&segmenter).read("失地农民，安置！").0;
        let mut tokenizer = WordTokenizer::default();
        let mut stream = tokenizer.token_stream(&reading.words);
        let mut words = Vec::new();
        while stream.advance() {
            words.push(stream.token().text.clone());
        }
        assert_eq!(words, ["失地农民"]);
        assert_eq!(listed_units("安置"), Some(vec!["安", "置"]));
        assert_eq!(listed_units("5g"), Some(vec!["5g"]));
        assert_eq!(listed_units("的"), Some(vec!["的"]));
        assert_eq!(listed_units("5g网"), None);
    }

    proptest! {
        #[test]
        fn written_units_are_read_back(text in "[一二年か。，！?0-9a-z.,%é\\u{301}㎡Ａ ]{0,30}") {
            let units = Units::new(&text);
            let items = units.items();
            let ends = |ord: usize| items.get(ord + 1).is_some_and(|next| next.sentence != items[ord].sentence);
            let expected: Vec<(String, bool)> = (0..units.len())
                .map(|ord| (units.text(ord).to_owned(), ends(ord)))
                .collect();
            let written = units_of(&text);
            let read: Vec<(String, bool)> = units_of_sentences(&written)
                .map(|(unit, ends)| (unit.to_owned(), ends))
                .collect();
            prop_assert_eq!(read, expected);
        }
    }
}
