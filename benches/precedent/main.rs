//! Figures of precedent wording on laws and work reports: what is found, what is counted, how long it takes.
//!
//! `cargo bench --bench precedent [-- SECTION...]` with sections of `known verbatim strangers frame check duplicates`.
//! The collections are not ours to ship; without `../shared/corpora` it says so and measures nothing. An index
//! that is already built is taken from `XUNZHANG_INDEX`.

mod collection;
mod damage;
mod random;
mod strangers;

use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use collection::{Collection, Fillers, Sentence};
use damage::{damaged, swapped};
use random::Random;
use xunzhang::document::{Part, Passage};
use xunzhang::index::{Index, UpdateOptions, update};
use xunzhang::precedent::{self, CheckOptions, Options};
use xunzhang::search::{Filter, Searcher};
use xunzhang::text::units::Units;

const CORPORA: [&str; 2] = [
    "../shared/corpora/laws-markdown",
    "../shared/corpora/work-reports-jsonl",
];
const SAMPLES: usize = 500;
const TWO: NonZeroUsize = NonZeroUsize::MIN.saturating_add(1);

fn main() -> xunzhang::Result<()> {
    let sections: Vec<String> = std::env::args()
        .skip(1)
        .filter(|argument| !argument.starts_with('-'))
        .collect();
    let wants = |name: &str| sections.is_empty() || sections.iter().any(|section| section == name);
    let Some((_built, dir)) = index_folder()? else {
        println!("skipped: no ../shared/corpora here");
        return Ok(());
    };
    let index = Index::open(&dir)?;
    let searcher = Searcher::new(&index);
    if wants("duplicates") {
        near_copies(&searcher)?;
    }
    let collection = Collection::read(&searcher)?;
    println!("{} passages", collection.passages.len());
    if wants("known") {
        known(&searcher, &collection)?;
    }
    if wants("verbatim") {
        verbatim(&searcher, &collection)?;
    }
    if wants("strangers") {
        most_similar_stranger(&searcher)?;
    }
    if wants("frame") {
        frames(&searcher, &collection)?;
    }
    if wants("check") {
        draft(&searcher, &collection)?;
    }
    Ok(())
}

/// The index to measure, and the folder that keeps it if it was built for this.
fn index_folder() -> xunzhang::Result<Option<(Option<tempfile::TempDir>, PathBuf)>> {
    if let Some(dir) = std::env::var_os("XUNZHANG_INDEX") {
        return Ok(Some((None, dir.into())));
    }
    let roots: Vec<PathBuf> = CORPORA.iter().map(PathBuf::from).collect();
    if !roots.iter().all(|root| Path::new(root).is_dir()) {
        return Ok(None);
    }
    let dir = tempfile::tempdir().expect("a folder for scratch files can be made");
    let path = dir.path().join("index");
    update(&path, &roots, &UpdateOptions::default(), &|_| {})?;
    Ok(Some((Some(dir), path)))
}

/// How often the original of a damaged sentence is the first variant.
fn known(searcher: &Searcher<'_>, collection: &Collection) -> xunzhang::Result<()> {
    let mut random = Random(7);
    let sentences = collection.sample(&mut random, SAMPLES, |sentence| {
        sentence.units.len() >= 15 && sentence.units.len() <= 60
    });
    for percent in [10, 20, 30, 40] {
        let altered = sentences
            .iter()
            .map(|sentence| damaged(sentence, percent, &collection.alphabet, &mut random));
        report(
            &format!("{percent} % altered"),
            searcher,
            &sentences,
            &altered.collect::<Vec<_>>(),
        )?;
    }
    let sentences = collection.sample(&mut random, SAMPLES, |sentence| {
        (15..=60).contains(&sentence.units.len()) && swapped(sentence, &mut Random(1)).is_some()
    });
    let altered: Vec<String> = sentences
        .iter()
        .filter_map(|sentence| swapped(sentence, &mut random))
        .collect();
    report("two clauses swapped", searcher, &sentences, &altered)
}

fn report(
    what: &str,
    searcher: &Searcher<'_>,
    sentences: &[Sentence],
    altered: &[String],
) -> xunzhang::Result<()> {
    let options = Options::default();
    let (mut n_first, mut n_whole, mut n_closer, mut n_exact) = (0, 0, 0, 0);
    let mut times = Vec::new();
    for (sentence, text) in sentences.iter().zip(altered) {
        let start = Instant::now();
        let found = precedent::find(searcher, text, &options)?;
        times.push(start.elapsed());
        let first = found.variants.first();
        let is_first = first.is_some_and(|first| is_of(sentence, &first.text));
        n_first += usize::from(is_first);
        let is_whole =
            first.is_some_and(|first| !Units::new(&first.text).find(&sentence.units).is_empty());
        n_whole += usize::from(is_whole);
        // Another wording of the collection that is no less like the altered text than the original is.
        n_closer += usize::from(
            !is_whole
                && first.is_some_and(|first| first.similarity >= similarity(text, &sentence.units)),
        );
        n_exact += usize::from(
            first.is_some_and(|first| Units::new(&first.text).texts().eq(sentence.units.texts())),
        );
        if !is_whole && std::env::var_os("SHOW_MISSES").is_some() {
            println!(
                "- {}\n  {text}\n  {:?}",
                sentence.text,
                first.map(|first| (&first.text, first.similarity))
            );
        }
    }
    let n = altered.len();
    println!(
        "{what}: original first in {n_first} of {n} ({:.1} %), whole sentence in {:.1} %, nothing else in {:.1} %; in {n_closer} of the others the first variant is no less like the altered text than the whole original; {}",
        100.0 * n_first as f64 / n as f64,
        100.0 * n_whole as f64 / n as f64,
        100.0 * n_exact as f64 / n as f64,
        quantiles(times)
    );
    Ok(())
}

fn similarity(text: &str, original: &Units) -> f64 {
    let text = Units::new(text);
    let [text, original] = [&text, original].map(|units| units.texts().collect::<Vec<_>>());
    precedent::align(&text, &original).similarity()
}

/// Whether a variant is the sentence, or at least half of it, or holds it.
fn is_of(sentence: &Sentence, variant: &str) -> bool {
    let variant = Units::new(variant);
    (variant.len() * 2 >= sentence.units.len() && !sentence.units.find(&variant).is_empty())
        || !variant.find(&sentence.units).is_empty()
}

/// Whether verbatim fragments are counted as a scan counts them.
fn verbatim(searcher: &Searcher<'_>, collection: &Collection) -> xunzhang::Result<()> {
    let mut random = Random(11);
    let sentences = collection.sample(&mut random, SAMPLES, |sentence| sentence.units.len() >= 6);
    let options = Options::default();
    let mut n_equal = 0;
    let mut times = Vec::new();
    for sentence in &sentences {
        let len = 4 + random.below(sentence.units.len().min(60) - 4);
        let start = random.below(sentence.units.len() - len + 1);
        let span = sentence.units.span(start..start + len);
        let fragment: String = sentence
            .text
            .chars()
            .skip(span.start)
            .take(span.len())
            .collect();
        let begun = Instant::now();
        let found = precedent::find(searcher, &fragment, &options)?;
        times.push(begun.elapsed());
        let first = found.variants.first();
        let counted =
            first.map(|first| (first.similarity == 1.0, first.occurrences, first.documents));
        let (occurrences, documents) = collection.count(&Units::new(&fragment));
        let is_equal = counted == Some((true, occurrences, documents));
        if !is_equal {
            println!("- {fragment}: {counted:?}, a scan counts {occurrences} in {documents}");
        }
        n_equal += usize::from(is_equal);
    }
    println!(
        "verbatim: {n_equal} of {} as a scan counts; {}",
        sentences.len(),
        quantiles(times)
    );
    Ok(())
}

fn most_similar_stranger(searcher: &Searcher<'_>) -> xunzhang::Result<()> {
    let options = Options {
        min_similarity: 0.0,
        ..Options::default()
    };
    let mut found = Vec::new();
    let sentences = strangers::sentences();
    let n_sentences = sentences.len();
    for text in sentences {
        let precedents = precedent::find(searcher, &text, &options)?;
        if let Some(first) = precedents.variants.into_iter().next() {
            found.push((first.similarity, text, first.text));
        }
    }
    found.sort_by(|a, b| b.0.total_cmp(&a.0));
    let n_close = found
        .iter()
        .filter(|(similarity, ..)| *similarity >= 0.8)
        .count();
    let n_loose = found
        .iter()
        .filter(|(similarity, ..)| *similarity >= 0.5)
        .count();
    println!(
        "strangers: {n_sentences} sentences, {n_close} with a variant >= 0.8, {n_loose} >= 0.5; the closest:"
    );
    for (similarity, text, variant) in found.iter().take(3) {
        println!("  {similarity:.3} {text} / {variant}");
    }
    Ok(())
}

/// Whether the fillers of patterns made of random sentences are those of a scan.
fn frames(searcher: &Searcher<'_>, collection: &Collection) -> xunzhang::Result<()> {
    let mut random = Random(13);
    let sentences = collection.sample(&mut random, 100, |sentence| sentence.units.len() >= 24);
    let patterns: Vec<String> = sentences
        .iter()
        .map(|sentence| gapped(sentence, &mut random))
        .collect();
    let parsed = patterns
        .iter()
        .map(|pattern| xunzhang::query::parse_pattern(pattern));
    let parsed = parsed.collect::<Result<Vec<_>, _>>()?;
    let scanned = collection.fillers(&parsed);
    let (mut n_equal, mut n_matches, mut n_rows) = (0, 0, 0);
    let mut times = Vec::new();
    for (pattern, scanned) in patterns.iter().zip(scanned) {
        let begun = Instant::now();
        let frame = precedent::frame(searcher, pattern, &Filter::default(), usize::MAX)?;
        times.push(begun.elapsed());
        let rows = frame.rows.iter().map(|row| {
            let units = |filler: &String| Units::new(filler).texts().map(str::to_owned).collect();
            (
                row.fillers.iter().map(units).collect(),
                (row.occurrences, row.documents),
            )
        });
        let rows: Fillers = rows.collect();
        n_matches += frame.matches;
        n_rows += rows.len();
        if rows == scanned {
            n_equal += 1;
        } else {
            println!(
                "- {pattern}: {} rows, a scan has {}",
                rows.len(),
                scanned.len()
            );
        }
    }
    println!(
        "frame: {n_equal} of {} patterns as a scan counts, {n_matches} matches in {n_rows} rows; {}",
        patterns.len(),
        quantiles(times)
    );
    Ok(())
}

/// A pattern of one to three gaps that matches the sentence.
fn gapped(sentence: &Sentence, random: &mut Random) -> String {
    let n_gaps = 1 + random.below(3);
    let mut at = random.below(sentence.units.len() - 5 * n_gaps - 2);
    let mut out = String::new();
    for gap in 0..=n_gaps {
        let len = 1 + random.below(2) + usize::from(gap == 0);
        (at..at + len).for_each(|ord| out.push_str(sentence.units.text(ord)));
        at += len;
        if gap < n_gaps {
            let width = 1 + random.below(2);
            out.push_str(match (random.below(3), width) {
                (0, _) => "*",
                (1, _) => "*{1,6}",
                (_, 1) => "?",
                _ => "??",
            });
            at += width;
        }
    }
    out
}

/// A draft of 5,000 characters, half of it the collection's, half of that altered.
fn draft(searcher: &Searcher<'_>, collection: &Collection) -> xunzhang::Result<()> {
    let mut random = Random(17);
    let sentences = collection.sample(&mut random, 400, |sentence| {
        (10..=80).contains(&sentence.units.len())
    });
    let strangers = strangers::sentences();
    let mut text = String::new();
    for (ord, sentence) in sentences.iter().enumerate() {
        match ord % 4 {
            0 => text.push_str(&sentence.text),
            1 => text.push_str(&damaged(sentence, 20, &collection.alphabet, &mut random)),
            _ => text.push_str(&strangers[ord % strangers.len()]),
        }
        if text.chars().count() >= 5_000 {
            break;
        }
    }
    let draft = [Passage {
        number: 1,
        line: 1,
        part: Part::Body,
        text,
        section: None,
        row: None,
        is_recognized: false,
        opened: None,
    }];
    let options = CheckOptions {
        variants: 3,
        sources: 5,
        documents: 20,
        min_similarity: 0.5,
        excluded: Vec::new(),
        filter: Filter::default(),
        threads: TWO,
    };
    let mut times = Vec::new();
    for _ in 0..5 {
        let begun = Instant::now();
        let check = precedent::check(searcher, "draft", &draft, &options)?;
        times.push(begun.elapsed());
        if times.len() == 1 {
            println!(
                "check: {} sentences, {} characters, {:.0} % reused, {:?}",
                check.sentences.len(),
                check.characters,
                100.0 * check.share,
                check.classes
            );
        }
    }
    println!("check: {}", quantiles(times));
    Ok(())
}

fn near_copies(searcher: &Searcher<'_>) -> xunzhang::Result<()> {
    let begun = Instant::now();
    let clusters = precedent::duplicates(searcher, &Filter::default(), 0.5, TWO)?;
    let seconds = begun.elapsed().as_secs_f64();
    let n_documents: usize = clusters.iter().map(|cluster| cluster.documents.len()).sum();
    println!(
        "duplicates: {} clusters of {n_documents} documents in {seconds:.1} s, {}",
        clusters.len(),
        peak()
    );
    for cluster in clusters.iter().take(3) {
        let ids: Vec<&str> = cluster
            .documents
            .iter()
            .take(4)
            .map(|copy| copy.document.id.as_str())
            .collect();
        println!("  {} documents: {ids:?}", cluster.documents.len());
    }
    Ok(())
}

/// The most memory that this process has had, as Linux reports it.
fn peak() -> String {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find(|line| line.starts_with("VmHWM"));
    line.unwrap_or("peak memory unknown").replace('\t', " ")
}

fn quantiles(mut times: Vec<Duration>) -> String {
    times.sort_unstable();
    let at = |share: f64| times[((times.len() - 1) as f64 * share) as usize].as_secs_f64() * 1e3;
    format!("p50 {:.1} ms, p99 {:.1} ms", at(0.5), at(0.99))
}
