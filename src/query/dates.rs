//! Dates as people write them, and a span of dates, either end open.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::document::{Date, date};
use crate::text::normalize::normalize;

/// Reads a date as people type one: `2010`, `2010年6月`, `2010/6/15`, in either width; `None` if it is none.
pub fn read_date(text: &str) -> Option<Date> {
    // Chinese input methods also type full-width digits.
    let text = normalize(text.trim());
    let groups = text.split(|ch: char| !ch.is_ascii_digit());
    let n_given = groups.filter(|group| !group.is_empty()).count();
    let year = || Date::new(text.trim_end_matches('年').parse().ok()?, None, None);
    // A month or day that does not exist makes the whole no date: `2010-13` is not the year.
    let is_whole = |date: &Date| {
        let n_read = 1 + usize::from(date.month.is_some()) + usize::from(date.day.is_some());
        n_read == n_given
    };
    // Fewer digits are no year: `10` is more likely a mistake.
    let found = if text.len() >= 4 { year() } else { None };
    let found = found.or_else(|| date::parse(&text));
    found.filter(is_whole)
}

/// Dates from one to another, both included. A date of which only the year or the month is known is in the span if any day
/// that it can mean is: leaving it out would hide a document that may be asked for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Dates {
    /// The first; a year is its first day, a month too.
    pub since: Option<Date>,
    /// The last; a year is its last day, a month too.
    pub until: Option<Date>,
}

impl Dates {
    /// Whether the date is in the span.
    pub fn contains(&self, date: Date) -> bool {
        let is_since = self
            .since
            .is_none_or(|since| last_day(date) >= first_day(since));
        let is_until = self
            .until
            .is_none_or(|until| first_day(date) <= last_day(until));
        is_since && is_until
    }

    /// The values of `yyyymmdd`, unknown parts 0, that are in the span: a range, and single values beside it.
    pub(crate) fn sortable(&self) -> (std::ops::RangeInclusive<u64>, Vec<u64>) {
        let since = self.since.map_or(0, |since| first_day(since).as_sortable());
        let until = self
            .until
            .map_or(u64::MAX, |until| last_day(until).as_sortable());
        // The year and the month that the span begins in: dates that are known to no more.
        let (year, month) = (since / 10_000 * 10_000, since / 100 * 100);
        let beside = [year, month].into_iter();
        let beside = beside.filter(|&value| value > 0 && value < since && value <= until);
        (since..=until, beside.collect())
    }
}

/// A day as three numbers; unknown parts are taken at one end of what they can be.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Day(u16, u8, u8);

impl Day {
    fn as_sortable(self) -> u64 {
        u64::from(self.0) * 10_000 + u64::from(self.1) * 100 + u64::from(self.2)
    }
}

fn first_day(date: Date) -> Day {
    Day(date.year, date.month.unwrap_or(1), date.day.unwrap_or(1))
}

fn last_day(date: Date) -> Day {
    // Only compared: that not every month has 31 days changes no order.
    Day(date.year, date.month.unwrap_or(12), date.day.unwrap_or(31))
}

/// `2010-05..2011`, as the flags have them.
impl fmt::Display for Dates {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let end = |date: Option<Date>| date.map(|date| date.to_string()).unwrap_or_default();
        write!(f, "{}..{}", end(self.since), end(self.until))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(text: &str) -> Date {
        let mut parts = text
            .split('-')
            .map(|part| part.parse::<u16>().expect("a number"));
        let year = parts.next().expect("a year");
        let mut small = || parts.next().map(|part| part as u8);
        Date::new(year, small(), small()).expect("a date")
    }

    fn sortable(date: Date) -> u64 {
        let part = |part: Option<u8>| u64::from(part.unwrap_or(0));
        u64::from(date.year) * 10_000 + part(date.month) * 100 + part(date.day)
    }

    #[test]
    fn a_date_is_in_the_span_if_any_of_its_days_may_be() {
        for (since, until, at, expected) in [
            ("2010-06-15", "", "2010-06-15", true),
            ("2010-06-15", "", "2010-06-14", false),
            ("2010-06-15", "", "2010-06", true),
            ("2010-06-15", "", "2010", true),
            ("2010-06-15", "", "2010-05", false),
            ("2010-06-15", "", "2009", false),
            ("2010-06", "", "2010-06-01", true),
            ("2010", "", "2010-01-01", true),
            ("", "2010-06", "2010-06-30", true),
            ("", "2010-06", "2010-07-01", false),
            ("", "2010-06-15", "2010", true),
            ("", "2010", "2010-12-31", true),
            ("", "2010", "2011", false),
            ("2010-03", "2010-05", "2010", true),
            ("2010-03", "2010-05", "2010-04", true),
            ("2010-03", "2010-05", "2010-06", false),
            ("", "", "1949-10-01", true),
        ] {
            let end = |text: &str| (!text.is_empty()).then(|| date(text));
            let dates = Dates {
                since: end(since),
                until: end(until),
            };
            let at = date(at);
            assert_eq!(dates.contains(at), expected, "{since}..{until} {at}");
            let (range, beside) = dates.sortable();
            let value = sortable(at);
            let is_found = range.contains(&value) || beside.contains(&value);
            assert_eq!(is_found, expected, "{since}..{until} {at}");
        }
    }
}
