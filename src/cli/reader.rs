//! The process that reads files for another one of this program, so that a bad file cannot harm it.

use std::io::Write;
use std::sync::Arc;

use xunzhang::source::ReadOptions;
use xunzhang::source::worker::{self, Limits, Workers};

/// The name of the command, which is not meant to be typed.
pub(crate) const NAME: &str = "read-for-parent";

/// Reads what standard input sends until it ends.
pub(crate) fn run(out: &mut dyn Write) -> anyhow::Result<bool> {
    worker::serve(std::io::stdin().lock(), out)?;
    Ok(true)
}

/// Options that read what is not plain text in processes of this program.
pub(crate) fn options() -> ReadOptions {
    // A system that hides the program's path costs the protection: files are then read in this process.
    let workers = std::env::current_exe()
        .ok()
        .map(|program| Arc::new(Workers::new(program, vec![NAME.into()], Limits::default())));
    ReadOptions {
        workers,
        ..ReadOptions::default()
    }
}

/// The same for a file that a user names by itself: one that this program wrote is read like any other.
pub(crate) fn options_of_draft() -> ReadOptions {
    ReadOptions {
        reads_own: true,
        ..options()
    }
}
