//! The forms of a wording, who took it up, and its uses.

use arrow_array::types::{Float64Type, UInt32Type, UInt64Type};
use serde::Serialize;
use xunzhang::precedent::{Adoption, Edit, Form, Lineage, Use};

use super::shared::{name, text};
use crate::columns::Columns;

/// The columns of forms.
pub(crate) fn forms(forms: &[Form]) -> Columns {
    let all = || forms.iter();
    let edge = || all().map(|one| one.parent.as_ref());
    Columns::default()
        .text("text", all().map(|one| Some(&one.text)))
        .flag("is_wording", all().map(|one| Some(one.is_wording)))
        .number::<Float64Type>("similarity", all().map(|one| Some(one.similarity)))
        .number::<UInt64Type>("occurrences", all().map(|one| Some(one.occurrences)))
        .number::<UInt64Type>("inside", all().map(|one| Some(one.inside)))
        .number::<UInt64Type>("documents", all().map(|one| Some(one.documents)))
        .text("first", all().map(|one| text(one.first)))
        .text("first_place", all().map(|one| Some(&one.first_place)))
        .text("last", all().map(|one| text(one.last)))
        .number::<UInt64Type>("parent", edge().map(|one| Some(one?.form as u64)))
        .number::<Float64Type>("parent_similarity", edge().map(|one| Some(one?.similarity)))
        .records(
            "parent_diff",
            ["op", "from", "to"],
            edge().map(|one| one.map_or_else(Vec::new, |edge| records(&edge.diff))),
        )
        .records(
            "diff",
            ["op", "from", "to"],
            all().map(|one| records(&one.diff)),
        )
}

fn records(diff: &[Edit]) -> Vec<[String; 3]> {
    let edits = diff.iter();
    let edits = edits.map(|edit| [name(edit.op), edit.from.clone(), edit.to.clone()]);
    edits.collect()
}

/// The use of the wording by a level, an issuer or a collection.
#[derive(Serialize)]
pub(crate) struct Taken {
    by: &'static str,
    of: Option<String>,
    first: Option<String>,
    first_place: String,
    last: Option<String>,
    occurrences: u64,
    documents: u64,
}

/// Levels, then issuers, then collections, each in order of first use.
pub(crate) fn taken(lineage: &Lineage) -> Vec<Taken> {
    let spread = &lineage.spread;
    let levels = spread.levels.iter();
    let levels = levels.map(|one| row("level", one, one.of.map(name)));
    let issuers = spread.issuers.iter();
    let issuers = issuers.map(|one| row("issuer", one, one.of.clone()));
    let collections = spread.collections.iter();
    let collections = collections.map(|one| row("collection", one, Some(one.of.clone())));
    levels.chain(issuers).chain(collections).collect()
}

fn row<K>(by: &'static str, one: &Adoption<K>, of: Option<String>) -> Taken {
    Taken {
        by,
        of,
        first: text(one.first),
        first_place: one.first_place.clone(),
        last: text(one.last),
        occurrences: one.occurrences,
        documents: one.documents,
    }
}

/// The columns of them.
pub(crate) fn taken_columns(rows: &[Taken]) -> Columns {
    let all = || rows.iter();
    Columns::default()
        .text("by", all().map(|one| Some(one.by)))
        .text("of", all().map(|one| one.of.as_ref()))
        .text("first", all().map(|one| one.first.as_ref()))
        .text("first_place", all().map(|one| Some(&one.first_place)))
        .text("last", all().map(|one| one.last.as_ref()))
        .number::<UInt64Type>("occurrences", all().map(|one| Some(one.occurrences)))
        .number::<UInt64Type>("documents", all().map(|one| Some(one.documents)))
}

/// The columns of uses.
pub(crate) fn uses(uses: &[Use]) -> Columns {
    let all = || uses.iter();
    Columns::default()
        .text("place", all().map(|one| Some(&one.place)))
        .text("date", all().map(|one| text(one.date)))
        .text("level", all().map(|one| one.level.map(name)))
        .text("issuer", all().map(|one| one.issuer.as_ref()))
        .text("collection", all().map(|one| Some(&one.collection)))
        .number::<UInt32Type>("occurrences", all().map(|one| Some(one.occurrences)))
}
