//! A bar on the terminal that shows how far a command is.

use std::io::IsTerminal;
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use xunzhang::task::Progress;

use super::messages::{Lang, say};
use super::session::{Session, Talk};

/// How often the bar is drawn, a second.
const DRAWINGS: u8 = 5;
/// What is left is not told before so much is done: the first files say little of the others.
const LEAST: Duration = Duration::from_secs(1);
/// How long work that is mostly quick goes on before a bar is shown.
const PATIENCE: Duration = Duration::from_secs(1);

/// A bar on standard error; nothing where that is no terminal, or where the command is to be quiet.
pub(crate) struct Bar {
    bar: ProgressBar,
    started: Instant,
    /// How long nothing is shown.
    patience: Duration,
    lang: Lang,
}

impl Bar {
    /// A bar that shows nothing yet.
    pub(crate) fn new(session: &Session) -> Self {
        let with = |bar| Self {
            bar,
            started: Instant::now(),
            patience: Duration::ZERO,
            lang: session.lang,
        };
        if session.talk == Talk::Quiet || !std::io::stderr().is_terminal() {
            return with(ProgressBar::hidden());
        }
        let target = ProgressDrawTarget::stderr_with_hz(DRAWINGS);
        // The bar takes what the words leave of the line, so that it stays one at any width.
        let style = ProgressStyle::with_template("{wide_bar} {msg}")
            // A template that the library refuses would cost the look of the bar, not the run.
            .unwrap_or_else(|_| ProgressStyle::default_bar());
        with(ProgressBar::with_draw_target(None, target).with_style(style))
    }

    /// The same for work that is mostly done before a bar would be read.
    pub(crate) fn patient(session: &Session) -> Self {
        Self {
            patience: PATIENCE,
            ..Self::new(session)
        }
    }

    /// Moves the bar.
    pub(crate) fn show(&self, progress: Progress) {
        if self.bar.is_hidden() || self.started.elapsed() < self.patience {
            return;
        }
        self.bar.set_length(progress.all_work);
        self.bar.set_position(progress.work);
        let (done, total) = (progress.done, progress.total);
        self.bar
            .set_message(match left(progress, self.started.elapsed()) {
                Some(seconds) => {
                    let left = of_seconds(seconds);
                    say!(self.lang, "progress-left", done, total, left)
                }
                None => format!("{done}/{total}"),
            });
    }

    /// Takes the bar off the terminal.
    pub(crate) fn clear(&self) {
        self.bar.finish_and_clear();
    }
}

/// Seconds that the rest takes if it goes on as it went; `None` before that can be said.
fn left(progress: Progress, elapsed: Duration) -> Option<u64> {
    let (done, all) = (progress.work as f64, progress.all_work as f64);
    let is_known = elapsed >= LEAST && progress.work > 0;
    is_known.then(|| (elapsed.as_secs_f64() * (all - done).max(0.0) / done).ceil() as u64)
}

/// `0:07`, `12:30`, `1:02:03`: the same in every language.
fn of_seconds(seconds: u64) -> String {
    let (hours, minutes, seconds) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    match hours {
        0 => format!("{minutes}:{seconds:02}"),
        _ => format!("{hours}:{minutes:02}:{seconds:02}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_left_goes_by_the_work_not_by_the_files() {
        // The large files come first: one file in a hundred may be half of the work.
        let progress = |work| Progress {
            done: 1,
            total: 100,
            work,
            all_work: 1_000,
        };
        assert_eq!(left(progress(500), Duration::from_secs(29)), Some(29));
        assert_eq!(left(progress(1_000), Duration::from_secs(58)), Some(0));
        assert_eq!(left(progress(0), Duration::from_secs(2)), None);
        assert_eq!(left(progress(10), Duration::from_millis(500)), None);
        assert_eq!(of_seconds(7), "0:07");
        assert_eq!(of_seconds(3_723), "1:02:03");
    }
}
