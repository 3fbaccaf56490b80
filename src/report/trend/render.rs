//! Renders a trend: charts, a page, tables, and the rules in words.

use super::series::{By, Period, Point, Trend, TrendLabel};
use crate::report::chart::{Chart, Line, MAX_LINES, svg};
use crate::report::delimited::rows_as_csv;
use crate::report::page::{STYLE, escaped, foot, head};
use crate::report::table::Language;
use crate::text::printable::escape_json;

/// The rule of [`TrendLabel`] in words.
fn rule(language: Language) -> &'static str {
    language.pick(
        "不足 1 万字的时段数据单薄，标 *，判断走势时略过。其余时段中最近三段与此前三段相比（按十年则一段与一段）：每万字次数达 1.5 倍且不少于 5 次为上升，不到三分之二为下降；最近没有为退场，只在最近有为新出。",
        "Periods of under 10,000 characters are thin: they are marked * and do not count for the trend. Of the others the latest three are compared with the three before (of decades one against one): rising is at least 1.5 times as often for 10,000 characters and at least 5 times, falling at most two thirds as often; retired words do not occur in the latest, new ones only there.",
    )
}

impl TrendLabel {
    /// Its name.
    pub fn name(self, language: Language) -> &'static str {
        let (zh, en) = match self {
            Self::Absent => ("未见", "absent"),
            Self::Unknown => ("时段太少，不作判断", "too few periods"),
            Self::Retired => ("退场", "retired"),
            Self::New => ("新出", "new"),
            Self::Rising => ("上升", "rising"),
            Self::Falling => ("下降", "falling"),
            Self::Steady => ("平稳", "steady"),
        };
        language.pick(zh, en)
    }
}

impl Trend {
    /// How the numbers are made, a sentence or two for each of them.
    pub fn method(&self, language: Language) -> Vec<String> {
        let rates = language.pick(
            "每万字 = 次数 ÷ 该时段筛选范围内全部段落的字数 × 10,000；按章节作用（--role）筛选时，分母只是该类段落的字数。",
            "Per 10,000 characters: occurrences by the characters of all passages of the period under the filter; under a section role (--role) these are the passages of that role alone.",
        );
        let mut out = vec![rule(language).to_owned(), rates.to_owned()];
        if self.by == By::Month {
            let undated = self.undated;
            out.push(match language {
                Language::Zh => format!(
                    "日期只有年份的文档不属于任何月份：字数不入分母，次数计入未注日期。这样的文档和没有日期的文档共 {undated} 篇。"
                ),
                Language::En => format!(
                    "Documents whose date has a year only belong to no month: their characters are in no denominator and their occurrences are undated. They and those without a date are {undated}."
                ),
            });
        }
        out
    }

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
        let mut out = head(&title, language, STYLE);
        out.push_str(&format!("<h1>{}</h1>\n", escaped(&title)));
        for note in self.method(language) {
            out.push_str(&format!("<p class=\"about\">{}</p>\n", escaped(&note)));
        }
        let fingerprint = language.pick("索引指纹", "Index fingerprint");
        out.push_str(&format!(
            "<p class=\"about\">{fingerprint} {}</p>\n",
            escaped(&self.fingerprint)
        ));
        out.push_str(&self.relative_svg(language));
        out.push_str(&self.absolute_svg(language));
        let header = language.pick(
            ["词", "次数", "首见", "高峰", "末见", "走势"],
            ["Word", "Occurrences", "First", "Peak", "Last", "TrendLabel"],
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
        out.push_str(&foot(None));
        out
    }

    /// A line for each period: its text, then occurrences and rate of each word.
    pub fn csv(&self, language: Language) -> Vec<u8> {
        match &self.rows(language)[..] {
            [header, rows @ ..] => rows_as_csv(header, rows),
            [] => Vec::new(),
        }
    }

    /// The trend as one JSON object and a line feed.
    pub fn json(&self) -> String {
        let json =
            serde_json::to_string(self).expect("plain data with string keys always serializes");
        escape_json(&json).into_owned() + "\n"
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

/// A table whose numeric columns are aligned right.
fn html_table(header: &[String], rows: Vec<Vec<String>>, out: &mut String) {
    let is_number = |column: usize| {
        let mut cells = rows.iter().map(|row| &row[column]);
        cells.all(|cell| cell.is_empty() || cell.parse::<f64>().is_ok())
    };
    let numbers: Vec<bool> = (0..header.len()).map(is_number).collect();
    let cells = |row: &[String], tag: &str| -> String {
        let cells = row.iter().zip(&numbers).map(|(cell, is_number)| {
            let class = if *is_number { " class=\"n\"" } else { "" };
            format!("<{tag}{class}>{}</{tag}>", escaped(cell))
        });
        cells.collect()
    };
    out.push_str(&format!(
        "<div class=\"wide\"><table>\n<thead><tr>{}</tr></thead>\n<tbody>\n",
        cells(header, "th")
    ));
    for row in &rows {
        out.push_str(&format!("<tr>{}</tr>\n", cells(row, "td")));
    }
    out.push_str("</tbody></table></div>\n");
}
