//! `show`, `outline`, `docs`, `status`, `verify`, `completions`: commands that inspect an index or a file.

use serde_json::{Value, json};
use xunzhang::source::plain;

use crate::fixture::{Fixture, Ran};

const REPORT: &str = "荷塘街道2019年工作总结\n时间:2020-01-03 08:00:00\n一、主要做法\n（一）班子重视，分工明确。街道成立了工作专班。\n（二）措施有力。全年走访四百户。\n二、存在问题\n人手不足，经费偏紧。\n【打印】【关闭】\n";
const NOTICE: &str = "柳溪镇关于清理河道的通知\n各村：\n请于月底前清理河道。\n2021年5月\n";
const RECORDS: &str = "{\"title\":\"桥梁养护方案\",\"text\":\"先查后修。\\n分段养护。\",\"date\":\"2018-03-01\",\"issuer\":\"柳溪镇政府\",\"url\":\"https://example.org/1\"}\n{\"id\":\"b7\",\"title\":\"路灯随想\",\"text\":\"路灯亮了。\"}\n";

fn fixture() -> Fixture {
    Fixture::indexed(&[
        ("2019/总结.txt", REPORT),
        ("2021/通知.txt", NOTICE),
        ("合集.jsonl", RECORDS),
    ])
}

#[track_caller]
fn lines(ran: &Ran) -> Vec<&str> {
    ran.stdout().lines().collect()
}

#[test]
fn show_prints_a_document_with_positions() {
    let fixture = fixture();
    let ran = fixture.run(["show", "2019/总结.txt"]).succeeds();
    let expected = [
        "荷塘街道2019年工作总结",
        "2019/总结.txt",
        "2020-01-03 (metadata line) · 总结",
        "",
        "  no. line",
        "    1    1  荷塘街道2019年工作总结",
        "    2    3  一、主要做法",
        "    3    4  （一）班子重视，分工明确。街道成立了工作专班。",
        "    4    5  （二）措施有力。全年走访四百户。",
        "    5    6  二、存在问题",
        "    6    7  人手不足，经费偏紧。",
    ];
    assert_eq!(lines(&ran), expected);
    let ran = fixture.run(["show", "2019/总结.txt", "--all"]).succeeds();
    assert_eq!(
        lines(&ran)[6],
        "-   -    2  时间:2020-01-03 08:00:00  [metadata]"
    );
    assert_eq!(
        lines(&ran)[12],
        "-   -    8  【打印】【关闭】  [page frame]"
    );
}

#[test]
fn show_marks_a_passage_and_its_neighbours() {
    let fixture = fixture();
    let ran = fixture
        .run(["show", "总结.txt:5", "-C", "1", "--lang", "zh"])
        .succeeds();
    let expected = [
        "   段   行",
        "            一、主要做法",
        "    3    4  （一）班子重视，分工明确。街道成立了工作专班。",
        ">   4    5  （二）措施有力。全年走访四百户。",
        "    5    6  二、存在问题",
    ];
    assert_eq!(lines(&ran)[4..], expected);
    fixture
        .run(["show", "总结.txt:9"])
        .fails_with(&["2019/总结.txt", "lines 1 to 8", "no line 9"]);
}

#[test]
fn show_json_has_the_documented_fields() {
    let fixture = fixture();
    let ran = fixture.run(["show", "合集.jsonl#1", "--format", "json"]);
    let document = json!({
        "id": "合集.jsonl#1", "title": "桥梁养护方案", "date": "2018-03-01", "date_source": "record",
        "kind": "方案", "issuer": "柳溪镇政府", "collection": "corpus", "url": "https://example.org/1",
    });
    let passage = |number: u32, line: u32, part: &str, text: &str| json!({"place": format!("合集.jsonl#1:{line}"), "number": number, "line": line, "part": part, "section": [], "text": text});
    let passages = [
        passage(1, 1, "title", "桥梁养护方案"),
        passage(2, 1, "body", "先查后修。"),
        passage(3, 2, "body", "分段养护。"),
    ];
    let expected = json!({
        "document": document,
        "passages": passages,
        "boilerplate": [
            {"line": 3, "reason": "metadata", "text": "date：2018-03-01"},
            {"line": 4, "reason": "metadata", "text": "issuer：柳溪镇政府"},
            {"line": 5, "reason": "metadata", "text": "url：https://example.org/1"},
        ],
    });
    assert_eq!(ran.succeeds().json(), expected);
    let ran = fixture.run(["show", "总结.txt:5", "-C", "0", "--format", "json"]);
    let shown = ran.succeeds().json();
    let section = json!([
        {"level": 1, "label": "一、", "title": "主要做法"},
        {"level": 2, "label": "（二）", "title": "措施有力"},
    ]);
    assert_eq!(shown["passages"][0]["section"], section);
    assert_eq!(shown["passages"].as_array().map(Vec::len), Some(1));
}

#[test]
fn a_file_is_shown_as_the_index_shows_it() {
    let indexed = fixture();
    let loose = Fixture::new();
    loose.write("2019/总结.txt", REPORT);
    loose.write("合集.jsonl", RECORDS);
    for name in ["2019/总结.txt", "合集.jsonl#1", "合集.jsonl#b7"] {
        for command in ["show", "outline"] {
            // A file in no index is in no collection.
            let run = |fixture: &Fixture| {
                let mut shown = fixture.run([command, name, "--format", "json"]).json();
                shown["document"]
                    .as_object_mut()
                    .map(|document| document.remove("collection"));
                shown
            };
            assert_eq!(run(&loose), run(&indexed), "{command} {name}");
        }
    }
    let both = loose
        .run(["show", "合集.jsonl", "--format", "json"])
        .succeeds()
        .json_lines();
    let ids: Vec<&Value> = both.iter().map(|shown| &shown["document"]["id"]).collect();
    assert_eq!(ids, ["合集.jsonl#1", "合集.jsonl#b7"]);
    loose
        .run(["show", "合集.jsonl:1"])
        .fails_with(&["合集.jsonl holds 2 documents", "合集.jsonl#1:1"]);
    loose
        .run(["show", "合集.jsonl#c8"])
        .fails_with(&["合集.jsonl has no record `c8`"]);
    loose
        .run(["show", "没有.txt"])
        .fails_with(&["no file `没有.txt`", "no index in index"]);
}

#[test]
fn part_of_a_name_is_enough_if_it_is_unique() {
    let fixture = fixture();
    let id = |name: &str| {
        let ran = fixture.run(["show", name, "--format", "json"]).succeeds();
        ran.json()["document"]["id"].clone()
    };
    assert_eq!(id("通知.txt"), "2021/通知.txt");
    assert_eq!(id("b7"), "合集.jsonl#b7");
    fixture
        .run(["show", "合集"])
        .fails_with(&["any of 2 documents: 合集.jsonl#1, 合集.jsonl#b7"]);
    fixture
        .run(["outline", "纪要"])
        .fails_with(&["no document `纪要`", "`xunzhang docs`"]);
}

#[test]
fn outline_is_a_tree_with_lines() {
    let fixture = fixture();
    let ran = fixture.run(["outline", "2019/总结.txt"]).succeeds();
    let expected = [
        "   3  一、主要做法",
        "   4    （一）班子重视，分工明确",
        "   5    （二）措施有力",
        "   6  二、存在问题",
    ];
    assert_eq!(lines(&ran)[4..], expected);
    let ran = fixture.run(["outline", "2019/总结.txt", "--format", "json"]);
    let outline = ran.succeeds().json();
    assert_eq!(outline["document"]["id"], "2019/总结.txt");
    let heading = json!({"line": 4, "level": 2, "label": "（一）", "title": "班子重视，分工明确", "run_in": true});
    assert_eq!(outline["headings"][1], heading);
}

#[test]
fn docs_lists_filters_and_orders() {
    let fixture = fixture();
    let ids = |arguments: &[&str], status: i32| -> Vec<String> {
        let arguments = ["docs", "--format", "jsonl"].iter().chain(arguments);
        let ran = fixture.run(arguments).exits(status);
        let listed = ran.json_lines();
        let id = |document: &Value| document["id"].as_str().expect("an id").to_owned();
        listed.iter().map(id).collect()
    };
    let [summary, notice, plan, note] = [
        "2019/总结.txt",
        "2021/通知.txt",
        "合集.jsonl#1",
        "合集.jsonl#b7",
    ];
    assert_eq!(ids(&[], 0), [summary, notice, plan, note]);
    assert_eq!(ids(&["--sort", "date"], 0), [plan, summary, notice, note]);
    assert_eq!(ids(&["--sort=-date"], 0), [notice, summary, plan, note]);
    assert_eq!(ids(&["--sort", "-date"], 0), [notice, summary, plan, note]);
    assert_eq!(ids(&["--kind", "通知"], 0), [notice]);
    assert_eq!(ids(&["--year", "2018..2020"], 0), [summary, plan]);
    assert_eq!(ids(&["--path", "*.jsonl"], 0), [plan, note]);
    assert_eq!(ids(&["--title", "柳溪"], 0), [notice, plan]);
    assert_eq!(ids(&["--year", "1999"], 1), [""; 0]);
    fixture.run(["docs", "--path", "a["]).fails_with(&["`a[`"]);
    fixture
        .run(["docs", "--year", "去年"])
        .fails_with(&["去年"]);
}

#[test]
fn docs_prints_a_table_that_fits() {
    let fixture = fixture();
    let ran = fixture.run(["docs", "--path", "20*/**"]).succeeds();
    let expected = [
        "date        kind  passages  characters  title",
        "2020-01-03  总结         6          74  荷塘街道2019年工作总结    2019/总结.txt",
        "2021-05     通知         4          32  柳溪镇关于清理河道的通知  2021/通知.txt",
    ];
    assert_eq!(lines(&ran), expected);
    assert_eq!(ran.stderr(), "2 documents\n");
    let narrow = fixture.with_variable("COLUMNS", "60");
    let ran = narrow.run(["docs", "--kind", "通知", "-q"]).succeeds();
    let expected = [
        "date     kind  passages  characters  title",
        "2021-05  通知         4          32  柳溪镇关于清理河道的通…",
        "    2021/通知.txt",
    ];
    assert_eq!(lines(&ran), expected);
    assert_eq!(ran.stderr(), "");
}

#[test]
fn docs_tables_are_csv_and_json() {
    let fixture = fixture();
    let ran = fixture
        .run(["docs", "--format", "csv", "--path", "*.jsonl"])
        .succeeds();
    let expected = [
        "id,title,date,kind,issuer,url,passages,characters,collection",
        "合集.jsonl#1,桥梁养护方案,2018-03-01,方案,柳溪镇政府,https://example.org/1,3,16,corpus",
        "合集.jsonl#b7,路灯随想,,,,,2,9,corpus",
    ];
    assert_eq!(lines(&ran), expected);
    let list = fixture
        .run(["docs", "--format", "json", "--kind", "方案"])
        .succeeds()
        .json();
    assert_eq!(list["total"], 1);
    assert_eq!(list["documents"][0]["passages"], 3);
    assert_eq!(list["documents"][0]["date"], "2018-03-01");
}

#[test]
fn status_counts_by_year_and_kind() {
    let fixture = fixture();
    let status = || {
        fixture
            .run(["status", "--format", "json"])
            .succeeds()
            .json()
    };
    let before = status();
    let count = |name: &str| before[name].as_u64().expect("a number");
    assert_eq!(["files", "documents", "passages"].map(count), [3, 4, 15]);
    assert_eq!(
        before["characters"],
        json!({"read": 213, "passages": 131, "boilerplate": 82})
    );
    let group = |value: Value, documents: u64, passages: u64, characters: u64| json!({"value": value, "documents": documents, "passages": passages, "characters": characters});
    let by_year = json!([
        group("2018".into(), 1, 3, 16),
        group("2020".into(), 1, 6, 74),
        group("2021".into(), 1, 4, 32),
        group(Value::Null, 1, 2, 9),
    ]);
    assert_eq!(before["by_year"], by_year);
    assert_eq!(
        [&before["changed"], &before["vanished"]],
        [&json!([]), &json!([])]
    );
    assert_eq!(before["dictionary"], json!({"files": [], "entries": 0}));
    let path = fixture.write("corpus/2021/通知.txt", "柳溪镇通知\n改期。\n");
    std::fs::remove_file(fixture.path("corpus/合集.jsonl")).expect("a file to remove");
    let after = status();
    let path = plain(&path.canonicalize().expect("a path"));
    let path = path.display().to_string();
    assert_eq!(after["changed"], json!([path]));
    assert_eq!(after["vanished"].as_array().map(Vec::len), Some(1));
    let ran = fixture.run(["status", "--lang", "zh"]).succeeds();
    assert!(
        ran.stdout().contains("1 个改动，1 个不存在"),
        "{}",
        ran.stdout()
    );
    Fixture::new()
        .run(["status"])
        .fails_with(&["no index in index", "xunzhang index FOLDER"]);
}

#[test]
fn verify_finds_a_changed_byte() {
    let fixture = fixture();
    let verified = fixture
        .run(["verify", "--format", "json"])
        .succeeds()
        .json();
    let count = |name: &str| verified[name].as_u64().expect("a number");
    assert_eq!(["documents", "passages"].map(count), [4, 15]);
    assert_eq!(verified["problems"], json!([]));
    let index = std::fs::read_dir(fixture.path("index"))
        .expect("the index")
        .flatten();
    let mut files = index.map(|entry| entry.path());
    let store = files.find(|path| path.extension().is_some_and(|end| end == "store"));
    let store = store.expect("a file of stored records");
    let mut bytes = std::fs::read(&store).expect("the file");
    bytes[10] ^= 0x40;
    std::fs::write(&store, bytes).expect("the file");
    let ran = fixture.run(["verify"]).exits(2);
    let name = store.file_name().expect("a name").to_string_lossy();
    let expected = format!("the file {name} does not have its checksum");
    assert_eq!(lines(&ran)[0], expected);
    assert!(ran.stderr().contains("--rebuild"), "{}", ran.stderr());
    fixture.run(["index", "--rebuild"]).succeeds();
    fixture.run(["verify"]).succeeds();
}

#[test]
fn completions_know_the_commands() {
    let fixture = Fixture::new();
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let ran = fixture.run(["completions", shell]).succeeds();
        for command in ["search", "outline", "completions"] {
            assert!(ran.stdout().contains(command), "{shell} {command}");
        }
    }
    fixture.run(["completions", "nosuchshell"]).exits(2);
}

#[test]
fn each_command_has_a_page_of_the_manual() {
    let fixture = Fixture::new();
    let top = fixture.run(["man"]).succeeds();
    let names = top
        .stdout()
        .lines()
        .filter_map(|line| line.strip_prefix("xunzhang\\-")?.strip_suffix("(1)"));
    let names: Vec<&str> = names.collect();
    assert!(names.contains(&"search"), "{}", top.stdout());
    for name in names {
        let page = fixture.run(["man", name]).succeeds();
        assert!(page.stdout().contains(".SH SYNOPSIS"), "{name}");
        let page = fixture.run(["--lang", "zh", "man", name]).succeeds();
        assert!(page.stdout().contains(".SH 概要"), "{name}");
        assert!(!page.stdout().contains(".SH SYNOPSIS"), "{name}");
    }
    fixture
        .run(["man", "nosuchcommand"])
        .fails_with(&["nosuchcommand"]);
}

#[cfg(unix)]
#[test]
fn open_hands_the_file_and_the_line_to_the_editor() {
    use std::os::unix::fs::PermissionsExt;
    let fixture = fixture();
    let editor = fixture.path("editor");
    fixture.write("editor", "#!/bin/sh\nprintf '%s\\n' \"$@\" > \"$0.told\"\n");
    let rights = std::fs::Permissions::from_mode(0o755);
    std::fs::set_permissions(&editor, rights).expect("rights");
    let open = |place: &str| {
        let mut command = fixture.command(["open", place]);
        command.env("VISUAL", &editor).env_remove("EDITOR");
        command.output().expect("a run")
    };
    assert!(open("总结.txt:5").status.success());
    let told = std::fs::read_to_string(fixture.path("editor.told")).expect("the arguments");
    let file = fixture
        .path("corpus/2019/总结.txt")
        .canonicalize()
        .expect("a path");
    assert_eq!(told, format!("+5\n{}\n", file.display()));
    assert!(open("合集.jsonl#b7").status.success());
    let told = std::fs::read_to_string(fixture.path("editor.told")).expect("the arguments");
    assert!(told.trim_end().ends_with("合集.jsonl"), "{told}");
    assert_eq!(open("总结.txt:99").status.code(), Some(2));
    std::fs::remove_file(file).expect("a file to remove");
    let gone = open("总结.txt:5");
    assert_eq!(gone.status.code(), Some(2));
}

#[test]
fn docs_are_counted_by_collection_kind_and_year() {
    let fixture = Fixture::new();
    fixture.write("省/总结.txt", "甲省工作总结\n整修水渠。\n2010年12月3日\n");
    fixture.write("省/通知.txt", "关于修路的通知\n请修路。\n2012年3月4日\n");
    fixture.write("市/记录.txt", "记录\n水渠。\n");
    fixture.run(["index", "省"]).succeeds();
    // One collection is no breakdown.
    let ran = fixture.run(["docs"]).succeeds();
    assert_eq!(ran.stderr(), "2 documents\n");
    let json = fixture.run(["docs", "--format", "json"]).json();
    assert_eq!(json.get("collections"), None);
    fixture.run(["index", "市"]).succeeds();
    let ran = fixture.run(["docs"]).succeeds();
    assert_eq!(ran.stderr(), "3 documents: 省 2, 市 1\n");
    let json = fixture.run(["docs", "--format", "json"]).json();
    let group = &json["collections"][0];
    assert_eq!(
        (&group["key"], &group["documents"]),
        (&"省".into(), &2.into())
    );
    let ran = fixture.run(["docs", "--by", "collection"]).succeeds();
    let lines: Vec<&str> = ran.stdout().lines().collect();
    assert!(lines[0].starts_with("Collection"), "{lines:?}");
    assert!(
        lines[1].starts_with("省") && lines[2].starts_with("市"),
        "{lines:?}"
    );
    let ran = fixture
        .run(["docs", "--by", "kind", "--format", "csv"])
        .succeeds();
    let lines: Vec<&str> = ran.stdout().lines().collect();
    assert_eq!(
        lines[0].trim_start_matches('\u{feff}'),
        "kind,documents,passages,characters"
    );
    // Documents without a kind are last.
    assert!(lines[3].starts_with(",1,"), "{lines:?}");
    let ran = fixture
        .run(["docs", "--by", "year", "--format", "json"])
        .succeeds();
    let keys: Vec<serde_json::Value> = ran.json()["groups"]
        .as_array()
        .expect("groups")
        .iter()
        .map(|group| group["key"].clone())
        .collect();
    assert_eq!(
        keys,
        ["2010".into(), "2012".into(), serde_json::Value::Null]
    );
}
