//! `xunzhang concordance QUERY`

mod command;
mod files;
mod shown;
mod text;

pub(in crate::cli) use command::Arguments;
