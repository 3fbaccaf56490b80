//! All that mentions are looked up in.

use super::editions::Editions;
use super::library::Library;
use crate::precedent::variants::Lookup;
use crate::query::Vocabulary;
use crate::search::Scope;

/// All that mentions are looked up in.
pub(super) struct Collection<'a> {
    pub(super) scope: &'a Scope<'a>,
    pub(super) editions: Editions<'a>,
    pub(super) library: Library<'a>,
    pub(super) lookup: Lookup<'a>,
    /// Ids of documents that are left out.
    pub(super) excluded: &'a [String],
}

impl Collection<'_> {
    pub(super) fn vocabulary(&self) -> Vocabulary<'_> {
        self.scope.vocabulary()
    }

    pub(super) fn is_excluded(&self, id: &str) -> bool {
        self.excluded.iter().any(|left_out| left_out == id)
    }
}
