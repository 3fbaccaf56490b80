//! `xunzhang search`: ranking, filters, formats.

use insta::assert_snapshot;
use serde_json::{Value, json};

use crate::fixture::{Fixture, pretty};

const FILES: [(&str, &str); 3] = [
    (
        "2018/东岭乡.txt",
        "东岭乡2018年工作总结\n一、基本情况\n东岭乡有十二个村。\n二、主要做法\n（一）抓培训。安置失地农民三百人，培训瓦工和厨师。\n（二）抓增收。发展茶叶合作社。\n2018年12月20日\n",
    ),
    (
        "2020/西滩镇.txt",
        "西滩镇2020年工作总结\n一、主要做法\n安置失地农民三百人，培训瓦工和厨师。\n二、下步打算\n失地农民的社会保障再提高一步。\n2020年12月25日\n",
    ),
    (
        "2020/通知.txt",
        "关于做好防汛工作的通知\n各村要落实防汛责任，备足沙袋。\n2020年5月6日\n",
    ),
];

#[test]
fn json_has_the_documented_fields() {
    let fixture = Fixture::indexed(&FILES);
    let ran = fixture
        .run([
            "search",
            "失地农民 社会保障",
            "--format",
            "json",
            "-n",
            "1",
            "-C",
            "1",
        ])
        .succeeds();
    let mut json = ran.json();
    assert!(json["took_ms"].is_f64());
    for hit in json["hits"].as_array_mut().expect("hits") {
        // Only the order of scores is meaningful.
        hit["score"] = Value::Null;
    }
    assert_snapshot!(pretty(&json));
}

#[test]
fn single_characters_retrieve_passages() {
    let fixture = Fixture::indexed(&[
        ("甲.txt", "卫生工作总结\n收治骨继发恶性肿瘤病人三名。\n"),
        ("乙.txt", "水利工作总结\n修建水渠。\n"),
    ]);
    let found = fixture.run(["search", "骨癌", "--format", "json"]);
    let found = found.succeeds().json();
    assert_eq!(found["total"]["passages"], 1);
    let text = &found["hits"][0]["passage"]["text"];
    assert_eq!(text, "收治骨继发恶性肿瘤病人三名。");
    // They are counted, unlike exact words.
    let counted = fixture.run(["search", "骨癌", "--count", "--format", "json"]);
    assert_eq!(counted.exits(1).json()["passages"], 0);
}

#[test]
fn totals_are_those_of_each_filter() {
    let many: String = (0..120).map(|n| format!("第{n}处水渠修好。\n")).collect();
    let fixture = Fixture::indexed(&[
        ("2001.txt", &format!("2001年水利工作总结\n{many}")),
        ("2002.txt", "2002年工作总结\n引水十里。\n"),
    ]);
    let total = |year: &str| {
        let arguments = ["search", "水渠", "--year", year, "--format", "json"];
        let found = fixture.run(arguments).succeeds().json();
        let n_hits = found["hits"].as_array().expect("hits").len();
        (found["total"]["passages"].clone(), n_hits > 0)
    };
    // The title contains 水 but not 水渠: with so many passages that do, it is not counted.
    assert_eq!(total("2001"), (json!(120), true));
    assert_eq!(total("2002"), (json!(1), true));
}

#[test]
fn counts_are_exact() {
    let fixture = Fixture::indexed(&FILES);
    let ran = fixture
        .run(["search", "--count", "--format", "json", "\"失地农民\""])
        .succeeds();
    let expected =
        json!({"query": "\"失地农民\"", "occurrences": 3, "passages": 3, "documents": 2});
    assert_eq!(ran.json(), expected);
    let ran = fixture
        .run(["search", "--count", "--format", "json", "\"失业农民\""])
        .exits(1);
    let expected =
        json!({"query": "\"失业农民\"", "occurrences": 0, "passages": 0, "documents": 0});
    assert_eq!(ran.json(), expected);
}

#[test]
fn copies_are_one_hit_unless_asked_for() {
    let fixture = Fixture::indexed(&[
        ("甲.txt", "甲村总结\n全村修建水渠两公里。\n"),
        ("乙.txt", "乙村总结\n全村修建水渠两公里。\n"),
    ]);
    let hits = |more: &[&str]| {
        let ran = fixture
            .run(
                ["search", "\"修建水渠\"", "--format", "jsonl"]
                    .iter()
                    .chain(more),
            )
            .succeeds();
        let places = ran.json_lines().into_iter().map(|hit| {
            (
                hit["document"]["id"].as_str().expect("an id").to_owned(),
                hit["copies"].as_u64(),
                hit["copy_sources"].clone(),
            )
        });
        places.collect::<Vec<_>>()
    };
    let copy = json!([{"document": "甲.txt", "number": 2, "place": "甲.txt:2"}]);
    assert_eq!(hits(&[]), [("乙.txt".to_owned(), Some(1), copy)]);
    let both = [("乙.txt", 0), ("甲.txt", 0)].map(|(id, n)| (id.to_owned(), Some(n), json!([])));
    assert_eq!(hits(&["--no-collapse"]), both);
}

#[test]
fn filters_restrict_the_hits() {
    let fixture = Fixture::indexed(&FILES);
    let ids = |more: &[&str], status: i32| {
        let ran = fixture
            .run(
                [
                    "search",
                    "失地农民",
                    "--format",
                    "jsonl",
                    "--no-collapse",
                    "--sort",
                    "path",
                ]
                .iter()
                .chain(more),
            )
            .exits(status);
        let lines = ran.json_lines();
        let places = lines.iter().map(|hit| {
            format!(
                "{}:{}",
                hit["document"]["id"].as_str().expect("an id"),
                hit["passage"]["line"]
            )
        });
        places.collect::<Vec<_>>()
    };
    let (east, west, plan) = (
        "2018/东岭乡.txt:5",
        "2020/西滩镇.txt:3",
        "2020/西滩镇.txt:5",
    );
    assert_eq!(ids(&[], 0), [east, west, plan]);
    assert_eq!(ids(&["--year", "2020"], 0), [west, plan]);
    assert_eq!(ids(&["--year", "..2019"], 0), [east]);
    assert_eq!(ids(&["--path", "2018/*"], 0), [east]);
    assert_eq!(ids(&["--section", "主要做法"], 0), [east, west]);
    assert_eq!(ids(&["--kind", "通知"], 1), [""; 0]);
    assert_eq!(ids(&["--role", "打算", "--year", "2018"], 1), [""; 0]);
}

#[test]
fn a_restriction_in_the_query_is_not_a_match_by_itself() {
    let fixture = Fixture::indexed(&FILES);
    let hits = |arguments: &[&str]| {
        let command = ["search", "--format", "jsonl", "--no-collapse"];
        let ran = fixture.run(command.iter().chain(arguments)).succeeds();
        ran.stdout().to_owned()
    };
    let by_flag = hits(&["失地农民", "--year", "2020"]);
    assert_eq!(hits(&["year:2020 失地农民"]), by_flag);
    assert_eq!(hits(&["失地农民 (year:2020 AND path:2020/*)"]), by_flag);
    let count = |query| fixture.run(["search", query, "--count"]).succeeds();
    assert_eq!(
        count("year:2020 失地农民").stdout(),
        count("+失地农民 year:2020").stdout()
    );
}

#[test]
fn nothing_found_is_status_one() {
    let fixture = Fixture::indexed(&FILES);
    let ran = fixture
        .run(["search", "\"量子纠缠\"", "--format", "json"])
        .exits(1);
    let exact = json!({"occurrences": 0, "passages": 0, "documents": 0});
    let total = json!({"passages": 0, "documents": 0, "exact": exact});
    assert_eq!(ran.json()["total"], total);
}

#[test]
fn a_document_with_many_matching_passages_comes_before_one_with_a_single() {
    let once = "云岭乡简讯\n\n修渠引水，旱田变水田。\n\n今年天气晴好。\n";
    let often = "荷塘村简讯\n\n修渠引水，旱田变水田。\n\n修渠引水，坡地变梯田。\n\n修渠引水，荒坡变果园。\n\n修渠引水，沙滩变菜地。\n";
    let fixture = Fixture::indexed(&[("甲.txt", once), ("乙.txt", often), ("丙.txt", once)]);
    let arguments = ["search", "修渠引水 旱田变水田", "--format", "json"];
    let found = fixture.run(arguments).succeeds().json();
    let best = found["hits"][0]["score"].as_f64().expect("a score");
    let found = fixture
        .run(arguments.iter().chain(&["--by", "document"]))
        .succeeds()
        .json();
    let documents: Vec<&Value> = (0..3)
        .map(|ord| &found["hits"][ord]["document"]["id"])
        .collect();
    assert_eq!(documents, ["乙.txt", "丙.txt", "甲.txt"]);
    // Its best passage scores like those of the others; three more raise it by a quarter of ln(4 / 2), of which a document of
    // five passages gets 5 / (5 + 10).
    assert_eq!(found["hits"][0]["passage"]["line"], 3);
    let raised = found["hits"][0]["score"].as_f64().expect("a score");
    let wanted = best * (1.0 + 0.25 * 5.0 / 15.0 * 2.0_f64.ln());
    assert!(
        (raised / wanted - 1.0).abs() < 1e-4,
        "{raised} is not {wanted}"
    );
    assert_eq!(found["hits"][1]["score"].as_f64(), Some(best));
}

#[test]
fn near_copies_are_one_hit_that_lists_the_others() {
    let report = |place: &str, year: u32| {
        format!(
            "{place}工作总结\n在{place}党委的坚强领导下，全镇上下团结一心，圆满完成了{year}年初确定的各项目标任务，受到上级表彰。\n"
        )
    };
    let fixture = Fixture::indexed(&[
        ("丙.txt", &report("白石镇", 2011)),
        ("甲.txt", &report("松湾镇", 2009)),
        ("乙.txt", "汀溪镇工作总结\n坚强领导是完成目标任务的保证。\n"),
    ]);
    let ran = fixture
        .run(["search", "坚强领导 目标任务", "--format", "json"])
        .succeeds();
    let json = ran.json();
    let copies = |hit: &Value| (hit["document"]["id"].clone(), hit["copy_sources"].clone());
    let hits: Vec<_> = json["hits"]
        .as_array()
        .expect("hits")
        .iter()
        .map(copies)
        .collect();
    let other = json!([{"document": "甲.txt", "number": 2, "place": "甲.txt:2"}]);
    assert_eq!(hits.len(), 2, "{json}");
    assert!(hits.contains(&(json!("丙.txt"), other)), "{json}");
    assert!(hits.contains(&(json!("乙.txt"), json!([]))), "{json}");
}

#[test]
fn synonyms_and_numerals_find_other_wordings() {
    let fixture = Fixture::new();
    fixture.write(
        "corpus/甲.txt",
        "甲村总结\n为被征地农民购买保险。\n二〇二三年修渠，成本下降百分之十。\n",
    );
    fixture.write("corpus/乙.txt", "乙村总结\n全村修路。\n");
    fixture.write("同义词.txt", "失地农民 = 被征地农民\n");
    fixture
        .run(["index", "corpus", "--synonyms", "同义词.txt"])
        .succeeds();
    let found = |query: &str| {
        let ran = fixture
            .run(["search", query, "--format", "jsonl"])
            .succeeds();
        let first = ran.json_lines().remove(0);
        (
            first["passage"]["number"].clone(),
            first["passage"]["highlights"].clone(),
        )
    };
    assert_eq!(found("失地农民"), (json!(2), json!([[1, 6]])));
    assert_eq!(found("2023年").0, json!(3));
    assert_eq!(found("10%").0, json!(3));
}

#[test]
fn explain_shows_the_tree_and_each_parts_score() {
    let fixture = Fixture::indexed(&FILES);
    let ran = fixture
        .run([
            "search",
            "失地农民 +\"培训\"",
            "--explain",
            "--format",
            "json",
        ])
        .succeeds();
    let json = ran.json();
    let explanation = &json["hits"][0]["explanation"];
    let given = |part: usize| {
        explanation["parts"][part]["score"]
            .as_f64()
            .expect("a score")
    };
    assert!(given(0) > 0.0 && given(1) > 0.0, "{explanation}");
    assert_snapshot!(explanation_names(explanation));
    assert!(
        fixture
            .run(["search", "失地农民", "--explain"])
            .succeeds()
            .stdout()
            .contains("失地农民")
    );
}

/// The names in an explanation, without the numbers.
fn explanation_names(explanation: &Value) -> String {
    match explanation {
        Value::Object(fields) => {
            let fields = fields
                .iter()
                .map(|(name, value)| format!("{name}({})", explanation_names(value)));
            fields.collect::<Vec<_>>().join(" ")
        }
        Value::Array(items) => items
            .iter()
            .map(explanation_names)
            .collect::<Vec<_>>()
            .join(", "),
        Value::String(text) => text.clone(),
        _ => "_".to_owned(),
    }
}

#[test]
fn kinds_and_roles_are_accepted_in_either_script() {
    let fixture = Fixture::indexed(&FILES);
    for query in [
        "失地农民 kind:總結",
        "失地农民 kind:总结",
        "失地农民 role:做法",
    ] {
        fixture.run(["search", query]).succeeds();
    }
    fixture
        .run(["search", "失地农民", "--kind", "總結"])
        .succeeds();
    fixture
        .run(["search", "失地农民", "--kind", "通知"])
        .exits(1);
}

#[test]
fn words_after_a_minus_need_no_quotes() {
    let fixture = Fixture::indexed(&[
        ("甲.txt", "农民增收总结\n农民收入与GDP同步。\n"),
        ("乙.txt", "农民种粮总结\n农民种粮积极。\n"),
    ]);
    for exclusion in ["-GDP", "-gdp", "-收入"] {
        let ran = fixture.run([
            "search", "农民", exclusion, "--in", "body", "--format", "json",
        ]);
        let json = ran.succeeds().json();
        assert_eq!(json["query"], format!("农民 {exclusion}"));
        assert_eq!(json["hits"].as_array().expect("hits").len(), 1, "{json}");
        assert_eq!(json["hits"][0]["document"]["id"], "乙.txt");
    }
    fixture.run(["search", "农民", "-n1"]).succeeds();
    for mistyped in [
        &["search", "农民", "--yaer", "2010"][..],
        &["precedent", "--yaer", "甲"],
    ] {
        fixture.run(mistyped).fails_with(&["--ya"]);
    }
    fixture.write("-报告.txt", "丙村报告\n一、做法\n修路。\n");
    let ran = fixture.run(["outline", "--", "-报告.txt"]).succeeds();
    assert!(ran.stdout().contains("做法"), "{}", ran.stdout());
}

#[test]
fn a_hit_highlights_title_and_headings() {
    let fixture = Fixture::indexed(&[(
        "甲.txt",
        "甲村水渠工作总结\n一、整修道路的做法\n各户出工。\n",
    )]);
    let hit = |arguments: &[&str]| {
        let all = ["search"].iter().chain(arguments);
        let ran = fixture.run(all.chain(&["--format", "json"])).succeeds();
        ran.json()["hits"][0].clone()
    };
    let found = hit(&["title:水渠 出工"]);
    assert_eq!(found["title_highlights"], serde_json::json!([[2, 4]]));
    let found = hit(&["heading:道路 出工"]);
    let expected = serde_json::json!([{"ord": 0, "highlights": [[2, 4]]}]);
    assert_eq!(found["section_highlights"], expected);
    assert_eq!(
        hit(&["出工", "--section", "道路"])["section_highlights"],
        expected
    );
    let found = hit(&["title:水渠 NOT 道路"]);
    assert_eq!(found["title_highlights"], serde_json::json!([[2, 4]]));
    assert_eq!(hit(&["出工"])["title_highlights"], serde_json::Value::Null);
    let arguments = ["--color", "always", "search", "heading:道路 出工"];
    let ran = fixture.run(arguments).succeeds();
    assert!(
        ran.stdout().contains("\u{1b}[1m\u{1b}[31m道路\u{1b}[0m"),
        "{}",
        ran.stdout()
    );
}

#[test]
fn hits_and_concordances_go_into_files_of_every_format() {
    let fixture = Fixture::indexed(&FILES);
    let count = fixture
        .run(["search", "失地农民", "--count", "--format", "json"])
        .json();
    let lines = fixture
        .run(["concordance", "失地农民", "--format", "json"])
        .json();
    assert_eq!(lines["occurrences"], count["occurrences"]);
    let n_lines = lines["lines"].as_array().expect("lines").len() as u64;
    assert_eq!(Some(n_lines), count["occurrences"].as_u64());
    for command in ["search", "concordance"] {
        for end in ["xlsx", "html", "docx", "csv", "jsonl"] {
            let name = format!("{command}.{end}");
            // Twice: it is known again as a file of ours, and replaced.
            for _ in 0..2 {
                fixture.run([command, "失地农民", "-o", &name]).succeeds();
            }
            let bytes = std::fs::read(fixture.path(&name)).expect("a file");
            let start: &[u8] = match end {
                "xlsx" | "docx" => b"PK",
                "html" => b"<!DOCTYPE html>",
                "csv" => "\u{feff}".as_bytes(),
                _ => b"{",
            };
            assert!(bytes.starts_with(start), "{name}");
        }
    }
    fixture
        .run(["search", "失地农民", "-o", "corpus"])
        .fails_with(&["corpus"]);
    // What was written is no source.
    let summary = fixture.run([
        "--index",
        "other",
        "index",
        "--json",
        "search.csv",
        "search.docx",
    ]);
    assert_eq!(summary.json()["documents"], 0);
    assert_eq!(summary.json()["skipped"].as_array().map(Vec::len), Some(2));
    // A source is never replaced, by one query or by many; good lines of a file of queries are answered beside bad ones.
    fixture.write("queries.tsv", "1\t失地农民\n2\t（失地\n");
    let source = "corpus/2018/东岭乡.txt";
    let text = std::fs::read(fixture.path(source)).expect("a source");
    for query in [&["失地农民"][..], &["--queries", "queries.tsv"]] {
        let output = ["--format", "tsv", "-o", source, "--overwrite"];
        let ran = fixture.run(["search"].iter().chain(query).chain(&output));
        ran.exits(2);
    }
    assert_eq!(std::fs::read(fixture.path(source)).expect("a source"), text);
    let many = [
        "search",
        "--queries",
        "queries.tsv",
        "--format",
        "tsv",
        "-o",
        "many.txt",
    ];
    fixture.run(many).exits(2);
    let answers = std::fs::read_to_string(fixture.path("many.txt")).expect("answers");
    assert!(
        answers.lines().any(|line| line.starts_with("1\t")),
        "{answers}"
    );
    for bad in [
        ["--window", "1000000000"],
        ["--sample", "0"],
        ["--group", "left:0"],
    ] {
        fixture
            .run(["concordance", "失地农民"].iter().chain(&bad))
            .exits(2);
    }
}

/// A path of headings, the hit at its end; a Han character has two cells.
#[test]
fn section_paths_are_whole_in_a_pipe_and_cut_in_the_middle_where_it_is_narrow() {
    let text = "白苇县工作总结\n一、农田水利建设取得新的进展\n（一）东部灌区的骨干工程\n1.干渠的清淤与衬砌\n整修了三条旧渠。\n";
    let fixture = Fixture::indexed(&[("甲.txt", text)]);
    let path = |fixture: &Fixture| {
        let ran = fixture.run(["search", "旧渠", "-q"]).succeeds();
        ran.stdout()
            .lines()
            .nth(2)
            .expect("a path")
            .trim()
            .to_owned()
    };
    let whole = "一、农田水利建设取得新的进展 › （一）东部灌区的骨干工程 › 1.干渠的清淤与衬砌";
    assert_eq!(path(&fixture), whole);
    let narrow = fixture.with_variable("COLUMNS", "60");
    assert_eq!(
        path(&narrow),
        "一、农田水利建设取得新的进展 › … › 1.干渠的清淤与衬砌"
    );
    let narrow = narrow.with_variable("COLUMNS", "40");
    assert_eq!(path(&narrow), "一、农田水利建… › … › 1.干渠的清淤与…");
    let wide = narrow.with_variable("COLUMNS", "120");
    assert_eq!(path(&wide), whole);
}

#[test]
fn a_hit_says_its_collection_where_there_are_several() {
    let fixture = Fixture::new();
    fixture.write("甲/总结.txt", "甲村总结\n整修水渠三条。\n");
    fixture.run(["index", "甲"]).succeeds();
    let first = |fixture: &Fixture| {
        let ran = fixture.run(["search", "整修水渠", "-q"]).succeeds();
        ran.stdout()
            .lines()
            .nth(1)
            .expect("a place")
            .trim()
            .to_owned()
    };
    assert_eq!(first(&fixture), "总结.txt:2  总结");
    fixture.write("乙/通知.txt", "关于修路的通知\n请修路。\n");
    fixture.run(["index", "乙"]).succeeds();
    assert_eq!(first(&fixture), "甲/总结.txt:2  甲 · 总结");
}
