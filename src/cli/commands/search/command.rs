//! `xunzhang search QUERY`

use std::io::Write;
use std::path::{Path, PathBuf};
use std::time::Instant;

use anyhow::bail;
use clap::ValueEnum;
use xunzhang::query::parse;
use xunzhang::search::{By, SearchOptions, Searcher, Sort};

use super::page::{Asked, FORMATS, Length, Page};
use super::request::Request;
use super::{advice, batch, files, hint};
use crate::cli::arguments::word;
use crate::cli::filter::FilterArguments;
use crate::cli::messages::say;
use crate::cli::output::{Format, Output, OutputArguments, one_of};
use crate::cli::session::{Session, Talk};
use crate::cli::value::within;

/// How deep a TREC run goes, and how many hits a file has.
// The tracks of TREC take 1,000 documents for a query at most.
const TREC_DEPTH: usize = 1_000;

const QUERY_HELP: &str = "\
Query language (half- and full-width signs; a shell leaves full-width ones and “ ” alone, PowerShell 「 」):
  失地农民 安置              any of the words; more, rarer and closer ones rank higher
  “失地农民的安置”           the exact phrase, by characters
  “坚持以＊为指导”           ＊ = 1 to 20 characters or words in one sentence; ＊｛2,8｝; ？ = one
  “（优化｜改善）营商环境”   alternatives inside a phrase
  +招商 -工厂                must and must not be there; AND, OR, NOT, （ ）
  招商 NEAR/10 就业          within 10 of each other, in one sentence
  title: heading: kind: year:2005..2010 path: role: issuer: collection:     restrict to a field
  招商＾2 就业               weigh

A sign counts only where a word could begin: a paragraph with “ ” or （ ） in it is a query as it stands.

Formats: text for people; json (one object), jsonl (one hit a line); csv and tsv (one hit a row, UTF-8);
trec (`qid Q0 docid rank score xunzhang`; ranks documents by their best passages, 1,000 deep; the qid of a
single query is 1, blanks in ids are written %20).

--queries FILE takes a query a line, `id<TAB>query` or `{\"_id\":…,\"text\":…}`; answers come in the order of the
file, jsonl, csv and tsv with `query_id`, json one object a line. Lines that can't be run are reported, the others run.";

#[derive(clap::Args)]
// Only with `--help`: the query language is longer than the list of all flags.
#[command(after_long_help = QUERY_HELP)]
pub(crate) struct Arguments {
    /// What to look for: words, “phrases”, AND, OR, NOT, NEAR/n, fields; --help shows all.
    #[arg(required_unless_present = "queries", conflicts_with = "queries", value_parser = word)]
    query: Vec<String>,
    /// Run the queries of a file, `-` for standard input.
    #[arg(long, value_name = "FILE")]
    queries: Option<PathBuf>,
    /// Maximum number of hits [default: 10; into a file, and for trec, 1000].
    // All hits are in memory before the first is printed.
    #[arg(short = 'n', long, value_name = "N", value_parser = within::<u32>(1..=1_000_000))]
    limit: Option<u32>,
    /// Number of hits to skip.
    #[arg(long, value_name = "N", default_value_t = 0, hide_default_value = true, value_parser = within::<u32>(0..=1_000_000))]
    offset: u32,
    /// What is ranked; a document is shown by its best passage [default: passage].
    #[arg(long, value_enum)]
    by: Option<ByArgument>,
    /// The order; undated documents come last.
    #[arg(long, value_enum, default_value = "score", allow_hyphen_values = true)]
    sort: SortArgument,
    /// How to print; tables, pages and documents only into a file.
    #[arg(long, value_parser = one_of(&FORMATS))]
    format: Option<Format>,
    #[command(flatten)]
    output: OutputArguments,
    /// Passages shown before and after each hit.
    #[arg(short = 'C', long, value_name = "N", default_value_t = 0, hide_default_value = true, value_parser = within::<u32>(0..=1_000))]
    context: u32,
    /// Show passages whole.
    #[arg(long)]
    full: bool,
    /// Show passages with the same wording once, with the number of copies [default].
    // The later of the two flags wins, so that one in a shell's alias can be undone.
    #[arg(long, overrides_with = "no_collapse")]
    collapse: bool,
    /// Show every copy.
    #[arg(long)]
    no_collapse: bool,
    /// Show how each score arose.
    #[arg(long)]
    explain: bool,
    /// Print numbers only: occurrences, passages, documents.
    #[arg(long)]
    count: bool,
    #[command(flatten)]
    filter: FilterArguments,
}

#[derive(Clone, Copy, PartialEq, ValueEnum)]
enum ByArgument {
    Passage,
    Document,
}

#[derive(Clone, Copy, ValueEnum)]
enum SortArgument {
    Score,
    Date,
    #[value(name = "-date")]
    DateDescending,
    Path,
}

impl Arguments {
    pub(crate) fn run(self, session: &Session, out: &mut dyn Write) -> anyhow::Result<bool> {
        let format = self.output.format(self.format, &FORMATS)?;
        // A table has the columns of one answer: counts have other columns, and queries of a list would need one more.
        if is_file_only(format) && (self.count || self.queries.is_some()) {
            bail!(say!(session.lang, "search-file-only"));
        }
        let inputs: Vec<&Path> = self.queries.iter().map(PathBuf::as_path).collect();
        let output = self.output.open(format.form(), &inputs, session)?;
        let request = self.request(format, output.is_file(), session)?;
        let run = Run {
            request,
            output,
            session,
        };
        match &self.queries {
            Some(file) => run.batch(file, out),
            None => run.one(&self.query(), out),
        }
    }

    fn request(&self, format: Format, is_file: bool, session: &Session) -> anyhow::Result<Request> {
        let is_trec = format == Format::Trec;
        // A run ranks documents, and counts have no rank.
        if is_trec && self.count {
            bail!(say!(session.lang, "search-count-trec"));
        }
        // A run names documents: passages would list the same one twice, which `trec_eval` refuses.
        if is_trec && self.by == Some(ByArgument::Passage) {
            bail!(say!(session.lang, "search-trec-passages"));
        }
        let options = self.options(format, is_file);
        let mut page = self.page(format, &options, &self.output.session(session));
        if is_file {
            // A file is as wide as what is in it, whatever the terminal is.
            page.path_width = usize::MAX;
        }
        Ok(Request { options, page })
    }

    fn options(&self, format: Format, is_file: bool) -> SearchOptions {
        let is_trec = format == Format::Trec;
        // A screen holds ten hits; a file is for working through all of them.
        let default_limit = if is_trec || is_file { TREC_DEPTH } else { 10 };
        SearchOptions {
            limit: self.limit.map_or(default_limit, |limit| limit as usize),
            offset: self.offset as usize,
            by: match self.by {
                Some(ByArgument::Document) => By::Document,
                _ if is_trec => By::Document,
                Some(ByArgument::Passage) | None => By::Passage,
            },
            sort: self.sort.into(),
            filter: self.filter.filter(),
            collapse: !self.no_collapse,
            context: self.context,
            explain: self.explain,
            // Only programs read all of them; for people the line of the few that are shown is looked up.
            copy_places: matches!(format, Format::Json | Format::Jsonl),
        }
    }

    /// The query.
    pub(crate) fn query(&self) -> String {
        // The shell has split it at its blanks.
        self.query.join(" ")
    }

    /// What a page asks for: the hits of a screen, with the places of their copies.
    pub(crate) fn options_of_page(&self) -> SearchOptions {
        self.options(Format::Json, false)
    }

    fn page(&self, format: Format, options: &SearchOptions, session: &Session) -> Page {
        Page {
            format,
            counts_only: self.count,
            first: options.offset + 1,
            limit: options.limit,
            is_batch: self.queries.is_some(),
            length: if self.full {
                Length::Whole
            } else {
                Length::AroundHits
            },
            explain: self.explain,
            lang: session.lang,
            paint: session.paint,
            width: session.width,
            path_width: session.table_width(),
            talk: session.talk,
        }
    }
}

impl From<SortArgument> for Sort {
    fn from(sort: SortArgument) -> Self {
        match sort {
            SortArgument::Score => Self::Score,
            SortArgument::Date => Self::Date,
            SortArgument::DateDescending => Self::DateDescending,
            SortArgument::Path => Self::Path,
        }
    }
}

/// Whether the format is one of tables, pages or documents, which are of no use in a terminal.
fn is_file_only(format: Format) -> bool {
    matches!(
        format,
        Format::Xlsx | Format::Html | Format::Docx | Format::Md
    )
}

/// The command with its arguments read.
struct Run<'a> {
    request: Request,
    output: Output,
    session: &'a Session,
}

impl Run<'_> {
    /// Runs the queries of a file.
    fn batch(&self, file: &Path, out: &mut dyn Write) -> anyhow::Result<bool> {
        if self.output.is_file() {
            let index = self.session.open()?;
            self.output.check_sources(&index)?;
        }
        // Bad lines are an error of the whole, once the answers of the others are written.
        let mut found = Ok(false);
        self.output.write_with(out, |out| {
            found = batch::run(file, &self.request, self.session, out);
            Ok(())
        })?;
        found
    }

    /// Runs one query, and says what may help with it.
    fn one(&self, text: &str, out: &mut dyn Write) -> anyhow::Result<bool> {
        let session = self.session;
        let started = Instant::now();
        // Before the query is parsed: what another tool calls a query may be an error here, which this explains.
        advice::note_foreign(text, session);
        let node = parse(text)?;
        let asked = Asked {
            id: None,
            text,
            node: &node,
            started,
        };
        let index = session.open()?;
        self.output.check_sources(&index)?;
        let searcher = Searcher::new(&index);
        let found = self.answer(&searcher, &asked, out)?;
        // What would be found takes longer to find out than that nothing was: only for who hears of it.
        if !found && session.talk >= Talk::Normal {
            // What was printed comes before what is said of it.
            out.flush()?;
            let filter = &self.request.options.filter;
            session.note(&hint::nothing_found(&searcher, &node, filter, session)?);
        }
        advice::note_long(text, session);
        let ms = asked.started.elapsed().as_secs_f64() * 1e3;
        session.detail(&say!(session.lang, "search-took", ms = format!("{ms:.1}")));
        Ok(found)
    }

    /// Writes the answer; whether anything was found.
    fn answer(
        &self,
        searcher: &Searcher<'_>,
        asked: &Asked<'_>,
        out: &mut dyn Write,
    ) -> anyhow::Result<bool> {
        let page = &self.request.page;
        let is_csv_file = page.format == Format::Csv && self.output.is_file();
        // CSV in a file has the columns and the byte order mark that a spreadsheet wants, CSV in a pipe those of programs.
        if is_file_only(page.format) || is_csv_file && !page.counts_only {
            return self.table(searcher, asked, out);
        }
        let mut found = false;
        self.output.write_with(out, |out| {
            page.header(out)?;
            found = self.request.answer(searcher, asked, out)?;
            Ok(())
        })?;
        Ok(found)
    }

    /// Writes the hits as a file of tables, a page or a document.
    fn table(
        &self,
        searcher: &Searcher<'_>,
        asked: &Asked<'_>,
        out: &mut dyn Write,
    ) -> anyhow::Result<bool> {
        let (lang, text) = (self.session.lang, asked.text);
        let results = searcher.search(asked.node, &self.request.options)?;
        match self.request.page.format {
            Format::Csv => self.output.write_csv(&files::table(&results, lang), out)?,
            format @ (Format::Html | Format::Md) => {
                let bytes = files::file(format, text, &results, lang)?;
                self.output.write(&bytes, out)?;
            }
            format => {
                let bytes = files::file(format, text, &results, lang)?;
                self.output.write_binary(&bytes, lang, out)?;
            }
        }
        Ok(results.total.passages > 0)
    }
}
