//! The scheduler and the executors of Ballista, with our operator.

use std::net::SocketAddr;
use std::sync::Arc;

use ballista_core::config::TaskSchedulingPolicy;
use ballista_executor::executor_process::{ExecutorProcessConfig, start_executor_process};
use ballista_scheduler::cluster::BallistaCluster;
use ballista_scheduler::config::SchedulerConfig;
use ballista_scheduler::scheduler_process::start_server;
use datafusion_proto::physical_plan::PhysicalExtensionCodec;

use crate::codec::ShardCodec;
use crate::error::{Error, Result};

/// Seconds after which a silent executor counts as dead; its tasks run elsewhere.
const DEAD: u64 = 10;

/// Seconds between two signs of life.
const HEARTBEAT: u64 = 2;

// Pushed tasks start at once; an executor that asks for work does so every 100 ms.
const POLICY: TaskSchedulingPolicy = TaskSchedulingPolicy::PushStaged;

fn codec() -> Arc<dyn PhysicalExtensionCodec> {
    Arc::new(ShardCodec::default())
}

fn engine(error: impl std::fmt::Display) -> Error {
    Error::Engine(error.to_string())
}

/// Serves as scheduler at `address` until the process ends.
///
/// # Errors
/// [`Error::Engine`] if the address is taken.
pub async fn scheduler(address: SocketAddr) -> Result<()> {
    let config = SchedulerConfig {
        bind_host: address.ip().to_string(),
        bind_port: address.port(),
        external_host: address.ip().to_string(),
        scheduling_policy: POLICY,
        executor_timeout_seconds: DEAD,
        expire_dead_executor_interval_seconds: HEARTBEAT,
        no_executors_grace_period_seconds: DEAD,
        override_physical_codec: Some(codec()),
        ..SchedulerConfig::default()
    };
    let cluster = BallistaCluster::new_from_config(&config)
        .await
        .map_err(engine)?;
    start_server(cluster, address, Arc::new(config))
        .await
        .map_err(engine)
}

/// How an executor serves.
#[derive(Clone, Debug)]
pub struct ExecutorOptions {
    /// The scheduler, `HOST:PORT`.
    pub scheduler: String,
    /// The address that others reach it at; results are fetched from its port, tasks come in at the next one.
    pub address: SocketAddr,
    /// Shards that it works on at the same time.
    pub slots: usize,
    /// Where it keeps results until they are fetched.
    pub work: String,
}

/// Serves as executor until the process ends.
///
/// # Errors
/// [`Error::Scheduler`] if the scheduler's address is invalid; [`Error::Engine`] without a scheduler, or a port is taken.
pub async fn executor(options: &ExecutorOptions) -> Result<()> {
    let parts = options.scheduler.rsplit_once(':');
    let parts = parts.and_then(|(host, port)| Some((host.to_owned(), port.parse().ok()?)));
    let (scheduler_host, scheduler_port) = parts.ok_or_else(|| Error::Scheduler {
        address: options.scheduler.clone(),
        reason: "expected HOST:PORT".to_owned(),
    })?;
    let config = ExecutorProcessConfig {
        scheduler_host,
        scheduler_port,
        scheduler_connect_timeout_seconds: 30,
        bind_host: options.address.ip().to_string(),
        external_host: Some(options.address.ip().to_string()),
        port: options.address.port(),
        grpc_port: options.address.port() + 1,
        work_dir: Some(options.work.clone()),
        vcores: options.slots,
        task_scheduling_policy: POLICY,
        executor_heartbeat_interval_seconds: HEARTBEAT,
        override_physical_codec: Some(codec()),
        ..ExecutorProcessConfig::default()
    };
    start_executor_process(Arc::new(config))
        .await
        .map_err(engine)
}
