//! How long searches take, warm: over all shards, and on the slowest shard by itself as an index of its own.
//!
//! `cargo run --release -p xunzhang-cluster --example latency PLACE QUERIES [HOST:PORT]`; QUERIES has one query a line.

use std::time::Instant;

use tokio::runtime::Runtime;
use xunzhang::index::Index;
use xunzhang::query::parse;
use xunzhang::search::{SearchOptions, Searcher};
use xunzhang_cluster::asking::Cluster;
use xunzhang_cluster::engine::Engine;
use xunzhang_cluster::set::ShardSet;

/// Rounds over all queries; the first one warms up.
const ROUNDS: usize = 3;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [place, queries, scheduler @ ..] = &arguments[..] else {
        panic!("expected PLACE QUERIES [HOST:PORT]");
    };
    let text = std::fs::read_to_string(queries).expect("a list of queries");
    let queries: Vec<&str> = text.lines().filter(|line| !line.is_empty()).collect();
    let runtime = Runtime::new().expect("a runtime");
    let engine = match scheduler {
        [address, ..] => Engine::Scheduler(address.clone()),
        [] => Engine::Here,
    };
    let set = ShardSet::open(place).expect("shards");
    let cluster = Cluster::new(set.clone(), engine, runtime.handle().clone());
    let options = SearchOptions::default();
    let all = times(&queries, |query| {
        cluster.search(query, &options).expect("hits");
    });
    println!("all {} shards: {}", set.list.shards.len(), told(all));
    let mut slowest: Vec<f64> = Vec::new();
    for shard in &set.list.shards {
        let index = Index::open(set.location(shard).as_ref()).expect("an index");
        let searcher = Searcher::new(&index);
        let of_shard = times(&queries, |query| {
            let node = parse(query).expect("a query");
            searcher.search(&node, &options).expect("hits");
        });
        if median(&of_shard) > median(&slowest) {
            slowest = of_shard;
        }
    }
    println!("slowest shard alone: {}", told(slowest));
}

/// Milliseconds of each query in the rounds after the first, ascending.
fn times(queries: &[&str], run: impl Fn(&str)) -> Vec<f64> {
    let mut times = Vec::new();
    for round in 0..ROUNDS {
        for query in queries {
            let started = Instant::now();
            run(query);
            if round > 0 {
                times.push(started.elapsed().as_secs_f64() * 1e3);
            }
        }
    }
    times.sort_by(f64::total_cmp);
    times
}

fn median(times: &[f64]) -> f64 {
    times.get(times.len() / 2).copied().unwrap_or(0.0)
}

fn told(times: Vec<f64>) -> String {
    let at = |share: usize| times[(times.len() - 1) * share / 100];
    format!(
        "p50 {:.1} ms, p90 {:.1} ms, p99 {:.1} ms",
        at(50),
        at(90),
        at(99)
    )
}
