//! Two reports, sentence by sentence, on the sample documents.

use serde_json::Value;

use crate::fixture::Fixture;

const OLD: &str = "青柳县/2004年政府工作报告.txt";
const NEW: &str = "青柳县/2009年政府工作报告.txt";

#[test]
fn the_json_is_that_of_the_contract_and_the_text_says_the_same() {
    let fixture = Fixture::with_samples();
    let json = fixture
        .run(["compare", OLD, NEW, "--format", "json"])
        .succeeds()
        .json();
    assert_eq!(
        (&json["old"]["id"], &json["new"]["id"]),
        (&OLD.into(), &NEW.into())
    );
    let pairs = json["pairs"].as_array().expect("a list");
    let summary = &json["summary"];
    let count = |status: &str| pairs.iter().filter(|pair| pair["status"] == status).count();
    for status in ["kept", "changed", "moved", "dropped", "new"] {
        assert_eq!(summary[status], count(status), "{status}");
    }
    for pair in pairs {
        for (side, document) in [("old", OLD), ("new", NEW)] {
            let place = pair[side]["place"].as_str();
            assert!(
                place.is_none_or(|place| place.starts_with(document)),
                "{pair}"
            );
        }
        // The steps of a change add up to both wordings, from the first unit to the last.
        if pair["status"] == "changed" {
            let joined = |at: usize| -> String {
                let steps = pair["diff"].as_array().expect("steps").iter();
                steps.filter_map(|step| step[at].as_str()).collect()
            };
            assert!(
                pair["old"]["text"]
                    .as_str()
                    .is_some_and(|text| text.contains(&joined(1)))
            );
            assert!(
                pair["new"]["text"]
                    .as_str()
                    .is_some_and(|text| text.contains(&joined(2)))
            );
        }
    }
    let text = fixture
        .run(["compare", OLD, NEW, "--changes", "--lang", "en"])
        .succeeds();
    let said = format!("{} kept, {} changed", count("kept"), count("changed"));
    assert!(text.stdout().contains(&said), "{}", text.stdout());
    let listed = |word: &str| {
        text.stdout()
            .lines()
            .filter(|line| line.starts_with(word))
            .count()
    };
    assert_eq!(
        (listed("kept "), listed("changed "), listed("new ")),
        (0, count("changed"), count("new"))
    );
}

#[test]
fn files_are_compared_as_documents_are() {
    let fixture = Fixture::with_samples();
    let folder = crate::fixture::samples();
    let file = |id: &str| folder.join(id).display().to_string();
    let of_files = fixture.run(["compare", &file(OLD), &file(NEW), "--format", "json"]);
    let of_files: Value = of_files.succeeds().json();
    let of_index = fixture
        .run(["compare", OLD, NEW, "--format", "json"])
        .succeeds()
        .json();
    assert_eq!(
        of_files["summary"]["sentences"],
        of_index["summary"]["sentences"]
    );
    for status in ["kept", "changed", "moved", "dropped", "new"] {
        assert_eq!(
            of_files["summary"][status], of_index["summary"][status],
            "{status}"
        );
    }
}

#[test]
fn what_cannot_be_compared_is_told() {
    let fixture = Fixture::with_samples();
    fixture
        .run(["compare", OLD, "没有.txt"])
        .fails_with(&["没有.txt"]);
    let records = crate::fixture::samples()
        .join("省级文件/通报.jsonl")
        .display()
        .to_string();
    fixture
        .run(["compare", OLD, &records])
        .fails_with(&["通报.jsonl#1"]);
    fixture.run(["compare", OLD]).fails_with(&["NEW"]);
}

/// Two reports of our own: kept, changed, moved, split, merged, dropped and new sentences, headings that are others, figures.
const EARLIER: &str = "青柳县2020年政府工作报告\n时间:2021-01-15 10:00:00\n一、2020年工作回顾\n\
    （一）农田水利。全县新修水渠12条，衬砌渠道30公里。渠道维护经费230万元，比上年增加20万元。管护责任落实到村到人，水价改革在三个乡试点。\n\
    （二）村容村貌。清运陈年垃圾三百车。评比“最美庭院”二十户，群众参与的热情很高。\n\
    二、2021年主要任务\n\
    要新修水渠20条，打通最后一公里。整治河道两岸。沿河栽植柳树三千株。办好乡村图书室，让孩子放学有去处。\n\
    各位代表，让我们携手把青柳县建设得更加美好！\n";
const LATER: &str = "青柳县2021年政府工作报告\n时间:2022-01-18 10:00:00\n一、2021年工作回顾\n\
    （一）农田水利。全县新修水渠21条，衬砌渠道35公里。渠道维护经费250万元，比上年增加25万元。管护责任落实到村到人。水价改革在三个乡试点。\n\
    （二）镇村面貌。评比“最美庭院”二十户，群众参与的热情很高。\n\
    二、2022年主要任务\n\
    要新修水渠15条，打通最后一公里。整治河道两岸，沿河栽植柳树三千株。为八十岁以上老人配送热饭，一天两餐。\n\
    各位代表，让我们携手把青柳县建设得更加美好！\n";

fn two_years() -> Fixture {
    Fixture::indexed(&[
        ("青柳县/2020.txt", EARLIER),
        ("青柳县/2021.txt", LATER),
        (
            "青柳县/无日期.txt",
            "青柳县工作简报\n修渠架桥，群众满意。\n",
        ),
        (
            "青柳县/2021补.txt",
            "青柳县政府工作报告补充说明\n时间:2022-03-01 10:00:00\n补充说明水渠的长度。\n",
        ),
    ])
}

#[test]
fn what_was_split_or_merged_is_one_pair_and_figures_say_what_they_are_of() {
    let fixture = two_years();
    let json = fixture
        .run(["compare", "2020.txt", "2021.txt", "--format", "json"])
        .succeeds()
        .json();
    let pairs = json["pairs"].as_array().expect("a list");
    let of = |begin: &str| {
        let of = |side: &Value| {
            side["text"]
                .as_str()
                .is_some_and(|text| text.starts_with(begin))
        };
        let found = pairs
            .iter()
            .find(|pair| of(&pair["old"]) || of(&pair["new"]));
        found.unwrap_or_else(|| panic!("{begin} in {json}"))
    };
    let split = of("管护责任");
    assert_eq!(split["status"], "changed");
    assert_eq!(split["split"][0]["text"], "水价改革在三个乡试点。");
    let merged = of("整治河道");
    assert_eq!(merged["status"], "changed");
    assert_eq!(merged["merged"][0]["text"], "沿河栽植柳树三千株。");
    assert_eq!(of("清运陈年垃圾")["status"], "dropped");
    assert_eq!(of("为八十岁以上")["status"], "new");
    assert_eq!(of("各位代表")["status"], "kept");
    // Each sentence is in one pair.
    let n = |one: &str, more: &str| -> usize {
        let sentences = pairs.iter().map(|pair| {
            let first = usize::from(!pair[one].is_null());
            first + pair[more].as_array().map_or(0, Vec::len)
        });
        sentences.sum()
    };
    let sentences = &json["summary"]["sentences"];
    assert_eq!(
        (&sentences[0], &sentences[1]),
        (&n("old", "merged").into(), &n("new", "split").into())
    );
    let figures = json["summary"]["figures"].as_array().expect("a list");
    let figures: Vec<(&str, &str, &str)> = figures
        .iter()
        .map(|one| {
            let text = |key: &str| one[key].as_str().unwrap_or_default();
            (text("of"), text("old"), text("new"))
        })
        .collect();
    let expected = [
        ("全县新修水渠", "12条", "21条"),
        ("衬砌渠道", "30公里", "35公里"),
        ("渠道维护经费", "230万元", "250万元"),
        ("渠道维护经费，比上年增加", "20万元", "25万元"),
        ("要新修水渠", "20条", "15条"),
    ];
    assert_eq!(figures, expected);
}

#[test]
fn a_series_compares_each_year_with_the_one_before() {
    let fixture = two_years();
    let ran = fixture
        .run(["compare", "--series", "青柳县/*", "--format", "json"])
        .succeeds();
    let json = ran.json();
    let series = json["series"].as_array().expect("a list");
    assert_eq!(series.len(), 1);
    let two = fixture
        .run(["compare", "2020.txt", "2021.txt", "--format", "json"])
        .succeeds()
        .json();
    assert_eq!(series[0], two);
    let left_out = serde_json::json!([
        {"id": "青柳县/2021补.txt", "reason": "same_year"},
        {"id": "青柳县/无日期.txt", "reason": "undated"},
    ]);
    assert_eq!(json["left_out"], left_out);
    for id in ["青柳县/2021补.txt", "青柳县/无日期.txt"] {
        assert!(ran.stderr().contains(id), "{}", ran.stderr());
    }
    fixture
        .run(["compare", "--series", "没有/*"])
        .fails_with(&["没有/*"]);
    fixture
        .run(["compare", "--series", "青柳县/*", "-o", "x.docx"])
        .fails_with(&["OLD"]);
    fixture
        .run(["compare", "2020.txt", "2021.txt", "--series", "*"])
        .fails_with(&["--series"]);
}

#[test]
fn files_are_the_same_each_time_and_replace_only_their_own() {
    let fixture = two_years();
    for name in ["x.html", "x.xlsx", "x.docx"] {
        let write = || {
            fixture
                .run(["compare", "2020.txt", "2021.txt", "-o", name])
                .succeeds();
            std::fs::read(fixture.path(name)).expect("the file")
        };
        assert_eq!(write(), write(), "{name}");
        fixture.write(name, "鸡鸣桑树颠");
        fixture
            .run(["compare", "2020.txt", "2021.txt", "-o", name])
            .fails_with(&["--overwrite"]);
    }
}

#[test]
fn a_page_needs_nothing_else_and_its_links_lead_somewhere() {
    let fixture = Fixture::with_samples();
    fixture
        .run(["compare", OLD, NEW, "-o", "x.html", "--lang", "en"])
        .succeeds();
    let html = std::fs::read_to_string(fixture.path("x.html")).expect("a page");
    assert!(
        !html.contains("http://") && !html.contains("<script"),
        "{html}"
    );
    for id in ["two", "one", "hide"] {
        assert!(html.contains(&format!("id=\"{id}\"")), "{id}");
    }
    let links = html.split("href=\"#").skip(1);
    let links: Vec<&str> = links.filter_map(|link| link.split('"').next()).collect();
    assert!(links.iter().any(|link| link.contains('m')), "{links:?}");
    for link in links {
        assert!(html.contains(&format!("id=\"{link}\"")), "{link}");
    }
    // A changed sentence is there as it was, as it is, and as both.
    assert!(html.contains("<div class=\"both\">"));
}

/// The paragraphs of a Word document after accepting or rejecting all of its changes.
fn paragraphs(path: &std::path::Path, accepts: bool) -> Vec<String> {
    use quick_xml::events::Event;
    use std::io::Read;

    let file = std::fs::File::open(path).expect("the document");
    let mut archive = zip::ZipArchive::new(file).expect("an archive");
    let mut part = archive.by_name("word/document.xml").expect("the text");
    let mut xml = String::new();
    part.read_to_string(&mut xml).expect("XML");
    let mut reader = quick_xml::Reader::from_str(&xml);
    let (mut out, mut text) = (Vec::new(), String::new());
    // Elements that are open.
    let mut open: Vec<String> = Vec::new();
    // Whether the end of the paragraph is a change, and that the version asked for does not have.
    let mut is_joined = false;
    let lost = if accepts { "w:del" } else { "w:ins" };
    let name = |name: quick_xml::name::QName<'_>| -> String { name.as_ref().to_owned() };
    loop {
        match reader.read_event().expect("well-formed") {
            Event::Start(start) => open.push(name(start.name())),
            Event::Empty(empty) => {
                let is_mark = open.iter().any(|one| one == "w:pPr");
                is_joined |= is_mark && name(empty.name()) == lost;
            }
            Event::Text(inside) => {
                let is_text = open
                    .last()
                    .is_some_and(|one| one == "w:t" || one == "w:delText");
                if is_text && !open.iter().any(|one| one == lost) {
                    text.push_str(&inside.xml_content(quick_xml::XmlVersion::Implicit1_0));
                }
            }
            Event::End(end) => {
                let is_mark = open.iter().any(|one| one == "w:pPr");
                is_joined |= is_mark && name(end.name()) == lost;
                open.pop();
                if name(end.name()) == "w:p" && !std::mem::take(&mut is_joined) {
                    out.push(std::mem::take(&mut text));
                }
            }
            Event::Eof => return out,
            _ => {}
        }
    }
}

#[test]
fn accepting_all_changes_gives_the_newer_report_and_rejecting_them_the_older() {
    let samples = Fixture::with_samples();
    let own = two_years();
    for (fixture, old, new) in [
        (&own, "青柳县/2020.txt", "青柳县/2021.txt"),
        (&own, "青柳县/2021.txt", "青柳县/2020.txt"),
        (&samples, OLD, NEW),
    ] {
        fixture
            .run(["compare", old, new, "-o", "x.docx", "--changes"])
            .succeeds();
        for (accepts, id) in [(true, new), (false, old)] {
            let json = fixture
                .run(["show", id, "--format", "json"])
                .succeeds()
                .json();
            let passages = json["passages"].as_array().expect("a list");
            let expected: Vec<&str> = passages
                .iter()
                .filter_map(|passage| passage["text"].as_str())
                .collect();
            let found = paragraphs(&fixture.path("x.docx"), accepts);
            // A title, both documents and the numbers come first.
            assert_eq!(&found[4..], expected, "{id} {accepts}");
        }
    }
    let bytes = std::fs::read(own.path("x.docx")).expect("the document");
    assert!(!bytes.is_empty());
}

#[test]
fn a_workbook_has_the_numbers_the_figures_and_all_sentences() {
    use calamine::{Data, Reader, Xlsx, open_workbook};

    let fixture = two_years();
    fixture
        .run([
            "compare", "2020.txt", "2021.txt", "-o", "x.xlsx", "--lang", "en",
        ])
        .succeeds();
    let mut book: Xlsx<_> = open_workbook(fixture.path("x.xlsx")).expect("a workbook");
    let mut rows = |name: &str| -> Vec<Vec<String>> {
        let range = book.worksheet_range(name).expect("a sheet");
        let row = |row: &[Data]| row.iter().map(ToString::to_string).collect();
        range.rows().map(row).collect()
    };
    let figures = rows("Figures that changed");
    assert!(
        figures
            .iter()
            .any(|row| row[..3] == ["衬砌渠道", "30公里", "35公里"]),
        "{figures:?}"
    );
    let sentences = rows("Sentences");
    let json = fixture
        .run(["compare", "2020.txt", "2021.txt", "--format", "json"])
        .succeeds()
        .json();
    let n = json["pairs"].as_array().map_or(0, Vec::len);
    assert_eq!(sentences.len(), n + 1);
    assert!(
        sentences.iter().any(|row| row[1] == "split"),
        "{sentences:?}"
    );
}
