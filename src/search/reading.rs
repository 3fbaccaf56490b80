//! The set of passages that a query's numbers are about: those of the exact reading, or of the ranked one where that is empty.

use std::ops::Range;

use serde::Serialize;
use tantivy::DocId;

use super::matches::{Matches, Occurrences};
use super::{Count, Filter, SearchOptions, Searcher, Sort};
use crate::query::Node;
use crate::search::Result;

/// How the words of a query are understood.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Reading {
    /// Every word means its characters, as a count takes it.
    #[default]
    Exact,
    /// Words are found by their parts, as a ranking takes them.
    Ranked,
}

/// The passages that a query finds.
pub(super) struct Evaluated {
    pub(super) reading: Reading,
    pub(super) matches: Matches,
    /// Occurrences in each of them; zeros in the ranked reading, which counts no places.
    pub(super) occurrences: Occurrences,
}

/// The found passages of one document.
pub(super) struct DocumentRun {
    pub(super) segment: usize,
    /// Their ordinals among the matches of the segment.
    pub(super) ords: Range<usize>,
    /// The first of them: all have the same document.
    pub(super) first: DocId,
    pub(super) occurrences: u64,
}

impl DocumentRun {
    pub(super) fn count(&self) -> Count {
        Count {
            occurrences: self.occurrences,
            passages: self.ords.len() as u64,
            documents: 1,
        }
    }
}

impl Searcher<'_> {
    /// What the exact reading finds; if that is nothing, what the ranked reading finds, whose number is that of
    /// [`super::Results::total`].
    pub(super) fn evaluated(&self, node: &Node, filter: &Filter) -> Result<Evaluated> {
        let (matches, occurrences) = self.exact(node, filter)?;
        if matches.iter().any(|passages| !passages.is_empty()) {
            return Ok(Evaluated {
                reading: Reading::Exact,
                matches,
                occurrences,
            });
        }
        let matches = self.ranked(node, filter)?;
        let occurrences = matches.iter().map(|passages| vec![0; passages.len()]);
        Ok(Evaluated {
            reading: Reading::Ranked,
            occurrences: occurrences.collect(),
            matches,
        })
    }

    /// What the ranked reading finds.
    pub(super) fn ranked(&self, node: &Node, filter: &Filter) -> Result<Matches> {
        // No order is needed; that by score is the only one that has to be made before the passages are known.
        let options = SearchOptions {
            filter: filter.clone(),
            sort: Sort::Path,
            ..SearchOptions::default()
        };
        Ok(self.found(node, &options)?.matches)
    }

    /// The passages by document, as they are stored.
    pub(super) fn by_document(
        &self,
        matches: &Matches,
        occurrences: &Occurrences,
    ) -> Result<Vec<DocumentRun>> {
        let mut runs = Vec::new();
        let segments = matches.iter().zip(occurrences).zip(self.columns()?);
        for (segment, ((passages, occurrences), columns)) in segments.enumerate() {
            runs.extend(columns.groups.by_document(passages).map(|ords| {
                let here = occurrences[ords.clone()].iter().copied();
                DocumentRun {
                    segment,
                    first: passages[ords.start],
                    occurrences: here.map(u64::from).sum(),
                    ords,
                }
            }));
        }
        Ok(runs)
    }
}
