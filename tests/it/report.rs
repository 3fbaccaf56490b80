//! Keyword reports of the binary against a plain scan.

use std::collections::BTreeSet;
use std::fs;

use calamine::{Data, DataType, Reader, Xlsx};
use serde_json::Value;
use xunzhang::text::negation::Polarity;

use crate::collection::Collection;
use crate::exact::COLLECTION;
use crate::fixture::Fixture;
use crate::oracle::{Scanned, Wanted, sequence, units};
use crate::questions::{fragment, gapped, near_pair, quotable};
use crate::report_oracle::{Alternative, Asked, Quoted, expected, numbers};
use crate::rng::Rng;

/// Excerpts per entry.
const EXCERPTS: usize = 3;

#[test]
fn every_number_equals_that_of_a_scan() {
    check(&COLLECTION, &entries(&COLLECTION, 100), 50);
}

/// Asserts that every number of the report equals that of a scan, and that at least `least` entries occur.
#[track_caller]
pub(crate) fn check(collection: &Collection, entries: &[Asked], least: usize) {
    let fixture = Fixture::new();
    let lines = entries.iter().map(|entry| match &entry.group {
        Some(group) => format!("{group}：{}\n", entry.text),
        None => entry.text.clone() + "\n",
    });
    fixture.write("list.txt", &lines.collect::<String>());
    let index = collection.dir().to_str().expect("a path in UTF-8");
    let n = EXCERPTS.to_string();
    let list = ["--keywords", "list.txt", "--excerpts", &n];
    let arguments = ["--index", index, "report", "-o", "report.json"];
    fixture.run(arguments.iter().chain(&list)).succeeds();
    let text = fs::read_to_string(fixture.path("report.json")).expect("the report");
    let report: Value = serde_json::from_str(&text).expect("JSON");

    let mut passages: Vec<&Scanned> = collection.passages.iter().collect();
    passages.sort_by_key(|passage| (&passage.document, passage.number));
    let expected = expected(&passages, entries, EXCERPTS);
    let told = report["entries"].as_array().expect("entries");
    let names = told
        .iter()
        .map(|entry| entry["entry"].as_str().expect("a name"));
    let given = entries.iter().map(|entry| entry.text.as_str());
    assert_eq!(names.collect::<Vec<_>>(), given.collect::<Vec<_>>());
    for (told, expected) in told.iter().zip(&expected.entries) {
        let mut told = told.clone();
        let fields = told.as_object_mut().expect("an object");
        // What the scan does not know: the sums have to be the same.
        for by in ["by_collection", "by_issuer"] {
            let counts = fields.remove(by).expect(by);
            let counts = counts.as_object().expect(by).values();
            let sum: u64 = counts.filter_map(Value::as_u64).sum();
            assert_eq!(fields["occurrences"], sum, "{by}");
        }
        fields.remove("by_year_per_10k").expect("rates");
        for first in ["first_use", "first_certain"] {
            fields.remove(first).expect(first);
        }
        assert_eq!(&told, expected);
    }
    assert_eq!(report["cooccurrence"], Value::from(expected.pairs));
    let held = told.iter().filter(|entry| entry["occurrences"] != 0);
    assert!(held.count() >= least);

    let mut excerpts = report["excerpts"].as_array().expect("excerpts").iter();
    for (entry, quoted) in entries.iter().zip(&expected.excerpts) {
        for quoted in quoted {
            let excerpt = excerpts.next().expect("an excerpt");
            assert_eq!(excerpt["entry"], entry.text.as_str());
            check_excerpt(excerpt, quoted);
        }
    }
    assert_eq!(excerpts.next(), None);
}

#[track_caller]
fn check_excerpt(excerpt: &Value, (passage, occurrence): &Quoted) {
    let told = |name: &str| excerpt[name].as_str().expect(name);
    let place = |name: &str| excerpt["passage"][name].as_u64().expect(name);
    assert_eq!(excerpt["document"]["id"], passage.document.as_str());
    assert_eq!(
        excerpt["document"]["date"].as_str(),
        passage.date.as_deref()
    );
    assert_eq!(
        excerpt["document"]["kind"].as_str(),
        passage.kind.as_deref()
    );
    assert_eq!(
        (place("number"), place("line")),
        (passage.number.into(), passage.line.into())
    );
    let is = |polarity| occurrence.polarity == polarity;
    assert_eq!(excerpt["negated"], is(Polarity::Denied), "{excerpt}");
    assert_eq!(excerpt["prohibited"], is(Polarity::Forbidden), "{excerpt}");
    let section = excerpt["section"].as_array().expect("a section");
    let heading = |heading: &Value| {
        let part = |name: &str| heading[name].as_str().unwrap_or_default().to_owned();
        part("label") + &part("title")
    };
    let headings: Vec<String> = section.iter().map(heading).collect();
    // A bare heading is shown under itself.
    assert!(headings.starts_with(&passage.headings), "{excerpt}");

    let chars: Vec<char> = passage.text.chars().collect();
    let at = |ord: usize| excerpt["span"][ord].as_u64().expect("a place") as usize;
    let (start, end) = (at(0), at(1));
    let text = |from: usize, to: usize| chars[from..to].iter().collect::<String>();
    assert_eq!(told("hit"), text(start, end));
    assert_eq!(told("before"), text(start.saturating_sub(40), start));
    assert_eq!(told("after"), text(end, (end + 40).min(chars.len())));
    // A character of several units, as ½, is shown whole.
    let hit = &occurrence.units;
    let wanted = numbers(&passage.units[hit.clone()]);
    let shown = numbers(&units(told("hit")));
    assert!(
        shown.windows(hit.len()).any(|row| row == wanted),
        "{excerpt}"
    );
    assert!(units(&text(0, start)).len() <= hit.start, "{excerpt}");
    assert!(hit.start < units(&text(0, start + 1)).len(), "{excerpt}");
    assert!(hit.end <= units(&text(0, end)).len(), "{excerpt}");
}

/// Random entries: words, phrases, alternatives that overlap, gaps, NEAR, Boolean ones, some in groups; no two alike.
pub(crate) fn entries(collection: &Collection, n: usize) -> Vec<Asked> {
    let mut rng = Rng::new(11);
    let twice = Wanted::Near(sequence("农"), sequence("农"), 9);
    let twice = Asked {
        text: "农 NEAR/9 农".to_owned(),
        group: None,
        alternatives: vec![Alternative::of(twice)],
    };
    let mut out: Vec<Asked> = vec![twice];
    while out.len() < n {
        let group = (rng.below(4) == 0).then(|| format!("组{}", rng.below(3)));
        let (text, alternatives) = entry(collection, &mut rng);
        let asked = Asked {
            text,
            group,
            alternatives,
        };
        // The same text in two groups would give two pairs of one name, and equivalent entries are counted once.
        let is_new = |other: &Asked| other.text != asked.text && wanted(other) != wanted(&asked);
        if out.iter().all(is_new) {
            out.push(asked);
        }
    }
    out
}

/// The conditions of an entry, however it is written.
fn wanted(asked: &Asked) -> BTreeSet<String> {
    let alternatives = asked.alternatives.iter();
    alternatives
        .map(|alternative| format!("{alternative:?}"))
        .collect()
}

fn entry(collection: &Collection, rng: &mut Rng) -> (String, Vec<Alternative>) {
    let phrase = |rng: &mut Rng| {
        let fragment = fragment(collection, rng, 12);
        let wanted = Wanted::phrase(&fragment);
        (format!("\"{fragment}\""), wanted)
    };
    match rng.below(8) {
        0 | 1 => {
            let (text, wanted) = phrase(rng);
            let bare = text.trim_matches('"');
            let is_word = bare.chars().all(|ch| ('一'..='龥').contains(&ch));
            let text = if is_word { bare.to_owned() } else { text };
            (text, vec![Alternative::of(wanted)])
        }
        2 | 3 => alternatives(collection, rng),
        4 => one(gapped(collection, rng)),
        5 => one(near_pair(collection, rng)),
        6 => {
            let ((left, a), (right, b)) = (phrase(rng), phrase(rng));
            let both = Alternative {
                present: if a == b { vec![a] } else { vec![a, b] },
                ..Alternative::default()
            };
            (format!("{left} AND {right}"), vec![both])
        }
        _ => {
            let ((text, wanted), (other, absent)) = (phrase(rng), phrase(rng));
            let kind = rng.one_of(&collection.passages).kind.clone();
            let alternative = Alternative {
                present: vec![wanted],
                absent: vec![absent],
                kind,
            };
            let restriction = alternative
                .kind
                .iter()
                .map(|kind| format!(" kind:\"{kind}\""));
            let restriction: String = restriction.collect();
            (format!("+{text} -{other}{restriction}"), vec![alternative])
        }
    }
}

fn one((text, wanted): (String, Wanted)) -> (String, Vec<Alternative>) {
    (text, vec![Alternative::of(wanted)])
}

/// Pieces of one fragment, so that they overlap, and sometimes a pattern with gaps.
fn alternatives(collection: &Collection, rng: &mut Rng) -> (String, Vec<Alternative>) {
    let whole = fragment(collection, rng, 6);
    let mut texts = vec![format!("\"{whole}\"")];
    let mut out = vec![Alternative::of(Wanted::phrase(&whole))];
    for _ in 0..1 + rng.below(3) {
        let (text, wanted) = if rng.below(4) == 0 {
            gapped(collection, rng)
        } else {
            let piece = quotable(&rng.fragment(&whole, 3));
            if sequence(&piece).is_empty() {
                continue;
            }
            let wanted = Wanted::phrase(&piece);
            (format!("\"{piece}\""), wanted)
        };
        texts.push(text);
        out.push(Alternative::of(wanted));
    }
    (texts.join(" | "), out)
}

const FILES: [(&str, &str); 3] = [
    (
        "甲县/2019.txt",
        "白苇县2019年工作总结\n一、取得的成效\n新修水渠三条，没有占用水渠。\n=cmd|calc 修渠。\n2019年12月3日\n",
    ),
    (
        "乙县/2020.txt",
        "白苇县2020年工作总结\n一、存在的问题\n水渠失修，不断延长水渠。\n2020年12月8日\n",
    ),
    ("通知.txt", "关于修渠的通知\n各村整修水渠、道路。\n"),
];

const LIST: &str = "水利：水渠 | 整修水渠\n修渠\n道路\n\"=cmd\"\n";

fn with_list() -> Fixture {
    let fixture = Fixture::indexed(&FILES);
    fixture.write("list.txt", LIST);
    fixture
}

/// Cells of each sheet as text, the header first.
fn sheets(path: &std::path::Path) -> Vec<(String, Vec<Vec<Data>>)> {
    let mut book: Xlsx<_> = calamine::open_workbook(path).expect("a workbook");
    let sheets = book.worksheets().into_iter();
    sheets
        .map(|(name, cells)| (name, cells.rows().map(<[Data]>::to_vec).collect()))
        .collect()
}

#[test]
fn cells_of_the_workbook_equal_the_numbers_of_the_json() {
    let fixture = with_list();
    let outputs = ["-o", "a.xlsx", "-o", "a.json", "--excerpts", "9"];
    let arguments = ["--lang", "zh", "report", "-k", "list.txt"];
    fixture.run(arguments.iter().chain(&outputs)).succeeds();
    let text = fs::read_to_string(fixture.path("a.json")).expect("the report");
    let report: Value = serde_json::from_str(&text).expect("JSON");
    let sheets = sheets(&fixture.path("a.xlsx"));
    let names: Vec<&str> = sheets.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(
        names,
        [
            "汇总",
            "图表",
            "按文档",
            "按年份每万字",
            "按年份",
            "按文种",
            "按章节",
            "按文件夹",
            "共现",
            "摘录",
            "说明"
        ]
    );
    let entries = report["entries"].as_array().expect("entries");
    let cell = |sheet: usize, row: usize, column: usize| &sheets[sheet].1[row][column];
    let count = |cell: &Data| cell.get_float().unwrap_or(0.0) as u64;
    for (ord, entry) in entries.iter().enumerate() {
        assert_eq!(cell(0, ord + 1, 1).to_string(), entry["entry"]);
        let figures = [
            "occurrences",
            "passages",
            "documents",
            "distinct",
            "negated",
            "prohibited",
        ];
        for (column, name) in [2, 3, 4, 9, 10, 11].into_iter().zip(figures) {
            assert_eq!(count(cell(0, ord + 1, column)), entry[name], "{entry}");
        }
        let across = |sheet: usize, lead: usize, by: &str| {
            let header = &sheets[sheet].1[0];
            for (column, key) in header.iter().enumerate().skip(3) {
                if key.to_string().ends_with(" 每万字") {
                    continue;
                }
                let key = match key.to_string() {
                    key if key == "未注日期" => "undated".to_owned(),
                    key if key == "无" => "none".to_owned(),
                    key => key,
                };
                let told = entry[by][&key].as_u64().unwrap_or(0);
                assert_eq!(count(cell(sheet, ord + lead, column)), told, "{by} {key}");
            }
        };
        across(4, 3, "by_year");
        across(5, 3, "by_kind");
        across(6, 1, "by_role");
        across(7, 3, "by_folder");
        for row in &sheets[2].1[1..] {
            let told = entry["by_document"][row[0].to_string()].as_u64();
            assert_eq!(count(&row[6 + ord]), told.unwrap_or(0), "{row:?}");
        }
    }
    for pair in report["cooccurrence"].as_array().expect("pairs") {
        let at = |ord: usize| {
            let name = pair["entries"][ord].as_str().expect("a name");
            let is_it = |cell: &Data| cell.to_string().ends_with(name);
            sheets[8].1[0].iter().position(is_it).expect("a column")
        };
        let (a, b) = (at(0), at(1));
        assert_eq!(count(cell(8, a, b)), pair["passages"], "{pair}");
        assert_eq!(cell(8, a, b), cell(8, b, a));
    }
    let excerpts = report["excerpts"].as_array().expect("excerpts");
    assert_eq!(sheets[9].1.len(), excerpts.len() + 1);
    for (row, excerpt) in sheets[9].1[1..].iter().zip(excerpts) {
        let shown = [9, 10, 11].map(|column: usize| row[column].to_string());
        let told = ["before", "hit", "after"].map(|name| excerpt[name].as_str().expect(name));
        assert_eq!(shown, told);
        let context = row.last().expect("a cell");
        assert_eq!(context.to_string(), told.concat());
    }
}

/// Two collections of two issuers, without documents of 2019.
fn two_collections() -> Fixture {
    let fixture = Fixture::new();
    let report = |year: u16, text: &str| {
        format!("白苇县{year}年工作总结\n{text}\n白苇县人民政府\n{year}年12月1日\n")
    };
    fixture.write("县里/2018.txt", &report(2018, "整修水渠，水渠通水。"));
    fixture.write("县里/2020.txt", &report(2020, "各村修路。"));
    fixture.write(
        "乡里/2020.txt",
        "芦花乡2020年工作总结\n水渠通水。\n芦花乡人民政府\n2020年12月8日\n",
    );
    fixture.run(["index", "县里", "乡里"]).succeeds();
    fixture
}

#[test]
fn a_year_without_documents_is_no_zero_and_collections_are_apart() {
    let fixture = two_collections();
    let outputs = [
        "-o", "a.xlsx", "-o", "a.json", "-o", "a.html", "-o", "a.csv",
    ];
    let arguments = ["--lang", "zh", "report", "水渠", "修路"];
    fixture.run(arguments.iter().chain(&outputs)).succeeds();
    let text = fs::read_to_string(fixture.path("a.json")).expect("the report");
    let report: Value = serde_json::from_str(&text).expect("JSON");
    let entry = &report["entries"][0];
    assert_eq!(
        entry["by_collection"],
        serde_json::json!({"乡里": 1, "县里": 2})
    );
    let rates = entry["by_year_per_10k"].as_object().expect("rates");
    assert!(
        rates.contains_key("2020") && !rates.contains_key("2019"),
        "{rates:?}"
    );
    let sheets = sheets(&fixture.path("a.xlsx"));
    let rows = |name: &str| {
        let sheet = sheets.iter().find(|(known, _)| known == name);
        &sheet.expect(name).1
    };
    for name in ["按年份", "按年份每万字"] {
        let header: Vec<String> = rows(name)[0].iter().map(Data::to_string).collect();
        assert_eq!(header[3..], ["2018", "2019", "2020"], "{name}");
        // 2018, then nothing, then a number that may be zero.
        let roads = &rows(name)[4];
        assert_eq!(roads[3], Data::Float(0.0), "{roads:?}");
        assert_eq!(roads[4], Data::Empty, "{roads:?}");
        assert!(
            roads[5].get_float().is_some_and(|rate| rate > 0.0),
            "{roads:?}"
        );
    }
    let header: Vec<String> = rows("按资料集")[0].iter().map(Data::to_string).collect();
    assert_eq!(header[3..], ["乡里", "县里", "乡里 每万字", "县里 每万字"]);
    let beside = fs::read_to_string(fixture.path("a-按资料集.csv")).expect("a table");
    assert!(beside.contains("乡里"), "{beside}");
    let page = fs::read_to_string(fixture.path("a.html")).expect("a page");
    let at = |text: &str| page.find(text).expect(text);
    assert!(at("class=\"answer\"") < at("<svg") && at("<svg") < at("id=\"summary\""));
    assert!(at("id=\"summary\"") < at("id=\"about\""));
    assert!(page.contains("<td class=\"g\">–</td>"), "{page}");
}

#[test]
fn what_a_page_leaves_out_is_said() {
    let fixture = with_list();
    let words: Vec<String> = (0..300).map(|n| format!("水渠{n}\n")).collect();
    fixture.write("many.txt", &(words.concat() + "水渠\n"));
    let outputs = ["-o", "a.html", "-o", "a.md"];
    let arguments = ["--lang", "zh", "report", "-k", "many.txt"];
    fixture.run(arguments.iter().chain(&outputs)).succeeds();
    for (file, names) in [("a.html", 2), ("a.md", 2)] {
        let text = fs::read_to_string(fixture.path(file)).expect(file);
        assert_eq!(text.matches("此处不列").count(), names, "{file}");
        assert!(
            text.contains("“按文档”") && text.contains("“共现”"),
            "{file}"
        );
    }
}

#[test]
fn hits_are_first_in_a_line_of_excerpts() {
    let fixture = with_list();
    let arguments = ["report", "水渠", "--excerpts", "3", "-o", "a.html"];
    fixture.run(arguments).succeeds();
    let page = fs::read_to_string(fixture.path("a.html")).expect("a page");
    let (_, hits) = page.split_once("id=\"excerpts\"").expect("excerpts");
    let (_, row) = hits.split_once("<tbody>\n<tr>").expect("a line");
    assert!(row.starts_with("<td class=\"c\">"), "{row}");
    // No group is given: its column would be empty.
    assert!(!hits.contains("<th>Group</th>"), "{hits}");
}

#[test]
fn how_a_list_was_read_is_said() {
    let fixture = with_list();
    fixture.write("list.csv", "1,水渠、道路\n2,修渠\n");
    fixture.write("line.txt", "水渠，道路\n");
    let of = |list: &str| {
        let ran = fixture.run(["--lang", "zh", "report", "-k", list]);
        (ran.stdout().lines().count(), ran.stderr().to_owned())
    };
    let (n_lines, said) = of("list.csv");
    assert!(said.contains("“水渠、道路”按 2 个词条计"), "{said}");
    assert_eq!(n_lines, 6, "three entries");
    let (n_lines, said) = of("line.txt");
    assert!(said.contains("有几个词，合为一条计数"), "{said}");
    assert_eq!(n_lines, 4);
}

#[test]
fn negation_can_be_switched_off() {
    let fixture = with_list();
    let negated = |more: &[&str]| {
        let arguments = ["report", "水渠", "-o", "a.json"];
        fixture.run(arguments.iter().chain(more)).succeeds();
        let text = fs::read_to_string(fixture.path("a.json")).expect("the report");
        let report: Value = serde_json::from_str(&text).expect("JSON");
        report["entries"][0]["negated"].clone()
    };
    assert_eq!(negated(&[]), 1);
    assert_eq!(negated(&["--no-negation"]), Value::Null);
}

#[test]
fn two_runs_give_the_same_bytes() {
    let fixture = with_list();
    let names = [
        "a.csv",
        "a-By year.csv",
        "a.zip",
        "a.json",
        "a.html",
        "a.md",
        "a.xlsx",
    ];
    let written = || {
        let outputs = ["a.csv", "a.zip", "a.json", "a.html", "a.md", "a.xlsx"];
        let outputs = outputs.iter().flat_map(|name| ["-o", name]);
        let arguments = ["report", "-k", "list.txt", "--excerpts", "5"].into_iter();
        fixture.run(arguments.chain(outputs)).succeeds();
        names.map(|name| fs::read(fixture.path(name)).expect(name))
    };
    let first = written();
    std::thread::sleep(std::time::Duration::from_millis(2100));
    for ((name, first), second) in names.iter().zip(first).zip(written()) {
        assert!(first == second, "{name} is another one");
    }
}

#[test]
fn invalid_lists_are_refused() {
    let fixture = with_list();
    fixture.write("empty.txt", "# nothing\n\n");
    fixture.write("broken.txt", "修渠\n\"修\n甲 | (乙\n");
    fixture.write("a.xlsx", "修渠\n");
    fixture.write("long.txt", &"渠\n".repeat(10_001));
    fs::create_dir(fixture.path("b.xlsx")).expect("a folder");
    let fails = |arguments: &[&str], parts: &[&str]| {
        let all = ["report"].iter().chain(arguments);
        fixture.run(all).fails_with(parts);
    };
    fails(&["-k", "empty.txt"], &["no keywords", "in empty.txt"]);
    fails(&[], &["no keywords"]);
    fails(
        &["-k", "broken.txt", "-o", "new.json"],
        &["line 2: ", "line 3: ", "\"修\n  ^"],
    );
    fails(&["-k", "a.xlsx"], &["no Excel workbook; save the list"]);
    fails(&["-k", "long.txt"], &["10001 keywords", "split the list"]);
    fails(&["渠", "-o", "b.xlsx"], &["b.xlsx: it is a folder"]);
    fails(
        &["渠", "-o", "无/a.json"],
        &["无/a.json: there is no folder 无"],
    );
    fails(&["渠", "-o", "a.docx"], &["expected an extension of .xlsx"]);
    assert!(!fixture.path("new.json").exists());
}

#[test]
fn an_entry_in_the_list_and_on_the_command_line_is_counted_once() {
    let fixture = with_list();
    let ran = fixture.run(["report", "修渠", "整修", "-k", "list.txt"]);
    let ran = ran.succeeds();
    let lines: Vec<&str> = ran.stdout().lines().collect();
    assert_eq!(lines.iter().filter(|line| line.contains("修渠")).count(), 1);
    assert_eq!(
        lines.iter().filter(|line| line.contains("整修 ")).count(),
        1
    );
}

#[test]
fn a_report_that_finds_nothing_is_a_workbook_too() {
    let fixture = two_collections();
    let arguments = ["report", "不曾出现", "-o", "无.xlsx", "-o", "无.html"];
    let ran = fixture.run(arguments).exits(1);
    assert!(ran.stderr().contains("wrote 无.xlsx"), "{}", ran.stderr());
    let sheets = sheets(&fixture.path("无.xlsx"));
    assert!(!sheets.is_empty());
}

#[test]
fn a_keyword_that_names_a_list_is_the_list() {
    let fixture = two_collections();
    fixture.write("词表.txt", "修渠\n不曾出现\n");
    let told = |arguments: &[&str]| {
        let base = ["report", "-o", "r.json"].iter();
        fixture.run(base.chain(arguments)).status();
        fs::read_to_string(fixture.path("r.json")).expect("the report")
    };
    assert_eq!(told(&["词表.txt"]), told(&["-k", "词表.txt"]));
    assert_eq!(
        told(&["词表.txt", "水库"]),
        told(&["-k", "词表.txt", "水库"])
    );
    // Without such a file it is a word.
    let fixture = Fixture::indexed(&[("甲.txt", "见附件名单.txt。\n")]);
    let ran = fixture.run(["report", "名单.txt"]).succeeds();
    assert!(
        ran.stderr().contains("no file 名单.txt"),
        "{}",
        ran.stderr()
    );
    // A list is an input, and never written over.
    fixture.write("词表.csv", "修渠\n");
    fixture
        .run(["report", "词表.csv", "-o", "词表.csv", "--overwrite"])
        .exits(2);
}
