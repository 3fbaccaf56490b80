//! A draft, sentence by sentence, with its progress and a way to end it.

use clap::FromArgMatches;
use serde_json::Value;
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
    let whole: Value = serde_json::from_slice(&bytes(&check, Format::Json, call.session.lang)?)?;
    // A filter that nothing has would make every sentence one without precedent.
    unmatched::note(&matches, &session);
    Ok(Found {
        whole,
        notes: remote.notes(),
        n_skipped: 0,
    })
}
