//! `xunzhang report [KEYWORD]... [--keywords FILE]`

use std::io::Write;
use std::path::{Path, PathBuf};

use xunzhang::report;
use xunzhang::report::keywords::Keywords;
use xunzhang::report::tally::{Negated, Tally, TallyOptions, tally};
use xunzhang::search::Searcher;
use xunzhang::source::mark::Form;
use xunzhang::task::Task;

use super::finished::Finished;
use super::json::write_json;
use super::tables::{Sheet, Told};
use crate::cli::filter::FilterArguments;
use crate::cli::keywords::KeywordArguments;
use crate::cli::messages::{Lang, say};
use crate::cli::output::columns::{grouped, of_table};
use crate::cli::output::csv::csv;
use crate::cli::output::{Outputs, OutputsArguments};
use crate::cli::paint::Ink;
use crate::cli::progress::Bar;
use crate::cli::session::{Session, Talk};
use crate::cli::terminal::wrap;

const EXAMPLES: &str = "\
Examples:
  xunzhang report 招商引资 “坚持以＊为指导” 失地农民｜被征地农民
  xunzhang report --keywords words.txt --excerpts 20 -o report.xlsx -o report.html
  xunzhang report --keywords words.csv --kind 工作报告 --year 2010.. -o report.json

A line of the list is an entry: a word (an exact phrase), any query, or alternatives between `|` that are counted
as one. `组名：词1 | 词2` gives it a group; `#` opens a comment. In .csv and .xlsx the first column is the entry,
the second its group. Of overlapping alternatives the longest counts.";

#[derive(clap::Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Arguments {
    #[command(flatten)]
    keywords: KeywordArguments,
    #[command(flatten)]
    output: OutputsArguments,
    /// Maximum number of excerpts of each entry, the first in order of documents.
    #[arg(long, value_name = "N", default_value_t = 0)]
    excerpts: usize,
    /// Don't count negated hits apart.
    #[arg(long)]
    no_negation: bool,
    #[command(flatten)]
    filter: FilterArguments,
}

impl Arguments {
    pub(crate) fn run(self, session: &Session, out: &mut dyn Write) -> anyhow::Result<bool> {
        let beside = |path: &Path, form| beside(path, form, session.lang);
        let lists = self.keywords.lists(session);
        let inputs: Vec<&Path> = lists.iter().map(PathBuf::as_path).collect();
        let outputs = self.output.open(&FORMS, beside, &inputs, session)?;
        let keywords = self.keywords.read(&lists, session)?;
        let index = session.open()?;
        let bar = Bar::patient(session);
        let progress = |progress| bar.show(progress);
        let searcher = Searcher::new(&index).with_task(Task {
            progress: &progress,
            ..Task::default()
        });
        for output in &outputs {
            output.check_sources(&index)?;
        }
        let finished = self.count(&searcher, keywords);
        // Before an error, whose message would otherwise begin on the line of the bar.
        bar.clear();
        let finished = finished?;
        let told = finished.told(session.lang);
        for warning in told.warnings() {
            session.note(&warning);
        }
        for output in &outputs {
            write(output, &told)?;
            let path = output.main.path().display();
            session.note(&say!(session.lang, "wrote", path));
        }
        // Who asked for a file looks there.
        if outputs.is_empty() || session.talk > Talk::Normal {
            print(&told, session, out)?;
        }
        let mut entries = told.tally.entries.iter();
        Ok(entries.any(|entry| entry.passages > 0))
    }

    /// Counts the entries of a list.
    ///
    /// # Errors
    /// Those of [`tally`].
    pub(crate) fn count(
        &self,
        searcher: &Searcher<'_>,
        keywords: Keywords,
    ) -> report::Result<Finished> {
        let options = self.options();
        Ok(Finished {
            tally: tally(searcher, &keywords, &options)?,
            filter: options.filter,
            notes: keywords.notes,
        })
    }

    fn options(&self) -> TallyOptions {
        TallyOptions {
            filter: self.filter.filter(),
            excerpts: self.excerpts,
            negation: match self.no_negation {
                true => Negated::Ignored,
                false => Negated::Counted,
            },
            ..TallyOptions::default()
        }
    }
}

/// The forms of a report.
const FORMS: [Form; 6] = [
    Form::Workbook,
    Form::Page,
    Form::Csv,
    Form::Archive,
    Form::Json,
    Form::Markdown,
];

/// CSV holds one table: the summary is in the file itself, each other one in `NAME-TABLE.csv` beside it.
fn beside(path: &Path, form: Form, lang: Lang) -> Vec<PathBuf> {
    if form != Form::Csv {
        return Vec::new();
    }
    let stem = path.file_stem().unwrap_or_default().to_string_lossy();
    let sheets = Sheet::ALL[1..].iter();
    sheets
        .map(|sheet| path.with_file_name(format!("{stem}-{}.csv", sheet.name(lang))))
        .collect()
}

fn write(output: &Outputs, told: &Told) -> anyhow::Result<()> {
    match output.main.form() {
        // Piece by piece: it may be too much to be in memory twice.
        Form::Json => return Ok(output.main.write_json(|out| write_json(told, out))?),
        Form::Csv => {
            let tables = told.tables();
            for (sheet, target) in Sheet::ALL[1..].iter().zip(&output.beside) {
                // One collection or issuer makes no breakdown.
                if let Some(table) = tables.iter().find(|table| table.key == sheet.key()) {
                    target.write(&csv(table))?;
                }
            }
        }
        _ => {}
    }
    Ok(output.main.write(&told.bytes(output.main.form())?)?)
}

/// Remarks on dates of first use that a terminal shows; files have all of them.
const MOST_REMARKS: usize = 10;

fn print(told: &Told, session: &Session, out: &mut dyn Write) -> std::io::Result<()> {
    let table = told.summary();
    let has_groups = told.tally.entries.iter().any(|entry| entry.group.is_some());
    // The last column is a sentence: it is printed below the table, where it can wrap.
    let columns: Vec<usize> = (usize::from(!has_groups)..table.header.len() - 1).collect();
    for line in of_table(&table, &columns, session.table_width(), session.paint) {
        writeln!(out, "{line}")?;
    }
    let remarks = told.first_remarks();
    for remark in remarks.iter().take(MOST_REMARKS) {
        for line in wrap(remark, session.width) {
            writeln!(out, "{}", session.paint.ink(Ink::Faint, &remark[line]))?;
        }
    }
    if remarks.len() > MOST_REMARKS {
        let n = remarks.len() - MOST_REMARKS;
        writeln!(out, "{}", say!(session.lang, "report-more-remarks", n))?;
    }
    let total = total(told.tally, session.lang);
    writeln!(out, "\n{}", session.paint.ink(Ink::Faint, &total))
}

fn total(tally: &Tally, lang: Lang) -> String {
    let documents = grouped(tally.documents.len() as u64);
    let passages = grouped(tally.passages());
    let characters = grouped(tally.characters());
    say!(lang, "report-total", documents, passages, characters)
}
