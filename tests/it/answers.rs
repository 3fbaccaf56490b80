//! `xunzhang search`: output formats for people and for programs.

use std::process::Stdio;

use insta::assert_snapshot;
use serde_json::json;

use crate::fixture::Fixture;

const FILES: [(&str, &str); 4] = [
    (
        "2018/东岭乡.txt",
        "东岭乡2018年工作总结\n一、基本情况\n东岭乡有十二个村。\n二、主要做法\n（一）抓培训，稳就业。东岭乡党委先后六次开会，研究培训的内容和时间；请来县里的老师傅，在村部开班四期。安置失地农民三百人，培训瓦工和厨师。村民说：“学了手艺，心里不慌。”全乡外出务工的人比上年少了两成，留下来的多在乡里的砖厂和茶厂上班，工资按月发放，没有拖欠。乡里还给每户发了联系卡，卡上印着干部的姓名和电话，有事随时找得到人。年底回访，九成以上的人还在岗。明年准备再办六期，把电工、缝纫、家政都排进去，先报名的先学，学成的发证。（以上数字由乡统计站提供，截至十二月十五日，包括跨乡务工的人，不包括在校学生。）\n（二）抓增收。发展茶叶合作社。\n2018年12月20日\n",
    ),
    (
        "2020/西滩镇.txt",
        "西滩镇2020年工作总结\n一、主要做法\n安置失地农民三百人，培训瓦工和厨师。\n二、下步打算\n失地农民的社会保障再提高一步。\n2020年12月25日\n",
    ),
    (
        "2020/西滩镇 抄送.txt",
        "西滩镇2020年工作总结（抄送）\n一、主要做法\n安置失地农民三百人，培训瓦工和厨师。\n2020年12月28日\n",
    ),
    (
        "2020/通知.txt",
        "关于做好防汛工作的通知\n各村要落实防汛责任，备足\t沙袋。\n2020年5月6日\n",
    ),
];

fn fixture(columns: &str) -> Fixture {
    Fixture::indexed(&FILES).with_variable("COLUMNS", columns)
}

#[test]
fn the_text_format() {
    let fixture = fixture("60");
    let page = ["search", "\"失地农民\"", "--sort", "path"];
    assert_snapshot!("page_en", fixture.run(page).redacted());
    let chinese = ["--lang", "zh", "-C", "1", "--by", "document", "-n", "2"];
    let ran = fixture.run(page.iter().chain(&chinese));
    assert_snapshot!("page_zh", ran.redacted());
    let whole = fixture.run(page.iter().chain(&["--full", "-n", "1"]));
    let whole = whole.succeeds().stdout().replace("\n   ", "");
    assert!(whole.contains("截至十二月十五日"), "{whole}");
}

#[test]
fn colour_only_on_request() {
    let hit = "\u{1b}[1m\u{1b}[31m防汛责任\u{1b}[0m";
    let colour = |fixture: &Fixture, choice: &str| {
        let ran = fixture.run(["search", "\"防汛责任\"", "--color", choice]);
        let printed = ran.succeeds().stdout().to_owned();
        (printed.contains("\u{1b}["), printed.contains(hit))
    };
    let plain = fixture("80");
    assert_eq!(colour(&plain, "auto"), (false, false));
    assert_eq!(colour(&plain, "never"), (false, false));
    assert_eq!(colour(&plain, "always"), (true, true));
    let refused = fixture("80").with_variable("NO_COLOR", "1");
    assert_eq!(colour(&refused, "auto"), (false, false));
}

#[test]
fn tables_have_one_row_per_hit() {
    let fixture = fixture("80");
    let arguments = ["search", "\"备足沙袋\"", "--format"];
    let csv = fixture.run(arguments.iter().chain(&["csv"])).succeeds();
    let mut rows = csv::ReaderBuilder::new()
        .has_headers(false)
        .from_reader(csv.stdout().as_bytes());
    let rows: Vec<Vec<String>> = rows
        .records()
        .map(|row| row.expect("a row").iter().map(str::to_owned).collect())
        .collect();
    let columns = [
        "rank", "score", "document", "title", "date", "kind", "section", "line", "number", "part",
        "text",
    ];
    assert_eq!(rows[0], columns);
    assert_eq!(rows.len(), 2);
    let text = "各村要落实防汛责任，备足\t沙袋。";
    let expected = [
        "2020/通知.txt",
        "关于做好防汛工作的通知",
        "2020-05-06",
        "通知",
        "",
        "2",
        "2",
        "body",
        text,
    ];
    assert_eq!(rows[1][2..], expected);
    let tsv = fixture.run(arguments.iter().chain(&["tsv"])).succeeds();
    let lines: Vec<&str> = tsv.stdout().lines().collect();
    assert_eq!(lines[0], columns.join("\t"));
    let expected = expected
        .join("\t")
        .replace(text, "各村要落实防汛责任，备足 沙袋。");
    assert!(lines[1].ends_with(&expected), "{}", lines[1]);
}

#[test]
fn a_trec_run_ranks_documents() {
    let fixture = fixture("80");
    let ran = fixture
        .run(["search", "失地农民", "培训", "--format", "trec"])
        .succeeds();
    let rows: Vec<Vec<&str>> = ran
        .stdout()
        .lines()
        .map(|line| line.split(' ').collect())
        .collect();
    let mut ids: Vec<&str> = rows.iter().map(|row| row[2]).collect();
    ids.sort_unstable();
    assert_eq!(
        ids,
        [
            "2018/东岭乡.txt",
            "2020/西滩镇%20抄送.txt",
            "2020/西滩镇.txt"
        ]
    );
    for (ord, row) in rows.iter().enumerate() {
        assert_eq!((row[0], row[1], row[5]), ("1", "Q0", "xunzhang"));
        assert_eq!(row[3], (ord + 1).to_string());
    }
    let scores: Vec<f32> = rows
        .iter()
        .map(|row| row[4].parse().expect("a score"))
        .collect();
    assert!(scores.is_sorted_by(|a, b| a > b), "{scores:?}");
    fixture
        .run(["search", "培训", "--format", "trec", "--count"])
        .fails_with(&["--count has no format trec"]);
}

#[test]
fn a_file_of_queries_is_answered_in_order() {
    let fixture = fixture("80");
    let queries = "q2\t\"失地农民\"\n\nq1\t\"备足\n{\"_id\":3,\"text\":\"\\\"沙袋\\\"\"}\n没有制表符\nq4\t\"量子\"\n";
    fixture.write("queries.tsv", queries);
    let ran = fixture.run([
        "search",
        "--queries",
        "queries.tsv",
        "--count",
        "--format",
        "jsonl",
    ]);
    let ran = ran.exits(2);
    let expected = [
        json!({"query_id": "q2", "query": "\"失地农民\"", "occurrences": 4, "passages": 4, "documents": 3}),
        json!({"query_id": "3", "query": "\"沙袋\"", "occurrences": 1, "passages": 1, "documents": 1}),
        json!({"query_id": "q4", "query": "\"量子\"", "occurrences": 0, "passages": 0, "documents": 0}),
    ];
    assert_eq!(ran.json_lines(), expected);
    assert_eq!(
        ran.stderr(),
        "queries.tsv:3: q1: expected a closing quotation mark\n  \"备足\n  ^\n\
         queries.tsv:5: expected an id, a tab and a query\n\
         xunzhang: 2 of 5 lines could not be run; the others are done\n"
    );
    let input = "甲\t\"失地农民\"\n乙\t\"沙袋\"\n".as_bytes();
    let hits = fixture.run_with_input(
        ["search", "--queries", "-", "--format", "jsonl", "-n", "1"],
        input,
    );
    let hits = hits.succeeds().json_lines();
    let ids: Vec<&str> = hits
        .iter()
        .filter_map(|hit| hit["query_id"].as_str())
        .collect();
    assert_eq!(ids, ["甲", "乙"]);
    let none = fixture.run_with_input(["search", "--queries", "-"], "甲\t\"量子\"\n".as_bytes());
    none.exits(1);
}

#[test]
fn a_hint_names_a_query_with_hits() {
    let fixture = fixture("80");
    #[track_caller]
    fn check(fixture: &Fixture, arguments: &[&str], expected: &str) {
        let ran = fixture.run(["search"].iter().chain(arguments)).exits(1);
        assert_eq!((ran.stdout(), ran.stderr()), ("", expected));
    }
    check(
        &fixture,
        &["\"失地农民\"", "--year", "2018", "--kind", "通知"],
        "nothing found\n  without --kind 通知: 1 passage\n",
    );
    check(
        &fixture,
        &["\"失地农民\"", "--year", "1999", "--kind", "通知"],
        "nothing found\n  without any filter: 4 passages\nnothing has --year 1999; nearest: 2018, 2020\n",
    );
    check(
        &fixture,
        &["\"社会保章\"", "--lang", "zh"],
        "没有找到\n  “社会保章”没有出现；相近的有 社会保障 1 段；其中“社会保”有 1 段\n",
    );
    check(
        &fixture,
        &["+沙袋", "+茶叶"],
        "nothing found\n  each occurs (沙袋 1, 茶叶 1), but not where the rest is met; try OR, or fewer conditions\n",
    );
    check(&fixture, &["\"量子\"", "-q"], "");
}

#[test]
fn an_invalid_request_is_one_message() {
    let fixture = fixture("80");
    fixture
        .run(["search", "（失地农民", "--year", "2018", "--lang", "zh"])
        .fails_with(&["这个括号没有配对的另一半\n  （失地农民\n  ^\n"]);
    fixture
        .run(["search", "失地农民", "--year", "去年"])
        .fails_with(&["expected a year or years, as in 2009, 2005..2010 or 2018,2026"]);
    fixture
        .run(["search", "失地农民", "--role", "其他"])
        .fails_with(&["expected one of 基本情况"]);
    fixture.run(["search"]).fails_with(&["<QUERY>"]);
    fixture
        .run(["search", "失地农民", "--path", "[", "--lang", "zh"])
        .fails_with(&["`[` 不是路径通配式"]);
    fixture
        .run(["--index", "无", "search", "失地农民", "--lang", "zh"])
        .fails_with(&["无 里没有索引；先用 `xunzhang index 文件夹` 建立"]);
}

#[test]
fn words_of_a_query_need_no_quotation_marks() {
    let fixture = fixture("80");
    let ran = fixture
        .run(["search", "+失地农民", "-瓦工", "--format", "jsonl"])
        .succeeds();
    let lines: Vec<_> = ran
        .json_lines()
        .iter()
        .map(|hit| hit["passage"]["line"].clone())
        .collect();
    assert_eq!(lines, [5]);
}

#[test]
fn the_page_after_the_last_is_empty_but_found() {
    let fixture = fixture("80");
    let ran = fixture
        .run(["search", "\"失地农民\"", "--offset", "9"])
        .succeeds();
    assert_eq!(
        ran.stdout(),
        "4 passages in 3 documents; all are on earlier pages\n\n"
    );
}

#[test]
fn a_closed_pipe_is_not_an_error() {
    let fixture = fixture("80");
    let queries: String = (0..3000).map(|n| format!("{n}\t失地农民 培训\n")).collect();
    fixture.write("queries.tsv", &queries);
    let mut command = fixture.command(["search", "--queries", "queries.tsv", "--full"]);
    let mut child = command
        .stderr(Stdio::piped())
        .spawn()
        .expect("the binary runs");
    drop(child.stdout.take());
    let output = child.wait_with_output().expect("the binary ends");
    assert_eq!(output.status.code(), Some(0));
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
}
