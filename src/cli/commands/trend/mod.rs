//! `xunzhang trend WORD...`

mod command;
mod render;

pub(in crate::cli) use command::Arguments;
