//! Years as people write them: `2009`, `2005..2010`, `2018-2026`, `2018,2026`, `2010年`.

use std::fmt;
use std::ops::RangeInclusive;

use serde::{Deserialize, Serialize};

use super::lex::half_width;

/// Years, as ranges in the order in which they were written; at least one, none empty.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Years(Vec<RangeInclusive<u64>>);

/// The last year that a range without an end reaches.
const LAST: u64 = 9999;

/// Why a text is no years.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum YearsProblem {
    /// It is not written as years are.
    NotYears,
    /// A range begins after its end.
    Reversed,
}

impl Years {
    /// Reads years and ranges of years, in digits of any width, parted by commas or blanks; `年` may follow a year.
    ///
    /// # Errors
    /// A [`YearsProblem`] if any of them is not a year; an empty text has no years.
    pub fn parse(text: &str) -> Result<Self, YearsProblem> {
        let text: String = text.chars().map(half_width).collect();
        let is_between = |ch: char| ch.is_whitespace() || matches!(ch, ',' | '、' | ';');
        let parts = text.split(is_between).filter(|part| !part.is_empty());
        let ranges: Vec<_> = parts.map(range).collect::<Result<_, _>>()?;
        match ranges.is_empty() {
            true => Err(YearsProblem::NotYears),
            false => Ok(Self(ranges)),
        }
    }

    /// These years and others.
    pub fn and(mut self, others: Self) -> Self {
        self.0.extend(others.0);
        self
    }

    /// Whether the year is one of them.
    pub fn contains(&self, year: u64) -> bool {
        self.0.iter().any(|range| range.contains(&year))
    }

    /// The ranges, in the order in which they were written.
    pub fn ranges(&self) -> &[RangeInclusive<u64>] {
        &self.0
    }
}

impl From<RangeInclusive<u64>> for Years {
    fn from(range: RangeInclusive<u64>) -> Self {
        Self(vec![range])
    }
}

/// As the query language has them: `2009`, `2005..2010`, `2005..`, parted by commas.
impl fmt::Display for Years {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (ord, range) in self.0.iter().enumerate() {
            let comma = if ord > 0 { "," } else { "" };
            match (*range.start(), *range.end()) {
                (from, to) if from == to => write!(f, "{comma}{from}")?,
                (from, LAST) => write!(f, "{comma}{from}..")?,
                (0, to) => write!(f, "{comma}..{to}")?,
                (from, to) => write!(f, "{comma}{from}..{to}")?,
            }
        }
        Ok(())
    }
}

/// A year, or two with a sign between them; one of the two may be missing beside `..`.
fn range(text: &str) -> Result<RangeInclusive<u64>, YearsProblem> {
    const SIGNS: [&str; 9] = ["..", "...", "-", "–", "—", "~", "〜", "至", "到"];
    // The longest sign of each place, so that `...` and `——` leave no point or dash behind.
    let sign = |ch: char| SIGNS.iter().any(|sign| sign.contains(ch));
    let Some((from, to)) = text.find(sign).map(|at| {
        let (from, rest) = text.split_at(at);
        (from, rest.trim_start_matches(sign))
    }) else {
        let year = year(text)?;
        return Ok(year..=year);
    };
    if from.is_empty() && to.is_empty() || text.matches('.').count() == 1 {
        return Err(YearsProblem::NotYears);
    }
    let or = |text: &str, default| match text {
        "" => Ok(default),
        text => year(text),
    };
    let (from, to) = (or(from, 0)?, or(to, LAST)?);
    match from <= to {
        true => Ok(from..=to),
        false => Err(YearsProblem::Reversed),
    }
}

fn year(text: &str) -> Result<u64, YearsProblem> {
    let digits = text.strip_suffix('年').unwrap_or(text);
    let is_year = digits.len() == 4 && digits.bytes().all(|byte| byte.is_ascii_digit());
    let year = digits.parse().ok().filter(|_| is_year);
    year.ok_or(YearsProblem::NotYears)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn years_are_read_as_people_write_them() {
        for (text, expected) in [
            ("2009", "2009"),
            ("２００９年", "2009"),
            ("2005..2010", "2005..2010"),
            ("2005...2010", "2005..2010"),
            ("2005．．２０１０", "2005..2010"),
            ("2018-2026", "2018..2026"),
            ("2018—2026", "2018..2026"),
            ("2018——2026", "2018..2026"),
            ("2018–2026年", "2018..2026"),
            ("2018年～2026年", "2018..2026"),
            ("2018年至2026年", "2018..2026"),
            ("2018到2020", "2018..2020"),
            ("2018,2026", "2018,2026"),
            ("2018，2020-2022、2026", "2018,2020..2022,2026"),
            (" 2018 2026 ", "2018,2026"),
            ("2005..", "2005.."),
            ("..2010", "..2010"),
            ("2005-", "2005.."),
        ] {
            let years = Years::parse(text).map(|years| years.to_string());
            assert_eq!(years.as_deref(), Ok(expected), "{text}");
        }
    }

    #[test]
    fn what_is_no_years_is_refused() {
        for text in [
            "",
            " ",
            ",",
            "..",
            "-",
            "去年",
            "209",
            "20091",
            "2009.5",
            "2009.2010",
            "2009-06-01",
            "2009a",
        ] {
            let read = Years::parse(text);
            assert_eq!(read, Err(YearsProblem::NotYears), "{text}");
        }
        for text in ["2010..2005", "2009,2010-2005"] {
            assert_eq!(Years::parse(text), Err(YearsProblem::Reversed), "{text}");
        }
    }

    #[test]
    fn a_year_is_in_any_of_the_ranges() {
        let years = Years::parse("2018,2020-2022").expect("years");
        let held: Vec<u64> = (2016..=2024).filter(|&year| years.contains(year)).collect();
        assert_eq!(held, [2018, 2020, 2021, 2022]);
        let both = years.and(Years::from(2016..=2016));
        assert!(both.contains(2016) && both.contains(2018) && !both.contains(2017));
    }
}
