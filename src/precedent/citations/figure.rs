//! Figures: a number with its unit, and what it is of.
//!
//! Two figures are of the same thing as far as the units before them, in their sentences, are the same in the same order. The
//! **likeness** is the number of those units over all units of the draft's subject, from 0 to 1.

use super::citation::{CitationStatus, Remark};
use super::collection::Collection;
use super::editions::Resolved;
use super::library::source_of;
use super::read_passage::{ReadFigure, ReadPassage};
use super::verdict::Verdict;
use super::wording::replaced_whole;
use crate::precedent::align::align;
use crate::precedent::error::Result;
use crate::precedent::figure::FigureSpan;
use crate::precedent::variant::Source;
use crate::query::Leaf;
use crate::search::{DocumentRef, Spot, by_document};
use crate::text::pattern::Pattern;
use crate::text::units::Units;

/// Likeness from which an equal figure is the same one.
const SAME: f64 = 0.6;
/// Likeness from which another figure is of the same thing: where the figure differs, more of the words must be the same.
const OF_SAME: f64 = 0.75;
/// Minimum number of units of a subject that says what a figure is of.
const MIN_SUBJECT: usize = 3;
/// Passages that are read where no source is named, and documents of a named one.
const CANDIDATES: usize = 40;
const DOCUMENTS: usize = 12;
/// Units of the subject that are looked up exactly, and units between them and the number.
const TAIL: usize = 2;
const WITHIN: usize = 20;

/// A figure of the collection that may be the same.
struct Candidate<'r> {
    likeness: f64,
    is_equal: bool,
    /// Characters of both numbers that are the same at the same place.
    n_same_chars: usize,
    read: &'r ReadFigure,
}

/// A figure with its place.
struct Placed {
    key: (f64, usize),
    text: String,
    source: Source,
}

/// What the draft says of a figure.
struct Said<'a> {
    figure: &'a FigureSpan,
    text: &'a str,
    /// Units of what it is of.
    subject: Vec<String>,
}

/// The verdict about a figure.
pub(super) fn figure(
    (figure, text, subject): (&FigureSpan, &str, &str),
    named: Option<(Option<&Resolved>, Option<u16>)>,
    collection: &Collection<'_>,
) -> Result<Verdict> {
    let units = Units::new(subject);
    let said = Said {
        figure,
        text,
        subject: units.texts().map(str::to_owned).collect(),
    };
    if said.subject.len() < MIN_SUBJECT {
        return Ok(Verdict::not_found(Remark::TooShort));
    }
    let mut best = Best::default();
    if let Some((Some(resolved), year)) = named {
        for ord in resolved.chosen(year).into_iter().take(DOCUMENTS) {
            for record in &resolved.editions[ord].documents {
                let document = collection.library.document(&record.id)?;
                for passage in &document.passages {
                    best.add(passage, &said, || Ok(record.clone()))?;
                }
            }
        }
        if let Some(same) = best.same.take() {
            return Ok(Verdict::verbatim(Some(same.source)));
        }
        if let Some(other) = best.other.take() {
            return Ok(altered(text, other));
        }
    }
    let (is_missing, is_found) = (
        matches!(named, Some((None, _))),
        matches!(named, Some((Some(_), _))),
    );
    for spot in spots(&said, subject, collection)? {
        let passage = ReadPassage::new(collection.scope.passage(&spot)?);
        best.add(&passage, &said, || {
            Ok(collection.scope.document(&spot)?.into())
        })?;
    }
    let missing = is_missing.then_some(Remark::SourceMissing);
    if let Some(same) = best.same {
        return Ok(Verdict::verbatim(Some(same.source)).or_remark(missing));
    }
    // Other years and places have other figures of the same thing: the draft's own need not be wrong. What is said to be from one
    // document is not compared with those of others.
    Ok(match best.other.filter(|_| !is_found) {
        Some(other) => Verdict {
            status: CitationStatus::NotFound,
            ..altered(text, other)
        }
        .or_remark(missing.or(Some(Remark::OtherFigure))),
        None => Verdict::not_found(missing),
    })
}

fn altered(text: &str, other: Placed) -> Verdict {
    Verdict {
        source: Some(other.source),
        diff: replaced_whole(text, &other.text),
        wording: Some(other.text),
        ..Verdict::of(CitationStatus::Altered)
    }
}

/// The best equal figure, and the best other one of the same thing.
#[derive(Default)]
struct Best {
    same: Option<Placed>,
    other: Option<Placed>,
}

impl Best {
    /// Looks at the figures of a passage; `document` is asked only if one of them is better.
    fn add(
        &mut self,
        passage: &ReadPassage,
        said: &Said<'_>,
        document: impl Fn() -> Result<DocumentRef>,
    ) -> Result<()> {
        for one in candidates(passage, said) {
            let (best, least) = match one.is_equal {
                true => (&mut self.same, SAME),
                false => (&mut self.other, OF_SAME),
            };
            // Of two figures of the same thing, as a target and an outcome, the one that looks more like the draft's.
            let key = (one.likeness, one.n_same_chars);
            let is_better = best.as_ref().is_none_or(|best| key > best.key);
            if one.likeness >= least && is_better {
                *best = Some(Placed {
                    key,
                    text: one.read.text.clone(),
                    source: source_of(&document()?, &passage.stored, one.read.span.clone()),
                });
            }
        }
        Ok(())
    }
}

/// The figures of a passage with the same measure.
fn candidates<'r>(passage: &'r ReadPassage, said: &Said<'_>) -> Vec<Candidate<'r>> {
    let figures = passage.figures().iter();
    let of_measure = figures.filter(|own| own.figure.measure == said.figure.measure);
    let candidate = of_measure.map(|own| {
        let aligned = align(&said.subject, &own.subject);
        let in_order = aligned.runs.iter().filter(|run| !run.moved);
        let n_same: usize = in_order.map(|run| run.len).sum();
        let same_chars = own
            .text
            .chars()
            .zip(said.text.chars())
            .filter(|(a, b)| a == b);
        Candidate {
            likeness: n_same as f64 / said.subject.len() as f64,
            is_equal: own.figure.equals(said.figure),
            n_same_chars: same_chars.count(),
            read: own,
        }
    });
    candidate.collect()
}

/// Passages that may have the figure: those that share most with its words, and those with the words just before it and its number.
fn spots(said: &Said<'_>, subject: &str, collection: &Collection<'_>) -> Result<Vec<Spot>> {
    let words = format!("{subject}{}", said.text);
    let mut spots = collection
        .scope
        .overlapping(&Units::new(&words), CANDIDATES)?;
    let number = Units::new(said.text);
    if !number.is_empty() {
        let n = said.subject.len();
        let pattern = Pattern {
            rows: vec![
                said.subject[n - TAIL.min(n)..].to_vec(),
                number.texts().map(str::to_owned).collect(),
            ],
            gaps: vec![0..=WITHIN],
        };
        let exact = collection.scope.places_of(&Leaf::Pattern(pattern))?;
        spots.extend(exact.into_iter().take(CANDIDATES));
    }
    spots.retain(|spot| !collection.is_excluded(&spot.document));
    spots.sort_by(|a, b| by_document(a, b).then(a.number.cmp(&b.number)));
    spots.dedup_by(|a, b| a.document == b.document && a.number == b.number);
    Ok(spots)
}
