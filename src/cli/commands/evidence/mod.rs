//! `xunzhang evidence [KEYWORD]... -o FILE.zip`

mod archive;
mod command;
mod numbers;
mod package;

pub(crate) use command::Arguments;
