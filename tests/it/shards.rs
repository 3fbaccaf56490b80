//! A collection in many indexes answers as one index with the same documents does, bit for bit.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde_json::Value;
use xunzhang::index::{Index, UpdateOptions, fingerprint_of, sources, update};
use xunzhang::query::{Years, parse};
use xunzhang::report::keywords::{from_entries, from_words};
use xunzhang::report::tally::{Part, TallyOptions, part, tally, tally_of};
use xunzhang::report::trend;
use xunzhang::search::shards::{Answer, Own, Question, Shards, concordance, search};
use xunzhang::search::{
    By, ConcordanceOptions, ConcordanceRow, Error, Filter, Grouping, LineOrder, SearchOptions,
    Searcher, Sort,
};

use crate::generated::generate;

/// The shards, asked one after the other; questions and answers travel as JSON, as between machines.
struct Local(Vec<Index>);

impl Shards for Local {
    type Error = Error;

    fn n_shards(&self) -> usize {
        self.0.len()
    }

    fn ask(&self, question: &Question, own: Vec<(usize, Own)>) -> Result<Vec<Answer>, Error> {
        let question: Question = sent(question);
        let own = own.into_iter();
        own.map(|(shard, own)| {
            let searcher = Searcher::new(&self.0[shard]);
            Ok(sent(&searcher.answer(&question, &sent(&own))?))
        })
        .collect()
    }
}

fn sent<T: serde::Serialize + serde::de::DeserializeOwned>(value: &T) -> T {
    let text = serde_json::to_string(value).expect("plain data");
    serde_json::from_str(&text).expect("what was written")
}

struct Built {
    _folder: tempfile::TempDir,
    one: Index,
    many: Vec<Local>,
}

fn build(roots: &[PathBuf], folder: tempfile::TempDir, counts: &[usize]) -> Built {
    let options = UpdateOptions {
        jobs: 2,
        ..UpdateOptions::default()
    };
    let built = |dir: &Path, only: Option<BTreeSet<String>>| {
        let options = UpdateOptions {
            only: only.map(Arc::new),
            ..options.clone()
        };
        update(dir, roots, &options, &|_| {}).expect("an index");
        Index::open(dir).expect("the index")
    };
    let one = built(&folder.path().join("one"), None);
    let files = sources(roots, &folder.path().join("one"), &options).expect("files");
    let many = counts.iter().map(|&n| {
        let shards = (0..n).map(|shard| {
            let own = files.iter().enumerate();
            let own = own.filter(|(ord, _)| ord % n == shard);
            let only = own.map(|(_, file)| file.id.clone()).collect();
            built(&folder.path().join(format!("{n}-{shard}")), Some(only))
        });
        Local(shards.collect())
    });
    Built {
        many: many.collect(),
        one,
        _folder: folder,
    }
}

fn generated() -> Built {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let corpus = folder.path().join("corpus");
    generate(&corpus, 36, 11);
    // Several collections: ids begin with their names in all shards.
    let roots = [
        corpus.join("青禾镇"),
        corpus.join("白苇县"),
        corpus.join("河务局"),
    ];
    build(&roots, folder, &[3, 8])
}

#[track_caller]
fn check_search(built: &Built, queries: &[&str], options: &SearchOptions) {
    let searcher = Searcher::new(&built.one);
    for query in queries {
        let expected = searcher.search(&parse(query).expect("a query"), options);
        let expected = expected.expect("hits");
        let as_json = serde_json::to_value(&expected).expect("plain data");
        for shards in &built.many {
            let found = search(shards, query, options).expect("hits");
            let n = shards.n_shards();
            assert_eq!(found.total, expected.total, "{query} in {n}: {options:?}");
            let bits = |results: &xunzhang::search::Results| -> Vec<u32> {
                results.hits.iter().map(|hit| hit.score.to_bits()).collect()
            };
            assert_eq!(bits(&found), bits(&expected), "{query} in {n}: {options:?}");
            let found = serde_json::to_value(&found).expect("plain data");
            assert_eq!(found, as_json, "{query} in {n}: {options:?}");
        }
    }
}

const QUERIES: [&str; 22] = [
    "水渠",
    "水渠 拨付",
    "修建水渠资金管理",
    "站",
    "泵房 5G",
    "汛期安全 检查 站",
    "农民安置",
    "渠站",
    "没有的词语",
    "骨癌",
    "\"水渠修建\"",
    "\"修建*水渠\"",
    "水渠 NEAR/5 资金",
    "+水渠 -资金",
    "水渠 OR 灌溉",
    "\"水渠\" 修建 站",
    "水渠^2 道路",
    "title:通知 水渠",
    "heading:问题 水渠",
    "kind:通知 水渠 year:2005..2008",
    "“水渠(修建|资金)”",
    "各村要加强水渠修建资金的管理和检查，不断落实汛期安全责任，用于农民安置的资金没有拨付的要及时拨付",
];

#[test]
fn hits_are_those_of_one_index() {
    let built = generated();
    let all = SearchOptions {
        limit: 100,
        ..SearchOptions::default()
    };
    check_search(&built, &QUERIES, &all);
    let by_document = SearchOptions {
        by: By::Document,
        ..all.clone()
    };
    check_search(&built, &QUERIES[..12], &by_document);
    let every = SearchOptions {
        limit: 5_000,
        collapse: false,
        ..all.clone()
    };
    check_search(&built, &QUERIES[..3], &every);
    let page = SearchOptions {
        limit: 10,
        offset: 95,
        explain: true,
        context: 1,
        copy_places: true,
        ..all.clone()
    };
    check_search(&built, &QUERIES[..12], &page);
    for sort in [Sort::Date, Sort::DateDescending, Sort::Path] {
        for collapse in [true, false] {
            let sorted = SearchOptions {
                sort,
                collapse,
                ..all.clone()
            };
            check_search(&built, &QUERIES[..2], &sorted);
        }
    }
    let mut filtered = all;
    filtered.filter.documents.years = Some(Years::parse("2004..2007").expect("years"));
    filtered.filter.section = Some("问题".to_owned());
    check_search(&built, &QUERIES, &filtered);
}

#[test]
fn a_word_that_one_shard_alone_holds_weighs_as_in_one_index() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let corpus = folder.path().join("corpus");
    generate(&corpus, 12, 11);
    // The other shards hold no word of three characters of the query, and must still say how long their texts are.
    let text = "青禾镇工作总结\n社会主义新农村建设办公室负责地方志编纂委员会的日常工作。\n";
    std::fs::write(corpus.join("青禾镇/100.txt"), text).expect("a file");
    let built = build(&[corpus], folder, &[3, 8]);
    let options = SearchOptions {
        explain: true,
        ..SearchOptions::default()
    };
    let queries = [
        "社会主义新农村建设办公室负责地方志编纂委员会的日常工作",
        "社会主义新农村建设办公室和水渠修建资金的管理办法",
    ];
    check_search(&built, &queries, &options);
}

#[test]
fn hits_of_the_sample_corpus_are_those_of_one_index() {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus");
    let folder = tempfile::tempdir().expect("a temporary folder");
    let built = build(&[corpus], folder, &[2, 8]);
    let options = SearchOptions {
        limit: 100,
        ..SearchOptions::default()
    };
    let queries = [
        "失地农民 安置",
        "就业",
        "招商引资工作",
        "\"营商环境\"",
        "财政",
    ];
    check_search(&built, &queries, &options);
}

#[test]
fn counts_and_lines_are_those_of_one_index() {
    let built = generated();
    let searcher = Searcher::new(&built.one);
    let mut filtered = Filter::default();
    filtered.documents.kinds = vec!["通知".to_owned()];
    for query in QUERIES {
        let node = parse(query).expect("a query");
        for filter in [&Filter::default(), &filtered] {
            let expected = searcher.count(&node, filter).expect("a count");
            for shards in &built.many {
                assert_eq!(shards.count(query, filter).expect("a count"), expected);
            }
        }
    }
    let plain = ConcordanceOptions {
        filter: Filter::default(),
        window: 6,
        sort: LineOrder::Path,
        sample: None,
        seed: 1,
        group: None,
        most: None,
        threads: std::num::NonZeroUsize::MIN,
    };
    let variants = [
        plain.clone(),
        ConcordanceOptions {
            most: Some(7),
            ..plain.clone()
        },
        ConcordanceOptions {
            sort: LineOrder::Right,
            group: Some(Grouping::Left(1)),
            ..plain.clone()
        },
        ConcordanceOptions {
            sort: LineOrder::Date,
            sample: Some(40),
            seed: 9,
            group: Some(Grouping::Year),
            ..plain
        },
    ];
    for options in &variants {
        for query in [
            "\"水渠\"",
            "\"修建*{1,3}资金\"",
            "没有的词语",
            "“(水渠|渠修)”",
        ] {
            let node = parse(query).expect("a query");
            let one = searcher.concordance(&node, options).expect("lines");
            let n = one.len().min(options.most.unwrap_or(usize::MAX));
            let lines = (0..n).map(|ord| {
                let line = one.line(ord).expect("a line");
                let section = one.section(&line).expect("headings");
                ConcordanceRow::from((line, section))
            });
            let lines: Vec<ConcordanceRow> = lines.collect();
            let head = serde_json::to_value(one.head(query)).expect("plain data");
            for shards in &built.many {
                let found = concordance(shards, query, options).expect("lines");
                assert_eq!(found.lines, lines, "{query} {options:?}");
                let mut found = serde_json::to_value(found).expect("plain data");
                found.as_object_mut().expect("an object").remove("lines");
                assert_eq!(found, head, "{query} {options:?}");
            }
        }
    }
}

#[test]
fn reports_are_those_of_one_index() {
    let built = generated();
    let searcher = Searcher::new(&built.one);
    let words = QUERIES[..20].iter().map(|&query| query.to_owned());
    let words: Vec<String> = words.chain(["甲：水渠|渠修".to_owned()]).collect();
    let keywords = from_words(&words).expect("keywords");
    let entries = keywords.entries.iter();
    let entries: Vec<_> = entries
        .map(|entry| (entry.text.clone(), entry.group.clone()))
        .collect();
    let same = from_entries(&entries).expect("keywords");
    assert_eq!(same.entries, keywords.entries);
    let mut filtered = TallyOptions {
        excerpts: 4,
        ..TallyOptions::default()
    };
    filtered.filter.documents.kinds = vec!["通知".to_owned()];
    for options in [
        TallyOptions {
            excerpts: 15,
            ..TallyOptions::default()
        },
        filtered,
    ] {
        let expected = tally(&searcher, &keywords, &options).expect("a report");
        for shards in &built.many {
            let parts = shards.0.iter().map(|index| -> Part {
                sent(&part(&Searcher::new(index), &same, &options).expect("a part"))
            });
            let fingerprint = fingerprint_of(&shards.0).expect("a fingerprint");
            let found = tally_of(parts.collect(), (&fingerprint, &keywords), &options);
            assert!(found == expected, "{} shards", shards.n_shards());
            let over_time = |tally| -> Value {
                let trend = trend::trend(tally, trend::By::Year);
                serde_json::to_value(trend).expect("plain data")
            };
            assert_eq!(over_time(&found), over_time(&expected));
        }
    }
}

#[test]
fn a_shard_takes_up_what_another_one_leaves() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let (corpus, dir) = (folder.path().join("corpus"), folder.path().join("index"));
    generate(&corpus, 6, 11);
    let options = UpdateOptions::default();
    let files = sources(std::slice::from_ref(&corpus), &dir, &options).expect("files");
    let documents = |only: &[usize]| {
        let only = only.iter().map(|&ord| files[ord].id.clone()).collect();
        let options = UpdateOptions {
            only: Some(Arc::new(only)),
            ..options.clone()
        };
        let summary =
            update(&dir, std::slice::from_ref(&corpus), &options, &|_| {}).expect("an index");
        (summary.documents, summary.added, summary.removed)
    };
    assert_eq!(documents(&[0, 1, 2]), (3, 3, 0));
    assert_eq!(documents(&[1, 2, 5]), (3, 1, 1));
    assert_eq!(documents(&[1, 2, 5]), (3, 0, 0));
}
