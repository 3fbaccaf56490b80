//! Counts of words, with their years.

use serde_json::{Map, Value};

use super::text::{Text, Words, field, number};
use crate::cli::messages::say;

pub(in crate::mcp) const COUNT: Text = Text {
    head,
    entry,
    between: "\n\n",
    empty: "mcp-nothing",
};

fn head(_whole: &Map<String, Value>, words: &Words) -> String {
    words.lang.text("mcp-count-head").to_owned()
}

fn entry(count: &Value, _ord: usize, words: &Words) -> String {
    let mut out = say!(
        words.lang,
        "mcp-count",
        query = field(count, "query"),
        occurrences = number(count, "occurrences"),
        passages = number(count, "passages"),
        documents = number(count, "documents")
    );
    let years: Vec<String> = count["years"]
        .as_object()
        .into_iter()
        .flatten()
        .map(|(year, n)| year_of(year, n, &count["per_10k"][year], words))
        .collect();
    if !years.is_empty() {
        out.push('\n');
        out.push_str(&years.join("; "));
    }
    let undated = number(count, "undated");
    if undated > 0 {
        out.push('\n');
        out.push_str(&say!(words.lang, "mcp-count-undated", undated));
    }
    out
}

fn year_of(year: &str, n: &Value, per_10k: &Value, words: &Words) -> String {
    let n = n.as_u64().unwrap_or_default();
    match per_10k.as_f64() {
        Some(rate) => {
            let rate = format!("{rate:.2}");
            say!(words.lang, "mcp-count-year", year, n, rate)
        }
        None => format!("{year}: {n}"),
    }
}
