//! Tests of the format as a whole.

use super::*;
use crate::document::{Reason, Row, Style};
use crate::source::package::tests::pack;
use crate::text::visible::n_visible;

const HIDDEN: Style = Style::Boilerplate(Reason::Hidden);

fn in_table(table: u32, is_header: bool) -> Style {
    Style::Row(Row { table, is_header })
}

const STYLES: &str = "<w:styles><w:style w:type='paragraph' w:styleId='1'><w:name w:val='heading 1'/></w:style>\
    <w:style w:type='paragraph' w:styleId='2'><w:name w:val='heading 2'/></w:style></w:styles>";
const NUMBERING: &str = "<w:numbering><w:abstractNum w:abstractNumId='0'><w:lvl w:ilvl='0'><w:start w:val='1'/>\
    <w:numFmt w:val='chineseCounting'/><w:lvlText w:val='%1、'/></w:lvl></w:abstractNum><w:num w:numId='1'><w:abstractNumId w:val='0'/></w:num></w:numbering>";

fn document(body: &str) -> Vec<u8> {
    let notes = if body.contains("footnoteReference") {
        "word/footnotes.xml"
    } else {
        "word/unused.xml"
    };
    let body = format!("<w:document><w:body>{body}</w:body></w:document>");
    pack(&[
        ("word/document.xml", &body),
        ("word/styles.xml", STYLES),
        ("word/numbering.xml", NUMBERING),
        (
            notes,
            "<w:footnotes><w:footnote w:type='separator' w:id='0'><w:p><w:r><w:t>线</w:t></w:r></w:p></w:footnote>\
             <w:footnote w:id='2'><w:p><w:r><w:t>脚注一。</w:t></w:r></w:p></w:footnote></w:footnotes>",
        ),
    ])
}

#[track_caller]
fn check(body: &str, expected: &[(Style, &str)]) {
    let raw = read(&document(body), SourceMetadata::default(), 1 << 20).expect("a document");
    let n_kept: u64 = raw.lines.iter().map(|line| n_visible(&line.text)).sum();
    assert_eq!(raw.n_read, Some(n_kept));
    let lines = raw.lines.iter();
    let actual: Vec<(Style, &str)> = lines.map(|line| (line.style, &*line.text)).collect();
    assert_eq!(actual, expected);
    assert_eq!(raw.warnings, []);
}

fn paragraph(properties: &str, text: &str) -> String {
    format!("<w:p><w:pPr>{properties}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>")
}

#[test]
fn headings_and_numbers() {
    let number = "<w:numPr><w:ilvl w:val='0'/><w:numId w:val='1'/></w:numPr>";
    check(
        &[
            paragraph(&format!("<w:pStyle w:val='1'/>{number}"), "园区概况"),
            paragraph("", "园区平稳。"),
            paragraph(&format!("<w:pStyle w:val='1'/>{number}"), "园区打算"),
            paragraph("<w:outlineLvl w:val='1'/>", "道路"),
            paragraph("<w:pStyle w:val='2'/><w:outlineLvl w:val='9'/>", "管网"),
        ]
        .concat(),
        &[
            (Style::Heading(1), "一、园区概况"),
            (Style::Plain, "园区平稳。"),
            (Style::Heading(1), "二、园区打算"),
            (Style::Heading(2), "道路"),
            (Style::Plain, "管网"),
        ],
    );
}

#[test]
fn runs_revisions_and_hidden_text() {
    check(
        "<w:p><w:r><w:t>甲</w:t><w:tab/><w:t xml:space='preserve'> 乙</w:t><w:br/><w:t>丙</w:t></w:r>\
         <w:ins><w:r><w:t>增</w:t></w:r></w:ins><w:del><w:r><w:delText>删</w:delText></w:r></w:del>\
         <w:moveFrom><w:r><w:t>移</w:t></w:r></w:moveFrom><w:r><w:rPr><w:vanish/></w:rPr><w:t>隐</w:t></w:r>\
         <w:r><w:fldChar w:fldCharType='begin'/><w:instrText>PAGE</w:instrText></w:r><w:hyperlink><w:r><w:t>链</w:t></w:r></w:hyperlink></w:p>\
         <w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:r><w:t>前</w:t></w:r></w:p><w:p><w:r><w:t>后</w:t></w:r></w:p>",
        &[
            (Style::Plain, "甲\t 乙"),
            (Style::Plain, "丙增链"),
            (HIDDEN, "删移隐"),
            (Style::Plain, "前后"),
        ],
    );
}

#[test]
fn text_boxes_once_and_notes_after_their_paragraph() {
    let text_box = |text: &str| format!("<w:txbxContent>{}</w:txbxContent>", paragraph("", text));
    check(
        &format!(
            "<w:p><w:r><w:t>正文</w:t><w:footnoteReference w:id='2'/></w:r><mc:AlternateContent><mc:Choice>{}</mc:Choice>\
             <mc:Fallback>{}</mc:Fallback></mc:AlternateContent><w:r><w:t>续</w:t></w:r></w:p>",
            text_box("框内"),
            text_box("框内"),
        ),
        &[
            (Style::Plain, "正文续"),
            (Style::Plain, "脚注一。"),
            (Style::Plain, "框内"),
        ],
    );
}

#[test]
fn tables_by_row() {
    let cell = |properties: &str, text: &str| {
        format!(
            "<w:tc><w:tcPr>{properties}</w:tcPr>{}</w:tc>",
            paragraph("", text)
        )
    };
    let wide = "<w:gridSpan w:val='2'/>";
    let row = |properties: &str, cells: &[(&str, &str)]| {
        let cells: String = cells.iter().map(|(of, text)| cell(of, text)).collect();
        format!("<w:tr><w:trPr>{properties}</w:trPr>{cells}</w:tr>")
    };
    let inner = format!("<w:tbl>{}</w:tbl>", row("", &[("", "丙"), ("", "丁")]));
    check(
        &format!(
            "<w:tbl>{}{}{}</w:tbl><w:p/><w:tbl>{}<w:tr><w:tc>{inner}<w:p/></w:tc></w:tr></w:tbl>",
            row(
                "<w:tblHeader/>",
                &[("", "年份"), (wide, "产值"), ("", "说明")]
            ),
            row(
                "",
                &[
                    ("<w:vMerge w:val='restart'/>", "2009"),
                    ("", "12"),
                    ("", "13"),
                    ("", "增")
                ]
            ),
            row("<w:gridBefore w:val='1'/>", &[("", "14"), ("", "15")]),
            row("", &[("", "甲"), ("", "乙")]),
        ),
        &[
            (in_table(1, true), "年份\t产值\t\t说明"),
            (in_table(1, false), "2009\t12\t13\t增"),
            (in_table(1, false), "\t14\t15"),
            (Style::Plain, ""),
            (in_table(2, false), "甲\t乙"),
            (in_table(3, false), "丙\t丁"),
            (Style::Plain, ""),
        ],
    );
}

#[test]
fn notes_comments_glosses_and_heads_are_kept() {
    let ruby = "<w:ruby><w:rubyPr/><w:rt><w:r><w:t>lù</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>甪</w:t></w:r></w:rubyBase></w:ruby>";
    let bytes = pack(&[
        (
            "word/document.xml",
            &format!(
                "<w:document><w:body><w:p><w:r>{ruby}</w:r><w:r><w:t>直</w:t></w:r><w:r><w:commentReference w:id='1'/></w:r></w:p></w:body></w:document>"
            ),
        ),
        (
            "word/comments.xml",
            &format!(
                "<w:comments><w:comment w:id='1'>{}</w:comment></w:comments>",
                paragraph("", "核实")
            ),
        ),
        (
            "word/endnotes.xml",
            &format!(
                "<w:endnotes><w:endnote w:id='9'>{}</w:endnote></w:endnotes>",
                paragraph("", "尾注")
            ),
        ),
        (
            "word/header1.xml",
            &format!("<w:hdr>{}</w:hdr>", paragraph("", "内部资料")),
        ),
        (
            "word/header2.xml",
            &format!("<w:hdr>{}</w:hdr>", paragraph("", "内部资料")),
        ),
    ]);
    let raw = read(&bytes, SourceMetadata::default(), 1 << 20).expect("a document");
    let lines: Vec<_> = raw
        .lines
        .iter()
        .map(|line| (line.style, &*line.text))
        .collect();
    assert_eq!(
        lines,
        [
            (Style::Plain, "甪直"),
            (Style::Boilerplate(Reason::Frame), "lù"),
            (Style::Plain, "核实"),
            (Style::Plain, "尾注"),
            (Style::Boilerplate(Reason::RunningHead), "内部资料"),
        ]
    );
    assert_eq!(raw.n_read, Some(12));
}

#[test]
fn the_xml_of_word_2003() {
    let raw = read_flat(
        "<?xml version='1.0'?><w:wordDocument><w:styles><w:style w:type='paragraph' w:styleId='1'><w:name w:val='heading 1'/></w:style></w:styles>\
         <w:body><wx:sect><w:p><w:pPr><w:pStyle w:val='1'/><w:listPr><wx:t wx:val='一、'/></w:listPr></w:pPr><w:r><w:t>概况</w:t></w:r></w:p></wx:sect></w:body></w:wordDocument>",
        SourceMetadata::default(),
    );
    let raw = raw.expect("a document");
    assert_eq!(
        (raw.lines[0].style, &*raw.lines[0].text),
        (Style::Heading(1), "一、概况")
    );
}

#[test]
fn damage_is_reported() {
    let text: String = (0..3000)
        .map(|n| format!("园区第{n}条道路已经修好。"))
        .collect();
    let bytes = document(&paragraph("", &text));
    let raw = read(
        &bytes[..bytes.len() / 3],
        SourceMetadata::default(),
        1 << 20,
    )
    .expect("a part of it");
    assert_eq!(raw.warnings, [Warning::Incomplete]);
    assert!(text.starts_with(raw.lines[0].text.trim_end_matches('\u{fffd}')));
    assert!(raw.lines[0].text.len() > 1000);
    let error = |bytes: &[u8]| {
        let error = read(bytes, SourceMetadata::default(), 1 << 20).expect_err("an error");
        error.to_string()
    };
    assert_eq!(
        error(b"PK\x03\x04"),
        "is a damaged Word document: its text is missing"
    );
}
