//! `xunzhang docs`

mod breakdown;
mod command;

pub(in crate::cli) use command::Arguments;
