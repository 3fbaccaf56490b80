//! `xunzhang eval DIR...`: how well judged collections are ranked. For those who work on the ranking.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};

use anyhow::Context;
use xunzhang::index::{Index, UpdateOptions, update};
use xunzhang::query::{Ranking, bare};
use xunzhang::search::{By, SearchOptions, Searcher};

/// Passages looked at for a judged query: recall is taken at this depth.
const DEPTH: usize = 100;

#[derive(clap::Args)]
pub(super) struct Arguments {
    /// Folders in BEIR layout: `corpus.jsonl`, `queries.jsonl`, `qrels.tsv`.
    #[arg(required = true)]
    sets: Vec<PathBuf>,
    /// Folder that keeps the sets' indexes for the next run.
    #[arg(long, value_name = "DIR")]
    keep: Option<PathBuf>,
    /// Every N-th query only.
    #[arg(long, value_name = "N", default_value_t = 1)]
    every: usize,
    /// Weights to change, as in `grams=0,second=0`.
    #[arg(long, value_name = "LIST", value_delimiter = ',')]
    set: Vec<String>,
}

/// A judged collection.
struct Judged {
    queries: Vec<(String, String)>,
    relevant: BTreeMap<String, BTreeSet<String>>,
}

/// Means over the queries of a set.
#[derive(Clone, Copy, Default)]
struct Means {
    ndcg: f64,
    recall: f64,
    mrr: f64,
}

impl Arguments {
    pub(super) fn run(self, out: &mut dyn Write) -> anyhow::Result<bool> {
        let mut ranking = Ranking::default();
        for assignment in &self.set {
            change(&mut ranking, assignment)?;
        }
        writeln!(
            out,
            "{:<20} {:>7} {:>8} {:>10} {:>8} {:>9}",
            "set", "queries", "nDCG@10", "Recall@100", "MRR@10", "ms/query"
        )?;
        for set in &self.sets {
            let name = set.file_name().unwrap_or_default().to_string_lossy();
            let kept = self.keep.as_ref().map(|keep| keep.join(&*name));
            let scratch =
                std::env::temp_dir().join(format!("xunzhang-eval-{}", std::process::id()));
            let dir = kept.clone().unwrap_or_else(|| scratch.clone());
            let measured = self.measure(set, &dir, ranking);
            if kept.is_none() {
                std::fs::remove_dir_all(&scratch).ok();
            }
            let (n, means, ms) = measured?;
            writeln!(
                out,
                "{name:<20} {n:>7} {:>8.4} {:>10.4} {:>8.4} {ms:>9.2}",
                means.ndcg, means.recall, means.mrr
            )?;
        }
        Ok(true)
    }

    fn measure(
        &self,
        set: &Path,
        dir: &Path,
        ranking: Ranking,
    ) -> anyhow::Result<(usize, Means, f64)> {
        let mut judged = Judged::read(set)?;
        let mut ord = 0;
        judged.queries.retain(|_| {
            ord += 1;
            (ord - 1) % self.every.max(1) == 0
        });
        std::fs::create_dir_all(dir)?;
        let options = UpdateOptions::default();
        update(dir, &[set.join("corpus.jsonl")], &options, &|_| {})?;
        let index = Index::open(dir)?;
        judged.means(&index, ranking)
    }
}

fn change(ranking: &mut Ranking, assignment: &str) -> anyhow::Result<()> {
    let (name, value) = assignment
        .split_once('=')
        .with_context(|| format!("`{assignment}`: expected NAME=NUMBER"))?;
    let value: f32 = value
        .parse()
        .with_context(|| format!("`{assignment}`: expected NAME=NUMBER"))?;
    match ranking.weight_mut(name) {
        Some(weight) => *weight = value,
        None => anyhow::bail!("`{name}` is no weight"),
    }
    Ok(())
}

impl Judged {
    fn read(set: &Path) -> anyhow::Result<Self> {
        let read = |name: &str| {
            let path = set.join(name);
            std::fs::read_to_string(&path)
                .with_context(|| format!("{} cannot be read", path.display()))
        };
        let mut relevant: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        for line in read("qrels.tsv")?.lines().skip(1) {
            let mut columns = line.split('\t');
            let (Some(query), Some(document)) = (columns.next(), columns.next()) else {
                continue;
            };
            if columns.next().is_none_or(|score| score != "0") {
                relevant
                    .entry(query.to_owned())
                    .or_default()
                    .insert(document.to_owned());
            }
        }
        let mut queries = Vec::new();
        for line in read("queries.jsonl")?.lines() {
            let query: serde_json::Value = serde_json::from_str(line)?;
            let text = |name: &str| query[name].as_str().unwrap_or_default().to_owned();
            let id = text("_id");
            if relevant.contains_key(&id) {
                queries.push((id, text("text")));
            }
        }
        Ok(Self { queries, relevant })
    }

    /// Runs all queries on two threads; the number of queries, the means and the milliseconds of one query.
    fn means(&self, index: &Index, ranking: Ranking) -> anyhow::Result<(usize, Means, f64)> {
        let next = AtomicUsize::new(0);
        let work = || -> anyhow::Result<(Means, f64)> {
            let searcher = Searcher::new(index).with_ranking(ranking);
            let (mut sum, mut seconds) = (Means::default(), 0.0);
            while let Some((id, text)) = self.queries.get(next.fetch_add(1, Ordering::Relaxed)) {
                let started = std::time::Instant::now();
                let found = documents(&searcher, text)?;
                seconds += started.elapsed().as_secs_f64();
                sum.add(&found, &self.relevant[id]);
            }
            Ok((sum, seconds))
        };
        let parts = std::thread::scope(|scope| {
            let threads = [scope.spawn(work), scope.spawn(work)];
            threads.map(|thread| {
                thread
                    .join()
                    .unwrap_or_else(|panic| std::panic::resume_unwind(panic))
            })
        });
        let (mut means, mut seconds) = (Means::default(), 0.0);
        for part in parts {
            let (sum, took) = part?;
            means.ndcg += sum.ndcg;
            means.recall += sum.recall;
            means.mrr += sum.mrr;
            seconds += took;
        }
        let n = self.queries.len().max(1) as f64;
        means.ndcg /= n;
        means.recall /= n;
        means.mrr /= n;
        Ok((self.queries.len(), means, seconds * 1e3 / n))
    }
}

/// The records' own ids, best first.
fn documents(searcher: &Searcher<'_>, text: &str) -> anyhow::Result<Vec<String>> {
    let options = SearchOptions {
        limit: DEPTH,
        by: By::Document,
        collapse: false,
        ..SearchOptions::default()
    };
    let Some(node) = bare(text) else {
        return Ok(Vec::new());
    };
    let ranked = searcher.rank(&node, &options)?;
    let ids = ranked.into_iter().map(|ranked| {
        let id = ranked.document;
        id.split_once('#')
            .map_or(id.clone(), |(_, key)| key.to_owned())
    });
    Ok(ids.collect())
}

impl Means {
    /// Adds one query's figures: gains of 1, discount log2(rank + 1), the ideal cut at ten.
    fn add(&mut self, found: &[String], relevant: &BTreeSet<String>) {
        let ranks: Vec<usize> = (1..)
            .zip(found)
            .filter(|(_, id)| relevant.contains(*id))
            .map(|(rank, _)| rank)
            .collect();
        let discounted = |rank: usize| 1.0 / (rank as f64 + 1.0).log2();
        let ideal: f64 = (1..=relevant.len().min(10)).map(discounted).sum();
        let gained: f64 = ranks
            .iter()
            .filter(|&&rank| rank <= 10)
            .map(|&rank| discounted(rank))
            .sum();
        self.ndcg += gained / ideal;
        self.recall +=
            ranks.iter().filter(|&&rank| rank <= DEPTH).count() as f64 / relevant.len() as f64;
        self.mrr += ranks
            .first()
            .filter(|&&rank| rank <= 10)
            .map_or(0.0, |&rank| 1.0 / rank as f64);
    }
}
