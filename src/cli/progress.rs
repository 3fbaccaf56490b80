//! A bar on the terminal that shows how far a command is.

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::io::IsTerminal;
use xunzhang::index::Progress;

use super::messages::say;
use super::session::{Session, Talk};

/// How often the bar is drawn, a second.
const DRAWINGS: u8 = 5;

/// A bar on standard error; nothing where that is no terminal, or where the command is to be quiet.
pub(super) struct Bar(ProgressBar);

impl Bar {
    /// A bar that shows nothing yet.
    pub(super) fn new(session: &Session) -> Self {
        if session.talk == Talk::Quiet || !std::io::stderr().is_terminal() {
            return Self(ProgressBar::hidden());
        }
        let target = ProgressDrawTarget::stderr_with_hz(DRAWINGS);
        let style = say!(session.lang, "progress-bar");
        let style =
            ProgressStyle::with_template(&style).unwrap_or_else(|_| ProgressStyle::default_bar());
        Self(ProgressBar::with_draw_target(None, target).with_style(style))
    }

    /// Moves the bar.
    pub(super) fn show(&self, progress: Progress) {
        self.0.set_length(progress.total as u64);
        self.0.set_position(progress.done as u64);
    }

    /// Takes the bar off the terminal.
    pub(super) fn clear(&self) {
        self.0.finish_and_clear();
    }
}
