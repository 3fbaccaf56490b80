//! Where a server that others can reach asks for its token, once.
//!
//! The token comes in the fragment of a link, which a browser does not send; the page's script posts it here. It is then a
//! cookie that no script reads.

use std::sync::Arc;

use axum::body::{Body, to_bytes};
use axum::extract::{Request, State};
use axum::http::header::{HeaderValue, SET_COOKIE};
use axum::http::{Response, StatusCode};
use maud::html;

use super::answer::{Answer, see_other};
use super::app::App;
use super::language::language;
use super::pages::{self, Page, layout};
use super::parameters::Parameters;
use super::problem::Problem;
use crate::cli::messages::{Lang, say};

/// Bytes of the longest form with a token.
const LONGEST: usize = 4 << 10;

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
    let lang = language(&Parameters::default(), request.headers(), app.session.lang);
    // Whoever sends it is not known yet, so that no more is read than a token takes.
    let body = to_bytes(request.into_body(), LONGEST)
        .await
        .unwrap_or_default();
    let form = Parameters::of_query(&String::from_utf8_lossy(&body));
    let cookie = app.guard.admit(form.get("token").unwrap_or_default());
    let Some(cookie) = cookie.and_then(|cookie| HeaderValue::from_str(&cookie).ok()) else {
        let problem = Problem::new(StatusCode::UNAUTHORIZED, say!(lang, "web-no-token"));
        return pages::problem(&problem, &Parameters::default(), lang).response(None);
    };
    let mut response = see_other("/");
    response.headers_mut().insert(SET_COOKIE, cookie);
    response
}
