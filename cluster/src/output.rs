//! Answers as JSON, and rows as a table, CSV or Parquet.

use std::fs::{self, File};
use std::io::{Read, Write};
use std::path::Path;

use datafusion::arrow::csv::WriterBuilder;
use datafusion::arrow::datatypes::SchemaRef;
use datafusion::arrow::record_batch::RecordBatch;
use datafusion::arrow::util::pretty::pretty_format_batches;
use datafusion::parquet::arrow::ArrowWriter;
use serde::Serialize;
use xunzhang::report::numbers::{Cooccurrence, CountedCollection, Entries, Excerpts};
use xunzhang::report::tally::Tally;
use xunzhang::search::{Count, Hit, Results, Total};

use crate::error::{Error, Result};

/// A search with the field names of the product's JSON.
#[derive(Serialize)]
pub struct SearchAnswer<'a> {
    query: &'a str,
    took_ms: f64,
    total: Totals,
    hits: &'a [Hit],
}

#[derive(Serialize)]
struct Totals {
    #[serde(flatten)]
    total: Total,
    exact: Count,
}

impl<'a> SearchAnswer<'a> {
    /// The answer to a query that took so long, with its counts by the exact reading.
    pub fn new(query: &'a str, took_ms: f64, exact: Count, results: &'a Results) -> Self {
        Self {
            query,
            took_ms,
            total: Totals {
                total: results.total,
                exact,
            },
            hits: &results.hits,
        }
    }
}

/// A count with the field names of the product's JSON.
#[derive(Serialize)]
pub struct CountAnswer<'a> {
    /// The query.
    pub query: &'a str,
    /// Its counts.
    #[serde(flatten)]
    pub count: Count,
}

/// A report with the field names of the product's JSON.
#[derive(Serialize)]
pub struct ReportAnswer<'a> {
    fingerprint: &'a str,
    collection: CountedCollection,
    entries: Entries<'a>,
    cooccurrence: Option<Cooccurrence<'a>>,
    excerpts: Excerpts<'a>,
}

impl<'a> ReportAnswer<'a> {
    /// The numbers of a tally.
    pub fn new(tally: &'a Tally) -> Self {
        let pairs = tally.pairs.as_deref();
        Self {
            fingerprint: &tally.fingerprint,
            collection: CountedCollection::new(tally),
            entries: Entries::new(tally),
            cooccurrence: pairs.map(|pairs| Cooccurrence {
                entries: &tally.entries,
                pairs,
            }),
            excerpts: Excerpts {
                tally,
                excerpts: &tally.excerpts,
            },
        }
    }
}

/// How rows are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RowFormat {
    /// For people.
    Table,
    /// Comma-separated values with a header.
    Csv,
    /// Apache Parquet.
    Parquet,
}

/// Writes rows.
///
/// # Errors
/// [`Error::Engine`] if they can't be written so.
pub fn write_rows(
    format: RowFormat,
    schema: &SchemaRef,
    batches: &[RecordBatch],
    out: &mut (dyn Write + Send),
) -> Result<()> {
    let failed = |error: &dyn std::fmt::Display| Error::Engine(error.to_string());
    match format {
        RowFormat::Table => {
            let table = match batches.is_empty() {
                true => pretty_format_batches(&[RecordBatch::new_empty(schema.clone())]),
                false => pretty_format_batches(batches),
            };
            let table = table.map_err(|error| failed(&error))?;
            writeln!(out, "{table}").map_err(|error| failed(&error))?;
        }
        RowFormat::Csv => {
            let mut writer = WriterBuilder::new().with_header(true).build(out);
            let empty = [RecordBatch::new_empty(schema.clone())];
            let batches = if batches.is_empty() { &empty } else { batches };
            for batch in batches {
                writer.write(batch).map_err(|error| failed(&error))?;
            }
        }
        RowFormat::Parquet => {
            let mut writer =
                ArrowWriter::try_new(out, schema.clone(), None).map_err(|error| failed(&error))?;
            for batch in batches {
                writer.write(batch).map_err(|error| failed(&error))?;
            }
            writer.close().map_err(|error| failed(&error))?;
        }
    }
    Ok(())
}

/// Writes a file whole or not at all.
///
/// # Errors
/// [`Error::Exists`] if there is one that may not be replaced; [`Error::Io`].
pub fn write_file(
    path: &Path,
    overwrite: bool,
    write: impl FnOnce(&mut (dyn Write + Send)) -> Result<()>,
) -> Result<()> {
    if path.symlink_metadata().is_ok() && !overwrite {
        return Err(Error::Exists(path.into()));
    }
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let temporary = path.with_file_name(format!(".{name}.{}", std::process::id()));
    let mut file = File::create(&temporary).map_err(Error::io(&temporary))?;
    let written = write(&mut file).and_then(|()| {
        file.sync_all().map_err(Error::io(&temporary))?;
        fs::rename(&temporary, path).map_err(Error::io(path))
    });
    if written.is_err() {
        let _ = fs::remove_file(&temporary);
    }
    written
}

/// Reads standard input, for a query or a list that is `-`.
///
/// # Errors
/// [`Error::Io`].
pub fn read_input() -> Result<String> {
    let mut text = String::new();
    let read = std::io::stdin().lock().read_to_string(&mut text);
    read.map_err(Error::io("standard input"))?;
    Ok(text)
}
