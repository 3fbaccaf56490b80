//! Files and folders that are moved, changed or removed after they were indexed.

use std::fs;
use std::io::{BufRead, BufReader};
use std::process::{Child, Stdio};
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::fixture::{Encoding, Fixture};
use crate::is_long;

/// Ids of all documents, in order.
fn ids(fixture: &Fixture) -> Vec<String> {
    let documents = fixture.run(["docs", "--format", "json"]).json();
    let list = documents["documents"].as_array().expect("a list").iter();
    let mut ids: Vec<String> = list
        .map(|document| document["id"].as_str().expect("an id").to_owned())
        .collect();
    ids.sort();
    ids
}

/// The result of an update: number of documents, then added, changed, removed; and the skipped files.
#[track_caller]
fn index(fixture: &Fixture, arguments: &[&str]) -> ([u64; 4], Value) {
    let mut all = vec!["index", "--json"];
    all.extend(arguments);
    let json = fixture.run(all).succeeds().json();
    let tally = ["documents", "added", "changed", "removed"]
        .map(|name| json[name].as_u64().expect("a number"));
    (tally, json["skipped"].clone())
}

#[test]
fn renames_moves_and_other_encodings() {
    let fixture = Fixture::new();
    let text = "甲村总结\n修水渠两公里，受益农户四百户。\n";
    fixture.write("corpus/旧/甲.txt", text);
    fixture.write("corpus/旧/乙.txt", "乙村总结\n种树三百亩。\n");
    assert_eq!(index(&fixture, &[]).0, [2, 2, 0, 0]);
    fs::rename(fixture.path("corpus/旧"), fixture.path("corpus/新")).expect("a move");
    assert_eq!(index(&fixture, &[]).0, [2, 2, 0, 2]);
    assert_eq!(ids(&fixture), ["新/乙.txt", "新/甲.txt"]);
    fixture.write_in(Encoding::Gb18030, "corpus/新/甲.txt", text);
    assert_eq!(index(&fixture, &[]).0, [2, 0, 1, 0]);
    let found = fixture.run([
        "search",
        "--count",
        "--format",
        "json",
        "\"受益农户四百户\"",
    ]);
    assert_eq!(found.json()["occurrences"], 1);
}

#[test]
fn two_roots_by_any_path() {
    let fixture = Fixture::new();
    fixture.write("一/甲.txt", "甲村总结\n修水渠两公里。\n");
    fixture.write("二/甲.txt", "乙村总结\n种树三百亩。\n");
    assert_eq!(index(&fixture, &["一", "二"]).0, [2, 2, 0, 0]);
    assert_eq!(ids(&fixture), ["一/甲.txt", "二/甲.txt"]);
    let absolute = fixture.path("一");
    let absolute = absolute.to_str().expect("a path in UTF-8");
    assert_eq!(index(&fixture, &[absolute, "./二/../二"]).0, [2, 0, 0, 0]);
    #[cfg(unix)]
    {
        std::os::unix::fs::symlink("一", fixture.path("链")).expect("a link");
        assert_eq!(index(&fixture, &["链"]).0, [2, 0, 0, 0]);
    }
    // Updating one root does not change the other.
    fs::remove_file(fixture.path("二/甲.txt")).expect("a file to remove");
    assert_eq!(index(&fixture, &["一"]).0, [2, 0, 0, 0]);
}

#[test]
fn a_missing_root_removes_nothing_by_itself() {
    let fixture = Fixture::new();
    fixture.write("一/甲.txt", "甲村总结\n修水渠两公里。\n");
    fixture.write("二/乙.txt", "乙村总结\n种树三百亩。\n");
    index(&fixture, &["一", "二"]);
    fs::rename(fixture.path("二"), fixture.path("走")).expect("a move");
    fixture
        .run(["--lang", "en", "index", "一", "二"])
        .fails_with(&["二", "--prune"]);
    assert_eq!(ids(&fixture), ["一/甲.txt", "二/乙.txt"]);
    // An unmounted disk leaves an empty folder.
    fs::create_dir(fixture.path("二")).expect("a folder");
    let (tally, skipped) = index(&fixture, &["一", "二"]);
    assert_eq!(tally, [2, 0, 0, 0]);
    let reason =
        "has no files any more; what it gave stays in the index until `--prune` removes it";
    assert_eq!(skipped, json!([{"path": "二", "reason": reason}]));
    assert_eq!(index(&fixture, &["--prune", "一", "二"]).0, [1, 0, 0, 1]);
    // `--prune` also removes roots that are not named.
    fs::rename(fixture.path("一"), fixture.path("去")).expect("a move");
    fixture.write("三/丙.txt", "丙村总结\n办学校两所。\n");
    assert_eq!(index(&fixture, &["三"]).0, [2, 1, 0, 0]);
    assert_eq!(index(&fixture, &["--prune", "三"]).0, [1, 0, 0, 1]);
    // The empty folder is still one of the collections.
    assert_eq!(ids(&fixture), ["三/丙.txt"]);
}

#[test]
fn files_that_vanish_while_they_are_indexed() {
    const FILES: usize = 600;
    let fixture = Fixture::new();
    for n in 0..FILES {
        fixture.write(&format!("corpus/{n}.txt"), "丙村总结\n办学校两所。\n");
    }
    let mut child = fixture
        .command(["index", "--json"])
        .spawn()
        .expect("the binary runs");
    for n in (0..FILES).rev().step_by(2) {
        fs::remove_file(fixture.path(&format!("corpus/{n}.txt"))).expect("a file to remove");
    }
    assert!(child.wait().expect("its end").success());
    let (tally, skipped) = index(&fixture, &[]);
    assert_eq!((tally[0], skipped), (FILES as u64 / 2, json!([])));
    fixture.run(["verify"]).succeeds();
}

/// A process that is killed at the end of the test.
struct Watching(Child);

impl Drop for Watching {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

#[test]
fn watch_follows_what_changes() {
    let n_files = if is_long() { 10_000 } else { 300 };
    let fixture = Fixture::new();
    fixture.write("corpus/甲.txt", "甲村总结\n修水渠两公里。\n");
    let mut command = fixture.command(["--lang", "en", "watch", "corpus"]);
    let mut watching = Watching(
        command
            .stdout(Stdio::piped())
            .spawn()
            .expect("the binary runs"),
    );
    let stdout = watching.0.stdout.take().expect("its output");
    let mut lines = BufReader::new(stdout).lines();
    let mut next = || lines.next().expect("a line").expect("text");
    assert!(next().starts_with("1 documents; 1 added, 0 changed, 0 removed"));
    let occurrences = |query: &str| {
        let ran = fixture.run(["search", "--count", "--format", "json", query]);
        ran.json()["documents"].as_u64().expect("a number")
    };
    for n in 0..n_files {
        fixture.write(&format!("corpus/新/{n}.txt"), "丙村总结\n办学校两所。\n");
    }
    fs::remove_file(fixture.path("corpus/甲.txt")).expect("a file to remove");
    let started = Instant::now();
    while !next().starts_with(&format!("{n_files} documents;")) {
        assert!(started.elapsed() < Duration::from_secs(60));
    }
    assert_eq!(
        (occurrences("\"办学校\""), occurrences("\"水渠\"")),
        (n_files, 0)
    );
}

#[test]
fn collections_have_names_and_come_and_go() {
    let fixture = Fixture::new();
    fixture.write("甲/资料/总结.txt", "甲村总结\n修水渠两公里。\n");
    fixture.write("乙/资料/总结.txt", "乙村总结\n修水渠三公里。\n");
    fixture.write("乙/资料/通知.txt", "关于修水渠的通知\n请修水渠。\n");
    let count = |flags: &[&str]| {
        let mut args = vec!["search", "\"水渠\"", "--count", "--format", "json"];
        args.extend(flags);
        fixture.run(&args).json()["occurrences"].clone()
    };
    // One collection: ids are paths below it.
    assert_eq!(index(&fixture, &["甲/资料"]).0, [1, 1, 0, 0]);
    assert_eq!(ids(&fixture), ["总结.txt"]);
    assert_eq!(count(&["--collection", "资料"]), 1);
    // A second one: all ids begin with their collections' names.
    assert_eq!(index(&fixture, &["乙村=乙/资料"]).0, [3, 2, 1, 0]);
    let both = ["乙村/总结.txt", "乙村/通知.txt", "资料/总结.txt"];
    assert_eq!(ids(&fixture), both);
    assert_eq!(index(&fixture, &[]).0, [3, 0, 0, 0]);
    assert_eq!(count(&["--collection", "乙村"]), 3);
    assert_eq!(count(&["--collection", "乙村", "--collection", "資料"]), 4);
    assert_eq!(count(&["--path", "乙村", "--kind", "通知,总结"]), 0);
    assert_eq!(
        count(&["--path", "乙村", "--kind", "通知", "--kind", "总结"]),
        3
    );
    // As one built afresh.
    let afresh = Fixture::new();
    afresh.write("甲/资料/总结.txt", "甲村总结\n修水渠两公里。\n");
    afresh.write("乙/资料/总结.txt", "乙村总结\n修水渠三公里。\n");
    afresh.write("乙/资料/通知.txt", "关于修水渠的通知\n请修水渠。\n");
    index(&afresh, &["甲/资料", "乙村=乙/资料"]);
    assert_eq!(ids(&afresh), both);
    // Two folders of one name; files are in the collection of their folder.
    let same = Fixture::new();
    same.write("甲/资料/总结.txt", "甲村总结\n修水渠两公里。\n");
    same.write("乙/资料/总结.txt", "乙村总结\n修水渠三公里。\n");
    index(&same, &["甲/资料/总结.txt", "乙/资料"]);
    assert_eq!(ids(&same), ["资料 (2)/总结.txt", "资料/总结.txt"]);
    // The last but one goes, and with it the names.
    fs::remove_dir_all(fixture.path("甲")).expect("a folder to remove");
    assert_eq!(index(&fixture, &["--prune"]).0, [2, 0, 2, 1]);
    assert_eq!(ids(&fixture), ["总结.txt", "通知.txt"]);
    // A name alone changes nothing but the name.
    assert_eq!(index(&fixture, &["丙村=乙/资料"]).0, [2, 0, 2, 0]);
    assert_eq!(count(&["--collection", "丙村"]), 3);
    for bad in ["=乙", "甲/乙=乙", "甲="] {
        fixture.run(["index", bad]).fails_with(&["NAME=PATH"]);
    }
}

/// Without arguments: the places of the index, what changed before it began, then what changes while it runs.
#[test]
fn watch_without_arguments_follows_the_places_of_the_index() {
    let fixture = Fixture::new();
    fixture.write("甲/总结.txt", "甲村总结\n修水渠两公里。\n");
    fixture.write("乙/通知.txt", "关于修路的通知\n请修路。\n");
    index(&fixture, &["甲", "东边=乙"]);
    fixture.write("甲/方案.txt", "修渠方案\n先修东渠。\n");
    let mut command = fixture.command(["--lang", "en", "watch"]);
    let child = command
        .stdout(Stdio::piped())
        .spawn()
        .expect("the binary runs");
    let mut watching = Watching(child);
    let stdout = watching.0.stdout.take().expect("its output");
    let mut lines = BufReader::new(stdout).lines();
    let mut next = || lines.next().expect("a line").expect("text");
    let first = next();
    assert!(
        first.starts_with("3 documents; 1 added, 0 changed, 0 removed"),
        "{first}"
    );
    fixture.write("乙/办法.txt", "修路办法\n自行修路。\n");
    let started = Instant::now();
    while !next().starts_with("4 documents;") {
        assert!(started.elapsed() < Duration::from_secs(60));
    }
    let expected = [
        "东边/办法.txt",
        "东边/通知.txt",
        "甲/总结.txt",
        "甲/方案.txt",
    ];
    assert_eq!(ids(&fixture), expected);
}
