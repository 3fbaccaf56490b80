//! Damaged files: truncated, with flipped bits, moved or blank blocks, or damaged or swapped parts of a package.

use std::io::{Cursor, Read, Write};

use xunzhang::source::{ReadOptions, read_bytes};
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

use crate::fixture::Fixture;
use crate::formats::{self, REPORT};
use crate::is_long;
use crate::rng::Rng;

/// The undamaged files, with their bytes.
pub(crate) fn wholes() -> Vec<(&'static str, Vec<u8>)> {
    let mut wholes: Vec<(&str, Vec<u8>)> = REPORT
        .iter()
        .chain(&["numbered.docx", "numbered.doc"])
        .map(|name| (*name, formats::bytes(name)))
        .collect();
    wholes.push(("report.wps", formats::bytes("report.doc")));
    wholes.push((
        "records.xlsx",
        include_bytes!("../data/records.xlsx").to_vec(),
    ));
    wholes.push((
        "records.xls",
        include_bytes!("../data/records.xls").to_vec(),
    ));
    wholes.push((
        "records.ods",
        include_bytes!("../data/records.ods").to_vec(),
    ));
    wholes.push(("slides.odp", formats::bytes("slides.odp")));
    wholes.push(("slides.pptx", slides_pptx()));
    wholes.push(("slides.ppt", slides_ppt()));
    wholes.push(("mail.eml", MAIL.as_bytes().to_vec()));
    wholes.push(("page.mht", PAGE.as_bytes().to_vec()));
    wholes.push(("text.md", MARKDOWN.as_bytes().to_vec()));
    wholes.push(("table.csv", TABLE.as_bytes().to_vec()));
    let parts = REPORT.map(|name| (name.to_owned(), formats::bytes(name)));
    wholes.push(("reports.zip", packed(&parts)));
    wholes
}

const MAIL: &str = "From: a@a.example\r\nSubject: =?UTF-8?B?6YCa55+l?=\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; \
    boundary=\"b\"\r\n\r\n--b\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n\
    5Y+R6YCB5rKz6YGT5rK755CG5oC757uT44CC\r\n--b\r\nContent-Type: text/html; charset=gbk\r\n\
    Content-Transfer-Encoding: quoted-printable\r\n\r\n<p>=BD=BB=CD=A8</p>\r\n--b--\r\n";
const PAGE: &str = "MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=\"b\"; type=\"text/html\"\r\n\r\n--b\r\n\
    Content-Type: text/html; charset=utf-8\r\nContent-Location: file:///a.htm\r\n\r\n<html><body><h1>总结</h1><table><tr><td>东滩村<td>5.2\
    </table></body></html>\r\n--b--\r\n";
const MARKDOWN: &str = "# 芦湾镇总结\n\n- 整修渠道[^1]\n- 加固堤防\n\n| 村 | 长度 |\n|---|---|\n| 东滩村 | 5.2 |\n\n<table><tr><td>甲</table>\n\n[^1]: 注。\n";
const TABLE: &str = "标题,内容\n甲,\n乙,\"一、做法\n二、打算\"\n";

fn slides_pptx() -> Vec<u8> {
    const SLIDE: &str = "<p:sld xmlns:p='p' xmlns:a='a'><p:cSld><p:spTree><p:sp><p:txBody><a:p><a:r><a:t>整修渠道</a:t></a:r></a:p>\
        </p:txBody></p:sp><p:graphicFrame><a:tbl><a:tr><a:tc gridSpan='2'><a:txBody><a:p><a:r><a:t>东滩村</a:t></a:r></a:p></a:txBody></a:tc>\
        <a:tc hMerge='1'/></a:tr></a:tbl></p:graphicFrame></p:spTree></p:cSld></p:sld>";
    let parts = [
        ("ppt/presentation.xml", "<p:presentation/>"),
        ("ppt/slides/slide1.xml", SLIDE),
        ("ppt/slides/slide2.xml", SLIDE),
    ];
    packed(&parts.map(|(name, text)| (name.to_owned(), text.as_bytes().to_vec())))
}

/// A PowerPoint 97 presentation whose texts are found without its list of slides.
fn slides_ppt() -> Vec<u8> {
    let record = |version: u16, kind: u16, content: &[u8]| {
        let len = (content.len() as u32).to_le_bytes();
        [
            &version.to_le_bytes()[..],
            &kind.to_le_bytes(),
            &len,
            content,
        ]
        .concat()
    };
    let text = |text: &str| {
        let units: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        record(0, 0x0fa0, &units)
    };
    let drawn = [text("芦湾镇汇报"), text("整修渠道\r加固堤防")].concat();
    let slide = record(15, 0x03ee, &record(15, 0xf00d, &drawn));
    let mut file = cfb::CompoundFile::create(Cursor::new(Vec::new())).expect("a file");
    let mut stream = file
        .create_stream("/PowerPoint Document")
        .expect("a stream");
    stream.write_all(&slide).expect("written");
    drop(stream);
    file.into_inner().into_inner()
}

/// The file with random damage.
fn damaged(whole: &[u8], rng: &mut Rng) -> Vec<u8> {
    match unpacked(whole) {
        Some(parts) if rng.below(2) == 0 => packed(&with_bad_parts(parts, rng)),
        _ => with_bad_bytes(whole, rng),
    }
}

fn with_bad_bytes(whole: &[u8], rng: &mut Rng) -> Vec<u8> {
    let mut bytes = whole.to_vec();
    if whole.is_empty() {
        return bytes;
    }
    match rng.below(5) {
        0 => bytes.truncate(rng.below(whole.len())),
        1 => {
            for _ in 0..=rng.below(40) {
                let at = rng.below(bytes.len());
                bytes[at] ^= 1 << rng.below(8);
            }
        }
        2 => {
            let (from, to) = (rng.below(whole.len()), rng.below(whole.len()));
            let len = rng.below(whole.len() / 4 + 1);
            let len = len.min(whole.len() - from.max(to));
            bytes.copy_within(from..from + len, to);
        }
        3 => {
            let n_sectors = (whole.len() / 512).max(1);
            let (one, other) = (rng.below(n_sectors) * 512, rng.below(n_sectors) * 512);
            for by in 0..512.min(whole.len() - one.max(other)) {
                bytes.swap(one + by, other + by);
            }
        }
        _ => {
            let at = rng.below(whole.len());
            let len = rng.below(whole.len() / 8 + 1).min(whole.len() - at);
            bytes[at..at + len].fill(0);
        }
    }
    bytes
}

pub(crate) type Part = (String, Vec<u8>);

/// The parts of a package; `None` if the file is not a package.
fn unpacked(whole: &[u8]) -> Option<Vec<Part>> {
    let mut archive = ZipArchive::new(Cursor::new(whole)).ok()?;
    let parts = (0..archive.len()).map(|ord| {
        let mut part = archive.by_index(ord).ok()?;
        let mut bytes = Vec::new();
        part.read_to_end(&mut bytes).ok()?;
        let name = part.name().ok()?.into_owned();
        Some((name, bytes))
    });
    parts.collect()
}

pub(crate) fn packed(parts: &[Part]) -> Vec<u8> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        let options = SimpleFileOptions::default();
        archive.start_file(&**name, options).expect("a part");
        archive.write_all(bytes).expect("a part");
    }
    archive.finish().expect("a package").into_inner()
}

/// Damages parts in ways that leave their checksums correct.
fn with_bad_parts(mut parts: Vec<Part>, rng: &mut Rng) -> Vec<Part> {
    let (one, other) = (rng.below(parts.len()), rng.below(parts.len()));
    match rng.below(4) {
        0 => {
            let bytes = parts[one].1.clone();
            parts[one].1 = std::mem::replace(&mut parts[other].1, bytes);
        }
        1 => {
            parts.remove(one);
        }
        _ => parts[one].1 = with_bad_bytes(&parts[one].1, rng),
    }
    parts
}

#[cfg(unix)]
#[test]
fn damaged_files_cost_only_themselves() {
    let n_copies = if is_long() { 200 } else { 12 };
    let fixture = Fixture::new();
    let mut rng = Rng::new(7);
    let wholes = wholes();
    for (name, bytes) in &wholes {
        fixture.write_bytes(&format!("corpus/{name}"), bytes);
        let (stem, ending) = name.split_once('.').expect("a name with an ending");
        for copy in 0..n_copies {
            fixture.write_bytes(
                &format!("corpus/broken/{stem}{copy}.{ending}"),
                &damaged(bytes, &mut rng),
            );
        }
    }
    // No process may use more than a gigabyte.
    let ran = fixture.run_within("-v 1048576", ["--lang", "en", "index", "--json"]);
    let ran = ran.succeeds();
    assert!(!ran.stderr().contains("panicked"), "{}", ran.stderr());
    let summary = ran.json();
    let skipped = summary["skipped"].as_array().expect("a list");
    // A file whose directory claims gigabytes is stopped by the memory limit; no reader may loop or panic.
    for skip in skipped {
        let reason = skip["reason"].as_str().expect("a reason");
        for bad in ["report this", "takes more than"] {
            assert!(!reason.contains(bad), "{skip}");
        }
    }
    let n_files = (wholes.len() * (n_copies + 1)) as u64;
    let documents = summary["documents"].as_u64().expect("a number");
    // A damaged package may hold several documents, but none is lost silently.
    assert!(documents + skipped.len() as u64 >= n_files, "{summary}");
    for (name, _) in &wholes {
        let is_good = |skip: &serde_json::Value| skip["path"] != format!("corpus/{name}");
        assert!(skipped.iter().all(is_good), "{name}");
    }
    let query = ["docs", "--format", "json", "--path", "report.*"];
    let listed = fixture.run(query).succeeds().json();
    assert!(listed["documents"].as_array().expect("a list").len() >= REPORT.len());
    fixture.run(["verify"]).succeeds();
}

#[test]
fn damaged_files_never_panic() {
    let n_copies = if is_long() { 600 } else { 60 };
    let mut rng = Rng::new(11);
    for (name, whole) in wholes() {
        for _ in 0..n_copies {
            let bytes = damaged(&whole, &mut rng);
            let _ = read_bytes(name, &bytes, &ReadOptions::default(), |_| ());
        }
    }
}
