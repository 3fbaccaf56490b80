//! A job as its page shows it: the form that starts it, how far it is, and what every result has.

use std::sync::Arc;

use maud::{Markup, html};

use crate::cli::messages::{Lang, say};
use crate::cli::output::columns::grouped;
use crate::web::asked::Asked;
use crate::web::jobs::{Job, Kind, State};
use crate::web::parameters::Parameters;
use crate::web::problem::Problem;

/// A form that starts a job, with what is filled in.
pub(in crate::web) struct Filled<'a> {
    pub(in crate::web) parameters: &'a Parameters,
    /// What is wrong with it.
    pub(in crate::web) problem: Option<&'a Problem>,
    pub(in crate::web) lang: Lang,
    /// What it has to send back.
    pub(in crate::web) token: &'a str,
}

impl<'a> Filled<'a> {
    /// A form as a request fills it in.
    pub(in crate::web) fn of(asked: &'a Asked, problem: Option<&'a Problem>) -> Self {
        Self {
            parameters: &asked.parameters,
            problem,
            lang: asked.lang(),
            token: &asked.token,
        }
    }
}

/// A job as its page shows it.
pub(in crate::web) struct JobView {
    pub(in crate::web) job: Arc<Job>,
    pub(in crate::web) state: State,
    pub(in crate::web) lang: Lang,
    /// The language as the address names it, if it does; links keep it.
    pub(in crate::web) named_lang: Parameters,
    /// The page of a long result, from 1.
    pub(in crate::web) number: usize,
    /// Whether its form is requested, to be sent once more.
    pub(in crate::web) is_edited: bool,
    /// What the form that cancels it sends back.
    pub(in crate::web) token: Arc<str>,
    /// Whether the index is still the one that it is about.
    pub(in crate::web) is_current: bool,
}

/// How far a job is, in words.
pub(in crate::web) fn text(state: &State, kind: Kind, lang: Lang) -> String {
    match state {
        State::Waiting => say!(lang, "web-job-waiting"),
        State::Running(progress) if progress.total == 0 => say!(lang, "web-job-begins"),
        State::Running(progress) => {
            let (done, total) = (
                grouped(progress.done as u64),
                grouped(progress.total as u64),
            );
            match kind {
                Kind::Report => say!(lang, "web-report-progress", done, total),
                Kind::Check => say!(lang, "web-check-progress", done, total),
            }
        }
        State::Done(_) => say!(lang, "web-job-done"),
        State::Failed(problem) => problem.detail.clone(),
        State::Cancelled => say!(lang, "web-job-cancelled"),
    }
}

impl JobView {
    fn text(&self) -> String {
        text(&self.state, self.job.order.kind, self.lang)
    }

    pub(super) fn running(&self, name: &str) -> Markup {
        let path = self.job.path();
        let (work, all) = match self.state {
            State::Running(progress) => (progress.work, progress.all_work.max(1)),
            _ => (0, 1),
        };
        html! {
            h1 { (name) }
            div.running {
                label for="job-bar" { (self.lang.text("web-job-running")) }
                progress #job-bar value=(work) max=(all) data-events=(self.named_lang.url(&format!("{path}/events"))) {}
                p #job-text role="status" { (self.text()) }
                form method="post" action=(self.named_lang.url(&format!("{path}/cancel"))) {
                    input type="hidden" name="token" value=(self.token);
                    button.quiet { (self.lang.text("web-job-cancel")) }
                }
            }
        }
    }

    /// A job without a result: why, and the way back to its form as it was.
    pub(super) fn ended(&self) -> Markup {
        let (title, class) = match self.state {
            State::Failed(_) => ("web-problem", "problem"),
            _ => ("web-job-stopped", "hint"),
        };
        html! {
            h1 { (self.lang.text(title)) }
            pre class=(class) { (self.text()) }
            p { a href=(self.again()) { (self.lang.text("web-job-again")) } }
        }
    }

    /// The address of the form with what was sent. A draft itself is not for an address, which a browser writes down.
    pub(super) fn again(&self) -> String {
        let edited = self.named_lang.with("edit", &["1"]);
        edited.url(&self.job.path())
    }

    /// The address of another page of the result.
    pub(super) fn at(&self, number: usize) -> String {
        let number = number.to_string();
        let values: &[&str] = if number == "1" { &[] } else { &[&number] };
        self.named_lang.with("page", values).url(&self.job.path())
    }

    /// Which index the result is of, and whether there is a newer one.
    pub(super) fn index(&self) -> Markup {
        let fingerprint: String = self.job.order.fingerprint.chars().take(12).collect();
        html! {
            p.hint {
                (say!(self.lang, "web-job-index", fingerprint))
                @if !self.is_current { " " strong { (self.lang.text("web-job-old-index")) } }
            }
        }
    }

    /// Links to the result as files.
    pub(super) fn files(&self, extensions: &[&str]) -> Markup {
        let lang = self.lang;
        html! {
            ul.files aria-label=(lang.text("web-export")) {
                @for extension in extensions {
                    @let path = format!("{}.{extension}", self.job.path());
                    // An archive has a table a file.
                    @let name = if *extension == "zip" { "csv (zip)" } else { extension };
                    li { a.button.quiet href=(self.named_lang.url(&path)) download { (name) } }
                }
            }
        }
    }
}
