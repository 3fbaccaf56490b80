//! `xunzhang frame PATTERN`

mod command;
mod table;

pub(in crate::cli) use command::Arguments;
