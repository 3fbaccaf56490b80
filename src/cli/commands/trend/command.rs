//! `xunzhang trend WORD...`

use std::io::Write;

use clap::ValueEnum;
use xunzhang::report::keywords::from_words;
use xunzhang::report::tally::{Negated, TallyOptions, tally};
use xunzhang::report::trend::{By, Period, Point, Series, Trend, trend};
use xunzhang::search::Searcher;
use xunzhang::source::mark::Form;

use super::render::{TrendReport, answer};
use crate::cli::arguments::word;
use crate::cli::filter::FilterArguments;
use crate::cli::messages::say;
use crate::cli::output::columns::grouped;
use crate::cli::output::{OutputsArguments, json_line};
use crate::cli::paint::Ink;
use crate::cli::session::{Session, Talk};
use crate::cli::terminal::{pad_left, printable, width, wrap};

const EXAMPLES: &str = "\
Examples:
  xunzhang trend 科学发展观 新发展理念              bars by year in the terminal
  xunzhang trend 招商引资 --by decade -o trend.svg   a chart of the frequency per 10,000 characters";

/// Maximum width of the longest bar, in cells.
const BAR: usize = 40;
/// Cells of the numbers before a bar.
const NUMBERS: usize = 19;

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
        let report = TrendReport {
            trend: &trend,
            filter: &options.filter,
            lang: session.lang,
        };
        for output in &outputs {
            output.main.write(&match output.main.form() {
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
}

fn print(report: &TrendReport, session: &Session, out: &mut dyn Write) -> std::io::Result<()> {
    for series in &report.trend.words {
        let word = printable(&series.word);
        writeln!(out, "{}", session.paint.ink(Ink::Title, &word))?;
        for line in answer(series, session.lang) {
            write_wrapped(out, &printable(&line), Ink::Text, session)?;
        }
        print_bars(report.trend, series, session, out)?;
        writeln!(out)?;
    }
    for note in [report.scope()].into_iter().chain(report.method()) {
        write_wrapped(out, &printable(&note), Ink::Faint, session)?;
    }
    Ok(())
}

fn write_wrapped(
    out: &mut dyn Write,
    text: &str,
    ink: Ink,
    session: &Session,
) -> std::io::Result<()> {
    for line in wrap(text, session.width) {
        writeln!(out, "{}", session.paint.ink(ink, &text[line]))?;
    }
    Ok(())
}

/// A bar for each period with text, as long as the word is frequent for that text; one line for all before the first
/// that holds it, and one for consecutive periods without documents.
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
    let points: Vec<(&Point, &Period)> = series.points.iter().zip(&trend.periods).collect();
    let stage = |(point, period): &(&Point, &Period), is_seen: bool| match point.occurrences {
        _ if period.is_gap() => Stage::Gap,
        0 if !is_seen => Stage::Before,
        _ => Stage::Seen,
    };
    let mut is_seen = false;
    let stages = points.iter().map(|point| {
        is_seen |= point.0.occurrences > 0;
        stage(point, is_seen)
    });
    let staged: Vec<(Stage, &(&Point, &Period))> = stages.zip(&points).collect();
    for run in staged.chunk_by(|a, b| a.0 == b.0 && a.0 != Stage::Seen) {
        let ((stage, (point, period)), (_, (last, _))) = (run[0], run[run.len() - 1]);
        let names = match run.len() {
            1 => point.period.clone(),
            _ => format!("{}–{}", point.period, last.period),
        };
        match stage {
            Stage::Gap => writeln!(out, "{names}  {}", session.lang.text("trend-no-documents"))?,
            Stage::Before if run.len() > 1 => writeln!(out, "{names}  0")?,
            Stage::Before => writeln!(out, "{names}  {:>7}", 0)?,
            Stage::Seen => print_bar(point, period, top, session, out)?,
        }
    }
    Ok(())
}

/// What a period says of a word.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Stage {
    /// There are no documents.
    Gap,
    /// It has not occurred yet.
    Before,
    /// It occurs, or did before.
    Seen,
}

fn print_bar(
    point: &Point,
    period: &Period,
    top: f64,
    session: &Session,
    out: &mut dyn Write,
) -> std::io::Result<()> {
    let rate = point.per_10k.unwrap_or(0.0);
    let room = session.width.saturating_sub(width(&point.period) + NUMBERS);
    let eighths = (rate / top * (BAR.min(room) * 8) as f64).round() as usize;
    let mut bar = "█".repeat(eighths / 8);
    bar.push_str(["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"][eighths % 8]);
    let thin = if period.thin { "*" } else { " " };
    let bar = session.paint.ink(Ink::Hit, &bar);
    let count = pad_left(&grouped(point.occurrences), 7);
    let line = format!("{}{thin}{count} {rate:>8.2}  {bar}", point.period);
    writeln!(out, "{}", line.trim_end())
}
