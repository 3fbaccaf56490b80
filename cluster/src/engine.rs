//! Where plans run: in this process, or on the executors of a scheduler.

use std::sync::Arc;
use std::time::Duration;

use ballista_core::config::BallistaConfig;
use ballista_core::execution_plans::execute_physical_plan;
use ballista_core::extension::SessionConfigExt;
use datafusion::arrow::record_batch::RecordBatch;
use datafusion::execution::TaskContext;
use datafusion::physical_plan::coalesce_partitions::CoalescePartitionsExec;
use datafusion::physical_plan::{ExecutionPlan, ExecutionPlanProperties, collect, common};
use datafusion::prelude::SessionConfig;
use datafusion_proto::physical_plan::PhysicalExtensionCodec;
use datafusion_proto::protobuf::PhysicalPlanNode;

use crate::codec::ShardCodec;
use crate::error::{Error, Result};

/// Where plans run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Engine {
    /// In this process.
    Here,
    /// On the executors of the scheduler at this `HOST:PORT`.
    Scheduler(String),
}

/// How long a scheduler may take to accept a connection.
const CONNECT: Duration = Duration::from_secs(5);

impl Engine {
    /// Runs a plan.
    ///
    /// # Errors
    /// [`Error::Shard`] with the name of the shard that failed, [`Error::Scheduler`] without a scheduler, [`Error::Job`] if a
    /// scheduler or its executors did not finish, [`Error::Engine`].
    pub async fn run(
        &self,
        plan: Arc<dyn ExecutionPlan>,
        context: Arc<TaskContext>,
    ) -> Result<Vec<RecordBatch>> {
        match self {
            Self::Here => Ok(collect(plan, context).await?),
            Self::Scheduler(address) => submit(address, plan).await,
        }
    }
}

/// The settings of a session whose plans are run as they are.
pub fn session_config() -> SessionConfig {
    let codec: Arc<dyn PhysicalExtensionCodec> = Arc::new(ShardCodec::default());
    SessionConfig::new_with_ballista()
        .with_ballista_physical_extension_codec(codec)
        // Planning again while a job runs is on by default, and a shard must not be done twice.
        .set_str("ballista.planner.adaptive.enabled", "false")
}

async fn submit(address: &str, plan: Arc<dyn ExecutionPlan>) -> Result<Vec<RecordBatch>> {
    let unreachable = |reason: String| Error::Scheduler {
        address: address.to_owned(),
        reason,
    };
    let connecting = tokio::net::TcpStream::connect(address);
    match tokio::time::timeout(CONNECT, connecting).await {
        Ok(Ok(_)) => {}
        Ok(Err(error)) => return Err(unreachable(error.to_string())),
        Err(_) => return Err(unreachable(format!("nothing within {CONNECT:?}"))),
    }
    let plan: Arc<dyn ExecutionPlan> = match plan.output_partitioning().partition_count() {
        1 => plan,
        _ => Arc::new(CoalescePartitionsExec::new(plan)),
    };
    let (config, codec) = (BallistaConfig::default(), ShardCodec::default());
    let stream = execute_physical_plan::<PhysicalPlanNode>(
        format!("http://{address}"),
        &config,
        plan,
        &codec,
        session_id(),
        session_config(),
    );
    let batches = match stream.await {
        Ok(stream) => common::collect(stream).await,
        Err(error) => Err(error),
    };
    // What a broken connection says by itself would not name what broke.
    batches.map_err(|error| match Error::from(error) {
        Error::Engine(reason) => Error::Job {
            address: address.to_owned(),
            reason,
        },
        shard => shard,
    })
}

/// A name for a session that no other process has.
fn session_id() -> String {
    use std::sync::atomic::{AtomicU64, Ordering};
    static NEXT: AtomicU64 = AtomicU64::new(0);
    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
    let now = now.map_or(0, |now| now.as_nanos());
    let next = NEXT.fetch_add(1, Ordering::Relaxed);
    format!("xunzhang-{}-{now}-{next}", std::process::id())
}
