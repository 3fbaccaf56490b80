//! Bare words as terms of the index: words, numbers, synonyms and pairs, each with its weight.

use std::collections::BTreeMap;
use std::sync::Arc;

use tantivy::query::{BooleanQuery, Occur as Must, Query};
use tantivy::schema::{Field, Term};

use super::function_words::is_function_word;
use super::index_term::IndexTerm;
use super::plan::{Clause, Planner, Ranking};
use super::score::ScoredTermQuery;
use super::tree::{Leaf, Node, Occur};
use super::vocabulary::Vocabulary;
use crate::index::Zone;
use crate::index::analyzer::listed_units;
use crate::query::{Error, Result};
use crate::text::normalize::normalize;
use crate::text::numerals::readings;
use crate::text::units::Units;

/// A query of more units than this is a sentence: similar passages share its wording, and pairs show that better
/// than words do.
// The second stage draws the same line: coverage counts three times beyond it, which took classical-zh from .7016 to .7128 and
// stard from .3587 to .3595 and left the other judged sets as they were (BENCHMARKS.md).
pub(crate) const SENTENCE: usize = 24;
/// How much pairs count in a sentence, against their weight in a short query.
const SENTENCE_GRAMS: f32 = 2.0;
/// How much single units count in a sentence, against their weight in a short query.
const SENTENCE_UNITS: f32 = 0.5;
/// How much another way to write a number or to say a word counts, against the user's own.
const OTHER_WORDING: f32 = 0.5;

/// How much a word of two characters counts against longer ones: its pair counts for itself as well.
// Words of two characters by their pair alone, at this share of a word: csl-title .9841 to .9831 and stard .3611 to .3596,
// classical-zh .6657 to .6677, and the dictionary of words is spared most of a text (BENCHMARKS.md, Ablation).
const PAIR: f32 = 0.75;

/// Maximum number of terms that retrieve passages, the heaviest of the query; more of them cost much and find little.
// A query of 100 characters has some 200 units and pairs, and its words beside them. What is cut off still adds to the scores
// of what the others retrieve.
const RETRIEVED_BY: usize = 96;

/// Terms and their weights; the same term from several texts counts for all of them.
pub(crate) type Terms = BTreeMap<IndexTerm, f32>;

/// Adds terms to others; the weights of those that are in both are summed.
pub(crate) fn add_terms(terms: &mut Terms, others: Terms) {
    for (term, weight) in others {
        *terms.entry(term).or_default() += weight;
    }
}

/// A query's terms by what they are for.
#[derive(Default)]
pub(crate) struct QueryTerms {
    /// Words and pairs of the passage's own text, which retrieve it.
    pub(crate) own: Terms,
    /// Single units of its text that only add to the score of what words and pairs retrieve. Where few passages hold these, units
    /// are among `own` and retrieve as well: `骨癌` finds 骨继发恶性肿瘤.
    pub(crate) singles: Terms,
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
    /// Any word, pair of units or, if these are met, single unit of any of the texts, in the passage itself.
    pub(super) fn words(&self, texts: &[(&str, f32)]) -> Result<Box<dyn Query>> {
        let terms = self.retrieving(texts)?;
        Ok(Box::new(BooleanQuery::new(self.any_of(terms.own)?)))
    }

    fn any_of(&self, terms: Terms) -> Result<Vec<Clause>> {
        let engine = || Error::engine(self.index.dir());
        let n_passages = self.statistics.passages().map_err(engine())?;
        let clause = |(term, weight): (IndexTerm, f32)| -> Result<Clause> {
            let bm25 = self.statistics.bm25(&term, n_passages).map_err(engine())?;
            let query = ScoredTermQuery {
                bm25: bm25.boost_by(weight),
                term,
                parts: Arc::clone(self.index.parts()),
            };
            Ok((Must::Should, Box::new(query)))
        };
        terms.into_iter().map(clause).collect()
    }

    /// The terms of all bare words of the query.
    pub(crate) fn terms(&self, node: &Node) -> Result<QueryTerms> {
        let mut texts = Vec::new();
        bare_words(node, 1.0, &mut texts);
        self.retrieving(&texts)
    }

    /// The terms of some texts, single units where they belong.
    fn retrieving(&self, texts: &[(&str, f32)]) -> Result<QueryTerms> {
        let mut terms = self.split(texts)?;
        // A query of a single character has nothing but single units: they must retrieve, or nothing is ever found by it.
        if self.meets_singles || terms.own.is_empty() {
            add_terms(&mut terms.own, std::mem::take(&mut terms.singles));
        }
        let QueryTerms {
            own,
            singles,
            added,
        } = &mut terms;
        self.prune_terms(own, RETRIEVED_BY, &mut added.own)?;
        self.prune_terms(singles, RETRIEVED_BY - own.len(), &mut added.own)?;
        Ok(terms)
    }

    fn split(&self, texts: &[(&str, f32)]) -> Result<QueryTerms> {
        let rows: Vec<Units> = texts.iter().map(|(text, _)| Units::new(text)).collect();
        let is_sentence = rows.iter().map(Units::len).sum::<usize>() > SENTENCE;
        let Ranking { grams, singles, .. } = self.ranking;
        let shares = match is_sentence {
            true => (grams * SENTENCE_GRAMS, singles * SENTENCE_UNITS),
            false => (grams, singles),
        };
        let mut split = QueryTerms::default();
        for (&(text, weight), units) in texts.iter().zip(&rows) {
            self.add_text(&mut split, (text, units), weight, shares)?;
            for other in self.index.synonyms().of(units) {
                let units = Units::new(other);
                self.add_text(&mut split, (other, &units), weight * OTHER_WORDING, shares)?;
            }
        }
        let Added {
            headings, title, ..
        } = &mut split.added;
        for terms in [&mut split.own, &mut split.singles, headings, title] {
            terms.retain(|_, weight| *weight > 0.0);
        }
        Ok(split)
    }

    /// Keeps the `most` weightiest of these terms where there are more; the others go to `rest`.
    fn prune_terms(&self, terms: &mut Terms, most: usize, rest: &mut Terms) -> Result<()> {
        if terms.len() <= most {
            return Ok(());
        }
        let statistics = self.statistics;
        let passages = statistics.passages();
        let n = passages.map_err(Error::engine(self.index.dir()))? as f32;
        let mut by_worth = Vec::with_capacity(terms.len());
        for (term, weight) in std::mem::take(terms) {
            let frequency = statistics
                .frequency(&term)
                .map_err(Error::engine(self.index.dir()))?;
            // Few words that a query could hold are in the index; they would push out terms that are.
            if frequency > 0 {
                let idf = (1.0 + n / (frequency as f32 + 0.5)).ln();
                by_worth.push((weight * idf, term, weight));
            }
        }
        // Equal ones in order of the terms: which of them retrieve must not depend on the order of a query.
        by_worth.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
        for (ord, (_, term, weight)) in by_worth.into_iter().enumerate() {
            let terms = if ord < most { &mut *terms } else { &mut *rest };
            *terms.entry(term).or_default() += weight;
        }
        Ok(())
    }

    fn add_text(
        &self,
        split: &mut QueryTerms,
        (text, units): (&str, &Units),
        weight: f32,
        (grams, single): (f32, f32),
    ) -> Result<()> {
        let fields = self.fields();
        let normalized = normalize(text);
        let vocabulary = Vocabulary::new(self.index, self.statistics);
        let words = vocabulary.words(&normalized);
        let text = QueryText {
            words: words.map_err(Error::engine(self.index.dir()))?,
            normalized: &normalized,
            units,
            grams,
            single,
        };
        let body = Searched {
            words: fields.words,
            zone: Zone::Body,
            weight,
        };
        self.add_words(&mut split.own, &text, body);
        self.add_singles(&mut split.singles, &text, body);
        for (terms, field, share) in [
            (
                &mut split.added.headings,
                fields.headings,
                self.ranking.heading,
            ),
            (&mut split.added.title, fields.title, self.ranking.title),
        ] {
            let above = Searched {
                words: field.words,
                zone: field.zone,
                weight: weight * share,
            };
            self.add_words(terms, &text, above);
            self.add_singles(terms, &text, above);
        }
        Ok(())
    }

    /// Adds the words of a text, the other readings of its numbers, and its pairs.
    fn add_words(&self, terms: &mut Terms, text: &QueryText<'_>, searched: Searched) {
        let (zone, weight) = (searched.zone, searched.weight);
        let mut add = |term, weight| *terms.entry(term).or_default() += weight;
        let word_term = |word: &str| IndexTerm::Word(Term::from_field_text(searched.words, word));
        for &word in &text.words {
            let weight = weight * self.ranking.words * self.kind(word);
            let listed = listed_units(word);
            match listed.and_then(|units| IndexTerm::of_units(zone, &units)) {
                Some(pair @ IndexTerm::Pair(..)) => add(pair, weight * PAIR),
                Some(unit) => add(unit, weight),
                None => add(word_term(word), weight),
            }
        }
        for number in readings(text.normalized) {
            add(
                word_term(&number),
                weight * self.ranking.words * OTHER_WORDING,
            );
        }
        for pair in pairs(zone, text.units) {
            add(pair, weight * text.grams);
        }
    }

    /// Adds the single units of a text.
    fn add_singles(&self, terms: &mut Terms, text: &QueryText<'_>, searched: Searched) {
        for unit in text.units.texts() {
            if let Some(term) = IndexTerm::of_units(searched.zone, &[unit]) {
                *terms.entry(term).or_default() += searched.weight * text.single * self.kind(unit);
            }
        }
    }

    /// What a word counts by its kind: function words say less about a text.
    fn kind(&self, word: &str) -> f32 {
        match is_function_word(word) {
            true => self.ranking.function_words,
            false => 1.0,
        }
    }
}

/// The bare words that count for the rank, with their weights.
fn bare_words<'a>(node: &'a Node, weight: f32, out: &mut Vec<(&'a str, f32)>) {
    match node {
        Node::Leaf(Leaf::Word(text)) => out.push((text, weight)),
        Node::Leaf(_) | Node::Restriction(_) | Node::Not(_) => {}
        Node::All(nodes) | Node::Any(nodes) | Node::Choice(nodes) => {
            nodes.iter().for_each(|node| bare_words(node, weight, out));
        }
        Node::Weighted(node, by) => bare_words(node, weight * by, out),
        Node::List(items) => {
            let present = items.iter().filter(|item| item.occur != Occur::Forbidden);
            present.for_each(|item| bare_words(&item.node, weight, out));
        }
    }
}

/// Pairs of the units of each sentence.
fn pairs(zone: Zone, units: &Units) -> impl Iterator<Item = IndexTerm> {
    let items = units.items();
    (1..units.len())
        .filter(|&ord| items[ord - 1].sentence == items[ord].sentence)
        .filter_map(move |ord| IndexTerm::of_units(zone, &[units.text(ord - 1), units.text(ord)]))
}

/// A text of a query as it is looked up.
struct QueryText<'a> {
    normalized: &'a str,
    /// Its words, as the vocabulary has them.
    words: Vec<&'a str>,
    units: &'a Units,
    /// What a pair of units counts, and a single one.
    grams: f32,
    single: f32,
}

/// Where a text is looked up, and how much that counts.
#[derive(Clone, Copy)]
struct Searched {
    words: Field,
    zone: Zone,
    weight: f32,
}
