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
