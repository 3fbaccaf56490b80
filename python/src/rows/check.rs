//! The sentences of a draft, and the documents that it shares text with.

use arrow_array::types::{Float64Type, UInt32Type, UInt64Type};
use xunzhang::precedent::{Checked, Citation, DocumentShare};

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

/// The columns of citations.
pub(crate) fn citations(citations: &[Citation]) -> Columns {
    let all = || citations.iter();
    let source = || all().map(|one| one.source.as_ref());
    let newer = || all().map(|one| one.newer.as_ref());
    let columns = Columns::default()
        .text("kind", all().map(|one| Some(name(one.kind))))
        .text("text", all().map(|one| Some(&one.text)))
        .number::<UInt32Type>("line", all().map(|one| Some(one.passage.line)))
        .number::<UInt32Type>("number", all().map(|one| Some(one.passage.number)));
    let columns = small(columns, "start", all().map(|one| one.place_in_draft.0));
    small(columns, "end", all().map(|one| one.place_in_draft.1))
        .text("status", all().map(|one| Some(name(one.status))))
        .text("named", all().map(|one| one.named.as_ref()))
        .text("wording", all().map(|one| one.wording.as_ref()))
        .text("place", source().map(|one| one.map(|source| &source.place)))
        .text("newer", newer().map(|one| one.map(|newer| &newer.place)))
        .text("remark", all().map(|one| one.remark.map(name)))
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
