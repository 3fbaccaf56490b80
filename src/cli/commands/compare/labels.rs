//! Words about a comparison that all of its forms share.

use xunzhang::precedent::{Comparison, FirstUse, LeftOut, Pair, Status, WhyLeftOut};
use xunzhang::search::DocumentRef;

use crate::cli::messages::{Lang, say};

/// The name of a status.
pub(super) fn status_name(status: Status, lang: Lang) -> &'static str {
    match status {
        Status::Kept => lang.text("compare-kept"),
        Status::Changed => lang.text("compare-changed"),
        Status::Moved => lang.text("compare-moved"),
        Status::Dropped => lang.text("compare-dropped"),
        Status::New => lang.text("compare-new"),
    }
}

/// The key of a status in a style sheet.
pub(super) fn status_key(status: Status) -> &'static str {
    match status {
        Status::Kept => "kept",
        Status::Changed => "changed",
        Status::Moved => "moved",
        Status::Dropped => "dropped",
        Status::New => "new",
    }
}

/// Whether it was split or merged, in words.
pub(super) fn parts_name(pair: &Pair, lang: Lang) -> Option<&'static str> {
    match (pair.split.is_empty(), pair.merged.is_empty()) {
        (false, _) => Some(lang.text("compare-split")),
        (_, false) => Some(lang.text("compare-merged")),
        _ => None,
    }
}

/// Title, date and id of a report.
pub(super) fn titled(document: &DocumentRef) -> String {
    let date = document.date.map(|date| format!("  {date}"));
    format!(
        "{}{}  {}",
        document.title,
        date.unwrap_or_default(),
        document.id
    )
}

/// How many sentences of each status.
pub(super) fn summary(compared: &Comparison, lang: Lang) -> String {
    let summary = &compared.summary;
    say!(
        lang,
        "compare-summary",
        old = summary.sentences.0,
        new = summary.sentences.1,
        kept = summary.kept,
        changed = summary.changed,
        moved = summary.moved,
        dropped = summary.dropped,
        added = summary.new
    )
}

/// Where a new wording is used first; none if that is the sentence itself, whose place says so already.
pub(super) fn first_use(pair: &Pair, lang: Lang) -> Option<String> {
    let first: &FirstUse = pair.first_use.as_ref()?;
    let is_own = pair
        .new
        .as_ref()
        .is_some_and(|new| new.place == first.place);
    let date = first.date.map(|date| date.to_string()).unwrap_or_default();
    (!is_own).then(|| say!(lang, "compare-first", date, place = first.place.clone()))
}

/// A document that was left out of a series, and why.
pub(super) fn left_out(one: &LeftOut, lang: Lang) -> String {
    let id = one.id.as_str();
    match one.reason {
        WhyLeftOut::Undated => say!(lang, "compare-undated", id),
        WhyLeftOut::SameYear => say!(lang, "compare-same-year", id),
    }
}
