//! Renders a trend: charts, a page, tables, and the rules in words.

use xunzhang::report::trend::{By, Period, Point, Trend, TrendLabel};

use crate::cli::messages::{Lang, say};
use crate::cli::output::chart::{Chart, Line, MAX_LINES, svg};
use crate::cli::output::csv::csv;
use crate::cli::output::page::{STYLE, escaped, foot, head, write_table};
use crate::cli::output::table::{Cell, Layout, Table};

/// What a word does lately.
pub(super) fn course(label: TrendLabel, lang: Lang) -> &'static str {
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

/// How the numbers are made, a sentence or two for each of them.
pub(super) fn method(trend: &Trend, lang: Lang) -> Vec<String> {
    let mut out = ["trend-rule", "trend-rates"]
        .map(|key| lang.text(key).to_owned())
        .to_vec();
    if trend.by == By::Month {
        out.push(say!(lang, "trend-undated", undated = trend.undated));
    }
    out
}

/// The words for every 10,000 characters of each period, on one chart; a gap where there is no text.
pub(super) fn relative_svg(trend: &Trend, lang: Lang) -> String {
    chart(trend, lang.text("trend-chart-rates"), |point| point.per_10k)
}

/// The words' occurrences in each period, on one chart.
fn absolute_svg(trend: &Trend, lang: Lang) -> String {
    chart(trend, lang.text("trend-chart-counts"), |point| {
        point.per_10k.map(|_| point.occurrences as f64)
    })
}

fn chart(trend: &Trend, title: &str, value: impl Fn(&Point) -> Option<f64>) -> String {
    let marked = |period: &Period| match period.thin {
        true => format!("{}*", period.period),
        false => period.period.clone(),
    };
    let places: Vec<String> = trend.periods.iter().map(marked).collect();
    let lines = trend.words.iter().take(MAX_LINES).map(|series| Line {
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
pub(super) fn page(trend: &Trend, lang: Lang) -> String {
    let words: Vec<&str> = trend
        .words
        .iter()
        .map(|series| series.word.as_str())
        .collect();
    let words = words.join("、");
    let title = say!(lang, "trend-title", words);
    let mut out = head(&title, lang, STYLE);
    out.push_str(&format!("<h1>{}</h1>\n", escaped(&title)));
    let fingerprint = format!("{} {}", lang.text("about-fingerprint"), trend.fingerprint);
    for note in method(trend, lang).into_iter().chain([fingerprint]) {
        out.push_str(&format!("<p class=\"about\">{}</p>\n", escaped(&note)));
    }
    out.push_str(&relative_svg(trend, lang));
    out.push_str(&absolute_svg(trend, lang));
    write_table(&words_table(trend, lang), lang, &mut out);
    write_table(&periods_table(trend, lang), lang, &mut out);
    out.push_str(&foot(None));
    out
}

/// A line for each period as CSV: its text, then occurrences and rate of each word.
pub(super) fn as_csv(trend: &Trend, lang: Lang) -> Vec<u8> {
    csv(&periods_table(trend, lang))
}

/// A line for each word.
fn words_table(trend: &Trend, lang: Lang) -> Table<'static> {
    let header = [
        "trend-word",
        "table-occurrences",
        "table-first",
        "trend-peak",
        "table-last",
        "trend-column-course",
    ];
    let header = header.map(|key| lang.text(key).to_owned()).to_vec();
    let rows = trend.words.iter().map(|series| {
        let peak = series.peak.as_ref().map(|point| point.period.as_str());
        vec![
            Cell::text(&series.word),
            Cell::Count(series.occurrences),
            Cell::optional(series.first.as_deref()),
            Cell::optional(peak),
            Cell::optional(series.last.as_deref()),
            Cell::text(course(series.course, lang)),
        ]
    });
    let layout = Layout::Lines { names: 1 };
    Table::new("words", lang.text("trend-word"), layout, header).with(rows.collect())
}

/// A line for each period.
fn periods_table(trend: &Trend, lang: Lang) -> Table<'static> {
    let header = [
        "trend-period",
        "table-documents",
        "table-characters",
        "trend-thin",
    ];
    let mut header = header.map(|key| lang.text(key).to_owned()).to_vec();
    for series in &trend.words {
        let word = &series.word;
        header.extend([word.clone(), say!(lang, "trend-per-10k", word)]);
    }
    let rows = trend.periods.iter().enumerate().map(|(ord, period)| {
        let mut row = vec![
            Cell::text(&period.period),
            Cell::Count(period.documents),
            Cell::Count(period.characters),
            Cell::text(if period.thin { "*" } else { "" }),
        ];
        for series in &trend.words {
            let point = &series.points[ord];
            row.push(Cell::Count(point.occurrences));
            row.push(point.per_10k.map_or(Cell::Empty, Cell::Rate));
        }
        row
    });
    let layout = Layout::Lines { names: 1 };
    Table::new("periods", lang.text("trend-period"), layout, header).with(rows.collect())
}

#[cfg(test)]
mod tests {
    use xunzhang::report::trend::Series;

    use super::*;

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
            words: vec![word],
        };
        let csv = String::from_utf8(as_csv(&trend, Lang::Zh)).expect("UTF-8");
        let expected = "\u{feff}时段,文档数,字数,单薄,水渠,水渠 每万字\r\n\
                        2002,1,500,*,9,180.0000\r\n2003,0,0,*,0,\r\n";
        assert_eq!(csv, expected);
        let page = page(&trend, Lang::En);
        assert!(page.contains("<title>Trend: 水渠</title>"), "{page}");
        assert!(page.contains(">too few periods<"), "{page}");
    }
}
