//! `xunzhang index`: what goes in, what is skipped, what a second run does.

use insta::assert_snapshot;
use serde_json::{Value, json};

use crate::fixture::{Encoding, Fixture, Ran};

/// What an update did: documents held, then added, changed, removed.
#[track_caller]
fn tally(ran: &Ran) -> [u64; 4] {
    let json = ran.json();
    ["documents", "added", "changed", "removed"].map(|name| json[name].as_u64().expect("a number"))
}

#[test]
fn the_samples_are_all_read() {
    let fixture = Fixture::with_samples();
    let ran = fixture.run(["search", "--count", "--format", "json", "\"失地农民\""]);
    let count = ran.succeeds().json();
    assert!(count["documents"].as_u64() >= Some(8), "{count}");
}

#[test]
fn what_changed_is_read_and_what_vanished_goes() {
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
fn a_skipped_file_says_why() {
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
