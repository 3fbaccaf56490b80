//! `xunzhang frame PATTERN`

mod command;
mod table;
mod text;

pub(crate) use command::Arguments;
