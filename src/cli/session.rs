//! What every command shares: where the index is, and how to print for its user.

use std::io::{IsTerminal, Write};
use std::num::NonZeroUsize;
use std::path::PathBuf;
use std::sync::Arc;

use clap::{Args, ValueEnum};
use xunzhang::index::Index;

use super::messages::Lang;
use super::paint::Paint;
use super::remote::Remote;
use super::terminal::{printable_lines, terminal_width};

/// Options of every command, as they are given.
#[derive(Args)]
pub(crate) struct GlobalArguments {
    /// Folder of the index.
    #[arg(
        long,
        global = true,
        value_name = "DIR",
        env = "XUNZHANG_INDEX",
        default_value = "index",
        // Under a heading of their own, so that the flags of a command are not lost among them.
        help_heading = "Global options"
    )]
    index: PathBuf,
    /// File of saved defaults: named filters, the index, excludes [default: xunzhang.toml in the folder of the index].
    #[arg(
        id = "config",
        long = "config",
        global = true,
        value_name = "FILE",
        env = "XUNZHANG_CONFIG",
        help_heading = "Global options"
    )]
    // Read before the arguments are: what it says becomes their default values.
    _config: Option<PathBuf>,
    /// Language of reports and messages [default: the locale's].
    #[arg(
        long,
        global = true,
        value_name = "zh|en",
        // The name of the value lists them already.
        hide_possible_values = true,
        help_heading = "Global options"
    )]
    lang: Option<Lang>,
    /// When to colour; `auto` colours on a terminal and where `NO_COLOR` is not set.
    #[arg(
        long,
        global = true,
        value_name = "auto|always|never",
        hide_possible_values = true,
        hide_default_value = true,
        default_value = "auto",
        help_heading = "Global options"
    )]
    color: ColorChoice,
    /// Print results and errors only.
    #[arg(
        short,
        long,
        global = true,
        conflicts_with = "verbose",
        help_heading = "Global options"
    )]
    quiet: bool,
    /// Say more on the way.
    #[arg(short, long, global = true, help_heading = "Global options")]
    verbose: bool,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum ColorChoice {
    Auto,
    Always,
    Never,
}

/// One run of the command, its environment read once.
#[derive(Clone, Debug)]
pub(crate) struct Session {
    /// Folder of the index.
    pub(crate) index: PathBuf,
    /// The language to speak.
    pub(crate) lang: Lang,
    /// Colours of standard output.
    pub(crate) paint: Paint,
    /// Colours of standard error.
    pub(crate) paint_notes: Paint,
    /// Cells of a line.
    pub(crate) width: usize,
    /// How much to say beside the results.
    pub(crate) talk: Talk,
    /// The request that is answered; none for a person.
    pub(crate) remote: Option<Arc<Remote>>,
}

/// As many threads as there are processors.
pub(crate) fn threads() -> NonZeroUsize {
    std::thread::available_parallelism().unwrap_or(NonZeroUsize::MIN)
}

/// How much is said on standard error beside errors.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Talk {
    /// Nothing.
    Quiet,
    /// What the user should know.
    Normal,
    /// What helps to understand what is going on.
    Verbose,
}

impl GlobalArguments {
    /// Reads the environment and the terminal for what the arguments leave open.
    pub(crate) fn session(self) -> Session {
        let variable = |name: &str| std::env::var(name).ok();
        let paint = |is_terminal: bool| match self.color {
            ColorChoice::Always => Paint::Coloured,
            ColorChoice::Never => Paint::Plain,
            ColorChoice::Auto => Paint::automatic(is_terminal, variable),
        };
        Session {
            // Each stream by itself: results may go into a file while notes are on the terminal.
            paint: paint(std::io::stdout().is_terminal()),
            paint_notes: paint(std::io::stderr().is_terminal()),
            lang: self.lang.unwrap_or_else(|| Lang::of_locale(variable)),
            width: terminal_width(variable),
            talk: match (self.quiet, self.verbose) {
                // Both can't be set, since clap refuses them together.
                (true, _) => Talk::Quiet,
                (false, true) => Talk::Verbose,
                (false, false) => Talk::Normal,
            },
            index: self.index,
            remote: None,
        }
    }
}

impl Session {
    /// A session that prints nothing.
    #[cfg(test)]
    pub(crate) fn for_tests() -> Self {
        Self {
            index: PathBuf::new(),
            lang: Lang::Zh,
            paint: Paint::Plain,
            paint_notes: Paint::Plain,
            width: 80,
            talk: Talk::Quiet,
            remote: None,
        }
    }

    /// The same without colours on standard output.
    pub(crate) fn without_colour(&self) -> Self {
        Self {
            paint: Paint::Plain,
            ..self.clone()
        }
    }

    /// Writes a line that the user should know of to standard error, unless told to be quiet.
    pub(crate) fn note(&self, line: &str) {
        self.say(Talk::Normal, line);
    }

    /// Writes a line to standard error if told to be verbose.
    pub(crate) fn detail(&self, line: &str) {
        self.say(Talk::Verbose, line);
    }

    fn say(&self, from: Talk, line: &str) {
        match &self.remote {
            _ if self.talk < from => {}
            Some(remote) => remote.note(line),
            None => complain(line),
        }
    }

    /// Whether arguments may name files: those of a person may, those of a request may not.
    pub(crate) fn may_name_files(&self) -> bool {
        self.remote.is_none()
    }

    /// Cells of a line of a table: a file or another program, which do not wrap lines, get it whole.
    pub(crate) fn table_width(&self) -> usize {
        // A user who sets the width wants it in files too.
        let is_bounded = std::io::stdout().is_terminal() || std::env::var_os("COLUMNS").is_some();
        if is_bounded { self.width } else { usize::MAX }
    }

    /// Opens the index of this session.
    pub(crate) fn open(&self) -> xunzhang::index::Result<Arc<Index>> {
        match &self.remote {
            Some(remote) => Ok(remote.index()),
            None => Index::open(&self.index).map(Arc::new),
        }
    }

    /// Opens the index of this session and reads all of it against its checksums: for commands of which that is less than a
    /// twentieth, since they read all of it themselves. It takes 18 ms for an index of 142 MB.
    pub(crate) fn open_checked(&self) -> xunzhang::index::Result<Arc<Index>> {
        let index = self.open()?;
        // A program that answers many requests has checked it when it opened it.
        if self.remote.is_none() {
            index.check_content()?;
        }
        Ok(index)
    }
}

/// Writes a line to standard error, and ignores a failure to do so. Quoted text cannot steer the terminal.
pub(crate) fn complain(line: &str) {
    complain_with("", line);
}

/// The same after `label`, which may be coloured.
pub(crate) fn complain_with(label: &str, line: &str) {
    let line = printable_lines(line);
    // One call under one lock, so that lines of several threads do not mix.
    let _ = writeln!(std::io::stderr().lock(), "{label}{line}");
}
