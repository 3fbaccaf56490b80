//! `xunzhang report [KEYWORD]... [--keywords FILE]`

use std::io::Write;
use std::path::PathBuf;

use xunzhang::report::keywords::{Keywords, from_words, read};
use xunzhang::report::output::{Output, REPORT_FORMS};
use xunzhang::report::table::{Cell, Language, Table};
use xunzhang::report::tables::Told;
use xunzhang::report::tally::{Negated, Tally, TallyOptions, tally};
use xunzhang::search::Searcher;

use super::filter::FilterArguments;
use super::language::{Lang, say};
use super::paint::Ink;
use super::session::Session;
use super::table::grouped;
use super::terminal::{pad, pad_left, printable, truncate, width};

const EXAMPLES: &str = "\
Examples:
  xunzhang report 招商引资 '\"坚持以*为指导\"' '失地农民 | 被征地农民'
  xunzhang report --keywords words.txt --excerpts 20 -o report.xlsx -o report.html
  xunzhang report --keywords words.csv --kind 工作报告 --year 2010.. -o report.json

A line of the list is an entry: a word (an exact phrase), any query, or alternatives between `|` that are counted
as one. `组名：词1 | 词2` gives it a group; `#` opens a comment. In .csv and .xlsx the first column is the entry,
the second its group. Of overlapping alternatives the longest counts.";

#[derive(clap::Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Arguments {
    /// Entries, each as on a line of a list.
    #[arg(value_name = "KEYWORD")]
    keywords: Vec<String>,
    /// A list of entries: text, .csv, .tsv or .xlsx.
    #[arg(short = 'k', long = "keywords", value_name = "FILE")]
    list: Option<PathBuf>,
    /// Write the report to this file, by its extension: .xlsx .html .csv .zip .json .md; repeatable.
    #[arg(short, long, value_name = "FILE")]
    output: Vec<PathBuf>,
    /// Most excerpts of each entry, the first in order of documents.
    #[arg(long, value_name = "N", default_value_t = 0)]
    excerpts: usize,
    /// Don't tell hits under negation apart.
    #[arg(long)]
    no_negation: bool,
    #[command(flatten)]
    filter: FilterArguments,
}

impl Arguments {
    pub(super) fn run(self, session: &Session, out: &mut dyn Write) -> anyhow::Result<bool> {
        let outputs: Vec<Output> = self
            .output
            .iter()
            .map(|path| Output::new(path, &REPORT_FORMS))
            .collect::<xunzhang::Result<_>>()?;
        let keywords = self.entries()?;
        let index = session.open_checked()?;
        let searcher = Searcher::new(&index);
        let options = TallyOptions {
            filter: self.filter.filter(),
            excerpts: self.excerpts,
            negation: match self.no_negation {
                true => Negated::Ignored,
                false => Negated::Counted,
            },
            ..TallyOptions::default()
        };
        let tally = tally(&searcher, &keywords, &options)?;
        let told = Told {
            tally: &tally,
            filter: &options.filter,
            language: language(session.lang),
        };
        for warning in told.warnings() {
            session.note(&warning);
        }
        for output in &outputs {
            output.write_report(&told)?;
            let path = output.path().display();
            session.note(&say!(session.lang, "已写入 {path}", "wrote {path}"));
        }
        if outputs.is_empty() || session.talk > super::session::Talk::Normal {
            print(&told, session, out)?;
        }
        Ok(tally.entries.iter().any(|entry| entry.passages > 0))
    }

    /// The list's entries, then those of the command line.
    fn entries(&self) -> xunzhang::Result<Keywords> {
        let Some(path) = &self.list else {
            return from_words(&self.keywords);
        };
        let keywords = read(path)?;
        if self.keywords.is_empty() {
            return Ok(keywords);
        }
        keywords.and(from_words(&self.keywords)?)
    }
}

/// The library's language of reports.
pub(super) fn language(lang: Lang) -> Language {
    lang.pick(Language::Zh, Language::En)
}

fn print(told: &Told, session: &Session, out: &mut dyn Write) -> std::io::Result<()> {
    let table = told.summary();
    let has_groups = told.tally.entries.iter().any(|entry| entry.group.is_some());
    let columns: Vec<usize> = (usize::from(!has_groups)..table.header.len()).collect();
    for line in lines(&table, &columns, session) {
        writeln!(out, "{line}")?;
    }
    let total = total(told.tally, session.lang);
    writeln!(out, "\n{}", session.paint.ink(Ink::Faint, &total))
}

/// The table with its columns under each other, whatever their script; the entry's is cut to what the screen leaves.
fn lines(table: &Table, columns: &[usize], session: &Session) -> Vec<String> {
    const WIDEST: usize = 40;
    let cell = |cell: &Cell| match cell {
        Cell::Count(count) => grouped(*count),
        other => truncate(&printable(&other.plain()), WIDEST),
    };
    let rows: Vec<Vec<String>> = table
        .rows
        .iter()
        .map(|row| columns.iter().map(|&column| cell(&row[column])).collect())
        .collect();
    let header: Vec<String> = columns
        .iter()
        .map(|&column| table.header[column].clone())
        .collect();
    let widths: Vec<usize> = (0..columns.len())
        .map(|ord| {
            let cells = rows.iter().chain([&header]).map(|row| width(&row[ord]));
            cells.max().unwrap_or(0)
        })
        .collect();
    let is_number = |ord: usize| table.rows.iter().any(|row| row[columns[ord]].is_number());
    let line = |row: &Vec<String>| {
        let cells = row
            .iter()
            .enumerate()
            .map(|(ord, cell)| match is_number(ord) {
                true => pad_left(cell, widths[ord]),
                false => pad(cell, widths[ord]),
            });
        cells.collect::<Vec<_>>().join("  ").trim_end().to_owned()
    };
    let mut out = vec![session.paint.ink(Ink::Title, &line(&header))];
    out.extend(rows.iter().map(line));
    out
}

fn total(tally: &Tally, lang: Lang) -> String {
    let documents = grouped(tally.documents.len() as u64);
    let passages = grouped(tally.passages());
    let characters = grouped(tally.characters());
    say!(
        lang,
        "共 {documents} 篇，{passages} 段，{characters} 字",
        "{documents} documents, {passages} passages, {characters} characters"
    )
}
