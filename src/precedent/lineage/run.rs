//! Traces a wording.

use std::collections::BTreeSet;

use super::forms::{Counted as CountedForm, counted};
use super::history::{Form, Lineage, Rule};
use super::options::{LineageOptions, MAX_FORMS, MAX_WORDING};
use super::spread::{Documents, n_documents, place, spread};
use super::successor::successor;
use super::tree::{Node, by_first, edges};
use super::uses::uses;
use super::years::{by_year, most_used, periods, points};
use crate::precedent::error::{Error, Result};
use crate::precedent::options::Options;
use crate::precedent::pieces::{Piece, pieces_within};
use crate::precedent::variant::by_age;
use crate::precedent::variants::Lookup;
use crate::report::tally::Counted;
use crate::report::trend::{FirstUse, first_of, peak};
use crate::search::{Scope, Searcher, Spot};

/// The history of `wording`. A wording that does not occur has its forms, and no dates.
///
/// # Errors
/// [`Error::NoUnits`] if it contains no unit, [`Error::TextTooLong`] above [`MAX_WORDING`] characters, [`Error::Sentences`] if it is
/// more than one sentence, [`crate::query::Error::BadGlob`] if a path is not a pattern, [`crate::index::Error::Cancelled`],
/// [`crate::index::Error::Engine`] if the index can't be read.
pub fn lineage(
    searcher: &Searcher<'_>,
    wording: &str,
    options: &LineageOptions,
) -> Result<Lineage> {
    let piece = one_piece(wording)?;
    let scope = Scope::new(searcher, &options.filter)?;
    let stats = searcher.document_scan(&options.filter)?.document_stats()?;
    let documents: Documents<'_> = stats
        .iter()
        .map(|document| (&*document.id, document))
        .collect();
    let (counted, is_cut) = all_forms(&piece, &scope, options)?;
    let spots = counted.iter().find(|form| form.is_wording);
    let spots = spots.map_or_else(Vec::new, |form| form.spots.clone());
    let years = by_year(&spots);
    let periods = periods(&stats);
    let points = points(&years, &periods);
    let most_used = most_used(&years).map(|year| format!("{year:04}"));
    let (first, first_certain) = first_uses(&spots, &documents, searcher)?;
    let forms = forms(&counted, &scope, options.min_similarity)?;
    let last_year = periods.last().and_then(|period| period.period.parse().ok());
    Ok(Lineage {
        fingerprint: searcher.manifest().fingerprint.clone(),
        wording: piece.text.clone(),
        units: piece.units.texts().collect(),
        rule: Rule {
            min_similarity: options.min_similarity,
            limit: options.limit.min(MAX_FORMS),
        },
        occurrences: n_occurrences(&spots),
        documents: n_documents(spots.iter()),
        undated: n_occurrences(spots.iter().filter(|spot| spot.date.is_none())),
        first,
        first_certain,
        peak: points
            .iter()
            .find(|point| Some(&point.period) == most_used.as_ref())
            .cloned(),
        peak_rate: peak(&points, &periods),
        last: spots.iter().filter_map(|spot| spot.date).max(),
        successor: successor(&forms, last_year),
        forms,
        is_cut,
        spread: spread(&spots, &documents, &scope)?,
        uses: match options.uses {
            true => Some(uses(&spots, &documents, &scope)?),
            false => None,
        },
        periods,
        points,
    })
}

fn one_piece(wording: &str) -> Result<Piece> {
    let mut pieces = pieces_within(wording, MAX_WORDING)?;
    match (pieces.len(), pieces.pop()) {
        (1, Some(piece)) => Ok(piece),
        (n, _) => Err(Error::Sentences(n)),
    }
}

/// The forms of the wording, and whether there may be more than the limit.
fn all_forms(
    piece: &Piece,
    scope: &Scope<'_>,
    options: &LineageOptions,
) -> Result<(Vec<CountedForm>, bool)> {
    let limit = options.limit.min(MAX_FORMS);
    // One more than wanted shows that there are more.
    let lookup_options = Options {
        min_similarity: options.min_similarity,
        limit: limit.saturating_add(1),
        sources: 0,
        filter: options.filter.clone(),
        excluded: Vec::new(),
    };
    let lookup = Lookup::new(scope, &lookup_options, limit + 1);
    let mut found = lookup.variants(piece)?;
    let is_cut = found.len() > limit;
    found.truncate(limit);
    let mut counted = counted(found, &piece.units, scope)?;
    // Its first use may be in traditional script, or have a mark inside: the wording is spelled as in the question.
    if let Some(form) = counted.iter_mut().find(|form| form.is_wording) {
        form.found.variant.text.clone_from(&piece.text);
        form.found.units = piece.units.clone();
    }
    Ok((counted, is_cut))
}

/// A form as a node of the tree.
fn node(form: &CountedForm) -> Node<'_> {
    Node {
        text: &form.found.variant.text,
        units: &form.found.units,
        row: &form.row,
        first: form.spots.iter().filter_map(|spot| spot.date).min(),
        occurrences: form.occurrences(),
    }
}

/// The forms in order, each with its edge.
fn forms(counted: &[CountedForm], scope: &Scope<'_>, min_similarity: f64) -> Result<Vec<Form>> {
    let mut nodes: Vec<(Node<'_>, &CountedForm)> =
        counted.iter().map(|form| (node(form), form)).collect();
    nodes.sort_by(|(a, _), (b, _)| by_first(a, b));
    let (nodes, counted): (Vec<Node<'_>>, Vec<&CountedForm>) = nodes.into_iter().unzip();
    let edges = edges(&nodes, min_similarity, &scope.vocabulary());
    let mut out = Vec::with_capacity(counted.len());
    for (form, parent) in counted.into_iter().zip(edges) {
        let variant = &form.found.variant;
        let first = form.spots.iter().min_by(|a, b| by_age(a, b));
        out.push(Form {
            text: variant.text.clone(),
            is_wording: form.is_wording,
            similarity: variant.shown_similarity(),
            occurrences: form.occurrences(),
            inside: form.inside,
            documents: n_documents(form.spots.iter()),
            first: first.and_then(|spot| spot.date),
            first_place: first
                .map(|spot| place(spot, scope))
                .transpose()?
                .unwrap_or_default(),
            last: form.spots.iter().filter_map(|spot| spot.date).max(),
            parent,
            diff: variant.diff.clone(),
            years: by_year(&form.spots),
        });
    }
    Ok(out)
}

/// The first documents that contain the wording: of all, and of those whose date is certain.
fn first_uses(
    spots: &[Spot],
    documents: &Documents<'_>,
    searcher: &Searcher<'_>,
) -> Result<(Option<FirstUse>, Option<FirstUse>)> {
    let ids: BTreeSet<&str> = spots.iter().map(|spot| &*spot.document).collect();
    let mut holders = Vec::with_capacity(ids.len());
    for id in ids {
        let record = searcher.document(id)?;
        let stats = documents.get(id);
        holders.push(Counted {
            id: record.id,
            title: record.title,
            date: record.date,
            date_source: record.date_source,
            adopted: record.adopted,
            kind: record.kind,
            issuer: record.issuer,
            collection: record.collection,
            passages: stats.map_or(0, |stats| stats.passages),
            characters: stats.map_or(0, |stats| stats.characters),
        });
    }
    Ok(first_of(holders.iter()))
}

fn n_occurrences<'s>(spots: impl IntoIterator<Item = &'s Spot>) -> u64 {
    spots.into_iter().map(|spot| u64::from(spot.places)).sum()
}
