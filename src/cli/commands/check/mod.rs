//! `xunzhang check DRAFT`

mod command;
mod labels;
mod page;
mod tables;
mod text;

pub(crate) use command::{Arguments, draft};
