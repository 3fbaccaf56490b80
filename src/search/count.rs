//! Counts, all by the exact reading: what a scan of every passage by units would count.

use serde::Serialize;
use tantivy::DocId;
use tantivy::query::{Query, Scorer};

use super::{Filter, Searcher};
use crate::query::{Node, places};
use crate::search::Result;

/// How often a query matches, and in how many passages and documents.
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
        Ok(Count {
            occurrences,
            passages: total.passages,
            documents: total.documents,
        })
    }
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
