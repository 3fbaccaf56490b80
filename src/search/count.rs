//! Counts, all by the exact reading: what a scan of every passage by units would count.

use std::cmp::Reverse;
use std::ops::Range;

use serde::Serialize;
use tantivy::query::{Query, Scorer};
use tantivy::{DocAddress, DocId};

use super::matches::Matches;
use super::{Filter, Searcher};
use crate::query::{Leaf, Node, places};
use crate::search::Result;
use crate::text::units::Units;

/// How often a query matches, and in how many passages and documents.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Count {
    /// Places of all its words and phrases in the passages that match; a place of two of them counts twice, but of the
    /// alternatives of one phrase that overlap the longest counts, as in a report.
    pub occurrences: u64,
    /// Passages that match.
    pub passages: u64,
    /// Documents that hold them.
    pub documents: u64,
}

impl Searcher<'_> {
    /// Counts `node` under `filter`.
    ///
    /// # Errors
    /// [`crate::query::Error::BadGlob`] if a path is no pattern; [`crate::index::Error::Engine`] if the index can't be read.
    pub fn count(&self, node: &Node, filter: &Filter) -> Result<Count> {
        let planner = self.planner();
        let query = self.filtered(planner.counted(node)?, filter)?;
        let leaves: Vec<Box<dyn Query>> = node
            .leaves()
            .into_iter()
            .map(|leaf| planner.leaf(leaf))
            .collect::<Result<_, _>>()?;
        let matches = self.matches(query.as_ref())?;
        let leaves: Vec<_> = leaves
            .iter()
            .map(|leaf| self.unscored(leaf.as_ref()))
            .collect::<Result<_>>()?;
        let mut occurrences = 0;
        for (segment, passages) in self.snapshot.segment_readers().iter().zip(&matches) {
            for leaf in &leaves {
                let mut scorer = leaf.scorer(segment, 1.0).map_err(self.engine())?;
                occurrences += occurrences_in(passages, &mut *scorer);
            }
        }
        self.index.parts().check().map_err(self.engine())?;
        let total = self.total(&matches)?;
        for choice in node.choices() {
            occurrences -= self.overlapping(&choice, &matches)?;
        }
        Ok(Count {
            occurrences,
            passages: total.passages,
            documents: total.documents,
        })
    }
}

impl Searcher<'_> {
    /// How many places of the alternatives of a phrase do not count, since a longer one covers a part of them.
    fn overlapping(&self, choice: &[&Leaf], matches: &Matches) -> Result<u64> {
        let leaves = choice.iter().map(|leaf| {
            let query = self.planner().leaf(leaf)?;
            self.unscored(query.as_ref())
        });
        let leaves: Vec<_> = leaves.collect::<Result<_>>()?;
        let mut sum = 0;
        for ((ord, segment), passages) in (0..).zip(self.snapshot.segment_readers()).zip(matches) {
            let mut held = vec![0_u8; passages.len()];
            for leaf in &leaves {
                let mut scorer = leaf.scorer(segment, 1.0).map_err(self.engine())?;
                count_held(passages, &mut *scorer, &mut held);
            }
            let several = passages.iter().zip(held).filter(|(_, held)| *held > 1);
            for (&doc, _) in several {
                let text = self.text_at(DocAddress::new(ord, doc))?;
                sum += n_covered(choice, &Units::new(&text));
            }
        }
        Ok(sum)
    }
}

/// The places of the alternatives of a phrase that count, longest first: of those of different alternatives that overlap the
/// longest, then the first, then that of the first alternative.
pub(super) fn counted_places(leaves: &[&Leaf], units: &Units) -> Vec<Range<usize>> {
    let mut kept: Vec<(Range<usize>, usize)> = Vec::new();
    for (place, ord) in all_places(leaves, units) {
        let is_apart = |(other, of): &(Range<usize>, usize)| {
            *of == ord || other.end <= place.start || place.end <= other.start
        };
        if kept.iter().all(is_apart) {
            kept.push((place, ord));
        }
    }
    kept.into_iter().map(|(place, _)| place).collect()
}

/// Every place with the ordinal of its leaf, longest first.
fn all_places(leaves: &[&Leaf], units: &Units) -> Vec<(Range<usize>, usize)> {
    let places = leaves.iter().enumerate().flat_map(|(ord, leaf)| {
        let found = leaf.find(units).into_iter();
        found.map(move |found| (found.units(), ord))
    });
    let mut places: Vec<(Range<usize>, usize)> = places.collect();
    places.sort_by_key(|(place, ord)| (Reverse(place.len()), place.start, *ord));
    places
}

/// How many places of the alternatives do not count.
fn n_covered(leaves: &[&Leaf], units: &Units) -> u64 {
    (all_places(leaves, units).len() - counted_places(leaves, units).len()) as u64
}

fn occurrences_in(passages: &[DocId], scorer: &mut dyn Scorer) -> u64 {
    let mut sum = 0;
    for &doc in passages {
        if scorer.doc() < doc {
            scorer.seek(doc);
        }
        if scorer.doc() == doc {
            sum += u64::from(places(scorer));
        }
    }
    sum
}

/// Counts for each passage how many of the leaves hold it, `scorer` being one of them.
fn count_held(passages: &[DocId], scorer: &mut dyn Scorer, held: &mut [u8]) {
    for (&doc, held) in passages.iter().zip(held) {
        if scorer.doc() < doc {
            scorer.seek(doc);
        }
        *held += u8::from(scorer.doc() == doc);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::{Index, UpdateOptions, update};
    use crate::query::parse;

    #[test]
    fn alternatives_count_as_a_scan_of_each_counts_them() {
        let places = |query: &str, text: &str| {
            let node = parse(query).expect("a query");
            let units = Units::new(text);
            let choices = node.choices();
            let each = choices[0].iter().map(|leaf| leaf.find(&units).len() as u64);
            (each.sum::<u64>(), n_covered(&choices[0], &units))
        };
        let text = "优化营商环境，改善营商环境。优化优化营商环境";
        assert_eq!(places("“(优化|改善)营商环境”", text), (3, 0));
        assert_eq!(places("“(优化|)营商环境”", text), (5, 2));
        assert_eq!(places("“(甲|乙丙)*丁”", "甲乙丙一丁"), (2, 1));
        // Places of one wording may overlap, as everywhere.
        assert_eq!(places("“(甲甲|乙)”", "甲甲甲乙"), (3, 0));
    }

    #[test]
    fn a_document_counts_once_however_many_threads_wrote() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let (corpus, dir) = (folder.path().join("corpus"), folder.path().join("index"));
        std::fs::create_dir(&corpus).expect("a folder");
        for file in 0..60 {
            let text = "各村整修水渠，整修道路。\n".repeat(40);
            std::fs::write(corpus.join(format!("{file}.txt")), text).expect("a file");
        }
        let options = UpdateOptions {
            jobs: 4,
            ..UpdateOptions::default()
        };
        update(&dir, &[corpus], &options, &|_| {}).expect("an index");
        let index = Index::open(&dir).expect("the index");
        let node = parse("\"整修\"").expect("a query");
        let count = Searcher::new(&index)
            .count(&node, &Filter::default())
            .expect("a count");
        let expected = Count {
            occurrences: 60 * 80,
            passages: 60 * 40,
            documents: 60,
        };
        assert_eq!(count, expected);
    }
}
