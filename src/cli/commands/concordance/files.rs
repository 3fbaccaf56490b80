//! A concordance as a table for spreadsheets, a page and a Word document.

use std::cell::RefCell;

use super::shown::{LineInSection, Shown, totals};
use crate::cli::messages::{Lang, say};
use crate::cli::output::document::{self, Quotation};
use crate::cli::output::page::page_of;
use crate::cli::output::table::{Cell, Layout, Table};
use crate::cli::output::workbook;
use crate::cli::wording::{section_path, source_line};

/// Columns of the table of lines: the hit in its context, then what cites it, then what it can be sorted and filtered by.
const COLUMNS: [&str; 11] = [
    "table-left",
    "table-hit",
    "table-right",
    "table-date",
    "table-title",
    "table-section",
    "table-place",
    "table-issuer",
    "table-kind",
    "table-collection",
    "table-document",
];
/// Columns that are printed: up to the place, which has the document's id in it.
const PRINTED: u16 = 7;

/// Hands the table of lines over; it reads each line when it is written.
///
/// # Errors
/// Those of `write`, and of the index.
pub(super) fn with_table<T>(
    shown: &Shown<'_>,
    lang: Lang,
    write: impl FnOnce(&Table<'_>) -> anyhow::Result<T>,
) -> anyhow::Result<T> {
    // Rows have no way to return an error: they end at it, and it is reported once the table lets go of them.
    let failed = RefCell::new(None);
    let header = COLUMNS.map(|key| lang.text(key).to_owned()).to_vec();
    let name = lang.text("concordance-sheet");
    let table = Table::new("lines", name, Layout::Kwic { printed: PRINTED }, header);
    let table = table.with_made(shown.n, || {
        let rows = shown.lines_in_sections().map_while(|line| match line {
            Ok(line) => Some(row(line)),
            Err(error) => {
                failed.borrow_mut().get_or_insert(error);
                None
            }
        });
        Box::new(rows)
    });
    let written = write(&table)?;
    // The table borrows `failed` until here.
    drop(table);
    match failed.into_inner() {
        Some(error) => Err(error.into()),
        None => Ok(written),
    }
}

fn row((line, section): LineInSection) -> Vec<Cell> {
    let document = &line.document;
    vec![
        Cell::text(&line.left),
        Cell::text(&line.hit),
        Cell::text(&line.right),
        Cell::date(document.date),
        Cell::text(&document.title),
        Cell::text(&section_path(&section)),
        Cell::text(&line.place),
        Cell::optional(document.issuer.as_deref()),
        Cell::optional(document.kind.as_deref()),
        Cell::text(&document.collection),
        Cell::text(&document.id),
    ]
}

/// The frequency list as a table.
fn groups<'t>(shown: &Shown<'_>, lang: Lang) -> Table<'t> {
    let header = ["concordance-group", "table-occurrences", "table-documents"];
    let header = header.map(|key| lang.text(key).to_owned()).to_vec();
    let groups = shown.concordance.groups.iter();
    let rows = groups.map(|group| {
        vec![
            Cell::text(group.key.as_deref().unwrap_or(lang.text("value-missing"))),
            Cell::Count(group.occurrences),
            Cell::Count(group.documents),
        ]
    });
    let name = lang.text("concordance-groups");
    Table::new("groups", name, Layout::Lines { names: 1 }, header).with(rows.collect())
}

/// Sheets of the lines, and of the frequency list if there is one.
pub(super) fn workbook(shown: &Shown<'_>, lang: Lang) -> anyhow::Result<Vec<u8>> {
    with_table(shown, lang, |lines| {
        // The frequency list is the first sheet, on which a spreadsheet opens the workbook.
        let groups = (!shown.concordance.groups.is_empty()).then(|| groups(shown, lang));
        let tables = groups.iter().chain([lines]);
        Ok(workbook::workbook(tables, lang)?)
    })
}

/// A page of all lines.
pub(super) fn page(shown: &Shown<'_>, lang: Lang) -> anyhow::Result<String> {
    let mut facts = vec![heading(shown, lang), totals(shown, lang)];
    for group in &shown.concordance.groups {
        let key = group.key.as_deref().unwrap_or(lang.text("value-missing"));
        let places = say!(lang, "n-occurrences", n = group.occurrences);
        facts.push(format!("{key}　{places}"));
    }
    with_table(shown, lang, |table| Ok(page_of(table, &facts, lang)))
}

/// A document of quotations.
pub(super) fn document(shown: &Shown<'_>, lang: Lang) -> anyhow::Result<Vec<u8>> {
    let quotations = shown.lines_in_sections().map(|line| {
        let (line, section) = line?;
        Ok(Quotation {
            source: source_line(&line.document, &section, &line.place),
            parts: vec![(false, line.left), (true, line.hit), (false, line.right)],
        })
    });
    // All lines are read before the document is made, so that an error of the index leaves no half of one.
    let quotations: Vec<Quotation> = quotations.collect::<xunzhang::search::Result<_>>()?;
    let facts = [totals(shown, lang)];
    Ok(document::document(
        &heading(shown, lang),
        &facts,
        quotations,
    )?)
}

fn heading(shown: &Shown<'_>, lang: Lang) -> String {
    say!(lang, "concordance-title", query = shown.query)
}
