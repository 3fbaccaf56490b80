//! Words that are looked up in the whole collection.

use std::collections::BTreeSet;

use super::citation::{CitationStatus, CitedEdition, NewerEdition, Remark};
use super::collection::Collection;
use super::newer::revised;
use super::parts::{ALTERED, Compared, MIN_QUOTATION, compared, rows, sentences};
use super::verdict::Verdict;
use crate::precedent::error::Result;
use crate::precedent::variant::{Found, Source, by_age};
use crate::search::Spot;

/// Documents that hold the longest sentence of a quotation and are searched for the others.
const DOCUMENTS: usize = 20;
/// The most documents that hold a quotation whose later editions are looked for: words of many are a set phrase.
const FEW: usize = 8;

/// The verdict about words that are from no named source.
pub(super) fn anywhere(text: &str, collection: &Collection<'_>) -> Result<Verdict> {
    let sentences = sentences(text);
    let Some(longest) = sentences.iter().max_by_key(|one| one.units.len()) else {
        return Ok(Verdict::not_found(Remark::TooShort));
    };
    let found = collection.lookup.variants(longest)?;
    let Some(first) = found.first() else {
        return Ok(Verdict::not_found(too_short(longest.units.len())));
    };
    if sentences.len() > 1 || rows(text).len() > 1 {
        return of_several(text, first, collection);
    }
    if first.variant.similarity >= 1.0 {
        let newer = newer(&first.spots, collection)?;
        let source = described(vec![first.clone()], collection)?.pop();
        return Ok(Verdict {
            newer,
            ..Verdict::verbatim(source.and_then(|mut variant| {
                (!variant.sources.is_empty()).then(|| variant.sources.remove(0))
            }))
        });
    }
    let n_units = longest.units.len();
    if first.variant.similarity < ALTERED || n_units < MIN_QUOTATION {
        return Ok(Verdict::not_found(too_short(n_units)));
    }
    let best = first.variant.similarity;
    let equal = found
        .into_iter()
        .take_while(|found| found.variant.similarity >= best);
    let equal = described(equal.collect(), collection)?;
    let mut verdict = Verdict::of(CitationStatus::Altered);
    if equal.len() > 1 {
        verdict.status = CitationStatus::Ambiguous;
        verdict.remark = Some(Remark::SeveralWordings);
        let sources = equal.iter().filter_map(|variant| variant.sources.first());
        verdict.editions = sources
            .map(|source| CitedEdition {
                document: source.document.clone(),
                place: source.place.clone(),
                holds: false,
            })
            .collect();
    }
    if let Some(variant) = equal.into_iter().next() {
        verdict.source = variant.sources.into_iter().next();
        verdict.wording = Some(variant.text);
        verdict.diff = variant.diff;
    }
    Ok(verdict)
}

/// The oldest place of words that are somewhere word for word; of several sentences all in one document.
pub(super) fn verbatim_anywhere(text: &str, collection: &Collection<'_>) -> Result<Option<Source>> {
    let sentences = sentences(text);
    let Some(longest) = sentences.iter().max_by_key(|one| one.units.len()) else {
        return Ok(None);
    };
    let Some(found) = collection.lookup.verbatim_with_sources(longest)? else {
        return Ok(None);
    };
    if sentences.len() > 1 || rows(text).len() > 1 {
        let verdict = of_several(text, &found, collection)?;
        return Ok(verdict
            .source
            .filter(|_| verdict.status == CitationStatus::Verbatim));
    }
    Ok(found.variant.sources.into_iter().next())
}

fn too_short(n_units: usize) -> Option<Remark> {
    (n_units < MIN_QUOTATION).then_some(Remark::TooShort)
}

fn described(
    found: Vec<Found>,
    collection: &Collection<'_>,
) -> Result<Vec<crate::precedent::variant::Variant>> {
    collection.lookup.shown(found)
}

/// The verdict about several sentences: the documents of the longest are searched for all of them.
fn of_several(text: &str, longest: &Found, collection: &Collection<'_>) -> Result<Verdict> {
    if longest.variant.similarity < ALTERED {
        return Ok(Verdict::not_found(None));
    }
    let words = rows(text);
    let mut spots: Vec<&Spot> = longest.spots.iter().collect();
    spots.sort_by(|a, b| by_age(a, b));
    let mut seen = BTreeSet::new();
    spots.retain(|spot| seen.insert(spot.document.clone()));
    let mut best = None;
    for spot in spots.into_iter().take(DOCUMENTS) {
        let document = collection.library.document(&spot.document)?;
        if let Some((passage, units)) = document.find(&words, &document.all()) {
            return Ok(Verdict::verbatim(Some(document.source(passage, units))));
        }
        let found = compared(text, &document, document.all(), collection.vocabulary());
        if let Some(found) = found
            && best
                .as_ref()
                .is_none_or(|best: &Compared| found.similarity > best.similarity)
        {
            best = Some(found);
        }
    }
    Ok(match best.filter(|best| best.similarity >= ALTERED) {
        Some(best) => best.verdict(),
        None => Verdict::not_found(None),
    })
}

/// The newest edition of the law that holds words, if that edition does not: the words are from a law that was amended.
fn newer(spots: &[Spot], collection: &Collection<'_>) -> Result<Option<NewerEdition>> {
    let holders: BTreeSet<&str> = spots.iter().map(|spot| &*spot.document).collect();
    let Some(latest) = spots
        .iter()
        .max_by_key(|spot| spot.date)
        .filter(|_| holders.len() <= FEW)
    else {
        return Ok(None);
    };
    let title = collection.scope.document(latest)?.title;
    let Some(resolved) = collection
        .editions
        .exact(&title)?
        .filter(|resolved| resolved.supersedes())
    else {
        return Ok(None);
    };
    let newest = &resolved.editions[0];
    let is_held = newest
        .documents
        .iter()
        .any(|record| holders.contains(record.id.as_str()));
    if is_held || newest.date <= latest.date {
        return Ok(None);
    }
    let place = collection.library.title_place(&newest.documents[0])?;
    Ok(Some(revised(newest, place, false)))
}
