//! `xunzhang-cluster sql`.

use std::path::Path;
use std::sync::Arc;

use datafusion::error::DataFusionError;
use datafusion::execution::context::SQLOptions;
use datafusion::prelude::SessionContext;
use tokio::runtime::Runtime;
use xunzhang_cluster::asking::Cluster;
use xunzhang_cluster::engine::session_config;
use xunzhang_cluster::output::{RowFormat, read_input, write_file, write_rows};
use xunzhang_cluster::{Error, Result, tables};

use super::run::print;
use crate::arguments::{self, Sql};

pub(super) fn run(arguments: &Sql, cluster: &Arc<Cluster>, runtime: &Runtime) -> Result<bool> {
    let sql = match arguments.sql.as_str() {
        "-" => read_input()?,
        sql => sql.to_owned(),
    };
    let extension = arguments.output.as_deref().and_then(Path::extension);
    let format = match (arguments.format, extension.and_then(|it| it.to_str())) {
        (Some(arguments::RowFormat::Csv), _) | (None, Some("csv")) => RowFormat::Csv,
        (Some(arguments::RowFormat::Parquet), _) | (None, Some("parquet")) => RowFormat::Parquet,
        (Some(arguments::RowFormat::Table), _) | (None, _) => RowFormat::Table,
    };
    if let Some(path) = arguments.output.as_ref().filter(|path| path.exists())
        && !arguments.overwrite
    {
        // Before the work is done.
        return Err(Error::Exists(path.clone()));
    }
    let (schema, batches) = runtime.block_on(async {
        let context = SessionContext::new_with_config(session_config());
        tables::register(cluster, &context)?;
        // Nothing is written but by -o, and no file of the machine is read.
        let reading = SQLOptions::new()
            .with_allow_ddl(false)
            .with_allow_dml(false)
            .with_allow_statements(false);
        let frame = context
            .sql_with_options(&sql, reading)
            .await
            .map_err(of_sql)?;
        let plan = frame.create_physical_plan().await.map_err(of_sql)?;
        let schema = plan.schema();
        let batches = cluster.engine().run(plan, context.task_ctx()).await?;
        Ok::<_, Error>((schema, batches))
    })?;
    let n_rows: usize = batches.iter().map(|batch| batch.num_rows()).sum();
    match &arguments.output {
        Some(path) => write_file(path, arguments.overwrite, |out| {
            write_rows(format, &schema, &batches, out)
        })?,
        None if format == RowFormat::Parquet => {
            return Err(Error::Sql(
                "Parquet needs a file: -o FILE.parquet".to_owned(),
            ));
        }
        None => {
            let mut text = Vec::new();
            write_rows(format, &schema, &batches, &mut text)?;
            print(&String::from_utf8_lossy(&text))?;
        }
    }
    Ok(n_rows > 0)
}

/// What is wrong with a statement. A query inside it is reported as it is by itself.
fn of_sql(error: DataFusionError) -> Error {
    match Error::from(error) {
        Error::Engine(text) => {
            let text = text.strip_prefix("External error: ").unwrap_or(&text);
            Error::Sql(text.to_owned())
        }
        shard => shard,
    }
}
