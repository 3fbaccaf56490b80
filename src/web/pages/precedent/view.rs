//! What the page of precedents shows.

use xunzhang::precedent::{Options, Precedents};
use xunzhang::search::Searcher;

use crate::cli::messages::Lang;
use crate::web::parameters::Parameters;

/// What was found, and how it was requested.
pub(super) struct View<'a> {
    pub(super) lang: Lang,
    /// The filters of the page.
    pub(super) filters: Parameters,
    pub(super) searcher: &'a Searcher<'a>,
    pub(super) options: &'a Options,
    pub(super) found: &'a Precedents,
    pub(super) has_several_collections: bool,
}
