//! Limits: excessive input is refused by name within bounded memory, and everything else is processed.

use std::io::{Cursor, Write};

use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use crate::fixture::Fixture;

const GOOD: &str = "白苇县工作总结\n一、做法\n全县整修水渠，成效明显。\n";
const SENTENCE: &str = "各村各组坚持以整修水渠为重点认真抓好春耕备耕";

/// Address space of a run, far above what it needs with the minimum of memory; a run that holds a large file twice exceeds it.
#[cfg(unix)]
const SPACE: &str = "-v 1500000";

fn good() -> Fixture {
    let fixture = Fixture::new();
    fixture.write("corpus/00.txt", GOOD);
    fixture.write("corpus/zz.txt", GOOD);
    fixture
}

/// The number of documents that contain the sentence of the good files.
#[track_caller]
fn n_good(fixture: &Fixture) -> u64 {
    let count = [
        "search",
        "\"整修水渠，成效\"",
        "--count",
        "--format",
        "json",
    ];
    let found = fixture.run(count).succeeds().json();
    found["documents"].as_u64().expect("a number")
}

#[test]
fn passages_and_titles_are_bounded() {
    let fixture = good();
    let body = SENTENCE.repeat(2_000);
    fixture.write("corpus/正文.txt", &format!("某乡总结\n{body}"));
    fixture.write(
        "corpus/标题.md",
        &format!("# {body}\n\n## {body}\n\n修路。\n"),
    );
    fixture.write(
        "corpus/表.csv",
        &format!("id,title,text\n1,{body},修路。\n"),
    );
    fixture.run(["index", "corpus"]).succeeds();
    for document in fixture.run(["docs", "--format", "json"]).json()["documents"]
        .as_array()
        .expect("documents")
    {
        let title = document["title"].as_str().expect("a title");
        assert!(title.chars().count() <= 300, "{}", document["id"]);
    }
    let search = [
        "search",
        "\"整修水渠\"",
        "--no-collapse",
        "-n",
        "1000",
        "--format",
        "jsonl",
    ];
    let hits = fixture.run(search).succeeds().json_lines();
    let mut occurrences = 0;
    for hit in &hits {
        let text = hit["passage"]["text"].as_str().expect("a text");
        assert!(text.chars().count() <= 1000);
        occurrences += text.matches("整修水渠").count() as u64;
    }
    let count = ["search", "\"整修水渠\"", "--count", "--format", "json"];
    let counted = fixture.run(count).succeeds().json();
    assert_eq!(counted["occurrences"], occurrences);
    // A match cannot cross the end of a passage: each text of 44,000 characters is cut at 45 positions at most. The
    // page's second heading repeats the first one.
    assert!(
        (6_000 - 3 * 45..=6_002).contains(&occurrences),
        "{occurrences}"
    );
}

#[cfg(unix)]
#[test]
fn files_that_are_too_large_are_named_and_the_others_read() {
    let fixture = good();
    let long = SENTENCE.repeat(140_000);
    fixture.write("corpus/一行.txt", &long);
    fixture.write("corpus/一行.md", &long);
    fixture.write("corpus/引号.csv", &format!("id,text\n1,修路。\n2,\"{long}"));
    fixture.write("corpus/短行.csv", &"甲,乙\n".repeat(60_000));
    let line = format!("{{\"text\":\"{long}\"}}\n");
    fixture.write(
        "corpus/长行.jsonl",
        &format!("{{\"text\":\"{GOOD}\"}}\n{line}", GOOD = "修路架桥。"),
    );
    fixture.write("corpus/只有长行.jsonl", &line);
    let numbers = format!(
        "{{\"text\":\"修塘。\",\"数\":[{}]}}\n",
        "1,".repeat(800_000) + "1"
    );
    fixture.write("corpus/数.jsonl", &numbers);
    let index = [
        "index", "corpus", "--memory", "16MB", "--jobs", "1", "--json", "--lang", "en",
    ];
    let ran = fixture.run_within(SPACE, index).succeeds();
    let summary = ran.json();
    let skipped: Vec<(String, String)> = summary["skipped"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|skip| {
            let text = |name: &str| skip[name].as_str().expect("a text").to_owned();
            (text("path"), text("reason"))
        })
        .collect();
    let reason = |name: &str| {
        let found = skipped.iter().find(|(path, _)| path.ends_with(name));
        found.map_or("", |(_, reason)| reason.as_str())
    };
    assert!(
        reason("/一行.txt").contains("the limit is 8000000"),
        "{skipped:?}"
    );
    assert!(
        reason("/一行.md").contains("the limit is 8000000"),
        "{skipped:?}"
    );
    assert!(
        reason("/引号.csv").contains("over 2 MB at line 3"),
        "{skipped:?}"
    );
    assert!(
        reason("/短行.csv").contains("more text than one document may, 8 MB"),
        "{skipped:?}"
    );
    assert!(
        reason("/只有长行.jsonl").contains("over 2 MB at line 1"),
        "{skipped:?}"
    );
    assert_eq!(skipped.len(), 5, "{skipped:?}");
    assert_eq!(summary["documents"], 4);
    assert_eq!(n_good(&fixture), 2);
    let warnings = summary["warnings"].to_string();
    assert!(warnings.contains("over 2 MB at line 2"), "{warnings}");
}

/// A workbook of 40 kB whose cells take 3 GB.
fn workbook_bomb() -> Vec<u8> {
    const NS: &str = "http://schemas.openxmlformats.org";
    let string = SENTENCE.repeat(15_000);
    let row = |row: usize| {
        let cell = |column: u8| {
            format!(
                "<c r=\"{}{row}\" t=\"s\"><v>0</v></c>",
                char::from(b'A' + column)
            )
        };
        format!(
            "<row r=\"{row}\">{}</row>",
            (0..20).map(cell).collect::<String>()
        )
    };
    let rows: String = (1..=150).map(row).collect();
    let parts = [
        (
            "[Content_Types].xml",
            format!(
                "<Types xmlns=\"{NS}/package/2006/content-types\"><Default Extension=\"xml\" ContentType=\"application/xml\"/></Types>"
            ),
        ),
        (
            "_rels/.rels",
            format!(
                "<Relationships xmlns=\"{NS}/package/2006/relationships\"><Relationship Id=\"r1\" Type=\"{NS}/officeDocument/2006/relationships/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"
            ),
        ),
        (
            "xl/workbook.xml",
            format!(
                "<workbook xmlns=\"{NS}/spreadsheetml/2006/main\" xmlns:r=\"{NS}/officeDocument/2006/relationships\"><sheets><sheet name=\"表\" sheetId=\"1\" r:id=\"r1\"/></sheets></workbook>"
            ),
        ),
        (
            "xl/_rels/workbook.xml.rels",
            format!(
                "<Relationships xmlns=\"{NS}/package/2006/relationships\"><Relationship Id=\"r1\" Type=\"{NS}/officeDocument/2006/relationships/worksheet\" Target=\"worksheets/sheet1.xml\"/><Relationship Id=\"r2\" Type=\"{NS}/officeDocument/2006/relationships/sharedStrings\" Target=\"sharedStrings.xml\"/></Relationships>"
            ),
        ),
        (
            "xl/worksheets/sheet1.xml",
            format!(
                "<worksheet xmlns=\"{NS}/spreadsheetml/2006/main\"><sheetData>{rows}</sheetData></worksheet>"
            ),
        ),
        (
            "xl/sharedStrings.xml",
            format!("<sst xmlns=\"{NS}/spreadsheetml/2006/main\"><si><t>{string}</t></si></sst>"),
        ),
    ];
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in parts {
        archive
            .start_file(name, SimpleFileOptions::default())
            .expect("a part");
        archive.write_all(text.as_bytes()).expect("a part");
    }
    archive.finish().expect("a package").into_inner()
}

#[cfg(unix)]
#[test]
fn lists_from_devices_and_bombs_are_refused() {
    let fixture = Fixture::indexed(&[("00.txt", GOOD)]);
    fixture.write_bytes("词.xlsx", &workbook_bomb());
    let made = std::process::Command::new("mkfifo")
        .arg(fixture.path("管道"))
        .status();
    assert!(made.expect("mkfifo").success());
    fixture.write("长.txt", &"水渠\n".repeat(2_500_000));
    fixture.write(
        "同义.txt",
        &(0..5_000)
            .map(|n| format!("词{n}"))
            .collect::<Vec<_>>()
            .join("="),
    );
    let check = |arguments: &[&str], part: &str| {
        let ran = fixture.run_within(SPACE, arguments);
        let lines = ran.stderr().lines();
        let told = lines.filter(|line| line.starts_with("xunzhang"));
        assert_eq!(told.count(), 1, "{}", ran.stderr());
        ran.fails_with(&[part]);
    };
    // Whether the bomb first exceeds the memory or the time limit depends on the machine; it exceeds one of them.
    for arguments in [&["report", "-k", "词.xlsx"][..], &["outline", "词.xlsx"]] {
        let ran = fixture.run_within(SPACE, arguments);
        let told = ran.stderr();
        let lines = told.lines().filter(|line| line.starts_with("xunzhang"));
        assert_eq!(lines.count(), 1, "{told}");
        let is_bounded =
            told.contains("needs more than 900 MB") || told.contains("takes more than 8 s");
        assert!(told.contains("词.xlsx") && is_bounded, "{told}");
        ran.fails_with(&[]);
    }
    for file in ["/dev/zero", "管道"] {
        check(&["report", "-k", file], "is not a file");
        check(&["search", "--queries", file], "is not a file");
        check(&["index", "corpus", "--synonyms", file], "is not a file");
        check(
            &["index", "corpus", "--rebuild", "--dict", file],
            "is not a file",
        );
        check(&["check", file], "is not a file");
        check(&["outline", file], "is not a file");
    }
    check(&["report", "-k", "长.txt"], "the limit is 16777216");
    check(&["search", "--queries", "长.txt"], "the limit is 16777216");
    check(
        &["index", "corpus", "--synonyms", "同义.txt"],
        "over 100 words on one line",
    );
    let endless = vec![b'a'; (16 << 20) + 1];
    for command in ["check", "precedent"] {
        let ran = fixture.run_with_input([command, "-"], &endless);
        ran.fails_with(&["standard input cannot be read", "the limit is 16777216"]);
    }
}

#[test]
fn globs_of_any_depth_are_refused_not_panicked_on() {
    let fixture = Fixture::indexed(&[("00.txt", GOOD)]);
    let glob = format!("{}a{}", "{".repeat(300), "}".repeat(300));
    let part = ["at most 10 braces inside each other"];
    fixture
        .run(["search", "水渠", "--path", &glob])
        .fails_with(&part);
    fixture
        .run(["search", &format!("path:{glob} 水渠")])
        .fails_with(&part);
    fixture.run(["docs", "--path", &glob]).fails_with(&part);
    fixture
        .run(["report", "水渠", "--path", &glob])
        .fails_with(&part);
    fixture
        .run(["index", "corpus", "--exclude", &glob])
        .fails_with(&part);
    fixture
        .run(["search", "水渠", "--path", &"长".repeat(1_001)])
        .fails_with(&["at most 1,000 characters"]);
    fixture
        .run(["search", "水渠", "--path", "{{00,01},{zz}}.{txt,md}"])
        .succeeds();
}

/// Passages that consist almost entirely of 的, 960 times each.
fn dense() -> Fixture {
    let line = |n: usize| format!("第{n}件{}\n", "的".repeat(960));
    let text: String = (0..900).map(line).collect();
    Fixture::indexed(&[("密.txt", &text), ("00.txt", GOOD)])
}

#[test]
fn a_query_over_budget_fails_alone() {
    let fixture = dense();
    let phrase = format!("\"{}\"", vec!["的"; 33].join("*{0,100}"));
    let query = vec![phrase.as_str(); 30].join(" OR ");
    let part = ["costs too much on this index", "fewer gaps"];
    fixture.run(["search", &query, "--count"]).fails_with(&part);
    fixture.run(["search", &query]).fails_with(&part);
    let wide = vec!["的"; 30].join("*{0,100}");
    fixture.run(["frame", &wide]).fails_with(&part);
    fixture
        .run(["search", "\"的*{0,5}的\"", "--count"])
        .succeeds();
    let glob = format!("{}a{}", "{".repeat(300), "}".repeat(300));
    let lines = format!("a\t水渠\nb\t{query}\nc\tpath:{glob} 水渠\nd\t\"水渠\ne\t成效\n");
    fixture.write("queries.tsv", &lines);
    let run = [
        "search",
        "--queries",
        "queries.tsv",
        "--format",
        "jsonl",
        "--lang",
        "en",
    ];
    let ran = fixture.run(run).exits(2);
    let ids: Vec<String> = ran
        .json_lines()
        .iter()
        .map(|hit| hit["query_id"].as_str().expect("an id").to_owned())
        .collect();
    assert_eq!(ids.first().map(String::as_str), Some("a"));
    assert_eq!(ids.last().map(String::as_str), Some("e"));
    for told in [
        "queries.tsv:2: b: ",
        "queries.tsv:3: c: ",
        "queries.tsv:4: d: ",
        "3 of 5 lines could not be run",
    ] {
        assert!(ran.stderr().contains(told), "{told}\n{}", ran.stderr());
    }
}

#[test]
fn a_list_whose_gaps_cost_too_much_is_refused() {
    let fixture = dense();
    let entry = |n: usize| {
        format!(
            "\"{}\"",
            vec!["的"; 33 - n % 8].join(&format!("*{{{},100}}", n / 8))
        )
    };
    let list: String = (0..64).map(|n| entry(n) + "\n").collect();
    fixture.write("词.txt", &list);
    fixture
        .run(["report", "-k", "词.txt"])
        .fails_with(&["costs too much on this index"]);
    fixture.run(["report", "水渠", "\"的*{0,5}的\""]).succeeds();
}
