//! Whether shards answer as one index does, bit for bit, to queries made of the words and phrases of that index.
//!
//! `cargo run --release -p xunzhang-cluster --example agreement N INDEX SHARDS... [HOST:PORT]`: the first 100 hits of N queries
//! with their counts, and a report of 100 entries, of each folder of shards. Ends with 1 if anything differs.

use std::process::ExitCode;
use std::sync::Mutex;

use tokio::runtime::Runtime;
use xunzhang::index::Index;
use xunzhang::query::{Years, parse};
use xunzhang::report::keywords::from_words;
use xunzhang::report::tally::{TallyOptions, tally};
use xunzhang::report::words::{WordOptions, top};
use xunzhang::search::shards::Shards;
use xunzhang::search::{By, Filter, Results, SearchOptions, Searcher, Sort};
use xunzhang_cluster::asking::Cluster;
use xunzhang_cluster::engine::Engine;
use xunzhang_cluster::set::ShardSet;

/// Entries of the report.
const ENTRIES: usize = 100;

/// Every passage of this many gives a fragment.
const APART: usize = 37;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [n, index, places @ ..] = &arguments[..] else {
        panic!("expected N INDEX SHARDS... [HOST:PORT]");
    };
    let (scheduler, places): (Vec<&String>, Vec<&String>) =
        places.iter().partition(|place| is_address(place));
    let n: usize = n.parse().expect("a number of queries");
    let index = Index::open(index.as_ref()).expect("an index");
    let searcher = Searcher::new(&index);
    let runtime = Runtime::new().expect("a runtime");
    let open = |place: &&String| {
        let engine = match scheduler.first() {
            Some(address) => Engine::Scheduler((*address).clone()),
            None => Engine::Here,
        };
        let set = ShardSet::open(place).expect("shards");
        assert_eq!(set.list.fingerprint, index.manifest().fingerprint);
        Cluster::new(set, engine, runtime.handle().clone())
    };
    let clusters: Vec<Cluster> = places.iter().map(open).collect();
    let material = Material::of(&searcher);
    let queries: Vec<(String, SearchOptions)> = (0..n).map(|ord| material.query(ord)).collect();
    let mut seen = Seen::default();
    let mut differing = vec![0_usize; clusters.len()];
    for (query, options) in &queries {
        let node = parse(query).expect("a query");
        let (Ok(expected), Ok(count)) = (
            searcher.search(&node, options),
            searcher.count(&node, &options.filter),
        ) else {
            seen.refused += 1;
            continue;
        };
        seen.add(&expected);
        for (cluster, differing) in clusters.iter().zip(&mut differing) {
            let found = cluster.search(query, options).expect("hits");
            let counted = cluster.count(query, &options.filter).expect("a count");
            if !is_equal(&found, &expected) || counted != count {
                *differing += 1;
                eprintln!("differs: {query} {options:?}");
            }
        }
    }
    let Seen {
        hits,
        tied,
        refused,
    } = seen;
    println!(
        "{n} queries, {hits} hits, {tied} of them tied with the one before, {refused} refused"
    );
    let keywords = from_words(&material.entries()).expect("keywords");
    let options = TallyOptions {
        excerpts: 3,
        ..TallyOptions::default()
    };
    let expected = tally(&searcher, &keywords, &options).expect("a report");
    let occurrences: u64 = expected.entries.iter().map(|entry| entry.occurrences).sum();
    println!(
        "a report of {} entries, {occurrences} occurrences",
        expected.entries.len()
    );
    let mut is_same = true;
    for (cluster, differing) in clusters.iter().zip(differing) {
        let is_report = cluster.tally(&keywords, &options).expect("a report") == expected;
        let report = if is_report { "equal" } else { "DIFFERS" };
        println!(
            "{} shards: {differing} queries differ, report {report}",
            cluster.n_shards()
        );
        is_same &= is_report && differing == 0;
    }
    ExitCode::from(u8::from(!is_same))
}

fn is_address(text: &str) -> bool {
    text.rsplit_once(':')
        .is_some_and(|(_, port)| port.parse::<u16>().is_ok())
}

fn is_equal(found: &Results, expected: &Results) -> bool {
    let bits = |results: &Results| -> Vec<u32> {
        results.hits.iter().map(|hit| hit.score.to_bits()).collect()
    };
    bits(found) == bits(expected) && found == expected
}

/// What the queries found.
#[derive(Default)]
struct Seen {
    hits: usize,
    tied: usize,
    refused: usize,
}

impl Seen {
    fn add(&mut self, results: &Results) {
        let pairs = results.hits.windows(2);
        self.hits += results.hits.len();
        self.tied += pairs
            .filter(|pair| pair[0].score.to_bits() == pair[1].score.to_bits())
            .count();
    }
}

/// What queries are made of.
struct Material {
    words: Vec<String>,
    pairs: Vec<String>,
    /// Passages without what a query would read as its own signs.
    fragments: Vec<Vec<char>>,
    kinds: Vec<String>,
    years: Vec<i32>,
}

impl Material {
    fn of(searcher: &Searcher<'_>) -> Self {
        let listed = |row, least| {
            let options = WordOptions {
                row,
                least,
                limit: 3_000,
                ..WordOptions::default()
            };
            let words = top(searcher, &options).expect("words");
            words
                .into_iter()
                .map(|word| word.word.replace(' ', ""))
                .collect()
        };
        let passages = Mutex::new(Vec::new());
        let scan = searcher.document_scan(&Filter::default()).expect("a scan");
        let one = std::num::NonZeroUsize::MIN;
        scan.run(
            one,
            || 0,
            |seen: &mut usize, _, of_document| {
                for passage in of_document {
                    *seen += 1;
                    if seen.is_multiple_of(APART) {
                        passages.lock().expect("one thread").push(passage.text());
                    }
                }
                Ok(())
            },
        )
        .expect("passages");
        let is_han = |ch: &char| ('\u{4e00}'..='\u{9fff}').contains(ch);
        let han = |text: String| text.chars().filter(is_han).collect::<Vec<char>>();
        let passages = passages.into_inner().expect("one thread");
        let fragments = passages.into_iter().map(han).filter(|text| text.len() > 24);
        let documents = scan.document_stats().expect("documents");
        let mut kinds: Vec<String> = documents
            .iter()
            .filter_map(|one| one.kind.clone())
            .collect();
        let mut years: Vec<i32> = documents
            .iter()
            .filter_map(|one| Some(i32::from(one.date?.year)))
            .collect();
        kinds.sort();
        kinds.dedup();
        years.sort_unstable();
        years.dedup();
        Self {
            words: listed(1, 2),
            pairs: listed(2, 2),
            fragments: fragments.collect(),
            kinds,
            years,
        }
    }

    /// A query and how it is run: the form by its ordinal, the words by a fixed row of numbers.
    fn query(&self, ord: usize) -> (String, SearchOptions) {
        let mut seed = ord as u64 * 977 + 13;
        let mut word = || self.words[next(&mut seed, self.words.len())].clone();
        let (a, b, c) = (word(), word(), word());
        let passage = &self.fragments[next(&mut seed, self.fragments.len())];
        let cut = |from: usize, n: usize| passage.iter().skip(from).take(n).collect::<String>();
        let pair = || match self.pairs.is_empty() {
            true => cut(0, 4),
            false => self.pairs[ord * 31 % self.pairs.len()].clone(),
        };
        let query = match ord % 14 {
            0 => a,
            1 => format!("{a} {b}"),
            2 => format!("{a} {b} {c} {}", cut(3, 2)),
            3 => format!("{a} OR {b}"),
            4 => format!("\"{}\"", cut(2, 3 + ord / 14 % 6)),
            5 => format!("+{a} -{b}"),
            6 => format!("\"{}*{{0,12}}{}\"", cut(1, 2), cut(8, 2)),
            7 => format!("{} NEAR/12 {}", cut(4, 2), cut(10, 2)),
            8 => cut(0, 16 + ord % 40),
            9 => pair(),
            10 => format!("“({a}|{b})”"),
            11 => format!("\"{}\" {a}", cut(5, 3)),
            12 => format!("heading:{a} {b}"),
            _ => format!("title:{a} {b} {c}"),
        };
        let mut options = SearchOptions {
            limit: 100,
            ..SearchOptions::default()
        };
        if ord % 3 == 1 {
            options.by = By::Document;
        }
        match ord % 11 {
            3 => options.sort = Sort::Date,
            5 => options.collapse = false,
            7 => options.explain = true,
            9 => options.context = 1,
            _ => {}
        }
        if ord % 5 == 2 && !self.years.is_empty() {
            let year = self.years[ord * 7 % self.years.len()];
            options.filter.documents.years = Years::parse(&format!("{year}..{}", year + 5)).ok();
        }
        if ord % 5 == 4 && !self.kinds.is_empty() {
            options.filter.documents.kinds = vec![self.kinds[ord * 3 % self.kinds.len()].clone()];
        }
        (query, options)
    }

    /// Words, pairs of words, fragments and alternatives for a report.
    fn entries(&self) -> Vec<String> {
        let entry = |ord: usize| {
            let word = &self.words[ord * 17 % self.words.len()];
            let other = &self.words[ord * 29 % self.words.len()];
            let passage = &self.fragments[ord * 11 % self.fragments.len()];
            match ord % 4 {
                0 if !self.pairs.is_empty() => self.pairs[ord * 5 % self.pairs.len()].clone(),
                1 => passage.iter().skip(2).take(4).collect(),
                2 => format!("{word}|{other}"),
                _ => word.clone(),
            }
        };
        (0..ENTRIES).map(entry).collect()
    }
}

/// The next number of a fixed row of numbers (Knuth's MMIX generator).
fn next(seed: &mut u64, n: usize) -> usize {
    *seed = seed
        .wrapping_mul(6_364_136_223_846_793_005)
        .wrapping_add(1_442_695_040_888_963_407);
    (*seed >> 33) as usize % n
}
