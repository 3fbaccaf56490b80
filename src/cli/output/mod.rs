//! Where results go: standard output, or files that are checked before the work and written whole; and what they are
//! made of in each form: text in columns, CSV, Markdown, pages, charts, workbooks.
//!
//! No other module of the command writes files that people ask for. A file that is there is replaced only if it is one
//! of ours in that form ([`xunzhang::source::mark`]), or with `--overwrite`; an input, a source of the index or
//! anything in the folder of an index never is.

pub(super) mod chart;
pub(super) mod columns;
pub(super) mod csv;
pub(super) mod document;
mod error;
mod format;
pub(super) mod fragments;
pub(super) mod markdown;
mod options;
pub(super) mod page;
mod place;
mod refusal;
pub(super) mod table;
mod target;
pub(super) mod workbook;
mod write;

pub(super) use error::Error;
pub(super) use format::{Format, one_of};
pub(super) use options::{Output, OutputArguments, Outputs, OutputsArguments, json_line};
pub(super) use refusal::Refusal;
