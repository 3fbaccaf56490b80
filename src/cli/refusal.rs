//! What the arguments ask for beside a command, or what is wrong with them: `--help`, `--version`, errors of usage.

use std::ffi::OsString;
use std::process::ExitCode;

use clap::Command;
use clap::error::ErrorKind;

use super::arguments::{Asked, asked};
use super::messages::{Lang, say, translated, usage_refusal};
use super::paint::{Ink, Paint};
use super::session::{complain, complain_with};
use super::terminal::terminal_width;

/// Prints what clap says of the arguments that were `given`, in the language of the reader.
pub(crate) fn refuse(error: &clap::Error, given: &[OsString], definition: &Command) -> ExitCode {
    let variable = |name: &str| std::env::var(name).ok();
    let Asked { lang, command } = asked(given, definition);
    let lang = lang.unwrap_or_else(|| Lang::of_locale(variable));
    if lang == Lang::En {
        return in_english(error, given);
    }
    // Parsed once more, so that what clap prints and quotes of the definition is in that language.
    let mut translated = translated(definition.clone(), lang, Some(terminal_width(variable)));
    // Both definitions refuse the same arguments; should this one not, the first error holds.
    let again = translated.try_get_matches_from_mut(given).err();
    let error = again.as_ref().unwrap_or(error);
    // To clap `--help` and `--version` are errors, to their user results.
    if !error.use_stderr() {
        // A reader that went away has what it wanted.
        let _ = error.print();
        return ExitCode::SUCCESS;
    }
    // A command that lacks all arguments gets its help, which is an error all the same.
    if error.kind() == ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand {
        let _ = error.print();
    } else {
        let is_terminal = std::io::IsTerminal::is_terminal(&std::io::stderr());
        let label =
            Paint::automatic(is_terminal, variable).ink(Ink::Error, &say!(lang, "usage-error"));
        complain_with(&label, &usage_refusal(error, command, lang));
    }
    ExitCode::from(2)
}

fn in_english(error: &clap::Error, given: &[OsString]) -> ExitCode {
    if !error.use_stderr() {
        let _ = error.print();
        return ExitCode::SUCCESS;
    }
    let is_steering = |argument: &OsString| {
        let argument = argument.to_string_lossy();
        argument.contains(xunzhang::text::printable::is_steering)
    };
    if given.iter().any(is_steering) {
        // The message quotes the arguments; its colours go with what they bring.
        complain(error.render().to_string().trim_end());
    } else {
        let _ = error.print();
    }
    ExitCode::from(2)
}
