//! The numbers that a query is ranked by, as data: shards of a collection give theirs, and their sums rank on each of them.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::index_term::{Analysis, IndexTerm};
use crate::index::Zone;

/// Frequencies and lengths that one query needs, of one index or the sums over several.
///
/// The terms are those that the query could have, whichever words are in the vocabulary, so that every index gives the same ones.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Numbers {
    terms: BTreeMap<String, TermNumbers>,
    lengths: BTreeMap<String, u64>,
}

/// What is known of a term.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct TermNumbers {
    /// How many living records hold it.
    pub(crate) frequency: u64,
    /// Whether it is a word of the dictionary.
    pub(crate) is_word: bool,
}

impl Numbers {
    /// Adds those of another part of the collection.
    pub fn add(&mut self, other: Self) {
        for (key, term) in other.terms {
            let sum = self.terms.entry(key).or_default();
            sum.frequency += term.frequency;
            sum.is_word |= term.is_word;
        }
        for (key, length) in other.lengths {
            *self.lengths.entry(key).or_default() += length;
        }
    }

    /// The same without terms that no record holds: where another part names all terms of the query, these need not be sent.
    pub fn without_zeros(mut self) -> Self {
        self.terms.retain(|_, term| term.frequency > 0);
        self
    }

    pub(super) fn term(&self, term: &IndexTerm) -> tantivy::Result<TermNumbers> {
        let key = term_key(term);
        let known = self.terms.get(&key).copied();
        known.ok_or_else(|| missing(&key))
    }

    pub(super) fn length(&self, analysis: Analysis) -> tantivy::Result<u64> {
        let key = analysis_key(analysis);
        let known = self.lengths.get(&key).copied();
        known.ok_or_else(|| missing(&key))
    }

    pub(super) fn note_term(&mut self, term: &IndexTerm, numbers: TermNumbers) {
        self.terms.insert(term_key(term), numbers);
    }

    pub(super) fn note_length(&mut self, analysis: Analysis, length: u64) {
        self.lengths.insert(analysis_key(analysis), length);
    }
}

/// A number that was not requested must not be taken for zero: scores would differ from those of one index.
fn missing(key: &str) -> tantivy::TantivyError {
    let key = key.replace('\0', "+");
    tantivy::TantivyError::SystemError(format!("the sums over all shards lack {key:?}"))
}

/// A name for a term, another for each.
// Fields are named by their ordinals: indexes of one format have the same ones.
fn term_key(term: &IndexTerm) -> String {
    match term {
        IndexTerm::Word(term) => {
            let text = String::from_utf8_lossy(term.serialized_value_bytes());
            format!("w{}\0{text}", term.field().field_id())
        }
        IndexTerm::Pair(zone, first, second) => format!("p{}\0{first}\0{second}", ord(*zone)),
        IndexTerm::Unit(zone, unit) => format!("u{}\0{unit}", ord(*zone)),
    }
}

fn analysis_key(analysis: Analysis) -> String {
    match analysis {
        Analysis::Words(field) => format!("w{}", field.field_id()),
        Analysis::Units(zone) => format!("u{}", ord(zone)),
    }
}

fn ord(zone: Zone) -> usize {
    Zone::ALL
        .iter()
        .position(|&other| other == zone)
        .unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sums_are_those_of_the_parts() {
        let unit = |unit: &str| IndexTerm::Unit(Zone::Body, unit.to_owned());
        let numbers = |frequency, is_word| TermNumbers { frequency, is_word };
        let mut sum = Numbers::default();
        for (frequency, is_word, length) in [(3, false, 40), (0, true, 2), (4, false, 0)] {
            let mut part = Numbers::default();
            part.note_term(&unit("渠"), numbers(frequency, is_word));
            part.note_length(Analysis::Units(Zone::Body), length);
            sum.add(part);
        }
        assert_eq!(sum.term(&unit("渠")).expect("a number"), numbers(7, true));
        let length = sum.length(Analysis::Units(Zone::Body));
        assert_eq!(length.expect("a length"), 42);
        // Not zero: it was not counted.
        assert!(sum.term(&unit("水")).is_err());
        assert!(sum.length(Analysis::Units(Zone::Title)).is_err());
    }
}
