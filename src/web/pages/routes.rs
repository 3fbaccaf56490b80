//! The path of each page.

use axum::body::Body;
use axum::http::Response;

use super::layout::layout;
use super::page::Page;
use super::{
    check, collection, concordance, documents, duplicates, frame, help, lineage, precedent, reader,
    report, search, similar, trend, words,
};
use crate::web::asked::Asked;
use crate::web::call::Call;
use crate::web::questions::Load;

/// A page under its path.
pub(in crate::web) struct PageRoute {
    pub(in crate::web) path: &'static str,
    load: Load,
    /// Whether what is asked may be sent as a form, where it is too long for an address.
    pub(in crate::web) takes_forms: bool,
    page: fn(&Asked) -> anyhow::Result<Page>,
}

/// All pages that are answered from the index.
pub(in crate::web) const PAGES: &[PageRoute] = &[
    light("/", search::home),
    light("/search", search::page),
    light("/show", reader::page),
    light("/collection", collection::page),
    light("/documents", documents::page),
    light("/words", words::page),
    heavy("/words/top", words::top),
    heavy("/words/keyness", words::keyness),
    light("/words/collocates", words::collocates),
    heavy("/words/new", words::new),
    heavy("/duplicates", duplicates::page),
    light("/help", help::page),
    light("/similar", similar::page),
    light("/concordance", concordance::page),
    sent("/precedent", precedent::page),
    light("/frame", frame::page),
    light("/check", check::page),
    light("/report", report::page),
    light("/trend", trend::page),
    light("/lineage", lineage::page),
];

const fn heavy(path: &'static str, page: fn(&Asked) -> anyhow::Result<Page>) -> PageRoute {
    PageRoute {
        load: Load::Heavy,
        ..light(path, page)
    }
}

const fn light(path: &'static str, page: fn(&Asked) -> anyhow::Result<Page>) -> PageRoute {
    PageRoute {
        path,
        load: Load::Light,
        takes_forms: false,
        page,
    }
}

const fn sent(path: &'static str, page: fn(&Asked) -> anyhow::Result<Page>) -> PageRoute {
    PageRoute {
        takes_forms: true,
        ..light(path, page)
    }
}

/// Answers with a page.
pub(in crate::web) async fn answer(call: Call, route: &'static PageRoute) -> Response<Body> {
    let (lang, parameters) = (call.lang, call.parameters.clone());
    call.answer(route.load, move |asked| {
        let page = (route.page)(asked)?.with_notes(asked.notes());
        Ok(layout(&page, &parameters, lang))
    })
    .await
}
