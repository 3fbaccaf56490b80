//! A report as one HTML page: no file beside it, no script needed to read it, charts as SVG in it.

use std::collections::BTreeSet;

use xunzhang::report::breakdown::Breakdown;
use xunzhang::report::tally::{Counted, EntryTally, per_10k};

use super::methodology::described;
use super::tables::{Told, label};
use crate::cli::messages::say;
use crate::cli::output::chart::{Chart, Line, MAX_LINES, svg};
use crate::cli::output::columns::grouped;
use crate::cli::output::page::{SCRIPT, STYLE, escaped, foot, head, write_table};
use crate::cli::output::table::Table;

/// The page: the answer in a sentence, charts and summary first; then the other tables; last what was counted, and how.
pub(super) fn page(told: &Told) -> String {
    let lang = told.lang;
    let title = lang.text("report-title");
    let tables = told.tables();
    let mut out = head(title, lang, STYLE);
    out.push_str(&format!("<h1>{title}</h1>\n"));
    for line in told.answer() {
        out.push_str(&format!("<p class=\"answer\">{}</p>\n", escaped(&line)));
    }
    // Tables such as that of excerpts may be empty, and a link to nothing would look like a fault.
    let filled: Vec<&Table> = tables.iter().filter(|table| table.n_rows() > 0).collect();
    out.push_str("<nav>");
    for table in &filled {
        out.push_str(&format!(
            "<a href=\"#{}\">{}</a>",
            table.key,
            escaped(&table.name)
        ));
    }
    out.push_str("</nav>\n");
    let charts = told.charts();
    out.push_str(&charts.drawn.join("\n"));
    if let Some(note) = charts.cut {
        out.push_str(&format!("<p class=\"about\">{note}</p>\n"));
    }
    for table in filled {
        out.push_str(&format!(
            "<h2 id=\"{}\">{}</h2>\n",
            table.key,
            escaped(&table.name)
        ));
        write_table(table, lang, &mut out);
    }
    out.push_str(&foot(Some(SCRIPT)));
    out
}

/// Entries that the answer names.
const NAMED: usize = 3;

/// The charts of a report.
#[derive(Default)]
pub(crate) struct Charts {
    /// SVG elements.
    pub(crate) drawn: Vec<String>,
    /// That not every entry has a line.
    pub(crate) cut: Option<String>,
}

impl Told<'_> {
    /// What is most frequent, what is absent, and in how much text.
    pub(crate) fn answer(&self) -> Vec<String> {
        let (tally, lang) = (self.tally, self.lang);
        let found = self.most_frequent();
        let n_absent = tally.entries.len() - found.len();
        let named = found.iter().take(NAMED).map(|entry| {
            let (entry, n, rate) = (
                entry.entry.clone(),
                grouped(entry.occurrences),
                tally.per_10k(entry),
            );
            say!(lang, "report-named", entry, n, rate = format!("{rate:.2}"))
        });
        let named = named.collect::<Vec<_>>().join(&say!(lang, "trend-list"));
        let n = tally.entries.len();
        let mut out = vec![match found.is_empty() {
            true => say!(lang, "report-nothing", n),
            false => say!(lang, "report-answer", n, named, n_absent),
        }];
        let documents = say!(lang, "n-documents", n = tally.documents.len() as u64);
        let filter = described(self.filter, lang);
        let characters = grouped(tally.characters());
        out.push(say!(lang, "report-in", documents, characters, filter));
        out
    }

    /// The entries that occur, the most frequent first.
    fn most_frequent(&self) -> Vec<&EntryTally> {
        let entries = self.tally.entries.iter();
        let mut found: Vec<_> = entries.filter(|entry| entry.occurrences > 0).collect();
        // The sort is stable: of equal entries the first in the list is named first, and has a line.
        found.sort_by_key(|entry| std::cmp::Reverse(entry.occurrences));
        found
    }

    /// The most frequent entries over the years: for every 10,000 characters, and absolute.
    pub(crate) fn charts(&self) -> Charts {
        let breakdown = Breakdown::new(&self.tally.documents, Counted::year);
        let with_documents: Vec<u16> = breakdown.keys().iter().copied().flatten().collect();
        // Without a dated document there is no axis.
        let (Some(first), Some(last)) = (with_documents.first(), with_documents.last()) else {
            return Charts::default();
        };
        // Years without documents have their place on the axis, and a gap in the lines.
        let years: Vec<u16> = (*first..=*last).collect();
        let places: Vec<String> = years.iter().map(u16::to_string).collect();
        let mut shown = self.most_frequent();
        let n_found = shown.len();
        shown.truncate(MAX_LINES);
        let subtitle = scope(self, &years);
        let chart = |title: &'static str, value: &dyn Fn(u64, u64) -> f64| {
            let lines: Vec<Line> = shown
                .iter()
                .map(|entry| line(entry, &breakdown, &years, value))
                .collect();
            svg(&Chart {
                title: self.lang.text(title),
                subtitle: &subtitle,
                places: &places,
                lines: &lines,
            })
        };
        let cut = (n_found > MAX_LINES)
            .then(|| say!(self.lang, "chart-cut", n = n_found, shown = MAX_LINES));
        Charts {
            drawn: vec![
                chart("report-chart-rates", &per_10k),
                chart("report-chart-counts", &|n, _| n as f64),
            ],
            cut,
        }
    }
}

/// The line of an entry: of each year what `value` makes of its occurrences and characters, nothing without documents.
fn line(
    entry: &EntryTally,
    breakdown: &Breakdown<Option<u16>>,
    years: &[u16],
    value: &dyn Fn(u64, u64) -> f64,
) -> Line {
    let counts = breakdown.occurrences(entry);
    let values = years.iter().map(|year| {
        let at = breakdown.keys().binary_search(&Some(*year)).ok()?;
        Some(value(counts[at], breakdown.extents()[at].characters))
    });
    Line {
        name: label(entry),
        values: values.collect(),
    }
}

fn documents_by_year(told: &Told) -> BTreeSet<u16> {
    let documents = told.tally.documents.iter();
    documents.filter_map(Counted::year).collect()
}

/// Of which collections, under which filter, from when to when.
fn scope(told: &Told, years: &[u16]) -> String {
    let documents = told.tally.documents.iter();
    let names: BTreeSet<&str> = documents
        .map(|document| document.collection.as_str())
        .collect();
    let names: Vec<&str> = names.into_iter().collect();
    let mut parts = vec![names.join(&say!(told.lang, "trend-list"))];
    // A chart is copied out of its page, so that it names its filter itself.
    if !told.filter.is_empty() {
        parts.push(described(told.filter, told.lang));
    }
    if let [first, .., last] = years {
        parts.push(format!("{first}–{last}"));
    }
    let years_with = documents_by_year(told);
    // Grey bands are explained only where there are any.
    if years.iter().any(|year| !years_with.contains(year)) {
        parts.push(told.lang.text("chart-grey").to_owned());
    }
    parts.join(" · ")
}
