//! The command line: one file per subcommand, and what all of them share.

mod index;
#[allow(
    dead_code,
    unused_macros,
    unused_imports,
    reason = "commands take to them one by one"
)]
mod language;
mod message;
mod outline;
#[allow(dead_code, reason = "commands take to it one by one")]
mod paint;
mod search;
#[allow(dead_code, reason = "commands take to it one by one")]
mod session;
#[allow(dead_code, reason = "commands take to it one by one")]
mod terminal;

use std::io::{BufWriter, IsTerminal, Write};
use std::process::ExitCode;

use clap::{Parser, Subcommand};

use paint::Ink;
use session::{GlobalArguments, Session};

const EXAMPLES: &str = "\
Examples:
  xunzhang index corpus                        build the index of a folder
  xunzhang search 失地农民 安置                ranked passages: any of the words
  xunzhang search '\"坚持以*为指导\"' --count    an exact phrase with a gap, counted
  xunzhang search 招商引资 --year 2005..2010 --kind 总结 --by document
  xunzhang search '招商 NEAR/10 就业' -C 1     near each other, with the passages around

`xunzhang COMMAND --help` says more. Exit status: 0 found, 1 nothing found, 2 error.";

/// 寻章: search, precedent wording and counts over collections of Chinese official reports.
#[derive(Parser)]
#[command(name = "xunzhang", version, about, after_help = EXAMPLES, disable_help_subcommand = true)]
struct Arguments {
    #[command(flatten)]
    global: GlobalArguments,
    #[command(subcommand)]
    command: Command,
}

/// Commands in the order that they are met: build, find, look around.
#[derive(Subcommand)]
enum Command {
    /// Build the index, or bring it up to date.
    Index(index::Arguments),
    /// Find passages, best first.
    Search(search::Arguments),
    /// Show the headings of a file.
    Outline(outline::Arguments),
}

/// Parses, dispatches, prints the error; 0 found, 1 nothing found, 2 error.
pub(crate) fn run() -> ExitCode {
    let Arguments { global, command } = Arguments::parse();
    let session = global.session();
    match command.run_and_flush(&session) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::from(1),
        Err(error) if is_closed_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            let name = session.paint_notes.ink(Ink::Error, "xunzhang:");
            session::complain(&format!(
                "{name} {}",
                message::explain(&error, session.lang)
            ));
            ExitCode::from(2)
        }
    }
}

impl Command {
    /// Runs the command; whether anything was found.
    fn run(self, session: &Session, out: &mut dyn Write) -> anyhow::Result<bool> {
        match self {
            Self::Index(arguments) => arguments.run(session, out),
            Self::Search(arguments) => arguments.run(session, out),
            Self::Outline(arguments) => arguments.run(session, out),
        }
    }

    /// On a terminal each line is seen as soon as it is written; elsewhere lines are written by the block.
    fn run_and_flush(self, session: &Session) -> anyhow::Result<bool> {
        let stdout = std::io::stdout().lock();
        let mut out: Box<dyn Write> = if stdout.is_terminal() {
            Box::new(stdout)
        } else {
            Box::new(BufWriter::with_capacity(1 << 16, stdout))
        };
        let found = self.run(session, &mut *out);
        let flushed = out.flush();
        let found = found?;
        flushed?;
        Ok(found)
    }
}

/// Whether the error is a reader that went away, as in `xunzhang search … | head`.
fn is_closed_pipe(error: &anyhow::Error) -> bool {
    error.chain().any(|cause| {
        let cause = cause.downcast_ref::<std::io::Error>();
        cause.is_some_and(|cause| cause.kind() == std::io::ErrorKind::BrokenPipe)
    })
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    #[test]
    fn definition_is_sound() {
        super::Arguments::command().debug_assert();
    }
}
