//! The command line: commands, output, messages, and what all of them share.

mod app;
mod arguments;
mod commands;
mod defaults;
mod document_header;
mod excerpt;
mod fault;
mod filter;
mod first_use;
mod heading;
mod messages;
mod ocr;
mod output;
mod paint;
mod progress;
mod reader;
mod refusal;
mod resolve_document;
mod section_path;
mod session;
mod terminal;
mod unmatched;
mod value;
mod wording;

pub(crate) use app::run;
