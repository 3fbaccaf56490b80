//! `xunzhang trend WORD...`

mod command;
mod render;
mod text;

pub(in crate::cli) use command::Arguments;
