//! `trend` and `words` on reports in which every word can be counted by hand.

use std::fs;

use serde_json::{Value, json};

use crate::fixture::Fixture;

const FILES: [(&str, &str); 3] = [
    (
        "2018.txt",
        "白苇县2018年工作总结\n修路三条。修路不易。\n2018年12月1日\n",
    ),
    (
        "2019.txt",
        "白苇县2019年工作总结\n修水渠三条，修路一条。\n2019年12月3日\n",
    ),
    (
        "2021.txt",
        "白苇县2021年工作总结\n整修水渠，水渠通水。\n2021年12月8日\n",
    ),
];

#[test]
fn a_trend_in_the_terminal_and_in_files() {
    let fixture = Fixture::indexed(&FILES);
    let ran = fixture.run(["--lang", "zh", "trend", "水渠"]).succeeds();
    let lines: Vec<&str> = ran.stdout().lines().collect();
    assert_eq!(
        lines[..8],
        [
            "水渠",
            "共 3 次（未注日期 0 次）；首见 2019-12-03，高峰 2021（每万字 625.00），末见",
            "2021-12-08；时段太少，不作判断",
            "首见于 白苇县2019年工作总结（2019.txt）",
            "2018        0",
            "2019*      1   303.03  ███████████████████▍",
            "2020  –（无文档）",
            "2021*      2   625.00  ████████████████████████████████████████",
        ]
    );
    let outputs = ["-o", "t.csv", "-o", "t.json", "-o", "t.svg", "-o", "t.html"];
    let words = ["--lang", "zh", "trend", "水渠", "修路"];
    fixture.run(words.iter().chain(&outputs)).succeeds();
    let read = |name: &str| fs::read_to_string(fixture.path(name)).expect(name);
    assert_eq!(
        read("t.csv"),
        "\u{feff}\"时段\",文档数,字数,单薄,水渠,水渠 每万字,修路,修路 每万字\r\n\
         2018,1,32,*,0,0.0000,2,625.0000\r\n\
         2019,1,33,*,1,303.0303,1,303.0303\r\n\
         2020,0,0,,,,,\r\n\
         2021,1,32,*,2,625.0000,0,0.0000\r\n"
    );
    let trend: Value = serde_json::from_str(&read("t.json")).expect("JSON");
    assert_eq!(trend["words"][1]["first"], "2018-12-01");
    assert_eq!(trend["words"][1]["course"], "unknown");
    assert_eq!(trend["words"][1]["first_use"]["document"], "2018.txt");
    assert_eq!(trend["words"][1]["first_use"]["uncertain"], Value::Null);
    assert_eq!(trend["collections"], json!(["corpus"]));
    let svg = read("t.svg");
    assert!(
        svg.contains("2021*") && svg.contains("水渠、修路：每万字次数"),
        "{svg}"
    );
    assert!(
        svg.contains("corpus · 2018–2021 · 3 篇 · 灰底：无文档"),
        "{svg}"
    );
    let page = read("t.html");
    assert_eq!(page.matches("<svg").count(), 2);
    let at = |text: &str| page.find(text).expect("on the page");
    assert!(at("class=\"answer\"") < at("<svg") && at("<svg") < at("不足 1 万字的时段"));
}

#[test]
fn the_first_use_in_a_revised_statute_is_uncertain() {
    let statute = "水利条例\n（1988年1月21日第六届全国人民代表大会常务委员会第二十四次会议通过 2016年7月2日第十二届全国人民代表大会常务委员会第二十一次会议修正）\n第一条 水渠由村民委员会管理。\n";
    let files = [("条例.txt", statute), FILES[1]];
    let fixture = Fixture::indexed(&files);
    let ran = fixture.run(["--lang", "zh", "trend", "水渠"]).succeeds();
    let text = ran.stdout();
    assert!(text.contains("首见 2016-07-02?，"), "{text}");
    assert!(text.contains("1988-01-21 首次通过"), "{text}");
    assert!(text.contains("日期可靠的首见：2019-12-03"), "{text}");
    fixture.run(["trend", "水渠", "-o", "t.json"]).succeeds();
    let text = fs::read_to_string(fixture.path("t.json")).expect("a file");
    let trend: Value = serde_json::from_str(&text).expect("JSON");
    let word = &trend["words"][0];
    assert_eq!(word["first_use"]["uncertain"], "revised");
    assert_eq!(word["first_use"]["adopted"], "1988-01-21");
    assert_eq!(word["first_certain"]["date"], "2019-12-03");
}

#[test]
fn lists_of_words() {
    let fixture = Fixture::indexed(&FILES);
    let list = |arguments: &[&str]| -> Value {
        let all = ["words"]
            .iter()
            .chain(arguments)
            .chain(&["--format", "json"]);
        fixture.run(all).succeeds().json()
    };
    let top = list(&["top", "-n", "100"]);
    let top = top.as_array().expect("a list");
    let of = |word: &str| top.iter().find(|line| line["word"] == word).cloned();
    assert_eq!(
        of("总结").map(|line| line["documents"].clone()),
        Some(json!(3))
    );
    assert_eq!(of("三"), None);
    let collocates = list(&["collocates", "水渠", "--least", "1"]);
    let with = collocates.as_array().expect("a list").iter();
    let with: Vec<&Value> = with.filter(|line| line["word"] == "整修").collect();
    assert_eq!(with.len(), 1, "{collocates}");
    assert_eq!(
        (&with[0]["together"], &with[0]["left"], &with[0]["log_dice"]),
        (&json!(1), &json!(1), &json!(13.0))
    );
}

#[test]
fn keyness_and_new_words() {
    let coined = "推行渠路联修。村里说渠路联修好。要渠路联修。";
    let others = ["修路", "种树", "养鱼", "通水", "植棉", "采茶"];
    let mut files: Vec<(String, String)> = Vec::new();
    for (ord, other) in others.iter().enumerate() {
        let text = format!(
            "白苇县2019年工作总结{ord}\n{other}，{coined}{other}渠路联修，渠路联修{other}。\n"
        );
        files.push((format!("甲/{ord}.txt"), text));
        let text = format!("白苇县2019年通知{ord}\n各村{other}，{other}要及时。\n");
        files.push((format!("乙/{ord}.txt"), text));
    }
    let files: Vec<(&str, &str)> = files
        .iter()
        .map(|(path, text)| (&**path, &**text))
        .collect();
    let fixture = Fixture::indexed(&files);
    let new = ["words", "new", "--format", "dict", "--least", "10"];
    let loose = ["--cohesion", "1", "--freedom", "1"];
    let ran = fixture.run(new.iter().chain(&loose)).succeeds();
    assert_eq!(ran.stdout(), "白苇县 12\n渠路联修 30\n");
    fixture.write("words.txt", ran.stdout());
    let again = ["index", "--rebuild", "--dict", "words.txt", "corpus"];
    fixture.run(again).succeeds();
    fixture.run(new.iter().chain(&loose)).exits(1);

    let keyness = ["words", "keyness", "--path", "甲/*", "--format", "json"];
    let list = fixture.run(keyness).succeeds().json();
    assert_eq!(list[0]["word"], "渠路联修");
    assert_eq!(
        (&list[0]["occurrences"], &list[0]["against"]),
        (&json!(30), &json!(0))
    );
    let all = list.as_array().expect("a list").iter();
    let least = all.map(|line| line["log_ratio"].as_f64().expect("a number"));
    assert!(least.fold(f64::INFINITY, f64::min) > 0.0);
}

/// A report says what a trend says, in every form.
#[test]
fn a_report_marks_an_uncertain_first_use() {
    let statute = "水利条例\n（1988年1月21日第六届全国人民代表大会常务委员会第二十四次会议通过 2016年7月2日第十二届全国人民代表大会常务委员会第二十一次会议修正）\n第一条 水渠由村民委员会管理。\n";
    let fixture = Fixture::indexed(&[("条例.txt", statute), FILES[1]]);
    let ran = fixture
        .run(["--lang", "zh", "report", "水渠", "总结"])
        .succeeds();
    let text = ran.stdout();
    assert!(text.contains("2016-07-02?"), "{text}");
    assert!(
        text.contains("水渠：? 该法规 1988-01-21 首次通过"),
        "{text}"
    );
    assert!(text.contains("日期可靠的首见：2019-12-03"), "{text}");
    assert!(!text.contains("总结："), "{text}");
    for name in ["r.json", "r.csv", "r.html", "r.md"] {
        fixture.run(["report", "水渠", "-o", name]).succeeds();
        let text = fs::read_to_string(fixture.path(name)).expect("a file");
        match name {
            "r.json" => {
                let report: Value = serde_json::from_str(&text).expect("JSON");
                let entry = &report["entries"][0];
                assert_eq!(entry["first"], "2016-07-02");
                assert_eq!(entry["first_use"]["uncertain"], "revised");
                assert_eq!(entry["first_certain"]["date"], "2019-12-03");
            }
            _ => assert!(
                text.contains("2016-07-02?") && text.contains("1988-01-21"),
                "{name}: {text}"
            ),
        }
    }
}
