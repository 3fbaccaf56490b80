//! What a concordance shows.

use xunzhang::query::Node;
use xunzhang::search::{Concordance, ConcordanceOptions, Searcher};

use crate::cli::messages::Lang;
use crate::web::parameters::Parameters;

/// Lines of a page.
pub(super) const LINES: usize = 100;

/// A concordance, and how it was requested.
pub(super) struct View<'a> {
    pub(super) lang: Lang,
    pub(super) parameters: &'a Parameters,
    pub(super) searcher: &'a Searcher<'a>,
    pub(super) query: &'a str,
    pub(super) node: &'a Node,
    pub(super) options: &'a ConcordanceOptions,
    pub(super) concordance: &'a Concordance<'a>,
    /// Number of lines in all, and the first of this page from 0.
    pub(super) n: usize,
    pub(super) offset: usize,
}
