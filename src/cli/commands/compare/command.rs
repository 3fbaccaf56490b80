//! `xunzhang compare OLD NEW`: arguments and run.

use std::io::Write;
use std::path::Path;

use xunzhang::precedent::{CompareOptions, Comparison, Status, compare};
use xunzhang::search::{FullDocument, Searcher};

use super::text;
use crate::cli::filter::FilterArguments;
use crate::cli::messages::say;
use crate::cli::output::{Format, OutputArguments, json_line, one_of};
use crate::cli::resolve_document::{self, First};
use crate::cli::session::{Session, threads};

const EXAMPLES: &str = "\
Examples:
  xunzhang compare 青柳县/2004年政府工作报告.txt 青柳县/2009年政府工作报告.txt
  xunzhang compare 2023.docx 2024.docx --changes     files that are not in the index
  xunzhang compare OLD NEW --format json -o changes.json

Sentences are joined by the pairs of characters that both have, weighted by how rare they are in the two reports, and by their headings;
each is kept, changed (with [-what was taken out-] and {+what was put in+}), moved, dropped or new. What one report plans and what
the next has done are not joined, unless they are word for word the same. The filters say in which documents the
first use of a new wording is looked up.";

#[derive(clap::Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Arguments {
    /// The older report: an id of the index or a part of one that no other has, or a file.
    #[arg(value_name = "OLD")]
    old: String,
    /// The newer report.
    #[arg(value_name = "NEW")]
    new: String,
    /// Leave out the sentences that were kept.
    #[arg(long)]
    changes: bool,
    /// How to print.
    #[arg(long, value_parser = one_of(&FORMATS))]
    format: Option<Format>,
    #[command(flatten)]
    output: OutputArguments,
    #[command(flatten)]
    filter: FilterArguments,
}

/// What `--format` takes.
const FORMATS: [Format; 2] = [Format::Text, Format::Json];

impl Arguments {
    pub(crate) fn run(self, session: &Session, out: &mut dyn Write) -> anyhow::Result<bool> {
        let format = self.output.format(self.format, &FORMATS)?;
        // Both may be files, which `-o` must not replace.
        let inputs = [Path::new(&self.old), Path::new(&self.new)];
        let output = self.output.open(format.form(), &inputs, session)?;
        let index = session.open()?;
        output.check_sources(&index)?;
        let compared = self.compared(&Searcher::new(&index), session)?;
        match format {
            Format::Json => output.write(json_line(&compared)?.as_bytes(), out)?,
            _ => {
                let text = text::print(&compared, &self.output.session(session))?;
                output.write(text.as_bytes(), out)?;
            }
        }
        let summary = &compared.summary;
        // Two reports that have nothing in common are exit status 1, as a search without hits is.
        Ok(summary.kept + summary.changed + summary.moved > 0)
    }

    fn compared(&self, searcher: &Searcher<'_>, session: &Session) -> anyhow::Result<Comparison> {
        let options = CompareOptions {
            filter: self.filter.filter(),
            threads: threads(),
        };
        let (old, new) = (one(&self.old, session)?, one(&self.new, session)?);
        let mut compared = compare(searcher, old, new, &options)?;
        if self.changes {
            compared.pairs.retain(|pair| pair.status != Status::Kept);
        }
        Ok(compared)
    }
}

/// The report of a name; a file of several records names them.
fn one(name: &str, session: &Session) -> anyhow::Result<FullDocument> {
    let mut documents = resolve_document::documents(session, name, First::Index)?;
    let n = documents.len();
    match documents.pop() {
        Some(document) if n == 1 => Ok(document),
        _ => anyhow::bail!(say!(session.lang, "compare-name-one", name, n)),
    }
}
