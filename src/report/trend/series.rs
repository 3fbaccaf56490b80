//! Words over time: how often in each period, and what that says.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::first_use::{FirstUse, first_use};
use crate::report::breakdown::{Breakdown, Extent};
use crate::report::tally::{Counted, Tally, per_10k};

/// How time is cut.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum By {
    /// By year.
    #[default]
    Year,
    /// By month; documents whose date has none are undated.
    Month,
    /// By decade.
    Decade,
}

/// A period with fewer characters is thin: a rate for every 10,000 of them rests on less than that.
pub const THIN: u64 = 10_000;
impl By {
    /// Periods that are looked at together for what a word does lately: a decade is long enough by itself.
    fn lately(self) -> usize {
        match self {
            // One period alone depends on which reports happen to be of it.
            Self::Year | Self::Month => 3,
            Self::Decade => 1,
        }
    }
}

/// Minimum ratio of the recent to the earlier frequency of a rising word.
const RISING: f64 = 1.5;
/// Minimum number of recent occurrences of a rising word.
// Below five, one occurrence more or less changes the frequency by a quarter or more: a single report would decide.
const LEAST_RISING: u64 = 5;

/// Words over the periods of a collection.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Trend {
    /// Fingerprint of the index.
    pub fingerprint: String,
    /// How time is cut.
    pub by: By,
    /// All periods from the first dated document to the last, those without documents among them.
    pub periods: Vec<Period>,
    /// Documents without date.
    pub undated: u64,
    /// Names of the collections of the documents.
    pub collections: Vec<String>,
    /// The words, in the order asked for.
    pub words: Vec<Series>,
}

/// A period.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Period {
    /// `2009`, `2009-08`, `2000s`.
    pub period: String,
    /// Its documents.
    pub documents: u64,
    /// Their characters.
    pub characters: u64,
    /// Whether there are fewer than [`THIN`].
    pub thin: bool,
}

impl Period {
    /// The period of this name with so much text.
    pub fn new(period: String, extent: Extent) -> Self {
        Self {
            period,
            documents: extent.documents,
            characters: extent.characters,
            thin: extent.characters < THIN,
        }
    }
    /// Whether it has no documents: then it has no numbers either, which is not the same as zero.
    pub fn is_gap(&self) -> bool {
        self.documents == 0
    }
}

/// A word over the periods.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Series {
    /// The word.
    pub word: String,
    /// All its occurrences, undated ones among them.
    pub occurrences: u64,
    /// Occurrences in documents without date.
    pub undated: u64,
    /// Date of the first document that holds it.
    pub first: Option<String>,
    /// That document.
    pub first_use: Option<FirstUse>,
    /// The first document whose date says when its wording came up.
    pub first_certain: Option<FirstUse>,
    /// The period where it is most frequent for its characters; thin ones only if there are no others. The earliest of equals.
    pub peak: Option<Point>,
    /// Date of the last document that holds it.
    pub last: Option<String>,
    /// What it does lately.
    pub course: TrendLabel,
    /// A point for each period.
    pub points: Vec<Point>,
}

/// A word in a period.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Point {
    /// The period.
    pub period: String,
    /// Its occurrences.
    pub occurrences: u64,
    /// For every 10,000 characters of the period; `None` without any.
    pub per_10k: Option<f64>,
}

impl Point {
    /// A word that occurs so often in the period.
    pub fn new(period: &Period, occurrences: u64) -> Self {
        let rate = per_10k(occurrences, period.characters);
        Self {
            period: period.period.clone(),
            occurrences,
            per_10k: (period.characters > 0).then_some((rate * 1e6).round() / 1e6),
        }
    }
}

/// What a word does lately. Thin periods are skipped; of the others the latest three are compared with the three
/// before them, of decades the latest one against the one before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum TrendLabel {
    /// It never occurs.
    Absent,
    /// There are fewer than six periods (two decades) that are not thin.
    Unknown,
    /// It occurred earlier, and not recently.
    Retired,
    /// It occurs recently for the first time.
    New,
    /// At least 1.5 times as frequent as before, and at least 5 times lately.
    Rising,
    /// At most two thirds as frequent as before.
    Falling,
    /// Anything between.
    Steady,
}

/// The words of a tally over time.
pub fn trend(tally: &Tally, by: By) -> Trend {
    let key = |document: &Counted| ordinal(document, by);
    let breakdown = Breakdown::new(&tally.documents, key);
    let keyed = || breakdown.keys().iter().copied();
    let extents: BTreeMap<Option<u32>, Extent> =
        keyed().zip(breakdown.extents().iter().copied()).collect();
    let dated: Vec<u32> = keyed().flatten().collect();
    let span = match (dated.first(), dated.last()) {
        (Some(&first), Some(&last)) => first..last + 1,
        _ => 0..0,
    };
    let extent = |ord: u32| extents.get(&Some(ord)).copied().unwrap_or_default();
    let periods = span
        .clone()
        .map(|ord| Period::new(name(ord, by), extent(ord)));
    let periods: Vec<Period> = periods.collect();
    let words = tally.entries.iter().map(|entry| {
        let counts: BTreeMap<Option<u32>, u64> =
            keyed().zip(breakdown.occurrences(entry)).collect();
        let points = span
            .clone()
            .zip(&periods)
            .map(|(ord, period)| Point::new(period, counts.get(&Some(ord)).copied().unwrap_or(0)));
        let points: Vec<Point> = points.collect();
        let (first, certain) = first_use(&tally.documents, entry);
        Series {
            word: entry.entry.clone(),
            occurrences: entry.occurrences,
            undated: counts.get(&None).copied().unwrap_or(0),
            first: entry.first.map(|date| date.to_string()),
            first_use: first,
            first_certain: certain,
            peak: peak(&points, &periods),
            last: entry.last.map(|date| date.to_string()),
            course: course(by, entry.occurrences, &points, &periods),
            points,
        }
    });
    Trend {
        fingerprint: tally.fingerprint.clone(),
        by,
        words: words.collect(),
        undated: extents.get(&None).map_or(0, |extent| extent.documents),
        collections: collections(&tally.documents),
        periods,
    }
}

fn collections(documents: &[Counted]) -> Vec<String> {
    let names = documents.iter().map(|document| document.collection.clone());
    names.collect::<BTreeSet<_>>().into_iter().collect()
}

fn ordinal(document: &Counted, by: By) -> Option<u32> {
    let date = document.date?;
    let year = u32::from(date.year);
    match by {
        By::Year => Some(year),
        By::Month => date.month.map(|month| year * 12 + u32::from(month) - 1),
        By::Decade => Some(year / 10),
    }
}

fn name(ord: u32, by: By) -> String {
    match by {
        By::Year => format!("{ord:04}"),
        By::Month => format!("{:04}-{:02}", ord / 12, ord % 12 + 1),
        By::Decade => format!("{:03}0s", ord),
    }
}

/// The period where a word is most frequent for its characters, given a point for each period; a thin one only if all with the
/// word are thin. The earliest of equals; `None` if it never occurs.
pub fn peak(points: &[Point], periods: &[Period]) -> Option<Point> {
    // A thin period is the peak only where all periods with the word are thin: its rate rests on a page or two.
    let best = |thin: bool| {
        let of_kind = points
            .iter()
            .zip(periods)
            .filter(move |(_, period)| thin || !period.thin);
        let held = of_kind
            .map(|(point, _)| point)
            .filter(|point| point.occurrences > 0);
        // Of equal ones the first: that is when the word came up.
        held.fold(None, |best: Option<&Point>, point| match best {
            Some(best) if best.per_10k >= point.per_10k => Some(best),
            _ => Some(point),
        })
    };
    best(false).or_else(|| best(true)).cloned()
}

fn course(by: By, occurrences: u64, points: &[Point], periods: &[Period]) -> TrendLabel {
    if occurrences == 0 {
        return TrendLabel::Absent;
    }
    let n_lately = by.lately();
    // Thin periods would decide the course by a single report.
    let firm: Vec<(u64, u64)> = points
        .iter()
        .zip(periods)
        .filter(|(_, period)| !period.thin)
        .map(|(point, period)| (point.occurrences, period.characters))
        .collect();
    // The recent periods are compared with as many before them.
    if firm.len() < 2 * n_lately {
        return TrendLabel::Unknown;
    }
    let (early, late) = firm.split_at(firm.len() - n_lately);
    let sum = |periods: &[(u64, u64)]| {
        periods
            .iter()
            .fold((0, 0), |sum, period| (sum.0 + period.0, sum.1 + period.1))
    };
    let (n_early, _) = sum(early);
    let (n_before, characters_before) = sum(&early[early.len() - n_lately..]);
    let (n_late, characters_late) = sum(late);
    let (before, lately) = (
        per_10k(n_before, characters_before),
        per_10k(n_late, characters_late),
    );
    // New and retired by all earlier periods, so that a pause is neither; rising and falling by those just before.
    match (n_early, n_late) {
        (0, 0) => TrendLabel::Unknown,
        (_, 0) => TrendLabel::Retired,
        (0, _) => TrendLabel::New,
        _ if lately >= before * RISING && n_late >= LEAST_RISING => TrendLabel::Rising,
        _ if lately * RISING <= before => TrendLabel::Falling,
        _ => TrendLabel::Steady,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Date;
    use crate::report::tally::EntryTally;

    /// A document a year from 2001 on, of so many characters, with the word so often.
    fn tally(years: &[(u64, u64)]) -> Tally {
        let dated = |at: usize| Date::new(2001 + at as u16, Some(3), None);
        let documents = years
            .iter()
            .enumerate()
            .map(|(at, &(characters, _))| Counted {
                id: at.to_string(),
                title: String::new(),
                date: dated(at),
                date_source: None,
                adopted: None,
                kind: None,
                issuer: None,
                collection: "甲".into(),
                passages: 1,
                characters,
            });
        let held = || years.iter().enumerate().filter(|(_, year)| year.1 > 0);
        let entry = EntryTally {
            entry: "水渠".into(),
            group: None,
            occurrences: years.iter().map(|year| year.1).sum(),
            passages: 0,
            documents: 0,
            first: held().next().and_then(|(at, _)| dated(at)),
            last: held().next_back().and_then(|(at, _)| dated(at)),
            distinct: 0,
            negated: None,
            prohibited: None,
            by_document: held().map(|(at, year)| (at, year.1)).collect(),
            by_role: Vec::new(),
        };
        Tally {
            fingerprint: String::new(),
            entries: vec![entry],
            repeated: Vec::new(),
            documents: documents.collect(),
            pairs: None,
            excerpts: Vec::new(),
        }
    }

    #[track_caller]
    fn check(years: &[(u64, u64)], course: TrendLabel, peak: Option<&str>) {
        let trend = trend(&tally(years), By::Year);
        let series = &trend.words[0];
        let actual = series.peak.as_ref().map(|point| point.period.as_str());
        assert_eq!((series.course, actual), (course, peak));
    }

    #[test]
    fn courses() {
        let full = |n| (20_000, n);
        check(&[full(0); 6], TrendLabel::Absent, None);
        check(&[full(1), full(2)], TrendLabel::Unknown, Some("2002"));
        check(
            &[full(9), full(8), full(1), full(0), full(0), full(0)],
            TrendLabel::Retired,
            Some("2001"),
        );
        check(
            &[full(0), full(0), full(0), full(0), full(3), full(1)],
            TrendLabel::New,
            Some("2005"),
        );
        check(
            &[full(1), full(1), full(1), full(2), full(2), full(2)],
            TrendLabel::Rising,
            Some("2004"),
        );
        check(
            &[full(1), full(1), full(1), full(2), full(2), full(0)],
            TrendLabel::Steady,
            Some("2004"),
        );
        check(
            &[full(3), full(3), full(3), full(2), full(2), full(2)],
            TrendLabel::Falling,
            Some("2001"),
        );
    }

    #[test]
    fn thin_periods_are_marked_and_passed_over() {
        let full = |n| (20_000, n);
        let years = [
            full(1),
            (500, 9),
            full(1),
            full(1),
            full(2),
            full(2),
            full(2),
        ];
        check(&years, TrendLabel::Rising, Some("2005"));
        let trend = trend(&tally(&years), By::Year);
        assert!(trend.periods[1].thin && !trend.periods[0].thin);
        assert_eq!(trend.words[0].points[1].per_10k, Some(180.0));
    }

    #[test]
    fn months_and_decades() {
        let two_years = tally(&[(20_000, 1), (20_000, 2)]);
        let months = trend(&two_years, By::Month);
        assert_eq!(
            (months.periods.len(), &*months.periods[12].period),
            (13, "2002-03")
        );
        assert_eq!(months.words[0].points[12].occurrences, 2);
        assert_eq!(months.words[0].points[5].per_10k, None);
        let decades = trend(&two_years, By::Decade);
        assert_eq!(
            (decades.periods.len(), &*decades.periods[0].period),
            (1, "2000s")
        );
        assert_eq!(decades.words[0].points[0].occurrences, 3);
        let years: Vec<(u64, u64)> = (2001..2020)
            .map(|year| (20_000, if year < 2010 { 5 } else { 1 }))
            .collect();
        let decades = trend(&tally(&years), By::Decade);
        assert_eq!(decades.words[0].course, TrendLabel::Falling);
    }
}
