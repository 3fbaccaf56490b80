//! What a partition of a plan is given: shards, and what each alone is asked.

use std::num::NonZeroUsize;
use std::sync::Arc;

use datafusion::arrow::array::{RecordBatch, StringArray};
use datafusion::arrow::datatypes::{DataType, Field, Schema, SchemaRef};
use datafusion::datasource::memory::MemorySourceConfig;
use datafusion::error::{DataFusionError, Result};
use datafusion::physical_plan::ExecutionPlan;
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// One shard of a question.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Leaf {
    /// Its place among all shards.
    pub shard: usize,
    /// Its name, for messages.
    pub name: String,
    /// The folder or the address of its index.
    pub location: String,
    /// The fingerprint that its index must have.
    pub fingerprint: String,
    /// The hash of dictionary and synonyms that its index must have.
    pub words: String,
    /// What it alone is asked.
    pub own: Value,
}

fn schema() -> SchemaRef {
    Arc::new(Schema::new(vec![Field::new("leaf", DataType::Utf8, false)]))
}

/// A source with the leaves in `n_partitions` or fewer, each a run of adjacent leaves in one batch.
///
/// A leaf operator of our own would be run once for each task, whatever its partitions: a scheduler knows how to restrict this
/// one to those of a task.
pub fn source(leaves: &[Leaf], n_partitions: NonZeroUsize) -> Result<Arc<dyn ExecutionPlan>> {
    let partition = |leaves: &[Leaf]| -> Result<Vec<RecordBatch>> {
        let texts = leaves.iter().map(serde_json::to_string);
        let texts: Vec<String> = texts
            .collect::<Result<_, _>>()
            .map_err(|error| DataFusionError::External(error.into()))?;
        let column = Arc::new(StringArray::from(texts));
        Ok(vec![RecordBatch::try_new(schema(), vec![column])?])
    };
    let partitions = runs(leaves, n_partitions.get());
    let partitions = partitions.map(partition).collect::<Result<Vec<_>>>()?;
    let source = MemorySourceConfig::try_new_exec(&partitions, schema(), None)?;
    Ok(source)
}

/// Runs of adjacent items whose lengths differ by one at most; none is empty.
fn runs<T>(items: &[T], n: usize) -> impl Iterator<Item = &[T]> {
    let n = n.min(items.len());
    let end = move |ord: usize| items.len() * ord / n.max(1);
    (0..n).map(move |ord| &items[end(ord)..end(ord + 1)])
}

/// The leaves of a batch.
pub(crate) fn of_batch(batch: &RecordBatch) -> Result<Vec<Leaf>> {
    let bad = || DataFusionError::Internal("a batch without leaves".to_owned());
    let column = batch.column(0).as_any().downcast_ref::<StringArray>();
    let texts = column.ok_or_else(bad)?.iter().flatten();
    let leaf = |text: &str| {
        serde_json::from_str(text).map_err(|error| DataFusionError::External(error.into()))
    };
    texts.map(leaf).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn runs_hold_every_item_once_and_are_alike() {
        for n_items in 0..40 {
            let items: Vec<usize> = (0..n_items).collect();
            for n in 1..12 {
                let lengths: Vec<usize> = runs(&items, n).map(<[usize]>::len).collect();
                assert_eq!(lengths.len(), n.min(n_items));
                let (least, most) = (lengths.iter().min(), lengths.iter().max());
                assert!(least.is_none_or(|least| *least > 0 && most.is_some_and(|most| most - least < 2)));
                assert_eq!(
                    runs(&items, n).flatten().copied().collect::<Vec<_>>(),
                    items
                );
            }
        }
    }
}
