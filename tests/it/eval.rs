//! `xunzhang eval` on our own samples.

use crate::fixture::{Fixture, Ran};

const ONE_OF_EACH: &str = r#"{"id":"p1","type":"passage","query":"保洁保安岗位只招失地农民","relevant":[{"document":"白苇县/2013年7月失地农民就业工作经验交流发言.txt","lines":[19]}]}
{"id":"p2","type":"passage","query":"改水改厕 垃圾池","relevant":[{"document":"鹭溪湾镇/2008年新农村建设工作汇报.txt","lines":[16]},{"document":"临澜市/2020年脱贫攻坚工作总结.txt","lines":[11]}]}
{"id":"d1","type":"document","query":"失地农民社会保障 调研","relevant":[{"document":"临澜市/关于失地农民社会保障问题的调研报告.txt","lines":[]}]}
"#;

fn judge(lines: &str) -> Ran {
    let fixture = Fixture::with_samples();
    fixture.write("judged.jsonl", lines);
    fixture.run(["eval", "--judged", "judged.jsonl"])
}

/// The columns of a set, except the time.
fn figures(out: &str, set: &str) -> Vec<String> {
    let line = out.lines().find(|line| line.starts_with(set));
    let line = line.unwrap_or_else(|| panic!("no {set} in {out}"));
    line.split_whitespace().take(5).map(str::to_owned).collect()
}

#[test]
fn judged_queries_are_measured_by_type() {
    let out = judge(ONE_OF_EACH).succeeds();
    assert_eq!(
        figures(out.stdout(), "document"),
        ["document", "1", "1.0000", "1.0000", "1.0000"]
    );
    // The second query finds one of two relevant passages, at rank 1: 1 / (1 + 1 / log2 3) = 0.6131.
    assert_eq!(
        figures(out.stdout(), "passage"),
        ["passage", "2", "0.8066", "0.7500", "1.0000"]
    );
}

/// The judged queries over the sample reports, see `tests/relevance`: a change must not lower these figures.
#[test]
fn the_judged_queries_of_the_samples_are_answered() {
    let judged = include_str!("../relevance/samples.jsonl");
    let out = judge(judged).succeeds();
    let least = [("document", 14, 0.87, 0.99), ("passage", 34, 0.68, 0.94)];
    for (kind, queries, ndcg, recall) in least {
        let found = figures(out.stdout(), kind);
        let number = |column: usize| found[column].parse::<f64>().expect("a number");
        assert_eq!(number(1), f64::from(queries));
        assert!(number(2) >= ndcg && number(3) >= recall, "{found:?}");
    }
}

#[test]
fn judgements_of_another_collection_are_refused() {
    let absent = r#"{"id":"d1","type":"document","query":"水库","relevant":[{"document":"无此县/总结.txt","lines":[]}]}"#;
    judge(absent).fails_with(&["judged.jsonl:1", "`无此县/总结.txt` is not in the index"]);
    judge(&ONE_OF_EACH.replace("[19]", "[19,9999]"))
        .fails_with(&["has no passage on some of the judged lines"]);
    judge("{}").fails_with(&["judged.jsonl:1"]);
}

#[test]
fn a_set_in_beir_layout_is_measured() {
    let fixture = Fixture::new();
    let corpus = "{\"_id\":\"a\",\"title\":\"\",\"text\":\"云岭乡修路三百里。\"}\n{\"_id\":\"b\",\"title\":\"\",\"text\":\"荷塘村种树千株。\"}\n";
    fixture.write("乡村/corpus.jsonl", corpus);
    let queries = "{\"_id\":\"1\",\"text\":\"云岭乡修路多少里\"}\n{\"_id\":\"2\",\"text\":\"没有判过\"}\n{\"_id\":\"3\",\"text\":\"种树\"}\n";
    fixture.write("乡村/queries.jsonl", queries);
    fixture.write(
        "乡村/qrels.tsv",
        "query-id\tcorpus-id\tscore\n1\ta\t1\n3\tb\t1\n3\ta\t0\n",
    );
    let out = fixture.run(["eval", "乡村"]).succeeds();
    assert_eq!(
        figures(out.stdout(), "乡村"),
        ["乡村", "2", "1.0000", "1.0000", "1.0000"]
    );
}
