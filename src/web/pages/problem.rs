//! The page of a problem.

use std::sync::Arc;

use axum::body::Body;
use axum::http::Response;
use maud::html;
use xunzhang::index::Error;

use super::layout::layout;
use super::page::Page;
use crate::cli::messages::Lang;
use crate::web::answer::{Answer, see_other};
use crate::web::parameters::Parameters;
use crate::web::problem::Problem;

/// The page that says what is wrong.
pub(in crate::web) fn problem(problem: &Problem, parameters: &Parameters, lang: Lang) -> Answer {
    let title = lang.text("web-problem");
    let main = html! {
        h1 { (title) }
        // A query and the caret under it are lines of their own.
        pre.problem { (problem.detail) }
        p { a href="/" { (lang.text("web-to-start")) } }
    };
    layout(&Page::new(title, main), parameters, lang).with_status(problem.status)
}

/// Whether there is no index yet, so that one has to be built.
pub(in crate::web) fn is_without_index(error: &anyhow::Error) -> bool {
    let of = |error: &Error| matches!(error, Error::NoIndex(_) | Error::Unfinished(_));
    error.chain().any(|cause| {
        let shared = cause.downcast_ref::<Arc<Error>>();
        shared.is_some_and(|error| of(error)) || cause.downcast_ref().is_some_and(of)
    })
}

/// Leads to the page that builds an index.
pub(in crate::web) fn to_build() -> Response<Body> {
    see_other("/build")
}
