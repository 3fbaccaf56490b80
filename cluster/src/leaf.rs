//! What a partition of a plan is given: one shard, and what it alone is asked.

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

/// A source with one partition for each leaf.
///
/// A leaf operator of our own would be run once for each task, whatever its partitions: a scheduler knows how to restrict this
/// one to those of a task.
pub fn source(leaves: &[Leaf]) -> Result<Arc<dyn ExecutionPlan>> {
    let partition = |leaf: &Leaf| -> Result<Vec<RecordBatch>> {
        let text =
            serde_json::to_string(leaf).map_err(|error| DataFusionError::External(error.into()))?;
        let column = Arc::new(StringArray::from(vec![text]));
        Ok(vec![RecordBatch::try_new(schema(), vec![column])?])
    };
    let partitions = leaves.iter().map(partition).collect::<Result<Vec<_>>>()?;
    let source = MemorySourceConfig::try_new_exec(&partitions, schema(), None)?;
    Ok(source)
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
