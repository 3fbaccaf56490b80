//! The sentences of two reports.

use arrow_array::types::Float64Type;
use xunzhang::precedent::{ComparedSentence, Pair};

use super::shared::{name, path, text};
use crate::columns::Columns;

/// The columns of pairs.
pub(crate) fn pairs(pairs: &[Pair]) -> Columns {
    let all = || pairs.iter();
    let old = || all().map(|pair| pair.old.as_ref());
    let new = || all().map(|pair| pair.new.as_ref());
    let section = all().map(|pair| pair.new.as_ref().or(pair.old.as_ref()));
    let first = || all().map(|pair| pair.first_use.as_ref());
    Columns::default()
        .text("status", all().map(|pair| Some(name(pair.status))))
        .text(
            "section",
            section.map(|one| one.map(|one| path(&one.section))),
        )
        .text("old", old().map(written))
        .text("new", new().map(written))
        .number::<Float64Type>("similarity", all().map(|pair| Some(pair.similarity)))
        .text("old_place", old().map(place))
        .text("new_place", new().map(place))
        .text(
            "first_place",
            first().map(|first| first.map(|first| &first.place)),
        )
        .text("first_date", first().map(|first| text(first?.date)))
}

fn written(sentence: Option<&ComparedSentence>) -> Option<&String> {
    sentence.map(|one| &one.text)
}

fn place(sentence: Option<&ComparedSentence>) -> Option<&String> {
    sentence.map(|one| &one.place)
}
