//! A report as one HTML page: no file beside it, no script needed to read it, charts as SVG in it.

use super::breakdown::Breakdown;
use super::chart::{Chart, Line, MAX_LINES, svg};
use super::table::{Cell, Language, Sheet, Table};
use super::tables::{BEFORE, Told, label};
use super::tally::{Counted, per_10k};
use crate::text::printable::is_steering;

/// Maximum number of lines of a table; larger tables belong in a workbook.
const MAX_ROWS: usize = 2_000;
/// Maximum number of columns of a table with one for each entry.
const MAX_COLUMNS: usize = 30;

/// Lines of the table about the report that its head shows: what was counted.
const FACTS: usize = 10;
/// Longest text that is kept on one line.
const SHORT: usize = 14;
/// Columns of a table that must be small to be printed.
const MANY: usize = 16;

pub(super) const STYLE: &str = include_str!("page_style.html");
/// Sorts a table by the column whose head is clicked.
const SCRIPT: &str = include_str!("page.js");

/// The page.
pub fn page(told: &Told) -> String {
    let language = told.language;
    let title = language.pick("关键词报告", "Keyword report");
    let tables = told.tables();
    let mut out = head(title, language, STYLE);
    out.push_str(&format!("<h1>{title}</h1>\n"));
    out.push_str("<div class=\"facts\">\n");
    for row in told.about().rows().take(FACTS) {
        let cells: Vec<String> = row.iter().map(shown).collect();
        out.push_str(&format!("<p class=\"about\">{}</p>\n", cells.join("：")));
    }
    out.push_str("</div>\n");
    let shown: Vec<&Table> = tables.iter().filter(|table| is_shown(table)).collect();
    out.push_str("<nav>");
    for table in &shown {
        out.push_str(&format!(
            "<a href=\"#{:?}\">{}</a>",
            table.sheet,
            table.sheet.name(language)
        ));
    }
    out.push_str("</nav>\n");
    for table in shown {
        out.push_str(&format!(
            "<h2 id=\"{:?}\">{}</h2>\n",
            table.sheet,
            table.sheet.name(language)
        ));
        if table.sheet == Sheet::ByYear {
            out.push_str(&charts(told));
        }
        write(table, language, &mut out);
    }
    out.push_str(&foot(Some(SCRIPT)));
    out
}

/// What a page may load or run: nothing from anywhere, and of scripts only ours, by their hashes (CSP Level 3), so that
/// a page shows the same in ten years, makes no network request, and runs nothing that a document brought along.
///
/// `the_policy_names_our_scripts` in `tests/it/printed.rs` fails when a script changes, and prints its new hash.
pub const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; \
     script-src 'sha256-dASpdezVChjUtmnLJSTJIZJ3G8UgHUY/kChLhAV0FTo=' \
     'sha256-qymLdIWrTlvHTEFdPv9ppPXH4L+aclbd3VJpDL+TNB0='; base-uri 'none'; form-action 'none'";

/// A page up to its body; `style` is HTML: style elements.
pub fn head(title: &str, language: Language, style: &str) -> String {
    let code = language.pick("zh-CN", "en");
    let title = escaped(title);
    format!(
        "<!DOCTYPE html>\n<html lang=\"{code}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"{POLICY}\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <title>{title}</title>\n{style}</head>\n<body>\n"
    )
}

/// The end of a page: a script, if any, and the closing tags.
pub fn foot(script: Option<&str>) -> String {
    let script = script.map(|script| format!("<script>{}</script>\n", script.trim()));
    format!("{}</body>\n</html>\n", script.unwrap_or_default())
}

fn is_shown(table: &Table) -> bool {
    let is_matrix = matches!(table.sheet, Sheet::ByDocument | Sheet::Together);
    let is_too_wide = is_matrix && table.header.len() > MAX_COLUMNS;
    table.n_rows() > 0 && !is_too_wide
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
        told.language.pick("历年次数", "Occurrences by year"),
        told.language
            .pick("历年每万字次数", "Per 10,000 characters of the year"),
    ];
    let charts = titles
        .into_iter()
        .zip([absolute, relative])
        .map(|(title, lines)| {
            svg(&Chart {
                title,
                places: &places,
                lines: &lines,
            })
        });
    charts.collect::<Vec<_>>().join("\n")
}

fn write(table: &Table, language: Language, out: &mut String) {
    let is_excerpts = table.sheet == Sheet::Excerpts;
    let many = if !is_excerpts && table.header.len() > MANY {
        " many"
    } else {
        ""
    };
    out.push_str(&format!(
        "<div class=\"wide\"><table class=\"sortable{many}\">\n<thead><tr>"
    ));
    for (ord, name) in table.header.iter().enumerate() {
        let name = match ord {
            BEFORE if is_excerpts => language.pick("语境", "In context"),
            _ if is_excerpts && (BEFORE + 1..BEFORE + 3).contains(&ord) => continue,
            _ => name,
        };
        out.push_str(&format!("<th>{}</th>", escaped(name)));
    }
    out.push_str("</tr></thead>\n<tbody>\n");
    for row in table.rows().take(MAX_ROWS) {
        out.push_str("<tr>");
        let mut cells = row.iter().enumerate();
        while let Some((ord, cell)) = cells.next() {
            if is_excerpts && ord == BEFORE {
                let hit = cells
                    .next()
                    .map(|(_, cell)| escaped(&cell.plain()))
                    .unwrap_or_default();
                let after = cells
                    .next()
                    .map(|(_, cell)| escaped(&cell.plain()))
                    .unwrap_or_default();
                out.push_str(&format!(
                    "<td class=\"c\">{}<mark>{hit}</mark>{after}</td>",
                    escaped(&cell.plain())
                ));
            } else {
                write_cell(cell, out);
            }
        }
        out.push_str("</tr>\n");
    }
    out.push_str("</tbody></table></div>\n");
    let n = table.n_rows();
    if n > MAX_ROWS {
        out.push_str(&match language {
            Language::Zh => format!("<p class=\"about\">共 {n} 行，只显示前 {MAX_ROWS} 行，全部见工作簿或 JSON。</p>\n"),
            Language::En => format!("<p class=\"about\">{n} lines, the first {MAX_ROWS} of them shown; all of them are in the workbook and in JSON.</p>\n"),
        });
    }
}

fn write_cell(cell: &Cell, out: &mut String) {
    let text = shown(cell);
    out.push_str(&match cell {
        Cell::Count(value) => format!("<td class=\"n\" data-v=\"{value}\">{text}</td>"),
        Cell::Rate(value) | Cell::Share(value) => {
            format!("<td class=\"n\" data-v=\"{value}\">{text}</td>")
        }
        Cell::Text(value) if value.chars().nth(SHORT).is_some() => {
            format!("<td class=\"t\">{text}</td>")
        }
        Cell::Empty | Cell::Text(_) | Cell::Date(_) => format!("<td>{text}</td>"),
    });
}

/// The cell as the page shows it, counts in groups of three digits.
fn shown(cell: &Cell) -> String {
    let plain = cell.plain();
    if !matches!(cell, Cell::Count(_)) {
        return escaped(&plain);
    }
    let mut out = String::new();
    for (ord, digit) in plain.chars().enumerate() {
        if ord > 0 && (plain.len() - ord).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// Text that means nothing to HTML, and steers nothing that shows it; line feeds stay.
pub fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for ch in text.chars() {
        match ch {
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '&' => out.push_str("&amp;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            '\n' => out.push(ch),
            ch if is_steering(ch) => out.push(' '),
            ch => out.push(ch),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_means_something_in_html_is_escaped() {
        assert_eq!(
            escaped("<a href=\"x\">'&\u{7}\u{9b}\u{202e}"),
            "&lt;a href=&quot;x&quot;&gt;&#39;&amp;   "
        );
        let head = head("<题>", Language::Zh, "");
        assert!(head.contains("<title>&lt;题&gt;</title>"), "{head}");
    }
}
