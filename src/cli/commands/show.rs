//! `xunzhang show DOC[:LINE]`

use std::io::{self, Write};
use std::ops::RangeInclusive;

use serde::Serialize;
use xunzhang::document::{Boilerplate, Part, Reason, TableRow};
use xunzhang::index::SectionRecord;
use xunzhang::search::{DocumentRef, FullDocument, SectionRef, StoredPassage, place};

use crate::cli::document_header;
use crate::cli::heading;
use crate::cli::messages;
use crate::cli::messages::say;
use crate::cli::ocr;
use crate::cli::output::{Format, json_line, one_of};
use crate::cli::paint::Ink;
use crate::cli::reader;
use crate::cli::resolve_document::{self, First};
use crate::cli::session::Session;
use crate::cli::terminal::{pad_left, printable, wrap};
use crate::cli::value::within;

#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// An id of the index, a part of one that no other has, or a file; with `:` and a line, the passage there.
    #[arg(value_name = "DOC[:LINE]")]
    document: String,
    /// Passages before and after the requested one.
    #[arg(
        short = 'C',
        long,
        value_name = "N",
        default_value_t = 2,
        value_parser = within::<u32>(0..=999_999)
    )]
    context: u32,
    /// Show also boilerplate: metadata, and what a page puts around a text.
    #[arg(long)]
    all: bool,
    /// Read pages of a file that have no text by a program for character recognition, as `index --ocr` does; the file is read even
    /// if it is in the index.
    #[arg(long)]
    ocr: bool,
    /// How to print it; json prints one object a line for each document of a file.
    #[arg(long, value_parser = one_of(&FORMATS), default_value = "text")]
    format: Format,
}

/// What `--format` takes.
const FORMATS: [Format; 2] = [Format::Text, Format::Json];

impl Arguments {
    pub(crate) fn run(self, session: &Session, out: &mut dyn Write) -> anyhow::Result<bool> {
        // What is recognized now comes from the file, whatever the index holds of it.
        let (first, options) = match self.ocr {
            true => (First::File, ocr::options_of_draft(session)),
            false => (First::Index, reader::options_of_draft()),
        };
        let named = resolve_document::place(session, &self.document, first, &options)?;
        for (ord, mut whole) in named.documents.into_iter().enumerate() {
            let mut marked = None;
            if let Some(line) = named.line {
                let at = numbers_at(session, &whole, line)?;
                let (start, end) = (*at.start(), *at.end());
                let around = start.saturating_sub(self.context)..=end.saturating_add(self.context);
                whole = whole.within(&around);
                marked = Some(at);
            }
            match self.format {
                Format::Json => write!(out, "{}", json_line(&Shown::of(whole))?)?,
                _ => {
                    if ord > 0 {
                        writeln!(out)?;
                    }
                    self.print(session, &whole, marked, out)?;
                }
            }
        }
        Ok(true)
    }

    fn print(
        &self,
        session: &Session,
        whole: &FullDocument,
        marked: Option<RangeInclusive<u32>>,
        out: &mut dyn Write,
    ) -> io::Result<()> {
        document_header::print(session, &whole.document, out)?;
        writeln!(out)?;
        // Only people are spared the boilerplate: JSON has it in any case.
        let boilerplate: &[Boilerplate] = if self.all {
            &whole.structure.boilerplate
        } else {
            &[]
        };
        let page = Page::new(session, whole, boilerplate, marked);
        page.print(whole, boilerplate, out)
    }
}

/// Numbers of the passages at the line.
pub(crate) fn numbers_at(
    session: &Session,
    whole: &FullDocument,
    line: u32,
) -> anyhow::Result<RangeInclusive<u32>> {
    whole.at_line(line).ok_or_else(|| {
        let (id, last) = (&whole.document.id, whole.last_line());
        anyhow::anyhow!(say!(session.lang, "show-no-line", id, last, line))
    })
}

/// A document as JSON.
#[derive(Serialize)]
struct Shown {
    document: DocumentRef,
    passages: Vec<ShownPassage>,
    boilerplate: Vec<ShownBoilerplate>,
}

/// A boilerplate line. The text of a copy is under `copy`, so that the values of `text` hold everything once.
#[derive(Serialize)]
struct ShownBoilerplate {
    line: u32,
    reason: Reason,
    #[serde(skip_serializing_if = "Option::is_none")]
    text: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    copy: Option<String>,
}

impl From<Boilerplate> for ShownBoilerplate {
    fn from(boilerplate: Boilerplate) -> Self {
        let Boilerplate { line, text, reason } = boilerplate;
        let (text, copy) = match reason {
            Reason::RepeatedText => (None, Some(text)),
            _ => (Some(text), None),
        };
        Self {
            line,
            reason,
            text,
            copy,
        }
    }
}

#[derive(Serialize)]
struct ShownPassage {
    place: String,
    number: u32,
    line: u32,
    part: Part,
    section: Vec<SectionRef>,
    // Left out where it does not apply: nearly all passages are neither rows nor recognized.
    #[serde(skip_serializing_if = "Option::is_none")]
    row: Option<TableRow>,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    ocr: bool,
    text: String,
}

impl Shown {
    fn of(whole: FullDocument) -> Self {
        let id = whole.document.id.clone();
        let passages = whole.passages.into_iter().map(|passage| ShownPassage {
            place: place(&id, passage.record.line),
            number: passage.number,
            line: passage.record.line,
            part: passage.record.part,
            section: passage.record.path.into_iter().map(Into::into).collect(),
            row: passage.record.row,
            ocr: passage.record.ocr,
            text: passage.text,
        });
        Self {
            document: whole.document.into(),
            passages: passages.collect(),
            boilerplate: whole
                .structure
                .boilerplate
                .into_iter()
                .map(Into::into)
                .collect(),
        }
    }
}

/// The columns before the text: a mark, the passage's number, its line.
struct Page<'a> {
    session: &'a Session,
    marked: Option<RangeInclusive<u32>>,
    /// Whether only some of the document was read by character recognition, so that passages need a mark.
    is_mixed: bool,
    number_cells: usize,
    line_cells: usize,
}

impl<'a> Page<'a> {
    fn new(
        session: &'a Session,
        whole: &FullDocument,
        boilerplate: &[Boilerplate],
        marked: Option<RangeInclusive<u32>>,
    ) -> Self {
        let numbers = whole.passages.iter().map(|passage| passage.number);
        let lines = whole.passages.iter().map(|passage| passage.record.line);
        let lines = lines.chain(boilerplate.iter().map(|line| line.line));
        // Four digits at least, so that documents shown one after the other are lined up.
        let cells = |largest: Option<u32>| largest.unwrap_or(0).to_string().len().max(4);
        Self {
            session,
            marked,
            is_mixed: whole.document.ocr_passages < whole.document.passages,
            number_cells: cells(numbers.max()),
            line_cells: cells(lines.max()),
        }
    }

    fn print(
        &self,
        whole: &FullDocument,
        mut boilerplate: &[Boilerplate],
        out: &mut dyn Write,
    ) -> io::Result<()> {
        let lang = self.session.lang;
        let names = (lang.text("show-passage"), lang.text("show-line"));
        self.row(' ', names, (Ink::Faint, ""), out)?;
        let first = whole.passages.first();
        // A page that begins with the document has each heading where it comes.
        if let Some(first) = first.filter(|first| first.number > 1) {
            self.way(first, out)?;
        }
        for passage in &whole.passages {
            // Boilerplate is in the order of lines as the passages are, so that one pass merges them.
            let n_before = boilerplate.partition_point(|line| line.line < passage.record.line);
            let before;
            (before, boilerplate) = boilerplate.split_at(n_before);
            self.boilerplate(before, out)?;
            self.passage(passage, out)?;
        }
        self.boilerplate(boilerplate, out)
    }

    /// The headings above a page that does not begin with the document.
    fn way(&self, first: &StoredPassage, out: &mut dyn Write) -> io::Result<()> {
        // Headings on the passage's own line are read there.
        let above = |section: &&SectionRecord| section.line < first.record.line;
        let headings = first.record.path.iter().filter(above);
        let headings =
            headings.map(|section| heading::printed(section.label.as_deref(), &section.title));
        let way: Vec<String> = headings.collect();
        if way.is_empty() {
            return Ok(());
        }
        self.row(' ', ("", ""), (Ink::Heading, &way.join(" › ")), out)
    }

    fn passage(&self, passage: &StoredPassage, out: &mut dyn Write) -> io::Result<()> {
        let StoredPassage {
            number,
            record,
            text,
        } = passage;
        let mark = match self
            .marked
            .as_ref()
            .is_some_and(|marked| marked.contains(number))
        {
            // What was requested has to be found on the screen, whether or not it was recognized.
            true => '>',
            false if record.ocr && self.is_mixed => '~',
            false => ' ',
        };
        let ink = match record.part {
            Part::Title => Ink::Title,
            Part::Heading => Ink::Heading,
            Part::Body => Ink::Text,
        };
        let places = (number.to_string(), record.line.to_string());
        self.row(mark, (&places.0, &places.1), (ink, text), out)
    }

    fn boilerplate(&self, lines: &[Boilerplate], out: &mut dyn Write) -> io::Result<()> {
        for line in lines {
            let place = line.line.to_string();
            let reason = messages::of_boilerplate(line.reason, self.session.lang);
            let text = format!("{}  [{reason}]", line.text.trim_end());
            self.row('-', ("-", &place), (Ink::Faint, &text), out)?;
        }
        Ok(())
    }

    fn row(
        &self,
        mark: char,
        (number, line): (&str, &str),
        (ink, text): (Ink, &str),
        out: &mut dyn Write,
    ) -> io::Result<()> {
        let paint = self.session.paint;
        let (number, line) = (
            pad_left(number, self.number_cells),
            pad_left(line, self.line_cells),
        );
        let margin = paint.ink(Ink::Faint, &format!("{mark}{number} {line}"));
        let indent = 1 + self.number_cells + 1 + self.line_cells + 2;
        let text = printable(text);
        let lines = wrap(&text, self.session.width.saturating_sub(indent).max(8));
        for (ord, range) in lines.into_iter().enumerate() {
            let text = paint.ink(ink, &text[range]);
            let written = if ord == 0 {
                format!("{margin}  {text}")
            } else {
                format!("{}{text}", " ".repeat(indent))
            };
            // A line without text would otherwise end in blanks, which are copied with it.
            writeln!(out, "{}", written.trim_end())?;
        }
        Ok(())
    }
}
