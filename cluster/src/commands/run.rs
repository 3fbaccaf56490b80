//! Which command is run, and on what.

use std::io::Write;
use std::sync::Arc;

use serde::Serialize;
use tokio::runtime::Runtime;
use xunzhang_cluster::asking::Cluster;
use xunzhang_cluster::engine::Engine;
use xunzhang_cluster::set::ShardSet;
use xunzhang_cluster::{Error, Result};

use super::{ask, build, serve, sql};
use crate::arguments::{Arguments, Command};

/// Runs a command; whether it found anything.
pub(crate) fn run(arguments: Arguments, runtime: &Runtime) -> Result<bool> {
    let engine = match &arguments.scheduler {
        Some(address) => Engine::Scheduler(address.clone()),
        None => Engine::Here,
    };
    let cluster = |engine: Engine| -> Result<Arc<Cluster>> {
        let set = ShardSet::open(&arguments.index)?;
        let cluster = Cluster::new(set, engine, runtime.handle().clone());
        Ok(Arc::new(cluster.with_tasks(arguments.tasks)))
    };
    match arguments.command {
        Command::Build(build) => build::run(&build, &arguments.index, &engine, runtime),
        Command::Search(search) => ask::search(&search, &*cluster(engine)?),
        Command::Count(count) => ask::count(&count, &*cluster(engine)?),
        Command::Report(report) => ask::report(&report, &*cluster(engine)?),
        Command::Trend(trend) => ask::trend(&trend, &*cluster(engine)?),
        Command::Concordance(lines) => ask::concordance(&lines, &*cluster(engine)?),
        Command::Status(status) => ask::status(&status, &*cluster(engine)?),
        Command::Sql(sql) => sql::run(&sql, &cluster(engine)?, runtime),
        Command::Upload(upload) => {
            let set = ShardSet::open(&arguments.index)?;
            let uploaded = xunzhang_cluster::storage::upload(&set, &upload.to);
            runtime.block_on(uploaded).map(|()| true)
        }
        Command::Scheduler(scheduler) => serve::scheduler(&scheduler, runtime),
        Command::Executor(executor) => {
            serve::executor(&executor, arguments.scheduler.as_deref(), runtime)
        }
    }
}

/// Prints a value as one line of JSON.
pub(crate) fn print_json(value: &impl Serialize) -> Result<()> {
    let text = serde_json::to_string(value).map_err(|error| Error::Engine(error.to_string()))?;
    print(&format!(
        "{}\n",
        xunzhang::text::printable::escape_json(&text)
    ))
}

/// Prints a text. A reader that wants no more of it is no error.
pub(crate) fn print(text: &str) -> Result<()> {
    let mut out = std::io::stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => Err(Error::Io {
            path: "standard output".into(),
            source: error,
        }),
        _ => Ok(()),
    }
}
