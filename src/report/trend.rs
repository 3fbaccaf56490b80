//! Words over time: how often in each period, and what that says.

use serde::Serialize;

use super::chart::{Chart, Line, MAX_LINES, svg};
use super::page::{escaped, head};
use super::table::Language;
use super::tally::{Counted, Tally, per_10k};

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
/// Periods that are looked at together for what a word does lately.
const LATE: usize = 3;
/// How many times as often a word must stand lately as before to be rising.
const RISING: f64 = 1.5;
/// Fewest occurrences lately of a word that is rising.
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
    /// The period where it is most frequent for its characters; thin ones only if there are no others. The earliest of equals.
    pub peak: Option<Point>,
    /// Date of the last document that holds it.
    pub last: Option<String>,
    /// What it does lately.
    pub course: Course,
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

/// What a word does lately. Thin periods are passed over; of the others the latest three are held against the three
/// before them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Course {
    /// It stands nowhere.
    Absent,
    /// There are fewer than six periods that are not thin.
    Unknown,
    /// It stood before, and not in the latest three periods.
    Retired,
    /// It stands in the latest three periods for the first time.
    New,
    /// At least 1.5 times as frequent as before, and at least 5 times lately.
    Rising,
    /// At most two thirds as frequent as before.
    Falling,
    /// Anything between.
    Steady,
}

impl Course {
    /// Its name.
    pub fn name(self, language: Language) -> &'static str {
        let (zh, en) = match self {
            Self::Absent => ("未见", "absent"),
            Self::Unknown => ("时段太少，不作判断", "too few periods to tell"),
            Self::Retired => ("退场", "retired"),
            Self::New => ("新出", "new"),
            Self::Rising => ("上升", "rising"),
            Self::Falling => ("下降", "falling"),
            Self::Steady => ("平稳", "steady"),
        };
        language.pick(zh, en)
    }
}

/// The rule of [`Course`] in words.
pub fn rule(language: Language) -> &'static str {
    language.pick(
        "不足 1 万字的时段数据单薄，标 *，判断走势时略过。其余时段中最近三段与此前三段相比：每万字次数达 1.5 倍且不少于 5 次为上升，不到三分之二为下降；最近三段没有为退场，只在最近三段有为新出。",
        "Periods of under 10,000 characters are thin: they are marked * and passed over for the course. Of the others the latest three are held against the three before: rising is at least 1.5 times as often for 10,000 characters and at least 5 times, falling at most two thirds as often; retired is what does not stand in the latest three, new what stands in no others.",
    )
}

/// The words of a tally over time.
pub fn trend(tally: &Tally, by: By) -> Trend {
    let key = |document: &Counted| ordinal(document, by);
    let extents = tally.extent_by(key);
    let dated: Vec<u32> = extents.keys().copied().flatten().collect();
    let span = match (dated.first(), dated.last()) {
        (Some(&first), Some(&last)) => first..last + 1,
        _ => 0..0,
    };
    let periods: Vec<Period> = span
        .clone()
        .map(|ord| {
            let (documents, characters) = extents.get(&Some(ord)).copied().unwrap_or_default();
            Period {
                period: name(ord, by),
                documents,
                characters,
                thin: characters < THIN,
            }
        })
        .collect();
    let words = tally.entries.iter().map(|entry| {
        let counts = tally.by(entry, key);
        let points = span.clone().zip(&periods).map(|(ord, period)| {
            let occurrences = counts.get(&Some(ord)).copied().unwrap_or(0);
            let rate = per_10k(occurrences, period.characters);
            Point {
                period: period.period.clone(),
                occurrences,
                per_10k: (period.characters > 0).then_some((rate * 1e6).round() / 1e6),
            }
        });
        let points: Vec<Point> = points.collect();
        Series {
            word: entry.entry.clone(),
            occurrences: entry.occurrences,
            undated: counts.get(&None).copied().unwrap_or(0),
            first: entry.first.map(|date| date.to_string()),
            peak: peak(&points, &periods),
            last: entry.last.map(|date| date.to_string()),
            course: course(entry.occurrences, &points, &periods),
            points,
        }
    });
    Trend {
        fingerprint: tally.fingerprint.clone(),
        by,
        words: words.collect(),
        undated: extents.get(&None).map_or(0, |(documents, _)| *documents),
        periods,
    }
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

fn peak(points: &[Point], periods: &[Period]) -> Option<Point> {
    let best = |thin: bool| {
        let of_kind = points
            .iter()
            .zip(periods)
            .filter(move |(_, period)| thin || !period.thin);
        let held = of_kind
            .map(|(point, _)| point)
            .filter(|point| point.occurrences > 0);
        held.fold(None, |best: Option<&Point>, point| match best {
            Some(best) if best.per_10k >= point.per_10k => Some(best),
            _ => Some(point),
        })
    };
    best(false).or_else(|| best(true)).cloned()
}

fn course(occurrences: u64, points: &[Point], periods: &[Period]) -> Course {
    if occurrences == 0 {
        return Course::Absent;
    }
    let firm: Vec<(u64, u64)> = points
        .iter()
        .zip(periods)
        .filter(|(_, period)| !period.thin)
        .map(|(point, period)| (point.occurrences, period.characters))
        .collect();
    if firm.len() < 2 * LATE {
        return Course::Unknown;
    }
    let (early, late) = firm.split_at(firm.len() - LATE);
    let sum = |periods: &[(u64, u64)]| {
        periods
            .iter()
            .fold((0, 0), |sum, period| (sum.0 + period.0, sum.1 + period.1))
    };
    let (n_early, _) = sum(early);
    let (n_before, characters_before) = sum(&early[early.len() - LATE..]);
    let (n_late, characters_late) = sum(late);
    let (before, lately) = (
        per_10k(n_before, characters_before),
        per_10k(n_late, characters_late),
    );
    match (n_early, n_late) {
        (0, 0) => Course::Unknown,
        (_, 0) => Course::Retired,
        (0, _) => Course::New,
        _ if lately >= before * RISING && n_late >= LEAST_RISING => Course::Rising,
        _ if lately * RISING <= before => Course::Falling,
        _ => Course::Steady,
    }
}

impl Trend {
    /// The words for every 10,000 characters of each period, on one chart; a gap where there is no text.
    pub fn relative_svg(&self, language: Language) -> String {
        let title = language.pick("每万字次数", "Per 10,000 characters of the period");
        self.svg(title, |point| point.per_10k)
    }

    /// The words' occurrences in each period, on one chart.
    pub fn absolute_svg(&self, language: Language) -> String {
        self.svg(language.pick("次数", "Occurrences"), |point| {
            point.per_10k.map(|_| point.occurrences as f64)
        })
    }

    fn svg(&self, title: &str, value: impl Fn(&Point) -> Option<f64>) -> String {
        let marked = |period: &Period| match period.thin {
            true => format!("{}*", period.period),
            false => period.period.clone(),
        };
        let places: Vec<String> = self.periods.iter().map(marked).collect();
        let lines = self.words.iter().take(MAX_LINES).map(|series| Line {
            name: series.word.clone(),
            values: series.points.iter().map(&value).collect(),
        });
        svg(&Chart {
            title,
            places: &places,
            lines: &lines.collect::<Vec<_>>(),
        })
    }

    /// A page with both charts, what the words do, and the numbers.
    pub fn page(&self, language: Language) -> String {
        let words: Vec<&str> = self
            .words
            .iter()
            .map(|series| series.word.as_str())
            .collect();
        let title = format!("{}：{}", language.pick("走势", "Trend"), words.join("、"));
        let mut out = head(&title, language);
        out.push_str(&format!(
            "<h1>{}</h1>\n<p class=\"about\">{}</p>\n",
            escaped(&title),
            rule(language)
        ));
        let fingerprint = language.pick("索引指纹", "Index fingerprint");
        out.push_str(&format!(
            "<p class=\"about\">{fingerprint} {}</p>\n",
            escaped(&self.fingerprint)
        ));
        out.push_str(&self.relative_svg(language));
        out.push_str(&self.absolute_svg(language));
        let header = language.pick(
            ["词", "次数", "首见", "高峰", "末见", "走势"],
            ["Word", "Occurrences", "First", "Peak", "Last", "Course"],
        );
        let rows = self.words.iter().map(|series| {
            let peak = series.peak.as_ref().map(|point| point.period.clone());
            vec![
                series.word.clone(),
                series.occurrences.to_string(),
                series.first.clone().unwrap_or_default(),
                peak.unwrap_or_default(),
                series.last.clone().unwrap_or_default(),
                series.course.name(language).to_owned(),
            ]
        });
        html_table(&header.map(str::to_owned), rows.collect(), &mut out);
        let [header, rows @ ..] = &self.rows(language)[..] else {
            return out;
        };
        html_table(header, rows.to_vec(), &mut out);
        out.push_str("</body>\n</html>\n");
        out
    }

    /// A line for each period: its text, then occurrences and rate of each word.
    pub fn csv(&self, language: Language) -> Vec<u8> {
        let mut out = "\u{feff}".as_bytes().to_vec();
        let mut writer = csv::WriterBuilder::new()
            .terminator(csv::Terminator::CRLF)
            .from_writer(&mut out);
        // Writing into memory cannot fail, and all lines are of one length.
        let written = self
            .rows(language)
            .iter()
            .try_for_each(|row| writer.write_record(row));
        debug_assert!(written.is_ok());
        drop(writer);
        out
    }

    /// The trend as one JSON object and a line feed.
    pub fn json(&self) -> String {
        let mut out =
            serde_json::to_string(self).expect("plain data with string keys always serializes");
        out.push('\n');
        out
    }

    fn rows(&self, language: Language) -> Vec<Vec<String>> {
        let mut header: Vec<String> = language
            .pick(
                ["时段", "文档数", "字数", "单薄"],
                ["Period", "Documents", "Characters", "Thin"],
            )
            .map(str::to_owned)
            .to_vec();
        for series in &self.words {
            header.push(series.word.clone());
            header.push(format!(
                "{} {}",
                series.word,
                language.pick("每万字", "per 10,000")
            ));
        }
        let mut rows = vec![header];
        for (ord, period) in self.periods.iter().enumerate() {
            let thin = if period.thin { "*" } else { "" };
            let mut row = vec![
                period.period.clone(),
                period.documents.to_string(),
                period.characters.to_string(),
                thin.to_owned(),
            ];
            for series in &self.words {
                let point = &series.points[ord];
                row.push(point.occurrences.to_string());
                row.push(
                    point
                        .per_10k
                        .map(|rate| format!("{rate:.4}"))
                        .unwrap_or_default(),
                );
            }
            rows.push(row);
        }
        rows
    }
}

fn html_table(header: &[String], rows: Vec<Vec<String>>, out: &mut String) {
    let cells = |row: &[String], tag: &str| -> String {
        row.iter()
            .map(|cell| format!("<{tag}>{}</{tag}>", escaped(cell)))
            .collect()
    };
    out.push_str(&format!(
        "<div class=\"wide\"><table>\n<thead><tr>{}</tr></thead>\n<tbody>\n",
        cells(header, "th")
    ));
    for row in rows {
        out.push_str(&format!("<tr>{}</tr>\n", cells(&row, "td")));
    }
    out.push_str("</tbody></table></div>\n");
}

#[cfg(test)]
mod tests {
    use super::super::tally::EntryTally;
    use super::*;
    use crate::document::Date;

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
                kind: None,
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
    fn check(years: &[(u64, u64)], course: Course, peak: Option<&str>) {
        let trend = trend(&tally(years), By::Year);
        let series = &trend.words[0];
        let actual = series.peak.as_ref().map(|point| point.period.as_str());
        assert_eq!((series.course, actual), (course, peak));
    }

    #[test]
    fn courses() {
        let full = |n| (20_000, n);
        check(&[full(0); 6], Course::Absent, None);
        check(&[full(1), full(2)], Course::Unknown, Some("2002"));
        check(
            &[full(9), full(8), full(1), full(0), full(0), full(0)],
            Course::Retired,
            Some("2001"),
        );
        check(
            &[full(0), full(0), full(0), full(0), full(3), full(1)],
            Course::New,
            Some("2005"),
        );
        check(
            &[full(1), full(1), full(1), full(2), full(2), full(2)],
            Course::Rising,
            Some("2004"),
        );
        check(
            &[full(1), full(1), full(1), full(2), full(2), full(0)],
            Course::Steady,
            Some("2004"),
        );
        check(
            &[full(3), full(3), full(3), full(2), full(2), full(2)],
            Course::Falling,
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
        check(&years, Course::Rising, Some("2005"));
        let trend = trend(&tally(&years), By::Year);
        assert!(trend.periods[1].thin && !trend.periods[0].thin);
        assert_eq!(trend.words[0].points[1].per_10k, Some(180.0));
        let csv = String::from_utf8(trend.csv(Language::Zh)).expect("UTF-8");
        assert!(csv.contains("2002,1,500,*,9,180.0000\r\n"), "{csv}");
    }

    #[test]
    fn months_and_decades() {
        let tally = tally(&[(20_000, 1), (20_000, 2)]);
        let months = trend(&tally, By::Month);
        assert_eq!(
            (months.periods.len(), &*months.periods[12].period),
            (13, "2002-03")
        );
        assert_eq!(months.words[0].points[12].occurrences, 2);
        assert_eq!(months.words[0].points[5].per_10k, None);
        let decades = trend(&tally, By::Decade);
        assert_eq!(
            (decades.periods.len(), &*decades.periods[0].period),
            (1, "2000s")
        );
        assert_eq!(decades.words[0].points[0].occurrences, 3);
    }
}
