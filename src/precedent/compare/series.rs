//! Reports of several years, each compared with the one before.

use serde::Serialize;

use super::comparison::Comparison;
use super::run::{CompareOptions, compare};
use crate::precedent::error::Result;
use crate::search::{DocumentFilter, Order, Searcher};

/// Each report of a series compared with the one of the year before it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Series {
    /// In order of the dates: the first two reports, the second and the third, and so on; empty of fewer than two.
    pub series: Vec<Comparison>,
    /// The documents that are in no comparison, by date and id.
    pub left_out: Vec<LeftOut>,
}

/// A document that was left out of a series.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct LeftOut {
    /// Its id.
    pub id: String,
    /// Why.
    pub reason: WhyLeftOut,
}

/// Why a document was left out of a series.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum WhyLeftOut {
    /// It has no date.
    Undated,
    /// An earlier one is of the same year, or has the same date and comes first by id.
    SameYear,
}

/// Compares consecutive reports of those whose ids match a glob, by date.
///
/// # Errors
/// Those of [`compare`]; [`crate::query::Error::BadGlob`] if `glob` is no pattern.
pub fn compare_series(
    searcher: &Searcher<'_>,
    glob: &str,
    options: &CompareOptions,
) -> Result<Series> {
    let filter = DocumentFilter {
        paths: vec![glob.to_owned()],
        ..DocumentFilter::default()
    };
    let mut out = Series {
        series: Vec::new(),
        left_out: Vec::new(),
    };
    let mut before = None;
    let mut last_year = None;
    for document in searcher.documents(&filter, None, Order::Date)? {
        let year = document.date.map(|date| date.year);
        let reason = match year {
            None => Some(WhyLeftOut::Undated),
            Some(year) if last_year == Some(year) => Some(WhyLeftOut::SameYear),
            Some(_) => None,
        };
        if let Some(reason) = reason {
            out.left_out.push(LeftOut {
                id: document.id,
                reason,
            });
            continue;
        }
        last_year = year;
        let report = searcher.whole(&document.id)?;
        if let Some(old) = before.replace(report.clone()) {
            out.series.push(compare(searcher, old, report, options)?);
        }
    }
    Ok(out)
}
