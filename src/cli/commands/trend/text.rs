//! The use of words over time in a terminal: the answer in sentences, then a bar for each period.

use std::io::{Result, Write};

use xunzhang::report::trend::{Period, Point, Series, Trend};

use super::render::{TrendReport, answer};
use crate::cli::output::columns::grouped;
use crate::cli::paint::Ink;
use crate::cli::session::Session;
use crate::cli::terminal::{pad_left, printable, width, wrap};

/// Maximum width of the longest bar, in cells.
// In eighths of a cell this is 320 steps; a longer bar shows no more.
const BAR: usize = 40;
/// Cells of the numbers before a bar.
// A mark, seven cells of the count, a blank, eight of the rate, two blanks.
const NUMBERS: usize = 19;

/// Prints what is known of each word, then how the numbers are made.
pub(super) fn print(report: &TrendReport, session: &Session, out: &mut dyn Write) -> Result<()> {
    for series in &report.trend.words {
        let word = printable(&series.word);
        writeln!(out, "{}", session.paint.ink(Ink::Title, &word))?;
        for line in answer(series, session.lang) {
            write_wrapped(out, &printable(&line), Ink::Text, session)?;
        }
        Bars::new(series, session).print(report.trend, out)?;
        writeln!(out)?;
    }
    for note in [report.scope()].into_iter().chain(report.method()) {
        write_wrapped(out, &printable(&note), Ink::Faint, session)?;
    }
    Ok(())
}

/// Writes the text in lines of the terminal's width.
fn write_wrapped(out: &mut dyn Write, text: &str, ink: Ink, session: &Session) -> Result<()> {
    for line in wrap(text, session.width) {
        writeln!(out, "{}", session.paint.ink(ink, &text[line]))?;
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

/// The bars of a word, each as long as the word is frequent in the text of its period.
struct Bars<'a> {
    series: &'a Series,
    session: &'a Session,
    /// The highest rate, which has the longest bar.
    top: f64,
}

impl<'a> Bars<'a> {
    fn new(series: &'a Series, session: &'a Session) -> Self {
        let rates = series.points.iter().filter_map(|point| point.per_10k);
        Self {
            series,
            session,
            top: rates.fold(0.0, f64::max),
        }
    }

    /// A line for each period with text; one for all before the first that holds the word, and one for consecutive periods
    /// without documents. Nothing for a word that never occurs.
    fn print(&self, trend: &Trend, out: &mut dyn Write) -> Result<()> {
        // Without any use there is no bar, and no rate to divide by.
        if self.top == 0.0 {
            return Ok(());
        }
        let points = self.series.points.iter().zip(&trend.periods);
        let mut is_seen = false;
        let staged: Vec<(Stage, &Point, &Period)> = points
            .map(|(point, period)| {
                is_seen |= point.occurrences > 0;
                let stage = match is_seen {
                    _ if period.is_gap() => Stage::Gap,
                    false => Stage::Before,
                    true => Stage::Seen,
                };
                (stage, point, period)
            })
            .collect();
        for run in staged.chunk_by(|a, b| a.0 == b.0 && a.0 != Stage::Seen) {
            self.print_run(run, out)?;
        }
        Ok(())
    }

    /// Consecutive periods that say the same; a period of its own if the word has occurred.
    fn print_run(&self, run: &[(Stage, &Point, &Period)], out: &mut dyn Write) -> Result<()> {
        let ((stage, point, period), (_, last, _)) = (run[0], run[run.len() - 1]);
        let names = match run.len() {
            1 => point.period.clone(),
            _ => format!("{}–{}", point.period, last.period),
        };
        match stage {
            Stage::Gap => {
                let none = self.session.lang.text("trend-no-documents");
                writeln!(out, "{names}  {none}")
            }
            Stage::Before if run.len() > 1 => writeln!(out, "{names}  0"),
            // Under the counts of the bars that follow.
            Stage::Before => writeln!(out, "{names}  {:>7}", 0),
            Stage::Seen => self.print_bar(point, period, out),
        }
    }

    fn print_bar(&self, point: &Point, period: &Period, out: &mut dyn Write) -> Result<()> {
        let rate = point.per_10k.unwrap_or(0.0);
        let room = self
            .session
            .width
            .saturating_sub(width(&point.period) + NUMBERS);
        // Blocks come in eighths of a cell: small rates can still be distinguished.
        let eighths = (rate / self.top * (BAR.min(room) * 8) as f64).round() as usize;
        let mut bar = "█".repeat(eighths / 8);
        bar.push_str(["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"][eighths % 8]);
        let bar = self.session.paint.ink(Ink::Hit, &bar);
        let thin = if period.thin { "*" } else { " " };
        let count = pad_left(&grouped(point.occurrences), 7);
        let line = format!("{}{thin}{count} {rate:>8.2}  {bar}", point.period);
        writeln!(out, "{}", line.trim_end())
    }
}
