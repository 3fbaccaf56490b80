//! Bare words as terms of the index: words, numbers, synonyms and grams, each with its weight.

use std::collections::BTreeMap;

use tantivy::query::{BooleanQuery, BoostQuery, Occur as Must, Query, TermQuery};
use tantivy::schema::{IndexRecordOption, Term};

use super::function_words::is_function_word;
use super::plan::{Clause, Planner, Ranking};
use super::tree::Leaf;
use crate::index::analyzer::gram;
use crate::text::normalize::normalize;
use crate::text::numerals::readings;
use crate::text::units::Units;

/// A query of more units than this is a sentence: what is like it shares its wording, and grams tell that better
/// than words do.
const SENTENCE: usize = 24;
/// How much grams count in a sentence, against their weight in a short query.
const SENTENCE_GRAMS: f32 = 2.0;
/// How much another way to write a number or to say a word counts, against the user's own.
const OTHER_WORDING: f32 = 0.5;

/// Terms and their weights; the same term from several texts counts for all of them.
type Terms = BTreeMap<Term, f32>;

impl Planner<'_> {
    /// Any word or gram of any of the texts, in the passage, its headings or its title.
    pub(super) fn words(&self, texts: &[(&str, f32)]) -> Box<dyn Query> {
        let rows: Vec<Units> = texts.iter().map(|(text, _)| Units::new(text)).collect();
        let is_sentence = rows.iter().map(Units::len).sum::<usize>() > SENTENCE;
        let grams = self.ranking.grams * if is_sentence { SENTENCE_GRAMS } else { 1.0 };
        let mut terms = Terms::new();
        let mut clauses: Vec<Clause> = Vec::new();
        for (&(text, weight), units) in texts.iter().zip(&rows) {
            self.add_text(&mut terms, text, units, (weight, grams));
            for other in self.index.synonyms().of(units) {
                let units = Units::new(other);
                self.add_text(&mut terms, other, &units, (weight * OTHER_WORDING, grams));
            }
            if units.len() == 1 {
                // A single unit is often no word by itself; every gram that it opens holds it.
                let unit = self.leaf(&Leaf::Word(text.to_owned()));
                clauses.push((
                    Must::Should,
                    Box::new(BoostQuery::new(unit, weight * grams)),
                ));
            }
        }
        let terms = terms.into_iter().filter(|&(_, weight)| weight > 0.0);
        clauses.extend(terms.map(|(term, weight)| {
            let query = Box::new(TermQuery::new(term, IndexRecordOption::WithFreqs));
            (
                Must::Should,
                Box::new(BoostQuery::new(query, weight)) as Box<dyn Query>,
            )
        }));
        Box::new(BooleanQuery::new(clauses))
    }

    fn add_text(&self, terms: &mut Terms, text: &str, units: &Units, (weight, grams): (f32, f32)) {
        let fields = self.fields();
        let Ranking {
            words,
            heading,
            title,
            function_words,
            ..
        } = self.ranking;
        let normalized = normalize(text);
        let places = [
            (fields.words, fields.grams, 1.0),
            (fields.heading_words, fields.heading_grams, heading),
            (fields.title_words, fields.title_grams, title),
        ];
        let mut add = |field, term: &str, weight| {
            *terms.entry(Term::from_field_text(field, term)).or_default() += weight;
        };
        for (words_field, grams_field, share) in places {
            for word in self.index.segmenter().words(&normalized) {
                let kind = if is_function_word(word) {
                    function_words
                } else {
                    1.0
                };
                add(words_field, word, weight * share * words * kind);
            }
            for number in readings(&normalized) {
                add(words_field, &number, weight * share * words * OTHER_WORDING);
            }
            for gram in bigrams(units) {
                add(grams_field, &gram, weight * share * grams);
            }
        }
    }
}

/// Bigrams of the units of each sentence.
fn bigrams(units: &Units) -> impl Iterator<Item = String> {
    let items = units.items();
    (1..units.len())
        .filter(|&ord| items[ord - 1].sentence == items[ord].sentence)
        .map(|ord| gram(units.text(ord - 1), units.text(ord)))
}
