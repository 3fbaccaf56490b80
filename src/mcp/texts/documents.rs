//! Documents: lists of them, their headings, their text.

use serde_json::{Map, Value};

use super::text::{Text, Words, field, number, path};
use crate::cli::messages::say;

pub(in crate::mcp) const READ: Text = Text {
    head: document_head,
    entry: passage,
    between: "\n",
    empty: "mcp-nothing",
};

pub(in crate::mcp) const OUTLINE: Text = Text {
    head: document_head,
    entry: heading,
    between: "\n",
    empty: "mcp-nothing",
};

pub(in crate::mcp) const DOCUMENTS: Text = Text {
    head: documents_head,
    entry: document,
    between: "\n",
    empty: "mcp-nothing",
};

fn document_head(whole: &Map<String, Value>, words: &Words) -> String {
    let document = whole.get("document").unwrap_or(&Value::Null);
    format!("{}\n{}", words.document(document), field(document, "id"))
}

/// Its line, the headings above it unless it is a heading, its text.
fn passage(passage: &Value, _ord: usize, _words: &Words) -> String {
    let section = match field(passage, "part") {
        "body" => path(&passage["section"]),
        _ => String::new(),
    };
    let section = if section.is_empty() {
        section
    } else {
        format!("〔{section}〕")
    };
    let (line, text) = (number(passage, "line"), field(passage, "text").trim());
    format!("{line}: {section}{text}")
}

fn heading(heading: &Value, _ord: usize, _words: &Words) -> String {
    let depth = usize::try_from(number(heading, "level")).unwrap_or(1);
    // No outline is deeper than ten levels.
    let indent = "  ".repeat(depth.clamp(1, 10) - 1);
    let (label, title) = (field(heading, "label"), field(heading, "title"));
    format!("{indent}{label}{title} :{}", number(heading, "line"))
}

fn documents_head(whole: &Map<String, Value>, words: &Words) -> String {
    let total = whole
        .get("total")
        .and_then(Value::as_u64)
        .unwrap_or_default();
    say!(words.lang, "mcp-documents-head", total)
}

fn document(document: &Value, _ord: usize, words: &Words) -> String {
    format!("{} ← {}", field(document, "id"), words.document(document))
}
