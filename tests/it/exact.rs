//! Exact matching against a scan of every passage: phrases, gaps, NEAR, Boolean queries, filters, counts.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::LazyLock;

use xunzhang::document::Part;
use xunzhang::query::{Node, Problem, Years, parse};
use xunzhang::search::{
    Concordance, ConcordanceOptions, Facet, Facets, Filter, LineOrder, Searcher, Within,
};

use crate::collection::Collection;
use crate::fixture::samples;
use crate::oracle::{Scanned, Wanted, sequence};
use crate::questions::{fragment, gapped, near_pair, quotable};
use crate::rng::Rng;

/// The samples and random texts in one index written by several threads, and all their passages.
pub(crate) static COLLECTION: LazyLock<Collection> = LazyLock::new(|| {
    let folder = tempfile::tempdir().expect("a temporary folder");
    write_random_texts(folder.path());
    Collection::build(&[&samples(), folder.path()]).of_several_segments()
});

/// Few characters, so that phrases recur often, including every kind that has a rule in reading units.
const ALPHABET: &str = "安置安置安置失地失地农农民民發展经濟经济的的的一二〇々0123４５.,.,%％％ABａｂcｉé①㎡½。。！？?，，；：“”（）—-、 　\u{200b}\u{feff}";

fn write_random_texts(corpus: &Path) {
    let alphabet: Vec<char> = ALPHABET.chars().collect();
    let mut rng = Rng::new(1);
    let folder = corpus.join("random");
    std::fs::create_dir_all(&folder).expect("a folder");
    let paragraph = |rng: &mut Rng| -> String {
        let len = 1 + rng.below(60);
        (0..len).map(|_| *rng.one_of(&alphabet)).collect()
    };
    for file in 0..60 {
        let text: String = (0..12).map(|_| paragraph(&mut rng) + "\n").collect();
        std::fs::write(folder.join(format!("{file}.txt")), text).expect("a file");
    }
    let records = (0..60).map(|year| {
        serde_json::json!({"title": format!("第{year}号通知"), "date": format!("{}-05-01", 1990 + year % 30), "text": paragraph(&mut rng)}).to_string() + "\n"
    });
    std::fs::write(folder.join("records.jsonl"), records.collect::<String>()).expect("a file");
}

#[test]
fn phrases() {
    let mut rng = Rng::new(2);
    for _ in 0..300 {
        let text = COLLECTION.text(&mut rng);
        let fragment = quotable(&rng.fragment(text, 16));
        let (open, close) = *rng.one_of(&[("\"", "\""), ("＂", "＂")]);
        let query = format!("{open}{fragment}{close}");
        let wanted = Wanted::phrase(&fragment);
        if sequence(&fragment).is_empty() {
            assert_eq!(parse(&query).expect_err(&query).problem, Problem::Empty);
        } else {
            COLLECTION.check_leaf(&query, &wanted);
        }
    }
}

#[test]
fn phrases_of_one_character() {
    let mut seen = BTreeSet::new();
    let mut rng = Rng::new(3);
    while seen.len() < 60 {
        let fragment = fragment(&COLLECTION, &mut rng, 1);
        if seen.insert(fragment.clone()) {
            COLLECTION.check_leaf(&format!("\"{fragment}\""), &Wanted::phrase(&fragment));
        }
    }
}

#[test]
fn gaps() {
    let mut rng = Rng::new(4);
    for _ in 0..300 {
        let (query, wanted) = gapped(&COLLECTION, &mut rng);
        COLLECTION.check_leaf(&query, &wanted);
    }
}

#[test]
fn near() {
    let mut rng = Rng::new(5);
    for _ in 0..300 {
        let (query, wanted) = near_pair(&COLLECTION, &mut rng);
        COLLECTION.check_leaf(&query, &wanted);
    }
}

#[test]
fn boolean_queries() {
    let mut rng = Rng::new(6);
    for round in 0..40 {
        let [a, b, c] = [0, 1, 2].map(|_| fragment(&COLLECTION, &mut rng, 2));
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
        // Nearly every passage lacks it, and all of those are fetched.
        if round % 8 > 0 {
            continue;
        }
        let without = COLLECTION.scan(&[], |passage, _| one.places(&passage.units) == 0);
        COLLECTION.check(&format!("NOT \"{a}\""), &filter, &without);
    }
}

/// A random filter that keeps at least one passage, and its definition.
fn random_filter(rng: &mut Rng) -> (Filter, impl Fn(&Scanned) -> bool) {
    let sample = rng.one_of(&COLLECTION.passages);
    let mut filter = Filter::default();
    if rng.below(2) == 0 {
        let years = sample
            .year
            .map(|year| year - rng.below(3) as u64..=year + rng.below(3) as u64);
        filter.documents.years = years.map(Years::from);
    }
    if rng.below(3) == 0 {
        filter.documents.kinds.extend(sample.kind.clone());
    }
    if rng.below(3) == 0 {
        filter.roles = sample.role.map(str::to_owned).into_iter().collect();
    }
    let folder = sample
        .document
        .split_once('/')
        .filter(|_| rng.below(3) == 0)
        .map(|(folder, _)| format!("{folder}/*"));
    filter.documents.paths.extend(folder);
    let heading = sample.headings.last().filter(|_| rng.below(3) == 0);
    filter.section = heading
        .map(|heading| rng.fragment(heading, 4))
        .filter(|text| !sequence(text).is_empty());
    filter.within = *rng.one_of(&[Within::All, Within::All, Within::Body, Within::Headings]);
    let keep = keep(filter.clone());
    (filter, keep)
}

/// The definition of a filter, whose only path is a folder.
fn keep(wanted: Filter) -> impl Fn(&Scanned) -> bool {
    let section = wanted.section.as_deref().map(Wanted::phrase);
    let folder = wanted.documents.paths.first();
    let folder = folder.map(|path| path.trim_end_matches("/*").to_owned());
    move |passage: &Scanned| {
        let documents = &wanted.documents;
        let kinds = &documents.kinds;
        documents
            .years
            .as_ref()
            .is_none_or(|years| passage.year.is_some_and(|year| years.contains(year)))
            && (kinds.is_empty()
                || passage
                    .kind
                    .as_ref()
                    .is_some_and(|kind| kinds.contains(kind)))
            && (wanted.roles.is_empty()
                || passage
                    .role
                    .is_some_and(|role| wanted.roles.iter().any(|one| one == role)))
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
    }
}

#[test]
fn filters() {
    let mut rng = Rng::new(7);
    let mut n_found = 0;
    for _ in 0..200 {
        let fragment = fragment(&COLLECTION, &mut rng, 2);
        let wanted = Wanted::phrase(&fragment);
        let (filter, keep) = random_filter(&mut rng);
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

/// What a list of facets has to say of `passages`, each with its value and its matches: passages, documents, matches.
fn by_value<'a>(
    passages: impl Iterator<Item = (Option<String>, &'a Scanned, u64)>,
) -> Vec<(Option<String>, [u64; 3])> {
    /// Passages, documents and occurrences.
    type Sums<'a> = (u64, BTreeSet<&'a str>, u64);
    let mut sums: BTreeMap<(bool, Option<String>), Sums<'_>> = BTreeMap::new();
    for (value, passage, n) in passages {
        let sum = sums.entry((value.is_none(), value)).or_default();
        sum.0 += 1;
        sum.1.insert(&passage.document);
        sum.2 += n;
    }
    let sums = sums.into_iter();
    sums.map(|((_, value), (passages, documents, n))| {
        (value, [passages, documents.len() as u64, n])
    })
    .collect()
}

#[test]
fn facets() {
    type Value = fn(&Scanned) -> Option<String>;
    type Without = fn(&mut Filter);
    type List = fn(Facets) -> Vec<Facet>;
    let lists: [(Value, Without, List); 3] = [
        (
            |passage| passage.year.map(|year| year.to_string()),
            |filter| filter.documents.years = None,
            |facets| facets.years,
        ),
        (
            |passage| passage.kind.clone(),
            |filter| filter.documents.kinds.clear(),
            |facets| facets.kinds,
        ),
        (
            |passage| passage.role.map(str::to_owned),
            |filter| filter.roles.clear(),
            |facets| facets.roles,
        ),
    ];
    let searcher = Searcher::new(&COLLECTION.index);
    let mut rng = Rng::new(10);
    let mut n_values = 0;
    for _ in 0..100 {
        let fragment = fragment(&COLLECTION, &mut rng, 2);
        let wanted = Wanted::phrase(&fragment);
        let (filter, _) = random_filter(&mut rng);
        let node = parse(&format!("\"{fragment}\"")).expect("a query");
        for (value, without, list) in lists {
            let mut lifted = filter.clone();
            without(&mut lifted);
            let keep = keep(lifted);
            let kept = COLLECTION.passages.iter().filter(|passage| keep(passage));
            let held = kept.map(|passage| (value(passage), passage, wanted.places(&passage.units)));
            let expected = by_value(held.filter(|(.., n)| *n > 0));
            let facets = searcher.facets(&node, &filter).expect("facets");
            let mut facets = list(facets);
            facets.sort_by_key(|facet| (facet.value.is_none(), facet.value.clone()));
            let facets = facets.into_iter();
            let facets: Vec<_> = facets
                .map(|facet| {
                    (
                        facet.value,
                        [facet.passages, facet.documents, facet.occurrences],
                    )
                })
                .collect();
            n_values += expected.len();
            assert_eq!(facets, expected, "{fragment} under {filter:?}");
        }
    }
    assert!(n_values > 300, "lists of nothing prove nothing: {n_values}");
}

#[test]
fn marks_of_documents() {
    let searcher = Searcher::new(&COLLECTION.index);
    let mut rng = Rng::new(11);
    let mut n_marks = 0;
    for _ in 0..60 {
        let fragment = fragment(&COLLECTION, &mut rng, 3);
        let wanted = Wanted::phrase(&fragment);
        let (filter, keep) = random_filter(&mut rng);
        let node = parse(&format!("\"{fragment}\"")).expect("a query");
        let expected = COLLECTION.scan(&[&wanted], |passage, n| n[0] > 0 && keep(passage));
        let documents = searcher.documents_with(&node, &filter).expect("documents");
        let occurrences: u64 = documents.iter().map(|one| one.occurrences).sum();
        assert_eq!(occurrences, expected.occurrences, "{fragment}");
        assert!(documents.is_sorted_by(|a, b| a.id < b.id));
        let mut places = Vec::new();
        for document in &documents {
            let marks = searcher.marks(&node, &filter, &document.id).expect("marks");
            assert_eq!(marks.len() as u64, document.passages, "{fragment}");
            assert!(marks.iter().all(|mark| !mark.highlights.is_empty()));
            places.extend(marks.iter().map(|mark| (document.id.clone(), mark.number)));
        }
        n_marks += places.len();
        let expected: Vec<_> = expected.places.into_iter().collect();
        assert_eq!(places, expected, "{fragment} under {filter:?}");
    }
    assert!(n_marks > 300, "{n_marks}");
}

/// The engine drops terms that are too long; neither such a unit nor its neighbours may be lost with it.
#[test]
fn a_unit_of_any_length_is_counted() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let long = "a".repeat(70_000);
    for file in 0..8 {
        let text = format!("编号甲{long}{file}乙丙。");
        std::fs::write(folder.path().join(format!("{file}.txt")), text).expect("a file");
    }
    let collection = Collection::build(&[folder.path()]).of_several_segments();
    for phrase in ["甲", "编号甲", "乙", "乙丙"] {
        collection.check_leaf(&format!("\"{phrase}\""), &Wanted::phrase(phrase));
    }
    let gap = Wanted::Sequences(vec![sequence("甲"), sequence("乙")], vec![(1, 1)]);
    collection.check_leaf("\"甲?乙\"", &gap);
}

#[test]
fn a_concordance_has_the_places_of_a_scan() {
    let searcher = Searcher::new(&COLLECTION.index);
    let mut rng = Rng::new(9);
    for _ in 0..500 {
        let text = COLLECTION.text(&mut rng);
        let fragment = quotable(&rng.fragment(text, 4));
        if sequence(&fragment).is_empty() {
            continue;
        }
        let sort = *rng.one_of(&[LineOrder::Path, LineOrder::Left, LineOrder::Date]);
        let (filter, keep) = random_filter(&mut rng);
        let query = format!("\"{fragment}\"");
        let options = ConcordanceOptions {
            filter,
            window: 3,
            sort,
            sample: None,
            seed: 0,
            group: None,
            most: None,
            threads: std::num::NonZeroUsize::new(2).expect("two"),
        };
        let node = parse(&query).expect(&query);
        let concordance = searcher.concordance(&node, &options).expect(&query);
        let lines = (0..concordance.len()).map(|ord| concordance.line(ord).expect("a line"));
        let wanted = Wanted::phrase(&fragment);
        let mut spans = BTreeSet::new();
        let mut lines: Vec<_> = lines
            .map(|line| {
                // A character such as ½ is several units, of which the phrase may be one.
                let units = sequence(&line.hit);
                let phrase = sequence(&fragment);
                // With its context: ○ is 〇 among numerals alone.
                let around = sequence(&format!("{}{}{}", line.left, line.hit, line.right));
                assert!(
                    around.windows(phrase.len()).any(|part| part == phrase),
                    "{query}"
                );
                // Else each line is a place of its own.
                let is_new = spans.insert((line.place.clone(), line.number, line.span));
                assert!(is_new || units.len() > phrase.len(), "{query}");
                (line.document.id.clone(), line.number)
            })
            .collect();
        lines.sort();
        let kept = COLLECTION.passages.iter().filter(|passage| keep(passage));
        let mut expected: Vec<_> = kept
            .flat_map(|passage| {
                let place = (passage.document.clone(), passage.number);
                std::iter::repeat_n(place, wanted.places(&passage.units) as usize)
            })
            .collect();
        expected.sort();
        assert_eq!(lines, expected, "{query} under {:?}", options.filter);
        first_lines_are_those_of_all(&node, &options);
    }
}

#[test]
fn first_lines_are_those_of_all_kinds_of_queries() {
    let options = ConcordanceOptions {
        filter: Filter::default(),
        window: 3,
        sort: LineOrder::Path,
        sample: None,
        seed: 0,
        group: None,
        most: None,
        threads: std::num::NonZeroUsize::new(2).expect("two"),
    };
    for query in [
        "工作 总结",
        "工作 -总结",
        "+工作 +园区",
        "工作 kind:总结",
        "kind:总结",
        "“（工作｜工作总结｜作总）”",
        "“（工作｜失地农民）” 农民",
        "“工＊结”",
        "工作 NEAR/5 园区",
        "title:总结 工作",
        "没有这样的字句",
    ] {
        first_lines_are_those_of_all(&parse(query).expect(query), &options);
    }
}

/// The first lines alone, and the numbers of all, are as they are where all lines are read.
fn first_lines_are_those_of_all(node: &Node, options: &ConcordanceOptions) {
    let searcher = Searcher::new(&COLLECTION.index);
    let all = searcher.concordance(node, options).expect("all lines");
    for most in [1, 7, 1_000_000] {
        let some = ConcordanceOptions {
            most: Some(most),
            ..options.clone()
        };
        let some = searcher.concordance(node, &some).expect("some lines");
        let numbers = |one: &Concordance<'_>| {
            (
                one.occurrences,
                one.n_documents,
                one.n_filtered,
                one.dispersion,
            )
        };
        assert_eq!(numbers(&some), numbers(&all), "{node}");
        assert!(some.len() >= all.len().min(most), "{node}");
        for ord in 0..all.len().min(most) {
            assert_eq!(
                some.line(ord).expect("a line"),
                all.line(ord).expect("a line"),
                "{node}"
            );
        }
    }
}
