//! `xunzhang duplicates`

use std::io::Write;

use serde_json::json;
use xunzhang::precedent::{Cluster, GRAM, duplicates};
use xunzhang::search::Searcher;

use crate::cli::commands::similar::FORMATS;
use crate::cli::filter::FilterArguments;
use crate::cli::messages::say;
use crate::cli::output::OutputArguments;
use crate::cli::output::{Format, one_of};
use crate::cli::paint::Ink;
use crate::cli::session::{Session, threads};
use crate::cli::terminal::{pad_left, printable, truncate, wrap};
use crate::cli::value::share;
use crate::cli::wording::percent;

#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// Minimum similarity of two near-copies, from 0 to 1: shared runs of 8 units, over all runs of either.
    #[arg(long, value_name = "SHARE", default_value_t = 0.5, value_parser = share)]
    min_similarity: f64,
    /// How to print.
    #[arg(long, value_parser = one_of(&FORMATS))]
    format: Option<Format>,
    #[command(flatten)]
    output: OutputArguments,
    #[command(flatten)]
    filter: FilterArguments,
}

impl Arguments {
    pub(crate) fn run(self, session: &Session, out: &mut dyn Write) -> anyhow::Result<bool> {
        let format = self.output.format(self.format, &FORMATS)?;
        let output = self.output.open(format.form(), &[], session)?;
        // All of the text is read in any case, so that checking it costs next to nothing.
        let index = session.open_checked()?;
        output.check_sources(&index)?;
        let searcher = Searcher::new(&index);
        let clusters = self.clusters(&searcher)?;
        match format {
            Format::Json => {
                let json = json!({"clusters": clusters});
                output.write_json(&json, out)?;
            }
            _ => {
                let text = print(&clusters, &self.output.session(session))?;
                output.write(text.as_bytes(), out)?;
            }
        }
        if clusters.is_empty() {
            session.note(session.lang.text("duplicates-none"));
        }
        Ok(!clusters.is_empty())
    }
}

impl Arguments {
    /// Groups of near-copies, the largest first.
    pub(crate) fn clusters(
        &self,
        searcher: &Searcher<'_>,
    ) -> xunzhang::precedent::Result<Vec<Cluster>> {
        let filter = self.filter.filter();
        duplicates(searcher, &filter, self.min_similarity, threads())
    }
}

fn print(clusters: &[Cluster], session: &Session) -> Result<String, std::fmt::Error> {
    use std::fmt::Write;
    let mut out = String::new();
    for (number, cluster) in (1..).zip(clusters) {
        let n = say!(session.lang, "n-documents", n = cluster.documents.len());
        let heading = say!(session.lang, "duplicates-group", number, n);
        writeln!(out, "{}", session.paint.ink(Ink::Title, &heading))?;
        for copy in &cluster.documents {
            let date = copy
                .document
                .date
                .map(|date| format!("{date}  "))
                .unwrap_or_default();
            let line = format!("{date}{}  {}", copy.document.title, copy.document.id);
            // The share and the gap after it take nine cells.
            let line = truncate(&printable(&line), session.width.saturating_sub(9));
            writeln!(out, "{}  {line}", pad_left(&percent(copy.similarity), 7))?;
        }
        writeln!(out)?;
    }
    // Without it a reader can't know that the share is one of runs of characters, not of sentences.
    if !clusters.is_empty() {
        let method = say!(session.lang, "duplicates-method", gram = GRAM);
        for line in wrap(&method, session.width) {
            writeln!(out, "{}", session.paint.ink(Ink::Faint, &method[line]))?;
        }
    }
    Ok(out)
}
