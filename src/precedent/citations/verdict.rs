//! What was found about a mention.

use super::citation::{CitationStatus, CitedEdition, NewerEdition, Remark};
use crate::precedent::diff::Edit;
use crate::precedent::variant::Source;

/// What was found about a mention.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Verdict {
    pub(super) status: CitationStatus,
    pub(super) source: Option<Source>,
    pub(super) wording: Option<String>,
    pub(super) diff: Vec<Edit>,
    pub(super) editions: Vec<CitedEdition>,
    pub(super) newer: Option<NewerEdition>,
    pub(super) remark: Option<Remark>,
}

impl Verdict {
    /// A verdict without a source.
    pub(super) fn of(status: CitationStatus) -> Self {
        Self {
            status,
            source: None,
            wording: None,
            diff: Vec::new(),
            editions: Vec::new(),
            newer: None,
            remark: None,
        }
    }

    pub(super) fn verbatim(source: Option<Source>) -> Self {
        Self {
            source,
            ..Self::of(CitationStatus::Verbatim)
        }
    }

    pub(super) fn not_found(remark: impl Into<Option<Remark>>) -> Self {
        Self {
            remark: remark.into(),
            ..Self::of(CitationStatus::NotFound)
        }
    }

    /// The same with a remark where it has none.
    pub(super) fn or_remark(mut self, remark: Option<Remark>) -> Self {
        self.remark = self.remark.or(remark);
        self
    }
}
