//! `xunzhang search QUERY`

mod advice;
mod answers;
mod batch;
mod command;
mod files;
mod found;
mod hint;
mod page;
mod request;
mod table;
mod text;

pub(crate) use advice::note_foreign;
pub(crate) use command::Arguments;
pub(crate) use found::{Found, Numbers};
pub(crate) use hint::nothing_found;
