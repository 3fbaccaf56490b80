//! `xunzhang frame PATTERN`

mod command;
mod table;
mod text;

pub(in crate::cli) use command::Arguments;
