//! Bare words as terms of the index: words, numbers, synonyms and grams, each with its weight.

use std::collections::BTreeMap;

use tantivy::query::{BooleanQuery, BoostQuery, Occur as Must, Query};
use tantivy::schema::Term;

use super::function_words::is_function_word;
use super::plan::{Clause, Planner, Ranking};
use super::score::ScoredTermQuery;
use super::tree::{Leaf, Node, Occur};
use crate::index::analyzer::{as_gram, gram};
use crate::text::normalize::normalize;
use crate::text::numerals::readings;
use crate::text::units::Units;
use crate::{Error, Result};

/// A query of more units than this is a sentence: what is like it shares its wording, and grams tell that better
/// than words do.
const SENTENCE: usize = 24;
/// How much grams count in a sentence, against their weight in a short query.
const SENTENCE_GRAMS: f32 = 2.0;
/// How much another way to write a number or to say a word counts, against the user's own.
const OTHER_WORDING: f32 = 0.5;

/// How much a word of two characters counts against longer ones: its gram counts for itself as well.
const PAIR: f32 = 0.75;

/// Most terms that passages are retrieved by, the weightiest of the query; more of them cost much and find little.
const RETRIEVED_BY: usize = 96;

/// Terms and their weights; the same term from several texts counts for all of them.
pub(crate) type Terms = BTreeMap<Term, f32>;

/// A query's terms by what they are for.
#[derive(Default)]
pub(crate) struct QueryTerms {
    /// Terms of the passage's own text that retrieve it.
    pub(crate) own: Terms,
    pub(crate) added: Added,
}

/// Terms that only add to the score of what was retrieved.
#[derive(Default)]
pub(crate) struct Added {
    /// The lightest terms of a long query, in the passage itself.
    pub(crate) own: Terms,
    /// Terms of the headings above the passage.
    pub(crate) headings: Terms,
    /// Terms of the title above it.
    pub(crate) title: Terms,
}

impl Planner<'_> {
    /// Any word or gram of any of the texts, in the passage itself.
    pub(super) fn words(&self, texts: &[(&str, f32)]) -> Result<Box<dyn Query>> {
        let mut clauses: Vec<Clause> = Vec::new();
        for &(text, weight) in texts {
            if Units::new(text).len() == 1 {
                // A single unit is often no word by itself; every gram that it opens holds it.
                let unit = self.leaf(&Leaf::Word(text.to_owned()));
                let weight = weight * self.ranking.grams;
                clauses.push((Must::Should, Box::new(BoostQuery::new(unit, weight))));
            }
        }
        let QueryTerms { own, .. } = self.split(texts)?;
        clauses.extend(own.into_iter().map(|term| (Must::Should, scored(term))));
        Ok(Box::new(BooleanQuery::new(clauses)))
    }

    /// The terms of all bare words of the query.
    pub(crate) fn terms(&self, node: &Node) -> Result<QueryTerms> {
        let mut texts = Vec::new();
        bare_words(node, 1.0, &mut texts);
        self.split(&texts)
    }

    fn split(&self, texts: &[(&str, f32)]) -> Result<QueryTerms> {
        let rows: Vec<Units> = texts.iter().map(|(text, _)| Units::new(text)).collect();
        let is_sentence = rows.iter().map(Units::len).sum::<usize>() > SENTENCE;
        let grams = self.ranking.grams * if is_sentence { SENTENCE_GRAMS } else { 1.0 };
        let mut split = QueryTerms::default();
        for (&(text, weight), units) in texts.iter().zip(&rows) {
            self.add_text(&mut split, text, units, (weight, grams));
            for other in self.index.synonyms().of(units) {
                let units = Units::new(other);
                self.add_text(&mut split, other, &units, (weight * OTHER_WORDING, grams));
            }
        }
        let Added {
            headings, title, ..
        } = &mut split.added;
        for terms in [&mut split.own, headings, title] {
            terms.retain(|_, weight| *weight > 0.0);
        }
        self.lighten(&mut split)?;
        Ok(split)
    }

    /// Keeps the weightiest terms for retrieval where there are too many.
    fn lighten(&self, split: &mut QueryTerms) -> Result<()> {
        if split.own.len() <= RETRIEVED_BY {
            return Ok(());
        }
        let statistics = self.statistics;
        let passages = statistics.passages();
        let n = passages.map_err(Error::engine(self.index.dir()))? as f32;
        let mut by_worth = Vec::with_capacity(split.own.len());
        for (term, weight) in std::mem::take(&mut split.own) {
            let frequency = statistics
                .frequency(&term)
                .map_err(Error::engine(self.index.dir()))?;
            if frequency > 0 {
                let idf = (1.0 + n / (frequency as f32 + 0.5)).ln();
                by_worth.push((weight * idf, term, weight));
            }
        }
        by_worth.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
        for (ord, (_, term, weight)) in by_worth.into_iter().enumerate() {
            let terms = if ord < RETRIEVED_BY {
                &mut split.own
            } else {
                &mut split.added.own
            };
            *terms.entry(term).or_default() += weight;
        }
        Ok(())
    }

    fn add_text(
        &self,
        split: &mut QueryTerms,
        text: &str,
        units: &Units,
        (weight, grams): (f32, f32),
    ) {
        let fields = self.fields();
        let Ranking {
            words,
            heading,
            title,
            function_words,
            ..
        } = self.ranking;
        let normalized = normalize(text);
        let QueryTerms { own, added } = split;
        let places = [
            (own, fields.words, fields.grams, 1.0),
            (
                &mut added.headings,
                fields.headings.words,
                fields.headings.grams,
                heading,
            ),
            (
                &mut added.title,
                fields.title.words,
                fields.title.grams,
                title,
            ),
        ];
        for (terms, words_field, grams_field, share) in places {
            let mut add = |field, term: &str, weight| {
                *terms.entry(Term::from_field_text(field, term)).or_default() += weight;
            };
            for word in self.index.segmenter().words(&normalized) {
                let kind = if is_function_word(word) {
                    function_words
                } else {
                    1.0
                };
                let weight = weight * share * words * kind;
                match as_gram(word) {
                    Some(gram) => add(grams_field, gram, weight * PAIR),
                    None => add(words_field, word, weight),
                }
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

fn scored((term, weight): (Term, f32)) -> Box<dyn Query> {
    Box::new(BoostQuery::new(Box::new(ScoredTermQuery(term)), weight))
}

/// The bare words that count for the rank, with their weights.
fn bare_words<'a>(node: &'a Node, weight: f32, out: &mut Vec<(&'a str, f32)>) {
    match node {
        Node::Leaf(Leaf::Word(text)) => out.push((text, weight)),
        Node::Leaf(_) | Node::Restriction(_) | Node::Not(_) => {}
        Node::All(nodes) | Node::Any(nodes) => {
            nodes.iter().for_each(|node| bare_words(node, weight, out));
        }
        Node::Weighted(node, by) => bare_words(node, weight * by, out),
        Node::List(items) => {
            let present = items.iter().filter(|item| item.occur != Occur::Forbidden);
            present.for_each(|item| bare_words(&item.node, weight, out));
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
