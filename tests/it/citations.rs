//! Citations of a draft, held against verdicts that were labelled by hand, and against a scan of the texts.

use std::io::Read;

use serde_json::Value;

use crate::fixture::Fixture;
use crate::rng::Rng;

const DRAFT: &str = include_str!("../../docs/citations/draft.txt");
/// What is right about each citation of the draft, by reading: kind, text, status, remark.
const VERDICTS: &str = include_str!("../../docs/citations/verdicts.tsv");

/// The citations of a draft.
#[track_caller]
fn cited(fixture: &Fixture, draft: &str) -> Vec<Value> {
    let ran = fixture.run_with_input(["check", "-", "--format", "json"], draft.as_bytes());
    let check: Value = serde_json::from_str(ran.stdout()).expect("JSON");
    check["citations"].as_array().expect("citations").clone()
}

fn field<'a>(citation: &'a Value, name: &str) -> &'a str {
    citation[name].as_str().unwrap_or_default()
}

/// Kind, text, status and remark of each citation, in order.
#[track_caller]
fn check(fixture: &Fixture, draft: &str, expected: &[[&str; 4]]) {
    let found = cited(fixture, draft);
    let found: Vec<[&str; 4]> = found
        .iter()
        .map(|one| ["kind", "text", "status", "remark"].map(|name| field(one, name)))
        .collect();
    assert_eq!(found, expected, "{draft}");
}

#[test]
fn the_sample_draft_has_the_verdicts_of_a_reader() {
    let expected: Vec<[&str; 4]> = VERDICTS
        .lines()
        .skip(1)
        .map(|line| {
            let mut cells = line.split('\t');
            [(); 4].map(|()| cells.next().expect("four columns"))
        })
        .collect();
    let fixture = Fixture::with_samples();
    check(&fixture, DRAFT, &expected);
    // A place leads to the characters of the draft, and the edits add up to both wordings.
    let lines: Vec<&str> = DRAFT.lines().collect();
    for citation in cited(&fixture, DRAFT) {
        let line = citation["passage"]["line"].as_u64().expect("a line") as usize;
        let at = |end: usize| citation["place_in_draft"][end].as_u64().expect("an offset") as usize;
        let text: String = lines[line - 1]
            .chars()
            .skip(at(0))
            .take(at(1) - at(0))
            .collect();
        assert_eq!(text, field(&citation, "text"));
        let steps = citation["diff"].as_array().expect("steps").iter();
        let joined = |side: usize| -> String {
            steps
                .clone()
                .filter_map(|step| step[side].as_str())
                .collect()
        };
        if !joined(1).is_empty() {
            assert!(text.starts_with(&joined(1)), "{citation}");
            assert_eq!(joined(2), field(&citation, "wording"), "{citation}");
        }
    }
}

/// A regulation in two editions, with what amended another law and what repealed a third.
const LAWS: [(&str, &str); 5] = [
    (
        "条例2015.txt",
        "云岭县水渠管护条例\n（2015年3月5日云岭县人民代表大会通过）\n第一条　为了管好水渠，制定本条例。\n第二条　水渠由受益村分段管护，管护人由村民会议推选。\n第三条　枯水时节轮流放水，上游先放三日。\n",
    ),
    (
        "条例2021.txt",
        "云岭县水渠管护条例\n（2021年6月1日云岭县人民代表大会修订）\n第一条　为了管好水渠，制定本条例。\n第二条　水渠由受益村分段管护，管护人由村民会议推选。\n村民会议每年听取管护人报告：\n（一）清淤里程；\n（二）放水天数。\n第三条　枯水时节轮流放水，上游先放五日。\n第四条　盗水的，责令退回所得。\n",
    ),
    (
        "茶亭.txt",
        "云岭县茶亭看守办法\n（2010年4月2日云岭县人民政府发布）\n第一条　茶亭由行路较多的村看守。\n第二条　看守人每日烧茶两次，不取分文。\n",
    ),
    (
        "驿道.txt",
        "云岭县驿道通行规定\n（2019年9月9日云岭县人民政府发布）\n第一条　驿道上牛马靠右。\n第二条　本规定自公布之日起施行。《云岭县茶亭看守办法》同时废止。\n",
    ),
    (
        "修改.txt",
        "云岭县人民政府关于修改《云岭县驿道通行规定》的决定\n2022年1月4日\n将第一条修改为：驿道上牛马靠左。\n",
    ),
];

#[test]
fn a_law_is_told_with_what_came_later() {
    let fixture = Fixture::indexed(&LAWS);
    let newer = |draft: &str, kind: &str| -> Value {
        let all = cited(&fixture, draft);
        let one = all
            .iter()
            .find(|one| one["kind"] == kind)
            .expect("the citation");
        one["newer"].clone()
    };
    // The words of the older edition are right, and the newer one reads differently.
    let draft = "《云岭县水渠管护条例》第三条规定“枯水时节轮流放水，上游先放三日”。";
    check(
        &fixture,
        draft,
        &[
            ["title", "云岭县水渠管护条例", "verbatim", ""],
            ["article", "第三条", "verbatim", ""],
            [
                "quotation",
                "枯水时节轮流放水，上游先放三日",
                "verbatim",
                "",
            ],
        ],
    );
    let revised = newer(draft, "quotation");
    assert_eq!(
        (field(&revised, "relation"), &revised["holds"]),
        ("revised", &Value::Bool(false))
    );
    assert_eq!(field(&revised, "place"), "条例2021.txt:1");
    assert_eq!(field(&newer(draft, "article"), "place"), "条例2021.txt:8");
    // An article of which the editions differ, and nothing says which one is meant.
    check(
        &fixture,
        "依照《云岭县水渠管护条例》第三条。",
        &[
            ["title", "云岭县水渠管护条例", "verbatim", ""],
            ["article", "第三条", "ambiguous", "editions_differ"],
        ],
    );
    // Its year says it.
    check(
        &fixture,
        "依照《云岭县水渠管护条例》（2015年版）第三条、第四条。",
        &[
            ["title", "云岭县水渠管护条例", "verbatim", ""],
            ["article", "第三条", "verbatim", "exists"],
            ["article", "第四条", "not_found", "no_such_article"],
        ],
    );
    let repealed = newer("依照《云岭县茶亭看守办法》。", "title");
    assert_eq!(
        (field(&repealed, "relation"), field(&repealed, "place")),
        ("repealed", "驿道.txt:4")
    );
    let amended = newer("依照《云岭县驿道通行规定》第一条。", "article");
    assert_eq!(
        (field(&amended, "relation"), field(&amended, "date")),
        ("amended", "2022-01-04")
    );
}

#[test]
fn paragraphs_and_items_are_told_apart() {
    let fixture = Fixture::indexed(&LAWS);
    for (draft, status, remark, wording) in [
        (
            "《云岭县水渠管护条例》第二条第二款规定“村民会议每年听取管护人报告”。",
            "verbatim",
            "",
            "",
        ),
        (
            "《云岭县水渠管护条例》第二条第一款规定“村民会议每年听取管护人报告”。",
            "altered",
            "other_part",
            "第二条第二款",
        ),
        (
            "《云岭县水渠管护条例》第二条第二款第（一）项“清淤里程”。",
            "verbatim",
            "",
            "",
        ),
        (
            "《云岭县水渠管护条例》第二条第三款。",
            "not_found",
            "no_such_part",
            "",
        ),
        (
            "《云岭县水渠管护条例》第二条第二款第（三）项。",
            "not_found",
            "no_such_part",
            "",
        ),
        (
            "《云岭县水渠管护条例》第一条规定，水渠由受益村分段管护，管护人由村民会议推选。",
            "altered",
            "other_article",
            "第二条",
        ),
        (
            "《云岭县水渠管护条例》第三条规定“盗水的，要鸣锣三声并罚酒”。",
            "not_found",
            "content_missing",
            "",
        ),
    ] {
        let all = cited(&fixture, draft);
        let one = all
            .iter()
            .find(|one| one["kind"] == "article")
            .expect("the article");
        let found = ["status", "remark", "wording"].map(|name| field(one, name));
        assert_eq!(found, [status, remark, wording], "{draft}");
    }
}

#[test]
fn a_law_goes_by_other_names() {
    let fixture = Fixture::indexed(&LAWS);
    for draft in [
        "依照《云岭县水渠管护条例》。该条例第四条规定“盗水的，责令退回所得”。",
        "依照《云岭县水渠管护条例》（以下简称《条例》），修渠三里。\n《条例》第四条规定“盗水的，责令退回所得”。",
        "依照云岭县水渠管护条例第四条“盗水的，责令退回所得”。",
        "“盗水的，责令退回所得”（《云岭县水渠管护条例》第四条）。",
    ] {
        let all = cited(&fixture, draft);
        for kind in ["article", "quotation"] {
            let one = all
                .iter()
                .find(|one| one["kind"] == kind)
                .expect("the citation");
            assert_eq!(
                (field(one, "status"), &one["remark"]),
                ("verbatim", &Value::Null),
                "{draft}"
            );
            assert_eq!(field(one, "named"), "云岭县水渠管护条例", "{draft}");
        }
    }
    // A draft that is itself a regulation cites nothing by its own numbers.
    let own = "青禾镇水渠条例\n第一条　制定本条例。\n第二条　依照本条例第一条办理。\n";
    assert!(cited(&fixture, own).is_empty());
    check(
        &fixture,
        "依照第三条办理。",
        &[["article", "第三条", "ambiguous", "no_source"]],
    );
}

/// Few characters, so that an altered wording is often another true one.
#[test]
fn a_report_is_that_of_its_year() {
    let fixture = Fixture::indexed(&[
        (
            "2015.txt",
            "政府工作报告\n2015年3月5日\n一、工作回顾\n全乡水渠灌溉面积达到120亩。\n",
        ),
        (
            "2016.txt",
            "2016年云岭乡政府工作报告\n2016年3月5日\n一、工作回顾\n全乡水渠灌溉面积达到150亩。\n",
        ),
    ]);
    // The document that has this title and no more is of another year.
    check(
        &fixture,
        "2016年政府工作报告指出，全乡水渠灌溉面积达到150亩。",
        &[["figure", "150亩", "verbatim", ""]],
    );
    check(
        &fixture,
        "2016年政府工作报告指出，全乡水渠灌溉面积达到120亩。",
        &[["figure", "120亩", "altered", ""]],
    );
    check(
        &fixture,
        "《政府工作报告》（2012年）已经公布。",
        &[["title", "政府工作报告", "ambiguous", "other_edition"]],
    );
}

#[test]
fn an_article_that_has_all_the_words_is_meant_by_them() {
    let fixture = Fixture::indexed(&[(
        "办法.txt",
        "云岭县水渠巡查办法\n2019年5月1日\n第一条 擅自改动水渠的，责令限期改正，对直接负责的主管人员依法给予处分。\n\
         第二条 损坏水渠设施，尚未造成漏水的，对直接负责的主管人员依法给予处分。\n",
    )]);
    let about = |article: &str| {
        format!(
            "《云岭县水渠巡查办法》{article}规定，尚未造成漏水的，对直接负责的主管人员依法给予处分。"
        )
    };
    let title = ["title", "云岭县水渠巡查办法", "verbatim", ""];
    check(
        &fixture,
        &about("第一条"),
        &[title, ["article", "第一条", "altered", "other_article"]],
    );
    check(
        &fixture,
        &about("第二条"),
        &[title, ["article", "第二条", "verbatim", ""]],
    );
}

#[test]
fn the_first_of_a_long_list_of_laws_is_repealed_too() {
    let names = [
        "渠道", "堤防", "塘坝", "泵站", "涵闸", "机井", "河道", "雨水",
    ];
    let list: Vec<String> = names
        .iter()
        .map(|name| format!("《中华人民共和国{name}管护法》"))
        .collect();
    let text = format!(
        "中华人民共和国水利管护法\n2020年5月1日\n第一条 本法自2021年1月1日起施行。{}同时废止。\n",
        list.join("、")
    );
    let fixture = Fixture::indexed(&[("水利管护法.txt", &text)]);
    for name in names {
        let all = cited(&fixture, &format!("依照《{name}管护法》办理。"));
        assert_eq!(field(&all[0]["newer"], "relation"), "repealed", "{name}");
    }
}

const CHARS: [&str; 7] = ["水", "渠", "修", "管", "村", "放", "清"];

fn wording(rng: &mut Rng, n: usize) -> String {
    (0..n).map(|_| *rng.one_of(&CHARS)).collect()
}

#[test]
fn verdicts_are_those_of_a_scan() {
    let mut rng = Rng::new(7);
    // Three laws of twelve articles.
    let laws: Vec<(String, Vec<String>)> = [
        "甲江县渡口管理办法",
        "乙河县石桥养护规定",
        "丙溪县蜂场登记细则",
    ]
    .iter()
    .map(|title| {
        let articles = (0..12).map(|_| wording(&mut rng, 14)).collect();
        ((*title).to_owned(), articles)
    })
    .collect();
    let numerals = [
        "一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二",
    ];
    let files: Vec<(String, String)> = laws
        .iter()
        .map(|(title, articles)| {
            let lines: String = numerals
                .iter()
                .zip(articles)
                .map(|(n, text)| format!("第{n}条　{text}。\n"))
                .collect();
            (format!("{title}.txt"), format!("{title}\n{lines}"))
        })
        .collect();
    let files: Vec<(&str, &str)> = files
        .iter()
        .map(|(name, text)| (name.as_str(), text.as_str()))
        .collect();
    let fixture = Fixture::indexed(&files);
    let mut draft = String::from("核对稿\n");
    let mut expected = Vec::new();
    for _ in 0..120 {
        let (title, articles) = rng.one_of(&laws);
        let at = rng.below(12);
        let from = rng.below(7);
        let n = 5 + rng.below(3);
        let mut quoted: Vec<String> = articles[at]
            .chars()
            .skip(from)
            .take(n)
            .map(String::from)
            .collect();
        if rng.below(2) == 0 {
            let ord = rng.below(quoted.len());
            quoted[ord] = (*rng.one_of(&CHARS)).to_owned();
        }
        let quoted = quoted.concat();
        let cited = rng.below(12);
        draft.push_str(&format!(
            "《{title}》第{}条规定“{quoted}”。\n",
            numerals[cited]
        ));
        let in_law = articles.iter().any(|article| article.contains(&quoted));
        expected.push((in_law, articles[cited].contains(&quoted)));
    }
    let all = cited(&fixture, &draft);
    let of_kind = |kind: &str| {
        all.iter()
            .filter(|one| one["kind"] == kind)
            .collect::<Vec<_>>()
    };
    let (articles, quotations) = (of_kind("article"), of_kind("quotation"));
    assert_eq!((articles.len(), quotations.len()), (120, 120));
    for (ord, (in_law, in_article)) in expected.iter().enumerate() {
        let (article, quotation) = (articles[ord], quotations[ord]);
        assert_eq!(
            field(quotation, "status") == "verbatim",
            *in_law,
            "{quotation}"
        );
        // Words that are nowhere in the law decide nothing about its article.
        if *in_law {
            assert_eq!(
                field(article, "status") == "verbatim",
                *in_article,
                "{article} {quotation}"
            );
        }
    }
    let n_in_law = expected.iter().filter(|(in_law, _)| *in_law).count();
    assert!((30..115).contains(&n_in_law), "{n_in_law}");
}

#[test]
fn reviewers_get_a_list_and_comments() {
    let fixture = Fixture::with_samples();
    fixture.write("draft.txt", DRAFT);
    for name in ["list.xlsx", "draft.docx", "page.html"] {
        fixture.run(["check", "draft.txt", "-o", name]).succeeds();
    }
    let part = |file: &str, name: &str| {
        let file = std::fs::File::open(fixture.path(file)).expect("the file");
        let mut archive = zip::ZipArchive::new(file).expect("an archive");
        let mut xml = String::new();
        archive
            .by_name(name)
            .expect("the part")
            .read_to_string(&mut xml)
            .expect("XML");
        xml
    };
    let n = VERDICTS.lines().count() - 1;
    let comments = part("draft.docx", "word/comments.xml");
    assert_eq!(comments.matches("<w:comment ").count(), n);
    assert!(comments.contains("[-6.39亿元-]{+6.93亿元+}"));
    let page = std::fs::read_to_string(fixture.path("page.html")).expect("the page");
    assert_eq!(page.matches("type=\"checkbox\"").count(), n);
    assert!(page.contains("<del>6.39亿元</del><ins>6.93亿元</ins>"));
    let shared = part("list.xlsx", "xl/sharedStrings.xml");
    assert!(shared.contains("☐") && shared.contains("[-6.39亿元-]{+6.93亿元+}"));
    let text = fixture
        .run(["check", "draft.txt", "--lang", "en"])
        .succeeds();
    let said = format!("{n} citations: 12 as in the source, 4 altered, 3 not found, 0 undecided.");
    assert!(text.stdout().contains(&said), "{}", text.stdout());
}
