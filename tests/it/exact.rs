//! Exact matching against a scan of every passage: phrases, gaps, NEAR, Boolean queries, filters, counts.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::sync::LazyLock;

use xunzhang::document::Part;
use xunzhang::index::{Index, UpdateOptions, update};
use xunzhang::query::{Node, Problem, parse};
use xunzhang::search::{Filter, SearchOptions, Searcher, Within};

use crate::dice::Dice;
use crate::fixture::samples;
use crate::oracle::{Found, Scanned, Wanted, row, scan};

/// The samples and random texts in one index that several threads wrote, and every passage of them.
static COLLECTION: LazyLock<Collection> = LazyLock::new(Collection::build);

struct Collection {
    index: Index,
    passages: Vec<Scanned>,
    _folder: tempfile::TempDir,
}

impl Collection {
    fn build() -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let (corpus, dir) = (folder.path().join("corpus"), folder.path().join("index"));
        copy_samples(&corpus);
        write_random_texts(&corpus);
        let options = UpdateOptions {
            jobs: 4,
            ..UpdateOptions::default()
        };
        update(&dir, std::slice::from_ref(&corpus), &options, &|_| {}).expect("an index");
        let stores = std::fs::read_dir(&dir).expect("the index").flatten();
        let n_segments = stores
            .filter(|entry| entry.path().extension().is_some_and(|end| end == "store"))
            .count();
        assert!(n_segments > 1, "counts must be right over several segments");
        let files: Vec<String> = walkdir::WalkDir::new(&corpus)
            .into_iter()
            .flatten()
            .filter(|entry| entry.file_type().is_file())
            .map(|entry| {
                entry
                    .path()
                    .strip_prefix(&corpus)
                    .expect("a path below")
                    .to_string_lossy()
                    .into_owned()
            })
            .collect();
        Self {
            index: Index::open(&dir).expect("the index"),
            passages: scan(&corpus, &files),
            _folder: folder,
        }
    }

    /// What the scan finds: passages that `keep` takes and where `matches` holds, and the places of `leaves` in them.
    fn scan(&self, leaves: &[&Wanted], keep: impl Fn(&Scanned, &[u64]) -> bool) -> Found {
        let mut found = Found::default();
        for passage in &self.passages {
            let places: Vec<u64> = leaves
                .iter()
                .map(|leaf| leaf.places(&passage.units))
                .collect();
            if keep(passage, &places) {
                found
                    .places
                    .insert((passage.document.clone(), passage.number));
                found.occurrences += places.iter().sum::<u64>();
            }
        }
        found
    }

    /// Asserts that search and count give what the scan found.
    #[track_caller]
    fn check(&self, query: &str, filter: &Filter, expected: &Found) {
        let node: Node = parse(query).unwrap_or_else(|error| panic!("{query}: {error}"));
        let searcher = Searcher::new(&self.index);
        let count = searcher.count(&node, filter).expect("a count");
        let counts = (count.occurrences, count.passages, count.documents);
        let expected_counts = (
            expected.occurrences,
            expected.places.len() as u64,
            expected.documents(),
        );
        assert_eq!(
            counts, expected_counts,
            "occurrences, passages, documents of {query} under {filter:?}"
        );
        let options = SearchOptions {
            limit: self.passages.len(),
            collapse: false,
            filter: filter.clone(),
            ..SearchOptions::default()
        };
        let hits = searcher.search(&node, &options).expect("hits").hits;
        let actual: Vec<_> = hits
            .into_iter()
            .map(|hit| (hit.document.id, hit.passage.number))
            .collect();
        let n_hits = actual.len();
        let actual: BTreeSet<_> = actual.into_iter().collect();
        assert_eq!(
            n_hits,
            actual.len(),
            "a passage stands twice among the hits of {query}"
        );
        let missed: Vec<_> = expected.places.difference(&actual).collect();
        let extra: Vec<_> = actual.difference(&expected.places).collect();
        assert!(
            missed.is_empty() && extra.is_empty(),
            "{query} under {filter:?}: missed {missed:?}, extra {extra:?}"
        );
    }

    fn check_leaf(&self, query: &str, wanted: &Wanted) {
        let expected = self.scan(&[wanted], |_, places| places[0] > 0);
        self.check(query, &Filter::default(), &expected);
    }

    fn text(&self, dice: &mut Dice) -> &str {
        &dice.one_of(&self.passages).text
    }
}

fn copy_samples(to: &std::path::Path) {
    let from = samples();
    for entry in walkdir::WalkDir::new(&from)
        .into_iter()
        .flatten()
        .filter(|entry| entry.file_type().is_file())
    {
        let target: PathBuf = to.join(entry.path().strip_prefix(&from).expect("a path below"));
        std::fs::create_dir_all(target.parent().expect("a folder")).expect("a folder");
        std::fs::copy(entry.path(), target).expect("a copy");
    }
}

/// Characters of which few phrases repeat often, and everything that reading units has a rule for.
const ALPHABET: &str = "安置安置安置失地失地农农民民發展经濟经济的的的一二〇々0123４５.,.,%％％ABａｂcｉé①㎡½。。！？?，，；：“”（）—-、 　\u{200b}\u{feff}";

fn write_random_texts(corpus: &std::path::Path) {
    let alphabet: Vec<char> = ALPHABET.chars().collect();
    let mut dice = Dice::new(1);
    let folder = corpus.join("random");
    std::fs::create_dir_all(&folder).expect("a folder");
    let paragraph = |dice: &mut Dice| -> String {
        let len = 1 + dice.below(60);
        (0..len).map(|_| *dice.one_of(&alphabet)).collect()
    };
    for file in 0..60 {
        let text: String = (0..12).map(|_| paragraph(&mut dice) + "\n").collect();
        std::fs::write(folder.join(format!("{file}.txt")), text).expect("a file");
    }
    let records = (0..60).map(|year| {
        serde_json::json!({"title": format!("第{year}号通知"), "date": format!("{}-05-01", 1990 + year % 30), "text": paragraph(&mut dice)}).to_string() + "\n"
    });
    std::fs::write(folder.join("records.jsonl"), records.collect::<String>()).expect("a file");
}

/// The fragment as the inside of a phrase: gap signs and the closing quotation mark mean something there.
fn quotable(fragment: &str) -> String {
    fragment
        .chars()
        .map(|ch| match ch {
            '?' | '？' => '！',
            '"' | '＂' | '*' | '＊' => ' ',
            ch => ch,
        })
        .collect()
}

/// A fragment that holds a unit.
fn fragment(dice: &mut Dice, most: usize) -> String {
    loop {
        let text = COLLECTION.text(dice);
        let fragment = quotable(&dice.fragment(text, most));
        if !row(&fragment).is_empty() {
            return fragment;
        }
    }
}

#[test]
fn phrases() {
    let mut dice = Dice::new(2);
    for _ in 0..300 {
        let text = COLLECTION.text(&mut dice);
        let fragment = quotable(&dice.fragment(text, 16));
        let (open, close) = *dice.one_of(&[("\"", "\""), ("＂", "＂")]);
        let query = format!("{open}{fragment}{close}");
        let wanted = Wanted::phrase(&fragment);
        if row(&fragment).is_empty() {
            assert_eq!(parse(&query).expect_err(&query).problem, Problem::Empty);
        } else {
            COLLECTION.check_leaf(&query, &wanted);
        }
    }
}

#[test]
fn phrases_of_one_character() {
    let mut seen = BTreeSet::new();
    let mut dice = Dice::new(3);
    while seen.len() < 60 {
        let fragment = fragment(&mut dice, 1);
        if seen.insert(fragment.clone()) {
            COLLECTION.check_leaf(&format!("\"{fragment}\""), &Wanted::phrase(&fragment));
        }
    }
}

/// Two or three pieces of one passage with what is between them left out, as a pattern.
fn gapped(dice: &mut Dice) -> (String, Wanted) {
    let n_rows = 2 + dice.below(2);
    let text: Vec<char> = COLLECTION.text(dice).chars().collect();
    let mut at = dice.below(text.len());
    let (mut query, mut rows, mut gaps) = (String::new(), Vec::new(), Vec::new());
    for ord in 0..n_rows {
        let len = 1 + dice.below(4);
        let piece: String = text.iter().skip(at).take(len).collect();
        let mut piece = quotable(&piece);
        if row(&piece).is_empty() {
            piece = fragment(dice, 3);
        }
        at += len;
        if ord > 0 {
            let (sign, gap) = gap(dice);
            query += &sign;
            gaps.push(gap);
            at += dice.below(gap.1.min(8) + 1);
        }
        query += &piece;
        rows.push(row(&piece));
    }
    (format!("\"{query}\""), Wanted::Rows(rows, gaps))
}

fn gap(dice: &mut Dice) -> (String, (usize, usize)) {
    match dice.below(5) {
        0 => ("*".to_owned(), (1, 20)),
        1 => ("?".to_owned(), (1, 1)),
        2 => ("？？".to_owned(), (2, 2)),
        3 => {
            let (least, more) = (dice.below(4), dice.below(10));
            (
                format!("＊｛{least}，{}｝", least + more),
                (least, least + more),
            )
        }
        _ => {
            let (least, more) = (dice.below(90), dice.below(10));
            (
                format!("*{{{least},{}}}", least + more),
                (least, least + more),
            )
        }
    }
}

#[test]
fn gaps() {
    let mut dice = Dice::new(4);
    for _ in 0..300 {
        let (query, wanted) = gapped(&mut dice);
        COLLECTION.check_leaf(&query, &wanted);
    }
}

#[test]
fn near() {
    let mut dice = Dice::new(5);
    for _ in 0..300 {
        let text = COLLECTION.text(&mut dice);
        let [left, right] = [0, 1].map(|_| {
            let piece = quotable(&dice.fragment(text, 3));
            if row(&piece).is_empty() {
                fragment(&mut dice, 3)
            } else {
                piece
            }
        });
        let distance = *dice.one_of(&[0, 1, 2, 5, 10, 30, 100]);
        let wanted = Wanted::Near(row(&left), row(&right), distance);
        COLLECTION.check_leaf(&format!("\"{left}\" NEAR/{distance} \"{right}\""), &wanted);
    }
}

#[test]
fn boolean_queries() {
    let mut dice = Dice::new(6);
    for round in 0..40 {
        let [a, b, c] = [0, 1, 2].map(|_| fragment(&mut dice, 2));
        let [one, two, three] = [&a, &b, &c].map(|text| Wanted::phrase(text));
        let (filter, leaves) = (Filter::default(), [&one, &two, &three]);
        let both = COLLECTION.scan(&leaves[..2], |_, places| places[0] > 0 && places[1] > 0);
        COLLECTION.check(&format!("\"{a}\" AND \"{b}\""), &filter, &both);
        COLLECTION.check(&format!("＂{a}＂ ＋\"{b}\""), &filter, &both);
        let either = COLLECTION.scan(&leaves[..2], |_, places| places[0] > 0 || places[1] > 0);
        COLLECTION.check(&format!("\"{a}\" ＯＲ \"{b}\""), &filter, &either);
        let mixed = COLLECTION.scan(&leaves[..2], |passage, places| {
            (places[0] > 0 || places[1] > 0) && three.places(&passage.units) == 0
        });
        COLLECTION.check(
            &format!("（\"{a}\" OR \"{b}\"） －\"{c}\""),
            &filter,
            &mixed,
        );
        // Nearly every passage is without it, and all are fetched.
        if round % 8 > 0 {
            continue;
        }
        let without = COLLECTION.scan(&[], |passage, _| one.places(&passage.units) == 0);
        COLLECTION.check(&format!("NOT \"{a}\""), &filter, &without);
    }
}

/// A filter that leaves something, and what it means.
fn random_filter(dice: &mut Dice) -> (Filter, impl Fn(&Scanned) -> bool) {
    let sample = dice.one_of(&COLLECTION.passages);
    let mut filter = Filter::default();
    if dice.below(2) == 0 {
        filter.years = sample
            .year
            .map(|year| year - dice.below(3) as u64..=year + dice.below(3) as u64);
    }
    if dice.below(3) == 0 {
        filter.kind = sample.kind.clone();
    }
    if dice.below(3) == 0 {
        filter.role = sample.role.map(str::to_owned);
    }
    let folder = sample
        .document
        .split_once('/')
        .filter(|_| dice.below(3) == 0)
        .map(|(folder, _)| folder.to_owned());
    filter.path = folder.as_ref().map(|folder| format!("{folder}/*"));
    let heading = sample.headings.last().filter(|_| dice.below(3) == 0);
    filter.section = heading
        .map(|heading| dice.fragment(heading, 4))
        .filter(|text| !row(text).is_empty());
    filter.within = *dice.one_of(&[Within::All, Within::All, Within::Body, Within::Headings]);
    let section = filter.section.as_deref().map(Wanted::phrase);
    let wanted = filter.clone();
    let keep = move |passage: &Scanned| {
        wanted
            .years
            .as_ref()
            .is_none_or(|years| passage.year.is_some_and(|year| years.contains(&year)))
            && wanted
                .kind
                .as_ref()
                .is_none_or(|kind| passage.kind.as_ref() == Some(kind))
            && wanted
                .role
                .as_ref()
                .is_none_or(|role| passage.role == Some(role))
            && folder.as_ref().is_none_or(|folder| {
                passage
                    .document
                    .split_once('/')
                    .is_some_and(|(first, _)| first == folder)
            })
            && section.as_ref().is_none_or(|wanted| {
                passage
                    .headings
                    .iter()
                    .any(|text| wanted.places(&crate::oracle::units(text)) > 0)
            })
            && match wanted.within {
                Within::All => true,
                Within::Body => passage.part == Part::Body,
                Within::Headings => passage.part != Part::Body,
            }
    };
    (filter, keep)
}

#[test]
fn filters() {
    let mut dice = Dice::new(7);
    let mut n_found = 0;
    for _ in 0..200 {
        let fragment = fragment(&mut dice, 2);
        let wanted = Wanted::phrase(&fragment);
        let (filter, keep) = random_filter(&mut dice);
        let expected =
            COLLECTION.scan(&[&wanted], |passage, places| places[0] > 0 && keep(passage));
        COLLECTION.check(&format!("\"{fragment}\""), &filter, &expected);
        n_found += usize::from(!expected.places.is_empty());
    }
    assert!(
        n_found > 60,
        "filters that leave nothing prove nothing: {n_found}"
    );
}

#[test]
fn every_passage_is_found_by_its_own_text() {
    let mut by_units: BTreeMap<Vec<String>, Found> = BTreeMap::new();
    for passage in &COLLECTION.passages {
        let whole = row(&passage.text);
        let one_sentence = passage
            .units
            .iter()
            .all(|(_, sentence)| *sentence == passage.units[0].1);
        if one_sentence && !whole.is_empty() && quotable(&passage.text) == passage.text {
            by_units
                .entry(whole)
                .or_default()
                .places
                .insert((passage.document.clone(), passage.number));
        }
    }
    assert!(by_units.len() > 300, "{}", by_units.len());
    let searcher = Searcher::new(&COLLECTION.index);
    for passage in &COLLECTION.passages {
        let Some(same) = by_units.get(&row(&passage.text)) else {
            continue;
        };
        let node = parse(&format!("\"{}\"", quotable(&passage.text))).expect("a phrase");
        let count = searcher.count(&node, &Filter::default()).expect("a count");
        assert!(
            count.passages >= same.places.len() as u64,
            "{}",
            passage.text
        );
    }
}
