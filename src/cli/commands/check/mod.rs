//! `xunzhang check DRAFT`

mod command;
mod labels;
mod page;
mod tables;
mod text;

pub(in crate::cli) use command::{Arguments, draft};
