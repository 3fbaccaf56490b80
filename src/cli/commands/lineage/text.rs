//! A lineage as a person reads it in a terminal.

use std::fmt::Write;

use super::render::{Branch, LineageReport};
use crate::cli::output::columns::{self, Side, grouped, of_table};
use crate::cli::output::table::Table;
use crate::cli::paint::Ink;
use crate::cli::session::Session;
use crate::cli::terminal::{printable, wrapped};
use crate::cli::wording::{marked, percent};

/// Rows of a table of who took the wording up; files have all.
const MOST_ROWS: usize = 12;

/// The answer, the tree of forms, who took the wording up, and the rules.
pub(super) fn print(report: &LineageReport, session: &Session) -> Result<String, std::fmt::Error> {
    let mut out = String::new();
    let paint = session.paint;
    let title = printable(&report.lineage.wording);
    writeln!(out, "{}", paint.ink(Ink::Title, &title))?;
    for line in report.answer() {
        write_wrapped(&mut out, &line, Ink::Text, session)?;
    }
    print_tree(&mut out, report, session)?;
    if report.lineage.occurrences > 0 {
        for table in report.spread_tables() {
            print_table(&mut out, &table, session)?;
        }
    }
    writeln!(out)?;
    for note in [report.scope()].into_iter().chain(report.method()) {
        write_wrapped(&mut out, &note, Ink::Faint, session)?;
    }
    Ok(out)
}

fn write_wrapped(out: &mut String, text: &str, ink: Ink, session: &Session) -> std::fmt::Result {
    for line in wrapped(text, session.width) {
        writeln!(out, "{}", session.paint.ink(ink, &line))?;
    }
    Ok(())
}

/// A line for each form: dates and numbers in columns, then the form below the one that it goes back to, with what changed.
fn print_tree(out: &mut String, report: &LineageReport, session: &Session) -> std::fmt::Result {
    let branches = report.branches();
    if branches.is_empty() {
        return Ok(());
    }
    let lang = session.lang;
    let paint = session.paint;
    let keys = [
        "table-first",
        "table-last",
        "table-occurrences",
        "table-documents",
        "lineage-similarity",
    ];
    let mut rows = vec![keys.map(|key| lang.text(key).to_owned())];
    rows.extend(branches.iter().map(|Branch { form, .. }| {
        let date = |date: Option<xunzhang::document::Date>| {
            date.map_or_else(|| "–".to_owned(), |date| date.to_string())
        };
        [
            date(form.first),
            date(form.last),
            grouped(form.occurrences),
            grouped(form.documents),
            percent(form.similarity),
        ]
    }));
    let sides = [
        Side::Left,
        Side::Left,
        Side::Right,
        Side::Right,
        Side::Right,
    ];
    let mut numbers = columns::lines(sides, &rows).into_iter();
    let head = numbers.next().unwrap_or_default();
    let head = format!("{head}  {}", lang.text("lineage-form"));
    writeln!(out, "\n{}", paint.ink(Ink::Title, &head))?;
    for (numbers, branch) in numbers.zip(&branches) {
        let shape = branch_lines(&branch.follows);
        let text = match &branch.form.parent {
            Some(edge) => {
                let segments = marked(&edge.diff, paint);
                let segments = segments.iter().map(|(ink, text)| paint.ink(*ink, text));
                segments.collect::<String>()
            }
            None => printable(&branch.form.text),
        };
        let text = match branch.form.is_wording {
            true => format!("{text} {}", paint.ink(Ink::Hit, "◆")),
            false => text,
        };
        writeln!(out, "{numbers}  {}{text}", paint.ink(Ink::Faint, &shape))?;
    }
    Ok(())
}

/// The lines before a form: `│  └─ `; none before a root.
fn branch_lines(follows: &[bool]) -> String {
    let Some((&last, above)) = follows.get(1..).and_then(<[bool]>::split_last) else {
        return String::new();
    };
    let above = above.iter().map(|more| if *more { "│  " } else { "   " });
    let own = if last { "├─ " } else { "└─ " };
    above.chain([own]).collect()
}

fn print_table(out: &mut String, table: &Table<'_>, session: &Session) -> std::fmt::Result {
    let columns: Vec<usize> = (0..table.header.len()).collect();
    let lines = of_table(table, &columns, session.table_width(), session.paint);
    writeln!(out)?;
    // The first line is the header.
    for line in lines.iter().take(MOST_ROWS + 1) {
        writeln!(out, "{line}")?;
    }
    let left = table.n_rows().saturating_sub(MOST_ROWS);
    if left > 0 {
        let more = crate::cli::messages::say!(session.lang, "lineage-more-rows", n = left);
        writeln!(out, "{}", session.paint.ink(Ink::Faint, &more))?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_root_has_no_line_and_the_last_child_a_corner() {
        for (follows, expected) in [
            (&[true][..], ""),
            (&[false], ""),
            (&[false, true], "├─ "),
            (&[true, false], "└─ "),
            (&[false, true, false], "│  └─ "),
            (&[false, false, true], "   ├─ "),
        ] {
            assert_eq!(branch_lines(follows), expected, "{follows:?}");
        }
    }
}
