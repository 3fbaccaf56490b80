//! `xunzhang report [KEYWORD]... [--keywords FILE]`

mod breakdowns;
mod command;
mod json;
mod methodology;
mod page;
mod tables;

pub(crate) use command::Arguments;
pub(crate) use methodology::described;
