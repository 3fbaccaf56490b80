//! Options `-o` and `--overwrite`, checked before the work.

use std::io::{IsTerminal, Write};
use std::path::{Path, PathBuf};

use serde::Serialize;
use xunzhang::index::Index;
use xunzhang::source::mark::{Form, stamp};
use xunzhang::text::printable::escape_json;

use super::csv::{csv, plain_csv};
use super::format::Format;
use super::refusal::{Refusal, Why};
use super::table::Table;
use super::target::{Guard, Target};
use crate::cli::messages::{Lang, say};
use crate::cli::session::Session;

/// A file to write to.
#[derive(clap::Args)]
pub(crate) struct OutputArguments {
    /// Write to this file; its extension names the format where --format does not.
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Replace the file even if xunzhang did not write it; never an input or a source of the index.
    #[arg(long, requires = "output")]
    overwrite: bool,
}

/// Files to write to.
#[derive(clap::Args)]
pub(crate) struct OutputsArguments {
    /// Write to this file, by its extension: .html .csv .json, of a report also .xlsx .zip .md, of a trend .svg; repeatable.
    #[arg(short, long, value_name = "FILE")]
    output: Vec<PathBuf>,
    /// Replace files even if xunzhang did not write them; never an input or a source of the index.
    #[arg(long, requires = "output")]
    overwrite: bool,
}

/// Where a command writes: a file that may be written to, or standard output.
#[derive(Debug)]
pub(crate) struct Output {
    target: Option<Target>,
    form: Form,
    /// Reports a file once it is written.
    session: Session,
}

impl OutputArguments {
    /// The requested format, or that of `known` which the file's extension names; text on standard output.
    ///
    /// # Errors
    /// A [`Refusal`] if the extension names none.
    pub(crate) fn format(
        &self,
        asked: Option<Format>,
        known: &[Format],
    ) -> Result<Format, Refusal> {
        // `--format` wins over the extension, which may be one that a program insists on.
        let (None, Some(path)) = (asked, &self.output) else {
            return Ok(asked.unwrap_or(Format::Text));
        };
        let extension = path.extension().unwrap_or_default().to_string_lossy();
        Format::of_extension(&extension, known).ok_or_else(|| {
            let known = known
                .iter()
                .map(|format| format!(".{}", format.extension()));
            Refusal::new(path, Why::Extension(known.collect::<Vec<_>>().join(" ")))
        })
    }

    /// Checks the file before the work; `inputs` are the files that the command reads.
    ///
    /// # Errors
    /// A [`Refusal`].
    pub(crate) fn open(
        &self,
        form: Form,
        inputs: &[&Path],
        session: &Session,
    ) -> Result<Output, Refusal> {
        let guard = Guard {
            index: &session.index,
            inputs,
            overwrite: self.overwrite,
        };
        let target = self.output.as_deref();
        let target = target.map(|path| target_at(path, form, &guard, session));
        let target = target.transpose()?;
        Ok(Output {
            target,
            form,
            session: session.clone(),
        })
    }

    /// The session for what is printed: colours are for terminals, never for files.
    pub(crate) fn session(&self, session: &Session) -> Session {
        match self.output {
            Some(_) => session.without_colour(),
            None => session.clone(),
        }
    }
}

impl Output {
    /// Whether it is a file.
    pub(crate) fn is_file(&self) -> bool {
        self.target.is_some()
    }

    /// Checks that the index was not built from the file.
    ///
    /// # Errors
    /// A [`Refusal`], or what the index says if it can't be read.
    pub(crate) fn check_sources(&self, index: &Index) -> anyhow::Result<()> {
        match &self.target {
            Some(target) => target.check_sources(index),
            None => Ok(()),
        }
    }

    /// Writes to the file, or to `out`.
    pub(crate) fn write(&self, bytes: &[u8], out: &mut dyn Write) -> anyhow::Result<()> {
        match &self.target {
            Some(target) => self.write_file(target, bytes),
            // A page is nothing to read in a terminal: it goes on into a file.
            None if self.form == Form::Page => Ok(out.write_all(&stamp(self.form, bytes))?),
            None => Ok(out.write_all(bytes)?),
        }
    }

    fn write_file(&self, target: &Target, bytes: &[u8]) -> anyhow::Result<()> {
        target.write(bytes)?;
        let path = target.path().display();
        let Session { lang, .. } = self.session;
        // Who sent the request has the bytes.
        if self.session.remote.is_none() {
            self.session.note(&say!(lang, "wrote", path));
        }
        Ok(())
    }

    /// The same for a value as JSON on one line.
    pub(crate) fn write_json(
        &self,
        value: &impl Serialize,
        out: &mut dyn Write,
    ) -> anyhow::Result<()> {
        self.write(json_line(value)?.as_bytes(), out)
    }

    /// The same for what `write` writes in pieces: standard output gets them as they come.
    pub(crate) fn write_with(
        &self,
        out: &mut dyn Write,
        write: impl FnOnce(&mut dyn Write) -> anyhow::Result<()>,
    ) -> anyhow::Result<()> {
        match &self.target {
            Some(target) => {
                // Held back until all of it is there: an error leaves the old file as it was.
                let mut bytes = Vec::new();
                write(&mut bytes)?;
                self.write_file(target, &bytes)
            }
            None => write(out),
        }
    }

    /// The same for a table as CSV: a file is for Excel, and standard output for programs.
    pub(crate) fn write_csv(&self, table: &Table, out: &mut dyn Write) -> anyhow::Result<()> {
        self.write(&self.csv(table), out)
    }

    /// What [`Output::write_csv`] writes.
    pub(crate) fn csv(&self, table: &Table) -> Vec<u8> {
        match self.target {
            Some(_) => csv(table),
            None => plain_csv(table),
        }
    }

    /// The same for binary bytes, which are not written to a terminal.
    pub(crate) fn write_binary(
        &self,
        bytes: &[u8],
        lang: Lang,
        out: &mut dyn Write,
    ) -> anyhow::Result<()> {
        // The bytes would be shown as signs and commands of the terminal; into a pipe they may be meant.
        let is_shown = self.target.is_none() && self.session.remote.is_none();
        if is_shown && std::io::stdout().is_terminal() {
            anyhow::bail!(say!(lang, "output-binary"));
        }
        self.write(bytes, out)
    }
}

/// The value as JSON on one line that is safe on a terminal.
pub(crate) fn json_line(value: &impl Serialize) -> serde_json::Result<String> {
    let json = serde_json::to_string(value)?;
    // Escaped, since a terminal obeys such characters and a parser gets them back.
    Ok(escape_json(&json).into_owned() + "\n")
}

impl OutputsArguments {
    /// Checks the files before the work; each has to be of one of `forms`. `beside` are the files that the one at a path
    /// brings with it.
    ///
    /// # Errors
    /// A [`Refusal`] of the first that cannot be written.
    pub(crate) fn open(
        &self,
        forms: &[Form],
        beside: impl Fn(&Path, Form) -> Vec<PathBuf>,
        inputs: &[&Path],
        session: &Session,
    ) -> Result<Vec<Outputs>, Refusal> {
        let guard = Guard {
            index: &session.index,
            inputs,
            overwrite: self.overwrite,
        };
        let mut all: Vec<Outputs> = Vec::new();
        for path in &self.output {
            let form = form_of(path, forms)?;
            let main = target_at(path, form, &guard, session)?;
            let others = match &session.remote {
                // An answer is one file.
                Some(_) => Vec::new(),
                None => beside(path, form),
            };
            let others = others.iter();
            let others = others.map(|path| target_at(path, form, &guard, session));
            let found = Outputs {
                main,
                beside: others.collect::<Result<_, _>>()?,
            };
            let is_known = |new: &&Target| {
                let mut known = all.iter().flat_map(Outputs::targets);
                known.any(|target| target.is_same(new))
            };
            // The second would silently replace the first.
            if let Some(twice) = found.targets().find(is_known) {
                return Err(twice.refuse_twice());
            }
            all.push(found);
        }
        Ok(all)
    }
}

/// A file to write, and those that go with it.
pub(crate) struct Outputs {
    /// The requested file.
    pub(crate) main: Target,
    /// In the order that they were asked for.
    pub(crate) beside: Vec<Target>,
}

impl Outputs {
    fn targets(&self) -> impl Iterator<Item = &Target> {
        std::iter::once(&self.main).chain(&self.beside)
    }

    /// As [`Output::check_sources`].
    pub(crate) fn check_sources(&self, index: &Index) -> anyhow::Result<()> {
        let mut targets = self.targets();
        targets.try_for_each(|target| target.check_sources(index))
    }
}

/// The file at `path`, checked; for a request its answer.
fn target_at(
    path: &Path,
    form: Form,
    guard: &Guard<'_>,
    session: &Session,
) -> Result<Target, Refusal> {
    match &session.remote {
        Some(remote) => Ok(Target::remote(path, form, remote)),
        None => Target::check(path, form, guard),
    }
}

/// The form that the extension of `path` names.
fn form_of(path: &Path, forms: &[Form]) -> Result<Form, Refusal> {
    let extension = path.extension().unwrap_or_default().to_string_lossy();
    let extension = extension.to_lowercase();
    let found = forms.iter().find(|form| form.extension() == extension);
    found.copied().ok_or_else(|| {
        let known = forms.iter().map(|form| format!(".{}", form.extension()));
        Refusal::new(path, Why::Extension(known.collect::<Vec<_>>().join(" ")))
    })
}
