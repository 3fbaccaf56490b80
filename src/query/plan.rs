//! From the tree to the engine's query.
//!
//! Two readings of a tree: **ranked**, where bare words side by side are split into words and pairs and any of
//! them will do, and **exact**, where every word means its characters. Counts take the exact reading.

use std::ops::{Bound, RangeInclusive};
use std::sync::Arc;

use tantivy::SegmentReader;
use tantivy::query::{
    BooleanQuery, BoostQuery, ConstScoreQuery, Occur as Must, Query, RangeQuery, TermQuery,
    TermSetQuery,
};
use tantivy::schema::{Field, IndexRecordOption, Term};

use super::ancestor::AncestorQuery;
use super::budget::Budget;
use super::exact::ExactQuery;
use super::id_pattern::IdPattern;
use super::statistics::Statistics;
use super::tree::{Item, Leaf, Node, Occur, Restriction, needs_optional};
use crate::index::{Fields, Index, InheritedField, Zone};
use crate::query::Result;
use crate::text::normalize::normalize;
use crate::text::pattern::Pattern;
use crate::text::sequences::Join;

/// How much each reading of a text counts.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Ranking {
    /// Words of the passage.
    pub words: f32,
    /// Pairs of units.
    pub grams: f32,
    /// Words and pairs of the section path.
    pub heading: f32,
    /// Words and pairs of the document's title.
    pub title: f32,
    /// Single units.
    pub singles: f32,
    /// Second stage: single units again.
    pub units: f32,
    /// Second stage: the share of the query that the passage holds.
    pub coverage: f32,
    /// Second stage: the longest run of units that query and passage share.
    pub run: f32,
    /// Words that ask or join and mean little by themselves, against other words.
    pub function_words: f32,
    /// Ranking of documents: how much the passages beside the best one add.
    pub others: f32,
}

impl Ranking {
    /// The weight of this name, to be changed.
    pub fn weight_mut(&mut self, name: &str) -> Option<&mut f32> {
        Some(match name {
            "words" => &mut self.words,
            "grams" => &mut self.grams,
            "heading" => &mut self.heading,
            "title" => &mut self.title,
            "singles" => &mut self.singles,
            "units" => &mut self.units,
            "coverage" => &mut self.coverage,
            "run" => &mut self.run,
            "function_words" => &mut self.function_words,
            "others" => &mut self.others,
            _ => return None,
        })
    }
}

impl Default for Ranking {
    fn default() -> Self {
        // Chosen on judged collections, see BENCHMARKS.md.
        Self {
            words: 0.75,
            grams: 0.5,
            heading: 0.3,
            title: 0.3,
            singles: 0.7,
            units: 0.5,
            coverage: 1.0,
            run: 0.75,
            function_words: 0.3,
            others: 0.25,
        }
    }
}

/// Turns trees into queries of one index.
pub struct Planner<'a> {
    /// The index.
    pub index: &'a Index,
    /// Weights of the ranked reading.
    pub ranking: Ranking,
    /// How rare words are.
    pub(crate) statistics: &'a Statistics,
    /// What all queries that it makes may cost together.
    budget: Arc<Budget>,
    /// Whether bare words match passages that hold nothing but single units of theirs.
    pub(super) meets_singles: bool,
}

pub(super) type Clause = (Must, Box<dyn Query>);

impl<'a> Planner<'a> {
    /// A planner for one query that a user asks.
    pub(crate) fn new(index: &'a Index, ranking: Ranking, statistics: &'a Statistics) -> Self {
        Self {
            index,
            ranking,
            statistics,
            budget: Arc::default(),
            meets_singles: true,
        }
    }

    /// The same, but bare words match no passage that holds nothing but single units of theirs, if they have more than one.
    pub(crate) fn without_singles(self) -> Self {
        Self {
            meets_singles: false,
            ..self
        }
    }
}

impl Planner<'_> {
    /// The passages that match in the ranked reading, scored.
    ///
    /// # Errors
    /// [`crate::query::Error::BadGlob`] if a path is no pattern; [`crate::index::Error::Engine`] if the index can't be read.
    pub fn ranked(&self, node: &Node) -> Result<Box<dyn Query>> {
        match node {
            Node::Leaf(Leaf::Word(text)) => self.words(&[(text, 1.0)]),
            Node::Weighted(inner, weight) => {
                Ok(Box::new(BoostQuery::new(self.ranked(inner)?, *weight)))
            }
            Node::List(items) => self.ranked_list(items),
            _ => self.exact(node, Some(self.ranking)),
        }
    }

    /// The passages that match in the exact reading.
    ///
    /// # Errors
    /// As for [`Planner::ranked`].
    pub fn counted(&self, node: &Node) -> Result<Box<dyn Query>> {
        self.exact(node, None)
    }

    /// The passages that hold the leaf.
    ///
    /// # Errors
    /// [`crate::index::Error::Engine`] if the index can't be read.
    pub(crate) fn leaf(&self, leaf: &Leaf) -> Result<Box<dyn Query>> {
        let Some(query) = self.exact_leaf(leaf) else {
            return Ok(none());
        };
        let bm25 = self.statistics.bm25_of_all(&query.terms());
        let bm25 = bm25.map_err(crate::query::Error::engine(self.index.dir()))?;
        Ok(Box::new(query.scored(bm25)))
    }

    /// Takes out of the budget what asking for `leaf` costs, for one that is looked for in another way.
    ///
    /// # Errors
    /// [`crate::query::Error::TooExpensive`] if so much is not left; [`crate::index::Error::Engine`] if the index can't be read.
    pub(crate) fn charge(&self, leaf: &Leaf, segments: &[SegmentReader]) -> Result<()> {
        let engine = || crate::query::Error::engine(self.index.dir());
        match self.exact_leaf(leaf) {
            Some(query) => query.charge(segments).map_err(engine()),
            None => Ok(()),
        }
    }

    /// The passages that hold all of the leaves, unscored.
    pub(crate) fn all_of(&self, leaves: &[&Leaf]) -> Box<dyn Query> {
        let queries = leaves.iter().map(|leaf| self.exact_leaf(leaf));
        let queries: Option<Vec<ExactQuery>> = queries.collect();
        let mut queries = queries.unwrap_or_default().into_iter();
        match queries.next() {
            Some(first) => Box::new(first.and(queries.collect())),
            None => none(),
        }
    }

    fn exact_leaf(&self, leaf: &Leaf) -> Option<ExactQuery> {
        Some(match leaf {
            Leaf::Word(text) => self.pattern(Zone::Body, &Pattern::phrase(text)?),
            Leaf::Pattern(pattern) => self.pattern(Zone::Body, pattern),
            Leaf::Near {
                left,
                right,
                distance,
            } => {
                let rows = vec![left.clone(), right.clone()];
                self.rows(Zone::Body, rows, Join::Near(*distance))
            }
        })
    }

    /// Passages under `restriction`, unscored.
    ///
    /// # Errors
    /// As for [`Planner::ranked`].
    pub fn restriction(&self, restriction: &Restriction) -> Result<Box<dyn Query>> {
        let fields = self.fields();
        let query: Box<dyn Query> = match restriction {
            Restriction::Title(pattern) => self.above(fields.title, pattern),
            Restriction::Heading(pattern) => self.above(fields.headings, pattern),
            // What a record names is indexed as written, in either script; there are few kinds, issuers and collections.
            Restriction::Kind(kind) => {
                let wanted = normalize(kind.trim());
                self.named(fields.kind, |own| normalize(own.trim()) == wanted)?
            }
            Restriction::Issuer(text) => {
                let wanted = normalize(text.trim());
                self.named(fields.issuer, |own| normalize(own).contains(&wanted))?
            }
            Restriction::Collection(name) => {
                let wanted = normalize(name.trim());
                self.named(fields.collection, |own| normalize(own) == wanted)?
            }
            Restriction::Role(role) => {
                let role = Term::from_field_text(fields.role, &normalize(role));
                Box::new(TermQuery::new(role, IndexRecordOption::Basic))
            }
            Restriction::Year(years) => {
                any_of(years.ranges().iter().map(|years| range(fields.year, years)))
            }
            Restriction::Dates(dates) => self.dated(dates),
            Restriction::Path(pattern) => self.path(pattern)?,
        };
        Ok(Box::new(ConstScoreQuery::new(query, 0.0)))
    }

    /// Passages of documents dated within a span, or with one of the less exact dates beside it.
    fn dated(&self, dates: &crate::query::Dates) -> Box<dyn Query> {
        let (span, beside) = dates.sortable();
        let beside = beside.into_iter().map(|value| value..=value);
        let ranges = [span].into_iter().chain(beside);
        any_of(ranges.map(|values| range(self.fields().date, &values)))
    }

    /// Passages whose value in `field` is one that `is_meant`.
    fn named(&self, field: Field, is_meant: impl Fn(&str) -> bool) -> Result<Box<dyn Query>> {
        let names = self.index.terms(field, is_meant)?;
        let terms = names.iter().map(|name| Term::from_field_text(field, name));
        Ok(Box::new(TermSetQuery::new(terms)))
    }

    pub(super) fn fields(&self) -> &Fields {
        &self.index.fields
    }

    fn ranked_list(&self, items: &[Item]) -> Result<Box<dyn Query>> {
        let mut words: Vec<(&str, f32)> = Vec::new();
        let mut clauses: Vec<Clause> = Vec::new();
        for item in items {
            match (item.occur, &item.node) {
                (Occur::Optional, node) => match weighted_word(node) {
                    Some(word) => words.push(word),
                    None => clauses.push((Must::Should, self.ranked(node)?)),
                },
                (Occur::Required, node) => {
                    clauses.push((Must::Must, self.exact(node, Some(self.ranking))?))
                }
                (Occur::Forbidden, node) => clauses.push((Must::MustNot, self.exact(node, None)?)),
            }
        }
        if !words.is_empty() {
            let words = self.words(&words)?;
            if clauses.is_empty() {
                return Ok(words);
            }
            clauses.push((Must::Should, words));
        }
        Ok(self.listed(items, clauses))
    }

    /// The exact reading; with `ranking`, words that must be there count for the rank by their parts as well.
    fn exact(&self, node: &Node, ranking: Option<Ranking>) -> Result<Box<dyn Query>> {
        Ok(match node {
            Node::Leaf(Leaf::Word(text)) if ranking.is_some() => {
                let leaf = self.leaf(&Leaf::Word(text.clone()))?;
                self.boolean(vec![
                    (Must::Must, leaf),
                    (Must::Should, self.words(&[(text, 1.0)])?),
                ])
            }
            Node::Leaf(leaf) => self.leaf(leaf)?,
            Node::Restriction(restriction) => self.restriction(restriction)?,
            Node::All(nodes) => {
                let clauses = nodes.iter().map(|node| match node {
                    Node::Not(inner) => Ok((Must::MustNot, self.exact(inner, None)?)),
                    _ => Ok((Must::Must, self.exact(node, ranking)?)),
                });
                self.boolean(clauses.collect::<Result<_>>()?)
            }
            Node::Any(nodes) | Node::Choice(nodes) => {
                let clauses = nodes
                    .iter()
                    .map(|node| Ok((Must::Should, self.exact(node, ranking)?)));
                self.boolean(clauses.collect::<Result<_>>()?)
            }
            Node::Not(inner) => self.boolean(vec![(Must::MustNot, self.exact(inner, None)?)]),
            Node::Weighted(inner, weight) => {
                Box::new(BoostQuery::new(self.exact(inner, ranking)?, *weight))
            }
            Node::List(items) => {
                let clauses = items.iter().map(|item| match item.occur {
                    Occur::Optional => Ok((Must::Should, self.exact(&item.node, ranking)?)),
                    Occur::Required => Ok((Must::Must, self.exact(&item.node, ranking)?)),
                    Occur::Forbidden => Ok((Must::MustNot, self.exact(&item.node, None)?)),
                });
                self.listed(items, clauses.collect::<Result<_>>()?)
            }
        })
    }

    /// The parts of a list as one query.
    fn listed(&self, items: &[Item], clauses: Vec<Clause>) -> Box<dyn Query> {
        if needs_optional(items) {
            return Box::new(BooleanQuery::with_minimum_required_clauses(clauses, 1));
        }
        self.boolean(clauses)
    }

    /// A Boolean query that needs no positive part: without one, all passages are meant.
    fn boolean(&self, mut clauses: Vec<Clause>) -> Box<dyn Query> {
        if clauses.iter().all(|(must, _)| *must == Must::MustNot) {
            clauses.push((Must::Must, self.all_passages()));
        }
        Box::new(BooleanQuery::new(clauses))
    }

    /// All passages, unscored.
    pub(crate) fn all_passages(&self) -> Box<dyn Query> {
        let term = Term::from_field_text(self.fields().record_type, crate::index::TYPE_PASSAGE);
        Box::new(ConstScoreQuery::new(
            Box::new(TermQuery::new(term, IndexRecordOption::Basic)),
            0.0,
        ))
    }

    fn pattern(&self, zone: Zone, pattern: &Pattern) -> ExactQuery {
        let join = Join::InOrder(pattern.gaps.clone());
        self.rows(zone, pattern.rows.clone(), join)
    }

    fn rows(&self, zone: Zone, rows: Vec<Vec<String>>, join: Join) -> ExactQuery {
        ExactQuery::new(zone, (rows, join), (self.index.parts(), &self.budget))
    }

    /// Passages below a text that holds the pattern.
    fn above(&self, above: InheritedField, pattern: &Pattern) -> Box<dyn Query> {
        let first = Box::new(self.pattern(above.zone, pattern));
        Box::new(AncestorQuery { above, first })
    }

    fn path(&self, pattern: &str) -> Result<Box<dyn Query>> {
        let pattern = IdPattern::new(pattern, &self.index.manifest().id_prefixes())?;
        let fields = self.fields();
        let ids = self.index.terms(fields.id, |id| pattern.covers(id))?;
        Ok(Box::new(TermSetQuery::new(
            ids.iter()
                .map(|id| Term::from_field_text(fields.document, id)),
        )))
    }
}

fn weighted_word(node: &Node) -> Option<(&str, f32)> {
    match node {
        Node::Leaf(Leaf::Word(text)) => Some((text, 1.0)),
        Node::Weighted(inner, weight) => {
            weighted_word(inner).map(|(text, inner)| (text, inner * weight))
        }
        _ => None,
    }
}

fn none() -> Box<dyn Query> {
    Box::new(tantivy::query::EmptyQuery)
}
/// Records whose number in `field` is one of `values`.
fn range(field: Field, values: &RangeInclusive<u64>) -> Box<dyn Query> {
    let bound = |value: u64| Bound::Included(Term::from_field_u64(field, value));
    Box::new(RangeQuery::new(
        bound(*values.start()),
        bound(*values.end()),
    ))
}

fn any_of(queries: impl Iterator<Item = Box<dyn Query>>) -> Box<dyn Query> {
    Box::new(BooleanQuery::union(queries.collect()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::query::parse;

    #[test]
    fn each_weight_has_a_name_of_its_own() {
        const NAMES: [&str; 10] = [
            "words",
            "grams",
            "heading",
            "title",
            "singles",
            "units",
            "coverage",
            "run",
            "function_words",
            "others",
        ];
        let values = |ranking: &mut Ranking| {
            NAMES.map(|name| ranking.weight_mut(name).map(|weight| *weight))
        };
        let own = values(&mut Ranking::default());
        for (ord, name) in NAMES.into_iter().enumerate() {
            let mut ranking = Ranking::default();
            *ranking.weight_mut(name).expect("a weight") = 9.0;
            let mut expected = own;
            expected[ord] = Some(9.0);
            assert_eq!(values(&mut ranking), expected, "{name}");
        }
        for name in ["", "Words", "word", "headings"] {
            assert_eq!(Ranking::default().weight_mut(name), None);
        }
    }

    #[test]
    fn a_word_is_weighted_by_all_that_stands_around_it() {
        for (query, expected) in [
            ("水渠", Some(("水渠", 1.0))),
            ("水渠^2", Some(("水渠", 2.0))),
            ("(水渠^2)^3", Some(("水渠", 6.0))),
            ("\"水渠\"", None),
            ("\"水渠\"^2", None),
            ("水渠 道路", None),
            ("kind:总结", None),
        ] {
            let node = parse(query).expect("a query");
            assert_eq!(weighted_word(&node), expected, "{query}");
        }
    }
}
