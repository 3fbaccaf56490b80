//! `xunzhang index [PATH]...`

mod command;
mod size;
mod summary;
mod warning;

pub(in crate::cli) use command::Arguments;
