//! The commands.

mod ask;
mod build;
mod run;
mod serve;
mod sql;

pub(crate) use run::run;
