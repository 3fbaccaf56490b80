//! The command line: commands, output, messages, and what all of them share.

mod app;
mod arguments;
mod commands;
mod document_header;
mod excerpt;
mod fault;
mod filter;
mod heading;
mod messages;
mod ocr;
mod output;
mod paint;
mod progress;
mod reader;
mod refusal;
mod resolve_document;
mod session;
mod terminal;
mod value;
mod wording;

pub(crate) use app::run;
