//! `xunzhang search QUERY`

use std::io::Write;

use clap::ValueEnum;
use serde_json::json;
use xunzhang::query::{parse, years};
use xunzhang::search::{By, Filter, Hit, SearchOptions, Searcher, Sort, Within};

use super::session::Session;

#[derive(clap::Args)]
pub(super) struct Arguments {
    /// What to look for: words, "phrases", AND, OR, NOT, NEAR/n, fields.
    query: String,
    /// Most hits.
    #[arg(short = 'n', long, default_value_t = 10)]
    limit: usize,
    /// Hits passed over.
    #[arg(long, default_value_t = 0)]
    offset: usize,
    /// What is ranked.
    #[arg(long, value_enum, default_value = "passage")]
    by: ByArgument,
    /// How to print.
    #[arg(long, value_enum, default_value = "text")]
    format: Format,
    /// Passages shown before and after each hit.
    #[arg(short = 'C', long, default_value_t = 0)]
    context: u32,
    /// The order.
    #[arg(long, value_enum, default_value = "score", allow_hyphen_values = true)]
    sort: SortArgument,
    /// 文种 of the document.
    #[arg(long)]
    kind: Option<String>,
    /// Year, or years as in 2005..2010.
    #[arg(long)]
    year: Option<String>,
    /// Glob of document ids.
    #[arg(long)]
    path: Option<String>,
    /// Text that some heading holds.
    #[arg(long)]
    section: Option<String>,
    /// Role of the section.
    #[arg(long)]
    role: Option<String>,
    /// Parts to look in.
    #[arg(long = "in", value_enum, default_value = "all")]
    within: WithinArgument,
    /// Show every copy.
    #[arg(long)]
    no_collapse: bool,
    /// Print counts only.
    #[arg(long)]
    count: bool,
}

#[derive(Clone, Copy, ValueEnum)]
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

#[derive(Clone, Copy, ValueEnum)]
enum WithinArgument {
    Body,
    Headings,
    All,
}

#[derive(Clone, Copy, PartialEq, ValueEnum)]
enum Format {
    Text,
    Json,
    Jsonl,
}

impl Arguments {
    pub(super) fn run(self, session: &Session, out: &mut dyn Write) -> anyhow::Result<bool> {
        let started = std::time::Instant::now();
        let options = self.options()?;
        let node = parse(&self.query)?;
        let index = session.open()?;
        let searcher = Searcher::new(&index);
        if self.count {
            let count = searcher.count(&node, &options.filter)?;
            let (occurrences, passages, documents) =
                (count.occurrences, count.passages, count.documents);
            match self.format {
                Format::Text => writeln!(
                    out,
                    "{occurrences} occurrences, {passages} passages, {documents} documents"
                )?,
                Format::Json | Format::Jsonl => {
                    let json = json!({"query": self.query, "occurrences": occurrences, "passages": passages, "documents": documents});
                    writeln!(out, "{json}")?;
                }
            }
            return Ok(passages > 0);
        }
        let results = searcher.search(&node, &options)?;
        match self.format {
            Format::Json => {
                let took_ms = started.elapsed().as_secs_f64() * 1e3;
                writeln!(
                    out,
                    "{}",
                    json!({"query": self.query, "took_ms": took_ms, "total": results.total, "hits": results.hits})
                )?;
            }
            Format::Jsonl => {
                for hit in &results.hits {
                    writeln!(out, "{}", serde_json::to_string(hit)?)?;
                }
            }
            Format::Text => {
                for hit in &results.hits {
                    print(out, hit)?;
                }
            }
        }
        Ok(!results.hits.is_empty())
    }

    fn options(&self) -> anyhow::Result<SearchOptions> {
        let year = |text: &String| {
            years(text)
                .ok_or_else(|| anyhow::anyhow!("`{text}` is no year; expected 2009 or 2005..2010"))
        };
        let filter = Filter {
            kind: self.kind.clone(),
            years: self.year.as_ref().map(year).transpose()?,
            path: self.path.clone(),
            section: self.section.clone(),
            role: self.role.clone(),
            within: match self.within {
                WithinArgument::Body => Within::Body,
                WithinArgument::Headings => Within::Headings,
                WithinArgument::All => Within::All,
            },
        };
        Ok(SearchOptions {
            limit: self.limit,
            offset: self.offset,
            by: match self.by {
                ByArgument::Passage => By::Passage,
                ByArgument::Document => By::Document,
            },
            sort: match self.sort {
                SortArgument::Score => Sort::Score,
                SortArgument::Date => Sort::Date,
                SortArgument::DateDescending => Sort::DateDescending,
                SortArgument::Path => Sort::Path,
            },
            filter,
            collapse: !self.no_collapse,
            context: self.context,
        })
    }
}

fn print(out: &mut dyn Write, hit: &Hit) -> std::io::Result<()> {
    let date = hit
        .document
        .date
        .map(|date| date.to_string())
        .unwrap_or_default();
    writeln!(
        out,
        "{}. {}  {date}  {}:{}",
        hit.rank, hit.document.title, hit.document.id, hit.passage.line
    )?;
    let path: Vec<String> = hit
        .section
        .iter()
        .map(|section| {
            format!(
                "{}{}",
                section.label.as_deref().unwrap_or_default(),
                section.title
            )
        })
        .collect();
    if !path.is_empty() {
        writeln!(out, "   {}", path.join(" › "))?;
    }
    for passage in &hit.before {
        writeln!(out, "   | {}", passage.text)?;
    }
    writeln!(out, "   {}", hit.passage.text)?;
    for passage in &hit.after {
        writeln!(out, "   | {}", passage.text)?;
    }
    writeln!(out)
}
