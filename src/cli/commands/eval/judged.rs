//! Queries judged by document and line, for an index of the same files.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::{Context, bail};
use serde::Deserialize;
use xunzhang::search::Searcher;
use xunzhang::source::input::read_list_text;

use super::measure::{Answer, Query, passage_key};

/// A line of the file.
#[derive(Deserialize)]
struct Line {
    #[serde(rename = "type")]
    kind: String,
    query: String,
    relevant: Vec<Relevant>,
}

/// A document, or those of its passages that begin on some of its lines.
#[derive(Deserialize)]
struct Relevant {
    document: String,
    /// From 1; empty if the document is meant as a whole.
    #[serde(default)]
    lines: Vec<u32>,
}

/// The queries of each type, in the file's order; the types in order of their names.
pub(super) fn read(
    file: &Path,
    searcher: &Searcher<'_>,
) -> anyhow::Result<BTreeMap<String, Vec<Query>>> {
    let text =
        read_list_text(file).with_context(|| format!("{} cannot be read", file.display()))?;
    let mut types: BTreeMap<String, Vec<Query>> = BTreeMap::new();
    for (number, line) in (1..).zip(text.lines()) {
        let place = || format!("{}:{number}", file.display());
        let line: Line = serde_json::from_str(line).with_context(place)?;
        let query = query(line.query, &line.relevant, searcher).with_context(place)?;
        types.entry(line.kind).or_default().push(query);
    }
    Ok(types)
}

/// A query with the keys of what answers it: of passages if any line is named, else of documents.
fn query(text: String, judged: &[Relevant], searcher: &Searcher<'_>) -> anyhow::Result<Query> {
    let answer = match judged.iter().all(|one| one.lines.is_empty()) {
        true => Answer::Document,
        false => Answer::Passage,
    };
    let mut relevant = BTreeMap::new();
    for Relevant { document, lines } in judged {
        let passages = searcher.passages(document, |_| true)?;
        // Unnoticed, an index of other files would look like bad ranking.
        if passages.is_empty() {
            bail!("`{document}` is not in the index; give the one that was judged with --index");
        }
        if answer == Answer::Document {
            relevant.insert(document.clone(), 1);
            continue;
        }
        let before = relevant.len();
        let on_line = passages
            .iter()
            .filter(|passage| lines.contains(&passage.record.line));
        relevant.extend(on_line.map(|passage| (passage_key(document, passage.number), 1)));
        // The same for a file whose lines have moved since it was judged.
        if relevant.len() < before + lines.len() {
            bail!("`{document}` has no passage on some of the judged lines; it is another edition");
        }
    }
    Ok(Query {
        text,
        answer,
        relevant,
    })
}
