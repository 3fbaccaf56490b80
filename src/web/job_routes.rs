//! The paths of jobs: `POST /report` starts one, `/report/JOB` shows it, `/report/JOB.xlsx` is its workbook.

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::{Response, StatusCode};
use axum::routing::{get, post};

use super::answer::{Answer, media_of, see_other};
use super::app::App;
use super::call::Call;
use super::events::events;
use super::guard::random;
use super::jobs::{self, Job, Kind, Order, Outcome, State as JobState, Work};
use super::pages::{self, Filled, JobView};
use super::problem::Problem;
use super::questions::Load;
use super::sent::Upload;
use crate::cli::fault::Fault;
use crate::cli::messages::say;

/// How long the form waits for the job: most end in this time, and their result is the first that is seen.
const PROMPT: Duration = Duration::from_millis(1_200);
/// Adds the paths of jobs to those of their forms.
pub(super) fn with_jobs(mut router: Router<Arc<App>>) -> Router<Arc<App>> {
    for kind in [Kind::Report, Kind::Check] {
        let path = kind.path();
        let begun = move |State(app), request| begin(app, request, kind);
        let shown = move |State(app), request| show(app, request, kind);
        let followed = move |State(app), request| follow(app, request, kind);
        let cancelled = move |State(app), request| cancel(app, request, kind);
        router = router
            .route(path, post(begun))
            .route(&format!("{path}/{{job}}"), get(shown))
            .route(&format!("{path}/{{job}}/events"), get(followed))
            .route(&format!("{path}/{{job}}/cancel"), post(cancelled));
    }
    router
}

/// Reads what a form sends, starts its job and leads to its page.
async fn begin(app: Arc<App>, request: Request, kind: Kind) -> Response<Body> {
    let mut call = match Call::read(Arc::clone(&app), request).await {
        Ok(call) => call,
        Err(response) => return response,
    };
    if let Some(refusal) = call.foreign_form() {
        return refusal;
    }
    call.parameters = call.parameters.without(&["token"]);
    let index = match call.index() {
        Ok(index) => index,
        Err(response) => return *response,
    };
    let order = Order {
        kind,
        parameters: call.parameters.clone(),
        lang: call.lang,
        fingerprint: index.manifest().fingerprint.clone(),
    };
    let upload = call.upload.take();
    let asked = call.asked(index);
    let read = app.workers.work(Load::Light, move || {
        let work = pages::job_work(kind, &asked, upload.as_ref());
        let work = work.map_err(|error| {
            let problem = unnamed(Problem::of(&error, asked.lang()), upload.as_ref());
            let form = pages::job_form(kind, &Filled::of(&asked, Some(&problem)));
            pages::layout(&form, &asked.parameters.only(&["lang"]), asked.lang())
        });
        // The file is removed here: what is in it has been read.
        drop(upload);
        work
    });
    match read.await {
        Ok(Ok(work)) => started(&app, &call, order, work).await,
        Ok(Err(form)) => form.response(None),
        Err(not_done) => call.not_done(not_done),
    }
}

/// Starts a job; it runs when its turn comes, one after the other. `None` if there are too many.
pub(super) fn start(app: &Arc<App>, order: Order, work: Work) -> Option<Arc<Job>> {
    let job = app.jobs.add(order, random().ok()?)?;
    let (app, own) = (Arc::clone(app), Arc::clone(&job));
    tokio::spawn(async move {
        let running = Arc::clone(&own);
        let done = app
            .workers
            .work_in_turn(Load::Heavy, move || running.run(work));
        let mut state = own.watch();
        // One that is cancelled while it waits leaves at once, with what it was to work on.
        let done = tokio::select! {
            done = done => done,
            _ = state.wait_for(JobState::is_final) => return,
        };
        // A panic is a failure of this job alone.
        own.finish(done.unwrap_or_else(|_| Some(Err(Fault.into()))));
    });
    Some(job)
}

async fn started(app: &Arc<App>, call: &Call, order: Order, work: Work) -> Response<Body> {
    let Some(job) = start(app, order, work) else {
        return call.problem(&Problem::busy(call.lang));
    };
    job.ended_within(PROMPT).await;
    to_job(call, &job)
}

/// A file is known to who sent it by its name, not by that of its copy here.
fn unnamed(mut problem: Problem, upload: Option<&Upload>) -> Problem {
    if let Some(upload) = upload {
        let path = upload.path.to_string_lossy();
        problem.detail = problem.detail.replace(&*path, &upload.name);
    }
    problem
}

fn to_job(call: &Call, job: &Job) -> Response<Body> {
    let url = call.parameters.only(&["lang"]).url(&job.path());
    see_other(&url)
}

/// The call, its job, and the extension of the file that is requested.
type Named = (Call, Arc<Job>, Option<String>);

async fn named(app: Arc<App>, request: Request, kind: Kind) -> Result<Named, Response<Body>> {
    let call = Call::read(app, request).await?;
    let name = call.path.split('/').nth(2).unwrap_or_default().to_owned();
    let (id, extension) = match name.split_once('.') {
        Some((id, extension)) => (id, Some(extension.to_owned())),
        None => (&*name, None),
    };
    match call.app.jobs.get(kind, id) {
        Some(job) => Ok((call, job, extension)),
        None => {
            let detail = say!(call.lang, "web-job-gone");
            Err(call.problem(&Problem::new(StatusCode::NOT_FOUND, detail)))
        }
    }
}

/// The page of a job, or a file of its result.
async fn show(app: Arc<App>, request: Request, kind: Kind) -> Response<Body> {
    let (call, job, extension) = match named(app, request, kind).await {
        Ok(named) => named,
        Err(response) => return response,
    };
    if let Some(extension) = extension {
        return file(&call, &job, extension).await;
    }
    // Of a newer index, the numbers that the links lead to may be others.
    let index = call.app.opened.index().ok();
    let current = index.map(|index| index.manifest().fingerprint.clone());
    let number = call.parameters.get("page");
    let view = JobView {
        is_current: current.as_ref() == Some(&job.order.fingerprint),
        state: job.state(),
        lang: call.lang,
        named_lang: call.parameters.only(&["lang"]),
        number: number.and_then(|number| number.parse().ok()).unwrap_or(1),
        is_edited: call.parameters.get("edit").is_some(),
        token: Arc::clone(&call.app.guard.form),
        job,
    };
    let parameters = call.parameters.clone();
    let page = call.app.workers.work(Load::Light, move || {
        let lang = view.lang;
        pages::layout(&pages::job_page(&view), &parameters, lang)
    });
    match page.await {
        Ok(page) => page.response(None),
        Err(not_done) => call.not_done(not_done),
    }
}

async fn file(call: &Call, job: &Job, extension: String) -> Response<Body> {
    let lang = call.lang;
    let (jobs::State::Done(outcome), Some(media)) = (job.state(), media_of(&extension)) else {
        return super::api::not_found(call);
    };
    let written = call.app.workers.work(Load::Light, move || {
        let name = pages::job_file_name(&outcome, lang);
        let bytes = match &*outcome {
            Outcome::Report(finished) => pages::report_file(finished, &extension, lang),
            Outcome::Check(check) => pages::check_file(check, &extension, lang),
        };
        bytes.map(|bytes| {
            bytes.map(|bytes| Answer {
                file: Some(format!("{name}.{extension}")),
                ..Answer::new(media, bytes)
            })
        })
    });
    match written.await {
        Ok(Some(Ok(answer))) => answer.response(None),
        Ok(Some(Err(error))) => call.error(&error),
        Ok(None) => super::api::not_found(call),
        Err(not_done) => call.not_done(not_done),
    }
}

async fn follow(app: Arc<App>, request: Request, kind: Kind) -> Response<Body> {
    match named(app, request, kind).await {
        Ok((call, job, None)) => events(job, call.lang),
        Ok((call, ..)) => super::api::not_found(&call),
        Err(response) => response,
    }
}

async fn cancel(app: Arc<App>, request: Request, kind: Kind) -> Response<Body> {
    let (call, job, _) = match named(app, request, kind).await {
        Ok(named) => named,
        Err(response) => return response,
    };
    if let Some(refusal) = call.foreign_form() {
        return refusal;
    }
    job.cancel();
    to_job(&call, &job)
}
