//! A report as one HTML page: no file beside it, no script needed to read it, charts as SVG in it.

use xunzhang::report::breakdown::Breakdown;
use xunzhang::report::tally::{Counted, per_10k};

use super::tables::{Told, label};
use crate::cli::output::chart::{Chart, Line, MAX_LINES, svg};
use crate::cli::output::page::{SCRIPT, STYLE, escaped, foot, has_room, head, shown, write_table};
use crate::cli::output::table::{Layout, Table};

/// Lines of the table about the report that its head shows: what was counted.
const FACTS: usize = 10;

/// The page.
pub(super) fn page(told: &Told) -> String {
    let lang = told.lang;
    let title = lang.text("report-title");
    let tables = told.tables();
    let mut out = head(title, lang, STYLE);
    out.push_str(&format!("<h1>{title}</h1>\n"));
    out.push_str("<div class=\"facts\">\n");
    for row in told.about().rows().take(FACTS) {
        let cells: Vec<String> = row.iter().map(shown).collect();
        out.push_str(&format!("<p class=\"about\">{}</p>\n", cells.join("：")));
    }
    out.push_str("</div>\n");
    let shown: Vec<&Table> = tables.iter().filter(|table| has_room(table)).collect();
    out.push_str("<nav>");
    for table in &shown {
        out.push_str(&format!(
            "<a href=\"#{}\">{}</a>",
            table.key,
            escaped(&table.name)
        ));
    }
    out.push_str("</nav>\n");
    for table in shown {
        out.push_str(&format!(
            "<h2 id=\"{}\">{}</h2>\n",
            table.key,
            escaped(&table.name)
        ));
        if table.layout == Layout::Years {
            out.push_str(&charts(told));
        }
        write_table(table, lang, &mut out);
    }
    out.push_str(&foot(Some(SCRIPT)));
    out
}

/// The most frequent entries over the years: absolute, and for every 10,000 characters.
fn charts(told: &Told) -> String {
    let tally = told.tally;
    let breakdown = Breakdown::new(&tally.documents, Counted::year);
    let years: Vec<u16> = breakdown.keys().iter().copied().flatten().collect();
    let (Some(first), Some(last)) = (years.first(), years.last()) else {
        return String::new();
    };
    let years: Vec<u16> = (*first..=*last).collect();
    let places: Vec<String> = years.iter().map(u16::to_string).collect();
    let mut shown: Vec<_> = tally
        .entries
        .iter()
        .filter(|entry| entry.occurrences > 0)
        .collect();
    shown.sort_by_key(|entry| std::cmp::Reverse(entry.occurrences));
    shown.truncate(MAX_LINES);
    let lines = |value: &dyn Fn(u64, u64) -> f64| -> Vec<Line> {
        let lines = shown.iter().map(|entry| {
            let counts = breakdown.occurrences(entry);
            let values = years.iter().map(|year| {
                let at = breakdown.keys().binary_search(&Some(*year)).ok()?;
                Some(value(counts[at], breakdown.extents()[at].characters))
            });
            Line {
                name: label(entry),
                values: values.collect(),
            }
        });
        lines.collect()
    };
    let absolute = lines(&|n, _| n as f64);
    let relative = lines(&per_10k);
    let titles = [
        told.lang.text("report-chart-counts"),
        told.lang.text("report-chart-rates"),
    ];
    let charts = titles
        .into_iter()
        .zip([absolute, relative])
        .map(|(title, lines)| {
            svg(&Chart {
                title,
                subtitle: "",
                places: &places,
                lines: &lines,
            })
        });
    charts.collect::<Vec<_>>().join("\n")
}
