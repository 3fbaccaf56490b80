//! A search, run and printed for one query.

use std::io::Write;

use xunzhang::query::{Item, Leaf, Node, Occur};
use xunzhang::search::{SearchOptions, Searcher};

use super::page::{Asked, Found, Page};
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
        let results = searcher.search(node, &self.options)?;
        // Both numbers, so that no header says another than `--count` does.
        let exact = match page.format {
            Format::Text | Format::Json => Some(searcher.count(node, &self.options.filter)?),
            _ => None,
        };
        // Only the header for people has this number; the contract's JSON has the two totals.
        let every = (page.format == Format::Text)
            .then(|| every_word(node))
            .flatten();
        let every = every.map(|node| searcher.count(&node, &self.options.filter));
        let found = Found {
            searcher,
            results: &results,
            exact,
            with_every_word: every.transpose()?.map(|count| count.passages),
        };
        page.results(out, asked, &found)?;
        // A page beyond the last hit is empty, yet the query found something.
        Ok(results.total.passages > 0)
    }
}

/// The query that wants every one of several bare words as written; `None` of any other.
fn every_word(node: &Node) -> Option<Node> {
    let Node::List(items) = node else {
        return None;
    };
    let is_word = |item: &Item| {
        matches!(item.node, Node::Leaf(Leaf::Word(_))) && item.occur == Occur::Optional
    };
    let words = || items.iter().map(|item| item.node.clone());
    items
        .iter()
        .all(is_word)
        .then(|| Node::All(words().collect()))
}
