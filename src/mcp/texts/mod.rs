//! Answers as texts, complete by themselves: many clients hand an assistant nothing else.

mod comparison;
mod counts;
mod documents;
mod passages;
mod text;
mod wordings;

pub(super) use comparison::COMPARE;
pub(super) use counts::COUNT;
pub(super) use documents::{DOCUMENTS, OUTLINE, READ};
pub(super) use passages::{CONCORDANCE, SEARCH};
pub(super) use text::{Text, Words};
pub(super) use wordings::{CHECK, FRAME, PRECEDENT};
