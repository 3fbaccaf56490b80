//! Words over time.

use arrow_array::types::{Float64Type, UInt64Type};
use serde::Serialize;
use xunzhang::report::trend::{Series, Trend};

use super::shared::name;
use crate::columns::Columns;

/// A word in a period, with what the period holds.
#[derive(Serialize)]
pub(crate) struct Point {
    word: String,
    period: String,
    occurrences: u64,
    per_10k: Option<f64>,
    documents: u64,
    characters: u64,
    thin: bool,
}

impl Point {
    /// A point for each word and period.
    pub(crate) fn all(trend: &Trend) -> Vec<Self> {
        let words = trend.words.iter().flat_map(|series| {
            let points = series.points.iter().zip(&trend.periods);
            points.map(|(point, period)| Self {
                word: series.word.clone(),
                period: point.period.clone(),
                occurrences: point.occurrences,
                per_10k: point.per_10k,
                documents: period.documents,
                characters: period.characters,
                thin: period.thin,
            })
        });
        words.collect()
    }
}

/// The columns of points.
pub(crate) fn points(points: &[Point]) -> Columns {
    let all = || points.iter();
    Columns::default()
        .text("word", all().map(|one| Some(&one.word)))
        .text("period", all().map(|one| Some(&one.period)))
        .number::<UInt64Type>("occurrences", all().map(|one| Some(one.occurrences)))
        .number::<Float64Type>("per_10k", all().map(|one| one.per_10k))
        .number::<UInt64Type>("documents", all().map(|one| Some(one.documents)))
        .number::<UInt64Type>("characters", all().map(|one| Some(one.characters)))
        .flag("thin", all().map(|one| Some(one.thin)))
}

/// The columns of words.
pub(crate) fn series(words: &[Series]) -> Columns {
    let all = || words.iter();
    let peak = || all().map(|one| one.peak.as_ref());
    let used = || all().map(|one| one.first_use.as_ref());
    Columns::default()
        .text("word", all().map(|one| Some(&one.word)))
        .number::<UInt64Type>("occurrences", all().map(|one| Some(one.occurrences)))
        .number::<UInt64Type>("undated", all().map(|one| Some(one.undated)))
        .text("first", all().map(|one| one.first.as_ref()))
        .text(
            "first_document",
            used().map(|one| one.map(|used| &used.document)),
        )
        .text("peak", peak().map(|one| one.map(|point| &point.period)))
        .number::<Float64Type>("peak_per_10k", peak().map(|one| one?.per_10k))
        .text("last", all().map(|one| one.last.as_ref()))
        .text("course", all().map(|one| Some(name(one.course))))
}
