//! The two analyses of a text; documents and queries both pass here.
//!
//! **Words** serve ranking: the normalized text's words and the readings of its numbers, no positions (nearness is
//! judged on the text). A word of two Han characters is left to the grams (`as_gram`): they are most of a text's words,
//! stand in few passages where they are no word, and in those hardly change a rank.
//!
//! **Grams** serve exact matching: overlapping bigrams of units with positions, the last unit of a sentence
//! alone. A gram is its first unit, [`SEPARATOR`] unless that unit is a single Han-like character, and its second
//! unit if it has one. So every unit opens exactly one gram, a phrase of two or more units is a row of grams,
//! and a single unit is a prefix. At a sentence end the position jumps by [`SENTENCE_GAP`], which no gap of a
//! query may reach: two grams less than that apart stand in one sentence. A unit of more than [`MAX_UNIT`] bytes
//! stands in grams by its hash, since the engine leaves out terms of more than 65,530 bytes.
//!
//! A text is read once, into a `Reading` whose strings the engine's fields take; the tokenizers behind
//! tantivy's traits only split those.

use tantivy::tokenizer::{TextAnalyzer, Token, TokenStream, Tokenizer, TokenizerManager};

use crate::text::numerals::readings;
use crate::text::units::{Units, stands_alone};
use crate::text::words::{Room, Segmenter};

/// Name of the words analysis.
pub const WORDS: &str = "xunzhang_words";
/// Name of the grams analysis.
pub const GRAMS: &str = "xunzhang_grams";
/// Positions passed over at a sentence end.
pub const SENTENCE_GAP: usize = 128;
/// Stands behind a first unit of several characters, and behind a unit that is alone.
pub const SEPARATOR: char = '·';

/// Longest unit in bytes that stands in grams as it is.
pub const MAX_UNIT: usize = 256;
/// Stands between two words, and between two units that would run together.
const BLANK: char = ' ';
/// Stands between two sentences.
const LINE: char = '\n';

/// A text as the index takes it.
#[derive(Clone, Debug)]
pub(super) struct Reading {
    /// Its words, for the field of words.
    pub(super) words: Box<str>,
    /// Its units, for the field of grams.
    pub(super) grams: Box<str>,
}

/// Reads texts one after another, in the same memory.
pub(super) struct Reader<'a> {
    segmenter: &'a Segmenter,
    room: Room,
    words: String,
    grams: String,
}

impl<'a> Reader<'a> {
    pub(super) fn new(segmenter: &'a Segmenter) -> Self {
        Self {
            segmenter,
            room: Room::default(),
            words: String::new(),
            grams: String::new(),
        }
    }

    /// Reads a text; its units come along for what else is made of them.
    pub(super) fn read(&mut self, text: &str) -> (Reading, Units) {
        let (units, normalized) = Units::with_normalized(text);
        self.words.clear();
        self.segmenter
            .each_word(&normalized, &mut self.room, |word| {
                if as_gram(word).is_none() {
                    self.words.push_str(word);
                    self.words.push(BLANK);
                }
            });
        for number in readings(&normalized) {
            self.words.push_str(&number);
            self.words.push(BLANK);
        }
        self.grams.clear();
        write_units(&mut self.grams, &units);
        let reading = Reading {
            words: self.words.as_str().into(),
            grams: self.grams.as_str().into(),
        };
        (reading, units)
    }
}

/// A text as the field of grams takes it.
pub(super) fn units_of(text: &str) -> String {
    let mut out = String::new();
    write_units(&mut out, &Units::new(text));
    out
}

/// Writes units so that they can be told apart again: Han-like ones and runs end each other, sentences are lines.
fn write_units(out: &mut String, units: &Units) {
    let mut before: Option<(u32, bool)> = None;
    for (unit, text) in units.items().iter().zip(units.texts()) {
        let is_run = !is_single(text);
        match before {
            Some((sentence, _)) if sentence != unit.sentence => out.push(LINE),
            Some((_, true)) if is_run => out.push(BLANK),
            _ => {}
        }
        out.push_str(text);
        before = Some((unit.sentence, is_run));
    }
}

/// Hash of the units of a text: the same for texts that exact matching can't tell apart.
pub(crate) fn shape(units: &Units) -> u64 {
    let mut bytes = Vec::with_capacity(units.len() * 4);
    for unit in units.texts() {
        bytes.extend_from_slice(unit.as_bytes());
        bytes.push(0);
    }
    let hash = blake3::hash(&bytes);
    let (first, _) = hash.as_bytes().as_chunks().0.split_at(1);
    u64::from_le_bytes(first[0])
}

/// The gram that a normalized word stands as, if it is one of two units: the word itself.
pub(crate) fn as_gram(word: &str) -> Option<&str> {
    let mut chars = word.chars();
    let (first, second) = (chars.next()?, chars.next()?);
    let is_pair = chars.next().is_none() && stands_alone(first) && stands_alone(second);
    is_pair.then_some(word)
}

/// The analyzers by name, as tantivy wants them.
pub(super) fn tokenizers() -> TokenizerManager {
    let manager = TokenizerManager::default();
    manager.register(WORDS, TextAnalyzer::from(WordTokenizer::default()));
    manager.register(GRAMS, TextAnalyzer::from(GramTokenizer::default()));
    manager
}

/// The gram of two units in a row.
pub fn gram(first: &str, second: &str) -> String {
    let mut out = String::with_capacity(first.len() + second.len() + SEPARATOR.len_utf8());
    write_gram(&mut out, first, Some(second));
    out
}

/// What every gram that `unit` opens begins with.
pub fn gram_prefix(unit: &str) -> String {
    let mut out = String::new();
    write_unit(&mut out, unit);
    if !is_single(unit) {
        out.push(SEPARATOR);
    }
    out
}

fn write_gram(out: &mut String, first: &str, second: Option<&str>) {
    write_unit(out, first);
    if second.is_none() || !is_single(first) {
        out.push(SEPARATOR);
    }
    if let Some(second) = second {
        write_unit(out, second);
    }
}

fn write_unit(out: &mut String, unit: &str) {
    if unit.len() <= MAX_UNIT {
        out.push_str(unit);
    } else {
        out.push_str(&blake3::hash(unit.as_bytes()).to_hex());
    }
}

fn is_single(unit: &str) -> bool {
    unit.chars().next().is_some_and(stands_alone)
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

/// Pairs the units of [`Reading::grams`].
#[derive(Clone, Default)]
struct GramTokenizer {
    token: Token,
}

impl Tokenizer for GramTokenizer {
    type TokenStream<'a> = GramStream<'a>;

    fn token_stream<'a>(&'a mut self, mut units: &'a str) -> GramStream<'a> {
        self.token.reset();
        let next = next_unit(&mut units);
        GramStream {
            next,
            rest: units,
            jump: 0,
            token: &mut self.token,
        }
    }
}

/// The grams of one text.
struct GramStream<'a> {
    /// The unit that opens the next gram.
    next: Option<&'a str>,
    /// What stands behind it.
    rest: &'a str,
    /// Positions to pass over because a sentence ended.
    jump: usize,
    token: &'a mut Token,
}

impl TokenStream for GramStream<'_> {
    fn advance(&mut self) -> bool {
        let Some(first) = self.next else {
            return false;
        };
        let sentence_ends = self.rest.starts_with(LINE);
        self.next = next_unit(&mut self.rest);
        self.token.position = self.token.position.wrapping_add(1) + self.jump;
        self.token.text.clear();
        let second = self.next.filter(|_| !sentence_ends);
        write_gram(&mut self.token.text, first, second);
        self.jump = if sentence_ends { SENTENCE_GAP } else { 0 };
        true
    }

    fn token(&self) -> &Token {
        self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        self.token
    }
}

/// Takes the first unit off `rest`, and what stands before it.
fn next_unit<'a>(rest: &mut &'a str) -> Option<&'a str> {
    let units = rest.trim_start_matches([BLANK, LINE]);
    let first = units.chars().next()?;
    let is_run = |ch| !(stands_alone(ch) || ch == BLANK || ch == LINE);
    let end = if stands_alone(first) {
        first.len_utf8()
    } else {
        units.find(|ch| !is_run(ch)).unwrap_or(units.len())
    };
    let (unit, behind) = units.split_at(end);
    *rest = behind;
    Some(unit)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn grams(text: &str) -> Vec<(String, usize)> {
        let units = units_of(text);
        let mut tokenizer = GramTokenizer::default();
        let mut stream = tokenizer.token_stream(&units);
        let mut grams = Vec::new();
        while stream.advance() {
            grams.push((stream.token().text.clone(), stream.token().position));
        }
        grams
    }

    #[test]
    fn grams_overlap_and_jump_at_sentence_ends() {
        let expected = [
            ("用5g", 0),
            ("5g·网", 1),
            ("网好", 2),
            ("好·", 3),
            ("3%·", 4 + SENTENCE_GAP),
        ];
        let expected = expected.map(|(text, position)| (text.to_owned(), position));
        assert_eq!(grams("用5G网，好。！3%。"), expected);
        assert_eq!(gram("5g", "网"), "5g·网");
        let long = |end: char| format!("{}{end}", "a".repeat(70_000));
        assert_ne!(gram("网", &long('b')), gram("网", &long('c')));
        assert!(gram(&long('b'), &long('c')).len() < 2 * MAX_UNIT);
        assert_eq!(
            (gram_prefix("5g"), gram_prefix("网")),
            ("5g·".into(), "网".into())
        );
    }

    #[test]
    fn words_come_one_by_one() {
        let segmenter = Segmenter::new("").expect("no entry");
        let reading = Reader::new(&segmenter).read("失地農民，安置！").0;
        let mut tokenizer = WordTokenizer::default();
        let mut stream = tokenizer.token_stream(&reading.words);
        let mut words = Vec::new();
        while stream.advance() {
            words.push(stream.token().text.clone());
        }
        assert_eq!(words, ["失地农民"]);
        assert_eq!(as_gram("安置"), Some(gram("安", "置").as_str()));
        assert_eq!(as_gram("5g"), None);
    }

    proptest! {
        #[test]
        fn each_unit_opens_one_gram(text in "[一二年か。，！?0-9a-z.,%é\\u{301}㎡Ａ ]{0,30}") {
            let units = Units::new(&text);
            let items = units.items();
            let opened = |ord: usize| {
                let follows = items.get(ord + 1).is_some_and(|next| next.sentence == items[ord].sentence);
                let mut out = String::new();
                write_gram(&mut out, units.text(ord), follows.then(|| units.text(ord + 1)));
                out
            };
            let expected: Vec<String> = (0..units.len()).map(opened).collect();
            let found = grams(&text);
            prop_assert_eq!(found.iter().map(|(gram, _)| gram.clone()).collect::<Vec<_>>(), expected);
            for (ord, pair) in found.windows(2).enumerate() {
                let ends = items[ord].sentence != items[ord + 1].sentence;
                let step = if ends { 1 + SENTENCE_GAP } else { 1 };
                prop_assert_eq!(pair[1].1 - pair[0].1, step);
            }
        }
    }
}
