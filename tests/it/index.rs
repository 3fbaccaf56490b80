//! `xunzhang index`: which files are read or skipped, and what a second run does.

use insta::assert_snapshot;
use serde_json::{Value, json};

use crate::fixture::{Encoding, Fixture, Ran, shown};

/// The result of an update: number of documents, then added, changed, removed.
#[track_caller]
fn tally(ran: &Ran) -> [u64; 4] {
    let json = ran.json();
    ["documents", "added", "changed", "removed"].map(|name| json[name].as_u64().expect("a number"))
}

#[test]
fn all_samples_are_read() {
    let fixture = Fixture::with_samples();
    let ran = fixture.run(["search", "--count", "--format", "json", "\"失地农民\""]);
    let count = ran.succeeds().json();
    assert!(count["documents"].as_u64() >= Some(8), "{count}");
}

#[test]
fn changed_files_are_read_and_removed_files_dropped() {
    let fixture = Fixture::new();
    fixture.write("corpus/甲.txt", "甲村总结\n修水渠两公里。\n");
    let second = fixture.write("corpus/乙.txt", "乙村总结\n种树三百亩。\n");
    let index = || fixture.run(["index", "--json"]).succeeds();
    let documents = |query: &str| {
        let ran = fixture.run(["search", query, "--count", "--format", "json"]);
        ran.json()["documents"].clone()
    };
    assert_eq!(tally(&index()), [2, 2, 0, 0]);
    assert_eq!(tally(&index()), [2, 0, 0, 0]);
    fixture.write("corpus/甲.txt", "甲村总结\n修公路十二公里。\n");
    assert_eq!(tally(&index()), [2, 0, 1, 0]);
    assert_eq!([documents("\"水渠\""), documents("\"公路\"")], [0, 1]);
    std::fs::remove_file(second).expect("a file to remove");
    assert_eq!(tally(&index()), [1, 0, 0, 1]);
    assert_eq!(documents("\"种树\""), 0);
    assert_eq!(
        tally(&fixture.run(["index", "--json", "--rebuild"]).succeeds()),
        [1, 1, 0, 0]
    );
}

#[test]
fn every_encoding_is_read() {
    let fixture = Fixture::new();
    let text = "荷塘镇工作总结\n（一）修建水渠两公里，受益农户四百户。\n";
    let traditional = "荷塘鎮工作總結\n（一）修建水渠兩公里，受益農戶四百戶。\n";
    use Encoding::*;
    for encoding in [Utf8Bom, Gb18030, Utf16Le, Utf16Be] {
        fixture.write_in(encoding, &format!("corpus/{encoding:?}.txt"), text);
    }
    fixture.write_in(Big5, "corpus/Big5.txt", traditional);
    fixture.write("corpus/Utf8.txt", text);
    fixture.run(["index"]).succeeds();
    let ran = fixture
        .run(["search", "\"受益农户四百户\"", "--format", "json"])
        .succeeds();
    let hit = &ran.json()["hits"][0];
    assert_eq!(hit["copies"], json!(5), "{hit}");
}

#[test]
fn the_folder_of_the_index_can_come_from_the_environment() {
    let fixture = Fixture::new().with_variable("XUNZHANG_INDEX", "elsewhere");
    fixture.write("corpus/甲.txt", "甲村总结\n修水渠两公里。\n");
    assert_snapshot!(fixture.run(["index"]).succeeds().redacted());
    assert!(fixture.path("elsewhere/meta.json").is_file() && !fixture.path("index").exists());
    let named: Value = fixture
        .run(["--index", "elsewhere", "search", "水渠", "--format", "json"])
        .succeeds()
        .json();
    assert_eq!(named["total"]["passages"], 1);
}

#[test]
fn a_skipped_file_gives_its_reason() {
    let fixture = Fixture::new();
    fixture.write("corpus/甲.txt", "甲村总结\n修水渠两公里。\n");
    fixture.write("corpus/空.txt", " \n");
    let ran = fixture.run(["index"]).succeeds();
    assert!(
        ran.stderr().contains("空.txt: no text in it"),
        "{}",
        ran.stderr()
    );
    fixture.run(["index", "--strict"]).exits(2);
}

#[test]
fn repairs_are_reported_by_kind_and_one_by_one() {
    let fixture = Fixture::new();
    fixture.write(
        "corpus/甲.txt",
        "甲村总结\n甲村总结\n修水渠<U+00A0>两公里。\n",
    );
    fixture.write(
        "corpus/乙.jsonl",
        "{\"text\":\"种树三百亩。\"}\n{\"text\":\"\"}\n",
    );
    let index = |more: &[&str]| {
        let arguments = ["index", "--rebuild"].iter().chain(more);
        fixture.run(arguments).succeeds()
    };
    let told = "over 5 % of the text set aside (see `xunzhang show --all`): 1 document, 甲.txt\n\
                records without text: 1 document, 乙.jsonl#2\n\
                title printed twice, kept once: 1 document, 甲.txt\n\
                literal escapes, removed: 1 document, 甲.txt\n";
    assert_eq!(index(&[]).stderr(), told);
    assert_eq!(index(&["-q"]).stderr(), "");
    let each = "乙.jsonl#2: the record has no text, left out\n\
                甲.txt: 1 literal escapes removed\n\
                甲.txt: title printed twice, kept once\n\
                甲.txt: 25 % of the text was set aside, mostly as repeated title; see `xunzhang show --all`\n";
    assert_eq!(index(&["-v"]).stderr(), each);
    let expected = json!([
        {"document": "乙.jsonl#2", "warning": "empty_record", "record": 2},
        {"document": "甲.txt", "warning": "escapes", "count": 1},
        {"document": "甲.txt", "warning": "repeated_title"},
        {"document": "甲.txt", "warning": "set_aside", "percent": 25, "reason": "repeated_title"},
    ]);
    assert_eq!(index(&["--json"]).json()["warnings"], expected);
}

#[test]
fn the_summary_is_aligned_in_both_languages() {
    let fixture = Fixture::new();
    fixture.write("corpus/甲.txt", "甲村总结\n修水渠两公里。\n");
    fixture.write("corpus/空.txt", "");
    let first = |lang: &str, n: usize| {
        let ran = fixture.run(["index", "--lang", lang]).succeeds();
        let lines: Vec<String> = ran.stdout().lines().take(n).map(str::to_owned).collect();
        lines
    };
    let expected = [
        "documents      1  1 added, 0 changed, 0 removed, 0 unchanged",
        "passages       2",
        "characters    11",
        "bytes       35 B",
        "skipped        1",
    ];
    assert_eq!(first("en", 5), expected);
    let expected = [
        "文档     1  新增 0，改动 0，移除 0，未变 1",
        "段落     2",
        "字符    11",
        "原文  35 B",
        "跳过     1",
    ];
    assert_eq!(first("zh", 5), expected);
}

#[test]
fn of_many_files_with_one_reason_only_some_are_named() {
    let fixture = Fixture::new();
    fixture.write("corpus/甲.txt", "甲村总结\n修水渠两公里。\n");
    for n in 10..25 {
        fixture.write(&format!("corpus/空{n}.txt"), "");
    }
    let ran = fixture.run(["index"]).succeeds();
    let told: Vec<&str> = ran.stderr().lines().collect();
    assert_eq!(told.len(), 11);
    let path = shown("corpus/空19.txt");
    assert_eq!(told[9], format!("skipped {path}: no text in it"));
    assert_eq!(told[10], "skipped 5 more: no text in it (-v names all)");
    let ran = fixture.run(["index", "-v"]).succeeds();
    assert_eq!(ran.stderr().lines().count(), 15);
    let json = fixture.run(["index", "--json", "-q"]).succeeds().json();
    assert_eq!(json["skipped"].as_array().map(Vec::len), Some(15));
    let first = json!({"path": shown("corpus/空10.txt"), "reason": "no text in it"});
    assert_eq!(json["skipped"][0], first);
}

#[test]
fn a_missing_path_leaves_no_index() {
    let fixture = Fixture::new();
    fixture.write("corpus/甲.txt", "甲村总结\n修水渠两公里。\n");
    fixture
        .run(["index", "corpus", "没有"])
        .fails_with(&["there is no 没有; check the path"]);
    assert!(!fixture.path("index").exists());
}

#[test]
fn the_index_does_not_index_itself() {
    let fixture = Fixture::new();
    fixture.write("甲.txt", "甲村总结\n修水渠两公里。\n");
    assert_eq!(
        tally(&fixture.run(["index", ".", "--json"]).succeeds()),
        [1, 1, 0, 0]
    );
    let ran = fixture.run(["index", ".", "--json"]).succeeds();
    assert_eq!(tally(&ran), [1, 0, 0, 0]);
    assert_eq!(ran.json()["skipped"], json!([]));
}

#[test]
fn sizes_and_threads_are_checked() {
    let fixture = Fixture::new();
    fixture.write("corpus/甲.txt", "甲村总结\n修水渠两公里。\n");
    for size in ["64", "64MB", "0.1G"] {
        fixture
            .run(["index", "--rebuild", "--memory", size])
            .succeeds();
    }
    fixture
        .run(["index", "--memory", "viel"])
        .fails_with(&["viel", "200MB or 1G"]);
    fixture
        .run(["index", "--jobs", "0"])
        .fails_with(&["--jobs", "1..=64"]);
}

#[test]
fn an_empty_record_is_named() {
    let fixture = Fixture::new();
    let records = "{\"text\":\"修水渠。\"}\n{\"text\":\"\"}\n{\"id\":\"丙\",\"text\":\" \"}\n{\"text\":\"修路。\"}\n不是 JSON\n";
    fixture.write("corpus/记录.jsonl", records);
    let ran = fixture.run(["index", "corpus", "--json"]).succeeds();
    let warnings = ran.json()["warnings"].clone();
    let named: Vec<String> = warnings
        .as_array()
        .expect("a list")
        .iter()
        .map(|warning| {
            format!(
                "{} {} {}",
                warning["document"], warning["warning"], warning["record"]
            )
        })
        .collect();
    assert_eq!(
        named,
        [
            "\"记录.jsonl#2\" \"empty_record\" 2",
            "\"记录.jsonl#丙\" \"empty_record\" \"丙\"",
            "\"记录.jsonl\" \"bad_record\" 5",
        ]
    );
    assert!(
        ran.stderr().contains("记录.jsonl#2, 记录.jsonl#丙"),
        "{}",
        ran.stderr()
    );
}
