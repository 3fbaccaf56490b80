//! The catalogues, and the sentences of the library's errors.

#[path = "../../../../src/cli/messages/catalogue.rs"]
mod catalogue;
#[path = "../../../../src/cli/messages/language.rs"]
mod language;
#[path = "../../../../src/cli/messages/library.rs"]
mod library;
#[path = "../../../../src/cli/messages/reason.rs"]
mod reason;

pub(crate) use catalogue::{Argument, catalogue_argument, listed, render, say};
pub(crate) use language::Lang;
pub(crate) use library::of_library_or_part;
