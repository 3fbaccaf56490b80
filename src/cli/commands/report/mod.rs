//! `xunzhang report [KEYWORD]... [--keywords FILE]`

mod breakdowns;
mod command;
mod json;
mod methodology;
mod page;
mod tables;

pub(in crate::cli) use command::Arguments;
pub(in crate::cli) use methodology::described;
