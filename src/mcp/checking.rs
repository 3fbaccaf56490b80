//! A draft, sentence by sentence, with its progress and a way to end it.

use clap::FromArgMatches;
use serde_json::{Map, Value, json};
use xunzhang::precedent::CitationStatus;
use xunzhang::search::Searcher;
use xunzhang::source::typed_draft;

use super::arguments::Arguments;
use super::call::{Call, Found};
use super::tool::Tool;
use crate::cli::commands::check::{Arguments as CheckArguments, bytes};
use crate::cli::fault::Fault;
use crate::cli::output::Format;
use crate::cli::unmatched;
use crate::web::Question;

/// Checks the draft of a call.
///
/// # Errors
/// Those of the command, and that it was cancelled.
pub(super) fn check(tool: &Tool, given: &Arguments, call: &Call<'_>) -> anyhow::Result<Found> {
    let question = Question::at("check").ok_or(Fault)?;
    let mut words: Vec<String> = tool.given.iter().map(|flag| (*flag).to_owned()).collect();
    words.extend(given.parameters.without(&["q"]).arguments(question, &[])?);
    words.extend(["--".to_owned(), "-".to_owned()]);
    let matches = question.matches(&words)?;
    let checked = CheckArguments::from_arg_matches(&matches)?;
    let (session, remote) = call.session(None);
    let draft = typed_draft(given.parameters.get("q").unwrap_or_default());
    let searcher = Searcher::new(&call.index).with_task(call.task.clone());
    let check = checked.check(&searcher, &draft, &session)?;
    let mut whole: Value =
        serde_json::from_slice(&bytes(&check, Format::Json, call.session.lang)?)?;
    beside_sentences(&mut whole);
    // A filter that nothing has would make every sentence one without precedent.
    unmatched::note(&matches, &session);
    Ok(Found {
        whole,
        notes: remote.notes(),
        n_skipped: 0,
    })
}

/// Moves each citation to its sentence, so that both come in the same part of an answer, and counts them by status.
fn beside_sentences(whole: &mut Value) {
    let Some(fields) = whole.as_object_mut() else {
        return;
    };
    let citations = match fields.remove("citations") {
        Some(Value::Array(citations)) => citations,
        _ => Vec::new(),
    };
    let mut counts = Map::new();
    for status in CitationStatus::ALL {
        let name = serde_json::to_value(status).unwrap_or_default();
        let n = citations.iter().filter(|one| one["status"] == name).count();
        counts.insert(name.as_str().unwrap_or_default().to_owned(), n.into());
    }
    fields.insert("citation_counts".to_owned(), counts.into());
    let Some(Value::Array(sentences)) = fields.get_mut("sentences") else {
        return;
    };
    for citation in citations {
        let start = citation["place_in_draft"][0].as_u64();
        let number = &citation["passage"]["number"];
        // A quotation may have several sentences: it is with the one that it begins in.
        let own = sentences.iter().rposition(|one| {
            one["passage"]["number"] == *number && one["span"][0].as_u64() <= start
        });
        let of_passage = || {
            let mut sentences = sentences.iter();
            sentences.position(|one| one["passage"]["number"] == *number)
        };
        if let Some(at) = own.or_else(of_passage)
            && let Some(sentence) = sentences[at].as_object_mut()
        {
            let list = sentence.entry("citations").or_insert_with(|| json!([]));
            if let Value::Array(list) = list {
                list.push(citation);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_citation_is_with_the_sentence_that_it_begins_in() {
        let sentence = |number: u32, start: u32| json!({"passage": {"number": number}, "span": [start, start + 9]});
        let citation = |number: u32, start: u32, status: &str| json!({"passage": {"number": number}, "place_in_draft": [start, start + 2], "status": status});
        let mut whole = json!({
            "sentences": [sentence(1, 0), sentence(1, 10), sentence(2, 3)],
            "citations": [citation(1, 4, "verbatim"), citation(1, 12, "altered"), citation(2, 0, "altered")],
        });
        beside_sentences(&mut whole);
        let starts: Vec<Vec<u64>> = whole["sentences"]
            .as_array()
            .expect("sentences")
            .iter()
            .map(|one| {
                let citations = one["citations"].as_array().expect("citations").iter();
                citations
                    .filter_map(|one| one["place_in_draft"][0].as_u64())
                    .collect()
            })
            .collect();
        assert_eq!(starts, [[4], [12], [0]]);
        assert_eq!(
            whole["citation_counts"],
            json!({"verbatim": 1, "altered": 2, "not_found": 0, "ambiguous": 0})
        );
        assert!(whole.get("citations").is_none());
    }
}
