//! `xunzhang eval`: how well judged collections are ranked. For those who work on the ranking.
//!
//! Two forms: `eval SET...` indexes folders in BEIR layout, `eval --judged FILE` asks the index that is there.

use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::Context;
use xunzhang::index::{Index, UpdateOptions, update};
use xunzhang::query::Ranking;
use xunzhang::search::Searcher;

use super::measure::{Measured, Query, measure};
use super::{beir, judged};
use crate::cli::session::Session;
use crate::cli::terminal::printable;

#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// Folders in BEIR layout: `corpus.jsonl`, `queries.jsonl`, `qrels.tsv`.
    #[arg(required_unless_present = "judged")]
    sets: Vec<PathBuf>,
    /// Queries judged for the index that `--index` names, an object a line: id, type, query, relevant.
    #[arg(long, value_name = "FILE", conflicts_with_all = ["sets", "keep"])]
    judged: Option<PathBuf>,
    /// Folder that keeps the sets' indexes for the next run.
    #[arg(long, value_name = "DIR")]
    keep: Option<PathBuf>,
    /// Every N-th query only.
    #[arg(long, value_name = "N", default_value_t = 1)]
    every: usize,
    /// Weights to change, as in `grams=0,units=0`.
    #[arg(long, value_name = "LIST", value_delimiter = ',')]
    set: Vec<String>,
}

impl Arguments {
    pub(crate) fn run(self, session: &Session, out: &mut dyn Write) -> anyhow::Result<bool> {
        let mut ranking = Ranking::default();
        for assignment in &self.set {
            change(&mut ranking, assignment)?;
        }
        match &self.judged {
            Some(file) => self.run_judged(file, ranking, session, out)?,
            None => self.run_sets(ranking, out)?,
        }
        Ok(true)
    }

    /// A row for each type of query in the file.
    fn run_judged(
        &self,
        file: &Path,
        ranking: Ranking,
        session: &Session,
        out: &mut dyn Write,
    ) -> anyhow::Result<()> {
        let index = session.open()?;
        let types = judged::read(file, &Searcher::new(&index))?;
        print_head(out)?;
        for (name, queries) in types {
            print(out, &name, &self.measure(&index, ranking, queries)?)?;
        }
        Ok(())
    }

    /// A row for each set.
    fn run_sets(&self, ranking: Ranking, out: &mut dyn Write) -> anyhow::Result<()> {
        print_head(out)?;
        for set in &self.sets {
            let name = set.file_name().unwrap_or_default().to_string_lossy();
            let kept = self.keep.as_ref().map(|keep| keep.join(&*name));
            // The number of the process separates two runs at the same time.
            let scratch =
                std::env::temp_dir().join(format!("xunzhang-eval-{}", std::process::id()));
            // The error is returned only after the scratch folder is removed.
            let measured = self.measure_set(set, kept.as_ref().unwrap_or(&scratch), ranking);
            if kept.is_none() {
                std::fs::remove_dir_all(&scratch).ok();
            }
            print(out, &name, &measured?)?;
        }
        Ok(())
    }

    /// Indexes the set into `dir`, or brings the index there up to date, and measures it.
    fn measure_set(&self, set: &Path, dir: &Path, ranking: Ranking) -> anyhow::Result<Measured> {
        let queries = beir::read(set)?;
        std::fs::create_dir_all(dir)?;
        let options = UpdateOptions::default();
        update(dir, &[set.join("corpus.jsonl")], &options, &|_| {})?;
        self.measure(&Index::open(dir)?, ranking, queries)
    }

    fn measure(
        &self,
        index: &Index,
        ranking: Ranking,
        queries: Vec<Query>,
    ) -> anyhow::Result<Measured> {
        // `step_by` panics at 0.
        let queries: Vec<Query> = queries.into_iter().step_by(self.every.max(1)).collect();
        measure(index, ranking, &queries)
    }
}

fn print_head(out: &mut dyn Write) -> std::io::Result<()> {
    writeln!(
        out,
        "{:<20} {:>7} {:>8} {:>10} {:>8} {:>9}",
        "set", "queries", "nDCG@10", "Recall@100", "MRR@10", "ms/query"
    )
}

fn print(out: &mut dyn Write, name: &str, measured: &Measured) -> std::io::Result<()> {
    let Measured {
        queries,
        means,
        milliseconds,
    } = measured;
    let name = printable(name);
    writeln!(
        out,
        "{name:<20} {queries:>7} {:>8.4} {:>10.4} {:>8.4} {milliseconds:>9.2}",
        means.ndcg, means.recall, means.mrr
    )
}

/// Sets the weight that `NAME=NUMBER` names.
fn change(ranking: &mut Ranking, assignment: &str) -> anyhow::Result<()> {
    let (name, value) = assignment
        .split_once('=')
        .with_context(|| format!("`{assignment}`: expected NAME=NUMBER"))?;
    let value: f32 = value
        .parse()
        .with_context(|| format!("`{assignment}`: expected NAME=NUMBER"))?;
    match ranking.weight_mut(name) {
        Some(weight) => *weight = value,
        // A mistyped name would silently measure the ranking as it is.
        None => anyhow::bail!("`{name}` is no weight"),
    }
    Ok(())
}
