//! Building an index, and bringing it up to date.

use std::path::PathBuf;
use std::time::Instant;

use pyo3::prelude::*;
use xunzhang::index::{Collection, UpdateOptions, read_dictionary, read_synonyms, update};
use xunzhang::source::ReadOptions;
use xunzhang::source::records::FieldMap;
use xunzhang::source::walk::Exclude;

use crate::cli::size;
use crate::cli::value::BadValue;
use crate::error::{bad_argument, bad_value, failed};
use crate::read;
use crate::run::run;
use crate::table::json;

/// Brings the index in `into` up to date with the files under `paths`, each with the name of its collection if it has one; the
/// summary as JSON.
#[pyfunction]
#[allow(clippy::too_many_arguments, reason = "the options of the command")]
pub(crate) fn build(
    py: Python<'_>,
    paths: Vec<(Option<String>, PathBuf)>,
    into: PathBuf,
    rebuild: bool,
    prune: bool,
    jobs: Option<usize>,
    memory: &str,
    dict: Vec<PathBuf>,
    synonyms: Vec<PathBuf>,
    exclude: Vec<String>,
    map: Option<&str>,
    progress: Option<&Bound<'_, PyAny>>,
) -> PyResult<String> {
    let started = Instant::now();
    let collections = paths.into_iter().map(|(name, path)| match name {
        None => Ok(path.into()),
        Some(name) => Collection::named(&name, path)
            .ok_or_else(|| bad_value(py, "paths", &BadValue::Collection)),
    });
    let collections = collections.collect::<PyResult<Vec<Collection>>>()?;
    let default = UpdateOptions::default();
    let jobs = jobs.unwrap_or(default.jobs).clamp(1, 64);
    let memory = size::parse(memory).map_err(|problem| bad_value(py, "memory", &problem))?;
    let memory = size::within_reach(memory, jobs);
    // Without patterns those of the last run are kept.
    let exclude = match &*exclude {
        [] => None,
        patterns => {
            let patterns = Exclude::new(patterns).map_err(xunzhang::source::Error::from);
            Some(patterns.map_err(|error| failed(py, error))?)
        }
    };
    let options = UpdateOptions {
        rebuild,
        prune,
        jobs,
        memory,
        exclude,
        map: map.map(|text| field_map(py, text)).transpose()?,
        read: ReadOptions {
            max_text: memory / size::TEXT_SHARE,
            ..read::options(py)
        },
        ..default
    };
    run(py, progress, |task| {
        let options = UpdateOptions {
            dictionary: read_dictionary(&dict)?,
            synonyms: read_synonyms(&synonyms)?,
            cancel: task.cancel.clone(),
            ..options
        };
        let summary = update(&into, &collections, &options, task.progress)?;
        Ok(json(&summary.json(started.elapsed().as_secs_f64())))
    })
}

fn field_map(py: Python<'_>, text: &str) -> PyResult<FieldMap> {
    let map: Result<FieldMap, _> = text.parse();
    map.map_err(|problem| bad_argument(py, "map", &problem.to_string()))
}
