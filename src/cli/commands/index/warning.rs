//! Prints warnings about documents.

use serde_json::{Value, json};
use xunzhang::source::Warning;

use crate::cli::messages;
use crate::cli::messages::{Lang, listed, say};
use crate::cli::session::{Session, Talk};
use crate::cli::terminal::printable;

/// Documents that are named for each sort of warning.
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
        let of_sort = warnings.iter().filter(|(_, warning)| name(warning) == sort);
        let mut ids: Vec<String> = of_sort.map(|(id, _)| printable(id)).collect();
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

/// The warnings as JSON: `{"document","warning","count"}`, or `"id"` for a repeated one.
pub(super) fn json(warnings: &[(String, Warning)]) -> Value {
    let object = |(id, warning): &(String, Warning)| match warning {
        Warning::RepeatedId(key) => {
            json!({"document": id, "warning": name(warning), "id": key})
        }
        Warning::RepeatedTitle | Warning::Incomplete => {
            json!({"document": id, "warning": name(warning)})
        }
        Warning::Misnamed(what) => {
            json!({"document": id, "warning": name(warning), "is": what.name()})
        }
        Warning::GarbledName(text) => {
            json!({"document": id, "warning": name(warning), "is": text})
        }
        Warning::Shortened(value) => {
            json!({"document": id, "warning": name(warning), "is": value.field()})
        }
        Warning::SkippedInside(path, reason) | Warning::PictureInside(path, reason) => {
            json!({"document": id, "warning": name(warning), "path": path, "reason": reason.to_string()})
        }
        Warning::BadRecord(record) => {
            json!({"document": id, "warning": name(warning), "record": record})
        }
        // A number where it is one: a record without an id of its own.
        Warning::EmptyRecord(key) => match key.parse::<u64>() {
            Ok(number) => json!({"document": id, "warning": name(warning), "record": number}),
            Err(_) => json!({"document": id, "warning": name(warning), "record": key}),
        },
        Warning::SetAside(percent, reason) => {
            json!({"document": id, "warning": name(warning), "percent": percent, "reason": reason})
        }
        Warning::Unaccounted(read, kept) => {
            json!({"document": id, "warning": name(warning), "read": read, "kept": kept})
        }
        Warning::JoinedLines(n)
        | Warning::RepeatedText(n)
        | Warning::Escapes(n)
        | Warning::Undecodable(n)
        | Warning::Controls(n)
        | Warning::SplitLines(n)
        | Warning::CutCells(n)
        | Warning::Recognized(n)
        | Warning::PicturePages(n) => {
            json!({"document": id, "warning": name(warning), "count": n})
        }
    };
    warnings.iter().map(object).collect()
}

/// Sorts of warnings in the order of printing: possible loss of text comes first.
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

fn name(warning: &Warning) -> &'static str {
    match warning {
        Warning::JoinedLines(_) => "joined_lines",
        Warning::RepeatedText(_) => "repeated_text",
        Warning::RepeatedTitle => "repeated_title",
        Warning::Escapes(_) => "escapes",
        Warning::Undecodable(_) => "undecodable",
        Warning::Controls(_) => "controls",
        Warning::BadRecord(_) => "bad_record",
        Warning::EmptyRecord(_) => "empty_record",
        Warning::RepeatedId(_) => "repeated_id",
        Warning::SplitLines(_) => "split_lines",
        Warning::Incomplete => "incomplete",
        Warning::SkippedInside(..) | Warning::PictureInside(..) => "skipped_inside",
        Warning::PicturePages(_) => "picture_pages",
        Warning::Recognized(_) => "recognized",
        Warning::CutCells(_) => "cut_cells",
        Warning::Misnamed(_) => "misnamed",
        Warning::Shortened(_) => "shortened",
        Warning::GarbledName(_) => "garbled_name",
        Warning::SetAside(..) => "set_aside",
        Warning::Unaccounted(..) => "unaccounted",
    }
}

fn headline(lang: Lang, sort: &str) -> String {
    let key = format!("warnings-{}", sort.replace('_', "-"));
    say!(lang, &key)
}

fn sentence(lang: Lang, warning: &Warning) -> String {
    match warning {
        Warning::JoinedLines(n) => {
            say!(lang, "warning-joined-lines", n)
        }
        Warning::RepeatedText(n) => {
            say!(lang, "warning-repeated-text", n)
        }
        Warning::RepeatedTitle => say!(lang, "warning-repeated-title"),
        Warning::Shortened(value) => {
            let field = say!(lang, &format!("field-{}", value.field()));
            say!(lang, "warning-shortened", field)
        }
        Warning::Escapes(n) => say!(lang, "warning-escapes", n),
        Warning::Undecodable(n) => {
            say!(lang, "warning-undecodable", n)
        }
        Warning::Controls(n) => say!(lang, "warning-controls", n),
        Warning::BadRecord(n) => say!(lang, "warning-bad-record", n),
        Warning::EmptyRecord(_) => say!(lang, "warning-empty-record"),
        Warning::RepeatedId(key) => {
            say!(lang, "warning-repeated-id", key)
        }
        Warning::Incomplete => say!(lang, "warning-incomplete"),
        Warning::SkippedInside(path, reason) | Warning::PictureInside(path, reason) => {
            let path = printable(path);
            say!(
                lang,
                "warning-skipped-inside",
                path,
                reason = messages::of_skip(reason, lang)
            )
        }
        Warning::PicturePages(n) => say!(lang, "warning-picture-pages", n),
        Warning::Recognized(n) => say!(lang, "warning-recognized", n),
        Warning::CutCells(n) => say!(lang, "warning-cut-cells", n),
        Warning::Misnamed(what) => {
            say!(
                lang,
                "warning-misnamed",
                what = messages::of_what(*what, lang)
            )
        }
        Warning::GarbledName(name) => {
            let name = printable(name);
            say!(lang, "warning-garbled-name", name)
        }
        Warning::SetAside(percent, reason) => {
            let reason = messages::of_boilerplate(*reason, lang);
            say!(lang, "warning-set-aside", percent, reason)
        }
        Warning::Unaccounted(read, kept) => say!(lang, "warning-unaccounted", read, kept),
        Warning::SplitLines(n) => {
            say!(lang, "warning-split-lines", n)
        }
    }
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
        let mut names = warnings.map(|warning| name(&warning));
        names.sort_unstable();
        let mut sorts = SORTS;
        sorts.sort_unstable();
        assert_eq!(names, sorts);
    }
}
