//! Tests of the format as a whole.

use super::*;
use crate::document::{Line, Style};
use crate::text::visible::n_visible;

/// A document of one page per content stream; its font is a composite font with `encoding` in the collection Adobe-GB1.
fn document(encoding: &str, contents: &[&str]) -> Vec<u8> {
    let n_pages = contents.len();
    let mut objects = vec![
        "<</Type/Catalog/Pages 2 0 R>>".to_owned(),
        format!(
            "<</Type/Pages/Count {n_pages}/Kids[{}]>>",
            (0..n_pages).map(|ord| format!("{} 0 R ", 5 + 2 * ord)).collect::<String>()
        ),
        format!("<</Type/Font/Subtype/Type0/BaseFont/X/Encoding/{encoding}/DescendantFonts[4 0 R]>>"),
        "<</Type/Font/Subtype/CIDFontType0/BaseFont/X/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 2>>/DW 1000/W[1[500 500] 814 907 500]>>".to_owned(),
    ];
    for (ord, content) in contents.iter().enumerate() {
        objects.push(format!(
            "<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Resources<</Font<</F 3 0 R>>>>/Contents {} 0 R>>",
            6 + 2 * ord
        ));
        objects.push(format!(
            "<</Length {}>>stream\n{content}\nendstream",
            content.len()
        ));
    }
    let mut out = b"%PDF-1.4\n".to_vec();
    let mut offsets = Vec::new();
    for (ord, object) in objects.iter().enumerate() {
        offsets.push(out.len());
        out.extend(format!("{} 0 obj\n{object}\nendobj\n", ord + 1).bytes());
    }
    let start = out.len();
    out.extend(format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1).bytes());
    for offset in offsets {
        out.extend(format!("{offset:010} 00000 n \n").bytes());
    }
    out.extend(
        format!(
            "trailer\n<</Root 1 0 R/Size {}>>\nstartxref\n{start}\n%%EOF\n",
            objects.len() + 1
        )
        .bytes(),
    );
    out
}

fn hex(bytes: impl IntoIterator<Item = u8>) -> String {
    bytes
        .into_iter()
        .map(|byte| format!("{byte:02x}"))
        .collect()
}

fn utf16(text: &str) -> String {
    hex(text.encode_utf16().flat_map(u16::to_be_bytes))
}

fn gbk(text: &str) -> String {
    hex(encoding_rs::GBK.encode(text).0.iter().copied())
}

/// A row of text at `(x, y)` from the lower left corner, its bytes in hexadecimal.
fn row(x: u32, y: u32, hex: &str) -> String {
    format!("BT /F 12 Tf 1 0 0 1 {x} {y} Tm <{hex}> Tj ET\n")
}

#[track_caller]
fn check(bytes: &[u8], expected: &[&str], warnings: &[Warning]) {
    let raw = read(bytes, SourceMetadata::default()).expect("a document");
    let shown = |line: &Line| match line.style {
        Style::Boilerplate(reason) => format!("-{reason:?} {}", line.text),
        _ => line.text.clone(),
    };
    let texts: Vec<String> = raw.lines.iter().map(shown).collect();
    assert_eq!(texts, expected);
    assert_eq!(raw.warnings, warnings);
    let n_written: u64 = raw.lines.iter().map(|line| n_visible(&line.text)).sum();
    assert_eq!(raw.n_read, Some(n_written));
}

#[test]
fn predefined_encodings_of_chinese() {
    let text = "园区，ABC12";
    check(
        &document("UniGB-UCS2-H", &[&row(100, 600, &utf16(text))]),
        &[text],
        &[],
    );
    check(
        &document("UniGB-UCS2-H", &[&row(100, 600, &utf16("𠮷野"))]),
        &["𠮷野"],
        &[],
    );
    check(
        &document("GBK-EUC-H", &[&row(100, 600, &gbk(text))]),
        &[text],
        &[],
    );
    // CID 3610 of Adobe-GB1.
    check(
        &document("Identity-H", &[&row(100, 600, "0e1a")]),
        &["糖"],
        &[],
    );
}

#[test]
fn text_operators_move_the_position() {
    let line = |text: &str| format!("<{}> Tj\n", utf16(text));
    let content = format!(
        "q 2 0 0 2 0 0 cm BT /F 6 Tf 20 TL 50 300 Td {}T* {}0 -20 Td [<{}> -100 <{}>] TJ <{}> ' ET Q\n",
        line("修路。"),
        line("治水。"),
        utf16("造"),
        utf16("林。"),
        utf16("平稳。"),
    );
    check(
        &document("UniGB-UCS2-H", &[&content]),
        &["修路。", "治水。", "造林。", "平稳。"],
        &[],
    );
}

#[test]
fn running_heads_marked_by_the_document() {
    let content = format!(
        "/Artifact <</Type/Pagination>> BDC {} EMC {}",
        row(100, 760, &utf16("页眉")),
        row(100, 500, &utf16("正文。"))
    );
    check(
        &document("UniGB-UCS2-H", &[&content]),
        &["-RunningHead 页眉", "正文。"],
        &[],
    );
    // In the middle of a page, nothing is a running head.
    let content = content.replace(" 760 Tm", " 400 Tm");
    check(
        &document("UniGB-UCS2-H", &[&content]),
        &["正文。", "页眉"],
        &[],
    );
    let content = row(900, 600, &utf16("页外")) + &row(100, 500, &utf16("正文。"));
    check(
        &document("UniGB-UCS2-H", &[&content]),
        &["正文。", "-Hidden 页外"],
        &[],
    );
}

#[test]
fn damage_is_repaired_or_reported() {
    let bytes = document("UniGB-UCS2-H", &[&row(100, 600, &utf16("园区平稳。"))]);
    let find = |mark: &[u8]| {
        bytes
            .windows(mark.len())
            .position(|window| window == mark)
            .expect("a mark")
    };
    let cut = find(b"xref\n0");
    check(&bytes[..cut], &["园区平稳。"], &[]);
    // Without the catalog and the page tree.
    let lost: Vec<u8> = [&bytes[..9], &bytes[find(b"3 0 obj")..cut]].concat();
    check(&lost, &["园区平稳。"], &[Warning::Incomplete]);
    let error = |bytes: &[u8]| {
        read(bytes, SourceMetadata::default())
            .expect_err("an error")
            .to_string()
    };
    assert_eq!(
        error(b"%PDF-1.7\n"),
        "is a damaged PDF document: it has no pages that can be read"
    );
    let picture = "q 10 0 0 10 0 0 cm BI /W 1 /H 1 /BPC 8 /CS /G ID x EI Q";
    assert_eq!(
        error(&document("UniGB-UCS2-H", &[picture])),
        "has no text, only pictures on 1 pages; `index --ocr` recognizes their text"
    );
}

/// The document with what `entries` adds to its first page, and further objects from number 100 on.
fn with_objects(bytes: &[u8], entries: &str, objects: &[String]) -> Vec<u8> {
    let text = String::from_utf8(bytes.to_vec()).expect("a text");
    let text = text.replacen("/MediaBox", &format!("{entries}/MediaBox"), 1);
    let (head, _) = text.split_once("xref\n0").expect("a table of objects");
    // Without a cross-reference table, the file is scanned for objects.
    let objects = (100..)
        .zip(objects)
        .map(|(number, object)| format!("{number} 0 obj\n{object}\nendobj\n"));
    let trailer = "trailer\n<</Root 1 0 R>>\n";
    format!("{head}{}{trailer}", objects.collect::<String>()).into_bytes()
}

fn form(dict: &str, content: &str) -> String {
    let length = content.len();
    format!(
        "<</Type/XObject/Subtype/Form {dict}/Resources<</Font<</F 3 0 R>>/XObject<</Y 101 0 R>>>>/Length {length}>>stream\n{content}\nendstream"
    )
}

#[test]
fn fields_and_notes_are_read() {
    let bytes = document("UniGB-UCS2-H", &[&row(100, 700, &utf16("项目名称："))]);
    let entries = "/Annots[100 0 R 102 0 R 103 0 R 104 0 R]";
    let objects = [
        "<</Subtype/Widget/Rect[200 690 400 710]/AP<</N 101 0 R>>>>".to_owned(),
        form("/BBox[0 0 100 10]", &row(10, 5, &utf16("石桥整治"))),
        format!(
            "<</Subtype/Widget/Rect[100 640 400 660]/FT/Tx/V<feff{}>>>",
            utf16("三年")
        ),
        format!(
            "<</Subtype/Text/Rect[500 500 510 510]/Contents<feff{}>>>",
            utf16("请核对。")
        ),
        format!(
            "<</Subtype/FreeText/F 2/Rect[100 600 400 620]/Contents<feff{}>>>",
            utf16("旧稿")
        ),
    ];
    check(
        &with_objects(&bytes, entries, &objects),
        &["项目名称：\t石桥整治", "三年", "请核对。", "-Hidden 旧稿"],
        &[],
    );
}

#[test]
fn nested_forms_and_rotated_pages() {
    let bytes = document("UniGB-UCS2-H", &["/X Do"]);
    let resources = "/Resources<</XObject<</X 100 0 R>>>>";
    let objects = [
        form(
            "/Matrix[2 0 0 2 10 20]",
            &format!("{}q 0.5 0 0 0.5 0 0 cm /Y Do Q", row(40, 300, &utf16("外"))),
        ),
        form("/Matrix[1 0 0 1 80 500]", &row(0, 0, &utf16("内"))),
    ];
    let mut bytes = with_objects(&bytes, resources, &objects);
    let at = bytes
        .windows(19)
        .rposition(|window| window == b"/Resources<</Font<<")
        .expect("resources");
    // The page's own resources come last in its dictionary.
    assert!(at > 0);
    bytes = String::from_utf8(bytes)
        .expect("a text")
        .replacen("/Resources<</Font<</F 3 0 R>>>>/Contents", "/Contents", 1)
        .into_bytes();
    check(&bytes, &["外", "内"], &[]);
    // The page is rotated, and its text against it.
    let turned = format!("0 1 -1 0 400 100 cm {}", row(0, 0, &utf16("横页。")));
    let bytes = document("UniGB-UCS2-H", &[&turned]);
    check(&with_objects(&bytes, "/Rotate 90", &[]), &["横页。"], &[]);
    check(&bytes, &["横页。"], &[]);
}

#[test]
fn vertical_fonts() {
    let column = |x: u32, text: &str| row(x, 700, &utf16(text));
    let content = column(500, "青石县志") + &column(460, "水利卷一，");
    check(
        &document("UniGB-UCS2-V", &[&content]),
        &["青石县志", "水利卷一，"],
        &[],
    );
}

#[test]
fn encrypted_documents_name_what_they_need() {
    let error = |filter: &str| {
        let bytes = document("UniGB-UCS2-H", &[&row(100, 600, &utf16("园区平稳。"))]);
        let encryption = format!(
            "<</Filter/{filter}/V 1/R 2/P -4/O <{0}>/U <{0}>>>",
            "ab".repeat(32)
        );
        let text = String::from_utf8(bytes).expect("a text");
        let text = text.replace(
            "/Root 1 0 R",
            &format!("/Root 1 0 R/ID[<00><00>]/Encrypt {encryption}"),
        );
        read(text.as_bytes(), SourceMetadata::default())
            .expect_err("an error")
            .to_string()
    };
    assert!(
        error("Standard").starts_with("needs a password"),
        "{}",
        error("Standard")
    );
    assert!(
        error("Publisher").contains("digital rights management"),
        "{}",
        error("Publisher")
    );
}
