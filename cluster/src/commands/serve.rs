//! `xunzhang-cluster scheduler` and `executor`.

use tokio::runtime::Runtime;
use xunzhang_cluster::Result;
use xunzhang_cluster::server::{self, ExecutorOptions};

use crate::arguments::{Executor, Scheduler};

pub(super) fn scheduler(arguments: &Scheduler, runtime: &Runtime) -> Result<bool> {
    eprintln!("scheduler at {}", arguments.addr);
    runtime.block_on(server::scheduler(arguments.addr))?;
    Ok(true)
}

pub(super) fn executor(
    arguments: &Executor,
    scheduler: Option<&str>,
    runtime: &Runtime,
) -> Result<bool> {
    let processors = std::thread::available_parallelism().map_or(1, usize::from);
    let work = arguments.work.clone().unwrap_or_else(|| {
        let name = format!("xunzhang-executor-{}", arguments.addr.port());
        std::env::temp_dir().join(name)
    });
    let options = ExecutorOptions {
        scheduler: scheduler.unwrap_or("127.0.0.1:50050").to_owned(),
        address: arguments.addr,
        slots: arguments.slots.unwrap_or(processors),
        work: work.display().to_string(),
    };
    eprintln!("executor at {}, {} slots", options.address, options.slots);
    runtime.block_on(server::executor(&options))?;
    Ok(true)
}
