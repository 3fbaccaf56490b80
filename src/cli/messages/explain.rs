//! Errors as their reader meets them.

use super::library::of_library_or_part;
use super::{Lang, say};
use crate::cli::commands::verify::Damaged;
use crate::cli::defaults::BadDefaults;
use crate::cli::fault::Fault;
use crate::cli::output::{Error as OutputError, Refusal};
use crate::cli::resolve_document::{NoDocument, NoRecord, NoSuchFile};

/// The error and its causes, on one line but for the pointer into a query.
pub(crate) fn explain(error: &anyhow::Error, lang: Lang) -> String {
    let said: Vec<String> = error.chain().map(|cause| sentence(cause, lang)).collect();
    said.join(&say!(lang, "error-cause"))
}

type Cause = dyn std::error::Error + 'static;

fn sentence(cause: &Cause, lang: Lang) -> String {
    of_library_or_part(cause, lang).unwrap_or_else(|| of_command(cause, lang))
}

/// Errors of the command itself.
fn of_command(cause: &Cause, lang: Lang) -> String {
    if let Some(NoSuchFile { name, .. }) = cause.downcast_ref() {
        say!(lang, "error-no-file", name)
    } else if let Some(NoRecord { file, key }) = cause.downcast_ref() {
        say!(lang, "error-no-record", file, key)
    } else if let Some(refusal) = cause.downcast_ref::<Refusal>() {
        refusal.sentence(lang)
    } else if let Some(bad) = cause.downcast_ref::<BadDefaults>() {
        bad.sentence(lang)
    } else if let Some(NoDocument { path, .. }) = cause.downcast_ref() {
        // The file; why it gives no document is the next cause in the chain.
        path.clone()
    } else if let Some(error) = cause.downcast_ref::<OutputError>() {
        match error {
            OutputError::Workbook(_) => say!(lang, "error-workbook"),
            OutputError::Archive(_) => say!(lang, "error-archive"),
            OutputError::Document => say!(lang, "error-document"),
        }
    } else if cause.is::<Damaged>() {
        say!(lang, "error-index-damaged")
    } else if cause.is::<Fault>() {
        say!(lang, "program-failed")
    } else if is_of_another_crate(cause) {
        // Words of another crate are introduced, since they are English in every language.
        say!(lang, "error-other", said = cause.to_string())
    } else {
        // What a command said in the language itself.
        cause.to_string()
    }
}

/// Whether it is an error whose own words are English.
fn is_of_another_crate(cause: &Cause) -> bool {
    cause.is::<rust_xlsxwriter::XlsxError>()
        || cause.is::<zip::result::ZipError>()
        || cause.is::<csv::Error>()
        || cause.is::<serde_json::Error>()
        || cause.is::<std::fmt::Error>()
}

#[cfg(test)]
mod tests;
