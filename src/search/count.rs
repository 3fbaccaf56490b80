//! Counts, all by the exact reading: what a scan of every passage by units would count.

use std::cmp::Reverse;
use std::ops::Range;

use serde::{Deserialize, Serialize};
use tantivy::query::{Query, Scorer};
use tantivy::{DocAddress, DocId};

use super::matches::{Matches, Occurrences};
use super::{Filter, Searcher};
use crate::query::{Leaf, Node, places};
use crate::search::Result;
use crate::text::units::Units;

/// How often a query matches, and in how many passages and documents.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Count {
    /// Places of all its words and phrases in the passages that match; a place of two of them counts twice, but of the
    /// alternatives of one phrase that overlap the longest counts, as in a report.
    pub occurrences: u64,
    /// Passages that match.
    pub passages: u64,
    /// Documents that hold them.
    pub documents: u64,
}

/// Counts of parts of a collection that share no document.
impl std::ops::AddAssign for Count {
    fn add_assign(&mut self, other: Self) {
        self.occurrences += other.occurrences;
        self.passages += other.passages;
        self.documents += other.documents;
    }
}

impl Searcher<'_> {
    /// Counts `node` under `filter`.
    ///
    /// # Errors
    /// [`crate::query::Error::BadGlob`] if a path is no pattern; [`crate::index::Error::Engine`] if the index can't be read.
    pub fn count(&self, node: &Node, filter: &Filter) -> Result<Count> {
        let (matches, occurrences) = self.exact(node, filter)?;
        let total = self.total(&matches)?;
        let occurrences = occurrences.iter().flatten().copied();
        Ok(Count {
            occurrences: occurrences.map(u64::from).sum(),
            passages: total.passages,
            documents: total.documents,
        })
    }

    /// The passages that match in the exact reading, with the occurrences in each.
    pub(super) fn exact(&self, node: &Node, filter: &Filter) -> Result<(Matches, Occurrences)> {
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
        let mut occurrences: Occurrences = Vec::with_capacity(matches.len());
        for (segment, passages) in self.snapshot.segment_readers().iter().zip(&matches) {
            let mut here = vec![0; passages.len()];
            for leaf in &leaves {
                let mut scorer = leaf.scorer(segment, 1.0).map_err(self.engine())?;
                add_places(passages, &mut *scorer, &mut here);
            }
            occurrences.push(here);
        }
        self.index.parts().check().map_err(self.engine())?;
        for choice in node.choices() {
            self.subtract_overlapping(&choice, &matches, &mut occurrences)?;
        }
        Ok((matches, occurrences))
    }

    /// Takes off the places of the alternatives of a phrase that do not count, since a longer one covers a part of them.
    fn subtract_overlapping(
        &self,
        choice: &[&Leaf],
        matches: &Matches,
        occurrences: &mut Occurrences,
    ) -> Result<()> {
        let leaves = choice.iter().map(|leaf| {
            let query = self.planner().leaf(leaf)?;
            self.unscored(query.as_ref())
        });
        let leaves: Vec<_> = leaves.collect::<Result<_>>()?;
        let segments = (0..).zip(self.snapshot.segment_readers()).zip(matches);
        for (((ord, segment), passages), here) in segments.zip(occurrences) {
            let mut held = vec![0_u8; passages.len()];
            for leaf in &leaves {
                let mut scorer = leaf.scorer(segment, 1.0).map_err(self.engine())?;
                count_held(passages, &mut *scorer, &mut held);
            }
            let passages = passages.iter().zip(held).zip(here);
            for ((&doc, _), n) in passages.filter(|((_, held), _)| *held > 1) {
                let text = self.text_at(DocAddress::new(ord, doc))?;
                *n = n.saturating_sub(n_covered(choice, &Units::new(&text)));
            }
        }
        Ok(())
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
fn n_covered(leaves: &[&Leaf], units: &Units) -> u32 {
    (all_places(leaves, units).len() - counted_places(leaves, units).len()) as u32
}

/// Adds to the occurrences in each passage the places of a leaf, `scorer` being its.
fn add_places(passages: &[DocId], scorer: &mut dyn Scorer, occurrences: &mut [u32]) {
    for (&doc, n) in passages.iter().zip(occurrences) {
        if scorer.doc() < doc {
            scorer.seek(doc);
        }
        if scorer.doc() == doc {
            *n += places(scorer);
        }
    }
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
            let each = choices[0].iter().map(|leaf| leaf.find(&units).len());
            (each.sum::<usize>(), n_covered(&choices[0], &units))
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
