//! The sentences of a draft, and the documents that it shares text with.

use arrow_array::types::{Float64Type, UInt32Type, UInt64Type};
use xunzhang::precedent::{Checked, DocumentShare};

use super::shared::{name, of_documents, small};
use crate::columns::Columns;

/// The columns of sentences.
pub(crate) fn sentences(sentences: &[Checked]) -> Columns {
    let all = || sentences.iter();
    let best = || all().map(|one| one.variants.first());
    let source = || best().map(|one| one.and_then(|variant| variant.sources.first()));
    let columns = Columns::default()
        .text("label", all().map(|one| one.label.as_ref()))
        .text("text", all().map(|one| Some(&one.text)))
        .number::<UInt32Type>("line", all().map(|one| Some(one.passage.line)))
        .number::<UInt32Type>("number", all().map(|one| Some(one.passage.number)))
        .text("part", all().map(|one| Some(name(one.passage.part))));
    let columns = small(columns, "start", all().map(|one| one.span.0));
    small(columns, "end", all().map(|one| one.span.1))
        .text("class", all().map(|one| Some(name(one.class))))
        .text("rarity", all().map(|one| one.rarity.map(name)))
        .number::<Float64Type>("similarity", all().map(|one| Some(one.similarity)))
        .spans("reused", all().map(|one| &*one.reused))
        .text(
            "variant",
            best().map(|one| one.map(|variant| &variant.text)),
        )
        .number::<UInt64Type>(
            "occurrences",
            best().map(|one| one.map(|one| one.occurrences)),
        )
        .text("place", source().map(|one| one.map(|source| &source.place)))
}

/// The columns of documents that share text with a draft.
pub(crate) fn shares(shares: &[DocumentShare]) -> Columns {
    let all = || shares.iter();
    let columns = of_documents(Columns::default(), all().map(|one| &one.document));
    small(columns, "sentences", all().map(|one| one.sentences))
        .number::<UInt64Type>("reused", all().map(|one| Some(one.reused)))
        .number::<UInt64Type>("distinctive", all().map(|one| Some(one.distinctive)))
        .number::<Float64Type>("share", all().map(|one| Some(one.share)))
}
