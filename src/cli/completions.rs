//! `xunzhang completions SHELL`

use std::io::Write;

use clap::CommandFactory;
use clap_complete::Shell;
use xunzhang::source::mark::Form;

use super::messages::{Lang, translated};
use super::output::OutputArguments;
use super::session::Session;

#[derive(clap::Args)]
pub(super) struct Arguments {
    /// The shell to complete in.
    shell: Shell,
    #[command(flatten)]
    output: OutputArguments,
}

impl Arguments {
    pub(super) fn run(self, session: &Session, out: &mut dyn Write) -> anyhow::Result<bool> {
        let output = self.output.open(Form::Script, &[], session)?;
        // The generator panics where it cannot write, so that it writes to memory.
        let mut script = Vec::new();
        let mut command = super::Arguments::command();
        if session.lang == Lang::Zh {
            command = translated(super::definition(), session.lang, None);
        }
        clap_complete::generate(self.shell, &mut command, "xunzhang", &mut script);
        output.write(&script, out)?;
        Ok(true)
    }
}
