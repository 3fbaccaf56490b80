//! Requests to build the index, which need no index.

use std::path::PathBuf;
use std::sync::Arc;

use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::header::{HeaderValue, LOCATION};
use axum::http::{Response, StatusCode};

use super::app::App;
use super::call::Call;
use super::pages::{Build, layout};
use super::problem::Problem;
use crate::cli::messages::say;

/// The page.
pub(super) async fn show(State(app): State<Arc<App>>, request: Request) -> Response<Body> {
    let call = match permitted(app, request).await {
        Ok(call) => call,
        Err(response) => return response,
    };
    let build = Build {
        dir: &call.app.session.index,
        state: call.app.building.state(),
        parameters: &call.parameters,
        token: &call.app.guard.form,
        lang: call.lang,
    };
    layout(&build.page(), &call.parameters, call.lang).response(None)
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
    if !call.app.guard.is_own_form(call.parameters.get("token")) {
        let detail = say!(call.lang, "web-foreign-form");
        return call.problem(&Problem::new(StatusCode::FORBIDDEN, detail));
    }
    act(&call);
    let mut response = Response::new(Body::empty());
    *response.status_mut() = StatusCode::SEE_OTHER;
    response
        .headers_mut()
        .insert(LOCATION, HeaderValue::from_static("/build"));
    response
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
