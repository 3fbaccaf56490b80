//! Character recognition, with a script in place of tesseract that prints the size of each picture.

#![cfg(unix)]

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::PathBuf;

use serde_json::{Value, json};

use crate::fixture::Fixture;

/// The script: gives three lines for any picture and logs each call.
const PROGRAM: &str = "#!/bin/sh
[ \"$1\" = --list-langs ] && { echo chi_sim; exit; }
echo call >> \"$0.calls\"
n=$(/usr/bin/head -c 40000 | /usr/bin/wc -c)
/bin/cat > /dev/null
echo '本页是扫描件的图片，'
echo \"共有 $n 个字节。\"
";

/// A folder whose commands find only the script.
fn with_program() -> Fixture {
    let fixture = Fixture::new();
    let program = fixture.write("programs/tesseract", PROGRAM);
    fs::set_permissions(&program, fs::Permissions::from_mode(0o755)).expect("rights");
    let path = fixture.path("programs").display().to_string();
    fixture.with_variable("PATH", &path)
}

fn n_calls(fixture: &Fixture) -> usize {
    let calls = fs::read_to_string(fixture.path("programs/tesseract.calls"));
    calls.map_or(0, |calls| calls.lines().count())
}

/// The content of a page.
enum Page<'a> {
    Text(&'a str),
    /// A grey square picture with this many pixels on each side.
    Picture(usize),
    /// Many filled outlines.
    Outlines,
}

/// A document of these pages, with a font in a predefined encoding.
fn pdf(pages: &[Page<'_>]) -> Vec<u8> {
    let kids: Vec<String> = (0..pages.len())
        .map(|ord| format!("{} 0 R", 5 + 3 * ord))
        .collect();
    let mut objects = vec![
        b"<</Type/Catalog/Pages 2 0 R>>".to_vec(),
        format!("<</Type/Pages/Count {}/Kids[{}]>>", pages.len(), kids.join(" ")).into_bytes(),
        b"<</Type/Font/Subtype/Type0/BaseFont/X/Encoding/UniGB-UCS2-H/DescendantFonts[4 0 R]>>".to_vec(),
        b"<</Type/Font/Subtype/CIDFontType0/BaseFont/X/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 2>>/DW 1000>>".to_vec(),
    ];
    for (ord, page) in pages.iter().enumerate() {
        let at = 5 + 3 * ord;
        let (content, side) = match page {
            Page::Text(text) => {
                let units = text.encode_utf16().map(|unit| format!("{unit:04x}"));
                let hex: String = units.collect();
                (format!("BT /F 12 Tf 60 700 Td <{hex}> Tj ET"), 1)
            }
            Page::Picture(side) => ("q 600 0 0 800 0 0 cm /I Do Q".to_owned(), *side),
            Page::Outlines => {
                let outline = |ord: u32| {
                    let (x, y) = (40 + ord % 20 * 20, 100 + ord / 20 * 30);
                    format!("{x} {y} m {} {y} l {} {} l f", x + 9, x + 5, y + 16)
                };
                let outlines: Vec<String> = (0..300).map(outline).collect();
                (outlines.join("\n"), 1)
            }
        };
        objects.push(format!("<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Resources<</Font<</F 3 0 R>>/XObject<</I {} 0 R>>>>/Contents {} 0 R>>", at + 2, at + 1).into_bytes());
        objects.push(stream("", content.as_bytes()));
        let head = format!(
            "/Subtype/Image/Width {side}/Height {side}/ColorSpace/DeviceGray/BitsPerComponent 8"
        );
        objects.push(stream(&head, &vec![200; side * side]));
    }
    let mut out = b"%PDF-1.4\n".to_vec();
    let mut offsets = Vec::new();
    for (ord, object) in objects.iter().enumerate() {
        offsets.push(out.len());
        out.extend(format!("{} 0 obj\n", ord + 1).bytes());
        out.extend(object);
        out.extend(b"\nendobj\n");
    }
    let start = out.len();
    out.extend(format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1).bytes());
    for offset in offsets {
        out.extend(format!("{offset:010} 00000 n \n").bytes());
    }
    let size = objects.len() + 1;
    out.extend(
        format!("trailer\n<</Root 1 0 R/Size {size}>>\nstartxref\n{start}\n%%EOF\n").bytes(),
    );
    out
}

fn stream(head: &str, content: &[u8]) -> Vec<u8> {
    let head = format!("<<{head}/Length {}>>stream\n", content.len());
    [head.as_bytes(), content, b"\nendstream"].concat()
}

fn skipped(fixture: &Fixture) -> Value {
    let ran = fixture.run(["status", "--skipped", "--format", "json"]);
    ran.succeeds().json()["skipped"].clone()
}

fn pages_kept(fixture: &Fixture) -> Vec<PathBuf> {
    let files = fs::read_dir(fixture.path("index")).expect("a folder");
    let files = files.flatten().map(|file| file.path());
    files
        .filter(|file| file.extension() == Some("page".as_ref()))
        .collect()
}

#[test]
fn pages_of_every_kind_are_read_in_order_and_marked() {
    let fixture = with_program();
    let pages = [
        Page::Text("全年修路三公里。"),
        Page::Picture(50),
        Page::Text("明年治水五公里。"),
        Page::Outlines,
    ];
    fixture.write_bytes("corpus/总结.pdf", &pdf(&pages));
    fixture.run(["--lang", "en", "index"]).succeeds();
    let unread = json!([{"path": "corpus/总结.pdf", "reason": "has 2 pages without text, only pictures; `index --ocr` recognizes their text"}]);
    assert_eq!(skipped(&fixture), unread);

    // Files indexed without OCR are read again, once.
    fixture.run(["index", "--ocr"]).succeeds();
    assert_eq!(n_calls(&fixture), 2);
    assert_eq!(skipped(&fixture), json!([]));
    let ran = fixture.run(["index", "--ocr", "--json"]).succeeds();
    assert_eq!(ran.json()["changed"], 0);
    assert_eq!(n_calls(&fixture), 2);

    let shown = fixture.run(["show", "--format", "json", "总结.pdf"]);
    let shown = shown.succeeds().json();
    let passages = shown["passages"].as_array().expect("passages");
    let passage = |passage: &Value| {
        let text = passage["text"].as_str().expect("a text").to_owned();
        (text, passage["ocr"] == true)
    };
    let passages: Vec<_> = passages.iter().map(passage).collect();
    let page = |n: usize| {
        let head = ("本页是扫描件的图片，".to_owned(), true);
        [head, (format!("共有 {n} 个字节。"), true)]
    };
    // A page is a grey picture with a short header; the rendered one has 2,500 × 3,333 pixels.
    let mut expected = vec![("全年修路三公里。".to_owned(), false)];
    expected.extend(page(2513));
    expected.push(("明年治水五公里。".to_owned(), false));
    expected.extend(page(40000));
    assert_eq!(passages, expected);
    assert_eq!(shown["document"]["ocr"], true);
    assert_eq!(shown["document"]["ocr_passages"], 4);

    let count = |arguments: &[&str]| {
        let ran = fixture.run([&["search", "--count", "--format", "json"], arguments].concat());
        ran.json()["occurrences"].clone()
    };
    assert_eq!(count(&["\"扫描件\""]), 2);
    assert_eq!(count(&["--no-ocr", "\"扫描件\""]), 0);
    assert_eq!(count(&["--no-ocr", "\"公里\""]), 2);
    let hits = fixture.run([
        "search",
        "--format",
        "json",
        "--no-collapse",
        "扫描件",
        "OR",
        "修路",
    ]);
    let hits = hits.succeeds().json();
    for hit in hits["hits"].as_array().expect("hits") {
        let text = hit["passage"]["text"].as_str().expect("a text");
        assert_eq!(
            hit["passage"]["ocr"] == true,
            text.contains("扫描件"),
            "{text}"
        );
    }
}

#[test]
fn cached_pages_are_checked_and_removed_with_their_files() {
    let fixture = with_program();
    fixture.write_bytes(
        "corpus/甲.pdf",
        &pdf(&[Page::Picture(50), Page::Picture(60)]),
    );
    fixture.write_bytes("corpus/乙.pdf", &pdf(&[Page::Picture(60)]));
    // Two parallel readers could both recognize the page that two files share.
    fixture.run(["index", "--ocr", "--jobs", "1"]).succeeds();
    let kept = pages_kept(&fixture);
    assert_eq!((kept.len(), n_calls(&fixture)), (2, 2));
    fixture.run(["index", "--rebuild", "--ocr"]).succeeds();
    assert_eq!(n_calls(&fixture), 2);

    let damaged = fs::read_to_string(&kept[0]).expect("a page");
    fs::write(&kept[0], damaged.replace("扫描", "描扫")).expect("a page");
    fixture.run(["index", "--rebuild", "--ocr"]).succeeds();
    assert_eq!(n_calls(&fixture), 3);
    assert_eq!(fs::read_to_string(&kept[0]).expect("a page"), damaged);

    // One page is still used by a remaining file.
    fs::remove_file(fixture.path("corpus/甲.pdf")).expect("a file");
    fixture.run(["index"]).succeeds();
    assert_eq!(pages_kept(&fixture).len(), 2);
    fixture.run(["index", "--ocr"]).succeeds();
    assert_eq!((pages_kept(&fixture).len(), n_calls(&fixture)), (1, 3));
}

#[test]
fn pictures_in_a_mail_are_named_or_read() {
    let fixture = with_program();
    let mail = "From: a@example.com\r\nTo: b@example.com\r\nSubject: =?utf-8?B?6YCa55+l?=\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n请查收扫描的文件。\r\n--b\r\nContent-Type: image/png; name=scan.png\r\nContent-Disposition: attachment; filename=scan.png\r\nContent-Transfer-Encoding: base64\r\n\r\niVBORw0KGgo=\r\n--b--\r\n";
    fixture.write("corpus/信.eml", mail);
    fixture.run(["--lang", "en", "index"]).succeeds();
    let reason = "is a PNG image, a picture without text; `index --ocr` recognizes its text";
    let unread = json!([{"path": "corpus/信.eml#scan.png", "reason": reason}]);
    assert_eq!(skipped(&fixture), unread);
    // A run that changes nothing keeps the recognized pages.
    fixture.run(["index"]).succeeds();
    assert_eq!(skipped(&fixture), unread);

    fixture.run(["index", "--ocr"]).succeeds();
    assert_eq!(skipped(&fixture), json!([]));
    let shown = fixture.run(["show", "--format", "json", "信.eml#scan.png"]);
    let shown = shown.succeeds().json();
    assert_eq!(shown["document"]["ocr"], true);
    let mail = fixture.run(["show", "--format", "json", "corpus/信.eml", "--all"]);
    assert_eq!(
        mail.succeeds().json_lines()[0]["document"]["ocr"],
        Value::Null
    );
}

#[test]
fn show_can_recognize_a_file() {
    let fixture = with_program();
    fixture.write_bytes("扫描.pdf", &pdf(&[Page::Picture(50)]));
    fixture.run(["show", "扫描.pdf"]).fails_with(&["--ocr"]);
    let shown = fixture.run(["show", "--ocr", "扫描.pdf"]).succeeds();
    assert!(shown.stdout().contains("共有 2513 个字节。"));
    assert!(!fixture.path("index").exists());
}
