//! `xunzhang check DRAFT`

mod command;
mod labels;
mod page;
mod text;
mod workbook;

pub(in crate::cli) use command::{Arguments, draft, threads};
