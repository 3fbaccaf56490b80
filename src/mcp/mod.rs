//! The Model Context Protocol: the commands as tools of an assistant, the documents as its resources.
//!
//! A call is read by its [`tool`]'s parameters, answered by the command that the tool names, cut to what an assistant can take in
//! ([`fitting`]), and said twice: as JSON, and as a text that is complete by itself ([`texts`]).

mod address;
mod answer;
mod arguments;
mod call;
mod checking;
mod commitments;
mod counting;
mod fitting;
mod handler;
mod http;
mod indexes;
mod prompts;
mod resources;
mod stdio;
mod texts;
mod tool;
mod tools;

pub(crate) use http::{HttpOptions, serve_http};
pub(crate) use indexes::Named;
pub(crate) use stdio::serve_stdio;
