//! Fillers as rows for a spreadsheet.

use crate::cli::output::csv::inert;
use crate::cli::output::workbook::{cut, empty};
use clap::ValueEnum;
use rust_xlsxwriter::{Worksheet, XlsxError};
use xunzhang::precedent::{Frame, Row};

use crate::cli::commands::check::header;
use crate::cli::messages::Lang;
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

/// The main table as CSV: fillers, counts, example, and the years that were asked for.
pub(super) fn csv(frame: &Frame, by: Option<By>) -> anyhow::Result<Vec<u8>> {
    let n_slots = frame.rows.first().map_or(1, |row| row.fillers.len());
    let years = years(&frame.rows, by);
    let mut writer = csv::Writer::from_writer(Vec::new());
    let guarded = |cells: Vec<String>| cells.into_iter().map(|cell| inert(&cell));
    writer.write_record(guarded(names(n_slots, &years)).collect::<Vec<_>>())?;
    for row in &frame.rows {
        writer.write_record(guarded(cells(row, &years)).collect::<Vec<_>>())?;
    }
    Ok(writer.into_inner()?)
}

/// A sheet for the tuples, and with several slots one for each.
pub(super) fn workbook(frame: &Frame, by: Option<By>, lang: Lang) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = empty()?;
    let sheet = workbook
        .add_worksheet()
        .set_name(lang.text("frame-fillers"))?;
    write_rows(sheet, &frame.rows, by)?;
    for (ord, rows) in (1..).zip(&frame.slots) {
        let name = format!("{} {ord}", lang.text("frame-slot-column"));
        write_rows(workbook.add_worksheet().set_name(name)?, rows, by)?;
    }
    workbook.save_to_buffer()
}

fn write_rows(sheet: &mut Worksheet, rows: &[Row], by: Option<By>) -> Result<(), XlsxError> {
    let n_slots = rows.first().map_or(1, |row| row.fillers.len());
    let years = years(rows, by);
    let names = names(n_slots, &years);
    let width = |ord: usize| match ord {
        ord if ord < n_slots => 28.0,
        ord if (n_slots + 4..n_slots + 7).contains(&ord) => 40.0,
        _ => 11.0,
    };
    let columns: Vec<(&str, f64)> = names
        .iter()
        .enumerate()
        .map(|(ord, name)| (name.as_str(), width(ord)))
        .collect();
    header(sheet, 0, &columns)?;
    let texts = n_slots + 4..n_slots + 9;
    for (number, row) in (1..).zip(rows) {
        for (column, text) in cells(row, &years).into_iter().enumerate() {
            let is_text = column < n_slots || texts.contains(&column);
            match text.parse::<f64>().ok().filter(|_| !is_text) {
                Some(value) => sheet.write_number(number, column as u16, value)?,
                None => sheet.write_string(number, column as u16, cut(&text))?,
            };
        }
    }
    Ok(())
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

fn cells(row: &Row, years: &[String]) -> Vec<String> {
    let year = |year: Option<u16>| year.map(|year| year.to_string()).unwrap_or_default();
    let source = &row.example.source;
    let mut out = row.fillers.clone();
    out.extend([
        row.occurrences.to_string(),
        row.documents.to_string(),
        year(row.first),
        year(row.last),
        row.example.text.clone(),
        source.document.id.clone(),
        source.document.title.clone(),
        source
            .document
            .date
            .map(|date| date.to_string())
            .unwrap_or_default(),
        path(source),
        source.passage.line.to_string(),
    ]);
    out.extend(
        years
            .iter()
            .map(|year| row.years.get(year).copied().unwrap_or(0).to_string()),
    );
    out
}
