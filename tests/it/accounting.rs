//! Every character of a file is in a passage or in boilerplate with a reason, and everything left out is reported.

use serde_json::Value;
use xunzhang::source::plain;

use crate::fixture::{Fixture, samples, shown};

/// The number of visible characters: blanks are not counted.
fn seen(text: &str) -> usize {
    text.chars().filter(|ch| !ch.is_whitespace()).count()
}

#[track_caller]
fn check_sum(characters: &Value) {
    let count = |name: &str| characters[name].as_u64().expect("a number");
    assert_eq!(
        count("read"),
        count("passages") + count("boilerplate"),
        "{characters}"
    );
}

#[test]
fn every_character_of_the_samples_is_accounted_for() {
    let fixture = Fixture::new();
    let folder = samples();
    let summary = fixture.run(["index".as_ref(), folder.as_os_str(), "--json".as_ref()]);
    let summary = summary.succeeds().json();
    check_sum(&summary["characters"]);
    let warnings = summary["warnings"].as_array().expect("a list");
    assert!(
        warnings
            .iter()
            .all(|warning| warning["warning"] != "unaccounted")
    );
    let status = fixture.run(["status", "--format", "json"]).json();
    assert_eq!(status["characters"], summary["characters"]);
    let docs = fixture.run(["docs", "--format", "json"]).json();
    for document in docs["documents"].as_array().expect("a list") {
        check_sum(&document["characters"]);
    }
}

const PAGE: &str = "索引号：AB-1
发布日期：2022-05-16
目录
一、情况
二、打算
青禾镇水利总结
一、情况
各镇提交下列材料：
（一）申请书；
（二）证明。
二、打算
变更的提交下列材料：
（一）申请书；
（二）证明。
- 3 -
责任编辑：某人
";

#[test]
fn show_all_prints_the_whole_page_in_order_with_reasons() {
    let fixture = Fixture::new();
    fixture.write("页.txt", PAGE);
    let shown = fixture.run(["show", "--all", "--format", "json", "页.txt"]);
    let shown = shown.succeeds().json();
    let lines = |key: &str| -> Vec<(u64, String)> {
        let items = shown[key].as_array().expect("a list").iter();
        let line = |item: &Value| {
            let text = item["text"].as_str().expect("a text");
            (item["line"].as_u64().expect("a number"), text.to_owned())
        };
        items.map(line).collect()
    };
    let mut all = lines("passages");
    all.extend(lines("boilerplate"));
    all.sort();
    let texts: Vec<&str> = all.iter().map(|(_, text)| text.as_str()).collect();
    assert_eq!(texts, PAGE.lines().collect::<Vec<_>>());
    let reasons: Vec<(u64, &str)> = shown["boilerplate"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|item| {
            (
                item["line"].as_u64().expect("a number"),
                item["reason"].as_str().expect("a reason"),
            )
        })
        .collect();
    assert_eq!(
        reasons,
        [
            (1, "metadata"),
            (2, "metadata"),
            (3, "contents"),
            (4, "contents"),
            (5, "contents"),
            (15, "page_number"),
            (16, "frame"),
        ]
    );
    let printed = fixture.run(["--lang", "en", "show", "--all", "页.txt"]);
    let printed = printed.succeeds().stdout().to_owned();
    let mut at = 0;
    for line in PAGE.lines() {
        let found = printed[at..]
            .find(line.trim())
            .expect("each line, in order");
        at += found + line.len();
    }
    assert!(printed.contains("[contents]") && printed.contains("[page numbers]"));
    assert!(seen(&printed) > seen(PAGE));
}

#[test]
fn copies_of_the_whole_text_are_boilerplate() {
    let fixture = Fixture::new();
    let paragraph = "各科室按照年初部署认真组织实施，密切配合，取得了较好的成效，群众比较满意，今后还要坚持下去。";
    let once: String = (1..=6).map(|n| format!("第{n}项：{paragraph}\n")).collect();
    fixture.write("corpus/六.txt", &format!("某局总结\n{once}{once}"));
    let summary = fixture.run(["index", "corpus", "--json"]).succeeds().json();
    check_sum(&summary["characters"]);
    let warnings = summary["warnings"].as_array().expect("a list");
    let aside = warnings
        .iter()
        .find(|warning| warning["warning"] == "set_aside");
    let aside = aside.expect("a warning");
    assert_eq!(
        (&aside["reason"], aside["percent"].as_u64()),
        (&"repeated_text".into(), Some(49))
    );
    let found = fixture.run([
        "search",
        "--count",
        "--format",
        "json",
        "\"取得了较好的成效\"",
    ]);
    assert_eq!(found.json()["occurrences"], 6);
}

#[test]
fn skipped_files_and_large_boilerplate_are_listed() {
    let fixture = Fixture::new();
    fixture.write("corpus/页.txt", PAGE);
    fixture.write("corpus/总结.txt", "青禾镇总结\n各村整修水渠。\n");
    fixture.run(["index", "corpus"]).succeeds();
    let status = fixture
        .run(["status", "--skipped", "--format", "json"])
        .json();
    assert_eq!(status["skipped"], serde_json::json!([]));
    let aside = status["set_aside"].as_array().expect("a list");
    assert_eq!((aside.len(), &aside[0]["document"]), (1, &"页.txt".into()));
    // A file without a document is reported by an update that changes nothing else, and by later updates.
    fixture.write("corpus/空.txt", "\n");
    for _ in 0..2 {
        fixture.run(["index"]).succeeds();
        let status = fixture
            .run(["status", "--skipped", "--format", "json"])
            .json();
        let skipped = status["skipped"].as_array().expect("a list");
        assert_eq!(
            (skipped.len(), &skipped[0]["reason"]),
            (1, &"no text in it".into())
        );
    }
    let told = fixture
        .run(["--lang", "zh", "status", "--skipped"])
        .succeeds()
        .stdout()
        .to_owned();
    assert!(
        told.contains("空.txt：没有文字") && told.contains("页.txt："),
        "{told}"
    );
    std::fs::remove_file(fixture.path("corpus/空.txt")).expect("removed");
    fixture.run(["index"]).succeeds();
    let told = fixture
        .run(["--lang", "zh", "status", "--skipped"])
        .succeeds()
        .stdout()
        .to_owned();
    assert!(!told.contains("空.txt"), "{told}");
}

#[cfg(unix)]
#[test]
fn a_link_in_a_folder_with_a_non_utf8_name_is_listed() {
    use std::os::unix::ffi::OsStrExt;
    let fixture = Fixture::new();
    fixture.write("corpus/总结.txt", "青禾镇总结\n各村整修水渠。\n");
    let folder = fixture
        .path("corpus")
        .join(std::ffi::OsStr::from_bytes(b"\xb1"));
    std::fs::create_dir(&folder).expect("a folder");
    std::os::unix::fs::symlink(&folder, folder.join("环")).expect("a link");
    fixture.run(["index", "corpus"]).succeeds();
    let status = fixture.run(["status", "--skipped", "--format", "json"]);
    let skipped = status.succeeds().json()["skipped"].clone();
    let reason = skipped[0]["reason"].as_str().expect("a reason");
    assert!(reason.contains("link that leads back"), "{reason}");
}

#[test]
fn a_name_with_a_number_sign_is_not_a_record() {
    let fixture = Fixture::new();
    fixture.write(
        "corpus/2#楼.txt",
        "索引号：AB-1234567\n发布机构：青禾镇人民政府\n发布日期：2022-05-16\n青禾镇水利总结\n各村整修水渠。\n",
    );
    let record = format!(
        "标题,正文,备注,负责人\n整修水渠,各村整修水渠。,{0},{0}\n",
        "第一批".repeat(9)
    );
    fixture.write("corpus/a#1.csv", &record);
    fixture.run(["index", "corpus"]).succeeds();
    let status = fixture
        .run(["status", "--skipped", "--format", "json"])
        .succeeds()
        .json();
    let aside = status["set_aside"].as_array().expect("a list");
    let named: Vec<&serde_json::Value> = aside.iter().map(|aside| &aside["document"]).collect();
    assert_eq!(named, ["2#楼.txt"]);
    assert_eq!(status["documents"], 2);
    for id in ["2#楼.txt", "a#1.csv#1"] {
        fixture.run(["show", id]).succeeds();
    }
}

#[test]
fn skipped_files_of_all_roots_are_reported() {
    let fixture = Fixture::new();
    let skipped = || {
        let status = fixture.run(["status", "--skipped", "--format", "json"]);
        let skipped = status.succeeds().json()["skipped"].clone();
        let path = |file: &serde_json::Value| file["path"].as_str().map(str::to_owned);
        let files = skipped.as_array().expect("a list").iter();
        files
            .map(|file| path(file).expect("a path"))
            .collect::<Vec<_>>()
    };
    for root in ["甲", "乙"] {
        fixture.write(&format!("{root}/总结.txt"), "各村整修水渠。\n");
        fixture.write(&format!("{root}/空.txt"), "\n");
        fixture.write(&format!("{root}/又空.txt"), "\n");
        fixture.run(["index", root]).succeeds();
    }
    // The second collection gave the files of the first other ids: they were read again, where the index knows them to be.
    let known = |name: &str| {
        fixture
            .path("甲")
            .canonicalize()
            .expect("a path")
            .join(name)
    };
    let known = ["又空.txt", "空.txt"].map(|name| plain(&known(name)).display().to_string());
    let below = ["乙/又空.txt", "乙/空.txt"].map(shown);
    assert_eq!(skipped(), [known, below].concat());
    // Since the last update, one file has become readable and one has been removed.
    fixture.write("甲/空.txt", "不再是空的。\n");
    fixture.run(["index", "甲"]).succeeds();
    std::fs::remove_file(fixture.path("乙/空.txt")).expect("a file");
    assert_eq!(skipped(), ["乙/又空.txt", "甲/又空.txt"].map(shown));
    fixture.run(["index", "乙"]).succeeds();
    assert_eq!(skipped(), ["乙/又空.txt", "甲/又空.txt"].map(shown));
    fixture.run(["index", "--rebuild", "甲"]).succeeds();
    assert_eq!(skipped(), ["甲/又空.txt"].map(shown));
}
