//! A variant of a sentence, and the passages that it occurs in.

use std::cmp::Ordering;

use serde::{Serialize, Serializer};

use super::align::Alignment;
use super::diff::Edit;
use crate::document::Date;
use crate::search::{DocumentRef, SectionRef, Spot, by_document};
use crate::text::units::Units;

/// One wording.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Variant {
    /// The sentence of the text that it is a variant of, from 0.
    pub sentence: usize,
    /// The wording as in its first source, from its first unit to its last.
    pub text: String,
    /// Similarity with the sentence, as defined in [`align()`](super::align())'s module: 1 only for the same units.
    #[serde(serialize_with = "rounded")]
    pub similarity: f64,
    /// Number of consecutive occurrences of its units inside one sentence.
    pub occurrences: u64,
    /// Number of documents that contain it.
    pub documents: u64,
    /// Date of the oldest document.
    #[serde(serialize_with = "iso")]
    pub first: Option<Date>,
    /// Date of the newest document.
    #[serde(serialize_with = "iso")]
    pub last: Option<Date>,
    /// The edits that turn the sentence into it.
    pub diff: Vec<Edit>,
    /// Its sources: the oldest first, undated last, then by document id and position. If there are more than
    /// requested, the last one is the newest.
    pub sources: Vec<Source>,
}

/// An occurrence of a wording.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Source {
    /// The document.
    pub document: DocumentRef,
    /// The headings above it, from the top.
    pub section: Vec<SectionRef>,
    /// Where it is, as `DOCUMENT:LINE`.
    pub place: String,
    /// The passage.
    pub passage: SourcePassage,
    /// Half-open range of characters in the passage's text.
    pub span: (usize, usize),
}

/// A passage of a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct SourcePassage {
    /// Its number in the document.
    pub number: u32,
    /// Its line in the file.
    pub line: u32,
}

impl Variant {
    /// Its similarity as it is printed: four decimals, rounded down, so that only an exact 1 is printed as 1.
    pub fn shown_similarity(&self) -> f64 {
        shown(self.similarity)
    }
}

/// A variant with intermediate results.
#[derive(Clone, Debug)]
pub(super) struct Found {
    pub(super) variant: Variant,
    pub(super) units: Units,
    pub(super) alignment: Alignment,
    /// Every passage that contains it, by document id and number.
    pub(super) spots: Vec<Spot>,
    /// Its rank from 0 among all variants by similarity, then by units.
    pub(super) place: usize,
}

/// Oldest first, undated last, then by document and passage.
pub(super) fn by_age(a: &Spot, b: &Spot) -> Ordering {
    // `false` sorts before `true`, so that undated passages come last.
    let by_date = (a.date.is_none(), a.date).cmp(&(b.date.is_none(), b.date));
    by_date
        .then_with(|| by_document(a, b))
        .then(a.number.cmp(&b.number))
}

fn rounded<S: Serializer>(similarity: &f64, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_f64(shown(*similarity))
}

fn shown(similarity: f64) -> f64 {
    (similarity * 1e4).floor() / 1e4
}

fn iso<S: Serializer>(date: &Option<Date>, serializer: S) -> Result<S::Ok, S::Error> {
    match date {
        Some(date) => serializer.collect_str(date),
        None => serializer.serialize_none(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_an_exact_one_is_printed_as_one() {
        let variant = |similarity: f64, first: Option<Date>| Variant {
            sentence: 0,
            text: String::new(),
            similarity,
            occurrences: 1,
            documents: 1,
            first,
            last: None,
            diff: Vec::new(),
            sources: Vec::new(),
        };
        let json = |variant: Variant| serde_json::to_value(variant).expect("plain data");
        assert_eq!(json(variant(0.999_99, None))["similarity"], 0.9999);
        assert_eq!(json(variant(1.0, None))["similarity"], 1.0);
        assert_eq!(json(variant(2.0 / 3.0, None))["similarity"], 0.6666);
        let dated = json(variant(1.0, Date::new(2009, Some(8), None)));
        assert_eq!(
            (&dated["first"], &dated["last"]),
            (&"2009-08".into(), &serde_json::Value::Null)
        );
    }
}
