//! What is done on one shard: the library's work, and rows of what it gives.

use std::collections::BTreeSet;
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use datafusion::arrow::array::{ArrayRef, BinaryArray, Int64Array, RecordBatch};
use datafusion::arrow::datatypes::{DataType, Field, Schema, SchemaRef};
use serde::{Deserialize, Serialize};
use tokio::sync::mpsc::Sender;
use xunzhang::index::{Collection, Index, UpdateOptions, update};
use xunzhang::query::parse;
use xunzhang::report::keywords::from_entries;
use xunzhang::report::tally::{Part, TallyOptions, part};
use xunzhang::search::shards::{Answer, Own, Question};
use xunzhang::search::{DocumentFilter, Filter, Order, ScannedDocument, ScannedPassage};
use xunzhang::source::walk::Exclude;

use crate::leaf::Leaf;
use crate::opened;
use crate::set::Sources;
use crate::tables::{Row, Rows, Table};

/// What is done on each shard.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub enum Operation {
    /// Its index is built.
    Build(BuildJob),
    /// It answers a question of a search, a count or a concordance.
    Ask(Question),
    /// Keywords are counted.
    Tally {
        /// Entries, each with its group.
        entries: Vec<Entry>,
        /// How they are counted.
        options: TallyOptions,
    },
    /// Its rows of a table are read.
    Rows(Table),
}

/// The text of an entry of a report, and its group.
pub type Entry = (String, Option<String>);

/// How shards are built.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct BuildJob {
    /// The folder of the collection.
    pub into: PathBuf,
    /// What it is built from.
    pub sources: Sources,
    /// Bytes that may be held back before they are written.
    pub memory: usize,
}

/// What came of building a shard.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct BuiltShard {
    /// The summary of the update, as JSON; `None` if it was there already.
    pub summary: Option<serde_json::Value>,
    /// Which process built it.
    pub process: u32,
}

/// Where results of a shard go; they end when their reader is gone.
pub type Results = Sender<datafusion::error::Result<RecordBatch>>;

/// Bytes of an answer in one row.
// Messages between executors are at most 16 MB by default, and batches of one row each are cut nowhere.
const CHUNK: usize = 1 << 20;

impl Operation {
    /// The name of its operator.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Build(_) => "BuildShard",
            Self::Ask(question) => match question {
                Question::Numbers { .. }
                | Question::First { .. }
                | Question::Refine { .. }
                | Question::Show { .. } => "SearchShard",
                Question::Count { .. } => "CountShard",
                Question::Occurrences { .. } | Question::Lines => "ConcordanceShard",
            },
            Self::Tally { .. } => "CountShard",
            Self::Rows(_) => "ShardRows",
        }
    }

    /// The columns of its results.
    pub fn schema(&self) -> SchemaRef {
        match self {
            Self::Rows(table) => table.schema(),
            Self::Build(_) | Self::Ask(_) | Self::Tally { .. } => answer_schema(),
        }
    }

    /// Does it on one shard; `columns` are those of a table that are wanted.
    ///
    /// # Errors
    /// What is wrong, for people.
    pub fn run(
        &self,
        leaf: &Leaf,
        columns: Option<&[usize]>,
        results: &Results,
    ) -> Result<(), String> {
        match self {
            Self::Build(job) => {
                let built = build(job, leaf)?;
                send(leaf, &built, results)
            }
            Self::Ask(question) => {
                let own = serde_json::from_value(leaf.own.clone());
                let own: Own = own.map_err(|error| error.to_string())?;
                send(leaf, &answer(leaf, question, &own)?, results)
            }
            Self::Tally { entries, options } => {
                send(leaf, &tallied(leaf, entries, options)?, results)
            }
            Self::Rows(table) => rows(table, leaf, columns, results),
        }
    }
}

/// The answer of a shard to a question of a search, a count or a concordance.
///
/// # Errors
/// What is wrong, for people.
pub fn answer(leaf: &Leaf, question: &Question, own: &Own) -> Result<Answer, String> {
    let shard = opened::open(leaf)?;
    let answer = shard.searcher().answer(question, own);
    answer.map_err(|error| error.to_string())
}

/// The numbers of a shard for a report.
///
/// # Errors
/// What is wrong, for people.
pub fn tallied(leaf: &Leaf, entries: &[Entry], options: &TallyOptions) -> Result<Part, String> {
    let shard = opened::open(leaf)?;
    let keywords = from_entries(entries).map_err(|error| error.to_string())?;
    // Shards are counted side by side, each by one thread.
    let options = TallyOptions {
        threads: NonZeroUsize::MIN,
        ..options.clone()
    };
    let part = part(shard.searcher(), &keywords, &options);
    part.map_err(|error| error.to_string())
}

fn answer_schema() -> SchemaRef {
    let number = |name| Field::new(name, DataType::Int64, false);
    Arc::new(Schema::new(vec![
        number("shard"),
        number("chunk"),
        number("chunks"),
        Field::new("bytes", DataType::Binary, false),
    ]))
}

/// Sends an answer in chunks.
fn send<T: Serialize>(leaf: &Leaf, answer: &T, results: &Results) -> Result<(), String> {
    let bytes = serde_json::to_vec(answer).map_err(|error| error.to_string())?;
    let n = bytes.len().div_ceil(CHUNK);
    for (ord, chunk) in bytes.chunks(CHUNK).enumerate() {
        let numbers = [leaf.shard, ord, n].map(|number| number as i64);
        let number = |value: i64| Arc::new(Int64Array::from(vec![value])) as ArrayRef;
        let columns = numbers.into_iter().map(number);
        let bytes = Arc::new(BinaryArray::from(vec![chunk])) as ArrayRef;
        let columns = columns.chain([bytes]).collect();
        let batch = RecordBatch::try_new(answer_schema(), columns);
        if results.blocking_send(batch.map_err(Into::into)).is_err() {
            return Ok(());
        }
    }
    Ok(())
}

/// Builds a shard under a name of its own and renames it, so that it is there whole or not at all, and once however often it is
/// tried.
fn build(job: &BuildJob, leaf: &Leaf) -> Result<BuiltShard, String> {
    let process = std::process::id();
    let place = PathBuf::from(&leaf.location);
    if Index::open(&place).is_ok() {
        let summary = None;
        return Ok(BuiltShard { summary, process });
    }
    let list = job.into.join("lists").join(format!("{}.json", leaf.name));
    let ids = std::fs::read(&list).map_err(|error| format!("{}: {error}", list.display()))?;
    let ids: BTreeSet<String> = serde_json::from_slice(&ids).map_err(|error| error.to_string())?;
    let n_files = ids.len() as u64;
    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
    let now = now.map_or(0, |now| now.as_nanos());
    let building = job.into.join("building");
    let temporary = building.join(format!("{}-{process}-{now}", leaf.name));
    std::fs::create_dir_all(&building).map_err(|error| error.to_string())?;
    let started = std::time::Instant::now();
    let built = update_at(&temporary, job, ids);
    let summary = match built {
        Ok(summary) => summary,
        Err(reason) => {
            let _ = std::fs::remove_dir_all(&temporary);
            return Err(reason);
        }
    };
    let index = Index::open(&temporary).map_err(|error| error.to_string())?;
    let n_known = index.manifest().files + summary.skipped.len() as u64;
    drop(index);
    if n_known < n_files {
        let _ = std::fs::remove_dir_all(&temporary);
        let n = n_files - n_known;
        return Err(format!(
            "{n} of its files went while it was built; build again"
        ));
    }
    if let Err(error) = std::fs::rename(&temporary, &place) {
        let _ = std::fs::remove_dir_all(&temporary);
        // Another attempt was first: of the same files it made the same index.
        if Index::open(&place).is_err() {
            return Err(format!("{}: {error}", place.display()));
        }
    }
    Ok(BuiltShard {
        summary: Some(summary.json(started.elapsed().as_secs_f64())),
        process,
    })
}

fn update_at(
    dir: &Path,
    job: &BuildJob,
    ids: BTreeSet<String>,
) -> Result<xunzhang::index::Summary, String> {
    let sources = &job.sources;
    let roots = sources.places.iter();
    let roots: Vec<Collection> = roots
        .map(|(name, path)| Collection {
            name: name.clone(),
            path: path.clone(),
        })
        .collect();
    let exclude = Exclude::new(&sources.exclude).map_err(|error| error.to_string())?;
    let options = UpdateOptions {
        jobs: 1,
        memory: job.memory,
        dictionary: Some(sources.dictionary.clone()),
        synonyms: Some(sources.synonyms.clone()),
        exclude: Some(exclude),
        map: Some(sources.map.clone()),
        only: Some(Arc::new(ids)),
        ..UpdateOptions::default()
    };
    update(dir, &roots, &options, &|_| {}).map_err(|error| error.to_string())
}

/// Ends a scan whose reader is gone.
fn unwanted() -> xunzhang::search::Error {
    xunzhang::index::Error::Cancelled.into()
}

fn rows(
    table: &Table,
    leaf: &Leaf,
    columns: Option<&[usize]>,
    results: &Results,
) -> Result<(), String> {
    let shard = opened::open(leaf)?;
    let searcher = shard.searcher();
    let wanted = table.wanted(columns);
    let emit = |rows: &mut Rows| match rows.take() {
        Some(batch) => results
            .blocking_send(batch.map_err(Into::into))
            .map_err(|_| unwanted()),
        None => Ok(()),
    };
    let finish = |outcome: xunzhang::search::Result<()>| match outcome {
        Err(_) if results.is_closed() => Ok(()),
        outcome => outcome.map_err(|error| error.to_string()),
    };
    let mut rows = Rows::new(table, &wanted);
    match table {
        Table::Documents => {
            let documents = searcher.documents(&DocumentFilter::default(), None, Order::Path);
            let documents = documents.map_err(|error| error.to_string())?;
            for document in &documents {
                rows.push(&Row::of_document(document));
                if rows.is_full() && emit(&mut rows).is_err() {
                    return Ok(());
                }
            }
            finish(emit(&mut rows))
        }
        Table::Passages | Table::Occurrences { .. } => {
            let node = match table {
                Table::Occurrences { query } => {
                    Some(parse(query).map_err(|error| error.to_string())?)
                }
                _ => None,
            };
            let shared = Mutex::new(rows);
            let visit =
                |_: &mut (), document: &ScannedDocument, passages: &[ScannedPassage<'_>]| {
                    // One thread scans a shard; the lock is for the compiler.
                    let mut rows = shared
                        .lock()
                        .unwrap_or_else(std::sync::PoisonError::into_inner);
                    for passage in passages {
                        let row = Row::of_passage(document, passage, node.as_ref(), &wanted);
                        rows.extend(row);
                        if rows.is_full() {
                            emit(&mut rows)?;
                        }
                    }
                    Ok(())
                };
            let filter = Filter::default();
            let scan = match &node {
                Some(node) => searcher.scan_matching(node, &filter),
                None => searcher.document_scan(&filter),
            };
            let scan = scan.map_err(|error| error.to_string())?;
            let outcome = scan.run(NonZeroUsize::MIN, || (), visit).map(drop);
            let mut rows = shared.into_inner();
            let last = rows.as_mut().map(emit);
            finish(outcome.and(last.unwrap_or(Ok(()))))
        }
    }
}
