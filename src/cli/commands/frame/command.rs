//! `xunzhang frame PATTERN`

use std::io::Write;

use xunzhang::precedent::{Frame, Row, frame};
use xunzhang::search::Searcher;

use super::table::{By, tables, years};
use super::text::print;
use crate::cli::arguments::word;
use crate::cli::filter::FilterArguments;
use crate::cli::output::workbook::workbook;
use crate::cli::output::{Format, OutputArguments, one_of};
use crate::cli::session::Session;
use crate::cli::value::at_least_one;

/// Rows shown in a terminal.
// A pattern such as `以*为*` has thousands of fillers, and the frequent ones are the first.
const ROWS: usize = 30;

const EXAMPLES: &str = "\
Examples:
  xunzhang frame 坚持以＊为指导                      what has been put between, how often, from when to when
  xunzhang frame '以*为*{1,4}，以*为' -o x.xlsx      several slots: their tuples, and a table for each slot

`*` (or `＊`, which no shell expands) stands for 1 to 20 characters or words inside one sentence, `*{m,n}` for m to n, `?` for one.";

#[derive(clap::Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Arguments {
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
    pub(crate) fn run(self, session: &Session, out: &mut dyn Write) -> anyhow::Result<bool> {
        let format = self.output.format(self.format, &FORMATS)?;
        let output = self.output.open(format.form(), &[], session)?;
        // A screen shows what is frequent; a file is complete, since its reader can sort and filter it.
        let limit = match format {
            Format::Text => ROWS,
            _ => usize::MAX,
        };
        let index = session.open()?;
        output.check_sources(&index)?;
        let frame = self.frame(&Searcher::new(&index), limit)?;
        let is_found = frame.matches > 0;
        match format {
            Format::Json => output.write_json(&frame, out)?,
            Format::Csv => {
                // A CSV file holds one table: that of the tuples, from which those of the slots can be summed.
                let tables = tables(&frame, self.by, session.lang);
                output.write_csv(&tables[0], out)?;
            }
            Format::Xlsx => {
                let tables = tables(&frame, self.by, session.lang);
                let workbook = workbook(&tables, session.lang)?;
                output.write_binary(&workbook, session.lang, out)?;
            }
            // Only text is empty without matches: a table has its header then, and JSON its zeros.
            _ if is_found => {
                let text = print(&frame, self.by, &self.output.session(session))?;
                output.write(text.as_bytes(), out)?;
            }
            _ => session.note(session.lang.text("nothing-found")),
        }
        Ok(is_found)
    }

    /// The fillers, at most `limit` rows of each table unless another number is given.
    pub(crate) fn frame(
        &self,
        searcher: &Searcher<'_>,
        limit: usize,
    ) -> xunzhang::precedent::Result<Frame> {
        let limit = self.limit.unwrap_or(limit);
        frame(searcher, &self.pattern, &self.filter.filter(), limit)
    }

    /// The years of a table's rows, if they are asked for.
    pub(crate) fn years(&self, rows: &[Row]) -> Vec<String> {
        years(rows, self.by)
    }
}
