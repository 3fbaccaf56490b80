//! A search, run and printed for one query.

use std::io::Write;

use xunzhang::search::{SearchOptions, Searcher};

use super::found::{Found, Numbers};
use super::page::{Asked, Page};
use crate::cli::output::Format;
use crate::cli::terminal::printable_lines;

/// What is searched and how it is printed, the same for all queries of a run.
pub(super) struct Request {
    pub(super) options: SearchOptions,
    pub(super) page: Page,
}

impl Request {
    /// Runs a query and prints its answer; whether anything was found.
    pub(super) fn answer(
        &self,
        searcher: &Searcher<'_>,
        asked: &Asked<'_>,
        out: &mut dyn Write,
    ) -> anyhow::Result<bool> {
        let (page, node) = (&self.page, asked.node);
        if page.counts_only {
            let count = searcher.count(node, &self.options.filter)?;
            page.count(out, asked, &count)?;
            return Ok(count.passages > 0);
        }
        // A run has ids and scores alone: no text is read for its thousand hits.
        if page.format == Format::Trec {
            let ranked = searcher.rank(node, &self.options)?;
            page.trec(out, asked, &ranked)?;
            return Ok(!ranked.is_empty());
        }
        // How the query was understood explains more than the numbers of its hits.
        if page.explain && page.format == Format::Text {
            writeln!(out, "{}\n", printable_lines(&node.to_string()))?;
        }
        let numbers = match page.format {
            Format::Text => Numbers::EveryWord,
            Format::Json => Numbers::Exact,
            _ => Numbers::Ranked,
        };
        let found = Found::of(searcher, node, &self.options, numbers)?;
        page.results(out, asked, (searcher, &found))?;
        // A page beyond the last hit is empty, yet the query found something.
        Ok(found.results.total.passages > 0)
    }
}
