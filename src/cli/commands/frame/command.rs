//! `xunzhang frame PATTERN`

use std::io::Write;

use xunzhang::precedent::{Frame, Row, UNDATED, frame};
use xunzhang::search::Searcher;

use super::table::{By, tables};
use crate::cli::arguments::word;
use crate::cli::filter::FilterArguments;
use crate::cli::messages::say;
use crate::cli::output::workbook::workbook;
use crate::cli::output::{Format, OutputArguments, one_of};
use crate::cli::paint::Ink;
use crate::cli::session::Session;
use crate::cli::terminal::{pad, pad_left, printable, truncate, width, wrap};
use crate::cli::value::at_least_one;
use crate::cli::wording::{place, title};

/// Cells before the fillers: two numbers, the years, and what keeps them apart.
const BEFORE: usize = 25;
/// Maximum width of a filler, in cells.
const WIDEST: usize = 40;
/// Minimum width of a source, in cells.
const LEAST: usize = 10;

/// Rows shown in a terminal.
const ROWS: usize = 30;

const EXAMPLES: &str = "\
Examples:
  xunzhang frame 坚持以＊为指导                      what has been put between, how often, from when to when
  xunzhang frame '以*为*{1,4}，' --by year -o x.xlsx   several slots: their tuples, and a table for each slot

`*` (or `＊`, which no shell expands) stands for 1 to 20 characters or words inside one sentence, `*{m,n}` for m to n, `?` for one.";

#[derive(clap::Args)]
#[command(after_help = EXAMPLES)]
pub(in crate::cli) struct Arguments {
    /// Text with slots.
    #[arg(value_name = "PATTERN", value_parser = word)]
    pattern: String,
    /// Maximum number of rows of each table [default: 30 in a terminal, else all].
    #[arg(short = 'n', long, value_name = "N", value_parser = at_least_one)]
    limit: Option<usize>,
    /// Split the occurrences.
    #[arg(long, value_enum, value_name = "year")]
    by: Option<By>,
    /// How to print.
    #[arg(long, value_parser = one_of(&FORMATS))]
    format: Option<Format>,
    #[command(flatten)]
    output: OutputArguments,
    #[command(flatten)]
    filter: FilterArguments,
}

/// What `--format` takes.
const FORMATS: [Format; 4] = [Format::Text, Format::Json, Format::Csv, Format::Xlsx];

impl Arguments {
    pub(in crate::cli) fn run(
        self,
        session: &Session,
        out: &mut dyn Write,
    ) -> anyhow::Result<bool> {
        let format = self.output.format(self.format, &FORMATS)?;
        let output = self.output.open(format.form(), &[], session)?;
        let limit = self.limit.unwrap_or(if format == Format::Text {
            ROWS
        } else {
            usize::MAX
        });
        let index = session.open()?;
        output.check_sources(&index)?;
        let frame = frame(
            &Searcher::new(&index),
            &self.pattern,
            &self.filter.filter(),
            limit,
        )?;
        let is_found = frame.matches > 0;
        match format {
            Format::Json => output.write_json(&frame, out)?,
            Format::Csv => {
                let tables = tables(&frame, self.by, session.lang);
                output.write_csv(&tables[0], out)?;
            }
            Format::Xlsx => {
                let tables = tables(&frame, self.by, session.lang);
                let workbook = workbook(&tables, session.lang)?;
                output.write_binary(&workbook, session.lang, out)?;
            }
            _ if is_found => {
                let text = print(&frame, self.by, &self.output.session(session))?;
                output.write(text.as_bytes(), out)?;
            }
            _ => session.note(session.lang.text("nothing-found")),
        }
        Ok(is_found)
    }
}

fn print(frame: &Frame, by: Option<By>, session: &Session) -> Result<String, std::fmt::Error> {
    use std::fmt::Write;
    let lang = session.lang;
    let mut out = String::new();
    let matches = say!(lang, "n-occurrences", n = frame.matches);
    let documents = say!(lang, "n-documents", n = frame.documents);
    let total = say!(lang, "frame-total", matches, documents);
    writeln!(out, "{}\n", session.paint.ink(Ink::Faint, &total))?;
    print_rows(&mut out, &frame.rows, by, session)?;
    for (ord, rows) in (1..).zip(&frame.slots) {
        let heading = say!(lang, "frame-slot", ord);
        writeln!(out, "\n{}", session.paint.ink(Ink::Title, &heading))?;
        print_rows(&mut out, rows, by, session)?;
    }
    Ok(out)
}

fn print_rows(
    out: &mut String,
    rows: &[Row],
    by: Option<By>,
    session: &Session,
) -> std::fmt::Result {
    use std::fmt::Write;
    let fillers: Vec<String> = rows.iter().map(|row| printable(&joined(row))).collect();
    let cells = fillers
        .iter()
        .map(|text| width(text))
        .max()
        .unwrap_or(0)
        .min(WIDEST.min(session.width.saturating_sub(BEFORE)));
    // A source cut to nothing is useless: where it does not fit, the line ends before it.
    let room = session.width.saturating_sub(cells + BEFORE + 2);
    if !rows.is_empty() {
        let names = [
            "frame-times",
            "frame-docs",
            "frame-years",
            "frame-filler",
            "frame-source",
        ];
        let names = names.map(|key| session.lang.text(key));
        let mut head = format!(
            "{} {}  {}  {}",
            pad_left(names[0], 6),
            pad_left(names[1], 5),
            pad(names[2], 9),
            pad(names[3], cells),
        );
        if room >= LEAST {
            head.push_str("  ");
            head.push_str(&truncate(names[4], room));
        }
        let head = head.trim_end();
        writeln!(out, "{}", session.paint.ink(Ink::Faint, head))?;
    }
    for (row, filler) in rows.iter().zip(&fillers) {
        let times = pad_left(&row.occurrences.to_string(), 6);
        let documents = pad_left(&row.documents.to_string(), 5);
        let span = match (row.first, row.last) {
            (Some(first), Some(last)) if first == last => first.to_string(),
            (Some(first), Some(last)) => format!("{first}–{last}"),
            _ => String::new(),
        };
        let filler = session
            .paint
            .ink(Ink::Hit, &pad(&truncate(filler, cells), cells));
        let example = format!(
            "{}  {}",
            title(&row.example.source),
            place(&row.example.source)
        );
        write!(out, "{times} {documents}  {}  {filler}", pad(&span, 9))?;
        if room >= LEAST {
            let example = truncate(&printable(&example), room);
            write!(out, "  {}", session.paint.ink(Ink::Faint, &example))?;
        }
        writeln!(out)?;
        if by.is_some() {
            let years: Vec<String> = row
                .years
                .iter()
                .map(|(year, n)| match year.as_str() {
                    UNDATED => say!(session.lang, "frame-undated", n),
                    _ => format!("{year}: {n}"),
                })
                .collect();
            let (years, indent) = (years.join("  "), 14);
            for line in wrap(&years, session.width.saturating_sub(indent)) {
                writeln!(out, "{}{}", " ".repeat(indent), &years[line])?;
            }
        }
    }
    Ok(())
}

fn joined(row: &Row) -> String {
    let fillers = row
        .fillers
        .iter()
        .map(|filler| if filler.is_empty() { "∅" } else { filler });
    fillers.collect::<Vec<_>>().join(" | ")
}
