//! `xunzhang verify`

use std::io::Write;

use xunzhang::index::{Counted, Flaw, Verification, verify};

use crate::cli::messages::{Lang, say};
use crate::cli::output::columns::grouped;
use crate::cli::output::{Format, json_line, one_of};
use crate::cli::progress::Bar;
use crate::cli::session::Session;
use crate::cli::terminal::printable;

#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// How to print it.
    #[arg(long, value_parser = one_of(&FORMATS), default_value = "text")]
    format: Format,
}

/// What `--format` takes.
const FORMATS: [Format; 2] = [Format::Text, Format::Json];

/// The index is not whole.
#[derive(Debug, thiserror::Error)]
#[error("the index is damaged")]
pub(crate) struct Damaged;

impl Arguments {
    pub(crate) fn run(self, session: &Session, out: &mut dyn Write) -> anyhow::Result<bool> {
        let bar = Bar::new(session);
        // By its folder: an index that is damaged may not open.
        let verification = verify(&session.index, &|progress| bar.show(progress));
        bar.clear();
        let verification = verification?;
        match self.format {
            Format::Json => write!(out, "{}", json_line(&verification)?)?,
            _ => print(session.lang, &verification, out)?,
        }
        if !verification.problems.is_empty() {
            // What was found goes out before the error.
            out.flush()?;
            return Err(Damaged.into());
        }
        Ok(true)
    }
}

fn print(lang: Lang, verification: &Verification, out: &mut dyn Write) -> anyhow::Result<()> {
    // Flaws are what this command finds, not notes beside it: they can be piped on.
    for flaw in &verification.problems {
        writeln!(out, "{}", printable(&sentence(lang, flaw)))?;
    }
    let Verification {
        files,
        documents,
        passages,
        problems,
    } = verification;
    let [files, documents, passages] = [files, documents, passages].map(|&n| grouped(n));
    let n = problems.len();
    let line = if n == 0 {
        say!(lang, "verify-sound", files, documents, passages)
    } else {
        say!(lang, "verify-problems", n, files, documents, passages)
    };
    writeln!(out, "{line}")?;
    Ok(())
}

fn sentence(lang: Lang, flaw: &Flaw) -> String {
    match flaw {
        Flaw::DamagedFile(name) => say!(lang, "flaw-damaged-file", name),
        Flaw::MissingFile(name) => {
            say!(lang, "flaw-missing-file", name)
        }
        Flaw::Count {
            what,
            manifest,
            found,
        } => {
            let what = lang.text(match what {
                Counted::Files => "flaw-files",
                Counted::Documents => "flaw-documents",
                Counted::Passages => "flaw-passages-count",
                Counted::Characters => "flaw-characters",
            });
            say!(lang, "flaw-count", what, manifest, found)
        }
        Flaw::Passages {
            document,
            expected,
            found,
        } => say!(lang, "flaw-passages", document, expected, found),
        Flaw::NotFindable { document, number } => say!(lang, "flaw-not-findable", document, number),
    }
}
