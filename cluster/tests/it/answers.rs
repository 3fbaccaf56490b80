//! 1, 8 and 32 shards against one index: hits, counts, reports, trends, concordances.

use std::num::NonZeroUsize;

use serde_json::{Value, to_value};
use xunzhang::query::parse;
use xunzhang::report::keywords::from_words;
use xunzhang::report::tally::{Tally, TallyOptions, tally};
use xunzhang::report::trend;
use xunzhang::search::shards::Shards;
use xunzhang::search::{
    By, ConcordanceOptions, ConcordanceRow, Filter, Grouping, LineOrder, SearchOptions, Searcher,
};
use xunzhang_cluster::asking::Cluster;
use xunzhang_cluster::output::ReportAnswer;

use crate::collection::{Built, queries, sample};
use crate::generated::WORDS;

/// Queries of the sample corpus.
const SAMPLE: [&str; 8] = [
    "失地农民 安置",
    "就业",
    "招商引资工作",
    "\"营商环境\"",
    "财政",
    "社会保障",
    "农村 道路 建设",
    "title:总结 就业",
];

fn check_hits(built: &Built, shards: &[Cluster], queries: &[String]) {
    let searcher = Searcher::new(&built.one);
    let mut n_hits = 0;
    for query in queries {
        for by in [By::Passage, By::Document] {
            let options = SearchOptions {
                limit: 100,
                by,
                ..SearchOptions::default()
            };
            let expected = searcher.search(&parse(query).expect("a query"), &options);
            let expected = expected.expect("hits");
            n_hits += expected.hits.len();
            for cluster in shards {
                let found = cluster.search(query, &options).expect("hits");
                let bits = |hits: &[xunzhang::search::Hit]| -> Vec<u32> {
                    hits.iter().map(|hit| hit.score.to_bits()).collect()
                };
                assert_eq!(bits(&found.hits), bits(&expected.hits), "{query}");
                assert_eq!(found, expected, "{query}");
            }
        }
        let node = parse(query).expect("a query");
        let expected = searcher.count(&node, &Filter::default()).expect("a count");
        for cluster in shards {
            let found = cluster.count(query, &Filter::default());
            assert_eq!(found.expect("a count"), expected, "{query}");
        }
    }
    assert!(n_hits > queries.len());
}

fn check_tables(built: &Built, shards: &[Cluster], words: &[String]) {
    let searcher = Searcher::new(&built.one);
    let keywords = from_words(words).expect("keywords");
    let options = TallyOptions {
        excerpts: 5,
        ..TallyOptions::default()
    };
    let expected = tally(&searcher, &keywords, &options).expect("a report");
    let report = |tally: &Tally| to_value(ReportAnswer::new(tally)).expect("plain data");
    let over_time =
        |tally: &Tally| to_value(trend::trend(tally, trend::By::Year)).expect("plain data");
    for cluster in shards {
        let found = cluster.tally(&keywords, &options).expect("a report");
        assert_eq!(report(&found), report(&expected));
        assert_eq!(over_time(&found), over_time(&expected));
    }
}

fn check_lines(built: &Built, shards: &[Cluster], query: &str) {
    let searcher = Searcher::new(&built.one);
    let options = ConcordanceOptions {
        filter: Filter::default(),
        window: 8,
        sort: LineOrder::Left,
        sample: Some(120),
        seed: 3,
        group: Some(Grouping::Right(1)),
        most: Some(100),
        threads: NonZeroUsize::MIN,
    };
    let node = parse(query).expect("a query");
    let one = searcher.concordance(&node, &options).expect("lines");
    let lines = (0..one.len().min(100)).map(|ord| {
        let line = one.line(ord).expect("a line");
        let section = one.section(&line).expect("headings");
        ConcordanceRow::from((line, section))
    });
    let lines: Vec<ConcordanceRow> = lines.collect();
    assert!(!lines.is_empty());
    let mut expected = to_value(one.head(query)).expect("plain data");
    expected["lines"] = to_value(lines).expect("plain data");
    for cluster in shards {
        let found = cluster.concordance(query, &options).expect("lines");
        let found: Value = to_value(found).expect("plain data");
        assert_eq!(found, expected);
    }
}

#[test]
fn a_generated_collection() {
    let (built, roots) = Built::new(&[], 48);
    let shards: Vec<Cluster> = [1, 8, 32].map(|n| built.shards(&roots, n)).into();
    let fingerprint = &built.one.manifest().fingerprint;
    for cluster in &shards {
        assert_eq!(&cluster.set().list.fingerprint, fingerprint);
    }
    check_hits(&built, &shards, &queries(200));
    let words: Vec<String> = WORDS.map(str::to_owned).into();
    check_tables(&built, &shards, &words);
    check_lines(&built, &shards, "\"水渠\"");
}

#[test]
fn the_sample_corpus() {
    let (built, roots) = Built::new(&[sample()], 0);
    let shards: Vec<Cluster> = [1, 8, 32].map(|n| built.shards(&roots, n)).into();
    let queries = SAMPLE.map(str::to_owned);
    check_hits(&built, &shards, &queries);
    check_tables(&built, &shards, &queries);
    check_lines(&built, &shards, "就业");
}
