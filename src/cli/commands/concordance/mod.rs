//! `xunzhang concordance QUERY`

mod command;
mod files;
mod shown;
mod text;

pub(crate) use command::Arguments;
pub(crate) use shown::{Shown, totals};
