//! Malicious files: packages that unpack to gigabytes, endlessly nested elements, counts of millions.

use std::fmt::Write as _;

use serde_json::Value;
use xunzhang::source::{ReadOptions, Skip, read_bytes};

use crate::damage::{packed, wholes};
use crate::fixture::Fixture;

/// A package of parts.
fn pack(parts: &[(&str, &str)]) -> Vec<u8> {
    let parts = parts
        .iter()
        .map(|(name, text)| ((*name).to_owned(), text.as_bytes().to_vec()));
    packed(&parts.collect::<Vec<_>>())
}

/// `open` `depth` times, a text, `close` `depth` times.
fn nested(open: &str, close: &str, depth: usize) -> String {
    format!("{}青禾镇总结{}", open.repeat(depth), close.repeat(depth))
}

const DEPTH: usize = 30_000;
const OFFICE: &str = "xmlns:office='urn:oasis:names:tc:opendocument:xmlns:office:1.0' \
    xmlns:text='urn:oasis:names:tc:opendocument:xmlns:text:1.0' xmlns:table='urn:oasis:names:tc:opendocument:xmlns:table:1.0' \
    xmlns:draw='urn:oasis:names:tc:opendocument:xmlns:drawing:1.0'";
const WORD: &str = "xmlns:w='http://schemas.openxmlformats.org/wordprocessingml/2006/main'";

fn open_document(kind: &str, body: &str) -> Vec<u8> {
    let kind = format!("application/vnd.oasis.opendocument.{kind}");
    let manifest = format!(
        "<manifest:manifest xmlns:manifest='urn:oasis:names:tc:opendocument:xmlns:manifest:1.0'><manifest:file-entry \
         manifest:full-path='/' manifest:media-type='{kind}'/></manifest:manifest>"
    );
    let content = format!(
        "<office:document-content {OFFICE}><office:body>{body}</office:body></office:document-content>"
    );
    pack(&[
        ("mimetype", &kind),
        ("META-INF/manifest.xml", &manifest),
        ("content.xml", &content),
    ])
}

fn word(body: &str) -> Vec<u8> {
    let document = format!("<w:document {WORD}><w:body>{body}</w:body></w:document>");
    pack(&[
        ("[Content_Types].xml", "<Types/>"),
        ("word/document.xml", &document),
    ])
}

fn slide(body: &str) -> Vec<u8> {
    let slide = format!(
        "<p:sld xmlns:p='p' xmlns:a='a'><p:cSld><p:spTree>{body}</p:spTree></p:cSld></p:sld>"
    );
    pack(&[
        ("ppt/presentation.xml", ""),
        ("ppt/slides/slide1.xml", &slide),
    ])
}

fn ofd(resources: &str, page: &str) -> Vec<u8> {
    let page = format!(
        "<ofd:Page xmlns:ofd='o'><ofd:Content><ofd:Layer>{page}</ofd:Layer></ofd:Content></ofd:Page>"
    );
    pack(&[
        (
            "OFD.xml",
            "<OFD><DocBody><DocRoot>D.xml</DocRoot></DocBody></OFD>",
        ),
        (
            "D.xml",
            "<Document><CommonData><PublicRes>R.xml</PublicRes></CommonData><Pages><Page BaseLoc='P.xml'/></Pages></Document>",
        ),
        ("R.xml", resources),
        ("P.xml", &page),
    ])
}

/// A PDF document of objects from 1 on, the first of them its catalogue.
fn pdf(objects: &[String]) -> Vec<u8> {
    let mut file = "%PDF-1.4\n".to_owned();
    let mut places = Vec::new();
    for (ord, object) in objects.iter().enumerate() {
        places.push(file.len());
        let _ = write!(file, "{} 0 obj\n{object}\nendobj\n", ord + 1);
    }
    let table = file.len();
    let _ = write!(file, "xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1);
    for place in places {
        let _ = writeln!(file, "{place:010} 00000 n ");
    }
    let _ = write!(
        file,
        "trailer\n<</Size {}/Root 1 0 R>>\nstartxref\n{table}\n%%EOF\n",
        objects.len() + 1
    );
    file.into_bytes()
}

/// A page of forms, each of which draws the next one ten times.
fn pdf_of_forms() -> Vec<u8> {
    let stream = |head: &str, content: &str| {
        format!(
            "<<{head}/Length {}>>stream\n{content}\nendstream",
            content.len()
        )
    };
    let mut objects = vec![
        "<</Type/Catalog/Pages 2 0 R>>".to_owned(),
        "<</Type/Pages/Kids[3 0 R]/Count 1>>".to_owned(),
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R/Resources<</XObject<</F 5 0 R>>>>>>".to_owned(),
        stream("", &"/F Do ".repeat(10)),
    ];
    for ord in 5..25 {
        let head = format!(
            "/Type/XObject/Subtype/Form/BBox[0 0 600 800]/Resources<</XObject<</F {} 0 R>>>>",
            ord + 1
        );
        objects.push(stream(&head, &"/F Do ".repeat(10)));
    }
    objects.push(stream(
        "/Type/XObject/Subtype/Form/BBox[0 0 600 800]",
        "BT (x) Tj ET",
    ));
    pdf(&objects)
}

/// Composite objects of OFD, each of which draws the next one ten times.
fn ofd_of_units() -> Vec<u8> {
    let mut units = String::new();
    for ord in 1..20 {
        let inner = format!(
            "<ofd:CompositeObject ResourceID='{}' Boundary='0 0 9 9'/>",
            ord + 1
        )
        .repeat(10);
        let _ = write!(
            units,
            "<ofd:CompositeGraphicUnit ID='{ord}'><ofd:Content>{inner}</ofd:Content></ofd:CompositeGraphicUnit>"
        );
    }
    let resources = format!(
        "<ofd:Res xmlns:ofd='o'><ofd:CompositeGraphicUnits>{units}</ofd:CompositeGraphicUnits></ofd:Res>"
    );
    ofd(
        &resources,
        "<ofd:CompositeObject ResourceID='1' Boundary='0 0 9 9'/>",
    )
}

/// Mail with nested parts.
fn mail_of_parts(depth: usize) -> Vec<u8> {
    let mut mail = "From: a@a.example\r\nMIME-Version: 1.0\r\n".to_owned();
    for ord in 0..depth {
        let _ = write!(
            mail,
            "Content-Type: multipart/mixed; boundary=\"b{ord}\"\r\n\r\n--b{ord}\r\n"
        );
    }
    mail.push_str("Content-Type: text/plain; charset=utf-8\r\n\r\n青禾镇总结\r\n");
    mail.into_bytes()
}

const MANY: &str = "1000000000";

/// Files that claim far more resources than their size, by name.
fn bombs() -> Vec<(&'static str, Vec<u8>)> {
    let paragraph = "<w:p><w:r><w:t>青禾镇总结</w:t></w:r></w:p>";
    let cell = |span: &str| format!("<w:tc><w:tcPr>{span}</w:tcPr>{paragraph}</w:tc>");
    let wide = cell(&format!("<w:gridSpan w:val='{MANY}'/>"));
    let entities: String = (1..30)
        .map(|ord| format!("<!ENTITY e{ord} \"&e{};&e{};\">", ord - 1, ord - 1))
        .collect();
    let cells = |rows: &str, columns: &str| {
        format!(
            "<office:spreadsheet><table:table table:name='表'><table:table-row table:number-rows-repeated='{rows}'><table:table-cell \
             table:number-columns-repeated='{columns}' office:value-type='string'><text:p>青禾镇总结</text:p></table:table-cell>\
             </table:table-row></table:table></office:spreadsheet>"
        )
    };
    vec![
        ("深.html", nested("<div>", "</div>", 5_000).into_bytes()),
        ("表中表.html", nested("<table><tr><td>", "</td></tr></table>", 5_000).into_bytes()),
        ("字体.html", nested("<b><i>", "", DEPTH).into_bytes()),
        (
            "宽.html",
            format!("<table>{}</table>", format!("<tr><td colspan={MANY} rowspan={MANY}>青禾镇总结").repeat(300)).into_bytes(),
        ),
        ("注释.html", format!("<p>青禾镇总结{}", "<!-- <!-- ".repeat(DEPTH)).into_bytes()),
        ("深.rtf", nested("{\\rtf1{", "}}", DEPTH).into_bytes()),
        ("表.rtf", format!("{{\\rtf1\\trowd{}\\intbl a\\cell\\row}}", "\\cellx1000000000".repeat(DEPTH)).into_bytes()),
        ("重复.rtf", "{\\rtf1\\bin2000000000 青禾镇总结\\uc2000000000\\u-1 总结}".into()),
        ("引用.md", nested("> ", "", DEPTH).into_bytes()),
        ("列表.md", nested("- ", "", 5_000).into_bytes()),
        ("括号.md", nested("[", "](", DEPTH).into_bytes()),
        ("强调.md", format!("青禾镇总结{}", "*a _b **".repeat(DEPTH)).into_bytes()),
        ("多部分.eml", mail_of_parts(5_000)),
        ("多部分.mht", mail_of_parts(2_000)),
        ("附件.eml", format!("From: a@a.example\r\n{}\r\n青禾镇总结", "Content-Type: message/rfc822\r\n\r\nFrom: a@a.example\r\n".repeat(5_000)).into_bytes()),
        ("宽.csv", format!("青禾镇总结{}\n", ",".repeat(200_000)).into_bytes()),
        ("引号.csv", format!("\"青禾镇总结{}", "\n\",".repeat(100_000)).into_bytes()),
        ("深.docx", word(&nested("<w:tbl><w:tr><w:tc>", "</w:tc></w:tr></w:tbl>", 5_000).replace("青禾镇总结", paragraph))),
        ("宽.docx", word(&format!("<w:tbl>{}</w:tbl>", format!("<w:tr>{wide}{wide}</w:tr>").repeat(300)))),
        ("深.xml.doc", format!("<?xml version='1.0'?><?mso-application progid='Word.Document'?>{}", nested("<w:tbl>", "", DEPTH)).into_bytes()),
        ("实体.docx", pack(&[("word/document.xml", &format!("<!DOCTYPE x [<!ENTITY e0 \"青禾镇总结\">{entities}]><w:document {WORD}><w:body><w:p><w:r><w:t>&e29;</w:t></w:r></w:p></w:body></w:document>"))])),
        ("空格.odt", open_document("text", &format!("<office:text><text:p>青禾镇总结<text:s text:c='{MANY}'/>。</text:p></office:text>"))),
        ("深.odt", open_document("text", &format!("<office:text>{}</office:text>", nested("<text:section>", "</text:section>", DEPTH)))),
        ("表.odt", open_document("text", &format!("<office:text><table:table><table:table-row table:number-rows-repeated='{MANY}'><table:table-cell table:number-columns-repeated='{MANY}' table:number-columns-spanned='{MANY}'><text:p>青禾镇总结</text:p></table:table-cell></table:table-row></table:table></office:text>"))),
        ("满.ods", open_document("spreadsheet", &cells("1048576", "16384"))),
        ("大.ods", open_document("spreadsheet", &cells(MANY, MANY))),
        ("长.ods", open_document("spreadsheet", &cells("1048576", "1"))),
        ("表.odp", open_document("presentation", &format!("<office:presentation><draw:page><table:table><table:table-row table:number-rows-repeated='{MANY}'><table:table-cell table:number-columns-repeated='{MANY}'><text:p>青禾镇总结</text:p></table:table-cell></table:table-row></table:table></draw:page></office:presentation>"))),
        ("深.odp", open_document("presentation", &format!("<office:presentation><draw:page>{}</draw:page></office:presentation>", nested("<draw:g>", "</draw:g>", DEPTH).replace("青禾镇总结", "<draw:frame><text:p>青禾镇总结</text:p></draw:frame>")))),
        ("深.pptx", slide(&nested("<p:grpSp>", "</p:grpSp>", DEPTH).replace("青禾镇总结", "<p:sp><p:txBody><a:p><a:r><a:t>青禾镇总结</a:t></a:r></a:p></p:txBody></p:sp>"))),
        ("宽.pptx", slide(&format!("<p:graphicFrame><a:tbl>{}</a:tbl></p:graphicFrame>", format!("<a:tr><a:tc gridSpan='{MANY}' rowSpan='{MANY}'><a:txBody><a:p><a:r><a:t>青禾镇总结</a:t></a:r></a:p></a:txBody></a:tc></a:tr>").repeat(300)))),
        ("增量.ofd", ofd("<Res/>", &format!("<ofd:TextObject Boundary='0 0 9 9' Size='4'><ofd:TextCode X='0' Y='4' DeltaX='g {MANY} 4 g {MANY} 4'>青禾镇总结</ofd:TextCode></ofd:TextObject>"))),
        ("组合.ofd", ofd_of_units()),
        ("深.ofd", ofd("<Res/>", &nested("<ofd:PageBlock>", "</ofd:PageBlock>", DEPTH))),
        ("表单.pdf", pdf_of_forms()),
        ("深.pdf", pdf(&[format!("<</Type/Catalog/Pages {}{}>>", "[".repeat(DEPTH), "]".repeat(DEPTH)), "<</Type/Pages/Kids[2 0 R]/Count 1000000000>>".to_owned()])),
        ("页.pdf", pdf(&["<</Type/Catalog/Pages 2 0 R>>".to_owned(), format!("<</Type/Pages/Kids[{}]/Count {MANY}>>", "2 0 R ".repeat(50))])),
        ("章.epub", pack(&[
            ("mimetype", "application/epub+zip"),
            ("META-INF/container.xml", "<container><rootfiles><rootfile full-path='c.opf'/></rootfiles></container>"),
            ("c.opf", &format!("<package><manifest><item id='a' href='a.xhtml' media-type='application/xhtml+xml'/></manifest><spine>{}</spine></package>", "<itemref idref='a'/>".repeat(20_000))),
            ("a.xhtml", &nested("<div>", "</div>", 10_000)),
        ])),
    ]
}

#[track_caller]
fn check_reason(skip: &Value) {
    let reason = skip["reason"].as_str().expect("a reason");
    assert!(!reason.is_empty() && !reason.contains('\n'), "{skip}");
    assert!(reason.chars().count() <= 300, "{skip}");
    for bad in ["report this", "takes more than", "panicked"] {
        assert!(!reason.contains(bad), "{skip}");
    }
}

#[cfg(unix)]
#[test]
fn files_made_to_do_harm_are_read_or_refused() {
    let fixture = Fixture::new();
    let bombs = bombs();
    for (name, bytes) in &bombs {
        fixture.write_bytes(&format!("corpus/{name}"), bytes);
    }
    let ran = fixture.run_within("-v 2097152", ["--lang", "en", "index", "--json"]);
    let ran = ran.succeeds();
    assert!(!ran.stderr().contains("panicked"), "{}", ran.stderr());
    let summary = ran.json();
    let skipped = summary["skipped"].as_array().expect("a list");
    skipped.iter().for_each(check_reason);
    let documents = summary["documents"].as_u64().expect("a number");
    assert!(
        documents + skipped.len() as u64 >= bombs.len() as u64,
        "{summary}"
    );
    let warnings = summary["warnings"].as_array().expect("a list");
    let is_lost = |warning: &Value| warning["warning"] == "unaccounted";
    assert!(!warnings.iter().any(is_lost), "{warnings:?}");
}

#[test]
fn archives_that_unpack_to_too_much_are_reported() {
    const LIMIT: u64 = 200_000;
    let options = ReadOptions {
        max_unpacked: LIMIT,
        ..ReadOptions::default()
    };
    let long = "青禾镇总结。".repeat(40_000);
    let paragraph = format!("<w:p><w:r><w:t>{long}</w:t></w:r></w:p>");
    let files = [
        ("a.docx", word(&paragraph)),
        (
            "a.odt",
            open_document(
                "text",
                &format!("<office:text><text:p>{long}</text:p></office:text>"),
            ),
        ),
        (
            "a.odp",
            open_document(
                "presentation",
                &format!(
                    "<office:presentation><draw:page><text:p>{long}</text:p></draw:page></office:presentation>"
                ),
            ),
        ),
        (
            "a.pptx",
            slide(&format!("<a:p><a:r><a:t>{long}</a:t></a:r></a:p>")),
        ),
        (
            "a.ofd",
            ofd(
                "<Res/>",
                &format!("<ofd:TextObject><ofd:TextCode>{long}</ofd:TextCode></ofd:TextObject>"),
            ),
        ),
        (
            "a.epub",
            pack(&[
                ("mimetype", "application/epub+zip"),
                (
                    "META-INF/container.xml",
                    "<container><rootfiles><rootfile full-path='c.opf'/></rootfiles></container>",
                ),
                (
                    "c.opf",
                    "<package><manifest><item id='a' href='a.xhtml' media-type='application/xhtml+xml'/></manifest><spine><itemref idref='a'/></spine></package>",
                ),
                ("a.xhtml", &format!("<p>{long}</p>")),
            ]),
        ),
    ];
    for (name, bytes) in files {
        let skip = read_bytes(name, &bytes, &options, |_| ()).expect_err(name);
        assert!(
            matches!(skip, Skip::Expands { limit: LIMIT }),
            "{name}: {skip}"
        );
    }
    let archive = pack(&[("甲.txt", "青禾镇总结。"), ("乙.txt", &long)]);
    let skip = read_bytes("a.zip", &archive, &options, |_| ()).expect_err("a.zip");
    assert!(matches!(skip, Skip::Expands { limit: LIMIT }), "{skip}");
}

#[cfg(unix)]
#[test]
fn remains_of_a_file_are_read_or_refused_in_one_line() {
    let fixture = Fixture::new();
    for (name, whole) in wholes() {
        let (stem, ending) = name.split_once('.').expect("a name with an ending");
        for (ord, share) in [0, 1, 10, 50, 90, 99].into_iter().enumerate() {
            let len = whole.len() * share / 100;
            fixture.write_bytes(&format!("corpus/{stem}{ord}.{ending}"), &whole[..len]);
        }
        for (ord, step) in [97, 511].into_iter().enumerate() {
            let mut bytes = whole.clone();
            bytes
                .iter_mut()
                .step_by(step)
                .for_each(|byte| *byte ^= 0x10);
            fixture.write_bytes(&format!("corpus/{stem}-{ord}.{ending}"), &bytes);
        }
    }
    let ran = fixture.run(["--lang", "en", "index", "--json"]).succeeds();
    assert!(!ran.stderr().contains("panicked"), "{}", ran.stderr());
    let summary = ran.json();
    let skipped = summary["skipped"].as_array().expect("a list");
    skipped.iter().for_each(check_reason);
    let documents = summary["documents"].as_u64().expect("a number");
    assert!(
        documents + skipped.len() as u64 >= 8 * wholes().len() as u64,
        "{summary}"
    );
}
