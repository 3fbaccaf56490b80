//! `xunzhang check DRAFT`

use std::io::Write;
use std::path::Path;

use anyhow::Context;
use xunzhang::precedent::{Check, CheckOptions, LOOSE, MAX_DRAFT, check};
use xunzhang::search::Searcher;
use xunzhang::source::{Draft, read_draft, typed_draft};

use super::tables::tables;
use super::{citation_document, page, text};
use crate::cli::filter::FilterArguments;
use crate::cli::messages::{Lang, explain, say};
use crate::cli::output::workbook::workbook;
use crate::cli::output::{Format, OutputArguments, json_line, one_of};
use crate::cli::reader;
use crate::cli::remote::{Body, Remote};
use crate::cli::session::{Session, threads};
use crate::cli::value::{at_least_one, share};
use crate::cli::wording::text_or_input;

const EXAMPLES: &str = "\
Examples:
  xunzhang check draft.txt                  sentence by sentence, in the terminal
  xunzhang check draft.docx -o check.html   a page: choose a sentence to see its precedents beside it
  xunzhang check draft.docx -o check.docx   the draft with a comment at each citation
  xunzhang check - --format json <draft.txt

A sentence is verbatim, near (similarity 0.8), loose (0.5) or none. Reused characters are in runs of four or more that one of the five
most similar precedents has too; in a sentence without precedent, in clauses of eight or more that occur elsewhere word for word. Each is
counted once. Wording of five or more different texts is a set phrase; documents of one title, or of one text, count once.

Citations (quotations in “”, titles in 《》, 第X条 of a named law, document numbers, figures with their unit) are looked up where the draft says
they come from, else anywhere: as in the source, altered, not found, or undecided. Punctuation is not compared.";

#[derive(clap::Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Arguments {
    /// The draft: a file of any format that can be indexed, or `-` for standard input.
    #[arg(value_name = "DRAFT")]
    draft: String,
    /// Maximum number of variants shown for a sentence.
    #[arg(short = 'n', long, value_name = "N", default_value_t = 3, value_parser = at_least_one)]
    limit: usize,
    /// Maximum number of sources shown for a variant, the oldest and the newest included.
    #[arg(long, value_name = "N", default_value_t = 5)]
    sources: usize,
    /// Maximum number of documents in the totals.
    #[arg(long, value_name = "N", default_value_t = 20)]
    documents: usize,
    /// Leave out this document of the index; repeatable. One whose text is the draft itself is left out in any case.
    #[arg(long, value_name = "DOC")]
    exclude: Vec<String>,
    // The saved ones, which come from the file of defaults.
    #[arg(long, hide = true, value_name = "DOC")]
    saved_exclude: Vec<String>,
    /// Minimum similarity of a precedent, from 0 to 1.
    #[arg(long, value_name = "SHARE", default_value_t = LOOSE, value_parser = share)]
    min_similarity: f64,
    /// How to print.
    #[arg(long, value_parser = one_of(&FORMATS))]
    format: Option<Format>,
    #[command(flatten)]
    output: OutputArguments,
    #[command(flatten)]
    filter: FilterArguments,
}

/// What `--format` takes.
const FORMATS: [Format; 5] = [
    Format::Text,
    Format::Json,
    Format::Html,
    Format::Xlsx,
    Format::Docx,
];

impl Arguments {
    pub(crate) fn run(self, session: &Session, out: &mut dyn Write) -> anyhow::Result<bool> {
        let format = self.output.format(self.format, &FORMATS)?;
        let inputs = [Path::new(&self.draft)];
        // The target is opened first: one that must not be replaced is refused before the work, not after it.
        let output = self.output.open(format.form(), &inputs, session)?;
        let draft = draft(&self.draft, session)?;
        let index = session.open()?;
        // Only the index knows which files are its sources, and `-o` must not replace one.
        output.check_sources(&index)?;
        let check = self.check(&Searcher::new(&index), &draft, session)?;
        match format {
            Format::Text => {
                let text = text::print(&check, &self.output.session(session))?;
                output.write(text.as_bytes(), out)?;
            }
            Format::Xlsx | Format::Docx => {
                let bytes = bytes(&check, format, session.lang)?;
                output.write_binary(&bytes, session.lang, out)?;
            }
            _ => output.write(&bytes(&check, format, session.lang)?, out)?,
        }
        // A draft that reuses nothing is exit status 1, as a search without hits is.
        Ok(check.reused > 0)
    }

    /// Checks a draft.
    ///
    /// # Errors
    /// Those of [`check`], and that a document to leave out is not in the index.
    pub(crate) fn check(
        &self,
        searcher: &Searcher<'_>,
        (title, passages): &Draft,
        session: &Session,
    ) -> anyhow::Result<Check> {
        let options = CheckOptions {
            excluded: self.excluded(searcher, session)?,
            variants: self.limit,
            sources: self.sources,
            documents: self.documents,
            min_similarity: self.min_similarity,
            filter: self.filter.filter(),
            threads: threads(),
        };
        Ok(check(searcher, title, passages, &options)?)
    }

    /// The documents to leave out: those that were given, and the saved ones that are in the index.
    fn excluded(&self, searcher: &Searcher<'_>, session: &Session) -> anyhow::Result<Vec<String>> {
        // A mistyped id would leave out nothing, and the draft would match its own copy.
        for id in &self.exclude {
            searcher.document(id)?;
        }
        let mut excluded = self.exclude.clone();
        for id in &self.saved_exclude {
            match searcher.document(id) {
                Ok(_) => excluded.push(id.clone()),
                // Saved once, it may have been removed since, which must not stop every later check.
                Err(error) => session.note(&explain(&error.into(), session.lang)),
            }
        }
        Ok(excluded)
    }
}

/// A check as JSON, a page, a workbook or a document with comments, without the mark of a file.
///
/// # Errors
/// Those of the writer of the format.
pub(crate) fn bytes(check: &Check, format: Format, lang: Lang) -> anyhow::Result<Vec<u8>> {
    Ok(match format {
        Format::Xlsx => workbook(&tables(check, lang), lang)?,
        Format::Docx => citation_document::document(check, lang)?,
        Format::Html => page::page(check, lang).into_bytes(),
        _ => json_line(check)?.into_bytes(),
    })
}

/// Title and passages of a file or of standard input; those of several records one after the other.
///
/// # Errors
/// Those of reading it; a request may name no file, and its own file is its standard input.
pub(crate) fn draft(name: &str, session: &Session) -> anyhow::Result<Draft> {
    match session.remote.as_deref().map(Remote::body) {
        None if name != "-" => of_file(Path::new(name), name, session.lang),
        Some(Some(Body::File(path))) if name == "-" => of_file(path, name, session.lang),
        Some(_) if name != "-" => anyhow::bail!(say!(session.lang, "remote-file", name)),
        _ => Ok(typed_draft(&text_or_input(name, session)?)),
    }
}

/// Title and passages of the file at `path`, which messages call `name`.
pub(crate) fn of_file(path: &Path, name: &str, lang: Lang) -> anyhow::Result<Draft> {
    let draft = read_draft(path, &reader::options_of_draft(), MAX_DRAFT);
    draft.with_context(|| say!(lang, "check-draft", name))
}
