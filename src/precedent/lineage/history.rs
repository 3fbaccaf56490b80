//! What is found of a wording's history.

use serde::{Serialize, Serializer};

use crate::document::{Date, Level};
use crate::precedent::diff::Edit;
use crate::report::trend::{FirstUse, Period, Point};

/// The history of a wording.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Lineage {
    /// Fingerprint of the index.
    pub fingerprint: String,
    /// The wording that was looked up.
    pub wording: String,
    /// Its units, as they are compared: without marks, in one script and width.
    pub units: String,
    /// What counts as the same wording.
    pub rule: Rule,
    /// Number of occurrences of the wording, undated ones among them.
    pub occurrences: u64,
    /// Number of documents that contain it.
    pub documents: u64,
    /// Number of its occurrences in documents without date.
    pub undated: u64,
    /// The first dated document that contains it; `None` if none does.
    pub first: Option<FirstUse>,
    /// The first one whose date says when its wording came up.
    pub first_certain: Option<FirstUse>,
    /// The year with most occurrences, the earliest of equals; `None` without a dated one.
    pub peak: Option<Point>,
    /// The year with the highest rate; thin years only if there are no others.
    pub peak_rate: Option<Point>,
    /// Date of the last document that contains it.
    #[serde(serialize_with = "iso")]
    pub last: Option<Date>,
    /// All forms that occur, the wording among them: by first date, then occurrences, then text; those without a date last.
    pub forms: Vec<Form>,
    /// Whether there may be more forms than the limit.
    pub is_cut: bool,
    /// What may have come after the wording.
    pub successor: Successor,
    /// Who took the wording up, in order of date.
    pub spread: Spread,
    /// How much text there is in each year from the first dated document to the last.
    pub periods: Vec<Period>,
    /// The uses of the wording in each of these years.
    pub points: Vec<Point>,
    /// The passages that contain the wording, oldest first, undated last; `None` unless they are requested.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub uses: Option<Vec<Use>>,
}

/// What counts as the same wording.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Rule {
    /// Minimum similarity of a form to the wording and to its parent.
    pub min_similarity: f64,
    /// Maximum number of forms.
    pub limit: usize,
}

/// A form of the wording.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Form {
    /// The form as in its first occurrence.
    pub text: String,
    /// Whether it is the wording itself.
    pub is_wording: bool,
    /// Similarity with the wording, as [`align()`](crate::precedent::align()) defines it, rounded down to four decimals; 1 for itself.
    pub similarity: f64,
    /// Number of its occurrences; of a form other than the wording those that are inside no longer form.
    pub occurrences: u64,
    /// Number of its occurrences inside longer forms, where they are not counted; 0 for the wording.
    pub inside: u64,
    /// Number of documents in which it is counted.
    pub documents: u64,
    /// Date of the oldest of them.
    #[serde(serialize_with = "iso")]
    pub first: Option<Date>,
    /// Where it is first used, as `DOCUMENT:LINE`.
    pub first_place: String,
    /// Date of the newest.
    #[serde(serialize_with = "iso")]
    pub last: Option<Date>,
    /// The form that it goes back to; none for a root and for a form without date.
    pub parent: Option<Edge>,
    /// The edits that turn the wording into it.
    pub diff: Vec<Edit>,
    /// Its occurrences by year, ascending; only years with any.
    pub years: Vec<(u16, u64)>,
}

/// The alignment of a form with the one that it goes back to.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Edge {
    /// The ordinal of that form in [`Lineage::forms`].
    pub form: usize,
    /// Their similarity, rounded down to four decimals.
    pub similarity: f64,
    /// When the edge begins: the first date of the later form.
    #[serde(serialize_with = "iso")]
    pub date: Option<Date>,
    /// The edits that turn the earlier form into the later.
    pub diff: Vec<Edit>,
}

/// Who took up the wording; each list by date of first use, those without date last.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Spread {
    /// By level of the issuer; `None` if its name does not say.
    pub levels: Vec<Adoption<Option<Level>>>,
    /// By issuer; `None` of documents without.
    pub issuers: Vec<Adoption<Option<String>>>,
    /// By collection.
    pub collections: Vec<Adoption<String>>,
}

/// The use of the wording by some.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Adoption<K> {
    /// Who.
    pub of: K,
    /// Date of the first use.
    #[serde(serialize_with = "iso")]
    pub first: Option<Date>,
    /// Where it is, as `DOCUMENT:LINE`.
    pub first_place: String,
    /// Date of the last use.
    #[serde(serialize_with = "iso")]
    pub last: Option<Date>,
    /// Number of occurrences.
    pub occurrences: u64,
    /// Number of documents.
    pub documents: u64,
}

/// What may have come after the wording.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Successor {
    /// Whether there is one.
    pub status: Succession,
    /// Its ordinal in [`Lineage::forms`].
    pub form: Option<usize>,
    /// Its occurrences from its first year on.
    pub occurrences: u64,
    /// Those of the wording from that year on.
    pub of_wording: u64,
    /// Whether the wording occurs in the last year with text: then it may still have a successor.
    pub in_use: bool,
}

/// Whether a wording has a successor.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Succession {
    /// A form began after the peak and was used more than the wording from then on, which receded.
    Found,
    /// No form qualifies, and the wording is no longer used.
    None,
    /// No form qualifies, and the wording is used in the last year with text.
    InUse,
    /// The wording has no date, or its peak is in the last year with text, so that nothing can be later.
    Undecided,
}

/// A passage that contains the wording.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Use {
    /// Where it is, as `DOCUMENT:LINE`.
    pub place: String,
    /// Date of the document.
    #[serde(serialize_with = "iso")]
    pub date: Option<Date>,
    /// Level of the issuer.
    pub level: Option<Level>,
    /// The issuer.
    pub issuer: Option<String>,
    /// The collection.
    pub collection: String,
    /// Number of occurrences in the passage.
    pub occurrences: u32,
}

fn iso<S: Serializer>(date: &Option<Date>, serializer: S) -> Result<S::Ok, S::Error> {
    match date {
        Some(date) => serializer.collect_str(date),
        None => serializer.serialize_none(),
    }
}
