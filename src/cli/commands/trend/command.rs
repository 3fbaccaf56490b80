//! `xunzhang trend WORD...`

use std::io::Write;

use clap::ValueEnum;
use xunzhang::report;
use xunzhang::report::keywords::{Keywords, from_words};
use xunzhang::report::tally::{Negated, TallyOptions, tally};
use xunzhang::report::trend::{By, Trend, trend};
use xunzhang::search::{Filter, Searcher};
use xunzhang::source::mark::Form;

use super::render::TrendReport;
use super::text::print;
use crate::cli::arguments::word;
use crate::cli::filter::FilterArguments;
use crate::cli::messages::say;
use crate::cli::output::{OutputsArguments, json_line};
use crate::cli::session::{Session, Talk};

const EXAMPLES: &str = "\
Examples:
  xunzhang trend 科学发展观 新发展理念              bars by year in the terminal
  xunzhang trend 招商引资 --by decade -o trend.svg   a chart of the frequency per 10,000 characters";

const FORMS: [Form; 4] = [Form::Svg, Form::Page, Form::Csv, Form::Json];

#[derive(clap::Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Arguments {
    /// Words or queries, each a line on the chart; alternatives between `|` are one.
    #[arg(value_name = "WORD", required = true, value_parser = word)]
    words: Vec<String>,
    /// How time is cut.
    #[arg(long, value_enum, default_value = "year")]
    by: ByArgument,
    #[command(flatten)]
    output: OutputsArguments,
    #[command(flatten)]
    filter: FilterArguments,
}

#[derive(Clone, Copy, ValueEnum)]
enum ByArgument {
    Year,
    Month,
    Decade,
}

impl Arguments {
    pub(crate) fn run(self, session: &Session, out: &mut dyn Write) -> anyhow::Result<bool> {
        let outputs = self.output.open(&FORMS, |_, _| Vec::new(), &[], session)?;
        let keywords = self.keywords()?;
        let index = session.open()?;
        for output in &outputs {
            output.check_sources(&index)?;
        }
        let (trend, filter) = self.trend(&Searcher::new(&index), &keywords)?;
        let report = TrendReport {
            trend: &trend,
            filter: &filter,
            lang: session.lang,
        };
        for output in &outputs {
            output.main.write(&match output.main.form() {
                // Rates rather than counts: a year with twice the text would look like a rise.
                Form::Svg => report.relative_svg().into_bytes(),
                Form::Page => report.page().into_bytes(),
                Form::Csv => report.csv(),
                _ => json_line(&trend)?.into_bytes(),
            })?;
            let path = output.main.path().display();
            session.note(&say!(session.lang, "wrote", path));
        }
        if outputs.is_empty() || session.talk > Talk::Normal {
            print(&report, session, out)?;
        }
        Ok(trend.words.iter().any(|series| series.occurrences > 0))
    }

    /// The words that were given, as a list.
    ///
    /// # Errors
    /// Those of [`from_words`].
    pub(crate) fn keywords(&self) -> report::Result<Keywords> {
        from_words(&self.words)
    }

    /// The words over time, and the documents that they were counted in.
    ///
    /// # Errors
    /// Those of [`tally`].
    pub(crate) fn trend(
        &self,
        searcher: &Searcher<'_>,
        keywords: &Keywords,
    ) -> report::Result<(Trend, Filter)> {
        let options = TallyOptions {
            filter: self.filter.filter(),
            // A trend counts a word however it is used; to classify its hits would only take time.
            negation: Negated::Ignored,
            ..TallyOptions::default()
        };
        let by = match self.by {
            ByArgument::Year => By::Year,
            ByArgument::Month => By::Month,
            ByArgument::Decade => By::Decade,
        };
        let trend = trend(&tally(searcher, keywords, &options)?, by);
        Ok((trend, options.filter))
    }
}
