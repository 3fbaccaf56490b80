//! Tests of the format as a whole.

use super::*;

/// A document of one page per content stream, its font a composite one of `encoding` in the collection of simplified Chinese.
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
    let raw = read(bytes, Given::default()).expect("a document");
    let texts: Vec<&str> = raw.lines.iter().map(|line| &*line.text).collect();
    assert_eq!(texts, expected);
    assert_eq!(raw.warnings, warnings);
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
fn text_operators_move_the_place() {
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
fn running_heads_by_the_documents_own_word() {
    let content = format!(
        "/Artifact <</Type/Pagination>> BDC {} EMC {}",
        row(100, 600, &utf16("页眉")),
        row(100, 500, &utf16("正文。"))
    );
    check(&document("UniGB-UCS2-H", &[&content]), &["正文。"], &[]);
}

#[test]
fn damage_is_mended_or_told() {
    let bytes = document("UniGB-UCS2-H", &[&row(100, 600, &utf16("园区平稳。"))]);
    let find = |mark: &[u8]| {
        bytes
            .windows(mark.len())
            .position(|window| window == mark)
            .expect("a mark")
    };
    let cut = find(b"xref\n0");
    check(&bytes[..cut], &["园区平稳。"], &[]);
    // Without catalog and page tree.
    let lost: Vec<u8> = [&bytes[..9], &bytes[find(b"3 0 obj")..cut]].concat();
    check(&lost, &["园区平稳。"], &[Warning::Incomplete]);
    let error = |bytes: &[u8]| {
        read(bytes, Given::default())
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
        "has no text, only pictures on 1 pages; run character recognition on it first"
    );
}
