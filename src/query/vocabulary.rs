//! The index's own vocabulary as the dictionary of queries: words that its passages were cut into.
//!
//! A query needs no segmenter: which of the ways to cut it is taken hardly matters for ranking, but words must be distinguished from
//! characters that are adjacent by accident. So every word of the vocabulary inside a query is one of its words.

use tantivy::schema::Term;

use super::index_term::{IndexTerm, Located};
use super::statistics::Statistics;
use crate::index::analyzer::listed_units;
use crate::index::{Fields, Index, Zone};
use crate::text::units::is_single_unit;

/// Longest word that is looked for, in characters.
const LONGEST: usize = 12;

/// The vocabulary of an index.
#[derive(Clone, Copy)]
pub(crate) struct Vocabulary<'a> {
    fields: &'a Fields,
    statistics: &'a Statistics,
}

impl<'a> Vocabulary<'a> {
    /// The vocabulary of the passages that `statistics` are of.
    pub(crate) fn new(index: &'a Index, statistics: &'a Statistics) -> Self {
        Self {
            fields: &index.fields,
            statistics,
        }
    }

    /// Every word inside a normalized text, of two characters or more, in order of their starts, shorter ones first; each run
    /// of letters and digits is one.
    ///
    /// # Errors
    /// If the index can't be read.
    pub(crate) fn words<'t>(&self, normalized: &'t str) -> tantivy::Result<Vec<&'t str>> {
        let chars: Vec<(usize, char)> = normalized.char_indices().collect();
        let mut words = Vec::new();
        let in_run = |at: usize| {
            let ch = chars.get(at).map(|&(_, ch)| ch);
            ch.is_some_and(|ch| ch.is_alphanumeric() && !is_single_unit(ch))
        };
        let byte = |at: usize| chars.get(at).map_or(normalized.len(), |&(byte, _)| byte);
        for start in 0..chars.len() {
            let is_run = in_run(start);
            let is_inside = start > 0 && is_run && in_run(start - 1);
            if is_inside || !chars[start].1.is_alphanumeric() {
                continue;
            }
            let last = (start + LONGEST).min(chars.len());
            for end in start + 1..=last {
                if !chars[end - 1].1.is_alphanumeric() {
                    break;
                }
                // Nothing ends inside a run.
                if in_run(end - 1) && in_run(end) {
                    continue;
                }
                let word = &normalized[byte(start)..byte(end)];
                if (is_run || end > start + 1) && self.holds(word)? {
                    words.push(word);
                }
            }
        }
        Ok(words)
    }

    /// Whether a normalized text is a word that some living passage holds.
    fn holds(&self, word: &str) -> tantivy::Result<bool> {
        let units = listed_units(word).and_then(|units| IndexTerm::of_units(Zone::Body, &units));
        let term = units
            .unwrap_or_else(|| IndexTerm::Word(Term::from_field_text(self.fields.words, word)));
        let located = self.statistics.locate(&term)?;
        // A pair that is a word is marked in each segment: the dictionary is the same for all.
        let is_word = match term {
            IndexTerm::Pair(..) => located.iter().flatten().any(Located::is_word),
            IndexTerm::Word(_) | IndexTerm::Unit(..) => true,
        };
        Ok(is_word && self.statistics.frequency_of(&term, &located)? > 0)
    }
}
