//! The trend page: words over time as lines, with their numbers.

use maud::{Markup, PreEscaped, html};
use xunzhang::report::keywords::query_of;
use xunzhang::report::trend::{By, Series, Trend};
use xunzhang::search::Searcher;

use super::form::{chips, exports, filter_fields, filters_of};
use super::link;
use super::page::Page;
use super::refused::refused;
use super::table::table;
use crate::cli::commands::trend::{Arguments, TrendReport, answer};
use crate::cli::fault::Fault;
use crate::cli::messages::{Lang, say};
use crate::cli::output::chart::MAX_LINES;
use crate::web::asked::{Asked, arguments};
use crate::web::parameters::Parameters;
use crate::web::questions::Question;

const MENU: &str = "/trend";
/// Names of the parameter of words.
const WORDS: [&str; 3] = ["word", "words", "q"];
/// Fields for words, where fewer are given.
const LEAST_FIELDS: usize = 3;
/// Rows of a table on the page; the file has all.
const MOST_ROWS: usize = 1_000;

/// The words, and how often each occurs in each period.
pub(super) fn page(asked: &Asked) -> anyhow::Result<Page> {
    let (lang, parameters) = (asked.lang(), &asked.parameters);
    let words: Vec<&str> = WORDS.iter().flat_map(|name| parameters.all(name)).collect();
    let name = lang.text("web-trend");
    let form = form(&words, parameters, lang);
    if words.is_empty() {
        let main = html! { h1 { (name) } p { (lang.text("web-trend-about")) " " a href="/lineage" { (lang.text("web-lineage")) } } (form) };
        return Ok(Page::new(name, main).below(MENU));
    }
    let question = Question::at("trend").ok_or(Fault)?;
    // A list has lines, which words from a form must not make.
    let flat: Vec<String> = words
        .iter()
        .map(|word| word.replace(['\n', '\r'], " "))
        .collect();
    let flat: Vec<&str> = flat.iter().map(String::as_str).collect();
    let given = parameters.without(&WORDS).with("word", &flat);
    let arguments: Arguments = arguments(&given, question, &["rate"])?;
    let title = say!(
        lang,
        "trend-title",
        words = flat.join(&say!(lang, "trend-list"))
    );
    let keywords = match arguments.keywords() {
        Ok(keywords) => keywords,
        Err(error) => return Ok(refused(&title, &form, &error.into(), lang).below(MENU)),
    };
    let (trend, filter) = arguments.trend(&Searcher::new(&asked.index), &keywords)?;
    let view = View {
        report: TrendReport {
            trend: &trend,
            filter: &filter,
            lang,
        },
        parameters,
        filters: filters_of(parameters),
    };
    let main = html! {
        h1 { (title) }
        (form)
        (chips(parameters, MENU, lang))
        (view.answers())
        (view.tools())
        (view.chart())
        (view.tables())
        (view.method())
    };
    Ok(Page::new(title, main).below(MENU))
}

/// A field for each word, and one more.
fn form(words: &[&str], parameters: &Parameters, lang: Lang) -> Markup {
    let n_fields = (words.len() + 1).max(LEAST_FIELDS);
    html! {
        form.search.trend-form role="search" action="/trend" method="get" {
            div.fields {
                @for ord in 0..n_fields {
                    @let id = if ord == 0 { "q".to_owned() } else { format!("word-{}", ord + 1) };
                    div {
                        label for=(id) { (say!(lang, "web-trend-word", number = ord + 1)) }
                        input id=(id) type="text" name="word" value=[words.get(ord)] autocomplete="off" spellcheck="false";
                    }
                }
                div.go { button type="submit" { (lang.text("web-trend-go")) } }
            }
            (filter_fields(&parameters.without(&WORDS), lang))
        }
    }
}

/// A trend on its page.
struct View<'a> {
    report: TrendReport<'a>,
    parameters: &'a Parameters,
    /// The filters, which links to what was counted have too.
    filters: Parameters,
}

impl View<'_> {
    fn lang(&self) -> Lang {
        self.report.lang
    }

    fn trend(&self) -> &Trend {
        self.report.trend
    }

    fn is_rate(&self) -> bool {
        self.parameters
            .get("rate")
            .is_some_and(|value| value != "0")
    }

    /// What each word does, where it comes up first, and whether that is certain.
    fn answers(&self) -> Markup {
        html! {
            dl.courses {
                @for series in &self.trend().words {
                    @let lines = answer(series, self.lang());
                    dt { (series.word) " " (self.lineage(series)) }
                    @for (ord, line) in lines.iter().enumerate() {
                        dd.hint[ord > 0] {
                            (line)
                            @if ord == 1 { (self.first_place(series)) }
                        }
                    }
                }
            }
        }
    }

    /// A link to the forms of a word that is a plain wording.
    fn lineage(&self, series: &Series) -> Markup {
        let at = self.filters.with("wording", &[&series.word]);
        html! {
            @if series.occurrences > 0 && series.word.chars().all(char::is_alphanumeric) {
                a.hint href=(at.url("/lineage")) { (self.lang().text("web-lineage-of")) }
            }
        }
    }

    /// A link to the document that has the word first.
    fn first_place(&self, series: &Series) -> Markup {
        html! {
            @if let Some(used) = &series.first_use {
                " " a href=(link::reader(&used.document, Some(&query_of(&series.word)))) { (self.lang().text("web-trend-read")) }
            }
        }
    }

    /// How time is cut, counts or rates, files.
    fn tools(&self) -> Markup {
        let lang = self.lang();
        let by = [
            ("", "web-trend-year"),
            ("month", "web-trend-month"),
            ("decade", "web-trend-decade"),
        ];
        let rate = [("", "web-trend-counts"), ("1", "web-trend-rates")];
        let files = self.parameters.without(&["rate"]);
        html! {
            div.results-head {
                p.hint { (self.report.scope()) }
                div.tools {
                    (self.choice("by", &by))
                    (self.choice("rate", &rate))
                    (exports(&files, MENU, &["svg", "html", "csv", "json"], lang))
                    (self.evidence())
                }
            }
        }
    }

    fn evidence(&self) -> Markup {
        let words = WORDS.iter().flat_map(|name| self.parameters.all(name));
        link::evidence(&words.collect::<Vec<_>>(), &self.filters, self.lang())
    }

    /// Links that set a parameter to each of its values.
    fn choice(&self, name: &'static str, values: &[(&str, &'static str)]) -> Markup {
        let current = match self.parameters.get(name) {
            // What is so without it.
            Some("year" | "0") | None => "",
            Some(value) => value,
        };
        html! {
            ul.choice {
                @for &(value, key) in values {
                    @let kept: &[&str] = if value.is_empty() { &[] } else { &[value] };
                    li {
                        a href=(self.parameters.with(name, kept).url(MENU)) aria-current=[(current == value).then_some("true")] {
                            (self.lang().text(key))
                        }
                    }
                }
            }
        }
    }

    fn chart(&self) -> Markup {
        let chart = match self.is_rate() {
            true => self.report.relative_svg(),
            false => self.report.absolute_svg(),
        };
        let n = self.trend().words.len();
        html! {
            // Drawn here, with every text in it escaped as XML.
            @if !chart.is_empty() { figure.chart.wide-chart { (PreEscaped(chart)) } }
            @if n > MAX_LINES { p.hint { (say!(self.lang(), "chart-cut-order", n, shown = MAX_LINES)) } }
        }
    }

    fn tables(&self) -> Markup {
        let lang = self.lang();
        let (words, periods) = (self.report.words_table(), self.report.periods_table());
        html! {
            section {
                h2 #words { (words.name) }
                (table(&words, MOST_ROWS, lang, &|row, column| self.word_link(row, column)))
            }
            section {
                h2 #periods { (periods.name) }
                (table(&periods, MOST_ROWS, lang, &|row, column| self.period_link(row, column)))
            }
        }
    }

    /// Where a cell of the table of words leads, in order of its columns: all, the first, the peak, the last.
    fn word_link(&self, row: usize, column: usize) -> Option<String> {
        let series = self.trend().words.get(row)?;
        match column {
            1 => Some(self.found(series, self.filters.clone())),
            3 => Some(self.found(series, self.filters.with("sort", &["date"]))),
            4 => self.of_period(series, &series.peak.as_ref()?.period),
            5 => Some(self.found(series, self.filters.with("sort", &["-date"]))),
            _ => None,
        }
    }

    /// The same of the table of periods: four columns about the period, then two for each word.
    fn period_link(&self, row: usize, column: usize) -> Option<String> {
        let period = self.trend().periods.get(row)?;
        let series = self.trend().words.get(column.checked_sub(4)? / 2)?;
        self.of_period(series, &period.period)
    }

    fn of_period(&self, series: &Series, period: &str) -> Option<String> {
        let filters = within(&self.filters, self.trend().by, period)?;
        Some(self.found(series, filters))
    }

    fn found(&self, series: &Series, filters: Parameters) -> String {
        let query = Parameters::default().with("q", &[&query_of(&series.word)]);
        query.and(filters).url("/search")
    }

    /// How the numbers are made, and of which index.
    fn method(&self) -> Markup {
        let lang = self.lang();
        html! {
            section {
                h2 #method { (lang.text("sheet-about")) }
                @for rule in self.report.method() { p.hint { (rule) } }
                p.hint { (lang.text("about-fingerprint")) " " (self.trend().fingerprint) }
            }
        }
    }
}

/// The filters of one period; `None` of one that no filter means.
fn within(filters: &Parameters, by: By, period: &str) -> Option<Parameters> {
    match by {
        By::Year => Some(filters.with("year", &[period])),
        // A month is one of dates, whatever the years that were asked for.
        By::Month => Some(filters.with("since", &[period]).with("until", &[period])),
        By::Decade => {
            let first: u16 = period.trim_end_matches('s').parse().ok()?;
            Some(filters.with("year", &[&format!("{first}..{}", first.checked_add(9)?)]))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_period_is_a_filter() {
        let filters = Parameters::of_query("year=2000..2010&kind=a");
        for (by, period, expected) in [
            (By::Year, "2009", Some("year=2009&kind=a")),
            (
                By::Month,
                "2009-08",
                Some("year=2000..2010&kind=a&since=2009-08&until=2009-08"),
            ),
            (By::Decade, "2000s", Some("year=2000..2009&kind=a")),
            (By::Decade, "-", None),
        ] {
            let found = within(&filters, by, period).map(|found| found.query());
            assert_eq!(found.as_deref(), expected);
        }
    }
}
