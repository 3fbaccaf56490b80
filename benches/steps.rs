//! How fast each step of reading takes text: `cargo bench --bench steps [-- NAME]`.
//!
//! Bytes are those of the text in UTF-8, whatever a step looks at. The text is that of the sample reports, repeated up
//! to [`LEAST_BYTES`], or once that of the `.txt` and `.md` files below the folder that `XUNZHANG_BENCH_TEXT` names.

use std::path::Path;
use std::sync::LazyLock;

use divan::counter::BytesCount;
use divan::{Bencher, Divan, black_box};
use walkdir::WalkDir;
use xunzhang::document::{Line, SourceMetadata, Style, compose, date};
use xunzhang::source::clean::clean;
use xunzhang::source::decode::decode;
use xunzhang::text::automaton::{Automaton, ScanResult};
use xunzhang::text::normalize::normalize;
use xunzhang::text::pattern::{Pattern, find_near};
use xunzhang::text::sentences::sentences;
use xunzhang::text::units::Units;
use xunzhang::text::words::Segmenter;
use xunzhang::text::{numerals, simhash};

const LEAST_BYTES: usize = 1 << 20;
/// As many keywords as a long list has.
const KEYWORDS: usize = 1_000;

/// The text in the forms that steps take it in.
struct Text {
    files: Vec<String>,
    documents: Vec<Vec<Line>>,
    passages: Vec<String>,
    bytes: usize,
}

static TEXT: LazyLock<Text> = LazyLock::new(|| {
    let files = files();
    let documents: Vec<Vec<Line>> = files.iter().map(|file| lines(file)).collect();
    let passages: Vec<String> = documents
        .iter()
        .flatten()
        .filter(|line| !line.text.trim().is_empty())
        .map(|line| line.text.clone())
        .collect();
    Text {
        bytes: passages.iter().map(String::len).sum(),
        files,
        documents,
        passages,
    }
});
static NORMALIZED: LazyLock<Vec<String>> =
    LazyLock::new(|| TEXT.passages.iter().map(|text| normalize(text)).collect());
static UNITS: LazyLock<Vec<Units>> =
    LazyLock::new(|| TEXT.passages.iter().map(|text| Units::new(text)).collect());

fn main() {
    Divan::default().sample_count(20).config_with_args().main();
}

fn files() -> Vec<String> {
    let named = std::env::var_os("XUNZHANG_BENCH_TEXT");
    let samples = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus");
    let folder = named.as_ref().map_or(samples.as_path(), Path::new);
    let is_text = |path: &Path| {
        let extension = path.extension().and_then(|extension| extension.to_str());
        matches!(extension, Some("txt" | "md"))
    };
    let paths = WalkDir::new(folder).sort_by_file_name().into_iter();
    let paths = paths.map(|entry| entry.expect("a folder that can be read").into_path());
    let read = |path| {
        decode(&std::fs::read(path).expect("a file"))
            .text
            .into_owned()
    };
    let files: Vec<String> = paths.filter(|path| is_text(path)).map(read).collect();
    let bytes: usize = files.iter().map(String::len).sum();
    assert!(bytes > 0, "no text in {}", folder.display());
    let times = match named {
        Some(_) => 1,
        None => LEAST_BYTES.div_ceil(bytes),
    };
    vec![files; times].concat()
}

fn lines(file: &str) -> Vec<Line> {
    let line = |(number, text): (u32, &str)| Line {
        number,
        text: text.to_owned(),
        style: Style::Plain,
    };
    (1..).zip(file.lines()).map(line).collect()
}

fn row(text: &str) -> Vec<String> {
    Units::new(text).texts().map(str::to_owned).collect()
}

/// Measures `step` on all of `inputs`, which hold the whole text.
fn measure<I, O>(bencher: Bencher<'_, '_>, inputs: &[I], mut step: impl FnMut(&I) -> O) {
    bencher
        .counter(BytesCount::new(TEXT.bytes))
        .bench_local(|| {
            for input in inputs {
                black_box(step(black_box(input)));
            }
        });
}

#[divan::bench]
fn decode_utf8(bencher: Bencher<'_, '_>) {
    measure(bencher, &TEXT.files, |file| {
        decode(file.as_bytes()).n_malformed
    });
}

#[divan::bench]
fn decode_gb18030(bencher: Bencher<'_, '_>) {
    let encode = |file: &String| encoding_rs::GB18030.encode(file).0.into_owned();
    let files: Vec<Vec<u8>> = TEXT.files.iter().map(encode).collect();
    measure(bencher, &files, |file| decode(file).n_malformed);
}

#[divan::bench]
fn clean_lines(bencher: Bencher<'_, '_>) {
    bencher
        .counter(BytesCount::new(TEXT.bytes))
        .with_inputs(|| TEXT.documents.clone())
        .bench_local_values(|documents| documents.into_iter().map(clean).collect::<Vec<_>>());
}

#[divan::bench]
fn compose_outline(bencher: Bencher<'_, '_>) {
    let given = SourceMetadata::default();
    measure(bencher, &TEXT.documents, |lines| compose(lines, &given));
}

#[divan::bench]
fn find_dates(bencher: Bencher<'_, '_>) {
    measure(bencher, &TEXT.documents, |lines| {
        let dates = lines.iter().filter_map(|line| date::find(&line.text));
        dates.count()
    });
}

#[divan::bench]
fn normalize_text(bencher: Bencher<'_, '_>) {
    measure(bencher, &TEXT.passages, |text| normalize(text));
}

#[divan::bench]
fn units(bencher: Bencher<'_, '_>) {
    measure(bencher, &TEXT.passages, |text| Units::new(text));
}

#[divan::bench]
fn words(bencher: Bencher<'_, '_>) {
    let segmenter = Segmenter::new("").expect("a dictionary without entries");
    segmenter.load();
    measure(bencher, &NORMALIZED, |text| {
        segmenter.words(text).map(str::len).sum::<usize>()
    });
}

#[divan::bench]
fn sentence_ends(bencher: Bencher<'_, '_>) {
    measure(bencher, &TEXT.passages, |text| sentences(text));
}

#[divan::bench]
fn numeral_readings(bencher: Bencher<'_, '_>) {
    measure(bencher, &NORMALIZED, |text| numerals::readings(text));
}

#[divan::bench]
fn likeness_hash(bencher: Bencher<'_, '_>) {
    measure(bencher, &UNITS, simhash::hash);
}

#[divan::bench]
fn pattern_phrase(bencher: Bencher<'_, '_>) {
    let pattern = Pattern::phrase("失地农民").expect("a phrase");
    measure(bencher, &UNITS, |units| pattern.find(units));
}

#[divan::bench]
fn pattern_gap(bencher: Bencher<'_, '_>) {
    let pattern = Pattern {
        rows: vec![row("坚持"), row("发展")],
        gaps: vec![1..=20],
    };
    measure(bencher, &UNITS, |units| pattern.find(units));
}

#[divan::bench]
fn pattern_near(bencher: Bencher<'_, '_>) {
    let (left, right) = (row("就业"), row("培训"));
    measure(bencher, &UNITS, |units| find_near(units, &left, &right, 10));
}

/// Keywords of two to six units that all occur in the text, as of a report on it.
#[divan::bench]
fn automaton_of_keywords(bencher: Bencher<'_, '_>) {
    let keyword = |n: usize| -> Option<Vec<String>> {
        let units = &UNITS[n * 31 % UNITS.len()];
        let len = 2 + n % 5;
        let start = (n * 7) % units.len().checked_sub(len)?.max(1);
        Some(
            units
                .texts()
                .skip(start)
                .take(len)
                .map(str::to_owned)
                .collect(),
        )
    };
    let keywords: Vec<Vec<String>> = (0..).filter_map(keyword).take(KEYWORDS).collect();
    let automaton = Automaton::new(keywords.iter().map(Vec::as_slice));
    let mut reading = ScanResult::default();
    measure(bencher, &TEXT.passages, |text| {
        automaton.read(text.chars(), &mut reading);
        reading.places.len()
    });
}
