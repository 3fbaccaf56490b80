//! Numbers of documents: 国发〔2015〕12号.

use std::collections::BTreeSet;

use super::citation::{CitationStatus, Remark};
use super::collection::Collection;
use super::editions::Matched;
use super::mention::Mentioned;
use super::mentions::mentions;
use super::title_words::TitleWords;
use super::verdict::Verdict;
use super::wording::replaced;
use crate::precedent::error::Result;
use crate::precedent::variant::by_age;
use crate::query::Leaf;
use crate::search::{Scope, Spot};
use crate::text::pattern::Pattern;
use crate::text::units::Units;

/// Passages that are read for the number of a title.
const READ: usize = 200;
/// Characters between a title and its number.
const BESIDE: usize = 3;

/// The verdict about a number; `title` is the title that the draft has beside it.
pub(super) fn document_number(
    text: &str,
    title: Option<&str>,
    collection: &Collection<'_>,
) -> Result<Verdict> {
    let spots = spots(text, collection)?;
    let known = match title {
        Some(title) => numbers_of(title, collection)?,
        None => Vec::new(),
    };
    let row = units(text);
    if let Some(same) = known.iter().find(|known| units(&known.text) == row) {
        return Ok(Verdict::verbatim(same.source.clone()));
    }
    // The title has another number in the collection: the draft's is of something else, or of nothing.
    if let Some(other) = known.first() {
        return Ok(Verdict {
            source: other.source.clone(),
            diff: replaced(text, &other.text),
            wording: Some(other.text.clone()),
            ..Verdict::of(CitationStatus::Altered)
        });
    }
    let Some(first) = spots.iter().min_by(|a, b| by_age(a, b)) else {
        return Ok(Verdict::not_found(title.and(None::<Remark>)));
    };
    let document = collection.library.document(&first.document)?;
    let rows = [row];
    let found = document.find(&rows, &document.all());
    Ok(Verdict::verbatim(
        found.map(|(passage, units)| document.source(passage, units)),
    ))
}

fn units(text: &str) -> Vec<String> {
    let units = Units::new(text);
    // 第12号 is 12号.
    let texts: Vec<&str> = units.texts().collect();
    let n = texts.len();
    let kept = texts
        .iter()
        .enumerate()
        .filter(|&(ord, unit)| !(*unit == "第" && ord + 3 == n));
    kept.map(|(_, unit)| (*unit).to_owned()).collect()
}

/// The passages that have the number.
fn spots(text: &str, collection: &Collection<'_>) -> Result<Vec<Spot>> {
    let pattern = Pattern {
        rows: vec![units(text)],
        gaps: Vec::new(),
    };
    let mut spots = places(collection.scope, pattern)?;
    spots.retain(|spot| !collection.is_excluded(&spot.document));
    Ok(spots)
}

fn places(scope: &Scope<'_>, pattern: Pattern) -> Result<Vec<Spot>> {
    Ok(scope.places_of(&Leaf::Pattern(pattern))?)
}

/// A number of a title as the collection has it.
struct Known {
    text: String,
    source: Option<crate::precedent::variant::Source>,
}

/// The numbers beside a title, or in the document of that title before its body, in order of their documents.
fn numbers_of(title: &str, collection: &Collection<'_>) -> Result<Vec<Known>> {
    let mut out: Vec<Known> = Vec::new();
    let year = TitleWords::new(title).year;
    let resolved = collection.editions.resolve(title, year)?;
    let own = resolved.filter(|it| matches!(it.matched, Matched::Exact | Matched::Issued));
    if let Some(resolved) = own {
        for record in resolved
            .editions
            .iter()
            .flat_map(|edition| edition.documents.clone())
        {
            let document = collection.library.document(&record.id)?;
            // The number of a document is at its head; further down are those of others.
            let head = document
                .passages
                .iter()
                .take(HEAD)
                .map(|passage| passage.stored.text.clone());
            let head = head.enumerate().map(|(ord, text)| (Some(ord), text));
            let lines = collection.library.other_lines(&record.id)?;
            for (passage, text) in head.chain(lines.into_iter().map(|(_, text)| (None, text))) {
                let titles = mentions(0, &text).into_iter();
                let alone = text.chars().count() <= LINE
                    && titles
                        .clone()
                        .all(|one| !matches!(one.item, Mentioned::Title { .. }));
                for number in titles.filter(|one| alone && one.item == Mentioned::Number) {
                    out.push(Known {
                        text: number.text,
                        source: match passage {
                            Some(passage) => Some(document.source(passage, 0..0)),
                            None => collection.library.title_source(&record)?,
                        },
                    });
                }
            }
        }
    }
    let words = TitleWords::new(title).units;
    let pattern = Pattern {
        rows: vec![words.clone()],
        gaps: Vec::new(),
    };
    let mut spots = places(collection.scope, pattern)?;
    spots.retain(|spot| !collection.is_excluded(&spot.document));
    let mut seen = BTreeSet::new();
    for spot in spots.iter().take(READ) {
        let stored = collection.scope.passage(spot)?;
        let found = mentions(0, &stored.text);
        for two in found.windows(2) {
            let is_beside = two[1].span.start <= two[0].span.end + 1 + BESIDE;
            let is_title = matches!(two[0].item, Mentioned::Title { .. })
                && TitleWords::new(&two[0].text).units == words;
            if is_title
                && is_beside
                && two[1].item == Mentioned::Number
                && seen.insert(two[1].text.clone())
            {
                let document = collection.library.document(&spot.document)?;
                let place = document.find(&[units(&two[1].text)], &document.all());
                out.push(Known {
                    text: two[1].text.clone(),
                    source: place.map(|(passage, units)| document.source(passage, units)),
                });
            }
        }
    }
    Ok(out)
}

/// Passages at the head of a document in which its own number is.
const HEAD: usize = 10;
/// Characters of a line that a number is alone on.
const LINE: usize = 60;
