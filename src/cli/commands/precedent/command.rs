//! `xunzhang precedent TEXT`

use std::io::Write;
use std::path::Path;

use xunzhang::precedent::{Options, find};
use xunzhang::search::Searcher;

use super::{page, text};
use crate::cli::arguments::word;
use crate::cli::filter::FilterArguments;
use crate::cli::messages::say;
use crate::cli::output::{Format, OutputArguments, json_line, one_of};
use crate::cli::session::Session;
use crate::cli::value::{at_least_one, share};
use crate::cli::wording::text_or_input;

/// Sources of a variant that are shown on a page, and those that are listed in JSON.
const SHOWN: usize = 3;
const LISTED: usize = 100;

const EXAMPLES: &str = "\
Examples:
  xunzhang precedent 学习工作两不误                       variants of a wording, closest first
  xunzhang precedent '坚持以招商引资为抓手' --year 2010..   in documents from 2010 on
  xunzhang precedent - --format html -o out.html <draft.txt

A wording of similarity 1 has the same characters and words; similarity is units aligned in both texts (those that are elsewhere
count nine tenths), twice, over the units of both. A text of several sentences is answered sentence by sentence.";

#[derive(clap::Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Arguments {
    /// The wording, or `-` for standard input.
    #[arg(value_name = "TEXT", value_parser = word)]
    text: String,
    /// Minimum similarity, from 0 to 1.
    #[arg(long, value_name = "SHARE", default_value_t = 0.5, value_parser = share)]
    min_similarity: f64,
    /// Maximum number of variants of a sentence.
    #[arg(short = 'n', long, value_name = "N", default_value_t = 10, value_parser = at_least_one)]
    limit: usize,
    /// Maximum number of sources shown for a variant, the oldest and the newest included [default: 3; in JSON 100].
    #[arg(long, value_name = "N")]
    sources: Option<usize>,
    /// How to print.
    #[arg(long, value_parser = one_of(&FORMATS))]
    format: Option<Format>,
    #[command(flatten)]
    output: OutputArguments,
    #[command(flatten)]
    filter: FilterArguments,
}

/// What `--format` takes.
const FORMATS: [Format; 3] = [Format::Text, Format::Json, Format::Html];

impl Arguments {
    pub(crate) fn run(self, session: &Session, out: &mut dyn Write) -> anyhow::Result<bool> {
        let format = self.output.format(self.format, &FORMATS)?;
        let inputs = [Path::new(&self.text)];
        // An argument is text itself; only standard input may be a file that `-o` would replace.
        let is_read = self.text == "-";
        let inputs = if is_read { &inputs[..] } else { &[] };
        let output = self.output.open(format.form(), inputs, session)?;
        let text = self.text(session)?;
        let options = self.options(match format {
            Format::Json => LISTED,
            _ => SHOWN,
        });
        let index = session.open()?;
        output.check_sources(&index)?;
        let found = find(&Searcher::new(&index), &text, &options)?;
        let bytes = match format {
            Format::Json => json_line(&found)?,
            Format::Html => page::page(&found, session.lang),
            _ => text::print(&found, &self.output.session(session))?,
        };
        let is_found = !found.variants.is_empty();
        // A page and an object say themselves that nothing was found.
        if is_found || format != Format::Text {
            output.write(bytes.as_bytes(), out)?;
        }
        if !is_found {
            let least = self.min_similarity;
            session.note(&say!(session.lang, "precedent-none-near", least));
        }
        Ok(is_found)
    }

    /// The text that is looked up.
    pub(crate) fn text(&self, session: &Session) -> anyhow::Result<String> {
        text_or_input(&self.text, session)
    }

    /// How it is looked up; `sources` are shown of a variant unless another number is given.
    pub(crate) fn options(&self, sources: usize) -> Options {
        Options {
            min_similarity: self.min_similarity,
            limit: self.limit,
            sources: self.sources.unwrap_or(sources),
            filter: self.filter.filter(),
            excluded: Vec::new(),
        }
    }
}
