//! Templates: what the variants of a sentence share, and the fillers of the gaps.
//!
//! All variants are aligned with the sentence, and so with each other (a star alignment, Gusfield 1993, with
//! the sentence as its centre). A unit that all of them have in order is fixed; fixed units in runs of at
//! least two are shown, everything between them is a slot. The least similar variants are removed, one after
//! another, until the rest shares at least half of the sentence.

use std::collections::BTreeMap;
use std::ops::Range;

use serde::Serialize;

use super::diff::Wording;
use super::pieces::Piece;
use super::variant::Found;

/// Minimum number of consecutive fixed units that are shown.
const MIN_FIXED: usize = 2;

/// A part of a template.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum Part {
    /// Shared by all variants.
    Fixed {
        /// As in the sentence.
        text: String,
    },
    /// Where they differ.
    Slot {
        /// Its fillers, by occurrences, then text.
        slot: Vec<Filler>,
    },
}

/// A filler of a slot.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Filler {
    /// Its original characters, without marks at its ends; empty where a variant has nothing.
    pub text: String,
    /// Occurrences of the variants with this filler.
    pub occurrences: u64,
}

/// The template of a sentence's variants, the most similar of which come first; empty for fewer than two.
pub(super) fn template(piece: &Piece, found: &[&Found]) -> Vec<Part> {
    let n_units = piece.units.len();
    // With many variants little is common to all; a template of less than half of the sentence says nothing
    // about it.
    for n_found in (2..=found.len()).rev() {
        let found = &found[..n_found];
        let fixed = fixed(n_units, found);
        let n_fixed: usize = fixed.iter().map(Range::len).sum();
        if n_fixed * 2 >= n_units {
            return parts(piece, found, &fixed);
        }
    }
    Vec::new()
}

/// Runs of units of the sentence that are consecutive in every variant.
fn fixed(n_units: usize, found: &[&Found]) -> Vec<Range<usize>> {
    let mut out = Vec::new();
    let mut opened: Option<usize> = None;
    let places: Vec<Vec<Option<usize>>> =
        found.iter().map(|found| places(n_units, found)).collect();
    // One step past the end closes the last run.
    for unit in 0..=n_units {
        let is_fixed = unit < n_units && places.iter().all(|places| places[unit].is_some());
        let continues = unit > 0
            && is_fixed
            && places
                .iter()
                .all(|places| places[unit] == places[unit - 1].map(|before| before + 1));
        // A gap in any variant ends the run, even where the sentence has none: a slot opens there.
        if !continues {
            if let Some(start) = opened.take().filter(|start| unit - start >= MIN_FIXED) {
                out.push(start..unit);
            }
            opened = is_fixed.then_some(unit);
        }
    }
    out
}

/// For each unit of the sentence the unit of the variant that it is aligned with in order.
fn places(n_units: usize, found: &Found) -> Vec<Option<usize>> {
    let mut out = vec![None; n_units];
    for run in found.alignment.runs.iter().filter(|run| !run.moved) {
        for i in 0..run.len {
            out[run.from + i] = Some(run.to + i);
        }
    }
    out
}

fn parts(piece: &Piece, found: &[&Found], fixed: &[Range<usize>]) -> Vec<Part> {
    let n_units = piece.units.len();
    let places: Vec<Vec<Option<usize>>> =
        found.iter().map(|found| places(n_units, found)).collect();
    let sentence = Wording {
        text: &piece.text,
        units: &piece.units,
    };
    let mut out = Vec::new();
    let mut last: Option<usize> = None;
    for range in fixed.iter().map(Some).chain([None]) {
        let fillers = found.iter().zip(&places).map(|(found, places)| {
            let start = last
                .and_then(|last| places[last])
                .map_or(0, |last| last + 1);
            let end = range
                .and_then(|range| places[range.start])
                .unwrap_or(found.units.len());
            (*found, start..end)
        });
        out.extend(slot(fillers));
        if let Some(range) = range {
            out.push(Part::Fixed {
                text: sentence.cut(range.clone()),
            });
            last = Some(range.end - 1);
        }
    }
    out
}

/// The fillers between two fixed runs; `None` if all are empty.
fn slot<'a>(fillers: impl Iterator<Item = (&'a Found, Range<usize>)>) -> Option<Part> {
    let mut by_units: BTreeMap<Vec<&str>, Filler> = BTreeMap::new();
    for (found, range) in fillers {
        let units: Vec<&str> = range.clone().map(|ord| found.units.text(ord)).collect();
        let filler = by_units.entry(units).or_insert_with(|| Filler {
            text: original(found, range),
            occurrences: 0,
        });
        filler.occurrences += found.variant.occurrences;
    }
    if by_units.keys().all(Vec::is_empty) {
        return None;
    }
    let mut slot: Vec<Filler> = by_units.into_values().collect();
    slot.sort_by(|a, b| {
        b.occurrences
            .cmp(&a.occurrences)
            .then_with(|| a.text.cmp(&b.text))
    });
    Some(Part::Slot { slot })
}

fn original(found: &Found, range: Range<usize>) -> String {
    if range.is_empty() {
        return String::new();
    }
    let span = found.units.span(range);
    found
        .variant
        .text
        .chars()
        .skip(span.start)
        .take(span.len())
        .collect()
}
