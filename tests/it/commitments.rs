//! What the newer of two reports says of the figures that the older one sets, on the samples of docs/commitments.md.

use serde_json::Value;

use crate::fixture::Fixture;

const OLD: &str = include_str!("../../docs/commitments/2010.txt");
const NEW: &str = include_str!("../../docs/commitments/2011.txt");

/// Status, reason, figure of the target, figure of the outcome, lines of both.
type Said<'a> = (
    &'a str,
    Option<&'a str>,
    &'a str,
    Option<&'a str>,
    &'a str,
    Option<&'a str>,
);

fn line(place: &Value) -> Option<&str> {
    place.as_str()?.rsplit_once(':').map(|(_, line)| line)
}

fn said(answer: &Value) -> Vec<Said<'_>> {
    let commitments = answer["commitments"].as_array().expect("a list").iter();
    commitments
        .map(|one| {
            (
                one["status"].as_str().expect("a status"),
                one["reason"].as_str(),
                one["target"]["figure"].as_str().expect("a figure"),
                one["outcome"]["figure"].as_str(),
                line(&one["target"]["place"]).expect("a line"),
                line(&one["outcome"]["place"]),
            )
        })
        .collect()
}

#[test]
fn the_figures_of_the_sample_have_their_verdicts() {
    let fixture = Fixture::indexed(&[("2010.txt", OLD), ("2011.txt", NEW)]);
    let answer = fixture
        .run(["compare", "2010.txt", "2011.txt", "--format", "json"])
        .succeeds()
        .json();
    assert_eq!(
        said(&answer),
        [
            ("met", None, "8%左右", Some("7.7%"), "8", Some("5")),
            ("met", None, "1200人以上", Some("1352人"), "8", Some("5")),
            ("not_mentioned", None, "4.5%以内", None, "8", None),
            ("missed", None, "3%以内", Some("4.1%"), "8", Some("5")),
            ("met", None, "3%—4%", Some("3.4%"), "8", Some("5")),
            ("met", None, "20条", Some("21条"), "9", Some("6")),
            ("missed", None, "35公里", Some("28公里"), "9", Some("6")),
            (
                "undecided",
                Some("in_words"),
                "1.2万亩",
                Some(""),
                "9",
                Some("6")
            ),
            ("met", None, "2.4亿斤以上", Some("12.1万吨"), "9", Some("6")),
            ("met", None, "6000名", Some("6200多名"), "10", Some("7")),
            (
                "undecided",
                Some("outcome_rounded"),
                "三百户",
                Some("近三百户"),
                "10",
                Some("7")
            ),
            ("met", None, "120元", Some("120元"), "10", Some("7")),
            (
                "undecided",
                Some("no_bound"),
                "1500万元",
                Some("1460万元"),
                "11",
                Some("8")
            ),
            (
                "undecided",
                Some("only_about"),
                "2亿元左右",
                Some("3亿元"),
                "11",
                Some("8")
            ),
            (
                "undecided",
                Some("longer_period"),
                "10万亩",
                None,
                "12",
                None
            ),
        ]
    );
    for one in answer["commitments"].as_array().expect("a list") {
        for side in ["target", "outcome"] {
            let side = &one[side];
            if side.is_null() {
                continue;
            }
            // The span is where the figure is in its sentence.
            let span = |at: usize| side["span"][at].as_u64().expect("an offset") as usize;
            let text = side["text"].as_str().expect("a text").chars();
            let cut: String = text.skip(span(0)).take(span(1) - span(0)).collect();
            assert_eq!(side["figure"], cut, "{side}");
        }
    }
}

#[test]
fn the_terminal_says_the_same_in_columns() {
    let fixture = Fixture::indexed(&[("2010.txt", OLD), ("2011.txt", NEW)]);
    let printed = fixture
        .run(["compare", "2010.txt", "2011.txt", "--lang", "zh"])
        .succeeds();
    let printed = printed.stdout();
    let summary = "为下一年定下的数字 15 个：完成 7，未完成 2，未提及 1，无法判定 5";
    assert!(printed.contains(summary), "{printed}");
    let mut lines = printed.lines().skip_while(|line| *line != summary).skip(1);
    let header = lines.next().expect("a header");
    let cells = |text: &str| -> usize {
        text.chars()
            .map(|ch| if ch.is_ascii() { 1 } else { 2 })
            .sum()
    };
    let starts = |line: &str, word: &str| line.find(word).map(|at| cells(&line[..at]));
    let row = lines.find(|line| line.contains("↑4.1%")).expect("a row");
    assert!(row.starts_with("未完成"), "{row}");
    assert_eq!(
        starts(row, "居民消费价格"),
        starts(header, "指标"),
        "{header}\n{row}"
    );
    assert_eq!(
        starts(row, "↑3%"),
        starts(header, "目标"),
        "{header}\n{row}"
    );
}

#[test]
fn an_older_report_and_the_same_year_have_no_outcomes() {
    let fixture = Fixture::indexed(&[("2010.txt", OLD), ("2011.txt", NEW)]);
    for [old, new] in [["2011.txt", "2010.txt"], ["2010.txt", "2010.txt"]] {
        let answer = fixture.run(["compare", old, new, "--format", "json"]);
        assert_eq!(
            answer.succeeds().json()["commitments"],
            Value::Array(Vec::new())
        );
        let printed = fixture
            .run(["compare", old, new, "--lang", "en"])
            .succeeds();
        assert!(
            !printed.stdout().contains("Commitments"),
            "{}",
            printed.stdout()
        );
    }
}
