//! Where results go: standard output, or files that are checked before the work and written whole.
//!
//! No other module of the command writes files that people ask for. A file that is there is replaced only if it is one
//! of ours in that form ([`xunzhang::source::mark`]), or with `--overwrite`; an input, a source of the index or
//! anything in the folder of an index never is.

mod options;
mod place;
mod refusal;
mod target;
mod write;

pub(super) use options::{OutputArguments, Outputs, OutputsArguments, json_line};
pub(super) use refusal::Refusal;
