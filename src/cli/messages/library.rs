//! Errors of the library as their reader meets them.
//!
//! The Python package takes this file too, so that it has the same words.

use std::path::Path;
use std::sync::Arc;

use xunzhang::query::{Problem, SyntaxError, TooExpensive};
use xunzhang::report::keywords::{BadLine, BadLines};
use xunzhang::source::{Action, walk};
use xunzhang::text::glob::GlobProblem;
use xunzhang::text::synonyms::{BadSynonym, SynonymProblem};
use xunzhang::text::words::BadEntry;
use xunzhang::{Error, index, precedent, query, report, search, source};

use super::reason::{of_skip, of_system};
use super::{Lang, listed, say};

/// Documents that a message names where a name may mean any of them.
// More would be a screen of ids in the middle of a sentence.
pub(super) const MOST_NAMED: usize = 8;

type Cause = dyn std::error::Error + 'static;

/// The sentence of an error of the library, or of a cause of one; `None` of any other.
pub(crate) fn of_library_or_part(cause: &Cause, lang: Lang) -> Option<String> {
    of_library(cause, lang).or_else(|| of_part(cause, lang))
}

/// An error of a module of the library.
fn of_library(cause: &Cause, lang: Lang) -> Option<String> {
    // Each `downcast_ref` takes its type from the function that is called with its result.
    if let Some(error) = cause.downcast_ref() {
        Some(of_any(error, lang))
    } else if let Some(error) = cause.downcast_ref() {
        Some(of_source(error, lang))
    } else if let Some(error) = cause.downcast_ref() {
        Some(of_index(error, lang))
    } else if let Some(error) = cause.downcast_ref::<Arc<index::Error>>() {
        // One that several requests meet.
        Some(of_index(error, lang))
    } else if let Some(error) = cause.downcast_ref() {
        Some(of_query(error, lang))
    } else if let Some(error) = cause.downcast_ref() {
        Some(of_search(error, lang))
    } else if let Some(error) = cause.downcast_ref() {
        Some(of_precedent(error, lang))
    } else {
        cause.downcast_ref().map(|error| of_report(error, lang))
    }
}

/// What an error of the library is about, or what the system says.
fn of_part(cause: &Cause, lang: Lang) -> Option<String> {
    if let Some(error) = cause.downcast_ref() {
        Some(of_syntax(error, lang))
    } else if let Some(BadLines(lines)) = cause.downcast_ref() {
        Some(of_lines(lines, lang))
    } else if let Some(error) = cause.downcast_ref() {
        Some(of_walk(error, lang))
    } else if let Some(error) = cause.downcast_ref() {
        Some(of_skip(error, lang))
    } else if let Some(BadEntry { line, text }) = cause.downcast_ref() {
        Some(say!(lang, "error-dictionary-line", line, text))
    } else if let Some(BadSynonym { line, problem }) = cause.downcast_ref() {
        Some(match problem {
            SynonymProblem::NoRule(text) => say!(lang, "error-synonyms-line", line, text),
            SynonymProblem::TooManyWords(most) => {
                say!(lang, "error-synonyms-words", line, most)
            }
        })
    } else if let Some(error) = cause.downcast_ref() {
        Some(of_engine(error, lang))
    } else {
        cause.downcast_ref().map(|error| of_system(error, lang))
    }
}

fn of_lines(lines: &[BadLine], lang: Lang) -> String {
    let lines = lines.iter().map(|BadLine { line, error }| {
        let problem = of_syntax(error, lang);
        say!(lang, "error-line", line, problem)
    });
    lines.collect::<Vec<_>>().join("\n")
}

fn of_any(error: &Error, lang: Lang) -> String {
    match error {
        Error::Source(error) => of_source(error, lang),
        Error::Index(error) => of_index(error, lang),
        Error::Query(error) => of_query(error, lang),
        Error::Search(error) => of_search(error, lang),
        Error::Precedent(error) => of_precedent(error, lang),
        Error::Report(error) => of_report(error, lang),
        // The type may gain variants; they have their own words until they have some here.
        other => other.to_string(),
    }
}

fn of_source(error: &source::Error, lang: Lang) -> String {
    match error {
        source::Error::Walk(error) => of_walk(error, lang),
        source::Error::Unfit { path, .. } => say!(lang, "error-unreadable", path = path.display()),
        source::Error::Io { path, action, .. } => {
            let path = path.display();
            match action {
                Action::Read => say!(lang, "error-unreadable", path),
                Action::Write => say!(lang, "error-unwritable", path),
                Action::Watch => say!(lang, "error-unwatchable", path),
            }
        }
        other => other.to_string(),
    }
}

fn of_index(error: &index::Error, lang: Lang) -> String {
    use index::Error;
    match error {
        Error::Source(error) => of_source(error, lang),
        Error::NoIndex(dir) => say!(lang, "error-no-index", dir = dir.display()),
        Error::NotAnIndex(dir) => say!(lang, "error-not-an-index", dir = dir.display()),
        Error::ForeignFile { dir, file } => {
            say!(lang, "error-foreign-file", dir = dir.display(), file)
        }
        Error::Unfinished(dir) => say!(lang, "error-unfinished", dir = dir.display()),
        Error::Damaged { dir, file } => say!(lang, "error-damaged", dir = dir.display(), file),
        Error::OtherFormat {
            dir,
            found,
            expected,
        } => say!(
            lang,
            "error-other-format",
            dir = dir.display(),
            found,
            expected
        ),
        Error::Locked(dir) => say!(lang, "error-locked", dir = dir.display()),
        // There a file that another program holds answers the same.
        Error::Denied(dir) if cfg!(windows) => say!(lang, "error-index-held", dir = dir.display()),
        Error::Denied(dir) => say!(lang, "error-denied", dir = dir.display()),
        Error::TooManyFiles(dir) => say!(lang, "error-too-many-files", dir = dir.display()),
        Error::Unwritten { dir, .. } => say!(lang, "error-unwritten", dir = dir.display()),
        Error::Engine { dir, .. } => say!(lang, "error-engine", dir = dir.display()),
        Error::OtherDictionary => say!(lang, "error-other-dictionary"),
        Error::Cancelled => say!(lang, "error-cancelled"),
        Error::BadSynonyms { path, .. } => say!(lang, "error-synonyms", path = path.display()),
        Error::BadDictionary { path, .. } => say!(lang, "error-dictionary", path = path.display()),
        other => other.to_string(),
    }
}

fn of_engine(error: &index::EngineError, lang: Lang) -> String {
    match error.system() {
        // What the system says is more exact than what the engine makes of it.
        Some(error) => of_system(error, lang),
        None if error.is_of_thread() => say!(lang, "error-thread"),
        None => say!(lang, "error-of-engine", said = error.to_string()),
    }
}

fn of_query(error: &query::Error, lang: Lang) -> String {
    use query::Error;
    match error {
        Error::Syntax(error) => of_syntax(error, lang),
        Error::TooExpensive(TooExpensive { phrase }) => {
            say!(lang, "error-too-expensive", phrase)
        }
        Error::BadGlob { pattern, problem } => {
            say!(
                lang,
                "error-glob",
                pattern,
                reason = of_glob(*problem, lang)
            )
        }
        Error::Index(error) => of_index(error, lang),
        other => other.to_string(),
    }
}

fn of_search(error: &search::Error, lang: Lang) -> String {
    use search::Error;
    match error {
        Error::Query(error) => of_query(error, lang),
        Error::NoDocument(id) => say!(lang, "error-no-document", id),
        Error::AmbiguousDocument { name, candidates } => of_candidates(name, candidates, lang),
        other => other.to_string(),
    }
}

fn of_precedent(error: &precedent::Error, lang: Lang) -> String {
    use precedent::Error;
    match error {
        Error::Search(error) => of_search(error, lang),
        Error::NoUnits => say!(lang, "error-no-units"),
        Error::NoSlot(pattern) => say!(lang, "error-no-slot", pattern),
        Error::Sentences(n) => say!(lang, "error-sentences", n),
        Error::TooShort(n) => say!(lang, "error-too-short", n),
        Error::TextTooLong { n_chars, limit } => {
            say!(lang, "error-text-too-long", n_chars, limit)
        }
        other => other.to_string(),
    }
}

fn of_report(error: &report::Error, lang: Lang) -> String {
    use report::Error;
    // Keywords of the command line are from no file, so that their path is empty.
    let is_typed = |path: &Path| path.as_os_str().is_empty();
    match error {
        Error::Search(error) => of_search(error, lang),
        Error::Source(error) => of_source(error, lang),
        Error::NoUnits => say!(lang, "error-no-units"),
        Error::NotAWorkbook(path) => say!(lang, "error-no-workbook", path = path.display()),
        Error::BadKeywords { path, .. } if is_typed(path) => say!(lang, "error-keywords-typed"),
        Error::BadKeywords { path, .. } => say!(lang, "error-keywords", path = path.display()),
        Error::NoKeywords(path) if is_typed(path) => say!(lang, "error-no-keywords-typed"),
        Error::NoKeywords(path) => say!(lang, "error-no-keywords", path = path.display()),
        Error::TooManyKeywords(n) => say!(lang, "error-too-many-keywords", n),
        other => other.to_string(),
    }
}

pub(super) fn of_candidates(name: &str, candidates: &[String], lang: Lang) -> String {
    let n = candidates.len();
    let named = listed(&candidates[..n.min(MOST_NAMED)], lang);
    if n > MOST_NAMED {
        say!(lang, "error-ambiguous-many", name, n, named)
    } else {
        say!(lang, "error-ambiguous", name, n, named)
    }
}

pub(super) fn of_glob(problem: GlobProblem, lang: Lang) -> String {
    match problem {
        GlobProblem::TooLong => say!(lang, "glob-too-long"),
        GlobProblem::TooDeep => say!(lang, "glob-too-deep"),
        GlobProblem::UnclosedClass => say!(lang, "glob-unclosed-class"),
        GlobProblem::InvalidRange(first, last) => {
            let [first, last] = [first, last].map(String::from);
            say!(lang, "glob-range", first, last)
        }
        GlobProblem::UnopenedBrace => say!(lang, "glob-unopened-brace"),
        GlobProblem::UnclosedBrace => say!(lang, "glob-unclosed-brace"),
        GlobProblem::DanglingEscape => say!(lang, "glob-escape"),
        GlobProblem::Unreadable => say!(lang, "glob-unreadable"),
    }
}

/// What is wrong with a query, the query, and a caret under the place.
pub(crate) fn of_syntax(error: &SyntaxError, lang: Lang) -> String {
    // The query is on a line of its own, so that the caret below it points at one character.
    format!(
        "{}\n{}",
        say!(lang, problem_key(error.problem)),
        error.pointer()
    )
}

fn problem_key(problem: Problem) -> &'static str {
    match problem {
        Problem::Empty => "query-empty",
        Problem::UnclosedQuote => "query-unclosed-quote",
        Problem::UnclosedBracket => "query-unclosed-bracket",
        Problem::NoOperand => "query-no-operand",
        Problem::NoLeftOperand => "query-no-left-operand",
        Problem::NotNearable => "query-not-nearable",
        Problem::NoDistance => "query-no-distance",
        Problem::NoWeight => "query-no-weight",
        Problem::WeightOutOfRange => "query-weight-out-of-range",
        Problem::OpenGap => "query-open-gap",
        Problem::BadRange => "query-bad-range",
        Problem::TooManyGaps => "query-too-many-gaps",
        Problem::TooFar => "query-too-far",
        Problem::Choice => "query-choice",
        Problem::NestedChoice => "query-nested-choice",
        Problem::TooManyChoices => "query-too-many-choices",
        Problem::NoValue => "query-no-value",
        Problem::BadRole => "query-bad-role",
        Problem::BadYear => "query-bad-year",
        Problem::TooDeep => "query-too-deep",
        Problem::TooMany => "query-too-many",
        Problem::TooLong => "query-too-long",
    }
}

pub(super) fn of_walk(error: &walk::Error, lang: Lang) -> String {
    match error {
        walk::Error::MissingRoot(path) => say!(lang, "error-missing-root", path = path.display()),
        walk::Error::BadPattern { pattern, problem } => {
            let reason = of_glob(*problem, lang);
            match problem {
                // A pattern over the bound is not repeated: it would fill the screen.
                GlobProblem::TooLong | GlobProblem::TooDeep => {
                    say!(lang, "error-exclude-bound", reason)
                }
                _ => say!(lang, "error-exclude", pattern, reason),
            }
        }
    }
}
