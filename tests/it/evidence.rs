//! `evidence`: what is in the archive, and that its program finds what is wrong.

use std::fs;
use std::io::Read;
use std::path::Path;
use std::process::{Command, Output};

use serde_json::Value;

use crate::fixture::Fixture;

const FILES: [(&str, &str); 3] = [
    (
        "2009.txt",
        "白苇县水利局2009年工作总结\n一、基本情况\n全县修水渠３条，未修桥。修水渠、修渠两不误。\n二、存在的问题\n水渠失修。瞭解不夠，二○○八年前的GDP只有1,234.5万元，增长5%。\n2009年12月1日\n",
    ),
    (
        "丙/2010.txt",
        "白苇县水利局2010年工作总结\n修水渠与道路之间要修水渠。严禁占用水渠！修水渠修水渠。\n今 年 投 入 资 金 1 2 . 5 万 元\n2010年12月1日\n",
    ),
    ("丙/无.txt", "-渠\n水 渠 cafe\u{301} 2,5亩\n"),
];

const ENTRIES: [&str; 12] = [
    "水渠",
    "水渠 | 修水渠 | 渠",
    "“修*{1,3}渠”",
    "修 NEAR/3 道路",
    "水渠 -道路",
    "+水渠 修 (道路 OR 桥)",
    "修水渠修",
    "二〇〇八年",
    "了解",
    "12.5",
    "café",
    "水渠 kind:总结",
];

/// The archive of these entries, unpacked.
fn unpacked(fixture: &Fixture, more: &[&str]) -> tempfile::TempDir {
    let zip = fixture.path("evidence.zip");
    let output = ["--overwrite", "-o", zip.to_str().expect("UTF-8")];
    let all = ["evidence"]
        .iter()
        .chain(&ENTRIES)
        .chain(more)
        .chain(&output);
    fixture.run(all.copied()).succeeds();
    let bytes = fs::read(&zip).expect("the archive");
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).expect("a ZIP file");
    let folder = tempfile::tempdir().expect("a temporary folder");
    archive.extract(folder.path()).expect("unpacked");
    folder
}

/// What the archive's program says; `None` where there is no Python.
fn checked(folder: &Path, originals: &[&Path]) -> Option<Output> {
    let mut python = Command::new("python3");
    python.arg(folder.join("check.py")).args(originals);
    match python.output() {
        Ok(output) => Some(output),
        Err(_) => {
            eprintln!("skipped: there is no python3");
            None
        }
    }
}

fn edited(folder: &Path, name: &str, from: &str, to: &str) {
    let path = folder.join(name);
    let text = fs::read_to_string(&path).expect("a file");
    assert!(text.contains(from), "{from} in {name}");
    fs::write(path, text.replacen(from, to, 1)).expect("written");
}

#[test]
fn every_number_is_counted_again_from_the_texts() {
    let fixture = Fixture::indexed(&FILES);
    for filter in [
        &[][..],
        &["--year", "2009"],
        &["--role", "问题"],
        &["--in", "body"],
    ] {
        let folder = unpacked(&fixture, filter);
        let originals = fixture.path("corpus");
        let Some(output) = checked(folder.path(), &[&originals]) else {
            return;
        };
        let said = String::from_utf8_lossy(&output.stdout);
        assert!(output.status.success(), "{filter:?}: {said}");
        assert!(said.contains(": 0 differ"), "{said}");
        assert!(
            said.contains("1 entries; texts that this program can't read in the files: 0"),
            "{said}"
        );
    }
}

#[test]
fn the_numbers_are_those_of_a_report() {
    let fixture = Fixture::indexed(&FILES);
    let folder = unpacked(&fixture, &[]);
    let numbers = fs::read_to_string(folder.path().join("numbers.csv")).expect("numbers");
    for (number, entry) in (1..).zip(ENTRIES) {
        let report = fixture.path("report.json");
        let output = report.to_str().expect("UTF-8");
        fixture
            .run(["report", entry, "--overwrite", "-o", output])
            .succeeds();
        let report = fs::read_to_string(&report).expect("the report");
        let report: Value = serde_json::from_str(&report).expect("JSON");
        let count = &report["entries"][0];
        for measure in ["occurrences", "passages", "documents", "distinct"] {
            let line = format!("\n{number},,,{measure},{},", count[measure]);
            assert!(numbers.contains(&line), "{entry}: {line} in {numbers}");
        }
    }
}

#[test]
fn a_number_or_a_place_or_a_text_that_was_changed_is_found() {
    let fixture = Fixture::indexed(&FILES);
    let originals = fixture.path("corpus");
    for (name, from, to) in [
        (
            "numbers.csv",
            ",by_year,2010,occurrences,",
            ",by_year,2010,occurrences,1",
        ),
        ("numbers.csv", ",,,distinct,", ",,,distinct,1"),
        ("occurrences.csv", "denied", ""),
        ("passages.jsonl", "修水渠与道路", "修水库与道路"),
        ("documents.csv", ",2009,总结,", ",2008,总结,"),
    ] {
        let folder = unpacked(&fixture, &[]);
        edited(folder.path(), name, from, to);
        let Some(output) = checked(folder.path(), &[]) else {
            return;
        };
        let said = String::from_utf8_lossy(&output.stdout);
        assert_eq!(output.status.code(), Some(1), "{name}: {said}");
    }
    // A file that is another one now.
    let folder = unpacked(&fixture, &[]);
    fs::write(originals.join("2009.txt"), "另一份文件。\n").expect("written");
    let Some(output) = checked(folder.path(), &[&originals]) else {
        return;
    };
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(
        !output.status.success() && said.contains("another file"),
        "{said}"
    );
}

#[test]
fn the_same_bytes_each_time_and_no_file_of_it_is_read_as_a_source() {
    let fixture = Fixture::indexed(&FILES);
    let zip = fixture.path("evidence.zip");
    unpacked(&fixture, &[]);
    let first = fs::read(&zip).expect("the archive");
    let folder = unpacked(&fixture, &[]);
    assert_eq!(first, fs::read(&zip).expect("the archive"));
    let mut check = String::new();
    let mut file = fs::File::open(folder.path().join("check.py")).expect("the program");
    file.read_to_string(&mut check).expect("text");
    assert!(check.lines().count() <= 100, "{}", check.lines().count());
    let index = fixture.path("other");
    let at = [index.as_path(), folder.path()].map(|path| path.to_str().expect("UTF-8"));
    let summary = fixture
        .run(["--index", at[0], "index", at[1], "--json"])
        .json();
    assert_eq!(summary["documents"], 0, "{summary}");
}

#[test]
fn what_cannot_be_counted_again_is_told() {
    let fixture = Fixture::indexed(&FILES);
    let zip = fixture.path("a.zip");
    let zip = zip.to_str().expect("UTF-8");
    let ran = fixture
        .run(["--lang", "en", "evidence", "水渠 kind:总结", "-o", zip])
        .succeeds();
    let said = ran.stderr();
    assert!(said.contains("1 entry names a field"), "{said}");
    fs::remove_file(fixture.path("corpus").join("2009.txt")).expect("removed");
    let ran = fixture
        .run(["--lang", "en", "evidence", "水渠", "-o", zip])
        .succeeds();
    let said = ran.stderr();
    assert!(said.contains("1 file is no longer there"), "{said}");
    fixture
        .run(["--lang", "en", "evidence", "水渠", "-o", "a.csv"])
        .fails_with(&[".zip"]);
}
