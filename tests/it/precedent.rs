//! `xunzhang precedent`, `frame`, `check`, `similar` and `duplicates`

use serde_json::{Value, json};

use crate::fixture::{Fixture, Ran};

const FILES: [(&str, &str); 4] = [
    (
        "2011/甲.txt",
        "云岭乡2011年工作总结\n一、基本做法\n坚持以安全生产为底线，做到学习、工作两不误。全乡修路三百里，架桥五座，山货出山再不靠肩挑背扛。\n二、问题\n全乡修路三百里，仍有缺口。\n",
    ),
    (
        "2015/乙.txt",
        "云岭乡2015年工作总结\n一、基本做法\n我们坚持以防汛抗旱为底线，做到工作学习两不误。\n",
    ),
    (
        "2018/丙.txt",
        "云岭乡2018年工作总结\n一、主要措施\n坚持以防汛抗旱为底线，做到学习,工作两不误！全乡修路三百里，架桥五座，山货出山再不靠肩挑背扛。\n",
    ),
    (
        "丁.txt",
        "荷塘村植树简讯\n春天种下杨柳千株，溪边的老磨坊修葺一新，孩子们又能听见水车的歌了。\n",
    ),
];

fn fixture() -> Fixture {
    Fixture::indexed(&FILES)
}

#[track_caller]
fn at<'a>(value: &'a Value, pointer: &str) -> &'a Value {
    value
        .pointer(pointer)
        .unwrap_or_else(|| panic!("no {pointer} in {value:#}"))
}

#[test]
fn json_has_the_documented_fields() {
    let ran = fixture()
        .run(["precedent", "坚持以招商引资为底线", "--format", "json"])
        .succeeds()
        .json();
    assert_eq!(at(&ran, "/text"), "坚持以招商引资为底线");
    let first = at(&ran, "/variants/0");
    assert_eq!(at(first, "/text"), "坚持以防汛抗旱为底线");
    let counts =
        ["similarity", "occurrences", "documents", "first", "last"].map(|name| first[name].clone());
    assert_eq!(
        counts,
        [json!(0.6), json!(2), json!(2), json!("2015"), json!("2018")]
    );
    assert_eq!(
        at(first, "/diff"),
        &json!([
            ["equal", "坚持以", "坚持以"],
            ["replace", "招商引资", "防汛抗旱"],
            ["equal", "为底线", "为底线"]
        ])
    );
    let source = at(first, "/sources/0");
    assert_eq!(at(source, "/document/id"), "2015/乙.txt");
    assert_eq!(at(source, "/section/0/title"), "基本做法");
    assert_eq!(at(source, "/passage"), &json!({"number": 3, "line": 3}));
    assert_eq!(at(source, "/span"), &json!([2, 12]));
    let slot =
        json!([{"text": "防汛抗旱", "occurrences": 2}, {"text": "安全生产", "occurrences": 1}]);
    assert_eq!(
        at(&ran, "/template"),
        &json!([{"text": "坚持以"}, {"slot": slot}, {"text": "为底线"}])
    );
}

#[test]
fn text_marks_the_difference_and_colour_replaces_the_brackets() {
    let fixture = fixture();
    let arguments = ["precedent", "坚持以招商引资为底线", "-n", "1"];
    let plain = fixture.run(arguments).succeeds();
    assert_eq!(
        plain.stdout(),
        " 1  60 %  2 occurrences in 2 documents, 2015–2018\n    坚持以[-招商引资-]{+防汛抗旱+}为底线\n      2015  云岭乡2015年工作总结  一、基本做法  2015/乙.txt:3\n      2018  云岭乡2018年工作总结  一、主要措施  2018/丙.txt:3\n\n"
    );
    let coloured = fixture
        .run(arguments.iter().chain(&["--color", "always"]))
        .succeeds();
    assert!(
        coloured.stdout().contains('\u{1b}') && !coloured.stdout().contains("[-"),
        "{}",
        coloured.stdout()
    );
}

#[test]
fn a_fragment_has_as_many_occurrences_as_search_counts() {
    let fixture = fixture();
    for fragment in ["修路三百里", "学习、工作", "为底线，做到", "云岭乡"] {
        let found = fixture
            .run(["precedent", fragment, "--format", "json"])
            .succeeds()
            .json();
        let quoted = format!("\"{fragment}\"");
        let counted = fixture
            .run(["search", &quoted, "--count", "--format", "json"])
            .succeeds()
            .json();
        assert_eq!(at(&found, "/variants/0/similarity"), 1.0, "{fragment}");
        for name in ["occurrences", "documents"] {
            assert_eq!(
                found["variants"][0][name], counted[name],
                "{fragment} {name}"
            );
        }
    }
}

#[test]
fn nothing_similar_is_nothing_found() {
    let fixture = fixture();
    let text = "纸月亮剧团的鼓手失眠了";
    let ran = fixture.run(["precedent", text]).exits(1);
    assert_eq!(ran.stdout(), "");
    assert!(ran.stderr().contains("no precedent"), "{}", ran.stderr());
    let ran = fixture
        .run(["precedent", text, "--format", "json"])
        .exits(1);
    assert_eq!(at(&ran.json(), "/variants"), &json!([]));
    let ran = fixture
        .run(["precedent", "修路三百里", "--year", "1990"])
        .exits(1);
    assert_eq!(ran.stdout(), "");
}

#[test]
fn frame_prints_every_format() {
    let fixture = fixture();
    let json = fixture
        .run(["frame", "坚持以*为底线", "--format", "json"])
        .succeeds()
        .json();
    assert_eq!(
        (&json["pattern"], &json["matches"]),
        (&json!("坚持以*为底线"), &json!(3))
    );
    let row = at(&json, "/rows/0");
    assert_eq!(at(row, "/fillers"), &json!(["防汛抗旱"]));
    let counts = ["occurrences", "documents", "first", "last"].map(|name| row[name].clone());
    assert_eq!(counts, [json!(2), json!(2), json!(2015), json!(2018)]);
    assert_eq!(at(row, "/example/document/id"), "2015/乙.txt");
    let csv = fixture
        .run(["frame", "坚持以*为底线", "--format", "csv", "--by", "year"])
        .succeeds();
    assert_eq!(
        csv.stdout(),
        "filler,occurrences,documents,first,last,example,document,title,date,section,line,2011,2015,2018\n\
         防汛抗旱,2,2,2015,2018,坚持以防汛抗旱为底线,2015/乙.txt,云岭乡2015年工作总结,2015,一、基本做法,3,0,1,1\n\
         安全生产,1,1,2011,2011,坚持以安全生产为底线,2011/甲.txt,云岭乡2011年工作总结,2011,一、基本做法,3,1,0,0\n"
    );
    fixture
        .run(["frame", "以*为*做到", "-o", "表.xlsx"])
        .succeeds();
    let sheets = sheets(&fixture, "表.xlsx");
    assert_eq!(
        sheets
            .iter()
            .map(|(name, _)| name.as_str())
            .collect::<Vec<_>>(),
        ["Fillers", "Slot 1", "Slot 2"]
    );
    assert_eq!(sheets[0].1[1][..3], ["防汛抗旱", "底线", "2"]);
    assert_eq!(sheets[2].1[1][..2], ["底线", "3"]);
}

/// Names and cells of a workbook's sheets.
fn sheets(fixture: &Fixture, name: &str) -> Vec<(String, Vec<Vec<String>>)> {
    use calamine::Reader;
    let mut workbook: calamine::Xlsx<_> =
        calamine::open_workbook(fixture.path(name)).expect("a workbook");
    let sheets = workbook.worksheets().into_iter();
    let cells = |row: &[calamine::Data]| row.iter().map(ToString::to_string).collect();
    sheets
        .map(|(name, range)| (name, range.rows().map(cells).collect()))
        .collect()
}

const DRAFT: &str = "荷塘村2020年工作打算\n一、做法\n全村修路三百里，架桥六座，山货出山再不靠肩挑背扛。<script>今夜月色真好</script>！\n";

#[test]
fn check_classes_sentences_and_totals_documents() {
    let fixture = fixture();
    fixture.write("稿.txt", DRAFT);
    let json = fixture
        .run(["check", "稿.txt", "--format", "json"])
        .succeeds()
        .json();
    let rows: Vec<_> = json["sentences"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|s| (s["text"].clone(), s["class"].clone()))
        .collect();
    let near = json!("全村修路三百里，架桥六座，山货出山再不靠肩挑背扛。");
    assert!(rows.contains(&(near, json!("near"))), "{rows:?}");
    assert_eq!(at(&json, "/documents/0/document/id"), "2011/甲.txt");
    let text = fixture.run(["check", "稿.txt"]).succeeds();
    assert!(
        text.stdout()
            .contains("≈ 全[-村-]{+乡+}修路三百里，架桥[-六-]{+五+}座，"),
        "{}",
        text.stdout()
    );
    let from_input = fixture
        .run_with_input(["check", "-", "--format", "json"], DRAFT.as_bytes())
        .succeeds()
        .json();
    assert_eq!(from_input["sentences"], json["sentences"]);
}

#[test]
fn the_page_of_a_check_is_self_contained() {
    let fixture = fixture();
    fixture.write("稿.txt", DRAFT);
    fixture
        .run(["check", "稿.txt", "--lang", "zh", "-o", "稿.html"])
        .succeeds();
    let page = std::fs::read_to_string(fixture.path("稿.html")).expect("a page");
    assert!(
        page.contains("lang=\"zh-CN\"") && page.contains("default-src 'none'"),
        "{page}"
    );
    for loaded in ["src=", "url(", "http://", "https://", "@import"] {
        assert!(!page.contains(loaded), "{loaded}");
    }
    assert!(page.contains("&lt;script&gt;"), "the draft is escaped");
    assert_eq!(page.matches("<script>").count(), 1, "only the page's own");
    // Every linked sentence has a panel.
    let links: Vec<&str> = page
        .split("href=\"#s")
        .skip(1)
        .filter_map(|rest| rest.split('"').next())
        .collect();
    assert!(!links.is_empty());
    for number in links {
        assert!(
            page.contains(&format!("<section id=\"s{number}\">")),
            "{number}"
        );
    }
    assert!(
        page.contains("<del>村</del><ins>乡</ins>修路三百里"),
        "{page}"
    );
}

#[test]
fn the_workbook_of_a_check_has_sentences_and_documents() {
    let fixture = fixture();
    fixture.write("稿.txt", DRAFT);
    fixture.run(["check", "稿.txt", "-o", "稿.xlsx"]).succeeds();
    let sheets = sheets(&fixture, "稿.xlsx");
    assert_eq!(
        sheets
            .iter()
            .map(|(name, _)| name.as_str())
            .collect::<Vec<_>>(),
        ["Summary", "Sentences", "Documents", "Citations"]
    );
    let near = sheets[1]
        .1
        .iter()
        .find(|row| row.get(1).is_some_and(|class| class == "near"))
        .expect("a near sentence");
    assert_eq!(
        near[4],
        "全村修路三百里，架桥六座，山货出山再不靠肩挑背扛。"
    );
    assert_eq!(near[6], "2");
    assert_eq!(sheets[2].1[1][0], "2011/甲.txt");
    let share: f64 = sheets[2].1[1][3].parse().expect("a share");
    assert!(share > 0.0 && share < 1.0, "{share}");
}

#[test]
fn a_draft_is_not_compared_with_itself_or_with_what_is_excluded() {
    let fixture = fixture();
    fixture.write("稿.txt", FILES[0].1);
    let check = |more: &[&str]| {
        let command = ["check", "稿.txt", "--format", "json"];
        let ran = fixture.run(command.iter().chain(more));
        ran.succeeds().json()
    };
    let json = check(&[]);
    assert_eq!(json["excluded"], json!(["2011/甲.txt"]));
    assert_eq!(at(&json, "/documents/0/document/id"), "2018/丙.txt");
    let json = check(&["--exclude", "2018/丙.txt", "--min-similarity", "0.6"]);
    assert_eq!(json["excluded"], json!(["2018/丙.txt", "2011/甲.txt"]));
    assert_eq!(json["min_similarity"], 0.6);
    assert_eq!(at(&json, "/documents/0/document/id"), "2015/乙.txt");
    let text = fixture.run(["--lang", "zh", "check", "稿.txt"]).succeeds();
    assert!(text.stdout().contains("稿件自身"), "{}", text.stdout());
    let refused = fixture.run(["check", "稿.txt", "--exclude", "没有.txt"]);
    refused.fails_with(&["没有.txt"]);
}

#[test]
fn nothing_in_a_check_is_struck_through_but_what_is_taken_out() {
    let fixture = fixture();
    fixture.write(
        "稿.txt",
        "稿\n全乡修路三百里，架桥五座，山货出山再不靠肩挑背扛。\n",
    );
    let ran = fixture
        .run(["--color", "always", "check", "稿.txt"])
        .succeeds();
    assert!(ran.stdout().contains("verbatim"), "{}", ran.stdout());
    assert!(!ran.stdout().contains("\u{1b}[9m"), "{}", ran.stdout());
}

#[test]
fn similar_takes_documents_and_files() {
    let fixture = fixture();
    let json = fixture
        .run(["similar", "2011/甲.txt", "--format", "json"])
        .succeeds()
        .json();
    assert_eq!(at(&json, "/similar/0/document/id"), "2018/丙.txt");
    assert_eq!(at(&json, "/similar/0/passages/0/other_line"), 3);
    fixture.write("稿.txt", DRAFT);
    let text = fixture.run(["similar", "稿.txt"]).succeeds();
    assert!(text.stdout().contains("2011/甲.txt"), "{}", text.stdout());
    fixture
        .run(["similar", "没有.txt"])
        .fails_with(&["no document `没有.txt`"]);
}

#[test]
fn duplicates_are_near_copies() {
    let copy = FILES[0].1.replace("2011年", "2012年");
    let mut files = FILES.to_vec();
    files.push(("2012/戊.txt", &copy));
    let fixture = Fixture::indexed(&files);
    let json = fixture
        .run(["duplicates", "--min-similarity", "0.7", "--format", "json"])
        .succeeds()
        .json();
    let clusters = json["clusters"].as_array().expect("a list");
    let ids: Vec<_> = clusters
        .iter()
        .flat_map(|cluster| cluster["documents"].as_array().expect("a list"))
        .map(|copy| copy["document"]["id"].clone())
        .collect();
    assert_eq!(ids, [json!("2011/甲.txt"), json!("2012/戊.txt")]);
    self::fixture()
        .run(["duplicates", "--min-similarity", "0.7"])
        .exits(1);
}

#[test]
fn bad_input_says_what_is_wrong() {
    let fixture = fixture();
    let fails = |arguments: &[&str], part: &str| fixture.run(arguments).fails_with(&[part]);
    fails(&["precedent", ""], "there is nothing to look for");
    fails(&["precedent", "，。！"], "there is nothing to look for");
    fails(&["frame", "*"], "a gap needs words on both sides");
    fails(&["frame", ""], "expected");
    fails(&["frame", "为底线"], "has no gap; put `*`");
    fails(&["check", "没有.txt"], "没有.txt");
    fixture.write_bytes("坏.bin", &[0, 159, 3, 255, 0, 1, 2, 0, 200, 7].repeat(50));
    fails(&["check", "坏.bin"], "坏.bin");
    fixture.write("空.txt", "");
    fails(&["check", "空.txt"], "空.txt");
    let long = "塬".repeat(1_000_000);
    let ran = |arguments: &[&str]| -> Ran { fixture.run_with_input(arguments, long.as_bytes()) };
    ran(&["precedent", "-"]).fails_with(&["1000000 characters, the limit is 10000"]);
    ran(&["check", "-"]).fails_with(&["1000000 characters, the limit is 200000"]);
    fixture
        .run(["precedent", "修路", "--min-similarity", "2"])
        .fails_with(&["from 0 to 1"]);
    fixture
        .run(["--lang", "zh", "precedent", "。"])
        .fails_with(&["没有可查的内容"]);
}

#[test]
fn the_same_question_has_the_same_answer() {
    let fixture = fixture();
    fixture.write("稿.txt", DRAFT);
    for arguments in [
        ["precedent", "坚持以招商引资为底线", "--format=html"],
        ["check", "稿.txt", "--format=json"],
        ["frame", "以*为", "--format=json"],
        ["similar", "2011/甲.txt", "--format=json"],
    ] {
        let once = fixture.run(arguments).succeeds();
        let again = fixture.run(arguments).succeeds();
        assert_eq!(once.stdout(), again.stdout());
    }
}
