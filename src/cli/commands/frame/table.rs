//! Fillers as rows for a spreadsheet.

use clap::ValueEnum;
use xunzhang::precedent::{Frame, Row};

use crate::cli::messages::Lang;
use crate::cli::output::table::{Cell, Layout, Table};
use crate::cli::wording::path;

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum By {
    Year,
}

/// The years of a table's rows in order; empty if they are not asked for.
pub(super) fn years(rows: &[Row], by: Option<By>) -> Vec<String> {
    let mut years: Vec<String> = rows
        .iter()
        .flat_map(|row| row.years.keys().cloned())
        .collect();
    years.sort();
    years.dedup();
    if by.is_some() { years } else { Vec::new() }
}

/// Columns after the fillers and before the years.
// Never translated: scripts select columns by these names, in CSV as in a workbook.
const COLUMNS: [&str; 10] = [
    "occurrences",
    "documents",
    "first",
    "last",
    "example",
    "document",
    "title",
    "date",
    "section",
    "line",
];

/// A table for the tuples, and with several slots one for each.
pub(super) fn tables(frame: &Frame, by: Option<By>, lang: Lang) -> Vec<Table<'static>> {
    let slots = (1..).zip(&frame.slots).map(|(ord, rows)| {
        let name = format!("{} {ord}", lang.text("frame-slot-column"));
        table("slot", &name, rows, by)
    });
    let fillers = table("fillers", lang.text("frame-fillers"), &frame.rows, by);
    std::iter::once(fillers).chain(slots).collect()
}

fn table(key: &'static str, name: &str, rows: &[Row], by: Option<By>) -> Table<'static> {
    // A table without rows has a header all the same.
    let n_slots = rows.first().map_or(1, |row| row.fillers.len());
    let years = years(rows, by);
    let layout = Layout::Lines {
        // The fillers stay in sight when the sheet is scrolled to the years.
        names: n_slots as u16,
    };
    let cells = rows.iter().map(|row| cells(row, &years)).collect();
    Table::new(key, name, layout, names(n_slots, &years)).with(cells)
}

fn names(n_slots: usize, years: &[String]) -> Vec<String> {
    let fillers = (1..=n_slots).map(|slot| {
        if n_slots == 1 {
            "filler".to_owned()
        } else {
            format!("filler {slot}")
        }
    });
    let fixed = COLUMNS.iter().map(|name| (*name).to_owned());
    fillers.chain(fixed).chain(years.iter().cloned()).collect()
}

/// A row: the fillers, the cells of [`COLUMNS`], the occurrences of each year.
fn cells(row: &Row, years: &[String]) -> Vec<Cell> {
    // As text: a spreadsheet would print the number as 2,005.
    let year = |year: Option<u16>| year.map_or(Cell::Empty, |year| Cell::Text(year.to_string()));
    let source = &row.example.source;
    let mut out: Vec<Cell> = row
        .fillers
        .iter()
        .map(|filler| Cell::text(filler))
        .collect();
    out.extend([
        Cell::Count(row.occurrences),
        Cell::Count(row.documents),
        year(row.first),
        year(row.last),
        Cell::text(&row.example.text),
        Cell::text(&source.document.id),
        Cell::text(&source.document.title),
        Cell::date(source.document.date),
        Cell::text(&path(source)),
        Cell::Count(source.passage.line.into()),
    ]);
    // Each of these years has some occurrence of the pattern, so that a zero is a finding.
    let of_year = |year| Cell::Count(row.years.get(year).copied().unwrap_or(0));
    out.extend(years.iter().map(of_year));
    out
}
