//! The command line: one file per subcommand.

mod eval;
mod index;
mod outline;
mod search;

use std::path::PathBuf;

use clap::{Parser, Subcommand};

/// 寻章: search, precedent wording and counts over collections of Chinese official reports.
#[derive(Parser)]
#[command(version, about)]
pub(crate) struct Arguments {
    /// Folder of the index.
    #[arg(
        long,
        global = true,
        value_name = "DIR",
        env = "XUNZHANG_INDEX",
        default_value = "index"
    )]
    index: PathBuf,
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Build the index, or bring it up to date.
    Index(index::Arguments),
    /// Find passages, best first.
    Search(search::Arguments),
    /// Show the headings of a file.
    Outline(outline::Arguments),
    /// Measure the ranking on judged collections.
    #[command(hide = true)]
    Eval(eval::Arguments),
}

impl Arguments {
    /// Runs the command; whether anything was found.
    pub(crate) fn run(self) -> anyhow::Result<bool> {
        match self.command {
            Command::Index(arguments) => arguments.run(&self.index),
            Command::Search(arguments) => arguments.run(&self.index),
            Command::Outline(arguments) => arguments.run(),
            Command::Eval(arguments) => arguments.run(),
        }
    }
}

/// Whether the error is a reader that went away, as in `xunzhang search … | head`.
pub(crate) fn is_closed_pipe(error: &anyhow::Error) -> bool {
    error.chain().any(|cause| {
        let cause = cause.downcast_ref::<std::io::Error>();
        cause.is_some_and(|cause| cause.kind() == std::io::ErrorKind::BrokenPipe)
    })
}
