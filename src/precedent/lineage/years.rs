//! The years of a collection, and how often a wording is used in each.

use std::collections::BTreeMap;

use crate::report::breakdown::Extent;
use crate::report::trend::{Period, Point};
use crate::search::{DocumentStats, Spot};

/// How much text there is in each year from the first dated document to the last.
pub(super) fn periods(documents: &[DocumentStats]) -> Vec<Period> {
    let mut extents: BTreeMap<u16, Extent> = BTreeMap::new();
    for document in documents {
        if let Some(date) = document.date {
            let extent = extents.entry(date.year).or_default();
            extent.documents += 1;
            extent.characters += document.characters;
        }
    }
    let (Some((&first, _)), Some((&last, _))) =
        (extents.first_key_value(), extents.last_key_value())
    else {
        return Vec::new();
    };
    let extent = |year| extents.get(&year).copied().unwrap_or_default();
    (first..=last)
        .map(|year| Period::new(format!("{year:04}"), extent(year)))
        .collect()
}

/// Occurrences by year, ascending; only years with any.
pub(super) fn by_year(spots: &[Spot]) -> Vec<(u16, u64)> {
    let mut years: BTreeMap<u16, u64> = BTreeMap::new();
    for spot in spots {
        if let Some(date) = spot.date {
            *years.entry(date.year).or_default() += u64::from(spot.places);
        }
    }
    years.into_iter().collect()
}

/// A point for each period.
pub(super) fn points(years: &[(u16, u64)], periods: &[Period]) -> Vec<Point> {
    let counts: BTreeMap<String, u64> = years
        .iter()
        .map(|&(year, n)| (format!("{year:04}"), n))
        .collect();
    let count = |period: &Period| counts.get(&period.period).copied().unwrap_or(0);
    let points = periods.iter();
    points
        .map(|period| Point::new(period, count(period)))
        .collect()
}

/// The year with most occurrences, the earliest of equals.
pub(super) fn most_used(years: &[(u16, u64)]) -> Option<u16> {
    let most = years.iter().map(|&(_, n)| n).max()?;
    let mut years = years.iter();
    years.find(|&&(_, n)| n == most).map(|&(year, _)| year)
}
