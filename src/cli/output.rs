//! Where a report goes: a file, or standard output.

use std::io::{IsTerminal, Write};
use std::path::PathBuf;

use clap::ValueEnum;
use xunzhang::Error;
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
    /// The format that was asked for, or that the file's extension names; `plain` on standard output.
    ///
    /// # Errors
    /// [`Error::BadOutput`] if the extension names none.
    pub(super) fn format<F: ValueEnum>(&self, asked: Option<F>, plain: F) -> Result<F, Error> {
        let (None, Some(path)) = (&asked, &self.output) else {
            return Ok(asked.unwrap_or(plain));
        };
        let extension = path.extension().unwrap_or_default().to_string_lossy();
        let name = match extension.to_lowercase().as_str() {
            "txt" => "text".to_owned(),
            "htm" => "html".to_owned(),
            other => other.to_owned(),
        };
        F::from_str(&name, false).map_err(|_| {
            let known = F::value_variants().iter().filter_map(F::to_possible_value);
            let known = known.map(|value| match value.get_name() {
                "text" => ".txt".to_owned(),
                other => format!(".{other}"),
            });
            Error::BadOutput {
                path: path.clone(),
                reason: format!(
                    "expected an extension of {}",
                    known.collect::<Vec<_>>().join(" ")
                ),
            }
        })
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
