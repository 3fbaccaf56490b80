//! `lineage` on reports whose wordings are labelled by hand.

use std::fs;

use serde_json::Value;

use crate::fixture::Fixture;

/// 打好…攻坚战 of the province and the county becomes 打赢…攻坚战.
const FILES: [(&str, &str); 4] = [
    (
        "2014.txt",
        "青川省人民政府关于水利的报告\n打好节水攻坚战，全省打好节水攻坚战。\n青川省人民政府\n2014年2月1日\n",
    ),
    (
        "2016.txt",
        "白苇县人民政府关于水利的报告\n全县打好节水攻坚战。\n白苇县人民政府\n2016年12月1日\n",
    ),
    (
        "2019.txt",
        "青川省人民政府关于用水的报告\n坚决打赢节水攻坚战。\n青川省人民政府\n2019年2月1日\n",
    ),
    (
        "2020.txt",
        "白苇县水利局关于用水的报告\n我局打赢节水攻坚战，实现打赢节水攻坚战的目标。\n白苇县水利局\n2020年2月1日\n",
    ),
];

const WORDING: &str = "打好节水攻坚战";

#[test]
fn a_lineage_in_the_terminal() {
    let fixture = Fixture::indexed(&FILES);
    let ran = fixture.run(["--lang", "zh", "lineage", WORDING]).succeeds();
    let printed = ran.stdout();
    for part in [
        "共 3 次，见于 2 篇",
        "首见 2014-02-01，末见 2016-12-01",
        "高峰 2014：2 次",
        "可能的后继：打赢节水攻坚战，2019 年以来 3 次",
        "└─ 打[-好-]{+赢+}节水攻坚战",
        "同一提法（--min-similarity）：相似度 70 % 以上。",
    ] {
        assert!(printed.contains(part), "{part}: {printed}");
    }
    // The province before the county.
    let at = |text: &str| printed.find(text).expect("printed");
    assert!(at("省级") < at("县级"), "{printed}");
    let strict = [
        "--lang",
        "en",
        "lineage",
        WORDING,
        "--min-similarity",
        "0.9",
    ];
    let ran = fixture.run(strict).succeeds();
    let printed = ran.stdout();
    assert!(
        printed.contains("no successor among the forms"),
        "{printed}"
    );
    let none = fixture.run(["lineage", "夜观星象"]);
    assert_eq!(none.status(), Some(1));
    let refused = fixture.run(["lineage", "甲。乙。"]);
    assert_eq!(refused.status(), Some(2));
}

#[test]
fn a_lineage_in_files() {
    let fixture = Fixture::indexed(&FILES);
    let read = |file: &str| fs::read_to_string(fixture.path(file)).expect("a file");
    for file in ["a.json", "a.csv", "a.svg", "a.html"] {
        fixture
            .run(["--lang", "zh", "lineage", WORDING, "-o", file])
            .succeeds();
    }
    let uses = ["--lang", "zh", "lineage", WORDING, "--uses", "-o", "u.csv"];
    fixture.run(uses).succeeds();
    let found: Value = serde_json::from_str(&read("a.json")).expect("JSON");
    assert_eq!(found["first"]["date"], "2014-02-01");
    assert_eq!(found["successor"]["form"], 1);
    assert_eq!(found["forms"][1]["parent"]["form"], 0);
    assert_eq!(found["spread"]["levels"][0]["of"], "province");
    let csv = read("a.csv");
    let lines: Vec<&str> = csv.lines().collect();
    assert_eq!(lines.len(), 3, "{csv}");
    assert_eq!(
        lines[2],
        "打赢节水攻坚战,2019-02-01,2020-02-01,3,2,0.8571,打好节水攻坚战,0.8571,好→赢,,2019.txt:2"
    );
    assert_eq!(
        read("u.csv").lines().nth(1),
        Some("2014.txt:2,2014-02-01,省级,青川省人民政府,corpus,2")
    );
    let svg = read("a.svg");
    assert_eq!(svg.matches("<circle").count(), 4, "{svg}");
    assert_eq!(svg.matches("stroke-dasharray").count(), 1, "{svg}");
    assert!(svg.contains("好→赢  (3)"), "{svg}");
    // Printed in black and white it is the same.
    let is_grey = |colour: &str| {
        let digits: Vec<char> = colour.chars().take(3).collect();
        digits.windows(2).all(|two| two[0] == two[1])
    };
    let colours = svg.split("=\"#").skip(1);
    assert!(colours.into_iter().all(is_grey), "{svg}");
    let page = read("a.html");
    assert!(page.contains("<svg") && page.contains("打赢节水攻坚战"));
}

#[test]
fn a_text_that_means_something_to_svg_is_escaped() {
    let fixture = Fixture::indexed(&FILES);
    let wording = "打好<b>节水攻坚战</b>";
    fixture.run(["lineage", wording, "-o", "a.svg"]);
    let svg = fs::read_to_string(fixture.path("a.svg")).expect("a drawing");
    assert!(!svg.contains("<b>"), "{svg}");
}
