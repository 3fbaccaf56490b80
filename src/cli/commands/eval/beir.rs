//! Judged collections in BEIR layout (Thakur et al. 2021, BEIR: a heterogeneous benchmark).

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::Context;
use xunzhang::source::input::read_list_text;

use super::measure::{Answer, Query};

/// The judged queries of the folder, in the file's order.
pub(super) fn read(set: &Path) -> anyhow::Result<Vec<Query>> {
    let read = |name: &str| {
        let path = set.join(name);
        read_list_text(&path).with_context(|| format!("{} cannot be read", path.display()))
    };
    let qrels = read("qrels.tsv")?;
    let mut relevant = judgements(&qrels);
    let mut queries = Vec::new();
    for line in read("queries.jsonl")?.lines() {
        let query: serde_json::Value = serde_json::from_str(line)?;
        let text = |name: &str| query[name].as_str().unwrap_or_default();
        // The file holds the queries of all splits of a collection, and the judgements those of one.
        if let Some(relevant) = relevant.remove(text("_id")) {
            queries.push(Query {
                text: text("text").to_owned(),
                answer: Answer::Record,
                relevant,
            });
        }
    }
    Ok(queries)
}

/// Ids of relevant records with their grades, by query; a judgement of 0 or less is no relevance, one without a grade is 1.
fn judgements(qrels: &str) -> BTreeMap<&str, BTreeMap<String, u32>> {
    let mut relevant: BTreeMap<&str, BTreeMap<String, u32>> = BTreeMap::new();
    // The first line is the header: `query-id`, `corpus-id`, `score`.
    for line in qrels.lines().skip(1) {
        let mut columns = line.split('\t');
        let (Some(query), Some(document)) = (columns.next(), columns.next()) else {
            continue;
        };
        let grade = columns
            .next()
            .map_or(Some(1), |grade| grade.trim().parse().ok());
        if let Some(grade) = grade.filter(|grade| *grade > 0) {
            let documents = relevant.entry(query).or_default();
            documents.insert(document.to_owned(), grade);
        }
    }
    relevant
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn grades_are_read() {
        let found = judgements(
            "query-id\tcorpus-id\tscore\nq\t甲\t2\nq\t乙\t0\nq\t丙\t-1\nq\t丁\nq2\t甲\t1\n",
        );
        let of = |query: &str| found[query].clone().into_iter().collect::<Vec<_>>();
        assert_eq!(of("q"), [("丁".to_owned(), 1), ("甲".to_owned(), 2)]);
        assert_eq!(of("q2"), [("甲".to_owned(), 1)]);
    }
}
