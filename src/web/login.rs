//! Where a server that others can reach asks for its token, once.
//!
//! The token comes in the fragment of a link, which a browser does not send; the page's script posts it here. It is then a
//! cookie that no script reads.

use std::sync::Arc;

use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::header::{HeaderValue, LOCATION, SET_COOKIE};
use axum::http::{Response, StatusCode};
use maud::html;

use super::answer::Answer;
use super::app::App;
use super::call::Call;
use super::pages::{Page, layout};
use super::parameters::Parameters;
use super::problem::Problem;
use crate::cli::messages::{Lang, say};

/// The page that asks for the token.
pub(super) async fn ask(State(app): State<Arc<App>>) -> Response<Body> {
    page(app.session.lang).response(None)
}

fn page(lang: Lang) -> Answer {
    let title = lang.text("web-login");
    let main = html! {
        h1 { (title) }
        form #login method="post" action="/login" {
            label for="token" { (lang.text("web-login-token")) }
            input #token name="token" type="password" autocomplete="off" required;
            button { (lang.text("web-login-go")) }
        }
        p.hint { (lang.text("web-login-hint")) }
    };
    layout(&Page::new(title, main), &Parameters::default(), lang)
}

/// Gives a browser its cookie for the token.
pub(super) async fn log_in(State(app): State<Arc<App>>, request: Request) -> Response<Body> {
    let call = match Call::read(app, request).await {
        Ok(call) => call,
        Err(response) => return response,
    };
    let token = call.parameters.get("token").unwrap_or_default();
    let cookie = call.app.guard.admit(token);
    let Some(cookie) = cookie.and_then(|cookie| HeaderValue::from_str(&cookie).ok()) else {
        let detail = say!(call.lang, "web-no-token");
        return call.problem(&Problem::new(StatusCode::UNAUTHORIZED, detail));
    };
    let mut response = Response::new(Body::empty());
    *response.status_mut() = StatusCode::SEE_OTHER;
    let headers = response.headers_mut();
    headers.insert(SET_COOKIE, cookie);
    headers.insert(LOCATION, HeaderValue::from_static("/"));
    response
}
