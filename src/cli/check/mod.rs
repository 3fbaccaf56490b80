//! `xunzhang check DRAFT`

mod page;
mod text;
mod workbook;

use std::io::Write;
use std::num::NonZeroUsize;
use std::path::Path;

use anyhow::Context;
use clap::ValueEnum;
use xunzhang::document::{Given, Line, Passage, Style, compose};
use xunzhang::precedent::{Check, CheckOptions, Class, MAX_DRAFT, Rarity, check};
use xunzhang::search::Searcher;
use xunzhang::source::mark::Form;
use xunzhang::source::read;

use super::filter::FilterArguments;
use super::language::{Lang, say};
use super::limit::at_least_one;
use super::output::OutputArguments;
use super::reader;
use super::session::Session;
use super::wording::text_or_input;

pub(super) use workbook::header;

const EXAMPLES: &str = "\
Examples:
  xunzhang check draft.txt                  sentence by sentence, in the terminal
  xunzhang check draft.docx -o check.html   a page: choose a sentence to see its precedents beside it
  xunzhang check - --format json <draft.txt

A sentence is verbatim, near (similarity 0.8), loose (0.5) or none. Reused characters stand in runs of four or more that a precedent
has too, each counted once. Wording that stands under five or more different titles is a set phrase.";

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
        let given = Given {
            file_stem: "-".to_owned(),
            ..Given::default()
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
    outcome.with_context(|| say!(lang, "稿件 {name}", "the draft {name}"))?;
    Ok((title, passages))
}

/// What a class is called.
fn class_name(class: Class, lang: Lang) -> &'static str {
    match class {
        Class::Verbatim => lang.pick("逐字", "verbatim"),
        Class::Near => lang.pick("近似", "near"),
        Class::Loose => lang.pick("略似", "loose"),
        Class::None => lang.pick("未见", "none"),
    }
}

/// What a class is called in files.
fn class_key(class: Class) -> &'static str {
    class_name(class, Lang::En)
}

/// How common the wording is.
fn rarity_name(rarity: Rarity, lang: Lang) -> &'static str {
    match rarity {
        Rarity::Single => lang.pick("只见于一种文件", "in one text only"),
        Rarity::Rare => lang.pick("见于少数文件", "in a few texts"),
        Rarity::Common => lang.pick("套语", "set phrase"),
    }
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
        "{n} 句：逐字 {verbatim}，近似 {near}，略似 {loose}，未见 {none}。{characters} 字中 {reused} 见于他处，其中除去套语为 {distinctive}。",
        "{n} sentences: {verbatim} verbatim, {near} near, {loose} loose, {none} none. Of {characters} characters {reused} stand elsewhere, {distinctive} without set phrases."
    )
}
