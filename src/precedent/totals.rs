//! The totals of a draft: classes, shares, and the documents that it shares wording with.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::checked::{Check, Checked, Classes, DocumentShare, LOOSE, Rarity};
use super::error::Result;
use crate::search::Searcher;

/// The contribution of one sentence to the totals.
pub(super) struct Outcome {
    pub(super) checked: Checked,
    pub(super) characters: u64,
    pub(super) reused: u64,
    /// Number of units reused from each document.
    pub(super) by_document: BTreeMap<Arc<str>, u64>,
}

/// Characters and sentences that the draft shares with one document, as they are counted.
#[derive(Default)]
struct Share {
    distinctive: u64,
    reused: u64,
    sentences: usize,
}

/// The check of a draft with these outcomes; at most `limit` documents are named.
pub(super) fn total(
    searcher: &Searcher<'_>,
    title: &str,
    outcomes: Vec<Outcome>,
    limit: usize,
) -> Result<Check> {
    let mut out = Check {
        title: title.to_owned(),
        sentences: Vec::with_capacity(outcomes.len()),
        citations: Vec::new(),
        classes: Classes::default(),
        characters: 0,
        reused: 0,
        distinctive: 0,
        share: 0.0,
        documents: Vec::new(),
        min_similarity: LOOSE,
        excluded: Vec::new(),
    };
    let mut documents = BTreeMap::new();
    for outcome in outcomes {
        add(outcome, &mut out, &mut documents);
    }
    out.share = share(out.reused, out.characters);
    out.documents = most_shared(searcher, documents, out.characters, limit)?;
    Ok(out)
}

fn add(outcome: Outcome, out: &mut Check, documents: &mut BTreeMap<Arc<str>, Share>) {
    // Characters of common wording are reused but say nothing about where the draft comes from.
    let is_common = outcome.checked.rarity == Some(Rarity::Common);
    let distinctive = |reused| if is_common { 0 } else { reused };
    out.characters += outcome.characters;
    out.reused += outcome.reused;
    out.distinctive += distinctive(outcome.reused);
    out.classes.add(outcome.checked.class);
    for (document, reused) in outcome.by_document {
        let share = documents.entry(document).or_default();
        share.distinctive += distinctive(reused);
        share.reused += reused;
        share.sentences += 1;
    }
    out.sentences.push(outcome.checked);
}

/// The documents that share most with a draft of `n_chars` characters, at most `limit`.
fn most_shared(
    searcher: &Searcher<'_>,
    documents: BTreeMap<Arc<str>, Share>,
    n_chars: u64,
    limit: usize,
) -> Result<Vec<DocumentShare>> {
    let mut ranked: Vec<_> = documents.into_iter().collect();
    // In order of the share that is printed; of equal shares the one with fewer set phrases first.
    ranked.sort_by(|(a, x), (b, y)| {
        let by_number = (y.reused, y.distinctive).cmp(&(x.reused, x.distinctive));
        by_number.then_with(|| a.cmp(b))
    });
    ranked.truncate(limit);
    let describe = |(id, shared): (Arc<str>, Share)| {
        Ok(DocumentShare {
            document: searcher.document(&id)?.into(),
            sentences: shared.sentences,
            reused: shared.reused,
            distinctive: shared.distinctive,
            share: share(shared.reused, n_chars),
        })
    };
    ranked.into_iter().map(describe).collect()
}

/// The share of `reused` in all characters.
fn share(reused: u64, n_chars: u64) -> f64 {
    reused as f64 / n_chars.max(1) as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_share_of_nothing_is_nothing() {
        assert_eq!(share(0, 0), 0.0);
        assert_eq!(share(3, 12), 0.25);
        assert_eq!(share(12, 12), 1.0);
    }
}
