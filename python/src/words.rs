//! The language of messages.

use std::error::Error;
use std::sync::atomic::{AtomicBool, Ordering};

use pyo3::prelude::*;

use crate::cli::messages::{Lang, of_library_or_part, say};
use crate::error::bad_argument;

/// Whether messages are in Chinese.
static IS_CHINESE: AtomicBool = AtomicBool::new(false);

/// Chooses the language of messages.
pub(crate) fn choose(lang: Lang) {
    IS_CHINESE.store(lang == Lang::Zh, Ordering::Relaxed);
}

/// Chooses that of the locale, as the command does.
pub(crate) fn choose_by_locale() {
    choose(Lang::of_locale(|name| std::env::var(name).ok()));
}

/// The language of messages.
pub(crate) fn lang() -> Lang {
    match IS_CHINESE.load(Ordering::Relaxed) {
        true => Lang::Zh,
        false => Lang::En,
    }
}

/// An error of the library and its causes, in the words of the command.
pub(crate) fn explain(error: &xunzhang::Error) -> String {
    let lang = lang();
    let mut said = Vec::new();
    let mut cause: Option<&(dyn Error + 'static)> = Some(error);
    while let Some(error) = cause {
        said.push(of_library_or_part(error, lang).unwrap_or_else(|| error.to_string()));
        cause = error.source();
    }
    said.join(&say!(lang, "error-cause"))
}

/// Chooses the language of messages: `zh` or `en`.
#[pyfunction]
pub(crate) fn set_language(py: Python<'_>, language: &str) -> PyResult<()> {
    match language {
        "zh" => choose(Lang::Zh),
        "en" => choose(Lang::En),
        _ => return Err(bad_argument(py, "language", "expected zh or en")),
    }
    Ok(())
}

/// The language of messages: `zh` or `en`.
#[pyfunction]
pub(crate) fn language() -> &'static str {
    match lang() {
        Lang::Zh => "zh",
        Lang::En => "en",
    }
}
