//! Two reports compared.

use serde_json::{Map, Value};

use super::text::{Text, Words, field, list, number, path};
use crate::cli::messages::say;

pub(in crate::mcp) const COMPARE: Text = Text {
    head,
    entry,
    between: "\n",
    empty: "mcp-no-changes",
};

fn head(whole: &Map<String, Value>, words: &Words) -> String {
    let part = |name: &str| whole.get(name).unwrap_or(&Value::Null);
    let summary = part("summary");
    let mut out = say!(
        words.lang,
        "mcp-compare-head",
        old = words.document(part("old")),
        new = words.document(part("new")),
        kept = number(summary, "kept"),
        changed = number(summary, "changed"),
        moved = number(summary, "moved"),
        dropped = number(summary, "dropped"),
        added = number(summary, "new")
    );
    for figure in list(summary, "figures") {
        let (of, old, new) = (
            field(figure, "of"),
            field(figure, "old"),
            field(figure, "new"),
        );
        let place = say!(words.lang, "mcp-place", place = field(figure, "place"));
        out.push_str(&format!("\n{of} {old} → {new} {place}"));
    }
    for line in commitments(whole, words) {
        out.push('\n');
        out.push_str(&line);
    }
    out
}

/// The number of commitments by status, then each that came with the answer: its status, measure, and both figures with their places.
fn commitments(whole: &Map<String, Value>, words: &Words) -> Vec<String> {
    let counts = whole.get("commitment_counts").unwrap_or(&Value::Null);
    let n = |status| number(counts, status);
    let all = n("met") + n("missed") + n("not_mentioned") + n("undecided");
    if all == 0 {
        return Vec::new();
    }
    let mut out = vec![say!(
        words.lang,
        "compare-commitments-summary",
        all,
        met = n("met"),
        missed = n("missed"),
        unmentioned = n("not_mentioned"),
        undecided = n("undecided")
    )];
    let listed = whole.get("commitments").and_then(Value::as_array);
    for one in listed.into_iter().flatten() {
        let status = match field(one, "status") {
            "met" => words.lang.text("compare-commitment-met"),
            "missed" => words.lang.text("compare-commitment-missed"),
            "not_mentioned" => words.lang.text("compare-commitment-not-mentioned"),
            _ => words.lang.text("compare-commitment-undecided"),
        };
        let stated = |side: &Value| {
            let place = say!(words.lang, "mcp-place", place = field(side, "place"));
            format!(
                "{} {} {place}",
                field(side, "measure"),
                field(side, "figure")
            )
        };
        let outcome = &one["outcome"];
        let outcome = match outcome.is_null() {
            true => String::new(),
            false => format!(" → {}", stated(outcome)),
        };
        out.push(format!("[{status}] {}{outcome}", stated(&one["target"])));
    }
    out
}

/// The status, then both wordings with their places.
fn entry(pair: &Value, ord: usize, words: &Words) -> String {
    let status = match field(pair, "status") {
        "kept" => words.lang.text("compare-kept"),
        "changed" => words.lang.text("compare-changed"),
        "moved" => words.lang.text("compare-moved"),
        "dropped" => words.lang.text("compare-dropped"),
        _ => words.lang.text("compare-new"),
    };
    let side = |name: &str, mark: &str| {
        let sentence = pair.get(name).filter(|one| !one.is_null())?;
        let place = say!(words.lang, "mcp-place", place = field(sentence, "place"));
        Some(format!(
            "  {mark} {} {place}",
            field(sentence, "text").trim()
        ))
    };
    let newest = if pair["new"].is_null() { "old" } else { "new" };
    let mut lines = vec![format!(
        "[{ord}] {status} {}",
        path(&pair[newest]["section"])
    )];
    lines.extend(side("old", "-"));
    lines.extend(side("new", "+"));
    lines.join("\n")
}
