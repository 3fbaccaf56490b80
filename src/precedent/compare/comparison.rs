//! What a comparison finds.

use serde::{Serialize, Serializer};

use crate::document::Date;
use crate::precedent::commitments::Commitment;
use crate::precedent::diff::Edit;
use crate::search::{DocumentRef, SectionRef};

/// Two reports compared.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Comparison {
    /// The older report.
    pub old: DocumentRef,
    /// The newer report.
    pub new: DocumentRef,
    /// Sentences of both in order of the newer report; a dropped one is at its old position, after the sentences
    /// before it.
    pub pairs: Vec<Pair>,
    /// Numbers about all of them.
    pub summary: Summary,
    /// What became of the figures that the older report sets for the next year, in its order; empty if the newer one is not of a
    /// later year.
    pub commitments: Vec<Commitment>,
}

/// What became of a sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Status {
    /// The same units at the same place in the order.
    Kept,
    /// Another wording at the same place in the order.
    Changed,
    /// The same or another wording at another place in the order.
    Moved,
    /// Only in the older report.
    Dropped,
    /// Only in the newer report.
    New,
}

/// A sentence of both reports, or of one.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Pair {
    /// What became of it.
    pub status: Status,
    /// The sentence of the older report; none if it is new.
    pub old: Option<Compared>,
    /// The sentence of the newer report; none if it was dropped.
    pub new: Option<Compared>,
    /// The sentences of the older report after `old` that were merged with it into `new`, in order.
    pub merged: Vec<Compared>,
    /// The sentences of the newer report after `new` that `old` was split into as well, in order.
    pub split: Vec<Compared>,
    /// Similarity as [`align()`](crate::precedent::align()) defines it, from 0 to 1; 0 of one sentence alone.
    pub similarity: f64,
    /// The edits that turn the older wording into the newer, that of merged or split sentences as a whole; empty of one sentence alone.
    pub diff: Vec<Edit>,
    /// Where a new wording occurs first in the index; none if it occurs nowhere, or is not new.
    pub first_use: Option<FirstUse>,
}

/// A sentence with its place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Compared {
    /// Where it is, as `DOCUMENT:LINE`.
    pub place: String,
    /// Its number among the sentences of its report, from 1.
    pub sentence: usize,
    /// The headings above it, from the top.
    pub section: Vec<SectionRef>,
    /// Its text, without the label before it.
    pub text: String,
}

/// The first occurrence of a wording: the oldest, undated last, then by document id.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FirstUse {
    /// Where it is, as `DOCUMENT:LINE`.
    pub place: String,
    /// Date of the document.
    #[serde(serialize_with = "iso")]
    pub date: Option<Date>,
}

/// Numbers about a comparison.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Summary {
    /// Sentences of the older report, and of the newer.
    pub sentences: (usize, usize),
    /// Pairs of each status: what was split or merged is one.
    pub kept: usize,
    /// See [`Status::Changed`].
    pub changed: usize,
    /// See [`Status::Moved`].
    pub moved: usize,
    /// See [`Status::Dropped`].
    pub dropped: usize,
    /// See [`Status::New`].
    pub new: usize,
    /// Sections of the first level in order of the newer report, then those that it lacks.
    pub sections: Vec<SharePair>,
    /// Figures that changed between two wordings of a sentence, in order.
    pub figures: Vec<Figure>,
}

/// A section of the first level in both reports, or in one.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct SharePair {
    /// In the older report.
    pub old: Option<SectionShare>,
    /// In the newer report.
    pub new: Option<SectionShare>,
}

/// A section with its share of the text.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct SectionShare {
    /// Label as printed.
    pub label: Option<String>,
    /// The rest of the heading.
    pub title: String,
    /// Units of its sentences over those of the whole report, from 0 to 1.
    pub share: f64,
}

/// A figure that is another one in the newer report.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Figure {
    /// What it is of: the words before it in its clause, `…` in its place if words follow, in the newer report.
    pub of: String,
    /// In the older report.
    pub old: String,
    /// In the newer report.
    pub new: String,
    /// Where it is in the older report, as `DOCUMENT:LINE`.
    pub old_place: String,
    /// Where it is in the newer report, as `DOCUMENT:LINE`.
    pub place: String,
}

fn iso<S: Serializer>(date: &Option<Date>, serializer: S) -> Result<S::Ok, S::Error> {
    match date {
        Some(date) => serializer.collect_str(date),
        None => serializer.serialize_none(),
    }
}
