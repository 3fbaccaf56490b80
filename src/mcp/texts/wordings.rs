//! Wordings: variants with their sources, what fills a gap, the sentences of a draft.

use serde_json::{Map, Value};

use super::text::{Text, Words, cited, field, list, number, number_beside, text_beside};
use crate::cli::messages::{Lang, say};

pub(in crate::mcp) const PRECEDENT: Text = Text {
    head: precedent_head,
    entry: variant,
    between: "\n\n",
    empty: "mcp-nothing",
};

pub(in crate::mcp) const FRAME: Text = Text {
    head: frame_head,
    entry: row,
    between: "\n",
    empty: "mcp-nothing",
};

pub(in crate::mcp) const CHECK: Text = Text {
    head: check_head,
    entry: sentence,
    between: "\n\n",
    empty: "mcp-nothing",
};

fn precedent_head(whole: &Map<String, Value>, words: &Words) -> String {
    let text = text_beside(whole, "text");
    say!(words.lang, "mcp-precedent-head", text)
}

fn variant(variant: &Value, ord: usize, words: &Words) -> String {
    let similarity = variant["similarity"].as_f64().unwrap_or_default();
    let mut lines = vec![say!(
        words.lang,
        "mcp-variant",
        ord,
        text = field(variant, "text").trim(),
        similarity = format!("{similarity:.2}"),
        occurrences = number(variant, "occurrences"),
        documents = number(variant, "documents"),
        years = span(&variant["first"], &variant["last"], words.lang)
    )];
    lines.extend(
        list(variant, "sources")
            .iter()
            .map(|one| source(one, words)),
    );
    lines.join("\n")
}

/// From the first to the last use.
fn span(first: &Value, last: &Value, lang: Lang) -> String {
    let said = |value: &Value| match value {
        Value::String(text) => text.clone(),
        Value::Number(year) => year.to_string(),
        _ => String::new(),
    };
    let (first, last) = (said(first), said(last));
    match first.is_empty() {
        true => lang.text("mcp-undated").to_owned(),
        false if first == last => first,
        false => format!("{first}–{last}"),
    }
}

fn source(source: &Value, words: &Words) -> String {
    format!("- {}", cited(source, words))
}

fn frame_head(whole: &Map<String, Value>, words: &Words) -> String {
    say!(
        words.lang,
        "mcp-frame-head",
        pattern = text_beside(whole, "pattern"),
        matches = number_beside(whole, "matches"),
        documents = number_beside(whole, "documents")
    )
}

fn row(row: &Value, ord: usize, words: &Words) -> String {
    let fillers: Vec<&str> = list(row, "fillers")
        .iter()
        .filter_map(Value::as_str)
        .collect();
    let example = &row["example"];
    let said = say!(
        words.lang,
        "mcp-row",
        ord,
        fillers = fillers.join(" / "),
        occurrences = number(row, "occurrences"),
        documents = number(row, "documents"),
        years = span(&row["first"], &row["last"], words.lang),
        example = field(example, "text")
    );
    format!("{said}\n{}", source(example, words))
}

fn check_head(whole: &Map<String, Value>, words: &Words) -> String {
    let classes = whole.get("classes").unwrap_or(&Value::Null);
    let share = whole
        .get("share")
        .and_then(Value::as_f64)
        .unwrap_or_default();
    let mut out = say!(
        words.lang,
        "mcp-check-head",
        characters = number_beside(whole, "characters"),
        reused = number_beside(whole, "reused"),
        share = format!("{:.1}", 100.0 * share),
        verbatim = number(classes, "verbatim"),
        near = number(classes, "near"),
        loose = number(classes, "loose"),
        none = number(classes, "none")
    );
    let counts = whole.get("citation_counts").unwrap_or(&Value::Null);
    let names = ["verbatim", "altered", "not_found", "ambiguous"];
    let [verbatim, altered, not_found, ambiguous] = names.map(|name| number(counts, name));
    let n = verbatim + altered + not_found + ambiguous;
    if n > 0 {
        out.push('\n');
        out.push_str(&say!(
            words.lang,
            "citation-heading",
            n,
            verbatim,
            altered,
            not_found,
            ambiguous
        ));
    }
    let documents = whole.get("documents").and_then(Value::as_array);
    for shared in documents.into_iter().flatten() {
        let reused = number(shared, "reused");
        let document = words.document(&shared["document"]);
        out.push('\n');
        out.push_str(&say!(words.lang, "mcp-check-document", reused, document));
    }
    out
}

fn sentence(sentence: &Value, ord: usize, words: &Words) -> String {
    let class = match field(sentence, "class") {
        "verbatim" => words.lang.text("check-verbatim"),
        "near" => words.lang.text("check-near"),
        "loose" => words.lang.text("check-loose"),
        _ => words.lang.text("check-none"),
    };
    let mut lines = vec![format!(
        "[{ord}] {class}: {}",
        field(sentence, "text").trim()
    )];
    let variants = list(sentence, "variants").iter().enumerate();
    // Set in, since they are numbered too.
    lines.extend(variants.map(|(ord, one)| indented(&variant(one, ord + 1, words))));
    let citations = list(sentence, "citations").iter();
    lines.extend(citations.map(|one| indented(&citation(one, words))));
    lines.join("\n")
}

/// A citation with its status, the true wording and where it is.
fn citation(citation: &Value, words: &Words) -> String {
    let lang = words.lang;
    let kind = match field(citation, "kind") {
        "quotation" => "citation-quotation",
        "title" => "citation-title",
        "article" => "citation-article",
        "number" => "citation-number",
        _ => "citation-figure",
    };
    let status = match field(citation, "status") {
        "verbatim" => "citation-verbatim",
        "altered" => "citation-altered",
        "not_found" => "citation-not-found",
        _ => "citation-ambiguous",
    };
    let (kind, status) = (lang.text(kind), lang.text(status));
    let mut out = format!("* {kind}「{}」 {status}", field(citation, "text"));
    if let Some(wording) = citation["wording"].as_str() {
        out.push_str(&format!(" → {wording}"));
    }
    if citation["source"].is_object() {
        out.push_str(&format!("\n  {}", source(&citation["source"], words)));
    }
    let newer = &citation["newer"];
    if newer.is_object() {
        let (date, title) = (field(newer, "date"), field(&newer["document"], "title"));
        let said = match field(newer, "relation") {
            "revised" => say!(
                lang,
                "citation-revised",
                date,
                title,
                place = field(newer, "place")
            ),
            "amended" => say!(
                lang,
                "citation-amended",
                date,
                title,
                place = field(newer, "place")
            ),
            _ => say!(
                lang,
                "citation-repealed",
                date,
                title,
                place = field(newer, "place")
            ),
        };
        out.push_str(&format!("\n  {said}"));
    }
    out
}

fn indented(text: &str) -> String {
    format!("  {}", text.replace('\n', "\n  "))
}
