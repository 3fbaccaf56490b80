//! `xunzhang check DRAFT`

mod page;
mod text;
mod workbook;

use std::io::Write;
use std::num::NonZeroUsize;
use std::path::Path;

use anyhow::Context;
use clap::ValueEnum;
use xunzhang::document::{Line, Passage, SourceMetadata, Style, compose};
use xunzhang::precedent::{
    COMMON_TITLES, COUNTED, Check, CheckOptions, Class, LOOSE, MAX_DRAFT, MIN_CLAUSE, MIN_RUN,
    NEAR, Rarity, check,
};
use xunzhang::search::Searcher;
use xunzhang::source::mark::Form;
use xunzhang::source::read;

use super::filter::FilterArguments;
use super::messages::{Lang, say};
use super::output::OutputArguments;
use super::reader;
use super::session::Session;
use super::value::at_least_one;
use super::wording::text_or_input;

pub(super) use workbook::header;

const EXAMPLES: &str = "\
Examples:
  xunzhang check draft.txt                  sentence by sentence, in the terminal
  xunzhang check draft.docx -o check.html   a page: choose a sentence to see its precedents beside it
  xunzhang check - --format json <draft.txt

A sentence is verbatim, near (similarity 0.8), loose (0.5) or none. Reused characters stand in runs of four or more that one of the five
most similar precedents has too; in a sentence without precedent, in clauses of eight or more that stand elsewhere word for word. Each is
counted once. Wording that stands in five or more different texts is a set phrase; documents of one title, or of one text, count once.";

#[derive(clap::Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Arguments {
    /// The draft: a file of any format that can be indexed, or `-` for standard input.
    #[arg(value_name = "DRAFT")]
    draft: String,
    /// Most variants shown of a sentence.
    #[arg(short = 'n', long, value_name = "N", default_value_t = 3, value_parser = at_least_one)]
    limit: usize,
    /// Most sources shown of a variant, the oldest and the newest among them.
    #[arg(long, value_name = "N", default_value_t = 5)]
    sources: usize,
    /// Most documents in the totals.
    #[arg(long, value_name = "N", default_value_t = 20)]
    documents: usize,
    /// How to print.
    #[arg(long, value_enum)]
    format: Option<Format>,
    #[command(flatten)]
    output: OutputArguments,
    #[command(flatten)]
    filter: FilterArguments,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    Text,
    Json,
    Html,
    Xlsx,
}

impl Format {
    fn form(self) -> Form {
        match self {
            Self::Text => Form::Text,
            Self::Json => Form::Json,
            Self::Html => Form::Page,
            Self::Xlsx => Form::Workbook,
        }
    }
}

impl Arguments {
    pub(super) fn run(self, session: &Session, out: &mut dyn Write) -> anyhow::Result<bool> {
        let format = self.output.format(self.format, Format::Text)?;
        let inputs = [Path::new(&self.draft)];
        let output = self.output.open(format.form(), &inputs, session)?;
        let (title, passages) = draft(&self.draft, session.lang)?;
        let options = CheckOptions {
            variants: self.limit,
            sources: self.sources,
            documents: self.documents,
            filter: self.filter.filter(),
            threads: threads(),
        };
        let index = session.open()?;
        output.check_sources(&index)?;
        let check = check(&Searcher::new(&index), &title, &passages, &options)?;
        match format {
            Format::Text => {
                let text = text::print(&check, &self.output.session(session))?;
                output.write(text.as_bytes(), out)?;
            }
            Format::Json => output.write_json(&check, out)?,
            Format::Html => {
                let page = page::page(&check, session.lang);
                output.write(page.as_bytes(), out)?;
            }
            Format::Xlsx => {
                let workbook = workbook::workbook(&check, session.lang)?;
                output.write_binary(&workbook, session.lang, out)?;
            }
        }
        Ok(check.reused > 0)
    }
}

/// As many threads as there are processors.
pub(super) fn threads() -> NonZeroUsize {
    std::thread::available_parallelism().unwrap_or(NonZeroUsize::MIN)
}

/// Title and passages of a file or of standard input; those of several records one after the other.
pub(super) fn draft(name: &str, lang: Lang) -> anyhow::Result<(String, Vec<Passage>)> {
    if name == "-" {
        let text = text_or_input(name, lang)?;
        let lines: Vec<Line> = (1..)
            .zip(text.lines())
            .map(|(number, text)| Line {
                number,
                text: text.to_owned(),
                style: Style::Plain,
            })
            .collect();
        let given = SourceMetadata {
            file_stem: "-".to_owned(),
            ..SourceMetadata::default()
        };
        let (document, _) = compose(&lines, &given);
        return Ok((document.title, document.passages));
    }
    let mut title = String::new();
    let mut passages = Vec::new();
    let outcome = read(Path::new(name), &reader::options_of_draft(), |record| {
        if title.is_empty() {
            title = record.document.title;
        }
        // What is longer than any draft is told by its length; more need not be held.
        if passages.len() <= MAX_DRAFT {
            passages.extend(record.document.passages);
        }
    });
    outcome.with_context(|| say!(lang, "check-draft", name))?;
    Ok((title, passages))
}

/// What a class is called.
fn class_name(class: Class, lang: Lang) -> &'static str {
    match class {
        Class::Verbatim => lang.text("check-verbatim"),
        Class::Near => lang.text("check-near"),
        Class::Loose => lang.text("check-loose"),
        Class::None => lang.text("check-none"),
    }
}

/// What a class is called in files.
fn class_key(class: Class) -> &'static str {
    match class {
        Class::Verbatim => "verbatim",
        Class::Near => "near",
        Class::Loose => "loose",
        Class::None => "none",
    }
}

/// How common the wording is.
fn rarity_name(rarity: Rarity, lang: Lang) -> &'static str {
    match rarity {
        Rarity::Single => lang.text("check-single"),
        Rarity::Rare => lang.text("check-rare"),
        Rarity::Common => lang.text("check-common"),
    }
}

/// How the numbers are made.
fn method(lang: Lang) -> String {
    say!(
        lang,
        "check-method",
        near = NEAR,
        loose = LOOSE,
        min_run = MIN_RUN,
        counted = COUNTED,
        min_clause = MIN_CLAUSE,
        common_titles = COMMON_TITLES
    )
}

/// What the whole check comes to, in two sentences.
fn summary(check: &Check, lang: Lang) -> String {
    let share = |n: u64| format!("{:.1} %", 100.0 * n as f64 / check.characters.max(1) as f64);
    let (n, characters) = (check.sentences.len(), check.characters);
    let (reused, distinctive) = (share(check.reused), share(check.distinctive));
    let classes = &check.classes;
    let (verbatim, near, loose, none) =
        (classes.verbatim, classes.near, classes.loose, classes.none);
    say!(
        lang,
        "check-summary",
        n,
        verbatim,
        near,
        loose,
        none,
        characters,
        reused,
        distinctive
    )
}
