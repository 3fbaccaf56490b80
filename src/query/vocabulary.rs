//! The index's own vocabulary as the dictionary of queries: words that its passages were cut into.
//!
//! A query needs no segmenter: which of the ways to cut it is taken hardly matters for ranking, but words must be distinguished from
//! characters that are adjacent by accident. So every word of the vocabulary inside a query is one of its words.

use tantivy::schema::Term;

use super::index_term::IndexTerm;
use super::statistics::Statistics;
use crate::index::analyzer::listed_units;
use crate::index::{Fields, Index, Zone};
use crate::text::units::is_single_unit;

/// Longest word that is looked for, in characters.
// At each start so many candidates are looked up. The bound of a score rests on it as well: of two to twelve characters there
// are eleven words that begin with a unit, see `score::MOST_OF_UNIT`.
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
            // A run is one unit of the pair index: a word that began inside it could be found nowhere.
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
        // Words of one unit and of two characters are in the pair index alone, see `analyzer`.
        let units = listed_units(word).and_then(|units| IndexTerm::of_units(Zone::Body, &units));
        let term = units
            .unwrap_or_else(|| IndexTerm::Word(Term::from_field_text(self.fields.words, word)));
        let located = self.statistics.locate(&term)?;
        self.statistics.is_word(&term, &located)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::{UpdateOptions, update};

    fn check(cases: &[(&str, &[&str])]) {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let (corpus, dir) = (folder.path().join("corpus"), folder.path().join("index"));
        std::fs::create_dir(&corpus).expect("a folder");
        let text = "办法\n失地农民安置。用5g网络，covid-19。\n农民收入。abcdefghijklmnop。\n";
        std::fs::write(corpus.join("甲.txt"), text).expect("a file");
        std::fs::write(corpus.join("乙.txt"), "道路检查。\n").expect("a file");
        update(
            &dir,
            std::slice::from_ref(&corpus),
            &UpdateOptions::default(),
            &|_| {},
        )
        .expect("an index");
        std::fs::remove_file(corpus.join("乙.txt")).expect("the file");
        update(&dir, &[corpus], &UpdateOptions::default(), &|_| {}).expect("an index");
        let index = Index::open(&dir).expect("the index");
        let snapshot = index.reader.searcher();
        let statistics = Statistics::new(&index, &snapshot);
        let vocabulary = Vocabulary::new(&index, &statistics);
        for (text, expected) in cases {
            let words = vocabulary.words(text).expect("words");
            assert_eq!(words, *expected, "{text}");
        }
    }

    #[test]
    fn every_word_of_the_index_is_found_in_a_text() {
        check(&[
            ("", &[]),
            ("农民", &["农民"]),
            // Both, by their starts; characters side by side by accident are no word.
            (
                "失地农民安置",
                &["失地", "失地农民", "农民", "民安", "安置"],
            ),
            ("地农", &[]),
            ("农，民", &[]),
            // A single character is no word.
            ("农", &[]),
        ]);
    }

    #[test]
    fn a_run_of_letters_and_digits_is_one_word() {
        check(&[
            ("5g网络", &["5g", "网络"]),
            ("covid-19", &["covid", "19"]),
            ("covid", &["covid"]),
            ("covi", &[]),
            ("ovid", &[]),
            ("9", &[]),
        ]);
    }

    #[test]
    fn what_is_too_long_or_deleted_is_none() {
        check(&[("abcdefghijklmnop", &[]), ("道路检查", &[])]);
    }
}
