//! `xunzhang trend WORD...`

mod command;
mod render;
mod text;

pub(crate) use command::Arguments;
pub(crate) use render::{TrendReport, answer};
