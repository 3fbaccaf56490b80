//! The command line.

use std::net::SocketAddr;
use std::num::NonZeroUsize;
use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};
use xunzhang::query::{Dates, Years, read_date};
use xunzhang::search::{DocumentFilter, Filter, Grouping};
use xunzhang::source::records::FieldMap;

/// 寻章 over many shards and many machines: the answers of one index.
#[derive(Parser)]
#[command(version, about, max_term_width = 120)]
pub(crate) struct Arguments {
    /// The collection: a folder of shards, s3://BUCKET/PREFIX, or one index.
    #[arg(
        long,
        value_name = "PLACE",
        global = true,
        env = "XUNZHANG_SHARDS",
        default_value = "shards"
    )]
    pub(crate) index: String,
    /// Run on the executors of this scheduler instead of in this process.
    #[arg(
        long,
        value_name = "HOST:PORT",
        global = true,
        env = "XUNZHANG_SCHEDULER"
    )]
    pub(crate) scheduler: Option<String>,
    /// Tasks of a question at most, which the executors of a scheduler divide; about as many as they have slots.
    #[arg(
        long,
        value_name = "N",
        global = true,
        env = "XUNZHANG_TASKS",
        default_value = "8"
    )]
    pub(crate) tasks: NonZeroUsize,
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Subcommand)]
pub(crate) enum Command {
    /// Build shards of files and folders, or bring them up to date: only those whose documents changed are built.
    Build(Build),
    /// Find passages; prints JSON.
    Search(Search),
    /// Count the occurrences of a query; prints JSON.
    Count(Count),
    /// Count keywords; prints JSON.
    Report(Report),
    /// Count words over time; prints JSON.
    Trend(Trend),
    /// List the occurrences of a query in their contexts; prints JSON.
    Concordance(Concordance),
    /// Query the tables `documents` and `passages` and the functions hits('QUERY'[, N]) and occurrences('QUERY').
    Sql(Sql),
    /// Show the shards; with --check every shard is opened.
    Status(Status),
    /// Put the shards into S3-compatible storage.
    Upload(Upload),
    /// Serve as scheduler until ended.
    Scheduler(Scheduler),
    /// Serve as executor until ended.
    Executor(Executor),
}

#[derive(Args)]
pub(crate) struct Build {
    /// Files and folders, each a collection that is called by its folder, or NAME=PATH.
    #[arg(value_name = "PATH", required = true)]
    pub(crate) paths: Vec<String>,
    /// Folder of the shards; by default --index.
    #[arg(long, value_name = "DIR")]
    pub(crate) into: Option<PathBuf>,
    /// Number of shards.
    #[arg(long = "shards", value_name = "N", default_value = "8", value_parser = clap::value_parser!(u32).range(1..=10_000))]
    pub(crate) n_shards: u32,
    /// User dictionary in jieba's format; may be repeated.
    #[arg(long, value_name = "FILE")]
    pub(crate) dict: Vec<PathBuf>,
    /// Words that mean the same, for queries; may be repeated.
    #[arg(long, value_name = "FILE")]
    pub(crate) synonyms: Vec<PathBuf>,
    /// Files or folders to leave out; may be repeated.
    #[arg(long, value_name = "GLOB")]
    pub(crate) exclude: Vec<String>,
    /// Columns of records, as in text=full_text,title=标题.
    #[arg(long, value_name = "MAP")]
    pub(crate) map: Option<FieldMap>,
    /// Megabytes that each shard may hold back before they are written.
    #[arg(long, value_name = "MB", default_value = "100")]
    pub(crate) memory: usize,
    /// A skipped file makes the exit status 2.
    #[arg(long)]
    pub(crate) strict: bool,
}

#[derive(Args)]
pub(crate) struct Filters {
    /// Only documents of this collection; may be repeated.
    #[arg(long, value_name = "NAME")]
    collection: Vec<String>,
    /// Only documents of this 文种; may be repeated.
    #[arg(long, value_name = "KIND")]
    kind: Vec<String>,
    /// Only documents whose issuer holds this text; may be repeated.
    #[arg(long, value_name = "TEXT")]
    issuer: Vec<String>,
    /// Only documents of these years: 2009, 2005..2010.
    #[arg(long, value_name = "YEARS", value_parser = years)]
    year: Option<Years>,
    /// Only documents from this date on.
    #[arg(long, value_name = "DATE", value_parser = date)]
    since: Option<xunzhang::document::Date>,
    /// Only documents up to this date.
    #[arg(long, value_name = "DATE", value_parser = date)]
    until: Option<xunzhang::document::Date>,
    /// Only documents whose id matches; may be repeated.
    #[arg(long, value_name = "GLOB")]
    path: Vec<String>,
    /// Only passages under a heading that holds this text.
    #[arg(long, value_name = "TEXT")]
    section: Option<String>,
    /// Only passages in sections of this role; may be repeated.
    #[arg(long, value_name = "ROLE")]
    role: Vec<String>,
}

fn years(text: &str) -> Result<Years, String> {
    Years::parse(text).map_err(|_| "expected years, as in 2009 or 2005..2010".to_owned())
}

fn date(text: &str) -> Result<xunzhang::document::Date, String> {
    read_date(text).ok_or_else(|| "expected a date, as in 2010-06-15".to_owned())
}

fn grouping(text: &str) -> Result<Grouping, String> {
    text.parse()
        .map_err(|_| "expected left:N, right:N, hit, year, issuer or collection".to_owned())
}

impl Filters {
    pub(crate) fn filter(&self) -> Filter {
        Filter {
            documents: DocumentFilter {
                collections: self.collection.clone(),
                kinds: self.kind.clone(),
                issuers: self.issuer.clone(),
                years: self.year.clone(),
                dates: Dates {
                    since: self.since,
                    until: self.until,
                },
                paths: self.path.clone(),
            },
            section: self.section.clone(),
            roles: self.role.clone(),
            ..Filter::default()
        }
    }
}

#[derive(Args)]
pub(crate) struct Search {
    /// The query.
    #[arg(value_name = "QUERY", required = true)]
    pub(crate) query: Vec<String>,
    /// Maximum number of hits.
    #[arg(short = 'n', long, value_name = "N", default_value = "10")]
    pub(crate) limit: usize,
    /// Hits to skip.
    #[arg(long, value_name = "N", default_value = "0")]
    pub(crate) offset: usize,
    /// What is ranked.
    #[arg(long, value_enum, default_value = "passage")]
    pub(crate) by: By,
    /// The order.
    #[arg(long, value_enum, default_value = "score", allow_hyphen_values = true)]
    pub(crate) sort: Sort,
    /// Copies are hits of their own.
    #[arg(long)]
    pub(crate) no_collapse: bool,
    /// Passages shown before and after each hit.
    #[arg(short = 'C', long, value_name = "N", default_value = "0")]
    pub(crate) context: u32,
    /// Explain how each score arose.
    #[arg(long)]
    pub(crate) explain: bool,
    #[command(flatten)]
    pub(crate) filters: Filters,
}

#[derive(Clone, Copy, ValueEnum)]
pub(crate) enum By {
    Passage,
    Document,
}

#[derive(Clone, Copy, ValueEnum)]
pub(crate) enum Sort {
    Score,
    Date,
    #[value(name = "-date")]
    DateDescending,
    Path,
}

#[derive(Args)]
pub(crate) struct Count {
    /// The query.
    #[arg(value_name = "QUERY", required = true)]
    pub(crate) query: Vec<String>,
    #[command(flatten)]
    pub(crate) filters: Filters,
}

#[derive(Args)]
pub(crate) struct Report {
    /// Words or queries; alternatives between `|` are one entry.
    #[arg(value_name = "KEYWORD")]
    pub(crate) words: Vec<String>,
    /// A list of entries: text, CSV or a workbook.
    #[arg(long, value_name = "FILE")]
    pub(crate) keywords: Option<PathBuf>,
    /// Excerpts of each entry.
    #[arg(long, value_name = "N", default_value = "0")]
    pub(crate) excerpts: usize,
    #[command(flatten)]
    pub(crate) filters: Filters,
}

#[derive(Args)]
pub(crate) struct Trend {
    /// Words or queries; alternatives between `|` are one.
    #[arg(value_name = "WORD", required = true)]
    pub(crate) words: Vec<String>,
    /// How time is cut.
    #[arg(long, value_enum, default_value = "year")]
    pub(crate) by: Period,
    #[command(flatten)]
    pub(crate) filters: Filters,
}

#[derive(Clone, Copy, ValueEnum)]
pub(crate) enum Period {
    Year,
    Month,
    Decade,
}

#[derive(Args)]
pub(crate) struct Concordance {
    /// The query.
    #[arg(value_name = "QUERY", required = true)]
    pub(crate) query: Vec<String>,
    /// Units of context on each side.
    #[arg(long, value_name = "N", default_value = "15")]
    pub(crate) window: usize,
    /// The order of the lines.
    #[arg(long, value_enum, default_value = "path")]
    pub(crate) sort: LineSort,
    /// A frequency list: left:N, right:N, hit, year, issuer, collection.
    #[arg(long, value_name = "GROUP", value_parser = grouping)]
    pub(crate) group: Option<Grouping>,
    /// Lines drawn at random.
    #[arg(long, value_name = "N")]
    pub(crate) sample: Option<usize>,
    /// Which sample.
    #[arg(long, value_name = "N", default_value = "0")]
    pub(crate) seed: u64,
    /// Maximum number of lines.
    #[arg(short = 'n', long, value_name = "N")]
    pub(crate) limit: Option<usize>,
    #[command(flatten)]
    pub(crate) filters: Filters,
}

#[derive(Clone, Copy, ValueEnum)]
pub(crate) enum LineSort {
    Path,
    Date,
    Left,
    Right,
    Hit,
}

#[derive(Args)]
pub(crate) struct Sql {
    /// The statement, or `-` for standard input.
    #[arg(value_name = "SQL")]
    pub(crate) sql: String,
    /// How rows are written; by default by the extension of -o, else a table.
    #[arg(long, value_enum)]
    pub(crate) format: Option<RowFormat>,
    /// File that the rows go to.
    #[arg(short, long, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,
    /// Replace the file.
    #[arg(long)]
    pub(crate) overwrite: bool,
}

#[derive(Clone, Copy, ValueEnum)]
pub(crate) enum RowFormat {
    Table,
    Csv,
    Parquet,
}

#[derive(Args)]
pub(crate) struct Status {
    /// Open every shard, here or on the executors.
    #[arg(long)]
    pub(crate) check: bool,
}

#[derive(Args)]
pub(crate) struct Upload {
    /// Where to: s3://BUCKET/PREFIX.
    #[arg(value_name = "PLACE")]
    pub(crate) to: String,
}

#[derive(Args)]
pub(crate) struct Scheduler {
    /// Where it listens.
    #[arg(long, value_name = "HOST:PORT", default_value = "127.0.0.1:50050")]
    pub(crate) addr: SocketAddr,
}

#[derive(Args)]
pub(crate) struct Executor {
    /// Where others reach it; the next port is used as well.
    #[arg(long, value_name = "HOST:PORT", default_value = "127.0.0.1:50060")]
    pub(crate) addr: SocketAddr,
    /// Shards that it works on at the same time [default: one for each processor].
    #[arg(long, value_name = "N")]
    pub(crate) slots: Option<usize>,
    /// Folder for results until they are fetched [default: one for temporary files].
    #[arg(long, value_name = "DIR")]
    pub(crate) work: Option<PathBuf>,
}
