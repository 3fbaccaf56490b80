//! Figures: a number with its unit, and what it is of.
//!
//! Two figures are of the same thing as far as the units before them, in their sentences, are the same in the same order. The
//! **likeness** is the number of those units over all units of the draft's subject, from 0 to 1.

use super::citation::{CitationStatus, Remark};
use super::collection::Collection;
use super::editions::Resolved;
use super::library::CitedDocument;
use super::verdict::Verdict;
use super::wording::replaced_whole;
use crate::precedent::align::align;
use crate::precedent::error::Result;
use crate::precedent::figure::FigureSpan;
use crate::precedent::variant::Source;
use crate::query::Leaf;
use crate::text::pattern::Pattern;
use crate::text::units::Units;

/// Likeness from which an equal figure is the same one.
const SAME: f64 = 0.6;
/// Likeness from which another figure is of the same thing: where the figure differs, more of the words must be the same.
const OF_SAME: f64 = 0.75;
/// The fewest units of a subject that tells what a figure is of.
const MIN_SUBJECT: usize = 3;
/// Passages that are read where no source is named, and documents of a named one.
const CANDIDATES: usize = 40;
const DOCUMENTS: usize = 12;
/// Units of the subject that are looked up exactly, and units between them and the number.
const TAIL: usize = 2;
const WITHIN: usize = 20;

/// A figure of the collection that may be the same.
struct Candidate {
    likeness: f64,
    is_equal: bool,
    /// Characters of both numbers that are the same at the same place.
    n_same_chars: usize,
    text: String,
    source: Source,
}

/// The verdict about a figure.
pub(super) fn figure(
    (figure, text, subject): (&FigureSpan, &str, &str),
    named: Option<(Option<&Resolved>, Option<u16>)>,
    collection: &Collection<'_>,
) -> Result<Verdict> {
    let said: Vec<String> = Units::new(subject).texts().map(str::to_owned).collect();
    if said.len() < MIN_SUBJECT {
        return Ok(Verdict::not_found(Remark::TooShort));
    }
    let mut best = Best::default();
    if let Some((Some(resolved), year)) = named {
        for ord in resolved.chosen(year).into_iter().take(DOCUMENTS) {
            for record in &resolved.editions[ord].documents {
                let document = collection.library.document(&record.id)?;
                for passage in document.all() {
                    best.add(candidates((figure, text, &said), &document, passage));
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
    let is_missing = matches!(named, Some((None, _)));
    for (document, number) in passages(figure, text, subject, &said, collection)? {
        let document = collection.library.document(&document)?;
        let passage = document
            .passages
            .iter()
            .position(|passage| passage.stored.number == number);
        if let Some(passage) = passage {
            best.add(candidates((figure, text, &said), &document, passage));
        }
    }
    let missing = is_missing.then_some(Remark::SourceMissing);
    if let Some(same) = best.same {
        return Ok(Verdict::verbatim(Some(same.source)).or_remark(missing));
    }
    // Other years and places have other figures of the same thing: the draft's own need not be wrong.
    Ok(match best.other {
        Some(other) => Verdict {
            status: CitationStatus::NotFound,
            ..altered(text, other)
        }
        .or_remark(missing.or(Some(Remark::OtherFigure))),
        None => Verdict::not_found(missing),
    })
}

fn altered(text: &str, other: Candidate) -> Verdict {
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
    same: Option<Candidate>,
    other: Option<Candidate>,
}

impl Best {
    fn add(&mut self, candidates: Vec<Candidate>) {
        for one in candidates {
            let (best, least) = match one.is_equal {
                true => (&mut self.same, SAME),
                false => (&mut self.other, OF_SAME),
            };
            // Of two figures of the same thing, as a target and an outcome, the one that looks more like the draft's.
            let key = |one: &Candidate| (one.likeness, one.n_same_chars);
            let is_better = best.as_ref().is_none_or(|best| key(&one) > key(best));
            if one.likeness >= least && is_better {
                *best = Some(one);
            }
        }
    }
}

/// The figures of a passage with the same measure.
fn candidates(
    (figure, text, said): (&FigureSpan, &str, &[String]),
    document: &CitedDocument,
    passage: usize,
) -> Vec<Candidate> {
    let figures = document.passages[passage].figures().iter();
    let of_measure = figures.filter(|own| own.figure.measure == figure.measure);
    let candidate = of_measure.map(|own| {
        let aligned = align(said, &own.subject);
        let in_order = aligned.runs.iter().filter(|run| !run.moved);
        let n_same: usize = in_order.map(|run| run.len).sum();
        Candidate {
            likeness: n_same as f64 / said.len() as f64,
            is_equal: own.figure.equals(figure),
            n_same_chars: own
                .text
                .chars()
                .zip(text.chars())
                .filter(|(a, b)| a == b)
                .count(),
            text: own.text.clone(),
            source: Source {
                span: (own.span.start, own.span.end),
                ..document.source(passage, 0..0)
            },
        }
    });
    candidate.collect()
}

/// Passages that may have the figure: those that share most with its words, and those with the words just before it and its number.
fn passages(
    figure: &FigureSpan,
    text: &str,
    subject: &str,
    said: &[String],
    collection: &Collection<'_>,
) -> Result<Vec<(String, u32)>> {
    let words = format!("{subject}{text}");
    let mut spots = collection
        .scope
        .overlapping(&Units::new(&words), CANDIDATES)?;
    let number = Units::new(text);
    if figure.span.len() > 1 && !number.is_empty() {
        let tail = said[said.len() - TAIL.min(said.len())..].to_vec();
        let pattern = Pattern {
            rows: vec![tail, number.texts().map(str::to_owned).collect()],
            gaps: vec![0..=WITHIN],
        };
        let exact = collection.scope.places_of(&Leaf::Pattern(pattern))?;
        spots.extend(exact.into_iter().take(CANDIDATES));
    }
    spots.retain(|spot| !collection.is_excluded(&spot.document));
    let mut out: Vec<(String, u32)> = spots
        .iter()
        .map(|spot| (spot.document.to_string(), spot.number))
        .collect();
    out.sort();
    out.dedup();
    Ok(out)
}
