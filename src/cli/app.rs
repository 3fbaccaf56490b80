//! The definition of the command line: parses, dispatches, prints the error.

use std::ffi::OsString;
use std::io::{BufWriter, IsTerminal, Write};
use std::process::ExitCode;

use clap::{ArgMatches, CommandFactory, FromArgMatches, Parser, Subcommand};

use super::commands::{
    check, compare, completions, concordance, docs, duplicates, eval, evidence, frame, index,
    lineage, man, mcp, open, outline, precedent, report, search, serve, show, similar, status,
    trend, verify, watch, words,
};
use super::fault::Fault;
use super::paint::Ink;
use super::session::{GlobalArguments, Session};
use super::{arguments, defaults, first_run, messages, reader, refusal, session, unmatched};

const EXAMPLES: &str = "\
Examples:
  xunzhang index corpus                        build the index of a folder
  xunzhang search 失地农民 安置                ranked passages: any of the words
  xunzhang search “坚持以＊为指导” --count     an exact phrase with a gap, counted
  xunzhang search 招商引资 --year 2005..2010 --kind 总结 --by document
  xunzhang search 招商 NEAR/10 就业 -C 1       near each other, with the passages around
  xunzhang precedent 学习工作两不误            how others have put it, with counts and dates
  xunzhang frame 坚持以＊为指导                what fills the slot
  xunzhang check draft.docx -o check.html      every sentence of a draft against the index

`xunzhang COMMAND --help` says more. Exit status: 0 found, 1 nothing found, 2 error.";

/// 寻章: search, precedent wording and counts over collections of Chinese official reports.
#[derive(Parser)]
#[command(name = "xunzhang", version, about, after_help = EXAMPLES, disable_help_subcommand = true)]
pub(crate) struct Arguments {
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
    /// Show how others have put a wording: its variants, counted and dated.
    Precedent(precedent::Arguments),
    /// Show every occurrence in its context, lined up and sorted.
    Concordance(concordance::Arguments),
    /// Tabulate what fills the gaps of a pattern.
    Frame(frame::Arguments),
    /// Look up every sentence of a draft.
    Check(check::Arguments),
    /// Compare two reports sentence by sentence: kept, changed, moved, dropped, new.
    Compare(compare::Arguments),
    /// Count keywords: a workbook, a page, tables.
    Report(report::Arguments),
    /// Pack the numbers of keywords with all it takes to count them again.
    Evidence(evidence::Arguments),
    /// Chart term frequency over time.
    Trend(trend::Arguments),
    /// Trace a wording: first use, forms as a tree, who took it up, peak, successor.
    Lineage(lineage::Arguments),
    /// List frequent words, keywords, collocates and new terms.
    Words(words::Arguments),
    /// List documents that share text with one.
    Similar(similar::Arguments),
    /// List near-copies in the whole collection.
    Duplicates(duplicates::Arguments),
    /// Show a document, or a passage with its context.
    Show(show::Arguments),
    /// Open the original file at a place.
    Open(open::Arguments),
    /// Show the headings of a document.
    Outline(outline::Arguments),
    /// List documents.
    Docs(docs::Arguments),
    /// Show index statistics.
    Status(status::Arguments),
    /// Check that the index is whole and each passage can be found.
    Verify(verify::Arguments),
    /// Keep the index up to date while files change.
    Watch(watch::Arguments),
    /// Search and read in a browser: a page and an HTTP API on this machine.
    Serve(serve::Arguments),
    /// Answer assistants over the Model Context Protocol.
    Mcp(mcp::Arguments),
    /// Print a script that completes commands in a shell.
    Completions(completions::Arguments),
    /// Print a page of the manual.
    // Hidden: packages install the pages.
    #[command(hide = true)]
    Man(man::Arguments),
    /// Read files that another process sends.
    // Hidden: this program starts it itself, so that a file on which a reader crashes costs only that file.
    #[command(name = reader::NAME, hide = true)]
    Reader,
    /// Measure the ranking on judged collections.
    // Hidden: it needs judged collections, which only those who work on the ranking have.
    #[command(hide = true)]
    Eval(eval::Arguments),
}

/// The definition of the command line, built.
pub(crate) fn definition() -> clap::Command {
    let mut definition = Arguments::command();
    // Building hands global flags down to the subcommands, where the completion script looks for them.
    definition.build();
    definition
}

/// Parses, dispatches, prints the error; 0 found, 1 nothing found, 2 error.
pub(crate) fn run() -> ExitCode {
    let definition = definition();
    // Before clap sees them: it would refuse `-工厂` as an unknown flag.
    let given = first_run::arguments(std::env::args_os().collect(), |name| {
        std::env::var(name).ok()
    });
    let given = arguments::hidden(given, &definition);
    let (arguments, matches) = match parsed(&given) {
        Ok(parsed) => parsed,
        Err(Refused::Usage(error)) => return refusal::refuse(&error, &given, &definition),
        Err(Refused::Defaults(error, session)) => return failed(&error, &session),
    };
    let session = arguments.global.session();
    match run_or_excuse(arguments.command, &session) {
        Ok(is_found) => {
            // After the answer: what a filter may have meant is of use only beside what it found.
            unmatched::note(&matches, &session);
            // As with grep, 1 is an answer and 2 a failure, so that a script can distinguish them.
            ExitCode::from(u8::from(!is_found))
        }
        // `head` has all that it wants: a script under `set -o pipefail` must not see a failure.
        Err(error) if is_closed_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => failed(&error, &session),
    }
}

/// Why arguments are not run.
enum Refused {
    /// They are not what the commands take.
    Usage(clap::Error),
    /// The saved defaults cannot be used.
    Defaults(anyhow::Error, Box<Session>),
}

impl From<clap::Error> for Refused {
    fn from(error: clap::Error) -> Self {
        Self::Usage(error)
    }
}

/// The arguments, with saved defaults where they say nothing.
fn parsed(given: &[OsString]) -> Result<(Arguments, ArgMatches), Refused> {
    // `try_`, since clap would otherwise print and exit by itself, and only in English.
    let mut matches = definition().try_get_matches_from(given)?;
    // Parsed a second time only where something is saved: clap itself then decides what wins.
    match defaults::applied(Arguments::command(), &matches) {
        Ok(None) => {}
        Ok(Some(definition)) => matches = definition.try_get_matches_from(given)?,
        Err(error) => {
            let global = GlobalArguments::from_arg_matches(&matches)?;
            return Err(Refused::Defaults(error, Box::new(global.session())));
        }
    }
    Ok((Arguments::from_arg_matches(&matches)?, matches))
}

/// Prints the error.
fn failed(error: &anyhow::Error, session: &Session) -> ExitCode {
    let name = session.paint_notes.ink(Ink::Error, "xunzhang:");
    let message = messages::explain(error, session.lang);
    session::complain_with(&format!("{name} "), &message);
    ExitCode::from(2)
}

/// Runs the command; a panic becomes one line for the user. `RUST_BACKTRACE` shows where it was.
fn run_or_excuse(command: Command, session: &Session) -> anyhow::Result<bool> {
    // The default hook prints a line of our source, which no user can act on; the error below says what can be done.
    if std::env::var_os("RUST_BACKTRACE").is_none() {
        std::panic::set_hook(Box::new(|_| {}));
    }
    // Whatever the panic left half changed is not looked at again: the process ends.
    let run = std::panic::AssertUnwindSafe(|| command.run_and_flush(session));
    std::panic::catch_unwind(run).unwrap_or_else(|_| Err(Fault.into()))
}

impl Command {
    /// Runs the command; whether anything was found.
    fn run(self, session: &Session, out: &mut dyn Write) -> anyhow::Result<bool> {
        match self {
            Self::Index(arguments) => arguments.run(session, out),
            Self::Search(arguments) => arguments.run(session, out),
            Self::Precedent(arguments) => arguments.run(session, out),
            Self::Concordance(arguments) => arguments.run(session, out),
            Self::Frame(arguments) => arguments.run(session, out),
            Self::Check(arguments) => arguments.run(session, out),
            Self::Compare(arguments) => arguments.run(session, out),
            Self::Report(arguments) => arguments.run(session, out),
            Self::Evidence(arguments) => arguments.run(session, out),
            Self::Trend(arguments) => arguments.run(session, out),
            Self::Lineage(arguments) => arguments.run(session, out),
            Self::Words(arguments) => arguments.run(session, out),
            Self::Similar(arguments) => arguments.run(session, out),
            Self::Duplicates(arguments) => arguments.run(session, out),
            Self::Show(arguments) => arguments.run(session, out),
            Self::Open(arguments) => arguments.run(session),
            Self::Outline(arguments) => arguments.run(session, out),
            Self::Docs(arguments) => arguments.run(session, out),
            Self::Status(arguments) => arguments.run(session, out),
            Self::Verify(arguments) => arguments.run(session, out),
            Self::Watch(arguments) => arguments.run(session, out),
            Self::Serve(arguments) => arguments.run(session, out),
            Self::Mcp(arguments) => arguments.run(session),
            Self::Completions(arguments) => arguments.run(definition(), session, out),
            Self::Man(arguments) => arguments.run(definition(), session, out),
            Self::Reader => reader::run(out),
            Self::Eval(arguments) => arguments.run(session, out),
        }
    }

    /// On a terminal each line is seen as soon as it is written; elsewhere lines are written by the block.
    fn run_and_flush(self, session: &Session) -> anyhow::Result<bool> {
        // It writes to standard output from threads of its own, which would wait for the lock for ever.
        if let Self::Mcp(arguments) = self {
            return arguments.run(session);
        }
        // Locked once: a lock for each line would take longer than the line.
        let stdout = std::io::stdout().lock();
        // Without a buffer each line is a system call; 64 KiB is what a pipe holds on Linux.
        let mut out: Box<dyn Write> = if stdout.is_terminal() {
            Box::new(stdout)
        } else {
            Box::new(BufWriter::with_capacity(1 << 16, stdout))
        };
        let found = self.run(session, &mut *out);
        // Flushed before the error is returned: what was found before the failure is printed above it.
        let flushed = out.flush();
        let found = found?;
        flushed?;
        Ok(found)
    }
}

/// Whether the error is a reader that went away, as in `xunzhang search … | head`.
fn is_closed_pipe(error: &anyhow::Error) -> bool {
    // `serde_json` keeps the error of its writer without naming it as its source, so that the chain does not hold it.
    let kind = |cause: &(dyn std::error::Error + 'static)| {
        let of_json = || {
            cause
                .downcast_ref()
                .and_then(serde_json::Error::io_error_kind)
        };
        let own = cause.downcast_ref().map(std::io::Error::kind);
        own.or_else(of_json)
    };
    error
        .chain()
        .any(|cause| kind(cause) == Some(std::io::ErrorKind::BrokenPipe))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn definition_is_sound() {
        Arguments::command().debug_assert();
        let translated = messages::translated(definition(), messages::Lang::Zh, Some(80));
        translated.debug_assert();
    }
}
