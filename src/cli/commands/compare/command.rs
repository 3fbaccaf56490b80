//! `xunzhang compare OLD NEW`: arguments and run.

use std::io::Write;
use std::path::Path;

use xunzhang::precedent::{CompareOptions, Comparison, Series, Status, compare, compare_series};
use xunzhang::search::{FullDocument, Searcher};

use super::{labels, page, tables, text, tracked_changes};
use crate::cli::filter::FilterArguments;
use crate::cli::messages::say;
use crate::cli::output::workbook::workbook;
use crate::cli::output::{Format, Output, OutputArguments, json_line, one_of};
use crate::cli::resolve_document::{self, First};
use crate::cli::session::{Session, threads};

const EXAMPLES: &str = "\
Examples:
  xunzhang compare 青柳县/2004年政府工作报告.txt 青柳县/2009年政府工作报告.txt
  xunzhang compare 2023.docx 2024.docx --changes     files that are not in the index
  xunzhang compare OLD NEW -o changes.html           a page: side by side, or in one column
  xunzhang compare OLD NEW -o changes.docx           the new report with tracked changes
  xunzhang compare --series '青柳县/*政府工作报告*' -o years.xlsx

Sentences are joined by the pairs of characters that both have, weighted by how rare they are in the two reports, by their headings, and by
the sentences around them; each is kept, changed (with [-what was taken out-] and {+what was put in+}), moved, dropped or new. What one
report plans and what the next has done are not joined, unless they are word for word the same. The filters say in which documents the
first use of a new wording is looked up.

If NEW is of a later year, the figures that OLD sets for the next year are matched with what NEW says was done: met, missed, not
mentioned, or undecided, and why. docs/commitments.md has the rules.";

#[derive(clap::Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Arguments {
    /// The older report: an id of the index or a part of one that no other has, or a file.
    #[arg(
        value_name = "OLD",
        required_unless_present = "series",
        conflicts_with = "series"
    )]
    old: Option<String>,
    /// The newer report.
    #[arg(
        value_name = "NEW",
        required_unless_present = "series",
        conflicts_with = "series"
    )]
    new: Option<String>,
    /// Compare each report whose id matches this pattern with the one of the year before it.
    #[arg(long, value_name = "GLOB")]
    series: Option<String>,
    /// Leave out the sentences that were kept; a Word document has them all.
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
const FORMATS: [Format; 5] = [
    Format::Text,
    Format::Json,
    Format::Html,
    Format::Xlsx,
    Format::Docx,
];

impl Arguments {
    pub(crate) fn run(self, session: &Session, out: &mut dyn Write) -> anyhow::Result<bool> {
        let format = self.output.format(self.format, &FORMATS)?;
        if self.series.is_some() && format == Format::Docx {
            anyhow::bail!(say!(session.lang, "compare-docx-two"));
        }
        // Both may be files, which `-o` must not replace.
        let inputs: Vec<&Path> = [&self.old, &self.new]
            .into_iter()
            .flatten()
            .map(Path::new)
            .collect();
        let output = self.output.open(format.form(), &inputs, session)?;
        let index = session.open()?;
        output.check_sources(&index)?;
        let searcher = Searcher::new(&index);
        let found = match (&self.series, &self.old, &self.new) {
            (Some(glob), ..) => self.of_series(glob, &searcher, session)?,
            (None, Some(old), Some(new)) => {
                let (old, new) = (one(old, session)?, one(new, session)?);
                if format == Format::Docx {
                    return self.write_docx((old, new), &searcher, (session, &output), out);
                }
                let compared = compare(&searcher, old, new, &self.options())?;
                Found::Two(Box::new(self.shown(compared)))
            }
            // clap asks for both.
            _ => return Ok(false),
        };
        self.write(&found, format, (session, &output), out)?;
        // Two reports that have nothing in common are exit status 1, as a search without hits is.
        Ok(found.all().iter().any(is_linked))
    }

    fn options(&self) -> CompareOptions {
        CompareOptions {
            filter: self.filter.filter(),
            threads: threads(),
        }
    }

    fn of_series(
        &self,
        glob: &str,
        searcher: &Searcher<'_>,
        session: &Session,
    ) -> anyhow::Result<Found> {
        let mut series = compare_series(searcher, glob, &self.options())?;
        for one in &series.left_out {
            session.note(&labels::left_out(one, session.lang));
        }
        if series.series.is_empty() {
            anyhow::bail!(say!(session.lang, "compare-series-few", glob));
        }
        let shown = series.series.into_iter().map(|one| self.shown(one));
        series.series = shown.collect();
        Ok(Found::Series(series))
    }

    /// Without what was kept, with `--changes`.
    fn shown(&self, mut compared: Comparison) -> Comparison {
        if self.changes {
            compared.pairs.retain(|pair| pair.status != Status::Kept);
        }
        compared
    }

    fn write(
        &self,
        found: &Found,
        format: Format,
        (session, output): (&Session, &Output),
        out: &mut dyn Write,
    ) -> anyhow::Result<()> {
        let (all, lang) = (found.all(), session.lang);
        match format {
            Format::Json => match found {
                Found::Two(compared) => output.write(json_line(compared)?.as_bytes(), out),
                Found::Series(series) => output.write(json_line(series)?.as_bytes(), out),
            },
            Format::Html => output.write(page::page(all, lang).as_bytes(), out),
            Format::Xlsx => {
                output.write_binary(&workbook(&tables::tables(all, lang), lang)?, lang, out)
            }
            // A Word document is written from the reports themselves.
            _ => {
                let session = self.output.session(session);
                let texts = all.iter().map(|compared| text::print(compared, &session));
                let texts = texts.collect::<Result<Vec<String>, _>>()?;
                output.write(texts.join("\n").as_bytes(), out)
            }
        }
    }

    fn write_docx(
        &self,
        (old, new): (FullDocument, FullDocument),
        searcher: &Searcher<'_>,
        (session, output): (&Session, &Output),
        out: &mut dyn Write,
    ) -> anyhow::Result<bool> {
        let compared = compare(searcher, old.clone(), new.clone(), &self.options())?;
        let bytes = tracked_changes::document(&compared, (&old, &new), session.lang)?;
        output.write_binary(&bytes, session.lang, out)?;
        Ok(is_linked(&compared))
    }
}

/// What was compared.
enum Found {
    Two(Box<Comparison>),
    Series(Series),
}

impl Found {
    fn all(&self) -> &[Comparison] {
        match self {
            Self::Two(compared) => std::slice::from_ref(compared),
            Self::Series(series) => &series.series,
        }
    }
}

fn is_linked(compared: &Comparison) -> bool {
    let summary = &compared.summary;
    summary.kept + summary.changed + summary.moved > 0
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
