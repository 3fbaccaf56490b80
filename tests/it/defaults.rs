//! Saved defaults: `xunzhang.toml` in the folder of the index, or the file that `--config` names.

use serde_json::{Value, json};

use crate::fixture::{Fixture, shown};

const FILES: [(&str, &str); 4] = [
    (
        "2018.txt",
        "白苇县2018年工作总结\n一、取得的成效\n整修水渠三条。\n二、存在的问题\n水渠失修。\n2018年12月3日\n",
    ),
    (
        "2020.txt",
        "白苇县2020年工作总结\n一、存在的问题\n水渠不通。\n2020年12月3日\n",
    ),
    (
        "通知.txt",
        "关于整修水渠的通知\n各村整修水渠。\n2020年7月1日\n",
    ),
    ("草稿.bak.txt", "草稿\n水渠。\n"),
];

const DEFAULTS: &str = "\
# of the county
exclude = [\"*.bak.txt\"]

[filter.\"近年问题\"]
year = \"2019..\"
role = \"问题\"

[filter.notices]
kind = [\"通知\", \"方案\"]
year = 2020
since = 2020-01-01
";

fn count(fixture: &Fixture, more: &[&str]) -> Value {
    let arguments = ["search", "\"水渠\"", "--count", "--format", "json"];
    let ran = fixture.run(arguments.iter().chain(more));
    ran.json()["occurrences"].clone()
}

/// An index with the defaults in its folder, which are there before it is built.
fn fixture() -> Fixture {
    let fixture = Fixture::new();
    for (path, text) in FILES {
        fixture.write(&format!("corpus/{path}"), text);
    }
    fixture.write("index/xunzhang.toml", DEFAULTS);
    fixture.run(["index", "corpus"]).succeeds();
    fixture
}

#[test]
fn named_filters_are_flags_and_flags_win() {
    let fixture = fixture();
    // The draft was left out by the file, so that the four others remain.
    assert_eq!(count(&fixture, &[]), 5);
    assert_eq!(count(&fixture, &["--filter", "近年问题"]), 1);
    assert_eq!(
        count(&fixture, &["--filter", "近年问题", "--year", "2018"]),
        1
    );
    assert_eq!(
        count(
            &fixture,
            &["--filter", "近年问题", "--year", "2018", "--role", "成效"]
        ),
        1
    );
    assert_eq!(count(&fixture, &["--filter", "notices"]), 2);
    let json = |arguments: &[&str]| fixture.run(arguments).succeeds().json();
    let docs = json(&["docs", "--filter", "notices", "--format", "json"]);
    assert_eq!(docs["total"], 1);
    let ran = fixture.run(["words", "top", "--filter", "notices", "--limit", "5"]);
    ran.succeeds();
    let ran = fixture
        .run(["trend", "水渠", "--filter", "notices"])
        .succeeds();
    assert!(ran.stdout().contains("2020"), "{}", ran.stdout());
}

#[test]
fn the_file_outlives_every_rebuild_and_is_no_document() {
    let fixture = fixture();
    let file = fixture.path("index/xunzhang.toml");
    // In a folder of documents it is not one either.
    fixture.write("corpus/xunzhang.toml", DEFAULTS);
    for arguments in [
        &["index"][..],
        &["index", "--rebuild"],
        &["index", "corpus"],
    ] {
        let ran = fixture.run(arguments.iter().chain(&["--json"])).succeeds();
        let summary = ran.json();
        assert_eq!(
            (&summary["documents"], &summary["skipped"]),
            (&json!(3), &json!([]))
        );
        let text = std::fs::read_to_string(&file).expect("the file");
        assert_eq!(text, DEFAULTS);
    }
    fixture.run(["verify"]).succeeds();
    let status = fixture.run(["status"]).succeeds();
    assert_eq!(status.stderr(), "");
}

#[test]
fn a_file_by_name_sets_the_index_and_the_environment_wins_over_it() {
    let fixture = fixture();
    fixture.write(
        "资料/寻章.toml",
        "index = \"../index\"\n[filter.a]\ncollection = \"corpus\"\n[check]\nexclude = \"2018.txt\"\n",
    );
    let at = |arguments: &[&str]| {
        let config = ["--config", "资料/寻章.toml", "--index"];
        fixture.run(config[..2].iter().chain(arguments))
    };
    assert_eq!(at(&["search", "\"水渠\"", "--count"]).status(), Some(0));
    assert_eq!(at(&["search", "水渠", "--filter", "a"]).status(), Some(0));
    // What is in the file beside the index does not count then.
    at(&["search", "水渠", "--filter", "notices"]).fails_with(&["no filter `notices`", "a"]);
    at(&["--index", "none", "search", "水渠"]).fails_with(&["no index in none"]);
    let other = Fixture::new().with_variable("XUNZHANG_INDEX", "none");
    other.write("寻章.toml", "index = \"index\"\n");
    let ran = other.run(["--config", "寻章.toml", "search", "水渠"]);
    ran.fails_with(&["no index in none"]);
    let by_variable = Fixture::new().with_variable("XUNZHANG_CONFIG", "寻章.toml");
    by_variable.write("寻章.toml", "index = \"elsewhere\"\n");
    by_variable
        .run(["search", "水渠"])
        .fails_with(&["no index in elsewhere"]);
    // The draft is a document of the index, which has nothing else of its wording.
    let draft = fixture.write("稿.txt", "整修水渠三条。\n");
    let ran = fixture.run(["check", &draft.to_string_lossy(), "--format", "json"]);
    assert_eq!(
        ran.succeeds().json()["documents"][0]["document"]["id"],
        json!("2018.txt")
    );
    let ran = at(&["check", &draft.to_string_lossy(), "--format", "json"]);
    let documents = ran.json()["documents"].clone();
    assert!(!documents.to_string().contains("2018.txt"), "{documents}");
}

#[test]
fn what_is_wrong_is_one_line_with_a_remedy() {
    let fixture = fixture();
    fixture
        .run(["search", "水渠", "--filter", "近年"])
        .fails_with(&["xunzhang.toml: no filter `近年`; there are notices, 近年问题"]);
    fixture
        .run(["docs", "--filter", "近年问题"])
        .fails_with(&["sets role", "`docs`"]);
    for (text, parts) in [
        ("exlude = []\n", &["line 1", "`exlude`", "exclude"][..]),
        (
            "[filter.a]\nrole = \"难题\"\n",
            &["line 2", "`role`", "问题"],
        ),
        ("[filter.a]\nyear = \"去年\"\n", &["line 2", "`year`"]),
        ("[filter.问题]\n", &["line 1", "quotation marks"]),
        ("index = \"x\"\n", &["line 1", "--config"]),
    ] {
        fixture.write("index/xunzhang.toml", text);
        fixture.run(["search", "水渠"]).fails_with(parts);
        fixture
            .run(["--lang", "zh", "search", "水渠"])
            .fails_with(&["行："]);
    }
    fixture
        .run(["--config", "none.toml", "search", "水渠"])
        .fails_with(&["none.toml cannot be read"]);
    // A broken file does not prevent completing commands.
    fixture.run(["completions", "bash"]).succeeds();
    let bare = Fixture::indexed(&FILES[..1]);
    bare.run(["search", "水渠", "--filter", "a"])
        .fails_with(&[&shown("index/xunzhang.toml"), "no filter `a`"]);
}

#[test]
fn a_saved_exclude_that_is_gone_is_a_note() {
    let fixture = Fixture::indexed(&[("甲.txt", "水渠总结\n全村修水渠两公里。\n")]);
    fixture.write("稿.txt", "水渠总结\n全村修水渠两公里。\n");
    fixture.write("index/xunzhang.toml", "[check]\nexclude = [\"走了.txt\"]\n");
    let ran = fixture.run(["check", "稿.txt"]);
    assert_ne!(ran.status(), Some(2), "{}", ran.stderr());
    assert!(ran.stderr().contains("走了.txt"), "{}", ran.stderr());
    // A filter whose list was emptied would take all documents.
    fixture.write("index/xunzhang.toml", "[filter.a]\nkind = []\n");
    let ran = fixture.run(["search", "水渠", "--filter", "a"]).exits(2);
    assert!(ran.stderr().contains("line 2"), "{}", ran.stderr());
    fixture.write("index/xunzhang.toml", "[check]\nexclude = [\"走了.txt\"]\n");
    // One that is typed is a mistake.
    fixture
        .run(["check", "稿.txt", "--exclude", "走了.txt"])
        .exits(2);
    // What needs no index reads no defaults of one.
    fixture.write("index/xunzhang.toml", "[");
    let ran = fixture.run(["outline", "稿.txt"]);
    assert!(ran.stdout().contains("水渠总结"), "{}", ran.stderr());
}
