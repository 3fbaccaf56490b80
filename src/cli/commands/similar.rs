//! `xunzhang similar DOC`

use std::io::Write;
use std::path::Path;

use serde_json::json;
use xunzhang::index::DocumentRecord;
use xunzhang::precedent::{Compared, Similar, SimilarOptions, similar};
use xunzhang::search::{Error, Searcher};

use crate::cli::commands::check::draft;
use crate::cli::filter::FilterArguments;
use crate::cli::messages::say;
use crate::cli::output::{Format, OutputArguments, one_of};
use crate::cli::paint::Ink;
use crate::cli::session::{Session, threads};
use crate::cli::terminal::{pad_left, printable, truncate, wrap};
use crate::cli::value::{at_least_one, share};

#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// Id of a document in the index or a part of one, a place (DOC:LINE), or a file.
    #[arg(value_name = "DOC")]
    document: String,
    /// Minimum share of DOC that a document contains, from 0 to 1.
    #[arg(long, value_name = "SHARE", default_value_t = 0.05, value_parser = share)]
    min_share: f64,
    /// Maximum number of documents.
    #[arg(short = 'n', long, value_name = "N", default_value_t = 10, value_parser = at_least_one)]
    limit: usize,
    /// Maximum number of passages shown for a document.
    #[arg(long, value_name = "N", default_value_t = 3)]
    passages: usize,
    /// How to print.
    #[arg(long, value_parser = one_of(&FORMATS))]
    format: Option<Format>,
    #[command(flatten)]
    output: OutputArguments,
    #[command(flatten)]
    filter: FilterArguments,
}

/// What `--format` takes.
pub(crate) const FORMATS: [Format; 2] = [Format::Text, Format::Json];

/// The requested document.
pub(crate) struct Requested {
    /// Its id if it is in the index.
    pub(crate) id: Option<String>,
    pub(crate) title: String,
    /// Its passages by number.
    passages: Vec<(u32, String)>,
}

impl Arguments {
    pub(crate) fn run(self, session: &Session, out: &mut dyn Write) -> anyhow::Result<bool> {
        let format = self.output.format(self.format, &FORMATS)?;
        // The document may be a file, which `-o` must not replace.
        let inputs = [Path::new(&self.document)];
        let output = self.output.open(format.form(), &inputs, session)?;
        let index = session.open()?;
        let searcher = Searcher::new(&index);
        output.check_sources(&index)?;
        let (asked, found) = self.found(&searcher, session)?;
        match format {
            Format::Json => {
                let json =
                    json!({"document": self.document, "title": asked.title, "similar": found});
                output.write_json(&json, out)?;
            }
            _ => {
                let text = print(&found, &self.output.session(session))?;
                output.write(text.as_bytes(), out)?;
            }
        }
        if found.is_empty() {
            session.note(session.lang.text("similar-none"));
        }
        Ok(!found.is_empty())
    }

    /// The requested document, and those that share text with it.
    pub(crate) fn found(
        &self,
        searcher: &Searcher<'_>,
        session: &Session,
    ) -> anyhow::Result<(Requested, Vec<Similar>)> {
        let asked = self.read(searcher, session)?;
        let compared: Vec<Compared<'_>> = asked
            .passages
            .iter()
            .map(|(number, text)| Compared {
                number: *number,
                text,
            })
            .collect();
        let options = SimilarOptions {
            min_share: self.min_share,
            limit: self.limit,
            passages: self.passages,
            filter: self.filter.filter(),
            threads: threads(),
        };
        // With its id the document is kept from matching itself.
        let found = similar(searcher, &compared, asked.id.as_deref(), &options)?;
        Ok((asked, found))
    }

    /// Finds the document as `show` does: by its id, as a file, by a part of one id; a line after it is that of a place.
    fn read(&self, searcher: &Searcher<'_>, session: &Session) -> anyhow::Result<Requested> {
        // The whole name comes first: an id may itself end in a colon and digits.
        let names: Vec<&str> = [Some(&*self.document), document_of_place(&self.document)]
            .into_iter()
            .flatten()
            .collect();
        for name in &names {
            match searcher.document(name) {
                Ok(record) => return of_index(searcher, record),
                Err(Error::NoDocument(_)) => {}
                Err(error) => return Err(error.into()),
            }
        }
        // An id and a file are exact; a part of an id is a guess, and the last resort.
        let mut files = names.iter().filter(|_| session.may_name_files());
        if let Some(file) = files.find(|name| Path::new(name).exists()) {
            let (title, passages) = draft(file, session)?;
            let passages = passages
                .into_iter()
                .map(|passage| (passage.number, passage.text));
            return Ok(Requested {
                id: None,
                title,
                passages: passages.collect(),
            });
        }
        let ids = names.iter().map(|name| searcher.resolve(name));
        // That a name is ambiguous helps more than that it was not found.
        let id = ids.reduce(|whole, place| match whole {
            Err(Error::NoDocument(_)) => place,
            whole => whole,
        });
        match id {
            Some(id) => of_index(searcher, searcher.document(&id?)?),
            None => Err(Error::NoDocument(self.document.clone()).into()),
        }
    }
}

fn of_index(searcher: &Searcher<'_>, record: DocumentRecord) -> anyhow::Result<Requested> {
    let stored = searcher.passages(&record.id, |_| true)?;
    let passages = stored
        .into_iter()
        .map(|passage| (passage.number, passage.text));
    Ok(Requested {
        passages: passages.collect(),
        id: Some(record.id),
        title: record.title,
    })
}

/// The document of `DOCUMENT:LINE`, in either width.
fn document_of_place(text: &str) -> Option<&str> {
    let (name, line) = text.rsplit_once([':', '：'])?;
    let is_line = !line.is_empty() && line.bytes().all(|byte| byte.is_ascii_digit());
    (is_line && !name.is_empty()).then_some(name)
}

fn print(found: &[Similar], session: &Session) -> Result<String, std::fmt::Error> {
    use std::fmt::Write;
    let mut out = String::new();
    for similar in found {
        print_document(&mut out, similar, session)?;
        writeln!(out)?;
    }
    Ok(out)
}

/// A document with its shares, and the passages that it shares.
fn print_document(out: &mut String, similar: &Similar, session: &Session) -> std::fmt::Result {
    use std::fmt::Write;
    /// Lines of a shared text: enough to recognize it.
    const MOST_LINES: usize = 3;
    let paint = session.paint;
    let share = pad_left(&format!("{:.1} %", similar.share * 100.0), 7);
    let date = similar.document.date.map(|date| format!("{date}  "));
    let date = date.unwrap_or_default();
    let title = printable(&format!("{date}{}", similar.document.title));
    // The share and the gap after it take nine cells, as does the indent of the lines below.
    let title = truncate(&title, session.width.saturating_sub(9));
    writeln!(out, "{}  {title}", paint.ink(Ink::Title, &share))?;
    let other = format!("{:.1} %", similar.share_of_other * 100.0);
    let of_other = say!(session.lang, "similar-other", other);
    let id = printable(&similar.document.id);
    writeln!(out, "         {}  {of_other}", paint.ink(Ink::Place, &id))?;
    for shared in &similar.passages {
        let line = format!("{} → {}", shared.number, shared.other_number);
        writeln!(out, "         {}", paint.ink(Ink::Faint, &line))?;
        let text = printable(&shared.other_text);
        let lines = wrap(&text, session.width.saturating_sub(11)).into_iter();
        for range in lines.take(MOST_LINES) {
            writeln!(out, "           {}", &text[range])?;
        }
    }
    Ok(())
}
