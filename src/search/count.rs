//! Counts, all by the exact reading: what a scan of every passage by units would count.

use std::collections::BTreeSet;

use serde::Serialize;
use tantivy::query::{EnableScoring, Query};
use tantivy::{DocSet, SegmentReader, TERMINATED};

use super::{Filter, Searcher, Total};
use crate::Result;
use crate::query::{Node, places};

/// How often and where a query stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Count {
    /// Places of all its words and phrases in the passages that match; a place of two of them counts twice.
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
    /// [`crate::Error::BadGlob`] if a path is no pattern; [`crate::Error::Engine`] if the index can't be read.
    pub fn count(&self, node: &Node, filter: &Filter) -> Result<Count> {
        let planner = self.planner();
        let query = self.filtered(planner.counted(node)?, filter)?;
        let leaves: Vec<Box<dyn Query>> = node
            .leaves()
            .into_iter()
            .map(|leaf| planner.leaf(leaf))
            .collect();
        let weight = self.unscored(query.as_ref())?;
        let leaves: Vec<_> = leaves
            .iter()
            .map(|leaf| self.unscored(leaf.as_ref()))
            .collect::<Result<_>>()?;
        let mut count = Count::default();
        for segment in self.snapshot.segment_readers() {
            let matching = docs(segment, weight.scorer(segment, 1.0).map_err(self.engine())?);
            let documents = documents_of(segment, &matching).map_err(self.engine())?;
            count.passages += matching.len() as u64;
            count.documents += documents;
            for leaf in &leaves {
                let mut scorer = leaf.scorer(segment, 1.0).map_err(self.engine())?;
                count.occurrences += occurrences(&mut *scorer, &matching);
            }
        }
        Ok(count)
    }

    /// How many passages and documents match `query`.
    pub(super) fn total(&self, query: &dyn Query) -> Result<Total> {
        let weight = self.unscored(query)?;
        let mut total = Total::default();
        for segment in self.snapshot.segment_readers() {
            let matching = docs(segment, weight.scorer(segment, 1.0).map_err(self.engine())?);
            total.passages += matching.len() as u64;
            total.documents += documents_of(segment, &matching).map_err(self.engine())?;
        }
        Ok(total)
    }

    pub(super) fn unscored(&self, query: &dyn Query) -> Result<Box<dyn tantivy::query::Weight>> {
        query
            .weight(EnableScoring::disabled_from_searcher(&self.snapshot))
            .map_err(self.engine())
    }
}

/// The documents of the segment that the scorer stands for and that are not deleted, ascending.
pub(super) fn docs(
    segment: &SegmentReader,
    mut scorer: Box<dyn tantivy::query::Scorer>,
) -> Vec<u32> {
    let mut out = Vec::new();
    while scorer.doc() != TERMINATED {
        if !segment.is_deleted(scorer.doc()) {
            out.push(scorer.doc());
        }
        scorer.advance();
    }
    out
}

/// A document's passages all stand in one segment, so that segments' numbers add up.
fn documents_of(segment: &SegmentReader, passages: &[u32]) -> tantivy::Result<u64> {
    let Some(column) = segment.fast_fields().str("document")? else {
        return Ok(0);
    };
    let ords: BTreeSet<u64> = passages
        .iter()
        .filter_map(|&doc| column.ords().first(doc))
        .collect();
    Ok(ords.len() as u64)
}

fn occurrences(scorer: &mut dyn tantivy::query::Scorer, matching: &[u32]) -> u64 {
    let mut sum = 0;
    for &doc in matching {
        if scorer.doc() < doc {
            scorer.seek(doc);
        }
        if scorer.doc() == doc {
            sum += u64::from(places(scorer));
        }
    }
    sum
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::{Index, UpdateOptions, update};
    use crate::query::parse;

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
