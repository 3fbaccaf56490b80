//! Requests to build the index, which need no index.

use std::path::PathBuf;
use std::sync::Arc;

use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::{Response, StatusCode};

use super::answer::see_other;
use super::app::App;
use super::call::Call;
use super::pages::{Build, layout};
use super::problem::Problem;
use super::questions::Load;
use crate::cli::messages::say;

/// The page.
pub(super) async fn show(State(app): State<Arc<App>>, request: Request) -> Response<Body> {
    let call = match permitted(app, request).await {
        Ok(call) => call,
        Err(response) => return response,
    };
    // Folders may be on a disk that is slow or away.
    let (dir, state) = (call.app.session.index.clone(), call.app.building.state());
    let (parameters, lang) = (call.parameters.clone(), call.lang);
    let token = Arc::clone(&call.app.guard.form);
    let made = move || {
        let build = Build {
            dir: &dir,
            state,
            parameters: &parameters,
            token: &token,
            lang,
        };
        layout(&build.page(), &parameters, lang)
    };
    match call.app.workers.work(Load::Light, made).await {
        Ok(page) => page.response(None),
        Err(not_done) => call.not_done(not_done),
    }
}

/// Starts an update.
pub(super) async fn start(State(app): State<Arc<App>>, request: Request) -> Response<Body> {
    act(app, request, |call| {
        let lines = call
            .parameters
            .all("folders")
            .flat_map(str::lines)
            .map(str::trim);
        let folders: Vec<PathBuf> = lines
            .filter(|line| !line.is_empty())
            .map(PathBuf::from)
            .collect();
        call.app.building.start(&call.app.session.index, folders);
    })
    .await
}

/// Ends the update that is running.
pub(super) async fn cancel(State(app): State<Arc<App>>, request: Request) -> Response<Body> {
    act(app, request, |call| call.app.building.cancel()).await
}

/// Does what a form of ours asks for, and shows the page.
async fn act(app: Arc<App>, request: Request, act: impl FnOnce(&Call)) -> Response<Body> {
    let call = match permitted(app, request).await {
        Ok(call) => call,
        Err(response) => return response,
    };
    if let Some(response) = call.foreign_form() {
        return response;
    }
    act(&call);
    see_other(&call.parameters.only(&["lang"]).url("/build"))
}

/// Only a person at this machine names its folders.
async fn permitted(app: Arc<App>, request: Request) -> Result<Call, Response<Body>> {
    let call = Call::read(app, request).await?;
    if call.app.guard.is_local() {
        return Ok(call);
    }
    let detail = say!(call.lang, "web-build-refused");
    Err(call.problem(&Problem::new(StatusCode::FORBIDDEN, detail)))
}
