//! Errors of the binary: one clear message, exit status 2, nothing lost.

use std::process::Stdio;
use std::time::{Duration, Instant};
use tantivy::directory::{Directory, INDEX_WRITER_LOCK, MmapDirectory};

use insta::assert_snapshot;
use serde_json::{Value, json};

use crate::fixture::{Encoding, Fixture};

const FILES: [(&str, &str); 1] = [("甲.txt", "甲村总结\n全村修水渠两公里。\n")];

#[test]
fn there_is_no_index() {
    let fixture = Fixture::new();
    fixture
        .run(["search", "水渠"])
        .fails_with(&["no index in index", "xunzhang index"]);
    fixture.write("notes/读书笔记.txt", "今天读书。\n");
    fixture
        .run(["--index", "notes", "search", "水渠"])
        .fails_with(&["no index in notes"]);
}

#[test]
fn a_folder_with_other_files_is_left_alone() {
    let fixture = Fixture::new();
    fixture.write("corpus/甲.txt", FILES[0].1);
    let foreign = fixture.write("notes/读书笔记.txt", "今天读书。\n");
    for more in [&[][..], &["--rebuild"]] {
        let ran = fixture.run(["--index", "notes", "index"].iter().chain(more));
        ran.fails_with(&["notes", "no xunzhang index", "--index"]);
    }
    assert!(foreign.is_file());
    assert_eq!(
        std::fs::read_dir(fixture.path("notes"))
            .expect("a folder")
            .count(),
        1
    );
}

/// Changes the engine's state file.
fn change_state(fixture: &Fixture, change: impl Fn(&str) -> String) {
    let path = fixture.path("index/meta.json");
    let text = std::fs::read_to_string(&path).expect("the state");
    let changed = change(&text);
    assert_ne!(text, changed);
    std::fs::write(path, changed).expect("the state");
}

#[test]
fn an_index_of_another_format_can_be_rebuilt() {
    let fixture = Fixture::indexed(&FILES);
    change_state(&fixture, |text| {
        let at = text.find(r#"\"format\":"#).expect("the format") + r#"\"format\":"#.len();
        format!(
            "{}999{}",
            &text[..at],
            text[at..].trim_start_matches(|ch: char| ch.is_ascii_digit())
        )
    });
    for arguments in [["search", "水渠"], ["index", "corpus"]] {
        fixture
            .run(arguments)
            .fails_with(&["format 999", "--rebuild"]);
    }
    fixture.run(["index", "--rebuild", "corpus"]).succeeds();
    fixture.run(["search", "水渠"]).succeeds();
}

#[test]
fn a_damaged_index_can_be_rebuilt() {
    let fixture = Fixture::indexed(&FILES);
    change_state(&fixture, |text| text[..text.len() / 2].to_owned());
    for arguments in [["search", "水渠"], ["index", "corpus"]] {
        fixture
            .run(arguments)
            .fails_with(&["the index in index is damaged: meta.json", "--rebuild"]);
    }
    fixture.run(["index", "--rebuild", "corpus"]).succeeds();
    fixture.run(["search", "水渠"]).succeeds();
    let entries = std::fs::read_dir(fixture.path("index"))
        .expect("the index")
        .flatten();
    for file in entries
        .map(|entry| entry.path())
        .filter(|path| path.extension().is_some_and(|end| end == "term"))
    {
        std::fs::write(file, "no terms").expect("a file");
    }
    fixture
        .run(["search", "水渠"])
        .fails_with(&["index", "--rebuild"]);
}

#[test]
fn a_second_writer_fails_at_once() {
    let fixture = Fixture::indexed(&FILES);
    let directory = MmapDirectory::open(fixture.path("index")).expect("the index");
    let writer = directory
        .acquire_lock(&INDEX_WRITER_LOCK)
        .expect("the only writer");
    let started = Instant::now();
    fixture.run(["index", "corpus"]).fails_with(&[
        "another process is writing to the index in index",
        "try again",
    ]);
    assert!(started.elapsed() < Duration::from_secs(10));
    fixture.run(["search", "水渠"]).succeeds();
    drop(writer);
    fixture.run(["index", "corpus"]).succeeds();
}

#[test]
fn a_query_that_cannot_be_parsed_shows_where() {
    let fixture = Fixture::indexed(&FILES);
    let queries = [
        "",
        "，。",
        "失地 (农民",
        "失地农民 “安置",
        "安置 year:二〇〇九年",
        "\"坚持以*{8,2}为指导\"",
        "ＡＢ安置 AND",
    ];
    let shown = queries.map(|query| {
        let ran = fixture.run(["search", query]).exits(2);
        assert_eq!(ran.stdout(), "");
        format!("> {query}\n{}", ran.stderr())
    });
    assert_snapshot!(shown.join("\n"));
}

#[test]
fn unknown_flags_and_values_are_refused() {
    let fixture = Fixture::indexed(&FILES);
    fixture
        .run(["search", "水渠", "--no-such-flag"])
        .fails_with(&["--no-such-flag", "--help"]);
    fixture
        .run(["search", "水渠", "--year", "去年"])
        .fails_with(&["去年", "2005..2010"]);
    fixture
        .run(["search", "水渠", "--path", "[甲"])
        .fails_with(&["[甲"]);
    fixture
        .run(["search", "水渠", "--format", "pdf"])
        .fails_with(&["pdf", "json"]);
    fixture
        .run(["index", "--exclude", "[甲", "corpus"])
        .fails_with(&["[甲", "exclude"]);
    fixture
        .run(["index", "没有"])
        .fails_with(&["没有", "check the path"]);
    // On Windows that opens the page.
    if !cfg!(windows) {
        fixture.run([""; 0]).exits(2);
    }
}

#[test]
fn extreme_numbers_are_accepted_or_refused() {
    let fixture = Fixture::indexed(&FILES);
    let most = u64::MAX.to_string();
    for arguments in [
        ["-n", "0"],
        ["-n", &most],
        ["--offset", &most],
        ["-C", "4294967295"],
        ["--limit", "1000000000000"],
    ] {
        let ran = fixture.run(["search", "水渠"].iter().chain(&arguments));
        let status = ran.status();
        assert!(
            status == Some(0) || status == Some(1) || status == Some(2),
            "{arguments:?}: {status:?}"
        );
        assert!(
            !ran.stderr().contains("panicked"),
            "{arguments:?}: {}",
            ran.stderr()
        );
    }
    for arguments in [
        ["--jobs", "0"],
        ["--jobs", "100000"],
        ["--memory", "0"],
        ["--memory", &most],
    ] {
        let ran = fixture.run(["index", "--rebuild", "corpus"].iter().chain(&arguments));
        assert!(
            !ran.stderr().contains("panicked"),
            "{arguments:?}: {}",
            ran.stderr()
        );
        assert!(
            matches!(ran.status(), Some(0 | 2)),
            "{arguments:?}: {:?}",
            ran.status()
        );
    }
}

#[test]
fn a_closed_pipe_is_not_an_error() {
    let many = "全村修水渠两公里。\n".repeat(3_000);
    let fixture = Fixture::indexed(&[("甲.txt", &many)]);
    let arguments = [
        "search",
        "水渠",
        "-n",
        "3000",
        "--no-collapse",
        "--format",
        "jsonl",
    ];
    let mut child = fixture
        .command(arguments)
        .stderr(Stdio::piped())
        .spawn()
        .expect("the binary runs");
    drop(child.stdout.take());
    let output = child.wait_with_output().expect("the binary ends");
    assert_eq!(
        (
            output.status.code(),
            String::from_utf8_lossy(&output.stderr).as_ref()
        ),
        (Some(0), "")
    );
}

#[test]
fn bad_dictionaries_are_refused() {
    let fixture = Fixture::indexed(&FILES);
    fixture
        .run(["index", "--dict", "没有.txt", "corpus"])
        .fails_with(&["没有.txt"]);
    fixture.write_bytes("字节.txt", &[0xff, 0xfe, 0xfd]);
    fixture
        .run(["index", "--dict", "字节.txt", "corpus"])
        .fails_with(&["字节.txt"]);
    fixture.write("词典.txt", "失地农民 10 n\n新质生产力 很多 n 多余的\n");
    fixture
        .run(["index", "--dict", "词典.txt", "corpus"])
        .fails_with(&["词典.txt", "line 2"]);
    fixture.write("词典.txt", "失地农民 10 n\n");
    fixture
        .run(["index", "--dict", "词典.txt", "corpus"])
        .fails_with(&["another dictionary", "--rebuild"]);
    fixture
        .run(["index", "--rebuild", "--dict", "词典.txt", "corpus"])
        .succeeds();
}

/// Skipped files, by the last part of their paths, and the reasons.
fn skipped(json: &Value) -> Vec<(String, String)> {
    let list = json["skipped"].as_array().expect("a list").iter();
    let text = |value: &Value| value.as_str().expect("a text").to_owned();
    let name = |path: String| {
        path.rsplit(['/', '\\'])
            .next()
            .unwrap_or_default()
            .to_owned()
    };
    list.map(|skip| (name(text(&skip["path"])), text(&skip["reason"])))
        .collect()
}

#[test]
fn unreadable_files_are_reported_and_the_rest_is_indexed() {
    let fixture = Fixture::new();
    fixture.write("corpus/甲.txt", FILES[0].1);
    fixture.write("corpus/空.txt", "");
    fixture.write("corpus/空行.txt", "\n　\n");
    fixture.write_bytes(
        "corpus/字节.txt",
        &[0x93, 0, 1, 2, 3, 0xff, 0, 7, 0xee, 0, 0, 9],
    );
    fixture.write_bytes("corpus/坏表.xlsx", b"PK\x03\x04 no workbook at all");
    fixture.write_bytes("corpus/图.png", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR");
    let ran = fixture.run(["index", "--json"]).succeeds();
    let json = ran.json();
    assert_eq!(
        (&json["documents"], &json["passages"]),
        (&json!(1), &json!(2))
    );
    let names: Vec<String> = skipped(&json).into_iter().map(|(name, _)| name).collect();
    assert_eq!(
        names,
        ["图.png", "坏表.xlsx", "字节.txt", "空.txt", "空行.txt"]
    );
    for (name, reason) in skipped(&json) {
        assert!(
            !reason.is_empty() && ran.stderr().contains(&format!("{name}: {reason}")),
            "{name}: {}",
            ran.stderr()
        );
    }
    fixture.run(["search", "水渠"]).succeeds();
    let strict = fixture.run(["index", "--strict", "--json"]).exits(2);
    assert_eq!(strict.json()["documents"], 1);
}

#[cfg(unix)]
#[test]
fn names_that_look_alike_are_two_documents() {
    use std::os::unix::ffi::OsStrExt;
    let fixture = Fixture::new();
    std::fs::create_dir(fixture.path("corpus")).expect("a folder");
    let path = |byte: u8| {
        let name = [byte, b'.', b't', b'x', b't'];
        fixture
            .path("corpus")
            .join(std::ffi::OsStr::from_bytes(&name))
    };
    std::fs::write(path(0xb1), "甲村总结\n修水渠两公里。\n").expect("a file");
    std::fs::write(path(0xb2), "乙村总结\n修道路三公里。\n").expect("a file");
    let counts = |documents: u64, added: u64, removed: u64| {
        let summary = fixture.run(["index", "--json"]).succeeds().json();
        let actual = ["documents", "added", "removed"].map(|name| summary[name].as_u64());
        assert_eq!(actual, [documents, added, removed].map(Some));
    };
    counts(2, 2, 0);
    fixture.run(["search", "\"修水渠\""]).succeeds();
    fixture.run(["search", "\"修道路\""]).succeeds();
    counts(2, 0, 0);
    std::fs::remove_file(path(0xb2)).expect("the file goes");
    counts(1, 0, 1);
    fixture.run(["search", "\"修水渠\""]).succeeds();
    fixture.run(["search", "\"修道路\""]).exits(1);
}

#[test]
fn a_partly_damaged_file_gives_its_intact_part() {
    let fixture = Fixture::new();
    fixture.write(
        "corpus/记录.jsonl",
        "{\"text\":\"修水渠两公里。\"}\n{\"text\":\n{\"text\":\"种树三百亩。\"}\n",
    );
    let mut bytes = Encoding::Gb18030.encode("乙村总结\n全村办学校两所，大家都很高兴。\n");
    let at = bytes.len() - 4;
    bytes[at] = 0xff;
    fixture.write_bytes("corpus/乙.txt", &bytes);
    fixture.run(["index"]).succeeds();
    for query in ["\"水渠\"", "\"种树\"", "\"办学校两所\""] {
        fixture.run(["search", query]).succeeds();
    }
}

#[cfg(unix)]
#[test]
fn links_pipes_and_strange_names() {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;
    use std::os::unix::fs::{PermissionsExt, symlink};

    let fixture = Fixture::new();
    fixture.write("corpus/内/甲.txt", FILES[0].1);
    symlink(fixture.path("corpus"), fixture.path("corpus/内/环")).expect("a link");
    symlink("没有", fixture.path("corpus/断.txt")).expect("a link");
    let pipe = std::process::Command::new("mkfifo")
        .arg(fixture.path("corpus/管.txt"))
        .status();
    assert!(pipe.expect("mkfifo runs").success());
    let name = OsStr::from_bytes(b"\xb1\xa8\xb8\xe6.txt");
    std::fs::write(
        fixture.path("corpus").join(name),
        "乙村总结\n种树三百亩。\n",
    )
    .expect("a file");
    let locked = fixture.write("corpus/锁.txt", "丙村总结\n办学校两所。\n");
    std::fs::set_permissions(&locked, std::fs::Permissions::from_mode(0o0)).expect("permissions");
    // Root may read everything.
    let is_locked = std::fs::File::open(&locked).is_err();

    let json = fixture.run(["index", "--json"]).succeeds().json();
    let told = skipped(&json);
    let names: Vec<&str> = told.iter().map(|(name, _)| name.as_str()).collect();
    let expected = ["环", "断.txt", "管.txt", "锁.txt"];
    for name in &expected[..if is_locked { 4 } else { 3 }] {
        assert!(names.contains(name), "{name} is not among {told:?}");
    }
    assert_eq!(json["documents"], if is_locked { 2 } else { 3 });
    let hits = fixture
        .run(["search", "\"种树\"", "--format", "jsonl"])
        .succeeds()
        .json_lines();
    assert_eq!(hits.len(), 1);
    let id = hits[0]["document"]["id"].as_str().expect("an id");
    assert!(id.ends_with(".txt"), "{id}");
    assert_eq!(
        json["skipped"].as_array().map(Vec::len),
        Some(if is_locked { 4 } else { 3 })
    );
    // A second run finds the same documents.
    let again = fixture.run(["index", "--json"]).succeeds().json();
    assert_eq!(
        (&again["documents"], &again["added"]),
        (&json["documents"], &json!(0))
    );
}
