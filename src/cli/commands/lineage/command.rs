//! `xunzhang lineage WORDING`: arguments and run.

use std::io::Write;
use std::path::Path;

use xunzhang::precedent::{Lineage, LineageOptions, MAX_FORMS, SAME, lineage};
use xunzhang::search::{Filter, Searcher};

use super::render::LineageReport;
use super::text;
use crate::cli::arguments::word;
use crate::cli::filter::FilterArguments;
use crate::cli::output::{Format, OutputArguments, one_of};
use crate::cli::session::Session;
use crate::cli::value::{share, within};
use crate::cli::wording::text_or_input;

const EXAMPLES: &str = "\
Examples:
  xunzhang lineage 脱贫攻坚                          first use, forms, who took it up, peak, successor
  xunzhang lineage 科学发展观 --min-similarity 0.6    more forms: less alike
  xunzhang lineage 乡村振兴 -o tree.svg              the tree of forms along the years
  xunzhang lineage 乡村振兴 --uses -o uses.csv       a line for each passage that has the wording

Forms of a wording are its variants of at least the minimum similarity: units aligned in both texts (those that are elsewhere count nine
tenths), twice, over the units of both. Each goes back to the earlier form that is most like it. That says what is like what and what
came first, not that one was made of the other; a wording that was replaced as a whole is not found this way.";

#[derive(clap::Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Arguments {
    /// The wording, at most one sentence, or `-` for standard input.
    #[arg(value_name = "WORDING", value_parser = word)]
    wording: String,
    /// Minimum similarity of a form, from 0 to 1.
    #[arg(long, value_name = "SHARE", default_value_t = SAME, value_parser = share)]
    min_similarity: f64,
    /// Maximum number of forms, the most similar; at most 100.
    #[arg(short = 'n', long, value_name = "N", default_value_t = 20, value_parser = within::<usize>(1..=MAX_FORMS as i64))]
    limit: usize,
    /// List every passage that has the wording: in JSON as well, in CSV instead of the forms.
    #[arg(long)]
    uses: bool,
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
    Format::Svg,
    Format::Csv,
];

impl Arguments {
    pub(crate) fn run(self, session: &Session, out: &mut dyn Write) -> anyhow::Result<bool> {
        let format = self.output.format(self.format, &FORMATS)?;
        let inputs = [Path::new(&self.wording)];
        // An argument is text itself; only standard input may be a file that `-o` would replace.
        let inputs = if self.wording == "-" {
            &inputs[..]
        } else {
            &[]
        };
        let output = self.output.open(format.form(), inputs, session)?;
        let wording = self.wording(session)?;
        let index = session.open()?;
        output.check_sources(&index)?;
        let (lineage, filter) = self.lineage(&Searcher::new(&index), &wording)?;
        let report = LineageReport {
            lineage: &lineage,
            filter: &filter,
            lang: session.lang,
        };
        let is_found = !lineage.forms.is_empty();
        match format {
            Format::Json => output.write_json(&lineage, out)?,
            Format::Html => output.write(report.page().as_bytes(), out)?,
            Format::Svg => output.write(report.svg().as_bytes(), out)?,
            Format::Csv if self.uses => output.write_csv(&report.uses_table(), out)?,
            Format::Csv => output.write_csv(&report.forms_table(), out)?,
            _ => {
                let text = text::print(&report, &self.output.session(session))?;
                output.write(text.as_bytes(), out)?;
            }
        }
        Ok(is_found)
    }

    /// The wording that is looked up.
    pub(crate) fn wording(&self, session: &Session) -> anyhow::Result<String> {
        text_or_input(&self.wording, session)
    }

    /// Its history, and the filter that it was looked up under.
    ///
    /// # Errors
    /// Those of [`lineage`].
    pub(crate) fn lineage(
        &self,
        searcher: &Searcher<'_>,
        wording: &str,
    ) -> xunzhang::precedent::Result<(Lineage, Filter)> {
        let options = LineageOptions {
            min_similarity: self.min_similarity,
            limit: self.limit,
            uses: self.uses,
            filter: self.filter.filter(),
        };
        let found = lineage(searcher, wording.trim(), &options)?;
        Ok((found, options.filter))
    }
}
