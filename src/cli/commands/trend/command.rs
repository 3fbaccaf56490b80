//! `xunzhang trend WORD...`

use std::io::Write;

use clap::ValueEnum;
use xunzhang::report::keywords::from_words;
use xunzhang::report::tally::{Negated, TallyOptions, tally};
use xunzhang::report::trend::{By, Series, Trend, trend};
use xunzhang::search::Searcher;
use xunzhang::source::mark::Form;

use super::render::{as_csv, course, method, page, relative_svg};
use crate::cli::arguments::word;
use crate::cli::filter::FilterArguments;
use crate::cli::messages::{Lang, say};
use crate::cli::output::columns::grouped;
use crate::cli::output::{OutputsArguments, json_line};
use crate::cli::paint::Ink;
use crate::cli::session::{Session, Talk};
use crate::cli::terminal::{pad_left, printable};

const EXAMPLES: &str = "\
Examples:
  xunzhang trend 科学发展观 新发展理念              bars by year in the terminal
  xunzhang trend 招商引资 --by decade -o trend.svg   a chart of the frequency per 10,000 characters";

/// Cells of the longest bar.
const BAR: usize = 40;

const FORMS: [Form; 4] = [Form::Svg, Form::Page, Form::Csv, Form::Json];

#[derive(clap::Args)]
#[command(after_help = EXAMPLES)]
pub(in crate::cli) struct Arguments {
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
    pub(in crate::cli) fn run(
        self,
        session: &Session,
        out: &mut dyn Write,
    ) -> anyhow::Result<bool> {
        let outputs = self.output.open(&FORMS, |_, _| Vec::new(), &[], session)?;
        let keywords = from_words(&self.words)?;
        let index = session.open()?;
        for output in &outputs {
            output.check_sources(&index)?;
        }
        let options = TallyOptions {
            filter: self.filter.filter(),
            negation: Negated::Ignored,
            ..TallyOptions::default()
        };
        let by = match self.by {
            ByArgument::Year => By::Year,
            ByArgument::Month => By::Month,
            ByArgument::Decade => By::Decade,
        };
        let trend = trend(&tally(&Searcher::new(&index), &keywords, &options)?, by);
        let lang = session.lang;
        for output in &outputs {
            output.main.write(&match output.main.form() {
                Form::Svg => relative_svg(&trend, lang).into_bytes(),
                Form::Page => page(&trend, lang).into_bytes(),
                Form::Csv => as_csv(&trend, lang),
                _ => json_line(&trend)?.into_bytes(),
            })?;
            let path = output.main.path().display();
            session.note(&say!(session.lang, "wrote", path));
        }
        if outputs.is_empty() || session.talk > Talk::Normal {
            print(&trend, session, out)?;
        }
        Ok(trend.words.iter().any(|series| series.occurrences > 0))
    }
}

fn print(trend: &Trend, session: &Session, out: &mut dyn Write) -> std::io::Result<()> {
    for series in &trend.words {
        let word = printable(&series.word);
        writeln!(out, "{}", session.paint.ink(Ink::Title, &word))?;
        writeln!(out, "{}", summary(series, session.lang))?;
        print_bars(trend, series, session, out)?;
        writeln!(out)?;
    }
    for note in method(trend, session.lang) {
        writeln!(out, "{}", session.paint.ink(Ink::Faint, &note))?;
    }
    Ok(())
}

fn summary(series: &Series, lang: Lang) -> String {
    let unknown = || "–".to_owned();
    let first = series.first.clone().unwrap_or_else(unknown);
    let last = series.last.clone().unwrap_or_else(unknown);
    let peak = series
        .peak
        .as_ref()
        .map_or_else(unknown, |point| point.period.clone());
    let course = course(series.course, lang);
    let total = grouped(series.occurrences);
    let undated = grouped(series.undated);
    say!(
        lang,
        "trend-course",
        total,
        undated,
        first,
        peak,
        last,
        course
    )
}

/// A bar for each period with text, as long as the word is frequent for that text; one line for all before the first
/// that holds it.
fn print_bars(
    trend: &Trend,
    series: &Series,
    session: &Session,
    out: &mut dyn Write,
) -> std::io::Result<()> {
    let rates = || series.points.iter().filter_map(|point| point.per_10k);
    let top = rates().fold(0.0f64, f64::max);
    if top == 0.0 {
        return Ok(());
    }
    let told = series.points.iter().zip(&trend.periods);
    let told: Vec<_> = told.filter(|(point, _)| point.per_10k.is_some()).collect();
    let n_before = told.iter().take_while(|(point, _)| point.occurrences == 0);
    let (before, told) = told.split_at(n_before.count());
    match before {
        [] => {}
        [(only, _)] => writeln!(out, "{}  {:>7}", only.period, 0)?,
        [(first, _), .., (last, _)] => writeln!(out, "{}–{}  0", first.period, last.period)?,
    }
    for (point, period) in told {
        let rate = point.per_10k.unwrap_or(0.0);
        let eighths = (rate / top * (BAR * 8) as f64).round() as usize;
        let mut bar = "█".repeat(eighths / 8);
        let rest = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"][eighths % 8];
        bar.push_str(rest);
        let thin = if period.thin { "*" } else { " " };
        let bar = session.paint.ink(Ink::Hit, &bar);
        let count = pad_left(&grouped(point.occurrences), 7);
        writeln!(out, "{}{thin}{count} {rate:>8.2}  {bar}", point.period)?;
    }
    Ok(())
}
