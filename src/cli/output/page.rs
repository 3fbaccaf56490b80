//! Pages in HTML, each one file: what every page begins and ends with, and tables.

use quick_xml::escape::escape;
use xunzhang::text::printable::is_steering;

use super::columns::grouped;
use super::table::{Cell, Table};
use crate::cli::messages::{Lang, say};

/// Maximum number of lines of a table; larger tables belong in a workbook.
const MAX_ROWS: usize = 2_000;
/// Maximum number of columns of a table with one for each entry.
const MAX_COLUMNS: usize = 30;

/// Longest text that is kept on one line.
// Dates, numbers and short names; longer text is broken, so that a column of it does not push the others out of sight.
const SHORT: usize = 14;
/// Columns of a table that must be small to be printed.
const MANY: usize = 16;

pub(crate) const STYLE: &str = include_str!("page_style.html");
/// Sorts a table by the column whose head is clicked.
pub(crate) const SCRIPT: &str = include_str!("page.js");

/// What a page may load or run: nothing from anywhere, and of scripts only ours, by their hashes (CSP Level 3), so that
/// a page shows the same in ten years, makes no network request, and runs nothing that a document brought along.
///
/// `the_policy_names_our_scripts` in `tests/it/printed.rs` fails when a script changes, and prints its new hash.
// Styles are inline because a page is one file; they run nothing. `base-uri` and `form-action` are closed by name, since
// they do not fall back on `default-src` (CSP Level 3, 6.3.1 and 6.4.1).
pub(crate) const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; \
     script-src 'sha256-dASpdezVChjUtmnLJSTJIZJ3G8UgHUY/kChLhAV0FTo=' \
     'sha256-qymLdIWrTlvHTEFdPv9ppPXH4L+aclbd3VJpDL+TNB0='; base-uri 'none'; form-action 'none'";

/// A page up to its body; `style` is HTML: style elements.
pub(crate) fn head(title: &str, lang: Lang, style: &str) -> String {
    let code = match lang {
        // Browsers choose glyphs by the language: without it Han characters may be shown in their Japanese form.
        Lang::Zh => "zh-CN",
        Lang::En => "en",
    };
    let title = escaped(title);
    // A policy in a page holds for what comes after it (CSP Level 3, 3.3), so that it comes before styles and scripts.
    format!(
        "<!DOCTYPE html>\n<html lang=\"{code}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"{POLICY}\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <title>{title}</title>\n{style}</head>\n<body>\n"
    )
}

/// The end of a page: a script, if any, and the closing tags.
pub(crate) fn foot(script: Option<&str>) -> String {
    // Trimmed, as its hash in the policy has it: with one line feed more a browser would not run it.
    let script = script.map(|script| format!("<script>{}</script>\n", script.trim()));
    format!("{}</body>\n</html>\n", script.unwrap_or_default())
}

/// Adds a table, sortable by the script; a long one is cut, and one with too many columns left out, which a line says. Hits
/// come first in their context, so that they are in sight on any screen.
pub(crate) fn write_table(table: &Table, lang: Lang, out: &mut String) {
    write_rows(table, MAX_ROWS, lang, out);
}

/// A page of one table with lines about it, all rows of it.
pub(crate) fn page_of(table: &Table, facts: &[String], lang: Lang) -> String {
    let mut out = head(&table.name, lang, STYLE);
    out.push_str(&format!("<h1>{}</h1>\n", escaped(&table.name)));
    for fact in facts {
        out.push_str(&format!("<p class=\"about\">{}</p>\n", escaped(fact)));
    }
    write_rows(table, usize::MAX, lang, &mut out);
    out.push_str(&foot(Some(SCRIPT)));
    out
}

fn write_rows(table: &Table, most: usize, lang: Lang, out: &mut String) {
    let about = |text: &str| format!("<p class=\"about\">{}</p>\n", escaped(text));
    // A column for each of 300 words can't be read on a page: the table is named, and is in the workbook.
    if table.layout.is_wide() && table.header.len() > MAX_COLUMNS {
        let (columns, most, name) = (table.header.len(), MAX_COLUMNS, &table.name);
        out.push_str(&about(&say!(lang, "table-left-out", columns, most, name)));
        return;
    }
    let columns = columns(table, most);
    write_header(table, &columns, lang, out);
    for row in table.rows().take(most) {
        out.push_str("<tr>");
        write_row(&row, table, &columns, out);
        out.push_str("</tr>\n");
    }
    out.push_str("</tbody></table></div>\n");
    let (rows, shown) = (table.n_rows(), most);
    if rows > most {
        out.push_str(&about(&say!(lang, "table-cut-rows", rows, shown)));
    }
}

/// What a table begins with, up to its first row.
fn write_header(table: &Table, columns: &[usize], lang: Lang, out: &mut String) {
    let left = table.layout.left();
    let class = match left {
        Some(_) => " hits",
        None if table.header.len() > MANY => " many",
        None => "",
    };
    out.push_str(&format!(
        "<div class=\"wide\"><table class=\"sortable{class}\">\n<thead><tr>"
    ));
    let context = left.map(|_| lang.text("column-context"));
    let names = columns.iter().map(|&ord| table.header[ord].as_str());
    for name in context.into_iter().chain(names) {
        out.push_str(&format!("<th>{}</th>", escaped(name)));
    }
    out.push_str("</tr></thead>\n<tbody>\n");
}

/// The cells of a row; a hit and its contexts are one.
fn write_row(row: &[Cell], table: &Table, columns: &[usize], out: &mut String) {
    let left = table.layout.left();
    if let Some(left) = left {
        let [before, hit, after] = [0, 1, 2].map(|ord| escaped(&row[left + ord].plain()));
        out.push_str(&format!(
            "<td class=\"c\">{before}<mark>{hit}</mark>{after}</td>"
        ));
    }
    for &ord in columns {
        // Where the lines of hits are cards, their numbers need their names.
        let name = left.map(|_| table.header[ord].as_str());
        write_cell(&row[ord], name, out);
    }
}

/// The columns that are shown: of hits neither their context, which is one cell, nor what is empty in all lines.
fn columns(table: &Table, most: usize) -> Vec<usize> {
    let all = 0..table.header.len();
    let Some(left) = table.layout.left() else {
        return all.collect();
    };
    let mut is_filled = vec![false; table.header.len()];
    for row in table.rows().take(most) {
        let seen = is_filled.iter_mut().zip(row.iter());
        seen.for_each(|(filled, cell)| *filled |= *cell != Cell::Empty);
    }
    let is_context = |ord: usize| (left..left + 3).contains(&ord);
    all.filter(|&ord| is_filled[ord] && !is_context(ord))
        .collect()
}

fn write_cell(cell: &Cell, name: Option<&str>, out: &mut String) {
    let text = shown(cell);
    if let Some(name) = name.map(escaped) {
        let class = match cell {
            Cell::Count(_) => " class=\"n\"",
            Cell::Date(_) => " class=\"d\"",
            Cell::Text(value) if value.chars().nth(SHORT).is_some() => " class=\"t\"",
            _ => "",
        };
        out.push_str(&format!("<td{class} data-k=\"{name}\">{text}</td>"));
        return;
    }
    out.push_str(&match cell {
        // The script sorts by the number itself, which the cell shows with separators or rounded.
        Cell::Count(value) => format!("<td class=\"n\" data-v=\"{value}\">{text}</td>"),
        Cell::Rate(value) | Cell::Share(value) => {
            format!("<td class=\"n\" data-v=\"{value}\">{text}</td>")
        }
        Cell::Text(value) if value.chars().nth(SHORT).is_some() => {
            format!("<td class=\"t\">{text}</td>")
        }
        Cell::Gap => format!("<td class=\"g\">{text}</td>"),
        Cell::Empty | Cell::Text(_) | Cell::Date(_) => format!("<td>{text}</td>"),
    });
}

/// The cell as the page shows it, counts in groups of three digits.
pub(crate) fn shown(cell: &Cell) -> String {
    match cell {
        Cell::Count(count) => grouped(*count),
        Cell::Gap => "–".to_owned(),
        other => escaped(&other.plain()),
    }
}

/// Text that means nothing to HTML, and steers nothing that shows it; line feeds stay.
pub(crate) fn escaped(text: &str) -> String {
    let steers = |ch: char| ch != '\n' && is_steering(ch);
    escape(text.replace(steers, " ")).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_means_something_in_html_is_escaped() {
        assert_eq!(
            escaped("<a href=\"x\">'&\u{7}\u{9b}\u{202e}"),
            "&lt;a href=&quot;x&quot;&gt;&apos;&amp;   "
        );
        let head = head("<题>", Lang::Zh, "");
        assert!(head.contains("<title>&lt;题&gt;</title>"), "{head}");
    }
}
