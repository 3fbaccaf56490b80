//! A collection that answers: every question to its shards by one plan.

use std::collections::BTreeMap;
use std::num::NonZeroUsize;
use std::sync::Arc;

use datafusion::arrow::array::{Array, BinaryArray, Int64Array, RecordBatch};
use datafusion::execution::TaskContext;
use serde::de::DeserializeOwned;
use serde_json::Value;
use tokio::runtime::Handle;
use xunzhang::parallel;
use xunzhang::report::keywords::Keywords;
use xunzhang::report::tally::{Part, Tally, TallyOptions, tally_of};
use xunzhang::search::shards::{Answer, ConcordanceRows, Own, Question, Shards};
use xunzhang::search::{ConcordanceOptions, Results, SearchOptions};

use crate::engine::Engine;
use crate::error::{Error, Result};
use crate::leaf::{Leaf, source};
use crate::operator::ShardExec;
use crate::set::ShardSet;
use crate::work::{self, Entry, Operation};

/// A collection and where it is asked.
#[derive(Debug)]
pub struct Cluster {
    set: ShardSet,
    engine: Engine,
    runtime: Handle,
    tasks: NonZeroUsize,
}

/// Tasks of a question, unless said otherwise.
const TASKS: NonZeroUsize = NonZeroUsize::new(8).unwrap();

impl Cluster {
    /// The collection, asked by `engine` on `runtime`; its questions block, so that they must come from other threads than those
    /// of the runtime.
    pub fn new(set: ShardSet, engine: Engine, runtime: Handle) -> Self {
        Self {
            set,
            engine,
            runtime,
            tasks: TASKS,
        }
    }

    /// The same with `tasks` tasks for a question at most, among which a scheduler's executors divide the shards: as many as
    /// there are executors, or a few times more if they differ.
    // A task costs a scheduler some milliseconds whatever it does, so that one for each shard would be most of a search.
    pub fn with_tasks(self, tasks: NonZeroUsize) -> Self {
        Self { tasks, ..self }
    }

    /// The collection.
    pub fn set(&self) -> &ShardSet {
        &self.set
    }

    /// Where it is asked.
    pub fn engine(&self) -> &Engine {
        &self.engine
    }

    /// All shards, with nothing of their own to answer.
    pub fn leaves(&self) -> Vec<Leaf> {
        let all = 0..self.set.list.shards.len();
        all.map(|shard| self.leaf(shard, Value::Null)).collect()
    }

    fn leaf(&self, ord: usize, own: Value) -> Leaf {
        let shard = &self.set.list.shards[ord];
        let location = self.set.location(shard);
        Leaf {
            shard: ord,
            name: match shard.name.is_empty() {
                true => location.clone(),
                false => shard.name.clone(),
            },
            location,
            fingerprint: shard.fingerprint.clone(),
            words: self.set.list.words.clone(),
            own,
        }
    }

    /// Runs a search, as one index with all documents would.
    ///
    /// # Errors
    /// [`Error::Search`] if the query can't be parsed; [`Error::Shard`] and others if not every shard answers.
    pub fn search(&self, query: &str, options: &SearchOptions) -> Result<Results> {
        xunzhang::search::shards::search(self, query, options)
    }

    /// The occurrences of a query with their contexts.
    ///
    /// # Errors
    /// As for [`Cluster::search`].
    pub fn concordance(
        &self,
        query: &str,
        options: &ConcordanceOptions,
    ) -> Result<ConcordanceRows> {
        xunzhang::search::shards::concordance(self, query, options)
    }

    /// Counts keywords.
    ///
    /// # Errors
    /// As for [`Cluster::search`].
    pub fn tally(&self, keywords: &Keywords, options: &TallyOptions) -> Result<Tally> {
        let entries = keywords.entries.iter();
        let entries = entries.map(|entry| (entry.text.clone(), entry.group.clone()));
        let entries: Vec<Entry> = entries.collect();
        let parts: Vec<Part> = if self.engine == Engine::Here {
            let leaves = self.leaves().into_iter().map(|leaf| (leaf, ()));
            here(leaves.collect(), |leaf, ()| {
                work::tallied(leaf, &entries, options)
            })?
        } else {
            let options = options.clone();
            self.answers(Operation::Tally { entries, options }, self.leaves())?
        };
        let of = (&*self.set.list.fingerprint, keywords);
        Ok(tally_of(parts, of, options))
    }

    /// The answers of all leaves, in their order.
    fn answers<T: DeserializeOwned>(
        &self,
        operation: Operation,
        leaves: Vec<Leaf>,
    ) -> Result<Vec<T>> {
        self.runtime
            .block_on(answers(&self.engine, operation, &leaves, self.tasks))
    }
}

/// What `f` gives for each leaf, by the processors of this process.
// Without a plan, batches and JSON, which take longer than what a small shard has to do for one of the four steps of a search.
fn here<O: Send, T: Send>(
    leaves: Vec<(Leaf, O)>,
    f: impl Fn(&Leaf, O) -> Result<T, String> + Sync,
) -> Result<Vec<T>> {
    let threads = std::thread::available_parallelism().unwrap_or(NonZeroUsize::MIN);
    parallel::try_map(leaves, threads, |(leaf, own)| {
        f(&leaf, own).map_err(|reason| Error::Shard {
            name: leaf.name,
            reason,
        })
    })
}

/// Runs an operation on some shards in at most `tasks` tasks and gives their answers, in order of the leaves.
///
/// # Errors
/// [`Error::Shard`] with the first shard that failed, that did not answer, or that answered twice.
pub async fn answers<T: DeserializeOwned>(
    engine: &Engine,
    operation: Operation,
    leaves: &[Leaf],
    tasks: NonZeroUsize,
) -> Result<Vec<T>> {
    if leaves.is_empty() {
        return Ok(Vec::new());
    }
    let exec = ShardExec::new(Arc::new(operation), None, source(leaves, tasks)?)?;
    let context = Arc::new(TaskContext::default());
    let batches = engine.run(Arc::new(exec), context).await?;
    let mut chunks: BTreeMap<i64, BTreeMap<i64, (i64, Vec<u8>)>> = BTreeMap::new();
    for batch in &batches {
        for (shard, chunk, n, bytes) in chunks_of(batch)? {
            let of_shard = chunks.entry(shard).or_default();
            if of_shard.insert(chunk, (n, bytes)).is_some() {
                return Err(failed(leaves, shard, "it answered twice"));
            }
        }
    }
    let answer = |leaf: &Leaf| {
        let shard = leaf.shard as i64;
        let of_shard = chunks.get(&shard);
        let n = of_shard.and_then(|chunks| Some(chunks.first_key_value()?.1.0));
        let whole = of_shard.filter(|chunks| Some(chunks.len() as i64) == n);
        // What is left out would make the whole a wrong answer.
        let Some(whole) = whole else {
            return Err(failed(leaves, shard, "it gave no whole answer"));
        };
        let bytes: Vec<u8> = whole
            .values()
            .flat_map(|(_, bytes)| bytes)
            .copied()
            .collect();
        let answer = serde_json::from_slice(&bytes);
        answer.map_err(|error| failed(leaves, shard, &error.to_string()))
    };
    leaves.iter().map(answer).collect()
}

fn failed(leaves: &[Leaf], shard: i64, reason: &str) -> Error {
    let leaf = leaves.iter().find(|leaf| leaf.shard as i64 == shard);
    Error::Shard {
        name: leaf.map_or_else(|| shard.to_string(), |leaf| leaf.name.clone()),
        reason: reason.to_owned(),
    }
}

/// Shard, chunk, number of chunks, bytes.
type Chunk = (i64, i64, i64, Vec<u8>);

fn chunks_of(batch: &RecordBatch) -> Result<Vec<Chunk>> {
    let bad = || Error::Engine("an executor of another version answered".to_owned());
    if batch.num_columns() != 4 {
        return Err(bad());
    }
    let number = |column: usize| batch.column(column).as_any().downcast_ref::<Int64Array>();
    let bytes = batch.column(3).as_any().downcast_ref::<BinaryArray>();
    let (Some(shards), Some(chunks), Some(ns), Some(bytes)) =
        (number(0), number(1), number(2), bytes)
    else {
        return Err(bad());
    };
    let rows = 0..batch.num_rows();
    let row = |row: usize| {
        let bytes = bytes.value(row).to_vec();
        (shards.value(row), chunks.value(row), ns.value(row), bytes)
    };
    Ok(rows.map(row).collect())
}

impl Shards for Cluster {
    type Error = Error;

    fn n_shards(&self) -> usize {
        self.set.list.shards.len()
    }

    fn ask(&self, question: &Question, own: Vec<(usize, Own)>) -> Result<Vec<Answer>> {
        if self.engine == Engine::Here {
            let own = own.into_iter();
            let asked = own.map(|(shard, own)| (self.leaf(shard, Value::Null), own));
            return here(asked.collect(), |leaf, own| {
                work::answer(leaf, question, &own)
            });
        }
        let leaf = |(shard, own): (usize, Own)| {
            let own = serde_json::to_value(&own);
            let own = own.map_err(|error| Error::Engine(error.to_string()))?;
            Ok(self.leaf(shard, own))
        };
        let leaves = own.into_iter().map(leaf).collect::<Result<Vec<_>>>()?;
        self.answers(Operation::Ask(question.clone()), leaves)
    }
}
