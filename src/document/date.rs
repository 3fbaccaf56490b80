//! Dates of reports: reading them in all the forms that reports print, and telling which one is the document's own.

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
    /// The line under the title that says when a report was delivered (`——1960年4月6日在…会议上`).
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

impl std::fmt::Display for Date {
    /// ISO 8601, as long as it is precise: `2009`, `2009-08`, `2009-08-20`.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:04}", self.year)?;
        for part in [self.month, self.day].into_iter().flatten() {
            write!(f, "-{part:02}")?;
        }
        Ok(())
    }
}
