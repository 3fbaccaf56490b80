//! Saved defaults: `xunzhang.toml` in the folder of the index, or the file that `--config` names.
//!
//! They become default values of the command line, so that clap ranks them as people expect: a flag given by hand wins over the
//! environment, and that over the file.

mod apply;
mod error;
mod file;

pub(super) use apply::applied;
pub(super) use error::BadDefaults;
