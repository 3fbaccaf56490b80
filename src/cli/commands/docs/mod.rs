//! `xunzhang docs`

mod breakdown;
mod command;

pub(crate) use command::Arguments;
