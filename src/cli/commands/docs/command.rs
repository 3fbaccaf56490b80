//! `xunzhang docs`

use std::io::{self, Write};

use clap::ValueEnum;
use serde::Serialize;
use xunzhang::index::DocumentRecord;
use xunzhang::search::{ListedDocument, Order, Searcher};

use super::breakdown::{Breakdown, By, Group, groups};
use crate::cli::filter::DocumentArguments;
use crate::cli::messages::{Lang, listed, say};
use crate::cli::output::columns::{Side, grouped, lines};
use crate::cli::output::csv::{Separator, write_row};
use crate::cli::output::{Format, json_line, one_of};
use crate::cli::paint::Ink;
use crate::cli::session::Session;
use crate::cli::terminal::{pad, printable, truncate, width};

#[derive(clap::Args)]
pub(crate) struct Arguments {
    #[command(flatten)]
    filter: DocumentArguments,
    /// Documents whose title or issuer holds this text.
    #[arg(long, value_name = "TEXT")]
    title: Option<String>,
    /// Count the documents by this instead of listing them.
    #[arg(long, value_enum, conflicts_with = "sort")]
    by: Option<By>,
    /// The order.
    // Without this, clap takes `-date` for a cluster of short flags.
    #[arg(long, value_enum, default_value = "path", allow_hyphen_values = true)]
    sort: SortArgument,
    /// How to print them.
    #[arg(long, value_parser = one_of(&FORMATS), default_value = "text")]
    format: Format,
}

#[derive(Clone, Copy, ValueEnum)]
enum SortArgument {
    Path,
    Date,
    #[value(name = "-date")]
    DateDescending,
}

/// What `--format` takes.
const FORMATS: [Format; 4] = [Format::Text, Format::Json, Format::Jsonl, Format::Csv];

/// A list as JSON.
#[derive(Serialize)]
struct List<'a> {
    total: u64,
    /// The documents by collection, if there are several.
    #[serde(skip_serializing_if = "<[Group]>::is_empty")]
    collections: &'a [Group],
    documents: Vec<ListedDocument>,
}

impl Arguments {
    pub(crate) fn run(self, session: &Session, out: &mut dyn Write) -> anyhow::Result<bool> {
        let index = session.open()?;
        let searcher = Searcher::new(&index);
        let documents = self.documents(&searcher)?;
        let n = documents.len() as u64;
        // Where there are several, how many each has is what a user of all of them asks first.
        let collections = match searcher.manifest().has_several_collections() {
            true => groups(&documents, By::Collection),
            false => Vec::new(),
        };
        match self.by {
            Some(by) => Breakdown::new(&documents, by).print(self.format, session, out)?,
            None => self.write(documents, &collections, session, out)?,
        }
        if self.format == Format::Text {
            session.note(&total(n, &collections, session.lang));
        }
        Ok(n > 0)
    }

    /// The documents that are listed, in order.
    pub(crate) fn documents(
        &self,
        searcher: &Searcher<'_>,
    ) -> xunzhang::search::Result<Vec<DocumentRecord>> {
        let order = match self.sort {
            SortArgument::Path => Order::Path,
            SortArgument::Date => Order::Date,
            SortArgument::DateDescending => Order::DateDescending,
        };
        searcher.documents(&self.filter.filter(), self.title.as_deref(), order)
    }

    fn write(
        &self,
        documents: Vec<DocumentRecord>,
        collections: &[Group],
        session: &Session,
        out: &mut dyn Write,
    ) -> anyhow::Result<()> {
        match self.format {
            Format::Json => {
                let total = documents.len() as u64;
                let documents = documents.into_iter().map(ListedDocument::from).collect();
                let list = List {
                    total,
                    collections,
                    documents,
                };
                write!(out, "{}", json_line(&list)?)?;
            }
            Format::Jsonl => {
                for document in documents {
                    write!(out, "{}", json_line(&ListedDocument::from(document))?)?;
                }
            }
            Format::Csv => write_csv(documents, out)?,
            _ => print(session, &documents, out)?,
        }
        Ok(())
    }
}

/// How many documents there are, and in which collections if there are several.
fn total(n: u64, collections: &[Group], lang: Lang) -> String {
    if n == 0 {
        return lang.text("docs-none").to_owned();
    }
    let documents = say!(lang, "n-documents", n);
    if collections.is_empty() {
        return documents;
    }
    let named: Vec<String> = collections.iter().map(Group::named).collect();
    let collections = listed(&named, lang);
    say!(lang, "docs-by-collection", documents, collections)
}

/// The columns of CSV; new ones come last, so that programs that count columns go on working.
const COLUMNS: [&str; 9] = [
    "id",
    "title",
    "date",
    "kind",
    "issuer",
    "url",
    "passages",
    "characters",
    "collection",
];

fn write_csv(documents: Vec<DocumentRecord>, out: &mut dyn Write) -> io::Result<()> {
    write_row(out, Separator::Comma, &COLUMNS.map(str::to_owned))?;
    for document in documents {
        let date = document.date.map(|date| date.to_string());
        let cells = [
            document.id,
            document.title,
            date.unwrap_or_default(),
            document.kind.unwrap_or_default(),
            document.issuer.unwrap_or_default(),
            document.url.unwrap_or_default(),
            document.passages.to_string(),
            document.characters.passages.to_string(),
            document.collection,
        ];
        write_row(out, Separator::Comma, &cells)?;
    }
    Ok(())
}

/// Minimum width of a title that shares its line with an id, in cells.
const NARROWEST_TITLE: usize = 24;

/// Names of the columns of a table in a terminal.
const NAMES: [&str; 5] = [
    "docs-date",
    "docs-kind",
    "docs-passages",
    "docs-characters",
    "docs-title",
];
/// To which side their cells are pushed.
const SIDES: [Side; 5] = [Side::Left, Side::Left, Side::Right, Side::Right, Side::Left];

/// Prints a table; ids are at the end of each row if all fit there, else on lines of their own.
fn print(
    session: &Session,
    documents: &[DocumentRecord],
    out: &mut dyn Write,
) -> anyhow::Result<()> {
    // Column names over nothing look like a list whose rows were lost.
    if documents.is_empty() {
        return Ok(());
    }
    let mut rows = vec![NAMES.map(|key| session.lang.text(key).to_owned())];
    rows.extend(documents.iter().map(row));
    let ids = documents.iter().map(|document| printable(&document.id));
    let ids: Vec<String> = ids.collect();
    let is_beside = fit_titles(&mut rows, &ids, session.width);
    let lines = lines(SIDES, &rows);
    writeln!(out, "{}", session.paint.ink(Ink::Faint, &lines[0]))?;
    let widest = lines.iter().map(|line| width(line)).max().unwrap_or(0);
    for (line, id) in lines[1..].iter().zip(&ids) {
        let id = session.paint.ink(Ink::Place, id);
        if is_beside {
            writeln!(out, "{}  {id}", pad(line, widest))?;
        } else {
            writeln!(out, "{line}\n    {id}")?;
        }
    }
    Ok(())
}

/// Cuts the titles so that the rows fit into `cells`; whether all ids fit beside them.
fn fit_titles(rows: &mut [[String; 5]], ids: &[String], cells: usize) -> bool {
    let widest = |column: usize| {
        rows.iter()
            .map(|row| width(&row[column]))
            .max()
            .unwrap_or(0)
    };
    let before: usize = (0..4).map(|column| widest(column) + 2).sum();
    let widest_id = ids.iter().map(|id| width(id)).max().unwrap_or(0);
    let room = cells.saturating_sub(before);
    let beside = room.saturating_sub(widest_id + 2);
    let is_beside = beside >= NARROWEST_TITLE.min(widest(4));
    let title_cells = if is_beside { beside } else { room };
    for row in rows {
        // Four characters of the title are left on the narrowest terminal.
        row[4] = truncate(&row[4], title_cells.max(8));
    }
    is_beside
}

fn row(document: &DocumentRecord) -> [String; 5] {
    let date = document.date.map(|date| date.to_string());
    [
        date.unwrap_or_default(),
        document.kind.as_deref().map(printable).unwrap_or_default(),
        grouped(document.passages.into()),
        grouped(document.characters.passages),
        printable(&document.title),
    ]
}
