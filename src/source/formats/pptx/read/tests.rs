//! Tests of the format as a whole.

use super::*;
use crate::source::formats::deck::tests::check;
use crate::source::package::tests::pack;

const PRESENTATION: &str = "<p:presentation><p:sldIdLst><p:sldId id='256' r:id='r2'/><p:sldId id='257' r:id='r1'/></p:sldIdLst></p:presentation>";
const LINKS: &str = "<Relationships><Relationship Id='r1' Type='http://x/slide' Target='slides/slide1.xml'/>\
    <Relationship Id='r2' Type='http://x/slide' Target='/ppt/slides/slide2.xml'/></Relationships>";

fn shape(kind: &str, paragraphs: &[&str]) -> String {
    let kind = match kind {
        "" => String::new(),
        kind => format!("<p:ph type='{kind}'/>"),
    };
    let paragraphs: String = paragraphs
        .iter()
        .map(|text| format!("<a:p><a:r><a:t>{text}</a:t></a:r></a:p>"))
        .collect();
    format!(
        "<p:sp><p:nvSpPr><p:nvPr>{kind}</p:nvPr></p:nvSpPr><p:txBody>{paragraphs}</p:txBody></p:sp>"
    )
}

fn deck() -> Vec<(&'static str, String)> {
    let numbered: String = ["甲", "乙"]
        .iter()
        .map(|text| format!("<a:p><a:pPr><a:buAutoNum type='ea1ChsPeriod'/></a:pPr><a:r><a:t>{text}</a:t></a:r></a:p>"))
        .collect();
    let table = "<p:graphicFrame><a:tbl><a:tblPr firstRow='1'/><a:tr><a:tc gridSpan='2'><a:txBody><a:p><a:r><a:t>年份</a:t></a:r></a:p></a:txBody></a:tc><a:tc hMerge='1'><a:txBody><a:p/></a:txBody></a:tc></a:tr>\
        <a:tr><a:tc><a:txBody><a:p><a:r><a:t>2009</a:t></a:r></a:p></a:txBody></a:tc><a:tc><a:txBody><a:p><a:r><a:t>1</a:t></a:r></a:p><a:p><a:r><a:t>2</a:t></a:r></a:p></a:txBody></a:tc></a:tr></a:tbl></p:graphicFrame>";
    vec![
        ("ppt/presentation.xml", PRESENTATION.to_owned()),
        ("ppt/_rels/presentation.xml.rels", LINKS.to_owned()),
        (
            "ppt/slides/slide2.xml",
            format!(
                "<p:sld show='0'><p:spTree>{}{}{}</p:spTree></p:sld>",
                shape("subTitle", &["办公室"]),
                shape("ctrTitle", &["园区", "总结"]),
                shape("sldNum", &["1"])
            ),
        ),
        (
            "ppt/slides/slide1.xml",
            format!(
                "<p:sld><p:spTree>{}<p:sp><p:txBody>{numbered}<a:p><a:r><a:t>上</a:t></a:r><a:br/><a:r><a:t>下</a:t></a:r></a:p></p:txBody></p:sp>{table}\
                 <mc:AlternateContent><mc:Choice><p:graphicFrame><c:chart r:id='c'/></p:graphicFrame></mc:Choice><mc:Fallback>{}</mc:Fallback></mc:AlternateContent>\
                 <p:graphicFrame><dgm:relIds r:dm='d' r:lo='x'/></p:graphicFrame></p:spTree></p:sld>",
                shape("title", &["一、做法"]),
                shape("", &["无"])
            ),
        ),
        (
            "ppt/slides/_rels/slide1.xml.rels",
            "<Relationships><Relationship Id='n' Type='http://x/notesSlide' Target='../notesSlides/notesSlide1.xml'/>\
             <Relationship Id='c' Type='http://x/chart' Target='../charts/chart1.xml'/><Relationship Id='d' Type='http://x/diagramData' Target='../diagrams/data1.xml'/></Relationships>".to_owned(),
        ),
        ("ppt/notesSlides/notesSlide1.xml", format!("<p:notes><p:spTree>{}</p:spTree></p:notes>", shape("body", &["先讲难点。"]))),
        (
            "ppt/charts/chart1.xml",
            "<c:chart><c:title><c:tx><c:rich><a:p><a:r><a:t>产值</a:t></a:r></a:p></c:rich></c:tx></c:title><c:ser><c:tx><c:strRef><c:strCache><c:pt><c:v>万元</c:v></c:pt></c:strCache></c:strRef></c:tx>\
             <c:cat><c:pt><c:v>甲县</c:v></c:pt></c:cat><c:val><c:pt><c:v>12</c:v></c:pt></c:val></c:ser></c:chart>".to_owned(),
        ),
        ("ppt/diagrams/data1.xml", "<dgm:dataModel><dgm:pt><dgm:t><a:p><a:r><a:t>受理</a:t></a:r></a:p></dgm:t></dgm:pt></dgm:dataModel>".to_owned()),
    ]
}

fn packed(parts: &[(&str, String)]) -> Vec<u8> {
    let parts: Vec<(&str, &str)> = parts.iter().map(|(name, text)| (*name, &**text)).collect();
    pack(&parts)
}

const EXPECTED: [&str; 14] = [
    "# 园区总结",
    "办公室",
    "! 1",
    "## 一、做法",
    "一.甲",
    "二.乙",
    "上",
    "下",
    "|1 年份|",
    "|1 2009|1 2",
    "产值",
    "|2 |万元",
    "|2 甲县|12",
    "受理",
];

#[test]
fn slides_in_order_with_all_their_content() {
    let raw = read(&packed(&deck()), SourceMetadata::default(), 1 << 20).expect("a presentation");
    let mut expected = EXPECTED.to_vec();
    expected.push("先讲难点。");
    check(&raw.lines, raw.n_read.expect("a number"), &expected);
    assert_eq!(raw.warnings, []);
}

#[test]
fn damaged_files_give_what_is_left_or_a_reason() {
    let mut parts = deck();
    parts.remove(0);
    // Without the presentation's own part, slides come by number.
    let raw = read(&packed(&parts), SourceMetadata::default(), 1 << 20).expect("a presentation");
    assert_eq!(raw.lines[0].text, "一、做法");
    let bytes = packed(&deck());
    for len in (0..bytes.len()).step_by(7) {
        let _ = read(&bytes[..len], SourceMetadata::default(), 1 << 20);
    }
    for at in (0..bytes.len()).step_by(3) {
        let mut bytes = bytes.clone();
        bytes[at] ^= 0x55;
        let _ = read(&bytes, SourceMetadata::default(), 1 << 20);
    }
    let reason = |bytes: &[u8], limit| {
        read(bytes, SourceMetadata::default(), limit)
            .expect_err("a skip")
            .to_string()
    };
    assert_eq!(
        reason(b"PK\x05\x06", 1),
        "is a damaged PowerPoint presentation: no slide can be read"
    );
    assert_eq!(
        reason(&bytes, 100),
        "unpacks to more than 100 bytes; split it"
    );
}
