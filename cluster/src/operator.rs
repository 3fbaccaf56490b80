//! The physical operator that does one thing on each shard.

use std::fmt;
use std::sync::{Arc, LazyLock};

use datafusion::arrow::datatypes::SchemaRef;
use datafusion::common::tree_node::TreeNodeRecursion;
use datafusion::error::{DataFusionError, Result};
use datafusion::execution::{SendableRecordBatchStream, TaskContext};
use datafusion::physical_expr::{EquivalenceProperties, PhysicalExpr};
use datafusion::physical_plan::execution_plan::{Boundedness, EmissionType};
use datafusion::physical_plan::stream::RecordBatchStreamAdapter;
use datafusion::physical_plan::{
    DisplayAs, DisplayFormatType, ExecutionPlan, Partitioning, PlanProperties,
};
use futures::StreamExt;
use futures::future::join_all;
use tokio::sync::{Semaphore, mpsc};

use crate::error::of_shard;
use crate::leaf::{self, Leaf};
use crate::work::{Operation, Results};

/// Batches that wait to be taken.
const WAITING: usize = 4;

/// Shards that are worked on at the same time in one process.
// Each keeps a processor busy; more of them would only take memory from one another.
static SLOTS: LazyLock<Arc<Semaphore>> = LazyLock::new(|| {
    let n = std::thread::available_parallelism().map_or(1, usize::from);
    Arc::new(Semaphore::new(n))
});

/// Does an operation on each shard that its input names: `BuildShard`, `SearchShard`, `CountShard`, `ConcordanceShard`, or the
/// rows of a table.
#[derive(Debug)]
pub struct ShardExec {
    operation: Arc<Operation>,
    /// The columns of a table that are wanted; `None` for all.
    columns: Option<Vec<usize>>,
    input: Arc<dyn ExecutionPlan>,
    properties: Arc<PlanProperties>,
}

impl ShardExec {
    /// The operation on the leaves of `input`, see [`leaf::source`].
    ///
    /// # Errors
    /// [`DataFusionError`] if there is no such column.
    pub fn new(
        operation: Arc<Operation>,
        columns: Option<Vec<usize>>,
        input: Arc<dyn ExecutionPlan>,
    ) -> Result<Self> {
        let schema: SchemaRef = match &columns {
            Some(columns) => Arc::new(operation.schema().project(columns)?),
            None => operation.schema(),
        };
        let n = input.properties().partitioning.partition_count();
        let properties = PlanProperties::new(
            EquivalenceProperties::new(schema),
            Partitioning::UnknownPartitioning(n),
            EmissionType::Incremental,
            Boundedness::Bounded,
        );
        Ok(Self {
            operation,
            columns,
            input,
            properties: Arc::new(properties),
        })
    }

    /// What is done.
    pub fn operation(&self) -> &Operation {
        &self.operation
    }

    /// The columns that are wanted.
    pub fn columns(&self) -> Option<&[usize]> {
        self.columns.as_deref()
    }
}

impl DisplayAs for ShardExec {
    fn fmt_as(&self, _: DisplayFormatType, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.operation.name())
    }
}

impl ExecutionPlan for ShardExec {
    fn name(&self) -> &str {
        self.operation.name()
    }

    fn properties(&self) -> &Arc<PlanProperties> {
        &self.properties
    }

    fn children(&self) -> Vec<&Arc<dyn ExecutionPlan>> {
        vec![&self.input]
    }

    fn apply_expressions(
        &self,
        _: &mut dyn FnMut(&Arc<dyn PhysicalExpr>) -> Result<TreeNodeRecursion>,
    ) -> Result<TreeNodeRecursion> {
        Ok(TreeNodeRecursion::Continue)
    }

    fn benefits_from_input_partitioning(&self) -> Vec<bool> {
        // A leaf is one shard: dividing the leaves otherwise would only move them.
        vec![false]
    }

    fn with_new_children(
        self: Arc<Self>,
        mut children: Vec<Arc<dyn ExecutionPlan>>,
    ) -> Result<Arc<dyn ExecutionPlan>> {
        let input = children.pop();
        let input = input.ok_or_else(|| DataFusionError::Internal("no input".to_owned()))?;
        let (operation, columns) = (Arc::clone(&self.operation), self.columns.clone());
        Ok(Arc::new(Self::new(operation, columns, input)?))
    }

    fn execute(
        &self,
        partition: usize,
        context: Arc<TaskContext>,
    ) -> Result<SendableRecordBatchStream> {
        let mut input = self.input.execute(partition, context)?;
        let (sender, receiver) = mpsc::channel(WAITING);
        let (operation, columns) = (Arc::clone(&self.operation), self.columns.clone());
        tokio::spawn(async move {
            while let Some(batch) = input.next().await {
                let leaves = match batch.and_then(|batch| leaf::of_batch(&batch)) {
                    Ok(leaves) => leaves,
                    Err(error) => {
                        let _ = sender.send(Err(error)).await;
                        return;
                    }
                };
                // Side by side as far as there are processors: a task may be all that a machine has to do.
                let shards = leaves.into_iter().map(|leaf| {
                    let (operation, columns) = (Arc::clone(&operation), columns.clone());
                    on_shard(operation, columns, leaf, &sender)
                });
                if join_all(shards).await.contains(&false) {
                    return;
                }
            }
        });
        let batches = futures::stream::unfold(receiver, |mut receiver| async {
            let batch = receiver.recv().await?;
            Some((batch, receiver))
        });
        Ok(Box::pin(RecordBatchStreamAdapter::new(
            self.schema(),
            batches,
        )))
    }
}

/// Does the operation on a thread of its own; whether to go on with the next shard.
async fn on_shard(
    operation: Arc<Operation>,
    columns: Option<Vec<usize>>,
    leaf: Leaf,
    sender: &Results,
) -> bool {
    // The semaphore is never closed.
    let slot = Arc::clone(&SLOTS).acquire_owned().await;
    let (results, name) = (sender.clone(), leaf.name.clone());
    let work = tokio::task::spawn_blocking(move || {
        let _slot = slot;
        operation.run(&leaf, columns.as_deref(), &results)
    });
    let reason = match work.await {
        Ok(Ok(())) => return true,
        Ok(Err(reason)) => reason,
        Err(panic) => panic.to_string(),
    };
    let _ = sender.send(Err(of_shard(&name, &reason))).await;
    false
}
