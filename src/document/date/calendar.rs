//! A calendar date, and where a document states it.

use serde::{Deserialize, Serialize};

/// A calendar date, as precise as its source.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Date {
    /// Gregorian year, 1–9999.
    pub year: u16,
    /// Month, 1–12.
    pub month: Option<u8>,
    /// Day of the month, 1–31; only with a month.
    pub day: Option<u8>,
}

/// Where a document's date was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DateSource {
    /// A date field of the record.
    Record,
    /// A metadata line under the title (`时间:2022-09-01`).
    Metadata,
    /// The line under the title that states when a report was delivered (`——1960年4月6日在…会议上`).
    Subtitle,
    /// The signature at the end.
    Signature,
    /// The title.
    Title,
    /// The document number (`国办发〔2005〕37号`).
    DocumentNumber,
    /// The name of the file.
    FileName,
}

impl Date {
    /// The date with these parts, if the calendar has it; `None` for a day without a month.
    pub fn new(year: u16, month: Option<u8>, day: Option<u8>) -> Option<Self> {
        let is_valid = match (month, day) {
            (None, None) => true,
            (None, Some(_)) => false,
            (Some(month), day) => {
                (1..=12).contains(&month)
                    && day.is_none_or(|day| (1..=days_of(year, month)).contains(&day))
            }
        };
        (is_valid && (1..=9999).contains(&year)).then_some(Self { year, month, day })
    }
}

/// The number of days of a month from 1 to 12, in the Gregorian calendar.
fn days_of(year: u16, month: u8) -> u8 {
    let is_leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if is_leap => 29,
        2 => 28,
        _ => 31,
    }
}

impl std::fmt::Display for Date {
    /// ISO 8601 at the precision of the date: `2009`, `2009-08`, `2009-08-20`.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:04}", self.year)?;
        for part in [self.month, self.day].into_iter().flatten() {
            write!(f, "-{part:02}")?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_year_has_as_many_days_as_the_calendar_says() {
        for (year, expected) in [
            (1900, 365),
            (2000, 366),
            (2023, 365),
            (2024, 366),
            (2100, 365),
        ] {
            let months = (0..=13).flat_map(|month| (0..=32).map(move |day| (month, day)));
            let valid =
                months.filter(|&(month, day)| Date::new(year, Some(month), Some(day)).is_some());
            assert_eq!(valid.count(), expected, "{year}");
        }
    }

    #[test]
    fn parts_that_the_calendar_lacks_give_no_date() {
        for (year, month, day) in [
            (0, None, None),
            (10_000, None, None),
            (2009, None, Some(1)),
            (2009, Some(0), None),
            (2009, Some(13), None),
            (2009, Some(4), Some(31)),
            (2009, Some(2), Some(29)),
            (2009, Some(1), Some(0)),
        ] {
            assert_eq!(
                Date::new(year, month, day),
                None,
                "{year} {month:?} {day:?}"
            );
        }
    }

    #[test]
    fn dates_are_printed_and_ordered_by_their_parts() {
        let date = |year, month, day| Date::new(year, month, day).expect("a date");
        let dates = [
            date(98, None, None),
            date(2009, None, None),
            date(2009, Some(8), None),
            date(2009, Some(8), Some(2)),
            date(2009, Some(10), None),
            date(2010, None, None),
        ];
        assert!(dates.is_sorted());
        let printed = dates.map(|date| date.to_string());
        assert_eq!(
            printed,
            ["0098", "2009", "2009-08", "2009-08-02", "2009-10", "2010"]
        );
    }
}
