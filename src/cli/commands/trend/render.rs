//! Renders a trend: charts, a page, tables, and the rules in words.

use xunzhang::report::tally::per_10k;
use xunzhang::report::trend::{By, Period, Point, Series, Trend, TrendLabel};
use xunzhang::search::Filter;

use crate::cli::commands::report::described;
use crate::cli::first_use::{marked, remarks};
use crate::cli::messages::{Lang, say};
use crate::cli::output::chart::{Chart, Line, MAX_LINES, svg};
use crate::cli::output::columns::grouped;
use crate::cli::output::csv::csv;
use crate::cli::output::page::{SCRIPT, STYLE, escaped, foot, head, write_table};
use crate::cli::output::table::{Cell, Layout, Table};

/// A trend with its query and filter, in the reader's language.
#[derive(Clone, Copy)]
pub(crate) struct TrendReport<'a> {
    /// The numbers.
    pub(crate) trend: &'a Trend,
    /// The documents that were asked for.
    pub(crate) filter: &'a Filter,
    /// The language.
    pub(crate) lang: Lang,
}

/// What a word does lately.
fn course(label: TrendLabel, lang: Lang) -> &'static str {
    match label {
        TrendLabel::Absent => lang.text("course-absent"),
        TrendLabel::Unknown => lang.text("course-unknown"),
        TrendLabel::Retired => lang.text("course-retired"),
        TrendLabel::New => lang.text("course-new"),
        TrendLabel::Rising => lang.text("course-rising"),
        TrendLabel::Falling => lang.text("course-falling"),
        TrendLabel::Steady => lang.text("course-steady"),
    }
}

/// The answer of a word: its course in a sentence, where it is first found, and whether that is certain.
pub(crate) fn answer(series: &Series, lang: Lang) -> Vec<String> {
    let mut out = vec![sentence(series, lang)];
    if let Some(used) = &series.first_use {
        let (title, document) = (&used.title, &used.document);
        out.push(say!(lang, "trend-first-in", title, document));
    }
    // A word that is found in undated documents only has a course, and no first use.
    let certain = series.first_certain.as_ref();
    out.extend(remarks(series.first_use.as_ref(), certain, lang));
    out
}

/// The course of a word: how often, first and last, peak, and where it goes.
fn sentence(series: &Series, lang: Lang) -> String {
    let unknown = || "–".to_owned();
    let first = first(series).unwrap_or_else(unknown);
    let last = series.last.clone().unwrap_or_else(unknown);
    let peak = series.peak.as_ref().map_or_else(unknown, |point| {
        let (period, rate) = (&point.period, point.per_10k.unwrap_or(0.0));
        say!(lang, "trend-peak-rate", period, rate = format!("{rate:.2}"))
    });
    let course = course(series.course, lang);
    let total = grouped(series.occurrences);
    let undated = grouped(series.undated);
    say!(
        lang,
        "trend-course",
        total,
        undated,
        first,
        peak,
        last,
        course
    )
}

/// The date of first use, with a question mark where it is uncertain.
fn first(series: &Series) -> Option<String> {
    let first = series.first.as_deref()?;
    Some(marked(first, series.first_use.as_ref()))
}

impl TrendReport<'_> {
    /// How the numbers are made, a sentence or two for each of them.
    pub(crate) fn method(&self) -> Vec<String> {
        let keys = [
            "trend-rule",
            "trend-rates",
            "trend-gaps",
            "trend-first-rule",
        ];
        let mut out = keys.map(|key| self.lang.text(key).to_owned()).to_vec();
        // A document dated by its year alone belongs to no month.
        if self.trend.by == By::Month {
            out.push(say!(
                self.lang,
                "trend-undated",
                undated = self.trend.undated
            ));
        }
        out
    }

    /// Of which collections, under which filter, from when to when.
    pub(crate) fn scope(&self) -> String {
        let Trend {
            collections,
            periods,
            undated,
            ..
        } = self.trend;
        let documents: u64 = periods.iter().map(|period| period.documents).sum();
        // Undated documents are in no period.
        let documents = say!(self.lang, "n-documents", n = documents + undated);
        let span = match (periods.first(), periods.last()) {
            (Some(first), Some(last)) => format!("{}–{}", first.period, last.period),
            _ => "–".to_owned(),
        };
        let collections = collections.join(&say!(self.lang, "trend-list"));
        let filter = match self.filter.is_empty() {
            true => String::new(),
            false => described(self.filter, self.lang),
        };
        let grey = match periods.iter().any(Period::is_gap) {
            true => self.lang.text("chart-grey").to_owned(),
            false => String::new(),
        };
        let parts = [collections, filter, span, documents, grey].into_iter();
        let parts: Vec<String> = parts.filter(|part| !part.is_empty()).collect();
        parts.join(" · ")
    }

    fn words(&self) -> String {
        let words = self.trend.words.iter().map(|series| series.word.as_str());
        words
            .collect::<Vec<_>>()
            .join(&say!(self.lang, "trend-list"))
    }

    /// The words for every 10,000 characters of each period, on one chart; a gap where there is no text.
    pub(crate) fn relative_svg(&self) -> String {
        self.chart("trend-chart-rates", |point| point.per_10k)
    }

    /// The words' occurrences in each period, on one chart.
    pub(crate) fn absolute_svg(&self) -> String {
        self.chart("trend-chart-counts", |point| {
            // A period without text has no count: a zero would look like disuse.
            point.per_10k.map(|_| point.occurrences as f64)
        })
    }

    fn chart(&self, title: &'static str, value: impl Fn(&Point) -> Option<f64>) -> String {
        // A period without text is grey already.
        let marked = |period: &Period| match period.thin && !period.is_gap() {
            true => format!("{}*", period.period),
            false => period.period.clone(),
        };
        let trend = self.trend;
        let places: Vec<String> = trend.periods.iter().map(marked).collect();
        // The first in the order of the command line, where the reader put what matters.
        let lines = trend.words.iter().take(MAX_LINES).map(|series| Line {
            name: series.word.clone(),
            values: series.points.iter().map(&value).collect(),
        });
        let (what, words) = (self.lang.text(title), self.words());
        svg(&Chart {
            title: &say!(self.lang, "trend-chart-title", what, words),
            subtitle: &self.scope(),
            places: &places,
            lines: &lines.collect::<Vec<_>>(),
        })
    }

    /// A page: what the words do and the chart first, then the numbers, and how they are made.
    pub(super) fn page(&self) -> String {
        let (trend, lang) = (self.trend, self.lang);
        let title = say!(lang, "trend-title", words = self.words());
        let mut out = head(&title, lang, STYLE);
        out.push_str(&format!("<h1>{}</h1>\n", escaped(&title)));
        let about = |text: &str| format!("<p class=\"about\">{}</p>\n", escaped(text));
        out.push_str(&about(&self.scope()));
        for series in &trend.words {
            let word = escaped(&series.word);
            let lines = answer(series, lang);
            // The first sentence is the answer, and the others qualify it.
            let (first, more) = lines.split_at(1);
            out.push_str(&format!(
                "<p class=\"answer\"><b>{word}</b> {}</p>\n",
                escaped(&first.concat())
            ));
            out.extend(more.iter().map(|line| about(line)));
        }
        out.push_str(&self.relative_svg());
        if trend.words.len() > MAX_LINES {
            let (n, shown) = (trend.words.len(), MAX_LINES);
            out.push_str(&about(&say!(lang, "chart-cut-order", n, shown)));
        }
        write_table(&self.words_table(), lang, &mut out);
        out.push_str(&self.absolute_svg());
        write_table(&self.periods_table(), lang, &mut out);
        // The fingerprint identifies the index by which the numbers can be made again.
        let fingerprint = format!("{} {}", lang.text("about-fingerprint"), trend.fingerprint);
        out.push_str(&format!("<h2>{}</h2>\n", lang.text("sheet-about")));
        out.extend(
            self.method()
                .iter()
                .chain([&fingerprint])
                .map(|note| about(note)),
        );
        out.push_str(&foot(Some(SCRIPT)));
        out
    }

    /// A line for each period as CSV: its text, then occurrences and rate of each word.
    pub(super) fn csv(&self) -> Vec<u8> {
        csv(&self.periods_table())
    }

    /// A line for each word.
    pub(crate) fn words_table(&self) -> Table<'static> {
        let lang = self.lang;
        let header = [
            "trend-word",
            "table-occurrences",
            "table-per-10k",
            "table-first",
            "trend-peak",
            "table-last",
            "trend-column-course",
        ];
        let header = header.map(|key| lang.text(key).to_owned()).to_vec();
        let periods = self.trend.periods.iter();
        let characters: u64 = periods.map(|period| period.characters).sum();
        let rows = self.trend.words.iter().map(|series| {
            let peak = series.peak.as_ref().map(|point| point.period.as_str());
            // Without undated text, of which the periods know no characters.
            let dated = series.occurrences - series.undated;
            vec![
                Cell::text(&series.word),
                Cell::Count(series.occurrences),
                Cell::Rate(per_10k(dated, characters)),
                Cell::optional(first(series).as_deref()),
                Cell::optional(peak),
                Cell::optional(series.last.as_deref()),
                Cell::text(course(series.course, lang)),
            ]
        });
        let layout = Layout::Lines { names: 1 };
        Table::new("words", lang.text("trend-word"), layout, header).with(rows.collect())
    }

    /// A line for each period; without documents a word has no numbers there.
    pub(crate) fn periods_table(&self) -> Table<'static> {
        let lang = self.lang;
        let header = [
            "trend-period",
            "table-documents",
            "table-characters",
            "trend-thin",
        ];
        let mut header = header.map(|key| lang.text(key).to_owned()).to_vec();
        for series in &self.trend.words {
            let word = &series.word;
            header.extend([word.clone(), say!(lang, "trend-per-10k", word)]);
        }
        let rows = self.trend.periods.iter().enumerate().map(|(ord, period)| {
            let is_marked = period.thin && !period.is_gap();
            let mut row = vec![
                Cell::text(&period.period),
                Cell::Count(period.documents),
                Cell::Count(period.characters),
                Cell::text(if is_marked { "*" } else { "" }),
            ];
            for series in &self.trend.words {
                let point = &series.points[ord];
                row.push(match period.is_gap() {
                    true => Cell::Gap,
                    false => Cell::Count(point.occurrences),
                });
                row.push(point.per_10k.map_or(Cell::Gap, Cell::Rate));
            }
            row
        });
        let layout = Layout::Lines { names: 1 };
        Table::new("periods", lang.text("trend-period"), layout, header).with(rows.collect())
    }
}

#[cfg(test)]
mod tests {
    use xunzhang::report::trend::{FirstUse, Series, Uncertain};

    use super::*;

    fn used(date: &str, uncertain: Option<Uncertain>) -> FirstUse {
        FirstUse {
            document: "a.txt".into(),
            title: "水利条例".into(),
            date: date.into(),
            adopted: Some("1988-01-21".into()),
            uncertain,
        }
    }

    #[test]
    fn an_uncertain_first_use_is_marked_with_its_reason() {
        let mut series = Series {
            word: "水渠".into(),
            occurrences: 9,
            undated: 0,
            first: Some("2002-10-01".into()),
            first_use: Some(used("2002-10-01", Some(Uncertain::Revised))),
            first_certain: Some(used("2005-03-05", None)),
            peak: None,
            last: Some("2009".into()),
            course: TrendLabel::Unknown,
            points: Vec::new(),
        };
        let lines = answer(&series, Lang::Zh);
        assert!(lines[0].contains("首见 2002-10-01?，"), "{lines:?}");
        assert!(
            lines[2].contains("1988-01-21") && lines[3].contains("2005-03-05"),
            "{lines:?}"
        );
        series.first_use = series.first_certain.clone();
        let lines = answer(&series, Lang::Zh);
        assert!(lines.len() == 2 && !lines[0].contains('?'), "{lines:?}");
    }

    #[test]
    fn a_thin_period_is_marked_and_one_without_text_has_no_rate() {
        let point = |period: &str, occurrences, per_10k| Point {
            period: period.to_owned(),
            occurrences,
            per_10k,
        };
        let period = |period: &str, characters| Period {
            period: period.to_owned(),
            documents: u64::from(characters > 0),
            characters,
            thin: characters < 10_000,
        };
        let word = Series {
            word: "水渠".into(),
            occurrences: 9,
            undated: 0,
            first: Some("2002".into()),
            first_use: None,
            first_certain: None,
            peak: None,
            last: Some("2002".into()),
            course: TrendLabel::Unknown,
            points: vec![point("2002", 9, Some(180.0)), point("2003", 0, None)],
        };
        let trend = Trend {
            fingerprint: "f".into(),
            by: By::Year,
            periods: vec![period("2002", 500), period("2003", 0)],
            undated: 0,
            collections: vec!["甲".into()],
            words: vec![word],
        };
        let filter = Filter::default();
        let of = |lang| TrendReport {
            trend: &trend,
            filter: &filter,
            lang,
        };
        let csv = String::from_utf8(of(Lang::Zh).csv()).expect("UTF-8");
        let expected = "\u{feff}时段,文档数,字数,单薄,水渠,水渠 每万字\r\n\
                        2002,1,500,*,9,180.0000\r\n2003,0,0,,,\r\n";
        assert_eq!(csv, expected);
        let page = of(Lang::En).page();
        assert!(page.contains("<title>Trend: 水渠</title>"), "{page}");
        assert!(page.contains(">too few periods<"), "{page}");
        // A period without documents is a dash, and the answer is before the rules.
        assert!(page.contains("<td class=\"g\">–</td>"), "{page}");
        let at = |text: &str| page.find(text).expect("on the page");
        assert!(at("class=\"answer\"") < at("<svg") && at("<svg") < at("Periods of under"));
    }
}
