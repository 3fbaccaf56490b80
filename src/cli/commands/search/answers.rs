//! Answers as they are printed.

use std::io::Write;

use serde::Serialize;
use xunzhang::search::{Count, Hit, Ranked, Searcher, Total};

use super::found::Found;
use super::page::{Asked, Page};
use super::{table, text};
use crate::cli::messages::say;
use crate::cli::output::Format;
use crate::cli::output::csv::{Separator, write_row};
use crate::cli::output::json_line;
use crate::cli::terminal::printable;

/// One query's answer in JSON.
#[derive(Serialize)]
struct Answer<'a> {
    // Only the queries of a file have ids; `null` would be one more case for its readers.
    #[serde(skip_serializing_if = "Option::is_none")]
    query_id: Option<&'a str>,
    query: &'a str,
    took_ms: f64,
    total: Totals,
    hits: &'a [Hit],
}

/// How many passages match by their parts, and by the exact reading.
#[derive(Serialize)]
struct Totals {
    #[serde(flatten)]
    total: Total,
    exact: Option<Count>,
}

/// One hit in JSON Lines.
#[derive(Serialize)]
struct Line<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    query_id: Option<&'a str>,
    #[serde(flatten)]
    hit: &'a Hit,
}

/// One query's counts in JSON.
#[derive(Serialize)]
struct Counted<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    query_id: Option<&'a str>,
    query: &'a str,
    #[serde(flatten)]
    count: &'a Count,
}

impl Page {
    /// The header of all answers: the names of a table's columns.
    pub(super) fn header(&self, out: &mut dyn Write) -> anyhow::Result<()> {
        match self.format {
            // The other formats name their fields in every answer.
            Format::Csv | Format::Tsv => Ok(write_row(out, self.separator(), &self.columns())?),
            _ => Ok(()),
        }
    }

    /// Prints what a query found.
    pub(super) fn results(
        &self,
        out: &mut dyn Write,
        asked: &Asked<'_>,
        (searcher, found): (&Searcher<'_>, &Found),
    ) -> anyhow::Result<()> {
        let results = &found.results;
        match self.format {
            Format::Json => {
                let answer = Answer {
                    query_id: asked.id,
                    query: asked.text,
                    took_ms: asked.started.elapsed().as_secs_f64() * 1e3,
                    total: Totals {
                        total: results.total,
                        exact: found.exact,
                    },
                    hits: &results.hits,
                };
                write!(out, "{}", json_line(&answer)?)?;
            }
            Format::Jsonl => {
                for hit in &results.hits {
                    let query_id = asked.id;
                    write!(out, "{}", json_line(&Line { query_id, hit })?)?;
                }
            }
            Format::Csv | Format::Tsv => {
                for hit in &results.hits {
                    let cells = asked.id.map(str::to_owned).into_iter();
                    let cells: Vec<String> = cells.chain(table::cells(hit)).collect();
                    write_row(out, self.separator(), &cells)?;
                }
            }
            _ => text::print(self, asked, (searcher, found), out)?,
        }
        Ok(())
    }

    /// Prints a query's lines of a TREC run.
    pub(super) fn trec(
        &self,
        out: &mut dyn Write,
        asked: &Asked<'_>,
        ranked: &[Ranked],
    ) -> anyhow::Result<()> {
        // The first column of a run is an id, which a single query does not have.
        let qid = asked.id.unwrap_or("1");
        Ok(table::write_trec(out, qid, self.first.., ranked)?)
    }

    /// Prints how often a query is met.
    pub(super) fn count(
        &self,
        out: &mut dyn Write,
        asked: &Asked<'_>,
        count: &Count,
    ) -> anyhow::Result<()> {
        let &Count {
            occurrences,
            passages,
            documents,
        } = count;
        match self.format {
            Format::Json | Format::Jsonl => {
                let counted = Counted {
                    query_id: asked.id,
                    query: asked.text,
                    count,
                };
                write!(out, "{}", json_line(&counted)?)?;
            }
            Format::Csv | Format::Tsv => {
                let id = asked.id.map(str::to_owned).into_iter();
                let numbers = [occurrences, passages, documents].map(|n| n.to_string());
                let cells: Vec<String> = id.chain([asked.text.to_owned()]).chain(numbers).collect();
                write_row(out, self.separator(), &cells)?;
            }
            _ => {
                // Among the queries of a file the numbers alone would not say whose they are.
                if let Some(id) = asked.id {
                    write!(out, "{}  {}  ", printable(id), printable(asked.text))?;
                }
                let places = say!(self.lang, "n-occurrences", n = occurrences);
                let passages = say!(self.lang, "n-passages", n = passages);
                let documents = say!(self.lang, "n-documents", n = documents);
                let line = say!(self.lang, "search-count", places, passages, documents);
                writeln!(out, "{line}")?;
            }
        }
        Ok(())
    }

    fn separator(&self) -> Separator {
        match self.format {
            Format::Tsv => Separator::Tab,
            _ => Separator::Comma,
        }
    }

    fn columns(&self) -> Vec<String> {
        let id = self.is_batch.then_some("query_id").into_iter();
        let rest: &[&str] = match self.counts_only {
            true => &["query", "occurrences", "passages", "documents"],
            false => &table::COLUMNS,
        };
        id.chain(rest.iter().copied()).map(str::to_owned).collect()
    }
}
