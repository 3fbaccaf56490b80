//! An index, opened for questions.

use std::sync::{Arc, OnceLock};

use tantivy::Searcher as Snapshot;

use crate::index::Index;
use crate::query::{self, Planner, Ranking, Statistics, Vocabulary};
use crate::search::{Error, Result};
use crate::task::Task;

/// An index as it was when the searcher was made; later commits don't change what it finds.
pub struct Searcher<'a> {
    pub(crate) index: &'a Index,
    pub(crate) snapshot: Snapshot,
    pub(super) ranking: Ranking,
    /// How rare words are.
    pub(crate) statistics: Statistics,
    /// What candidates are made of, opened at the first ranking.
    pub(super) columns: Arc<OnceLock<Vec<super::rank::columns::Columns>>>,
    /// What was found last, where this is a shard.
    pub(super) last_found: super::rank::found::LastFound,
    /// How long work is watched.
    pub(crate) task: Task<'a>,
}

impl<'a> Searcher<'a> {
    /// Looks at the index as it is now.
    pub fn new(index: &'a Index) -> Self {
        let snapshot = index.reader.searcher();
        Self {
            index,
            statistics: Statistics::new(index, &snapshot),
            snapshot,
            ranking: Ranking::default(),
            columns: Arc::default(),
            last_found: Arc::default(),
            task: Task::default(),
        }
    }

    /// The same index, seen at the same moment, with other statistics.
    pub(super) fn sibling(&self, statistics: Statistics) -> Self {
        Self {
            index: self.index,
            snapshot: self.snapshot.clone(),
            ranking: self.ranking,
            statistics,
            columns: Arc::clone(&self.columns),
            last_found: Arc::clone(&self.last_found),
            task: self.task.clone(),
        }
    }

    /// The same with other weights of the ranked reading.
    pub fn with_ranking(self, ranking: Ranking) -> Self {
        Self { ranking, ..self }
    }

    /// The same for work that `task` watches: what reads or compares a whole collection reports how far it is, and ends
    /// with [`crate::index::Error::Cancelled`] soon after the task is cancelled.
    pub fn with_task(self, task: Task<'a>) -> Self {
        Self { task, ..self }
    }

    /// Fails if the work is to end.
    ///
    /// # Errors
    /// [`crate::index::Error::Cancelled`].
    pub(crate) fn go_on(&self) -> Result<()> {
        match self.task.cancel.is_cancelled() {
            true => Err(crate::index::Error::Cancelled.into()),
            false => Ok(()),
        }
    }

    /// What the index says of itself.
    pub fn manifest(&self) -> &crate::index::Manifest {
        self.index.manifest()
    }

    /// The segmenter that the documents were cut with.
    pub fn segmenter(&self) -> &crate::text::words::Segmenter {
        self.index.segmenter()
    }

    /// The words that the passages were cut into.
    pub(crate) fn vocabulary(&self) -> Vocabulary<'_> {
        Vocabulary::new(self.index, &self.statistics)
    }

    /// Turns trees into queries of this index.
    pub fn planner(&self) -> Planner<'_> {
        Planner::new(self.index, self.ranking, &self.statistics)
    }

    /// Checks that all gaps and distances of `nodes` together cost no more than a query may, for those who find them by a
    /// scan of the text.
    ///
    /// # Errors
    /// [`crate::query::Error::TooExpensive`] if they do; [`crate::index::Error::Engine`] if the index can't be read.
    pub(crate) fn charge<'n>(
        &self,
        nodes: impl Iterator<Item = &'n crate::query::Node>,
    ) -> Result<()> {
        let planner = self.planner();
        let segments = self.snapshot.segment_readers();
        for leaf in nodes.flat_map(crate::query::Node::leaves) {
            planner.charge(leaf, segments)?;
        }
        Ok(())
    }

    /// Wraps what the engine says of this index.
    pub(crate) fn engine(&self) -> impl FnOnce(tantivy::TantivyError) -> Error {
        |error| query::Error::engine(self.index.dir())(error).into()
    }
}
