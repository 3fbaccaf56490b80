//! Our two analyses behind tantivy's traits; documents and queries both pass here.
//!
//! **Words** serve ranking: the normalized text's words and the readings of its numbers, no positions (nearness is judged on the text).
//!
//! **Grams** serve exact matching: overlapping bigrams of units with positions, the last unit of a sentence
//! alone. A gram is its first unit, [`SEPARATOR`] unless that unit is a single Han-like character, and its second
//! unit if it has one. So every unit opens exactly one gram, a phrase of two or more units is a row of grams,
//! and a single unit is a prefix. At a sentence end the position jumps by [`SENTENCE_GAP`], which no gap of a
//! query may reach: two grams less than that apart stand in one sentence. A unit of more than [`MAX_UNIT`] bytes
//! stands in grams by its hash, since the engine leaves out terms of more than 65,530 bytes.

use std::sync::Arc;

use tantivy::tokenizer::{TextAnalyzer, Token, TokenStream, Tokenizer, TokenizerManager};

use crate::text::normalize::normalize;
use crate::text::numerals::readings;
use crate::text::units::{Units, stands_alone};
use crate::text::words::Segmenter;

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

/// The analyzers by name, as tantivy wants them.
pub(super) fn tokenizers(segmenter: &Arc<Segmenter>) -> TokenizerManager {
    let manager = TokenizerManager::default();
    manager.register(
        WORDS,
        TextAnalyzer::from(WordTokenizer {
            segmenter: Arc::clone(segmenter),
        }),
    );
    manager.register(GRAMS, TextAnalyzer::from(GramTokenizer));
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

#[derive(Clone)]
struct WordTokenizer {
    segmenter: Arc<Segmenter>,
}

impl Tokenizer for WordTokenizer {
    type TokenStream<'a> = WordStream;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> WordStream {
        let normalized = normalize(text);
        let mut ends = Vec::new();
        let mut words = String::with_capacity(normalized.len() * 2);
        for word in self.segmenter.words(&normalized) {
            words.push_str(word);
            ends.push(words.len());
        }
        for number in readings(&normalized) {
            words.push_str(&number);
            ends.push(words.len());
        }
        WordStream {
            words,
            ends,
            next: 0,
            token: Token::default(),
        }
    }
}

/// The words of one text, laid end to end.
struct WordStream {
    words: String,
    ends: Vec<usize>,
    next: usize,
    token: Token,
}

impl TokenStream for WordStream {
    fn advance(&mut self) -> bool {
        let Some(&end) = self.ends.get(self.next) else {
            return false;
        };
        let start = self.next.checked_sub(1).map_or(0, |last| self.ends[last]);
        self.token.text.clear();
        self.token.text.push_str(&self.words[start..end]);
        self.token.position = self.next;
        self.next += 1;
        true
    }

    fn token(&self) -> &Token {
        &self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        &mut self.token
    }
}

#[derive(Clone)]
struct GramTokenizer;

impl Tokenizer for GramTokenizer {
    type TokenStream<'a> = GramStream;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> GramStream {
        GramStream {
            units: Units::new(text),
            next: 0,
            token: Token::default(),
        }
    }
}

/// The grams of one text.
struct GramStream {
    units: Units,
    next: usize,
    token: Token,
}

impl TokenStream for GramStream {
    fn advance(&mut self) -> bool {
        let items = self.units.items();
        let Some(unit) = items.get(self.next) else {
            return false;
        };
        let second = items
            .get(self.next + 1)
            .filter(|next| next.sentence == unit.sentence);
        self.token.text.clear();
        self.token.position = self.next + unit.sentence as usize * SENTENCE_GAP;
        let second = second.map(|_| self.units.text(self.next + 1));
        write_gram(&mut self.token.text, self.units.text(self.next), second);
        self.next += 1;
        true
    }

    fn token(&self) -> &Token {
        &self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        &mut self.token
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn grams_overlap_and_jump_at_sentence_ends() {
        let mut tokenizer = GramTokenizer;
        let mut stream = tokenizer.token_stream("用5G网，好。3%。");
        let mut grams = Vec::new();
        while stream.advance() {
            grams.push((stream.token().text.clone(), stream.token().position));
        }
        let expected = [
            ("用5g", 0),
            ("5g·网", 1),
            ("网好", 2),
            ("好·", 3),
            ("3%·", 4 + SENTENCE_GAP),
        ];
        assert_eq!(
            grams,
            expected.map(|(text, position)| (text.to_owned(), position))
        );
        assert_eq!(gram("5g", "网"), "5g·网");
        let long = |end: char| format!("{}{end}", "a".repeat(70_000));
        assert_ne!(gram("网", &long('b')), gram("网", &long('c')));
        assert!(gram(&long('b'), &long('c')).len() < 2 * MAX_UNIT);
        assert_eq!(
            (gram_prefix("5g"), gram_prefix("网")),
            ("5g·".into(), "网".into())
        );
    }
}
