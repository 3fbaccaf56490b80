//! The path of each page.

use axum::body::Body;
use axum::http::Response;

use super::layout::layout;
use super::page::Page;
use super::search;
use crate::web::asked::Asked;
use crate::web::call::Call;
use crate::web::questions::Load;

/// A page under its path.
pub(in crate::web) struct PageRoute {
    pub(in crate::web) path: &'static str,
    load: Load,
    page: fn(&Asked) -> anyhow::Result<Page>,
}

/// All pages that are answered from the index.
pub(in crate::web) const PAGES: [PageRoute; 2] =
    [light("/", search::home), light("/search", search::page)];

const fn light(path: &'static str, page: fn(&Asked) -> anyhow::Result<Page>) -> PageRoute {
    PageRoute {
        path,
        load: Load::Light,
        page,
    }
}

/// Answers with a page.
pub(in crate::web) async fn answer(call: Call, route: &'static PageRoute) -> Response<Body> {
    let (lang, parameters) = (call.lang, call.parameters.clone());
    call.answer(route.load, move |asked| {
        Ok(layout(&(route.page)(asked)?, &parameters, lang))
    })
    .await
}
