//! `xunzhang eval`: how well judged collections are ranked. For those who work on the ranking.

mod beir;
mod command;
mod judged;
mod measure;

pub(crate) use command::Arguments;
