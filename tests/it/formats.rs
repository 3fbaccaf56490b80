//! One report in all formats, and files with the wrong extension.
//!
//! The files in `tests/data/formats` hold one text of our own: `report.docx` and `numbered.docx` were made by hand, `report.ofd`
//! from the positions of the words in `report.pdf`, the others with LibreOffice from the first two.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};
use xunzhang::source::{ReadOptions, Record, Skip, Warning, What, read, read_bytes};

use crate::fixture::{Fixture, shown};

/// The report in all formats.
pub(crate) const REPORT: [&str; 8] = [
    "report.docx",
    "report.doc",
    "report.odt",
    "report.rtf",
    "report.pdf",
    "report.ofd",
    "report.epub",
    "report.html",
];

fn data(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/formats");
    folder.join(name)
}

/// A file of `tests/data/formats`.
pub(crate) fn bytes(name: &str) -> Vec<u8> {
    fs::read(data(name)).expect("a file of the tests")
}

#[track_caller]
fn only(name: &str, bytes: &[u8]) -> Record {
    let mut records = Vec::new();
    let read = read_bytes(name, bytes, &ReadOptions::default(), |record| {
        records.push(record)
    });
    read.expect("a document");
    assert_eq!(records.len(), 1, "{name}");
    records.remove(0)
}

/// Part, section path and text of every passage. Formats differ in white space, so only tabs are kept.
fn passages(record: &Record) -> Vec<String> {
    let document = &record.document;
    let squeeze = |text: &str| text.replace([' ', '\u{3000}', '\u{a0}'], "");
    let passages = document.passages.iter().map(|passage| {
        let path: Vec<String> = document
            .path(passage.section)
            .iter()
            .map(|section| format!("{}{:?}{}", section.level, section.label, section.title))
            .collect();
        format!(
            "{:?} {} | {}",
            passage.part,
            path.join(" > "),
            squeeze(&passage.text)
        )
    });
    passages.collect()
}

#[test]
fn one_report_in_all_formats() {
    let expected = passages(&only("report.docx", &bytes("report.docx")));
    assert_eq!(expected.len(), 16);
    assert_eq!(
        expected[4],
        "Body 1Some(\"一、\")工作开展情况 > 2Some(\"（一）\")加强领导 | 镇里成立了由镇长任组长的河道治理领导小组，召开专题会议六次，层层签订责任书，形成了一级抓一级、层层抓落实的工作格局。"
    );
    assert_eq!(
        expected[10],
        "Body 1Some(\"二、\")主要成效 | 东滩村\t5.2\t130"
    );
    for name in REPORT {
        let record = only(name, &bytes(name));
        assert_eq!(passages(&record), expected, "{name}");
        assert_eq!(record.document.title, "芦湾镇河道治理工作总结", "{name}");
        assert_eq!(record.warnings, [], "{name}");
    }
    // Word 97 files also have other extensions.
    let wps = only("report.wps", &bytes("report.doc"));
    assert_eq!((passages(&wps), wps.warnings), (expected.clone(), vec![]));
    let parts = only("report.docx", &bytes("report.docx")).document.passages;
    let parts: Vec<String> = parts.into_iter().map(|part| part.text).collect();
    let plain = only("report.txt", parts.join("\n").as_bytes());
    assert_eq!(passages(&plain), expected);
}

#[test]
fn every_character_is_in_a_passage_or_in_boilerplate() {
    let numbered = ["numbered.docx", "numbered.doc", "numbered.odt"];
    for name in REPORT.into_iter().chain(numbered) {
        let record = only(name, &bytes(name));
        let is_lost = |warning: &Warning| matches!(warning, Warning::Unaccounted(..));
        assert!(!record.warnings.iter().any(is_lost), "{name}");
        let characters = record.document.characters();
        let kept = characters.passages + characters.boilerplate;
        assert_eq!(characters.read, kept, "{name}");
    }
}

#[test]
fn automatic_numbers_are_written_out() {
    let expected = passages(&only("report.docx", &bytes("report.docx")));
    for name in ["numbered.docx", "numbered.doc", "numbered.odt"] {
        assert_eq!(passages(&only(name, &bytes(name))), expected, "{name}");
    }
}

#[test]
fn files_are_read_for_what_they_are() {
    let check = |name: &str, of: &str, what: What| {
        let record = only(name, &bytes(of));
        assert_eq!(record.warnings, [Warning::Misnamed(what)], "{name}");
        assert_eq!(record.document.title, "芦湾镇河道治理工作总结", "{name}");
    };
    check("总结.docx", "report.doc", What::Word97);
    check("总结.doc", "report.docx", What::Word);
    check("总结.doc", "report.html", What::Html);
    check("总结.doc", "report.rtf", What::Rtf);
    check("总结.txt", "report.pdf", What::Pdf);
    check("总结.pdf", "report.ofd", What::Ofd);
    check("总结.zip", "report.odt", What::OpenText);
}

#[test]
fn the_command_reads_all_formats_and_reports_wrong_extensions() {
    let fixture = Fixture::new();
    for name in REPORT {
        fixture.write_bytes(&format!("corpus/{name}"), &bytes(name));
    }
    fixture.write_bytes("corpus/总结.txt", &bytes("report.pdf"));
    fixture.write_bytes("corpus/图.pdf", b"\x89PNG\r\n\x1a\n");
    let ran = fixture.run(["--lang", "en", "index", "--json"]).succeeds();
    let summary = ran.json();
    assert_eq!(summary["documents"], 9);
    assert_eq!(
        summary["skipped"],
        json!([{"path": shown("corpus/图.pdf"), "reason": "is a PNG image, a picture without text; `index --ocr` recognizes its text"}])
    );
    let misnamed = json!({"document": "总结.txt", "warning": "misnamed", "is": "a PDF document"});
    assert_eq!(summary["warnings"], json!([misnamed]));
    let ran = fixture.run([
        "search",
        "--count",
        "--format",
        "json",
        "\"一级抓一级、层层抓落实\"",
    ]);
    let count: Value = ran.succeeds().json();
    assert_eq!([&count["occurrences"], &count["documents"]], [9, 9]);
}

#[test]
fn bombs_are_reported() {
    let options = ReadOptions {
        max_unpacked: 1000,
        ..ReadOptions::default()
    };
    for name in ["report.docx", "report.odt", "report.epub", "report.ofd"] {
        let skip = read(&data(name), &options, |_| ()).expect_err("a skip");
        assert!(
            matches!(skip, Skip::Expands { limit: 1000 }),
            "{name}: {skip}"
        );
    }
}
