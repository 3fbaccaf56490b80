//! Variants of one sentence: verbatim and near wordings, each counted and with its sources.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::{Arc, Mutex, PoisonError};

use super::align::{Alignment, align};
use super::diff::{Wording, diff};
use super::error::Result;
use super::options::Options;
use super::pieces::{Piece, cut};
use super::variant::{Found, Source, SourcePassage, Variant, by_age};
use super::window::{Probe, Window, WindowEstimate};
use crate::query::Leaf;
use crate::search::{self, DocumentRef, Scope, SectionRef, Spot, by_document};
use crate::text::pattern::Pattern;
use crate::text::units::Units;

/// Number of passages that are read for a sentence.
const CANDIDATES: usize = 200;
/// Number of windows that are aligned for a sentence.
const ALIGNED: usize = 100;
/// Number of variants beyond the limit that are counted because they are as similar as the last one.
const TIES: usize = 20;

/// Minimum number of units of a sentence that is found across the ends of others: fewer meet by chance.
const MIN_ACROSS: usize = 8;

/// A passage that shares much with a sentence.
struct Candidate {
    spot: Spot,
    text: String,
    units: Units,
}

/// A wording before it is counted.
struct UncountedWording {
    similarity: f64,
    /// Its units, the pattern's only sequence.
    row: Vec<String>,
    alignment: Alignment,
    text: String,
}

/// Looks up sentences in one scope.
pub(super) struct Lookup<'a> {
    scope: &'a Scope<'a>,
    options: &'a Options,
    /// The number of most similar variants of a sentence that figures are based on, however many are shown.
    counted: usize,
    /// The documents described so far, by id; threads that look up sentences of one draft share them.
    documents: Mutex<BTreeMap<Arc<str>, Arc<DocumentRef>>>,
    /// Results of [`Lookup::text_of`], by document id.
    texts: Mutex<BTreeMap<Arc<str>, Option<u64>>>,
}

impl<'a> Lookup<'a> {
    pub(super) fn new(scope: &'a Scope<'a>, options: &'a Options, counted: usize) -> Self {
        Self {
            scope,
            options,
            counted,
            documents: Mutex::default(),
            texts: Mutex::default(),
        }
    }

    /// The variants of a sentence, by similarity, then occurrences, then text: those that are shown, and all
    /// that are [counted](Lookup::is_counted). They have no sources yet.
    pub(super) fn variants(&self, piece: &Piece) -> Result<Vec<Found>> {
        let candidates = self.candidates(piece)?;
        let mut found: Vec<Found> = self.verbatim(piece)?.into_iter().collect();
        if found.is_empty() {
            found.extend(self.across_ends(piece, &candidates)?);
        }
        for uncounted in self.near(piece, &candidates)? {
            let place = found.len();
            let near = self.found(piece, uncounted)?;
            found.extend(near.map(|near| Found { place, ..near }));
        }
        found.sort_by(|a, b| {
            let (a, b) = (&a.variant, &b.variant);
            let order = b.similarity.total_cmp(&a.similarity);
            order
                .then(b.occurrences.cmp(&a.occurrences))
                .then_with(|| a.text.cmp(&b.text))
        });
        Ok(found)
    }

    /// Minimum similarity of a variant.
    pub(super) fn min_similarity(&self) -> f64 {
        self.options.min_similarity
    }

    /// The passages that share most with a sentence.
    fn candidates(&self, piece: &Piece) -> Result<Vec<Candidate>> {
        let spots = self.allowed(self.scope.overlapping(&piece.units, CANDIDATES)?);
        let texts = self.scope.texts(&spots)?;
        let read = spots.into_iter().zip(texts).map(|(spot, text)| {
            let units = Units::new(&text);
            Candidate { spot, text, units }
        });
        Ok(read.collect())
    }

    /// Without those of documents that are left out.
    fn allowed(&self, mut spots: Vec<Spot>) -> Vec<Spot> {
        let excluded = &self.options.excluded;
        if !excluded.is_empty() {
            spots.retain(|spot| !excluded.iter().any(|id| **id == *spot.document));
        }
        spots
    }

    /// The sentence's own units where a sentence ends between them, of which the exact search finds none. Only the
    /// candidates are looked at: they share the most pairs of units, so all places of a longer sentence are among them.
    fn across_ends(&self, piece: &Piece, candidates: &[Candidate]) -> Result<Option<Found>> {
        let row: Vec<String> = piece.units.texts().map(str::to_owned).collect();
        if row.len() < MIN_ACROSS {
            return Ok(None);
        }
        let held = candidates.iter().filter_map(|candidate| {
            let places = places_across(&candidate.units, &row);
            let mut spot = candidate.spot.clone();
            spot.places = places.len() as u32;
            (!places.is_empty()).then_some(spot)
        });
        let mut spots: Vec<Spot> = held.collect();
        spots.sort_by(|a, b| by_document(a, b).then(a.number.cmp(&b.number)));
        let uncounted = UncountedWording {
            similarity: 1.0,
            alignment: align(&row, &row),
            row,
            text: String::new(),
        };
        self.described(piece, uncounted, spots)
    }

    /// Whether figures of the sentence are based on a variant.
    pub(super) fn is_counted(&self, found: &Found) -> bool {
        found.place < self.counted
    }

    /// As many of the variants as are shown, with their sources.
    pub(super) fn shown(&self, mut found: Vec<Found>) -> Result<Vec<Variant>> {
        found.truncate(self.options.limit);
        let shown = found.into_iter().map(|found| {
            Ok(Variant {
                sources: self.sources(&found)?,
                ..found.variant
            })
        });
        shown.collect()
    }

    /// The consecutive occurrences of the sentence's own units.
    fn verbatim(&self, piece: &Piece) -> Result<Option<Found>> {
        let row: Vec<String> = piece.units.texts().map(str::to_owned).collect();
        let uncounted = UncountedWording {
            similarity: 1.0,
            alignment: align(&row, &row),
            row,
            text: String::new(),
        };
        self.found(piece, uncounted)
    }

    /// The same with its sources.
    pub(super) fn verbatim_with_sources(&self, piece: &Piece) -> Result<Option<Found>> {
        let mut found = self.verbatim(piece)?;
        if let Some(found) = &mut found {
            found.variant.sources = self.sources(found)?;
        }
        Ok(found)
    }

    /// Other wordings that are similar enough, the most similar first: as many as are shown or counted, and a
    /// few more among equally similar ones.
    fn near(&self, piece: &Piece, passages: &[Candidate]) -> Result<Vec<UncountedWording>> {
        let probe = Probe::new(&piece.units);
        let estimates = self.promising(&probe, passages);
        // One entry for each sequence of units: marks and script do not make a variant.
        let mut wordings: BTreeMap<Vec<String>, UncountedWording> = BTreeMap::new();
        for (ord, estimate) in &estimates {
            let Candidate { text, units, .. } = &passages[*ord];
            let window = probe.window(estimate, units, self.scope.vocabulary());
            let min_similarity = self.options.min_similarity;
            let found = window.and_then(|window| uncounted(window, text, units, min_similarity));
            if let Some(uncounted) = found {
                wordings.entry(uncounted.row.clone()).or_insert(uncounted);
            }
        }
        let mut out: Vec<UncountedWording> = wordings.into_values().collect();
        // The sentence's own units are counted as the verbatim variant.
        out.retain(|uncounted| {
            let row = uncounted.row.iter().map(String::as_str);
            row.ne(piece.units.texts())
        });
        self.keep_most_similar(&mut out);
        Ok(out)
    }

    /// The windows that are worth aligning, the most promising first, with the ordinals of their passages.
    fn promising(&self, probe: &Probe<'_>, passages: &[Candidate]) -> Vec<(usize, WindowEstimate)> {
        let mut estimates = Vec::new();
        for (ord, Candidate { text, units, .. }) in passages.iter().enumerate() {
            let of_passage = probe.estimates(text, units).into_iter();
            // A window of similarity s has an overlap of more than s/2 by its units alone.
            let worthwhile =
                of_passage.filter(|estimate| estimate.overlap >= self.options.min_similarity / 2.0);
            estimates.extend(worthwhile.map(|estimate| (ord, estimate)));
        }
        estimates.sort_by(|(_, a), (_, b)| b.overlap.total_cmp(&a.overlap));
        // Aligning is quadratic, measuring an overlap linear: only the best windows are aligned.
        estimates.truncate(ALIGNED);
        estimates
    }

    /// Orders wordings by similarity and keeps those that are counted.
    fn keep_most_similar(&self, out: &mut Vec<UncountedWording>) {
        out.sort_by(|a, b| b.similarity.total_cmp(&a.similarity));
        // More of equal similarity are counted, since their occurrences decide which of them come first; the
        // bound limits the work.
        let limit = self.options.limit.max(self.counted);
        if let Some(last) = out.get(limit.saturating_sub(1)).map(|last| last.similarity) {
            let n_alike = out
                .iter()
                .take_while(|uncounted| uncounted.similarity >= last)
                .count();
            out.truncate(n_alike.min(limit + TIES));
        }
    }

    /// Counts a wording; `None` if it does not occur.
    fn found(&self, piece: &Piece, uncounted: UncountedWording) -> Result<Option<Found>> {
        let pattern = Pattern {
            rows: vec![uncounted.row.clone()],
            gaps: Vec::new(),
        };
        let spots = self.allowed(self.scope.places_of(&Leaf::Pattern(pattern))?);
        self.described(piece, uncounted, spots)
    }

    /// The variant that occurs in these passages; `None` without any.
    fn described(
        &self,
        piece: &Piece,
        uncounted: UncountedWording,
        spots: Vec<Spot>,
    ) -> Result<Option<Found>> {
        let UncountedWording {
            similarity,
            row,
            alignment,
            text,
        } = uncounted;
        // A window of a passage may be lost to a filter or span two sentences; what is not found is no
        // variant.
        let Some(oldest) = spots.iter().min_by(|a, b| by_age(a, b)) else {
            return Ok(None);
        };
        let text = if text.is_empty() {
            self.wording_at(oldest, &row)?
        } else {
            text
        };
        let units = Units::new(&text);
        let dates = || spots.iter().filter_map(|spot| spot.date);
        let variant = Variant {
            sentence: 0,
            similarity,
            occurrences: spots.iter().map(|spot| u64::from(spot.places)).sum(),
            documents: spots.chunk_by(|a, b| a.document == b.document).count() as u64,
            first: dates().min(),
            last: dates().max(),
            diff: diff(
                Wording {
                    text: &piece.text,
                    units: &piece.units,
                },
                Wording {
                    text: &text,
                    units: &units,
                },
                &alignment,
                &self.scope.vocabulary(),
            ),
            sources: Vec::new(),
            text,
        };
        Ok(Some(Found {
            variant,
            units,
            alignment,
            spots,
            place: 0,
        }))
    }

    /// The original characters of the first occurrence in a passage.
    fn wording_at(&self, spot: &Spot, row: &[String]) -> Result<String> {
        let text = self.scope.text(spot)?;
        let units = Units::new(&text);
        let places = places_in(&units, row);
        let Some(place) = places.first() else {
            return Ok(String::new());
        };
        let span = units.span(place.clone());
        Ok(cut(&text, span))
    }

    /// The occurrences of a variant, oldest first, as many as requested; if there are more, the last one is
    /// the newest.
    fn sources(&self, found: &Found) -> Result<Vec<Source>> {
        let row: Vec<String> = found.units.texts().map(str::to_owned).collect();
        let mut spots: Vec<&Spot> = found.spots.iter().collect();
        spots.sort_by(|a, b| by_age(a, b));
        // Each source reads its passage from the index; only as many as are shown are read.
        let mut out = Vec::new();
        for spot in &spots {
            if out.len() >= self.options.sources {
                break;
            }
            out.extend(self.sources_in(spot, &row)?);
        }
        out.truncate(self.options.sources);
        // The period of use is part of the answer, so that the newest replaces the last of a shortened list.
        let newest = spots.iter().rfind(|spot| spot.date.is_some());
        if let (Some(newest), true) = (newest, found.variant.occurrences > out.len() as u64)
            && let (Some(last), Some(newest)) =
                (out.last_mut(), self.sources_in(newest, &row)?.pop())
        {
            *last = newest;
        }
        Ok(out)
    }

    /// The document of a passage.
    pub(super) fn document(&self, spot: &Spot) -> Result<Arc<DocumentRef>> {
        let documents = || {
            self.documents
                // A panic in another thread leaves the cache valid: entries are inserted whole.
                .lock()
                .unwrap_or_else(PoisonError::into_inner)
        };
        // The lock is not held while the index is read.
        let known = documents().get(&spot.document).cloned();
        if let Some(known) = known {
            return Ok(known);
        }
        let document = Arc::new(DocumentRef::from(self.scope.document(spot)?));
        documents().insert(Arc::clone(&spot.document), Arc::clone(&document));
        Ok(document)
    }

    /// A hash of the document's whole text below its title: copies under other titles share it. `None` if
    /// there is nothing below its title.
    pub(super) fn text_of(&self, spot: &Spot) -> Result<Option<u64>> {
        let texts = || self.texts.lock().unwrap_or_else(PoisonError::into_inner);
        let known = texts().get(&spot.document).copied();
        if let Some(known) = known {
            return Ok(known);
        }
        let text = self.scope.text_of_document(spot)?;
        texts().insert(Arc::clone(&spot.document), text);
        Ok(text)
    }

    fn sources_in(&self, spot: &Spot, row: &[String]) -> Result<Vec<Source>> {
        let stored = self.scope.passage(spot)?;
        let document = self.document(spot)?;
        let units = Units::new(&stored.text);
        let section: Vec<SectionRef> = stored.record.path.into_iter().map(Into::into).collect();
        let places = places_in(&units, row).into_iter().map(|place| {
            let span = units.span(place);
            Source {
                document: DocumentRef::clone(&document),
                section: section.clone(),
                place: search::place(&document.id, stored.record.line),
                passage: SourcePassage {
                    number: spot.number,
                    line: stored.record.line,
                },
                span: (span.start, span.end),
            }
        });
        Ok(places.collect())
    }
}

/// The occurrences of a sequence of units inside one sentence; without any, those across the ends of sentences.
fn places_in(units: &Units, row: &[String]) -> Vec<Range<usize>> {
    let pattern = Pattern {
        rows: vec![row.to_vec()],
        gaps: Vec::new(),
    };
    let places = pattern.find(units).into_iter();
    let places: Vec<Range<usize>> = places.map(|place| place.units()).collect();
    match places.is_empty() {
        true => places_across(units, row),
        false => places,
    }
}

/// The occurrences of a sequence of units, whatever is between them.
fn places_across(units: &Units, row: &[String]) -> Vec<Range<usize>> {
    let n = row.len();
    let starts = 0..(units.len() + 1).saturating_sub(n);
    let places = starts.filter(|&at| (0..n).all(|ord| units.text(at + ord) == row[ord]));
    places.map(|at| at..at + n).collect()
}

fn uncounted(
    window: Window,
    text: &str,
    units: &Units,
    min_similarity: f64,
) -> Option<UncountedWording> {
    let similarity = window.alignment.similarity();
    if similarity < min_similarity {
        return None;
    }
    let span = units.span(window.units.clone());
    Some(UncountedWording {
        similarity,
        row: window.units.map(|ord| units.text(ord).to_owned()).collect(),
        alignment: window.alignment,
        text: cut(text, span),
    })
}

#[cfg(test)]
mod tests;
