//! The same input gives the same bytes: run twice, and indexed by one thread or by four.

use xunzhang::index::Index;

use crate::fixture::{Fixture, pretty, samples};

const QUERIES: [&[&str]; 8] = [
    &["失地农民 就业 培训"],
    &[
        "失地农民 就业 培训",
        "-n",
        "100",
        "--offset",
        "7",
        "-C",
        "2",
    ],
    &["失地农民", "--by", "document"],
    &["“工作”", "--no-collapse", "-n", "500"],
    &["加强 AND 领导", "--sort", "-date"],
    &["发展 NEAR/20 经济", "--sort", "path"],
    &["的", "--year", "2005..2015", "--in", "body", "-n", "300"],
    &["\"坚持以*为\" OR 社会保障^2", "--sort", "date"],
];

/// What all queries print, without the time that they took.
fn outputs(fixture: &Fixture, dir: &str) -> Vec<String> {
    let run = |format: &str, query: &[&str]| {
        let fixed = ["--index", dir, "search", "--format", format];
        fixture.run(fixed.iter().chain(query)).succeeds()
    };
    let (first, all) = (QUERIES[0], QUERIES.iter());
    let mut out = vec![
        run("jsonl", first).stdout().to_owned(),
        run("text", first).stdout().to_owned(),
    ];
    out.extend(all.map(|query| pretty(&run("json", query).json())));
    out
}

#[test]
fn one_thread_or_four_and_again() {
    let fixture = Fixture::new();
    let corpus = samples();
    for jobs in ["1", "4"] {
        let arguments =
            ["--index", jobs, "index", "--jobs", jobs, "--json"].map(std::ffi::OsStr::new);
        fixture
            .run(arguments.into_iter().chain([corpus.as_os_str()]))
            .succeeds();
    }
    let expected = outputs(&fixture, "1");
    assert!(expected.iter().all(|output| output.len() > 100));
    for (dir, what) in [("1", "a second run"), ("4", "four threads")] {
        for (actual, expected) in outputs(&fixture, dir).iter().zip(&expected) {
            assert_eq!(actual, expected, "{what}");
        }
    }
    let fingerprint = |dir: &str| {
        let index = Index::open(&fixture.path(dir)).expect("an index");
        index.manifest().fingerprint.clone()
    };
    assert_eq!(fingerprint("1"), fingerprint("4"));
}

#[test]
fn an_index_brought_up_to_date_is_one_built_anew() {
    let fixture = Fixture::new();
    fixture.write("corpus/甲.txt", "甲村总结\n修水渠两公里，种树三百亩。\n");
    fixture.write("corpus/丙.txt", "丙村总结\n种树九百亩。\n");
    fixture.write("corpus/丁.txt", "丁村总结\n修水渠九公里，种树十亩。\n");
    fixture.run(["index", "--jobs", "1"]).succeeds();
    fixture.write("corpus/甲.txt", "甲村总结\n修公路两公里，种树三百亩。\n");
    fixture.write("corpus/乙.txt", "乙村总结\n种树五百亩，办学校两所。\n");
    std::fs::remove_file(fixture.path("corpus/丙.txt")).expect("a file to remove");
    fixture.run(["index"]).succeeds();
    fixture.run(["--index", "anew", "index"]).succeeds();
    let fingerprint = |dir: &str| {
        Index::open(&fixture.path(dir))
            .expect("an index")
            .manifest()
            .fingerprint
            .clone()
    };
    assert_eq!(fingerprint("index"), fingerprint("anew"));
    let search = |dir: &str, query: &str| {
        let ran = fixture
            .run(["--index", dir, "search", query, "--format", "json"])
            .succeeds();
        let mut json = ran.json();
        for hit in json["hits"].as_array_mut().expect("hits") {
            // Until segments are merged, passages that are gone still count for how rare a word is.
            hit["score"] = serde_json::Value::Null;
        }
        pretty(&json)
    };
    for query in ["种树", "两公里 学校", "\"亩\"", "NOT 公路"] {
        assert_eq!(search("index", query), search("anew", query), "{query}");
    }
}
