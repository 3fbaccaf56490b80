//! `xunzhang completions SHELL`

use std::io::Write;

use clap_complete::Shell;
use xunzhang::source::mark::Form;

use crate::cli::messages::{Lang, translated};
use crate::cli::output::OutputArguments;
use crate::cli::session::Session;

#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// The shell to complete in.
    shell: Shell,
    #[command(flatten)]
    output: OutputArguments,
}

impl Arguments {
    /// Prints the script for `definition`, the whole command line.
    pub(crate) fn run(
        self,
        definition: clap::Command,
        session: &Session,
        out: &mut dyn Write,
    ) -> anyhow::Result<bool> {
        let output = self.output.open(Form::Script, &[], session)?;
        // The generator panics where it cannot write, so that it writes to memory.
        let mut script = Vec::new();
        // A shell prints the help of each flag beside it, in the language that the messages have.
        let mut command = match session.lang {
            Lang::Zh => translated(definition, session.lang, None),
            Lang::En => definition,
        };
        clap_complete::generate(self.shell, &mut command, "xunzhang", &mut script);
        output.write(&script, out)?;
        Ok(true)
    }
}
