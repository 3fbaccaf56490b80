//! `xunzhang index [PATH]...`

mod command;
mod size;
mod summary;
mod warning;

pub(crate) use command::Arguments;
