//! `xunzhang completions SHELL`

use std::io::Write;

use clap::CommandFactory;
use clap_complete::Shell;

#[derive(clap::Args)]
pub(super) struct Arguments {
    /// The shell to complete in.
    shell: Shell,
}

impl Arguments {
    pub(super) fn run(self, out: &mut dyn Write) -> anyhow::Result<bool> {
        // The generator panics where it cannot write, so that it writes to memory.
        let mut script = Vec::new();
        let mut command = super::Arguments::command();
        clap_complete::generate(self.shell, &mut command, "xunzhang", &mut script);
        out.write_all(&script)?;
        Ok(true)
    }
}
