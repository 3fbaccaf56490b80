//! Prints warnings about documents.

use xunzhang::source::Warning;

use crate::cli::messages;
use crate::cli::messages::{Lang, listed, say};
use crate::cli::session::{Session, Talk};
use crate::cli::terminal::printable;

/// Documents that are named for each sort of warning.
// Three ids of ordinary length fit on a line; `-v` names all.
const MOST_NAMED: usize = 3;

/// Prints a line for each sort of warning, or each warning if all are requested.
pub(super) fn note(session: &Session, warnings: &[(String, Warning)]) {
    let lang = session.lang;
    if session.talk == Talk::Verbose {
        for (id, warning) in warnings {
            let (id, sentence) = (printable(id), sentence(lang, warning));
            session.note(&say!(lang, "warning-of", id, sentence));
        }
        return;
    }
    for sort in SORTS {
        let of_sort = warnings
            .iter()
            .filter(|(_, warning)| warning.name() == sort);
        let mut ids: Vec<String> = of_sort.map(|(id, _)| printable(id)).collect();
        // Warnings are in the order of documents, so that one with several of a sort is named once.
        ids.dedup();
        if ids.is_empty() {
            continue;
        }
        let n = say!(lang, "n-documents", n = ids.len());
        let is_cut = ids.len() > MOST_NAMED;
        ids.truncate(MOST_NAMED);
        let mut named = listed(&ids, lang);
        if is_cut {
            named.push_str(&say!(lang, "warning-more-named"));
        }
        let what = headline(lang, sort);
        session.note(&say!(lang, "warning-summary", what, n, named));
    }
}

/// Sorts of warnings in the order of printing: possible loss of text comes first.
// A test compares the list with all warnings: a sort that is missing here would never be printed.
const SORTS: [&str; 20] = [
    "unaccounted",
    "incomplete",
    "skipped_inside",
    "picture_pages",
    "recognized",
    "cut_cells",
    "set_aside",
    "bad_record",
    "empty_record",
    "undecodable",
    "repeated_text",
    "repeated_id",
    "split_lines",
    "joined_lines",
    "repeated_title",
    "misnamed",
    "garbled_name",
    "escapes",
    "controls",
    "shortened",
];

fn headline(lang: Lang, sort: &str) -> String {
    // Names in JSON have underscores, keys of the catalogues hyphens.
    let key = format!("warnings-{}", sort.replace('_', "-"));
    say!(lang, &key)
}

/// A warning about one document.
fn sentence(lang: Lang, warning: &Warning) -> String {
    match warning {
        Warning::RepeatedTitle => say!(lang, "warning-repeated-title"),
        Warning::Incomplete => say!(lang, "warning-incomplete"),
        Warning::EmptyRecord(_) => say!(lang, "warning-empty-record"),
        Warning::RepeatedId(key) => say!(lang, "warning-repeated-id", key),
        Warning::Unaccounted(read, kept) => say!(lang, "warning-unaccounted", read, kept),
        Warning::Shortened(value) => {
            let field = say!(lang, &format!("field-{}", value.field()));
            say!(lang, "warning-shortened", field)
        }
        Warning::SkippedInside(path, reason) | Warning::PictureInside(path, reason) => {
            let (path, reason) = (printable(path), messages::of_skip(reason, lang));
            say!(lang, "warning-skipped-inside", path, reason)
        }
        Warning::Misnamed(what) => {
            let what = messages::of_what(*what, lang);
            say!(lang, "warning-misnamed", what)
        }
        Warning::GarbledName(name) => {
            let name = printable(name);
            say!(lang, "warning-garbled-name", name)
        }
        Warning::SetAside(percent, reason) => {
            let reason = messages::of_boilerplate(*reason, lang);
            say!(lang, "warning-set-aside", percent, reason)
        }
        Warning::BadRecord(n) => say!(lang, "warning-bad-record", n),
        Warning::JoinedLines(n)
        | Warning::RepeatedText(n)
        | Warning::Escapes(n)
        | Warning::Undecodable(n)
        | Warning::Controls(n)
        | Warning::SplitLines(n)
        | Warning::CutCells(n)
        | Warning::Recognized(n)
        | Warning::PicturePages(n) => counted(lang, warning, *n),
    }
}

/// A warning that has only a number.
fn counted(lang: Lang, warning: &Warning, n: usize) -> String {
    let key = format!("warning-{}", warning.name().replace('_', "-"));
    say!(lang, &key, n)
}

#[cfg(test)]
mod tests {
    use super::*;
    use xunzhang::document::Reason;
    use xunzhang::source::{Shortened, Skip, What};

    #[test]
    fn every_sort_is_told() {
        let warnings = [
            Warning::JoinedLines(1),
            Warning::RepeatedText(1),
            Warning::RepeatedTitle,
            Warning::Escapes(1),
            Warning::Undecodable(1),
            Warning::Controls(1),
            Warning::BadRecord(1),
            Warning::EmptyRecord("1".into()),
            Warning::RepeatedId("甲".into()),
            Warning::SplitLines(1),
            Warning::Incomplete,
            Warning::SkippedInside("甲".into(), Skip::Empty),
            Warning::PicturePages(1),
            Warning::Recognized(1),
            Warning::CutCells(1),
            Warning::Misnamed(What::Pdf),
            Warning::GarbledName("甲".into()),
            Warning::Shortened(Shortened::Title),
            Warning::SetAside(7, Reason::Contents),
            Warning::Unaccounted(2, 1),
        ];
        let mut names = warnings.map(|warning| warning.name());
        names.sort_unstable();
        let mut sorts = SORTS;
        sorts.sort_unstable();
        assert_eq!(names, sorts);
    }
}
