//! The page of a job while it waits and runs, and where it ended without a result.

use std::sync::Arc;

use maud::{Markup, html};

use super::page::Page;
use super::{check, report};
use crate::cli::messages::{Lang, say};
use crate::cli::output::columns::grouped;
use crate::web::asked::Asked;
use crate::web::jobs::{Job, Kind, Outcome, State, Work};
use crate::web::parameters::Parameters;
use crate::web::problem::Problem;
use crate::web::sent::Upload;

/// Seconds after which a browser without script looks again.
const REFRESH: u32 = 2;
/// Bytes of a list that a link takes along to the form; more would make a URL that a server refuses.
const MOST_IN_LINK: usize = 4_000;

/// A job as its page shows it.
pub(in crate::web) struct JobView {
    pub(in crate::web) job: Arc<Job>,
    pub(in crate::web) state: State,
    pub(in crate::web) lang: Lang,
    /// The language as the address names it, if it does; links keep it.
    pub(in crate::web) named_lang: Parameters,
    /// What the form that cancels it sends back.
    pub(in crate::web) token: Arc<str>,
    /// Whether the index is still the one that it is about.
    pub(in crate::web) is_current: bool,
}

/// What the form of a kind asks for, made of what it sends.
pub(in crate::web) fn work(
    kind: Kind,
    asked: &Asked,
    upload: Option<&Upload>,
) -> anyhow::Result<Work> {
    match kind {
        Kind::Report => report::work(asked, upload),
        Kind::Check => check::work(asked, upload),
    }
}

/// The form of a kind as it was sent, with what is wrong with it.
pub(in crate::web) fn form(kind: Kind, asked: &Asked, problem: &Problem) -> Page {
    let page = match kind {
        Kind::Report => report::form(asked, Some(problem)),
        Kind::Check => check::form(asked, Some(problem)),
    };
    page.with_status(problem.status)
}

/// The name of the files of a result, without an extension.
pub(in crate::web) fn file_name(outcome: &Outcome, lang: Lang) -> &'static str {
    match outcome {
        Outcome::Report(_) => lang.text("report-title"),
        Outcome::Check(_) => lang.text("check-page"),
    }
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

/// The page of a job.
pub(in crate::web) fn page(view: &JobView) -> Page {
    let (kind, lang) = (view.job.order.kind, view.lang);
    let name = match kind {
        Kind::Report => lang.text("web-report"),
        Kind::Check => lang.text("web-check"),
    };
    let page = match &view.state {
        State::Waiting | State::Running(_) => {
            Page::new(lang.text("web-job-running"), view.running(name)).refreshed(REFRESH)
        }
        State::Done(outcome) => match &**outcome {
            Outcome::Report(finished) => report::result(view, finished),
            Outcome::Check(check) => check::result(view, check),
        },
        State::Failed(problem) => {
            let page = Page::new(lang.text("web-problem"), view.ended());
            page.with_status(problem.status)
        }
        State::Cancelled => Page::new(lang.text("web-job-stopped"), view.ended()),
    };
    page.below(kind.path())
}

impl JobView {
    fn text(&self) -> String {
        text(&self.state, self.job.order.kind, self.lang)
    }

    fn running(&self, name: &str) -> Markup {
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
    fn ended(&self) -> Markup {
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

    /// The form with what was asked; a text that is too long for a link is left out.
    pub(super) fn again(&self) -> String {
        let order = &self.job.order;
        let parameters = match order.parameters.query().len() {
            0..=MOST_IN_LINK => order.parameters.clone(),
            _ => order.parameters.without(&["keywords", "text"]),
        };
        parameters.url(order.kind.path())
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
                    li { a.button.quiet href=(self.named_lang.url(&path)) download { (extension) } }
                }
            }
        }
    }
}
