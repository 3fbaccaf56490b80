//! The command line: commands, output, messages, and what all of them share.

mod app;
pub(crate) mod arguments;
pub(crate) mod commands;
mod defaults;
pub(crate) mod document_header;
pub(crate) mod excerpt;
pub(crate) mod fault;
pub(crate) mod filter;
pub(crate) mod first_run;
mod first_use;
pub(crate) mod heading;
mod keywords;
pub(crate) mod messages;
mod ocr;
pub(crate) mod output;
pub(crate) mod paint;
mod progress;
pub(crate) mod reader;
mod refusal;
pub(crate) mod remote;
pub(crate) mod resolve_document;
mod section_path;
pub(crate) mod session;
pub(crate) mod terminal;
pub(crate) mod unmatched;
pub(crate) mod value;
pub(crate) mod wording;

pub(crate) use app::run;
