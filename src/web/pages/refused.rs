//! A page whose form was filled in so that nothing can be answered.

use maud::{Markup, html};

use super::page::Page;
use crate::cli::messages::Lang;
use crate::web::problem::Problem;

/// The form again, with what is wrong below it.
pub(super) fn refused(title: &str, form: &Markup, error: &anyhow::Error, lang: Lang) -> Page {
    let problem = Problem::of(error, lang);
    let main = html! {
        h1.visually-hidden { (title) }
        (form)
        // A query and the caret under it are lines of their own.
        pre.problem role="alert" { (problem.detail) }
    };
    Page::new(title, main).with_status(problem.status)
}
