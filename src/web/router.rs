//! Which path is answered by what.

use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::{Method, Response, StatusCode};
use axum::middleware::from_fn_with_state;
use axum::routing::{MethodRouter, get, post};
use serde_json::json;

use super::answer::{Answer, JSON};
use super::api::{api, export, not_found};
use super::app::App;
use super::assets::asset;
use super::build;
use super::call::Call;
use super::gate::{self, Gate};
use super::job_routes::with_jobs;
use super::login::{ask, log_in};
use super::openapi::description;
use super::original::download;
use super::pages::{PAGES, PageRoute, answer};
use super::problem::Problem;
use crate::cli::messages::say;

/// All paths; the guard checks each request first.
pub(super) fn router(app: Arc<App>) -> Router {
    let mut router = Router::new()
        .route("/healthz", get(health))
        .route("/openapi.json", get(openapi))
        .route("/assets/{name}", get(asset))
        .route("/build", get(build::show).post(build::start))
        .route("/build/cancel", post(build::cancel))
        .route("/original", get(download))
        .route("/login", get(ask).post(log_in))
        .route("/api/{*path}", get(api).post(api));
    for page in PAGES {
        router = router.route(page.path, shown(page));
    }
    let gate = Gate {
        guard: Arc::clone(&app.guard),
        lang: app.session.lang,
        has_login: true,
    };
    with_jobs(router)
        .fallback(other)
        .method_not_allowed_fallback(not_allowed)
        .layer(from_fn_with_state(gate, gate::pass))
        .with_state(app)
}

fn shown(page: &'static PageRoute) -> MethodRouter<Arc<App>> {
    let ask = move |State(app): State<Arc<App>>, request: Request| async move {
        match Call::read(app, request).await {
            Ok(call) => answer(call, page).await,
            Err(response) => response,
        }
    };
    match page.takes_forms {
        true => get(ask).post(ask),
        false => get(ask),
    }
}

/// Whether the server is up, and of which index.
async fn health(State(app): State<Arc<App>>) -> Response<Body> {
    let index = app.opened.index();
    let fingerprint = index
        .as_ref()
        .ok()
        .map(|index| &index.manifest().fingerprint);
    let health = json!({
        "status": "ok",
        "version": env!("CARGO_PKG_VERSION"),
        "index": app.identity(),
        "fingerprint": fingerprint,
    });
    Answer::new(JSON, health.to_string()).response(None)
}

async fn openapi() -> Response<Body> {
    Answer::new(JSON, description().to_string()).response(None)
}

/// What has no route of its own: exports, or nothing.
async fn other(State(app): State<Arc<App>>, request: Request) -> Response<Body> {
    let is_read = [Method::GET, Method::HEAD, Method::POST].contains(request.method());
    match Call::read(app, request).await {
        Ok(call) if is_read && call.path.contains('.') => export(call).await,
        Ok(call) => not_found(&call),
        Err(response) => response,
    }
}

async fn not_allowed(State(app): State<Arc<App>>, request: Request) -> Response<Body> {
    match Call::read(app, request).await {
        Ok(call) => {
            let detail = say!(call.lang, "web-not-allowed");
            call.problem(&Problem::new(StatusCode::METHOD_NOT_ALLOWED, detail))
        }
        Err(response) => response,
    }
}
