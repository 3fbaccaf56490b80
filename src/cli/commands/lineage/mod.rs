//! `xunzhang lineage WORDING`

mod command;
mod drawing;
mod page;
mod render;
mod tables;
mod text;

pub(crate) use command::Arguments;
pub(crate) use render::LineageReport;
