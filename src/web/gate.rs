//! The layer before all routes: refuses what the guard does not let pass, and says in each answer what its page may load.

use std::sync::Arc;

use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::header::{
    CONTENT_SECURITY_POLICY, HeaderName, HeaderValue, REFERRER_POLICY, SET_COOKIE,
    X_CONTENT_TYPE_OPTIONS, X_FRAME_OPTIONS,
};
use axum::http::{Method, Response, StatusCode, Uri};
use axum::middleware::Next;

use super::answer::see_other;
use super::guard::{Guard, Refused};
use super::language::language;
use super::parameters::Parameters;
use super::problem::Problem;
use crate::cli::messages::{Lang, say};

/// What a page may load and do.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; \
     connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'";

/// The state of the layer: the guard, and the language of a refusal to those who name none.
#[derive(Clone)]
pub(crate) struct Gate {
    pub(crate) guard: Arc<Guard>,
    pub(crate) lang: Lang,
    /// Whether there is a page that asks for the token.
    pub(crate) has_login: bool,
}

/// The layer before all routes.
pub(crate) async fn pass(State(gate): State<Gate>, request: Request, next: Next) -> Response<Body> {
    let chosen = chosen(request.uri());
    let checked = gate
        .guard
        .check(request.uri(), request.method(), request.headers());
    let mut response = match checked {
        Ok(()) => next.run(request).await,
        Err(refused) => refuse(refused, &request, &gate),
    };
    let headers = response.headers_mut();
    // What is chosen once holds for the pages that links lead to.
    if let Some(cookie) = chosen {
        headers.append(SET_COOKIE, HeaderValue::from_static(cookie));
    }
    for (name, value) in [
        (CONTENT_SECURITY_POLICY, POLICY),
        (X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (REFERRER_POLICY, "no-referrer"),
        (X_FRAME_OPTIONS, "DENY"),
        (
            HeaderName::from_static("cross-origin-opener-policy"),
            "same-origin",
        ),
        (
            HeaderName::from_static("cross-origin-resource-policy"),
            "same-origin",
        ),
    ] {
        headers.insert(name, HeaderValue::from_static(value));
    }
    response
}

/// The cookie of the language that a page is requested in.
fn chosen(uri: &Uri) -> Option<&'static str> {
    let parameters = Parameters::of_query(uri.query()?);
    match parameters.get("lang")? {
        _ if uri.path().starts_with("/api/") => None,
        "zh" => Some("lang=zh; Path=/; SameSite=Strict"),
        "en" => Some("lang=en; Path=/; SameSite=Strict"),
        _ => None,
    }
}

fn refuse(refused: Refused, request: &Request, gate: &Gate) -> Response<Body> {
    let lang = language(&Parameters::default(), request.headers(), gate.lang);
    let is_page = !request.uri().path().starts_with("/api/");
    if refused == Refused::Token && gate.has_login && is_page && request.method() == Method::GET {
        return see_other("/login");
    }
    let problem = match refused {
        Refused::Host => Problem::new(
            StatusCode::MISDIRECTED_REQUEST,
            say!(lang, "web-foreign-host"),
        ),
        Refused::Origin => Problem::new(StatusCode::FORBIDDEN, say!(lang, "web-foreign-origin")),
        Refused::Token => Problem::new(StatusCode::UNAUTHORIZED, say!(lang, "web-no-token")),
    };
    problem.json().response(None)
}
