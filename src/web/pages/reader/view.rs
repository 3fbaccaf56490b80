//! What the reader shows, and the links within it.

use xunzhang::search::{FullDocument, place};

use super::hits::{Hits, Wanted};
use crate::cli::messages::Lang;
use crate::web::parameters::Parameters;

/// A document, what a query finds in it, and where that leads.
pub(super) struct View<'a> {
    pub(super) lang: Lang,
    /// What was asked, without the place.
    pub(super) base: Parameters,
    pub(super) whole: &'a FullDocument,
    pub(super) hits: &'a Hits,
    pub(super) wanted: &'a Wanted<'a>,
}

impl View<'_> {
    /// A link to a place of the document.
    pub(super) fn to_line(&self, line: u32) -> String {
        let place = place(&self.whole.document.id, line);
        format!("{}#hit", self.base.with("place", &[&place]).url("/show"))
    }

    /// A link to an occurrence in it.
    pub(super) fn to_hit(&self, ord: usize) -> String {
        let line = self.hits.stops.get(ord).map_or(1, |stop| stop.line);
        let place = place(&self.whole.document.id, line);
        let at = self.base.with("place", &[&place]);
        format!(
            "{}#hit",
            at.with("hit", &[&(ord + 1).to_string()]).url("/show")
        )
    }
}
