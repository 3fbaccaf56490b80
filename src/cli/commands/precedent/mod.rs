//! `xunzhang precedent TEXT`

mod command;
mod page;
mod text;

pub(in crate::cli) use command::Arguments;
