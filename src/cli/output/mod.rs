//! Where results go: standard output, or files that are checked before the work and written whole; and what they are
//! made of in each form: text in columns, CSV, Markdown, pages, charts, workbooks.
//!
//! No other module of the command writes files that people ask for. A file that is there is replaced only if it is one
//! of ours in that form ([`xunzhang::source::mark`]), or with `--overwrite`; an input, a source of the index or
//! anything in the folder of an index never is.

pub(crate) mod chart;
pub(crate) mod columns;
pub(crate) mod commented;
pub(crate) mod csv;
pub(crate) mod document;
mod error;
mod format;
pub(crate) mod fragments;
pub(crate) mod markdown;
mod options;
pub(crate) mod page;
mod place;
mod refusal;
mod secret;
pub(crate) mod table;
mod target;
pub(crate) mod tracked;
pub(crate) mod workbook;
mod write;

pub(crate) use error::Error;
pub(crate) use format::{Format, one_of};
pub(crate) use options::{Output, OutputArguments, Outputs, OutputsArguments, json_line};
pub(crate) use refusal::Refusal;
pub(crate) use secret::secret;
