//! `xunzhang precedent TEXT`

mod command;
mod page;
mod text;

pub(crate) use command::Arguments;
