//! `xunzhang-cluster build`.

use std::path::PathBuf;

use tokio::runtime::Runtime;
use xunzhang::index::{read_dictionary, read_synonyms};
use xunzhang_cluster::build::{BuildOptions, build};
use xunzhang_cluster::engine::Engine;
use xunzhang_cluster::set::Sources;
use xunzhang_cluster::{Error, Result};

use super::run::print_json;
use crate::arguments::Build;

pub(super) fn run(
    arguments: &Build,
    index: &str,
    engine: &Engine,
    runtime: &Runtime,
) -> Result<bool> {
    let into = arguments
        .into
        .clone()
        .unwrap_or_else(|| PathBuf::from(index));
    // Executors have folders of their own to start from.
    let into = std::path::absolute(&into).map_err(|source| Error::Io { path: into, source })?;
    let places = arguments.paths.iter().map(|path| place(path));
    let options = BuildOptions {
        into,
        n_shards: arguments.n_shards as usize,
        sources: Sources {
            places: places.collect::<Result<_>>()?,
            dictionary: read_dictionary(&arguments.dict)?.unwrap_or_default(),
            synonyms: read_synonyms(&arguments.synonyms)?.unwrap_or_default(),
            exclude: arguments.exclude.clone(),
            map: arguments.map.clone().unwrap_or_default(),
        },
        memory: arguments.memory.clamp(15, 100_000) << 20,
    };
    let summary = runtime.block_on(build(engine, &options))?;
    print_json(&summary)?;
    if arguments.strict && !summary.skipped.is_empty() {
        let n = summary.skipped.len();
        return Err(Error::Engine(format!("{n} files gave no document")));
    }
    Ok(true)
}

/// `PATH` or `NAME=PATH`.
fn place(text: &str) -> Result<(Option<String>, PathBuf)> {
    let whole = PathBuf::from(text);
    // A path that exists is one, whatever is in its name.
    let (name, path) = match text.split_once('=') {
        Some((name, path)) if !whole.exists() => (Some(name.trim().to_owned()), path.into()),
        _ => (None, whole),
    };
    let absolute = std::path::absolute(&path).map_err(|source| Error::Io { path, source })?;
    Ok((name, absolute))
}
