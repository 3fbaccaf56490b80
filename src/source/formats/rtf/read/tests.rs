//! Tests of the format as a whole.

use super::*;
use crate::document::{Reason, Row, Style};
use crate::source::Warning;
use crate::text::visible::n_visible;

fn in_table(table: u32, is_header: bool) -> Style {
    Style::Row(Row { table, is_header })
}

#[track_caller]
fn check(bytes: &[u8], expected: &[(Style, &str)]) {
    let raw = read(bytes, SourceMetadata::default()).expect("a document");
    let n_kept: u64 = raw.lines.iter().map(|line| n_visible(&line.text)).sum();
    assert_eq!(raw.n_read, Some(n_kept));
    let lines = raw.lines.iter();
    let actual: Vec<(Style, &str)> = lines.map(|line| (line.style, &*line.text)).collect();
    assert_eq!(actual, expected);
}

/// A document in GBK, its characters as escapes.
fn gbk(body: &str) -> Vec<u8> {
    let mut out = b"{\\rtf1\\ansi\\ansicpg1252\\deff0{\\fonttbl{\\f0\\fcharset134 SimSun;}{\\f1\\fcharset0 Arial;}}".to_vec();
    out.extend(b"{\\stylesheet{\\s0 Normal;}{\\s1\\outlinelevel0 heading 1;}{\\s2\\sbasedon1 \\'b6\\'fe;}{\\*\\cs10 Title;}}\\f0 ");
    for ch in body.chars() {
        let text = ch.to_string();
        let (bytes, _, _) = encoding_rs::GBK.encode(&text);
        match &*bytes {
            [byte] => out.push(*byte),
            bytes => bytes
                .iter()
                .for_each(|byte| out.extend(format!("\\'{byte:02x}").bytes())),
        }
    }
    out.push(b'}');
    out
}

#[test]
fn headings_by_style_and_level() {
    check(
        &gbk(
            "\\pard\\s1 一、概况\\par\\pard 园区平稳。\\par\\pard\\s2 二、打算\\par\\pard\\outlinelevel1 道路\\par{\\pard\\s1 三、问题\\par}",
        ),
        &[
            (Style::Heading(1), "一、概况"),
            (Style::Plain, "园区平稳。"),
            (Style::Heading(1), "二、打算"),
            (Style::Heading(2), "道路"),
            (Style::Heading(1), "三、问题"),
        ],
    );
}

#[test]
fn unicode_with_fallbacks() {
    check(
        b"{\\rtf1\\ansi\\uc1 \\u19968?\\u12289\\'a3\\uc0\\u-10174\\uc0\\u-8265 a\\uc2\\u22253 ab{\\uc1\\u21306?}\\par}",
        &[(Style::Plain, "一、𠮷a园区")],
    );
    // The second byte of the last character is a backslash.
    check(b"{\\rtf1\\ansi\\ansicpg936{\\fonttbl{\\f0\\fcharset134 x;}}\\f0 \xd4\xb0\xc7\xf8\xab\\\\par}", &[(Style::Plain, "园区玕")]);
}

#[test]
fn tables_numbers_notes_and_boxes() {
    check(
        &gbk(
            "{\\header 页眉\\par}\\trowd\\trhdr\\pard\\intbl 年份\\cell 产值\\cell\\row\\trowd\\pard\\intbl 2009\\cell{12\\cell\\row}\\pard\
             {\\listtext\\pard 1.\\tab}修路{\\v 隐}{\\deleted 删}{\\footnote\\pard 注。\\par}{\\field{\\*\\fldinst PAGE}{\\fldrslt 二}}\\par\
             {\\shp{\\*\\shpinst{\\sp{\\sn a}{\\sv 无}}{\\shptxt \\pard 框内\\par}}{\\shprslt 框内}}治水\\line 造林{\\*\\unknown 无}\\emdash\\par",
        ),
        &[
            (in_table(1, true), "年份\t产值"),
            (in_table(1, false), "2009\t12"),
            (Style::Plain, "1.修路二"),
            (Style::Boilerplate(Reason::Hidden), "隐删"),
            (Style::Plain, "注。"),
            (Style::Plain, "治水"),
            (Style::Plain, "造林—"),
            (Style::Plain, "框内"),
            (Style::Boilerplate(Reason::RunningHead), "页眉"),
        ],
    );
}

#[test]
fn merged_cells_nested_tables_and_marks_within_a_group() {
    check(
        &gbk(
            "\\trowd\\cellx2000\\cellx3000\\pard\\intbl 甲\\cell 乙\\cell\\row\\trowd\\cellx1000\\cellx2000\\cellx3000\\pard\\intbl 1\\cell 2\\cell 3\\cell\\row\\pard 完\\par\
             \\pard\\intbl\\itap2 丙\\nestcell 丁\\nestcell{\\*\\nesttableprops\\trowd\\cellx500\\cellx900\\nestrow}\\pard\\intbl\\itap1 \\cell\\trowd\\cellx1000\\row\\pard{\\i0\\*\\cs7 末}\\par",
        ),
        &[
            (in_table(1, true), "甲\t\t乙"),
            (in_table(1, false), "1\t2\t3"),
            (Style::Plain, "完"),
            (in_table(2, false), "丙\t丁"),
            (Style::Plain, ""),
            (Style::Plain, "末"),
        ],
    );
}

#[test]
fn damage_is_reported() {
    let bytes = gbk("\\pard 园区平稳。\\par 完");
    let raw = read(&bytes[..bytes.len() - 1], SourceMetadata::default()).expect("its text");
    assert_eq!(raw.warnings, [Warning::Incomplete]);
    assert_eq!(raw.lines.len(), 2);
    let error = read(&bytes[..60], SourceMetadata::default()).expect_err("an error");
    assert_eq!(
        error.to_string(),
        "is a damaged RTF document: none of its text can be read"
    );
    // The brace that ends a destination is lost.
    let lost = b"{\\rtf1{\\*\\listtable{\\list x]\\pard \\u22253?\\u21306?\\par}";
    let raw = read(lost, SourceMetadata::default()).expect("its text");
    assert_eq!(
        (&*raw.lines[0].text, &raw.warnings[..]),
        ("园区", &[Warning::Incomplete][..])
    );
    let deep = "{".repeat(300_000);
    assert!(
        read(
            format!("{{\\rtf1 {deep}").as_bytes(),
            SourceMetadata::default()
        )
        .is_err()
    );
}
