//! Quotations: words in quotation marks.

use std::ops::Range;
use std::sync::Arc;

use super::anywhere::{anywhere, verbatim_anywhere};
use super::citation::{CitationStatus, CitedEdition, Remark};
use super::collection::Collection;
use super::editions::Resolved;
use super::library::CitedDocument;
use super::newer::{amended_or_repealed, revised};
use super::parts::{ALTERED, Compared, MIN_QUOTATION, compared, rows};
use super::verdict::Verdict;
use crate::precedent::error::Result;
use crate::text::units::Units;

/// Editions and documents that are listed.
pub(super) const LISTED: usize = 12;

/// Where an edition has the words.
pub(super) struct Held {
    pub(super) edition: usize,
    pub(super) document: Arc<CitedDocument>,
    pub(super) passage: usize,
    pub(super) units: Range<usize>,
}

/// The verdict about a quotation that is said to come from the document of `resolved`; from anywhere without one.
///
/// `is_attributed`: whether the draft says that the words are from there, or only names it in the same sentence.
pub(super) fn quotation(
    text: &str,
    named: Option<(Option<&Resolved>, Option<u16>)>,
    is_attributed: bool,
    collection: &Collection<'_>,
) -> Result<Verdict> {
    let Some((resolved, year)) = named else {
        return anywhere(text, collection);
    };
    let Some(resolved) = resolved else {
        let remark = is_attributed.then_some(Remark::SourceMissing);
        return Ok(anywhere(text, collection)?.or_remark(remark));
    };
    let chosen = resolved.chosen(year);
    let held = held(&rows(text), resolved, collection)?;
    let of_chosen: Vec<&Held> = held
        .iter()
        .filter(|held| chosen.contains(&held.edition))
        .collect();
    if let Some(first) = of_chosen.first() {
        return verbatim(first, (&of_chosen, &chosen, &held), resolved, collection);
    }
    if !is_attributed {
        return anywhere(text, collection);
    }
    if let Some(other) = held.first() {
        let mut verdict = Verdict::of(CitationStatus::Altered);
        verdict.source = Some(other.document.source(other.passage, other.units.clone()));
        verdict.editions = listed(&held, resolved, collection)?;
        return Ok(verdict.or_remark(Some(Remark::OtherEdition)));
    }
    if Units::new(text).len() < MIN_QUOTATION {
        return Ok(Verdict::not_found(Remark::TooShort));
    }
    if let Some((edition, near)) =
        nearest(text, &chosen, resolved, collection)?.filter(|(_, near)| near.similarity >= ALTERED)
    {
        let mut verdict = near.verdict();
        if edition > 0 && resolved.supersedes() {
            let newest = &resolved.editions[0];
            let place = collection.library.title_place(&newest.documents[0])?;
            verdict.newer = Some(revised(newest, place, false));
        } else if edition == 0 {
            verdict.newer = amended_or_repealed(&resolved.editions[0], collection)?;
        }
        return Ok(verdict);
    }
    // Word for word elsewhere: the words are right, and their source is wrong.
    let elsewhere = verbatim_anywhere(text, collection)?;
    Ok(match elsewhere {
        Some(source) => Verdict {
            source: Some(source),
            ..Verdict::of(CitationStatus::Altered)
        }
        .or_remark(Some(Remark::OtherSource)),
        None => Verdict::not_found(None),
    })
}

fn verbatim(
    first: &Held,
    (of_chosen, chosen, held): (&[&Held], &[usize], &[Held]),
    resolved: &Resolved,
    collection: &Collection<'_>,
) -> Result<Verdict> {
    let mut verdict = Verdict::verbatim(Some(
        first.document.source(first.passage, first.units.clone()),
    ));
    if resolved.editions.len() > 1 {
        verdict.editions = listed(held, resolved, collection)?;
    }
    if !resolved.supersedes() {
        // Several reports have the words, and the draft does not say whose they are.
        if of_chosen.len() > 1 && chosen.len() > 1 {
            verdict.status = CitationStatus::Ambiguous;
            verdict.remark = Some(Remark::SeveralDocuments);
        }
        return Ok(verdict);
    }
    verdict.newer = newer(first.edition, held, resolved, collection)?;
    Ok(verdict)
}

/// What came after an edition: the newest one, else what amended or repealed it.
pub(super) fn newer(
    edition: usize,
    held: &[Held],
    resolved: &Resolved,
    collection: &Collection<'_>,
) -> Result<Option<super::citation::NewerEdition>> {
    if edition == 0 || !resolved.supersedes() {
        return amended_or_repealed(&resolved.editions[0], collection);
    }
    let newest = &resolved.editions[0];
    let in_newest = held.iter().find(|held| held.edition == 0);
    let place = match in_newest {
        Some(held) => held.document.source(held.passage, held.units.clone()).place,
        None => collection.library.title_place(&newest.documents[0])?,
    };
    Ok(Some(revised(newest, place, in_newest.is_some())))
}

/// Where each edition has the words, in order of the editions.
pub(super) fn held(
    words: &[Vec<String>],
    resolved: &Resolved,
    collection: &Collection<'_>,
) -> Result<Vec<Held>> {
    let mut out = Vec::new();
    for (edition, one) in resolved.editions.iter().enumerate() {
        for record in &one.documents {
            let document = collection.library.document(&record.id)?;
            if let Some((passage, units)) = document.find(words, &document.all()) {
                out.push(Held {
                    edition,
                    document,
                    passage,
                    units,
                });
                break;
            }
        }
    }
    Ok(out)
}

/// The editions, each with whether it has the words.
pub(super) fn listed(
    held: &[Held],
    resolved: &Resolved,
    collection: &Collection<'_>,
) -> Result<Vec<CitedEdition>> {
    let mut out = Vec::new();
    for (ord, edition) in resolved.editions.iter().enumerate().take(LISTED) {
        let held = held.iter().find(|held| held.edition == ord);
        let record = &edition.documents[0];
        out.push(match held {
            Some(held) => CitedEdition {
                document: held.document.record.clone(),
                place: held.document.source(held.passage, held.units.clone()).place,
                holds: true,
            },
            None => CitedEdition {
                document: record.clone(),
                place: collection.library.title_place(record)?,
                holds: false,
            },
        });
    }
    Ok(out)
}

/// The nearest wording of some editions; of equally near ones that of the newest.
fn nearest(
    text: &str,
    chosen: &[usize],
    resolved: &Resolved,
    collection: &Collection<'_>,
) -> Result<Option<(usize, Compared)>> {
    let mut best: Option<(usize, Compared)> = None;
    for &ord in chosen.iter().take(LISTED) {
        for record in &resolved.editions[ord].documents {
            let document = collection.library.document(&record.id)?;
            let found = compared(text, &document, document.all(), collection.vocabulary());
            let Some(found) = found else { continue };
            if best
                .as_ref()
                .is_none_or(|(_, best)| found.similarity > best.similarity)
            {
                best = Some((ord, found));
            }
        }
    }
    Ok(best)
}
