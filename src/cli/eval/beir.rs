//! Judged collections in BEIR layout (Thakur et al. 2021, BEIR: a heterogeneous benchmark).

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use anyhow::Context;

use super::measure::{Answer, Query};

/// The judged queries of the folder, in the file's order.
pub(super) fn read(set: &Path) -> anyhow::Result<Vec<Query>> {
    let read = |name: &str| {
        let path = set.join(name);
        std::fs::read_to_string(&path).with_context(|| format!("{} cannot be read", path.display()))
    };
    let qrels = read("qrels.tsv")?;
    let mut relevant = judgements(&qrels);
    let mut queries = Vec::new();
    for line in read("queries.jsonl")?.lines() {
        let query: serde_json::Value = serde_json::from_str(line)?;
        let text = |name: &str| query[name].as_str().unwrap_or_default();
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

/// Ids of relevant records by query.
fn judgements(qrels: &str) -> BTreeMap<&str, BTreeSet<String>> {
    let mut relevant: BTreeMap<&str, BTreeSet<String>> = BTreeMap::new();
    for line in qrels.lines().skip(1) {
        let mut columns = line.split('\t');
        let (Some(query), Some(document)) = (columns.next(), columns.next()) else {
            continue;
        };
        if columns.next().is_none_or(|score| score != "0") {
            let documents = relevant.entry(query).or_default();
            documents.insert(document.to_owned());
        }
    }
    relevant
}
