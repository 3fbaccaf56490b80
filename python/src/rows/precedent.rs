//! Variants of a wording, and where they are.

use arrow_array::types::{Float64Type, UInt32Type, UInt64Type};
use serde::Serialize;
use xunzhang::precedent::{Source, Variant};

use super::shared::{name, of_documents, path, small, text};
use crate::columns::Columns;

/// The columns of variants.
pub(crate) fn variants(variants: &[Variant]) -> Columns {
    let all = || variants.iter();
    small(
        Columns::default(),
        "sentence",
        all().map(|one| one.sentence),
    )
    .text("text", all().map(|one| Some(&one.text)))
    .number::<Float64Type>("similarity", all().map(|one| Some(one.shown_similarity())))
    .number::<UInt64Type>("occurrences", all().map(|one| Some(one.occurrences)))
    .number::<UInt64Type>("documents", all().map(|one| Some(one.documents)))
    .text("first", all().map(|one| text(one.first)))
    .text("last", all().map(|one| text(one.last)))
    .records("diff", ["op", "from", "to"], all().map(diff))
}

fn diff(variant: &Variant) -> Vec<[String; 3]> {
    let edits = variant.diff.iter();
    let edits = edits.map(|edit| [name(edit.op), edit.from.clone(), edit.to.clone()]);
    edits.collect()
}

/// A source with the variant that it has.
#[derive(Serialize)]
pub(crate) struct SourceOf {
    /// The variant, from 0.
    variant: usize,
    #[serde(flatten)]
    source: Source,
}

/// The sources of all variants.
pub(crate) fn with_sources<'a>(variants: impl Iterator<Item = &'a Variant>) -> Vec<SourceOf> {
    let sources = variants.enumerate().flat_map(|(variant, one)| {
        let sources = one.sources.iter().cloned();
        sources.map(move |source| SourceOf { variant, source })
    });
    sources.collect()
}

/// The columns of sources.
pub(crate) fn sources(sources: &[SourceOf]) -> Columns {
    let all = || sources.iter().map(|one| &one.source);
    let columns = small(
        Columns::default(),
        "variant",
        sources.iter().map(|one| one.variant),
    );
    let columns = of_documents(columns, all().map(|one| &one.document))
        .text("section", all().map(|one| Some(path(&one.section))))
        .text("place", all().map(|one| Some(&one.place)))
        .number::<UInt32Type>("line", all().map(|one| Some(one.passage.line)))
        .number::<UInt32Type>("number", all().map(|one| Some(one.passage.number)));
    let columns = small(columns, "start", all().map(|one| one.span.0));
    small(columns, "end", all().map(|one| one.span.1))
}
