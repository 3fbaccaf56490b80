//! `xunzhang search QUERY`

mod advice;
mod answers;
mod batch;
mod command;
mod files;
mod hint;
mod page;
mod request;
mod table;
mod text;

pub(in crate::cli) use command::Arguments;
