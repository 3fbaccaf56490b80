//! Citations of a draft: what it quotes, names and counts, held against the collection.
//!
//! In a draft [`citations()`] finds quotations in “”, titles in 《》 and 〈〉, numbers of documents (国发〔2015〕12号), articles of
//! a named law (第三十一条第二款第（一）项) and figures with their unit. Each is looked up where the draft says it comes from:
//! the named title before it in its sentence, else the one after it, else, for 该条例第三条 and 第三条 alone, the last
//! title of that kind. What names no source is looked up in the whole collection.
//!
//! Wording is compared by units, as everywhere: punctuation between two units makes no difference, any other character does. What
//! can't be decided is said as such, with the reason ([`Remark`]).

mod anywhere;
mod article;
mod article_text;
mod brackets;
mod citation;
mod claims;
mod collection;
mod document_number;
mod editions;
mod figure;
mod library;
mod mention;
mod mentions;
mod newer;
mod parts;
mod quotation;
mod read_passage;
mod reference;
mod run;
mod title;
mod title_words;
mod verdict;
mod wording;

pub use citation::{
    Citation, CitationKind, CitationStatus, CitedEdition, NewerEdition, Relation, Remark,
};
pub use parts::{ALTERED, MIN_QUOTATION};
pub(super) use run::citations;
