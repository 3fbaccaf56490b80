//! `xunzhang report [KEYWORD]... [--keywords FILE]`

mod breakdowns;
mod command;
mod finished;
mod json;
mod methodology;
mod page;
mod tables;

pub(crate) use command::Arguments;
pub(crate) use finished::Finished;
pub(crate) use methodology::described;
pub(crate) use tables::Told;
