//! Tests on real corpora, which are not part of the project: skipped, with a message, where they are missing.
//!
//! They are searched for in the folder `XUNZHANG_SHARED`, else in `../shared`. Tests that take minutes run only with
//! `XUNZHANG_LONG=1` and need a release build:
//! `XUNZHANG_LONG=1 cargo test --release --locked --test it shared -- --test-threads 1`

use std::collections::BTreeSet;
use std::fmt::Display;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::time::Instant;

use encoding_rs::{BIG5, GB18030};
use xunzhang::index::{Index, UpdateOptions, update};
use xunzhang::query::{Problem, parse};
use xunzhang::search::{Filter, SearchOptions, Searcher};
use xunzhang::source::Warning;
use xunzhang::source::decode::{self, decode};
use xunzhang::source::{ReadOptions, Record, read, read_bytes};
use xunzhang::text::normalize::normalize;

use crate::collection::Collection;
use crate::fixture::Encoding;
use crate::oracle::{Wanted, sequence};
use crate::questions::{gapped, near_pair, quotable};
use crate::report;
use crate::rng::Rng;

/// A folder of the corpora; `None`, with a message on standard error, if it is missing.
fn corpus(name: &str) -> Option<PathBuf> {
    shared(&format!("corpora/{name}"))
}

/// A folder of data that is not part of the project; `None`, with a message on standard error, if it is missing.
fn shared(name: &str) -> Option<PathBuf> {
    let beside = || Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared");
    let shared = std::env::var_os("XUNZHANG_SHARED").map_or_else(beside, PathBuf::from);
    let folder = shared.join(name);
    if folder.is_dir() {
        return Some(folder);
    }
    say(format_args!(
        "skipped: there is no {}; XUNZHANG_SHARED names the folder",
        folder.display()
    ));
    None
}

/// Whether tests that take minutes are to run; prints a message if not.
fn is_long_wanted(what: &str) -> bool {
    let is_wanted = crate::is_long();
    if !is_wanted {
        say(format_args!(
            "skipped: {what} takes minutes; XUNZHANG_LONG=1 runs it"
        ));
    }
    is_wanted
}

/// Prints a message even though the test harness captures the output of tests.
fn say(what: impl Display) {
    let _ = writeln!(std::io::stderr(), "{what}");
}

fn files(folder: &Path, ending: &str) -> Vec<PathBuf> {
    let entries = walkdir::WalkDir::new(folder)
        .sort_by_file_name()
        .into_iter()
        .flatten();
    let paths = entries
        .map(walkdir::DirEntry::into_path)
        .filter(|path| !path.ends_with("SOURCE.txt"));
    paths
        .filter(|path| path.extension().is_some_and(|end| end == ending))
        .collect()
}

fn records(name: &str, bytes: &[u8]) -> Vec<Record> {
    let mut out = Vec::new();
    read_bytes(name, bytes, &ReadOptions::default(), |record| {
        out.push(record)
    })
    .expect("documents");
    out
}

#[test]
fn every_gb18030_file_is_decoded() {
    let Some(folder) = corpus("work-reports-gb18030") else {
        return;
    };
    let files = files(&folder, "txt");
    let mut n_damaged = 0;
    for path in &files {
        let bytes = std::fs::read(path).expect("a file");
        let (expected, _) = GB18030.decode_without_bom_handling(&bytes);
        let decoded = decode(&bytes);
        assert_eq!(
            decoded.encoding,
            decode::Encoding::Gb18030,
            "{}",
            path.display()
        );
        assert!(decoded.text == expected, "{}", path.display());
        n_damaged += expected.matches('\u{fffd}').count();
        let rate = expected.matches('的').count() as f64 / expected.chars().count() as f64;
        assert!(
            rate > 0.002,
            "this is no Chinese: {}, 的 {rate}",
            path.display()
        );
    }
    say(format_args!(
        "{} files in GB18030, {n_damaged} damaged places of their own",
        files.len()
    ));
    assert_eq!(files.len(), 50);
}

/// Office files of one text, the minimum share of the text that each must give, and whether its headings have styles.
///
/// Two paragraphs of the text are missing from the EPUB, and one character is in none of the encodings of `gbk_euc.pdf`.
const OFFICE_FILES: [(&str, f64, bool); 18] = [
    ("base.docx", 0.995, true),
    ("outline.docx", 0.995, true),
    ("direct_outline.docx", 0.995, true),
    ("zh_styleid.docx", 0.995, true),
    ("lo_roundtrip.docx", 0.995, true),
    ("base.odt", 0.995, true),
    ("base.rtf", 0.995, true),
    ("base.html", 0.995, true),
    ("base.epub", 0.98, false),
    ("base.doc", 0.98, true),
    ("base.pdf", 0.98, false),
    ("lo_base.pdf", 0.98, false),
    ("lo_enc_owner256.pdf", 0.98, false),
    ("lo_enc_rc4.pdf", 0.98, false),
    ("lo_objstm.pdf", 0.98, false),
    ("rl_twocol.pdf", 0.98, false),
    ("rl_unigb.pdf", 0.98, false),
    ("gbk_euc.pdf", 0.98, false),
];

#[test]
fn office_files_give_their_true_text() {
    let Some(folder) = shared("samples/good") else {
        return;
    };
    let text = |name: &str| std::fs::read_to_string(folder.join(name)).expect("a text");
    let truth = squeezed(&text("truth.txt"));
    let heads = text("heads.txt");
    for (name, least, has_styles) in OFFICE_FILES {
        let bytes = std::fs::read(folder.join(name)).expect("a file");
        let document = records(name, &bytes).remove(0).document;
        let found: String = document.passages.iter().map(|part| &*part.text).collect();
        let share = common(&truth, &squeezed(&found)) as f64 / truth.len() as f64;
        let sections = document.sections.iter().map(|section| {
            let label = section.label.as_deref().unwrap_or_default();
            format!("{}\t{label}{}", section.level, section.title)
        });
        let sections: Vec<String> = sections.collect();
        let n_heads = heads
            .lines()
            .filter(|head| sections.iter().any(|section| section == head))
            .count();
        say(format_args!(
            "{name}: {share:.4} of the text, {n_heads} headings"
        ));
        assert!(share >= least, "{name}");
        assert!(n_heads >= if has_styles { 5 } else { 4 }, "{name}");
    }
}

fn squeezed(text: &str) -> Vec<char> {
    text.chars().filter(|ch| !ch.is_whitespace()).collect()
}

/// Length of the longest common subsequence.
fn common(one: &[char], other: &[char]) -> usize {
    let mut row = vec![0; other.len() + 1];
    for ch in one {
        let mut diagonal = 0;
        for (at, with) in other.iter().enumerate() {
            let above = row[at + 1];
            row[at + 1] = if ch == with {
                diagonal + 1
            } else {
                above.max(row[at])
            };
            diagonal = above;
        }
    }
    row[other.len()]
}

#[test]
fn a_report_pasted_six_times_is_one() {
    let Some(folder) = corpus("work-reports-gb18030") else {
        return;
    };
    let mut repeated = Vec::new();
    for path in files(&folder, "txt") {
        let mut n_documents = 0;
        let each = |record: Record| {
            n_documents += 1;
            let copies = record.warnings.iter().find_map(|warning| match warning {
                Warning::RepeatedText(copies) => Some(*copies),
                _ => None,
            });
            let Some(copies) = copies else { return };
            let longest = record
                .document
                .passages
                .iter()
                .max_by_key(|passage| passage.text.chars().count());
            let longest = longest.expect("a passage").text.clone();
            let n_kept = record
                .document
                .passages
                .iter()
                .filter(|passage| passage.text == longest)
                .count();
            let bytes = std::fs::read(&path).expect("a file");
            let start: String = longest.chars().take(30).collect();
            let n_printed = decode(&bytes).text.matches(&start).count();
            repeated.push((copies, n_kept, n_printed));
        };
        read(&path, &ReadOptions::default(), each).expect("a document");
        assert_eq!(n_documents, 1, "{}", path.display());
    }
    say(format_args!(
        "repeated texts as (copies told, passages kept, times printed): {repeated:?}"
    ));
    assert!(repeated.iter().filter(|told| told.0 == 6).count() > 30);
    // A paragraph joined from several lines does not occur verbatim in the file.
    assert!(
        repeated
            .iter()
            .all(|&(copies, kept, printed)| kept == 1 && (printed == 0 || printed == copies))
    );
}

/// Lines of real reports that every encoding can represent and whose traditional form folds back to them.
fn lines_for_all_encodings(folder: &Path) -> Vec<Vec<String>> {
    let mut out = Vec::new();
    for path in files(folder, "jsonl") {
        let bytes = std::fs::read(&path).expect("a file");
        for record in records("a.jsonl", &bytes).into_iter().step_by(8) {
            let lines = record
                .document
                .passages
                .into_iter()
                .map(|passage| passage.text);
            let is_in_all = |line: &String| {
                let traditional = hanconv::s2t(line);
                normalize(&traditional) == normalize(line) && !BIG5.encode(&traditional).2
            };
            out.push(lines.filter(is_in_all).collect());
        }
    }
    out
}

#[test]
fn every_encoding_gives_the_same_results() {
    let Some(folder) = corpus("work-reports-jsonl") else {
        return;
    };
    let documents = lines_for_all_encodings(&folder);
    say(format_args!(
        "{} reports, {} lines in six encodings",
        documents.len(),
        documents.iter().map(Vec::len).sum::<usize>()
    ));
    let encodings = [
        None,
        Some(Encoding::Utf8Bom),
        Some(Encoding::Gb18030),
        Some(Encoding::Big5),
        Some(Encoding::Utf16Le),
        Some(Encoding::Utf16Be),
    ];
    let mut rng = Rng::new(11);
    let mut queries = Vec::new();
    while queries.len() < 100 {
        let lines = rng.one_of(&documents);
        let line = rng.one_of(lines);
        let fragment = quotable(&rng.fragment(line, 8));
        if !sequence(&fragment).is_empty() {
            queries.push(if queries.len() % 2 == 0 {
                format!("\"{fragment}\"")
            } else {
                fragment
            });
        }
    }
    let mut expected = None;
    for encoding in encodings {
        let corpus = tempfile::tempdir().expect("a temporary folder");
        for (ord, lines) in documents.iter().enumerate() {
            let text = lines.join("\n");
            let bytes = match encoding {
                None => text.into_bytes(),
                Some(Encoding::Big5) => Encoding::Big5.encode(&hanconv::s2t(&text)),
                Some(encoding) => encoding.encode(&text),
            };
            std::fs::write(corpus.path().join(format!("{ord}.txt")), bytes).expect("a file");
        }
        let found = results(corpus.path(), &queries);
        let expected = expected.get_or_insert_with(|| found.clone());
        for ((query, actual), expected) in queries.iter().zip(&found).zip(&*expected) {
            assert_eq!(actual, expected, "{query} in {encoding:?}");
        }
    }
}

type Place = (String, u32, Vec<(usize, usize)>);

/// The addresses of the first hits of each query, with their highlights.
fn results(corpus: &Path, queries: &[String]) -> Vec<Vec<Place>> {
    let dir = tempfile::tempdir().expect("a temporary folder");
    update(
        dir.path(),
        &[corpus.to_owned()],
        &UpdateOptions::default(),
        &|_| {},
    )
    .expect("an index");
    let index = Index::open(dir.path()).expect("the index");
    let searcher = Searcher::new(&index);
    let search = |query: &String| {
        let node = parse(query).unwrap_or_else(|error| panic!("{query}: {error}"));
        let hits = searcher
            .search(&node, &SearchOptions::default())
            .expect("hits")
            .hits;
        let places = hits
            .into_iter()
            .map(|hit| (hit.document.id, hit.passage.number, hit.passage.highlights));
        places.collect()
    };
    queries.iter().map(search).collect()
}

#[test]
fn phrases_gaps_and_near_equal_a_scan() {
    if !is_long_wanted("7,000 queries against a scan of every passage") {
        return;
    }
    let (Some(reports), Some(laws)) = (corpus("work-reports-jsonl"), corpus("laws-markdown"))
    else {
        return;
    };
    let started = Instant::now();
    let collection = Collection::build(&[&reports, &laws]);
    let n_passages = collection.passages.len();
    say(format_args!(
        "{n_passages} passages indexed and scanned in {:.0?}",
        started.elapsed()
    ));
    let mut rng = Rng::new(12);
    let mut seen = BTreeSet::new();
    let n_empty = (0..2_000)
        .filter(|_| !is_phrase_found_as_scanned(&collection, &mut rng, &mut seen))
        .count();
    say(format_args!(
        "2,000 fragments: all equal, {} different ones, {n_empty} without a unit; {:.0?}",
        seen.len(),
        started.elapsed()
    ));
    for round in 0..5_000 {
        let (query, wanted) = match round % 3 {
            0 => gapped(&collection, &mut rng),
            1 => near_pair(&collection, &mut rng),
            _ => {
                let text = collection.text(&mut rng);
                let fragment = quotable(&rng.fragment(text, 6));
                (format!("\"{fragment}\""), Wanted::phrase(&fragment))
            }
        };
        if parse(&query).is_ok() {
            collection.check_leaf(&query, &wanted);
        }
        if round % 1_000 == 999 {
            say(format_args!(
                "{} queries with gaps, NEAR and without: all equal; {:.0?}",
                round + 1,
                started.elapsed()
            ));
        }
    }
}

/// Checks a random fragment; `false` if it has no unit and the query is refused.
fn is_phrase_found_as_scanned(
    collection: &Collection,
    rng: &mut Rng,
    seen: &mut BTreeSet<String>,
) -> bool {
    let text = collection.text(rng);
    let fragment = quotable(&rng.fragment(text, 16));
    let query = format!("\"{fragment}\"");
    if sequence(&fragment).is_empty() {
        assert_eq!(parse(&query).expect_err(&query).problem, Problem::Empty);
        return false;
    }
    collection.check_leaf(&query, &Wanted::phrase(&fragment));
    seen.insert(fragment);
    true
}

#[test]
fn a_second_run_over_unchanged_files_is_fast() {
    if !is_long_wanted("indexing 3,500 files") {
        return;
    }
    let Some(laws) = corpus("laws-markdown") else {
        return;
    };
    let dir = tempfile::tempdir().expect("a temporary folder");
    let run = || {
        let started = Instant::now();
        let summary = update(
            dir.path(),
            std::slice::from_ref(&laws),
            &UpdateOptions::default(),
            &|_| {},
        )
        .expect("an index");
        (summary, started.elapsed().as_secs_f64())
    };
    let (first, first_seconds) = run();
    let mut seconds: Vec<f64> = Vec::new();
    for _ in 0..5 {
        let (summary, took) = run();
        assert_eq!((summary.added, summary.changed, summary.removed), (0, 0, 0));
        assert_eq!(summary.documents, first.documents);
        seconds.push(took);
    }
    seconds.sort_by(f64::total_cmp);
    let share = seconds[2] / first_seconds;
    say(format_args!(
        "{} documents, {} passages: {first_seconds:.1} s, again {:.3} s (median of 5), {:.2} %",
        first.documents,
        first.passages,
        seconds[2],
        share * 100.0
    ));
    assert!(share <= 0.02);
    let index = Index::open(dir.path()).expect("the index");
    let node = parse("\"中华人民共和国\"").expect("a query");
    assert!(
        Searcher::new(&index)
            .count(&node, &Filter::default())
            .expect("a count")
            .passages
            > 0
    );
}

#[test]
fn every_number_of_a_report_equals_that_of_a_scan() {
    if !is_long_wanted("300 keywords over laws and work reports") {
        return;
    }
    let (Some(laws), Some(reports)) = (corpus("laws-markdown"), corpus("work-reports-jsonl"))
    else {
        return;
    };
    let started = Instant::now();
    let collection = Collection::build(&[&laws, &reports]);
    report::check(&collection, &report::entries(&collection, 300), 150);
    say(format_args!(
        "300 entries over {} passages: all equal; {:.0?}",
        collection.passages.len(),
        started.elapsed()
    ));
}
