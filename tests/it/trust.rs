//! The index under kills, stray files, damage, other users and other people's files.

use std::fs;
use std::path::Path;
use std::process::Stdio;
use std::time::Duration;

use crate::fixture::Fixture;
use crate::is_long;
use crate::rng::Rng;

const FILES: [(&str, &str); 2] = [
    ("甲.txt", "甲村总结\n修水渠两公里，受益农户四百户。\n"),
    ("乙.txt", "乙村总结\n种树三百亩。\n"),
];

/// Names of the files in the index folder, sorted.
fn names(fixture: &Fixture) -> Vec<String> {
    let entries = fs::read_dir(fixture.path("index")).expect("the index");
    let mut names: Vec<String> = entries
        .flatten()
        .map(|entry| entry.file_name().to_string_lossy().into_owned())
        .collect();
    names.sort();
    names
}

fn remove(fixture: &Fixture, name: &str) {
    fs::remove_file(fixture.path("index").join(name)).expect("a file to remove");
}

#[test]
fn a_rebuild_never_touches_what_is_not_ours() {
    let fixture = Fixture::indexed(&FILES);
    fixture.write("index/我的笔记.txt", "不可丢失\n");
    let before = names(&fixture);
    fixture
        .run(["--lang", "en", "index", "--rebuild"])
        .fails_with(&["index holds 我的笔记.txt", "--index"]);
    assert_eq!(names(&fixture), before);
    fixture.run(["search", "水渠"]).succeeds();

    let other = Fixture::new();
    other.write("corpus/甲.txt", FILES[0].1);
    other.write(
        "index/meta.json",
        "{\"segments\":[],\"schema\":[],\"opstamp\":0}",
    );
    other.write("index/data.idx", "theirs");
    let before = names(&other);
    for arguments in [&["index", "corpus"][..], &["index", "--rebuild", "corpus"]] {
        other
            .run(arguments)
            .fails_with(&["no xunzhang index", "--index"]);
    }
    assert_eq!(names(&other), before);
}

#[test]
fn a_name_alone_does_not_make_a_file_ours() {
    let theirs = [
        "0123456789abcdef0123456789abcdef.idx",
        "meta.json.new",
        ".tmpAb3dE9",
        ".managed.json",
    ];
    let other = Fixture::new();
    other.write("corpus/甲.txt", FILES[0].1);
    for name in theirs {
        other.write(&format!("index/{name}"), "theirs");
    }
    let before = names(&other);
    for arguments in [&["index", "corpus"][..], &["index", "--rebuild", "corpus"]] {
        other.run(arguments).fails_with(&["no xunzhang index"]);
    }
    assert_eq!(names(&other), before);

    // Foreign files in the index folder survive updates.
    let fixture = Fixture::indexed(&FILES);
    for name in ["分词.words", "abc.words", "abc.temp", "data.idx"] {
        fixture.write(&format!("index/{name}"), "theirs");
    }
    fixture.write("corpus/丙.txt", "丙村总结\n办学校两所。\n");
    fixture.run(["index", "--jobs", "1"]).succeeds();
    let kept = names(&fixture);
    for name in ["分词.words", "abc.words", "abc.temp", "data.idx"] {
        assert!(kept.contains(&name.to_owned()), "{name} in {kept:?}");
    }
}

#[test]
fn an_unfinished_first_build_is_reported_and_finished() {
    let fixture = Fixture::indexed(&FILES);
    remove(&fixture, "meta.json");
    for command in [&["search", "水渠"][..], &["verify"], &["status"]] {
        fixture
            .run(command)
            .fails_with(&["not finished", "xunzhang index"]);
    }
    fixture.run(["index", "corpus"]).succeeds();
    fixture.run(["verify"]).succeeds();
    remove(&fixture, "meta.json");
    fixture.run(["index", "--rebuild", "corpus"]).succeeds();
    fixture.run(["search", "水渠"]).succeeds();
}

#[test]
fn files_of_unfinished_runs_are_removed_by_the_next_run() {
    let fixture = Fixture::indexed(&FILES);
    let before = names(&fixture);
    let id = "0123456789abcdef0123456789abcdef";
    for name in [
        &format!("{id}.store"),
        &format!("{id}.7.del"),
        "meta.json.new",
        "meta.json.temp",
        ".tmpAb3dE9",
        ".managed.json",
    ] {
        fixture.write(&format!("index/{name}"), "rubbish");
    }
    fixture.run(["index", "corpus"]).succeeds();
    assert_eq!(names(&fixture), before);
    fixture.run(["verify"]).succeeds();
}

#[test]
fn options_survive_a_rebuild_without_them() {
    let fixture = Fixture::new();
    fixture.write("corpus/甲.txt", FILES[0].1);
    fixture.write("corpus/旧.bak.txt", FILES[1].1);
    fixture.write("corpus/表.csv", "题,文\n丙村总结,办学校两所。\n");
    fixture.write("同义.txt", "水渠 = 渠道\n");
    let documents = |arguments: &[&str]| {
        let json = fixture.run(arguments).succeeds().json();
        json["documents"].as_u64().expect("a number")
    };
    let options = ["--exclude", "*.bak.txt", "--map", "text=文,title=题"];
    let first: Vec<&str> = ["index", "--json", "corpus", "--synonyms", "同义.txt"]
        .into_iter()
        .chain(options)
        .collect();
    assert_eq!(documents(&first), 2);
    assert_eq!(documents(&["index", "--json"]), 2);
    assert_eq!(documents(&["index", "--json", "--rebuild"]), 2);
    let found = fixture.run(["search", "--count", "--format", "json", "\"办学校\""]);
    assert_eq!(found.json()["occurrences"], 1);
    let status = fixture.run(["status", "--format", "json"]).json();
    assert_eq!(status["synonyms"]["files"][0], "同义.txt");
    assert_eq!(documents(&["index", "--json", "--exclude", ""]), 3);
}

#[test]
fn a_changed_index_file_is_reported_by_every_command() {
    let fixture = Fixture::indexed(&FILES);
    let segment_files = names(&fixture).into_iter();
    for name in segment_files.filter(|name| name.len() > 32) {
        let path = fixture.path("index").join(&name);
        let whole = fs::read(&path).expect("the file");
        let modified = fs::metadata(&path).and_then(|metadata| metadata.modified());
        for at in [0, whole.len() / 2, whole.len() - 60, whole.len() - 1] {
            let mut damaged = whole.clone();
            damaged[at] ^= 4;
            fs::write(&path, damaged).expect("the file");
            for command in [
                &["search", "水渠"][..],
                &["docs"],
                &["report", "水渠"],
                &["index"],
            ] {
                fixture.run(command).fails_with(&["damaged", &name]);
            }
            fixture.run(["verify"]).exits(2);
        }
        fs::write(&path, &whole).expect("the file");
        let file = fs::File::options().write(true).open(&path).expect("it");
        file.set_modified(modified.expect("a time"))
            .expect("its time");
    }
    fixture.run(["search", "水渠"]).succeeds();
}

#[test]
fn no_update_builds_on_damage_that_keeps_the_modification_time() {
    let fixture = Fixture::indexed(&FILES);
    let name = names(&fixture)
        .into_iter()
        .find(|name| name.ends_with(".store"));
    let path = fixture.path("index").join(name.expect("a store"));
    let modified = fs::metadata(&path).and_then(|metadata| metadata.modified());
    let mut bytes = fs::read(&path).expect("the store");
    bytes[0] ^= 4;
    fs::write(&path, &bytes).expect("the store");
    let file = fs::File::options().write(true).open(&path).expect("it");
    file.set_modified(modified.expect("a time"))
        .expect("its time");
    fixture.run(["index"]).succeeds();
    for change in ["丙.txt", "甲.txt"] {
        fixture.write(&format!("corpus/{change}"), "丙村总结\n办学校两所。\n");
        fixture
            .run(["index"])
            .fails_with(&["damaged", ".store", "--rebuild"]);
    }
    fs::remove_file(fixture.path("corpus/乙.txt")).expect("a file to remove");
    fixture.run(["index"]).fails_with(&["damaged", ".store"]);
    for command in [&["verify"][..], &["duplicates"], &["words", "top"]] {
        fixture.run(command).exits(2);
    }
    fixture.run(["index", "--rebuild"]).succeeds();
    fixture.run(["verify"]).succeeds();
}

#[test]
fn a_damaged_block_of_texts_or_pairs_is_reported_when_read() {
    for (ending, command) in [
        (".text", &["search", "\"整修水\""][..]),
        (".text", &["report", "整修水渠"]),
        (".pairs", &["search", "水渠"]),
    ] {
        let fixture = Fixture::indexed(&[("甲.txt", "甲村总结\n整修水渠两公里。\n")]);
        // One of the segments may be without passages.
        for name in names(&fixture) {
            if name.ends_with(ending) {
                let path = fixture.path("index").join(name);
                let modified = fs::metadata(&path).and_then(|metadata| metadata.modified());
                let mut bytes = fs::read(&path).expect("the file");
                bytes[0] ^= 4;
                fs::write(&path, &bytes).expect("the file");
                let file = fs::File::options().write(true).open(&path).expect("it");
                file.set_modified(modified.expect("a time"))
                    .expect("its time");
            }
        }
        fixture.run(command).fails_with(&[ending, "--rebuild"]);
    }
}

#[test]
fn a_copy_of_an_index_works_and_is_sealed_again() {
    let fixture = Fixture::indexed(&FILES);
    for name in names(&fixture) {
        let path = fixture.path("index").join(name);
        let bytes = fs::read(&path).expect("a file");
        fs::remove_file(&path).expect("a file to remove");
        fs::write(&path, bytes).expect("a file");
    }
    fixture.run(["search", "水渠"]).succeeds();
    fixture.run(["verify"]).succeeds();
    let meta = || fs::read(fixture.path("index/meta.json")).expect("the state");
    let before = meta();
    fixture.run(["index"]).succeeds();
    let sealed = meta();
    assert_ne!(before, sealed);
    fixture.run(["index"]).succeeds();
    assert_eq!(meta(), sealed);
}

#[cfg(unix)]
#[test]
fn other_users_may_read_what_the_umask_allows() {
    use std::os::unix::fs::PermissionsExt;
    let fixture = Fixture::indexed(&FILES);
    let probe = fixture.path("probe");
    fs::write(&probe, "").expect("a file");
    let mode = |path: &Path| fs::metadata(path).expect("a file").permissions().mode() & 0o777;
    for name in names(&fixture) {
        let path = fixture.path("index").join(&name);
        assert_eq!(mode(&path), mode(&probe), "{name}");
    }
}

#[test]
fn a_file_and_a_record_never_share_an_id() {
    let fixture = Fixture::new();
    fixture.write("corpus/r.jsonl#2", "总结\n乙修渠。\n");
    fixture.run(["index", "corpus"]).succeeds();
    fixture.write("corpus/r.jsonl", "{\"id\":\"2\",\"text\":\"甲修渠。\"}\n");
    fixture.run(["index", "corpus"]).succeeds();
    fixture.run(["verify"]).succeeds();
    let status = |fixture: &Fixture| fixture.run(["status", "--format", "json"]).json();
    let updated = status(&fixture);
    fixture.run(["index", "--rebuild", "corpus"]).succeeds();
    assert_eq!(status(&fixture)["fingerprint"], updated["fingerprint"]);
}

#[test]
fn no_value_of_a_document_makes_the_index_unusable() {
    let fixture = Fixture::new();
    fixture.write("corpus/甲.txt", FILES[0].1);
    for length in [1_999, 2_000, 2_001, 21_844, 66_000, 350_000] {
        for (field, unit) in [
            ("title", "题"),
            ("id", "k"),
            ("id", "号"),
            ("kind", "办"),
            ("issuer", "局"),
            ("url", "\u{10000}"),
            ("date", "9"),
        ] {
            let mut record = serde_json::json!({"text": "各地修水渠。"});
            record[field] = unit.repeat(length).into();
            let name = format!("corpus/{field}-{}-{length}.jsonl", unit.len());
            fixture.write(&name, &record.to_string());
        }
    }
    let heading = format!(
        "# {}\n\n修水渠。\n\n## {}\n\n修水渠。\n",
        "题".repeat(40_000),
        "节".repeat(40_000)
    );
    fixture.write("corpus/长.md", &heading);
    fixture.run(["index", "corpus", "-q"]).succeeds();
    for command in [
        &["verify"][..],
        &["docs", "--format", "json"],
        &["status"],
        &["report", "水渠"],
        &["search", "水渠", "--format", "json"],
        &["search", "水渠", "--by", "document", "--sort", "date"],
    ] {
        fixture.run(command).succeeds();
    }
    let found = fixture.run(["search", "--count", "--format", "json", "\"修水渠\""]);
    assert_eq!(found.json()["occurrences"], 6 * 7 + 3);
}

#[test]
fn a_rebuild_that_is_killed_leaves_the_old_index_or_the_new_one() {
    let fixture = Fixture::new();
    for n in 0..60 {
        fixture.write(
            &format!("corpus/{n}.txt"),
            &format!("第{n}村总结\n修水渠两公里。\n"),
        );
    }
    fixture.run(["index", "--jobs", "1", "corpus"]).succeeds();
    let size = || -> u64 {
        let sizes = names(&fixture).into_iter().map(|name| {
            fs::metadata(fixture.path("index").join(name)).map_or(0, |metadata| metadata.len())
        });
        sizes.sum()
    };
    let before = (names(&fixture).len(), size());
    let mut rng = Rng::new(13);
    for _ in 0..if is_long() { 300 } else { 12 } {
        let mut child = fixture
            .command(["index", "--rebuild"])
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("the binary runs");
        std::thread::sleep(Duration::from_millis(rng.below(400) as u64));
        child.kill().expect("a kill");
        child.wait().expect("its end");
        assert!(size() <= 3 * before.1, "{} bytes", size());
        let found = fixture.run(["search", "--count", "--format", "json", "\"修水渠\""]);
        assert_eq!(found.succeeds().json()["documents"], 60);
    }
    fixture.run(["verify"]).succeeds();
    fixture
        .run(["index", "--rebuild", "--jobs", "1"])
        .succeeds();
    assert_eq!(names(&fixture).len(), before.0);
}
