//! All that mentions are looked up in.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use super::citation::NewerEdition;
use super::editions::Editions;
use super::library::Library;
use crate::document::Date;
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
    /// What amended or repealed a law, by title and date: a draft cites one law many times.
    newer: Mutex<BTreeMap<Law, Option<NewerEdition>>>,
}

/// The title and the date of a law.
type Law = (String, Option<Date>);

impl<'a> Collection<'a> {
    pub(super) fn new(
        scope: &'a Scope<'a>,
        editions: Editions<'a>,
        library: Library<'a>,
        lookup: Lookup<'a>,
        excluded: &'a [String],
    ) -> Self {
        Self {
            scope,
            editions,
            library,
            lookup,
            excluded,
            newer: Mutex::default(),
        }
    }

    /// What is known to have amended or repealed a law; the outer `None` if it was not looked up yet.
    pub(super) fn known_newer(&self, law: &Law) -> Option<Option<NewerEdition>> {
        let known = self.newer.lock().unwrap_or_else(PoisonError::into_inner);
        known.get(law).cloned()
    }

    pub(super) fn keep_newer(&self, law: Law, newer: Option<NewerEdition>) {
        let mut known = self.newer.lock().unwrap_or_else(PoisonError::into_inner);
        known.insert(law, newer);
    }

    pub(super) fn vocabulary(&self) -> Vocabulary<'_> {
        self.scope.vocabulary()
    }

    pub(super) fn is_excluded(&self, id: &str) -> bool {
        self.excluded.iter().any(|left_out| left_out == id)
    }
}
