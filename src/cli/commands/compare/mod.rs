//! `xunzhang compare OLD NEW`

mod command;
mod commitments;
mod labels;
mod page;
mod page_rows;
mod report_parts;
mod tables;
mod text;
mod tracked_changes;

pub(crate) use command::Arguments;
