//! Fillers of a pattern in a terminal: a table for the whole, and one for each slot.

use std::fmt::{Error, Result, Write};

use xunzhang::precedent::{Frame, Row, UNDATED};

use super::table::By;
use crate::cli::messages::say;
use crate::cli::paint::Ink;
use crate::cli::session::Session;
use crate::cli::terminal::{pad, pad_left, printable, truncate, width, wrap};
use crate::cli::wording::{place, title};

/// Widths of the columns of numbers and years, in cells: six digits, five digits, `2005–2015`.
const TIMES: usize = 6;
const DOCUMENTS: usize = 5;
const YEARS: usize = 9;
/// Cells before the fillers: the columns above, a blank and twice two blanks between them, and one to spare.
const BEFORE: usize = TIMES + DOCUMENTS + YEARS + 5;
/// Maximum width of a filler, in cells: a longer one would leave its source no place on a line of 80.
const WIDEST: usize = 40;
/// Minimum width of a source, in cells. A source cut to less is useless: the line ends before it.
const LEAST: usize = 10;
/// Blanks before the counts of the years, which begin under the years of the row.
const INDENT: usize = TIMES + DOCUMENTS + 3;

/// The totals and all tables.
pub(super) fn print(
    frame: &Frame,
    by: Option<By>,
    session: &Session,
) -> std::result::Result<String, Error> {
    let lang = session.lang;
    let mut out = String::new();
    let matches = say!(lang, "n-occurrences", n = frame.matches);
    let documents = say!(lang, "n-documents", n = frame.documents);
    let total = say!(lang, "frame-total", matches, documents);
    writeln!(out, "{}\n", session.paint.ink(Ink::Faint, &total))?;
    print_rows(&mut out, &frame.rows, by, session)?;
    // With one slot there are no such tables: the tuples are its fillers.
    for (ord, rows) in (1..).zip(&frame.slots) {
        let heading = say!(lang, "frame-slot", ord);
        writeln!(out, "\n{}", session.paint.ink(Ink::Title, &heading))?;
        print_rows(&mut out, rows, by, session)?;
    }
    Ok(out)
}

fn print_rows(out: &mut String, rows: &[Row], by: Option<By>, session: &Session) -> Result {
    if rows.is_empty() {
        return Ok(());
    }
    // Made printable before they are measured, so that widths are those of what is printed.
    let fillers: Vec<String> = rows.iter().map(|row| printable(&joined(row))).collect();
    let columns = Columns::new(&fillers, session);
    columns.head(out)?;
    for (row, filler) in rows.iter().zip(&fillers) {
        columns.row(row, filler, out)?;
        if by.is_some() {
            print_years(out, row, session)?;
        }
    }
    Ok(())
}

/// Columns of a table.
struct Columns<'a> {
    session: &'a Session,
    /// Cells of the fillers.
    filler: usize,
    /// Cells of the sources, if they have a column.
    source: Option<usize>,
}

impl<'a> Columns<'a> {
    fn new(fillers: &[String], session: &'a Session) -> Self {
        let room = session.width.saturating_sub(BEFORE);
        let widest = fillers.iter().map(|text| width(text)).max().unwrap_or(0);
        // As wide as the widest filler: short ones leave the line to the sources.
        let filler = widest.min(WIDEST).min(room);
        let source = room.saturating_sub(filler + 2);
        Self {
            session,
            filler,
            // The terminal is too narrow for the sources: fillers and counts are what the command is for.
            source: Some(source).filter(|&cells| cells >= LEAST),
        }
    }

    fn head(&self, out: &mut String) -> Result {
        let text = |key| self.session.lang.text(key);
        let mut head = format!(
            "{} {}  {}  {}",
            pad_left(text("frame-times"), TIMES),
            pad_left(text("frame-docs"), DOCUMENTS),
            pad(text("frame-years"), YEARS),
            pad(text("frame-filler"), self.filler),
        );
        if let Some(cells) = self.source {
            head.push_str("  ");
            head.push_str(&truncate(text("frame-source"), cells));
        }
        let head = self.session.paint.ink(Ink::Faint, head.trim_end());
        writeln!(out, "{head}")
    }

    fn row(&self, row: &Row, filler: &str, out: &mut String) -> Result {
        let paint = self.session.paint;
        let filler = pad(&truncate(filler, self.filler), self.filler);
        write!(
            out,
            "{} {}  {}  {}",
            pad_left(&row.occurrences.to_string(), TIMES),
            pad_left(&row.documents.to_string(), DOCUMENTS),
            pad(&span(row), YEARS),
            paint.ink(Ink::Hit, &filler),
        )?;
        if let Some(cells) = self.source {
            let source = &row.example.source;
            let source = printable(&format!("{}  {}", title(source), place(source)));
            write!(
                out,
                "  {}",
                paint.ink(Ink::Faint, &truncate(&source, cells))
            )?;
        }
        writeln!(out)
    }
}

/// The years from the first to the last; empty for a row without dated occurrences.
fn span(row: &Row) -> String {
    match (row.first, row.last) {
        (Some(first), Some(last)) if first == last => first.to_string(),
        (Some(first), Some(last)) => format!("{first}–{last}"),
        _ => String::new(),
    }
}

/// The occurrences of each year, on as many lines as they need.
fn print_years(out: &mut String, row: &Row, session: &Session) -> Result {
    // Undated occurrences are under a key for programs, which a reader would not expect among years.
    let years = row.years.iter().map(|(year, n)| match year.as_str() {
        UNDATED => say!(session.lang, "frame-undated", n),
        _ => format!("{year}: {n}"),
    });
    let years = years.collect::<Vec<_>>().join("  ");
    for line in wrap(&years, session.width.saturating_sub(INDENT)) {
        writeln!(out, "{}{}", " ".repeat(INDENT), &years[line])?;
    }
    Ok(())
}

/// The fillers of all slots, a sign where one is empty.
fn joined(row: &Row) -> String {
    let fillers = row.fillers.iter();
    // A blank between two bars could be overlooked.
    let fillers = fillers.map(|filler| if filler.is_empty() { "∅" } else { filler });
    fillers.collect::<Vec<_>>().join(" | ")
}
