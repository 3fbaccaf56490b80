//! All words for people, in the two languages that the command speaks.
//!
//! `en.ftl` and `zh.ftl` are the catalogues, in [Fluent](https://projectfluent.org) syntax: a key, and the sentence with its
//! arguments. Code names a key (`say!(lang, "search-total", passages, documents)`), never a sentence; `tests` holds that both
//! catalogues have every key with the same arguments, and that the code uses each of them as it is. `--help` and errors of usage
//! are in English what the doc comments of the arguments and clap say, in Chinese what `zh-help.ftl` says.

mod catalogue;
mod explain;
mod help;
mod language;
mod library;
mod reason;
#[cfg(test)]
mod tests;
mod usage;

pub(crate) use catalogue::{Argument, catalogue_argument, listed, render, say};
pub(crate) use explain::explain;
pub(crate) use help::translated;
pub(crate) use language::Lang;
pub(crate) use library::of_syntax;
pub(crate) use reason::{of_boilerplate, of_reason, of_skip, of_system, of_what};
pub(crate) use usage::{refusal as usage_refusal, sentence as usage_sentence};
