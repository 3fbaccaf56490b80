//! Text as characters, units and words: pure functions without internal dependencies.
//!
//! Everything that compares two texts goes through here, so that documents and queries are read alike.

pub mod automaton;
pub(crate) mod classes;
pub mod glob;
pub mod hash;
pub mod negation;
pub mod normalize;
pub mod numerals;
pub mod pattern;
pub mod printable;
pub(crate) mod punctuation;
pub mod radicals;
pub mod rule;
pub mod sentences;
pub mod sequences;
pub mod simhash;

mod simplified;
pub mod spaced;
pub mod synonyms;
mod unit_chars;
pub mod units;
pub mod visible;
pub mod words;
