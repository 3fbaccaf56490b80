//! Negation: whether a text denies or forbids what a hit names.
//!
//! `未发现水渠失修` denies, `严禁占用水渠` forbids, and `坚定不移修水渠` does neither. `scope` has the rule, [`words`] its vocabulary.
//! The words are found by the scan that finds the hits, so that a passage without a hit costs nothing more.

mod reach;
mod scope;
mod vocabulary;
pub mod words;

pub use scope::{Negation, Polarity, polarity};

#[cfg(test)]
mod tests;
