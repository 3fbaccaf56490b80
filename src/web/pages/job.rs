//! What kinds of jobs there are on pages: which form, which work, which result.

use super::job_view::{Filled, JobView};
use super::page::Page;
use super::{check, report};
use crate::cli::messages::Lang;
use crate::web::asked::Asked;
use crate::web::jobs::{Kind, Outcome, State, Work};
use crate::web::sent::Upload;

/// Seconds after which a browser without script looks again.
const REFRESH: u32 = 2;

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

/// The form of a kind.
pub(in crate::web) fn form(kind: Kind, filled: &Filled<'_>) -> Page {
    let page = match kind {
        Kind::Report => report::form(filled),
        Kind::Check => check::form(filled),
    };
    match filled.problem {
        Some(problem) => page.with_status(problem.status),
        None => page,
    }
}

/// The name of the files of a result, without an extension.
pub(in crate::web) fn file_name(outcome: &Outcome, lang: Lang) -> &'static str {
    match outcome {
        Outcome::Report(_) => lang.text("report-title"),
        Outcome::Check(_) => lang.text("check-page"),
    }
}

/// The page of a job.
pub(in crate::web) fn page(view: &JobView) -> Page {
    let (kind, lang) = (view.job.order.kind, view.lang);
    let name = match kind {
        Kind::Report => lang.text("web-report"),
        Kind::Check => lang.text("web-check"),
    };
    if view.is_edited {
        return edited(view);
    }
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

/// The form with what was sent.
fn edited(view: &JobView) -> Page {
    let order = &view.job.order;
    let filled = Filled {
        parameters: &order.parameters,
        problem: None,
        lang: view.lang,
        token: &view.token,
    };
    form(order.kind, &filled)
}
