//! The result of a call as JSON, from the command that its tool names.

use super::arguments::Arguments;
use super::call::{Call, Found};
use super::tool::{Tool, Work};
use super::{checking, counting};
use crate::cli::fault::Fault;
use crate::web::Question;

/// Answers a call.
///
/// # Errors
/// Those of the command: a query that can't be read, a document that is not there.
pub(super) fn found(tool: &Tool, given: &Arguments, call: &Call<'_>) -> anyhow::Result<Found> {
    match tool.work {
        Work::Question { path, skips } => of_question(tool, path, skips, given, call),
        Work::Count => counting::counts(given, call),
        Work::Check => checking::check(tool, given, call),
    }
}

fn of_question(
    tool: &Tool,
    path: &'static str,
    skips: bool,
    given: &Arguments,
    call: &Call<'_>,
) -> anyhow::Result<Found> {
    let question = Question::at(path).ok_or(Fault)?;
    let mut flags: Vec<String> = tool.given.iter().map(|flag| (*flag).to_owned()).collect();
    let n_skipped = if skips { given.offset } else { 0 };
    if question.takes("limit") {
        // One more, which says that there are more.
        let limit = given.limit + given.offset - n_skipped + 1;
        flags.push(format!("--limit={limit}"));
    }
    if n_skipped > 0 {
        flags.push(format!("--offset={n_skipped}"));
    }
    let (whole, notes) = call.ask(question, &given.parameters, flags)?;
    Ok(Found {
        whole,
        notes,
        n_skipped,
    })
}
