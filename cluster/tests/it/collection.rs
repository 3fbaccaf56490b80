//! A collection made by program: documents of few words, so that everything meets everything, with copies and near-copies.

use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::Value;
use tokio::runtime::Runtime;
use xunzhang::index::{Index, UpdateOptions, update};
use xunzhang_cluster::asking::Cluster;
use xunzhang_cluster::build::{BuildOptions, build};
use xunzhang_cluster::engine::Engine;
use xunzhang_cluster::set::{ShardSet, Sources};

/// The next number of a fixed row of numbers (Knuth's MMIX generator).
pub(crate) fn next(seed: &mut u64, n: usize) -> usize {
    *seed = seed
        .wrapping_mul(6_364_136_223_846_793_005)
        .wrapping_add(1_442_695_040_888_963_407);
    (*seed >> 33) as usize % n
}

pub(crate) const WORDS: [&str; 24] = [
    "水渠", "修建", "资金", "管理", "办法", "道路", "检查", "村民", "灌溉", "站", "汛期", "安全",
    "责任", "拨付", "不断", "没有", "5G", "2010年", "农民", "安置", "用于", "的", "和", "泵房",
];

/// Writes `n` documents into folders of `corpus`.
pub(crate) fn generate(corpus: &Path, n: usize) {
    let mut seed = 29;
    let kinds = ["工作总结", "通知", "实施方案", "办法"];
    let mut pool: Vec<String> = Vec::new();
    for file in 0..n {
        let folder = corpus.join(["青禾镇", "白苇县", "河务局/二科"][file % 3]);
        std::fs::create_dir_all(&folder).expect("a folder");
        let kind = kinds[next(&mut seed, kinds.len())];
        let year = 2003 + next(&mut seed, 9);
        let place = ["青禾镇", "白苇县", "河务局"][file % 3];
        let mut text = format!("{place}人民政府\n{place}{year}年水利{kind}\n");
        for heading in ["一、基本情况", "二、存在的问题", "三、下一步打算"] {
            let _ = writeln!(text, "{heading}");
            for _ in 0..3 + next(&mut seed, 7) {
                let mut line = String::new();
                for _ in 0..3 + next(&mut seed, 22) {
                    line.push_str(WORDS[next(&mut seed, 24).min(next(&mut seed, 24))]);
                    line.push_str(["", "", "", "，", "。", "、"][next(&mut seed, 6)]);
                }
                line.push('。');
                if !pool.is_empty() && next(&mut seed, 5) == 0 {
                    line.clone_from(&pool[next(&mut seed, pool.len())]);
                    if next(&mut seed, 2) == 0 {
                        line.insert_str(0, "今年");
                    }
                }
                let _ = writeln!(text, "{line}");
                pool.push(line);
            }
        }
        if file % 4 > 0 {
            let _ = writeln!(text, "{year}年{}月{}日", 1 + file % 12, 1 + file % 28);
        }
        std::fs::write(folder.join(format!("{file:03}.txt")), text).expect("a file");
    }
}

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
            generate(&corpus, n_generated);
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
