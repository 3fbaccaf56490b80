//! Passages that match, and occurrences in their context.

use serde_json::{Map, Value};

use super::text::{
    Text, Words, cited, field, list, marked, number, number_beside, path, text_beside,
};
use crate::cli::messages::say;

pub(in crate::mcp) const SEARCH: Text = Text {
    head: search_head,
    entry: hit,
    between: "\n\n",
    empty: "mcp-nothing",
};

pub(in crate::mcp) const CONCORDANCE: Text = Text {
    head: concordance_head,
    entry: line,
    between: "\n",
    empty: "mcp-nothing",
};

fn search_head(whole: &Map<String, Value>, words: &Words) -> String {
    let total = whole.get("total").unwrap_or(&Value::Null);
    let exact = &total["exact"];
    say!(
        words.lang,
        "mcp-search-head",
        query = text_beside(whole, "query"),
        passages = number(total, "passages"),
        documents = number(total, "documents"),
        occurrences = number(exact, "occurrences"),
        exact_passages = number(exact, "passages"),
        exact_documents = number(exact, "documents")
    )
}

fn hit(hit: &Value, ord: usize, words: &Words) -> String {
    let mut lines = vec![format!("[{ord}] {}", words.document(&hit["document"]))];
    let section = path(&hit["section"]);
    if !section.is_empty() {
        lines.push(section);
    }
    let around = |name: &str| {
        let all = list(hit, name).iter();
        all.map(|passage| format!("| {}", field(passage, "text").trim()))
            .collect::<Vec<String>>()
    };
    lines.extend(around("before"));
    let passage = &hit["passage"];
    lines.push(marked(field(passage, "text"), list(passage, "highlights")));
    lines.extend(around("after"));
    lines.push(say!(words.lang, "mcp-place", place = field(hit, "place")));
    let copies = number(hit, "copies");
    if copies > 0 {
        lines.push(say!(words.lang, "mcp-copies", copies));
    }
    lines.join("\n")
}

fn concordance_head(whole: &Map<String, Value>, words: &Words) -> String {
    say!(
        words.lang,
        "mcp-concordance-head",
        query = text_beside(whole, "query"),
        occurrences = number_beside(whole, "occurrences"),
        documents = number_beside(whole, "documents")
    )
}

fn line(line: &Value, _ord: usize, words: &Words) -> String {
    format!(
        "{}**{}**{}  ← {}",
        field(line, "left"),
        field(line, "hit"),
        field(line, "right"),
        cited(line, words)
    )
}
