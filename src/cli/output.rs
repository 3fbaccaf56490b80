//! Where a report goes: a file, or standard output.

use std::io::{IsTerminal, Write};
use std::path::{Path, PathBuf};

use xunzhang::report::output::write_whole;

use super::language::{Lang, say};

/// A file to write to.
#[derive(clap::Args)]
pub(super) struct OutputArguments {
    /// Write to this file; its extension names the format where --format does not.
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
}

impl OutputArguments {
    /// The extension of the file in lower case, if there is one.
    pub(super) fn extension(&self) -> Option<String> {
        let extension = self.output.as_deref().and_then(Path::extension)?;
        Some(extension.to_str()?.to_lowercase())
    }

    /// Writes to the file, or to `out`.
    pub(super) fn write(&self, bytes: &[u8], out: &mut dyn Write) -> anyhow::Result<()> {
        let Some(path) = &self.output else {
            return Ok(out.write_all(bytes)?);
        };
        Ok(write_whole(path, bytes)?)
    }

    /// The same for bytes that are no text: a terminal is spared.
    pub(super) fn write_binary(
        &self,
        bytes: &[u8],
        lang: Lang,
        out: &mut dyn Write,
    ) -> anyhow::Result<()> {
        if self.output.is_none() && std::io::stdout().is_terminal() {
            anyhow::bail!(say!(
                lang,
                "工作簿不宜显示在终端上；请用 -o 文件.xlsx",
                "a workbook is not for the terminal; name a file with -o FILE.xlsx"
            ));
        }
        self.write(bytes, out)
    }
}
