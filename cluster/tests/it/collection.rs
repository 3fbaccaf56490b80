//! Collections, one index of each, and shards.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::Value;
use tokio::runtime::Runtime;
use xunzhang::index::{Index, UpdateOptions, update};
use xunzhang_cluster::asking::Cluster;
use xunzhang_cluster::build::{BuildOptions, build};
use xunzhang_cluster::engine::Engine;
use xunzhang_cluster::set::{ShardSet, Sources};

use crate::generated::{WORDS, generate, next};

/// A folder with sources, one index of them, and shards.
pub(crate) struct Built {
    pub(crate) folder: tempfile::TempDir,
    pub(crate) runtime: Runtime,
    pub(crate) one: Index,
}

impl Built {
    /// Builds one index of `roots`; of a generated collection without any.
    pub(crate) fn new(roots: &[PathBuf], n_generated: usize) -> (Self, Vec<PathBuf>) {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let mut roots = roots.to_vec();
        if n_generated > 0 {
            let corpus = folder.path().join("corpus");
            generate(&corpus, n_generated, 29);
            roots.push(corpus);
        }
        let dir = folder.path().join("one");
        update(&dir, &roots, &UpdateOptions::default(), &|_| {}).expect("an index");
        let built = Self {
            one: Index::open(&dir).expect("the index"),
            runtime: Runtime::new().expect("a runtime"),
            folder,
        };
        (built, roots)
    }

    /// The same sources in `n` shards, asked in this process.
    pub(crate) fn shards(&self, roots: &[PathBuf], n: usize) -> Cluster {
        let into = self.folder.path().join(format!("shards-{n}"));
        let options = build_options(&into, roots, n);
        let built = self.runtime.block_on(build(&Engine::Here, &options));
        assert_eq!(built.expect("shards").shards, n);
        let set = ShardSet::open(&into.display().to_string()).expect("the shards");
        Cluster::new(set, Engine::Here, self.runtime.handle().clone())
    }
}

pub(crate) fn build_options(into: &Path, roots: &[PathBuf], n: usize) -> BuildOptions {
    BuildOptions {
        into: into.to_owned(),
        n_shards: n,
        sources: Sources {
            places: roots.iter().map(|path| (None, path.clone())).collect(),
            ..Sources::default()
        },
        memory: 30 << 20,
    }
}

pub(crate) fn sample() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../corpus")
}

/// Queries of one to four words in several forms.
pub(crate) fn queries(n: usize) -> Vec<String> {
    let mut seed = 5;
    let query = |_| {
        let n_words = 1 + next(&mut seed, 4);
        let words: Vec<&str> = (0..n_words).map(|_| WORDS[next(&mut seed, 24)]).collect();
        match next(&mut seed, 8) {
            0 => words.concat(),
            1 => format!("+{}", words.join(" ")),
            2 => words.join(" OR "),
            3 => format!("\"{}\"", words.concat()),
            4 => format!("\"{}\" 站", words[0]),
            5 => format!("{} -责任", words.join(" ")),
            _ => words.join(" "),
        }
    };
    (0..n).map(query).collect()
}

/// Runs the program.
pub(crate) fn run(arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_xunzhang-cluster"));
    command
        .args(arguments)
        .env_remove("XUNZHANG_SHARDS")
        .env_remove("XUNZHANG_SCHEDULER");
    command.output().expect("the program")
}

/// What it printed as JSON, and its exit status.
pub(crate) fn json(arguments: &[&str]) -> (Value, i32) {
    let output = run(arguments);
    let text = String::from_utf8_lossy(&output.stdout);
    let told = String::from_utf8_lossy(&output.stderr);
    let value = serde_json::from_str(&text).unwrap_or_else(|error| panic!("{error}: {text}{told}"));
    (value, output.status.code().unwrap_or(-1))
}
