//! How a score arose.

use serde::{Deserialize, Serialize};
use tantivy::DocAddress;
use tantivy::query::EnableScoring;

use super::candidate::Candidate;
use super::candidate::Holds;
use super::columns::Columns;
use super::rerank::Evidence;
use crate::query::{Leaf, Node, Occur, add_terms, shift};
use crate::search::{Result, Searcher};

/// What each part of the ranking gave a hit.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Explanation {
    /// What each word and phrase gives by itself, in order of the query; a word or pair of two of them counts for both, and a
    /// single unit may count here and in `added`.
    pub parts: Vec<PartScore>,
    /// BM25 of the words, numbers, synonyms, pairs and phrases that the passage was retrieved by.
    pub retrieved: f32,
    /// BM25 of the query's words and pairs in the headings and the title above, of the lightest of a long query, and of single
    /// units that it was not retrieved by.
    pub added: f32,
    /// BM25 of the query's single units.
    pub units: f32,
    /// Share of the query's units that the passage holds, by their rarity, 0 to 1.
    pub coverage: f32,
    /// Share of the query's units in the longest run that both have, 0 to 1.
    pub run: f32,
    /// How much of the query's words the passage holds: those that hold more are raised above those that hold less.
    pub holds: Holds,
}

/// What one word or phrase of a query gave.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PartScore {
    /// The word or phrase.
    pub part: String,
    /// Its BM25, times its weight.
    pub score: f32,
}

impl Searcher<'_> {
    /// How the score of a candidate with this text arose.
    pub(in crate::search) fn explain(
        &self,
        node: &Node,
        meets_singles: bool,
        (candidate, text): (&Candidate, &str),
        columns: &[Columns],
    ) -> Result<Explanation> {
        let mut terms = self.planner_for(meets_singles).terms(node)?;
        add_terms(&mut terms.added.own, std::mem::take(&mut terms.singles));
        let alone = Candidate {
            score: 0.0,
            ..*candidate
        };
        let mut added = [alone];
        self.add_terms(&terms.added, &mut added, columns)?;
        let Evidence {
            units,
            coverage,
            run,
            holds,
        } = self.evidence(node, text)?;
        let mut leaves = Vec::new();
        weighted_leaves(node, 1.0, &mut leaves);
        let parts = leaves.into_iter().map(|(leaf, weight)| {
            let score =
                self.retrieved(&Node::Leaf(leaf.clone()), meets_singles, candidate.address)?;
            Ok(PartScore {
                part: leaf.to_string(),
                score: score * weight,
            })
        });
        Ok(Explanation {
            parts: parts.collect::<Result<_>>()?,
            retrieved: self.retrieved(node, meets_singles, candidate.address)?,
            added: added[0].score,
            units,
            coverage,
            run,
            holds,
        })
    }

    /// The first stage's score of one passage.
    fn retrieved(&self, node: &Node, meets_singles: bool, address: DocAddress) -> Result<f32> {
        // Each with a budget of its own.
        let query = self.planner_for(meets_singles).ranked(node)?;
        let scoring =
            EnableScoring::enabled_from_statistics_provider(&self.statistics, &self.snapshot);
        // As the first stage scores it, so that the same sum comes out.
        let scale = (1_u32 << shift(node)) as f32;
        let score = || {
            let segment = self.snapshot.segment_reader(address.segment_ord);
            let mut scorer = query.weight(scoring)?.scorer(segment, 1.0 / scale)?;
            if scorer.doc() < address.doc_id {
                scorer.seek(address.doc_id);
            }
            let is_found = scorer.doc() == address.doc_id;
            Ok(if is_found {
                scorer.score() * scale
            } else {
                0.0
            })
        };
        score().map_err(self.engine())
    }
}

/// The words and phrases that may give something, with their weights.
fn weighted_leaves<'a>(node: &'a Node, weight: f32, out: &mut Vec<(&'a Leaf, f32)>) {
    match node {
        Node::Leaf(leaf) => out.push((leaf, weight)),
        Node::Restriction(_) | Node::Not(_) => {}
        Node::All(nodes) | Node::Any(nodes) | Node::Choice(nodes) => {
            nodes
                .iter()
                .for_each(|node| weighted_leaves(node, weight, out));
        }
        Node::Weighted(inner, by) => weighted_leaves(inner, weight * by, out),
        Node::List(items) => {
            let present = items.iter().filter(|item| item.occur != Occur::Forbidden);
            present.for_each(|item| weighted_leaves(&item.node, weight, out));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::{Index, UpdateOptions, update};
    use crate::query::parse;
    use crate::search::SearchOptions;

    #[test]
    fn leaves_come_with_the_weights_around_them() {
        for (query, expected) in [
            ("农民 安置", &[("农民", 1.0), ("安置", 1.0)][..]),
            ("农民^2", &[("农民", 2.0)]),
            ("(农民^2 安置)^3", &[("农民", 6.0), ("安置", 3.0)]),
            ("+农民 -安置 水渠", &[("农民", 1.0), ("水渠", 1.0)]),
            ("农民 AND NOT 安置", &[("农民", 1.0)]),
            ("农民 OR \"安置\"", &[("农民", 1.0), ("\"安置\"", 1.0)]),
            ("kind:总结 农民", &[("农民", 1.0)]),
        ] {
            let node = parse(query).expect("a query");
            let mut leaves = Vec::new();
            weighted_leaves(&node, 1.0, &mut leaves);
            let told: Vec<(String, f32)> = leaves
                .into_iter()
                .map(|(leaf, weight)| (leaf.to_string(), weight))
                .collect();
            let expected: Vec<(String, f32)> = expected
                .iter()
                .map(|&(leaf, weight)| (leaf.to_owned(), weight))
                .collect();
            assert_eq!(told, expected, "{query}");
        }
    }

    #[test]
    fn what_is_told_is_what_ranks() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let (corpus, dir) = (folder.path().join("corpus"), folder.path().join("index"));
        std::fs::create_dir(&corpus).expect("a folder");
        for (name, text) in [
            (
                "甲.txt",
                "水利总结\n一、水渠整修\n各村整修水渠，水渠通了。\n二、道路\n修路。\n",
            ),
            ("乙.txt", "道路总结\n拨付资金。\n水渠失修。\n"),
        ] {
            std::fs::write(corpus.join(name), text).expect("a file");
        }
        update(&dir, &[corpus], &UpdateOptions::default(), &|_| {}).expect("an index");
        let index = Index::open(&dir).expect("the index");
        let searcher = Searcher::new(&index);
        let options = SearchOptions {
            explain: true,
            collapse: false,
            ..SearchOptions::default()
        };
        for query in ["水渠", "整修水渠", "水渠 OR 道路", "\"整修水渠\""] {
            let node = parse(query).expect("a query");
            let hits = searcher.search(&node, &options).expect("hits").hits;
            assert!(!hits.is_empty(), "{query}");
            for hit in hits {
                let told = hit.explanation.expect("an explanation");
                assert!((0.0..=1.0).contains(&told.coverage), "{query}");
                assert!((0.0..=1.0).contains(&told.run), "{query}");
                let is_first = told.parts.first().map(|part| &*part.part);
                assert_eq!(
                    is_first,
                    node.leaves().first().map(ToString::to_string).as_deref()
                );
                // A text that holds a phrase as it is written holds all of the query.
                if hit.passage.text.contains(query) {
                    assert_eq!(told.holds, Holds::Written, "{query}");
                    assert!(told.coverage > 0.99 && told.run > 0.99, "{query}");
                    assert!(told.retrieved > 0.0, "{query}");
                }
            }
        }
    }
}
