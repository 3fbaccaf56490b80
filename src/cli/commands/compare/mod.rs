//! `xunzhang compare OLD NEW`

mod command;
mod text;

pub(crate) use command::Arguments;
