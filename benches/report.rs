//! How long keywords take to be counted on a warm index, by length of the list: `cargo bench --bench report -- INDEX`.
//!
//! Prints for lists of growing length the median in milliseconds of posting lists, of one scan, and of what a report
//! chooses. Keywords are two to six characters cut out of passages all over the index, so that most occur.

use std::path::PathBuf;
use std::time::Instant;

use xunzhang::index::Index;
use xunzhang::report::keywords::{Keywords, from_words};
use xunzhang::report::tally::{Method, TallyOptions, tally};
use xunzhang::search::{DocumentFilter, Order, Searcher};

const SIZES: [usize; 10] = [1, 3, 10, 20, 40, 80, 160, 320, 1_000, 3_000];
const RUNS: usize = 5;

fn main() {
    let mut arguments = std::env::args_os().skip(1).map(PathBuf::from);
    let Some(dir) = arguments.find(|argument| argument.is_dir()) else {
        println!("usage: cargo bench --bench report -- INDEX");
        return;
    };
    let index = Index::open(&dir).expect("an index");
    let searcher = Searcher::new(&index);
    let words = words(&searcher, SIZES[SIZES.len() - 1]);
    println!("  words  postings    scan  chosen  (ms, medians of {RUNS})");
    for n in SIZES {
        let keywords = from_words(&words[..n]).expect("keywords");
        let [postings, scan, chosen] = [Method::Postings, Method::Scan, Method::Fitting]
            .map(|method| median(&searcher, &keywords, method));
        println!("{n:>7}  {postings:>8.0}  {scan:>6.0}  {chosen:>6.0}");
    }
}

fn median(searcher: &Searcher, keywords: &Keywords, method: Method) -> f64 {
    let mut milliseconds: Vec<f64> = (0..RUNS)
        .map(|_| {
            let options = TallyOptions {
                method,
                ..TallyOptions::default()
            };
            let started = Instant::now();
            let tally = tally(searcher, keywords, &options).expect("a tally");
            assert_eq!(tally.entries.len(), keywords.entries.len());
            started.elapsed().as_secs_f64() * 1e3
        })
        .collect();
    milliseconds.sort_by(f64::total_cmp);
    milliseconds[RUNS / 2]
}

/// So many different words, one from a document, round and round until there are enough.
fn words(searcher: &Searcher, n: usize) -> Vec<String> {
    let documents = searcher.documents(&DocumentFilter::default(), None, Order::Path);
    let documents = documents.expect("documents");
    let mut words: Vec<String> = Vec::new();
    let mut seed = 1_usize;
    while words.len() < n {
        // Knuth's MMIX generator.
        seed = seed
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        let random = |n: usize| (seed >> 33) % n;
        let document = &documents[random(documents.len())];
        let number = 1 + random(document.passages as usize) as u32;
        let passages = searcher.passages(&document.id, |passage| passage == number);
        for passage in passages.expect("a passage") {
            let han = passage.text.split(|ch| !('一'..='龥').contains(&ch));
            let runs: Vec<Vec<char>> = han.map(|run| run.chars().collect()).collect();
            let longest = runs.into_iter().max_by_key(Vec::len).unwrap_or_default();
            let len = 2 + random(5);
            if longest.len() > len {
                let word: String = longest[random(longest.len() - len)..][..len]
                    .iter()
                    .collect();
                if !words.contains(&word) {
                    words.push(word);
                }
            }
        }
    }
    words
}
