//! `xunzhang outline DOC`

use std::io::{self, Write};

use serde::Serialize;
use xunzhang::index::SectionRecord;
use xunzhang::search::{DocumentRef, FullDocument};

use crate::cli::document_header;
use crate::cli::heading;
use crate::cli::output::{Format, json_line, one_of};
use crate::cli::paint::Ink;
use crate::cli::resolve_document::{self, First};
use crate::cli::session::Session;
use crate::cli::terminal::{pad_left, printable, wrap};

#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// A file, an id of the index, or a part of one that no other has.
    #[arg(value_name = "DOC")]
    document: String,
    /// How to print it; json prints one object a line for each document of a file.
    #[arg(long, value_parser = one_of(&FORMATS), default_value = "text")]
    format: Format,
}

/// What `--format` takes.
const FORMATS: [Format; 2] = [Format::Text, Format::Json];

/// An outline as JSON.
#[derive(Serialize)]
struct Outline<'a> {
    document: DocumentRef,
    headings: &'a [SectionRecord],
}

impl Arguments {
    pub(crate) fn run(self, session: &Session, out: &mut dyn Write) -> anyhow::Result<bool> {
        // A file comes first: its outline is that of now, and needs no index.
        let documents = resolve_document::documents(session, &self.document, First::File)?;
        let mut found = false;
        for (
            ord,
            FullDocument {
                document,
                structure,
                ..
            },
        ) in documents.into_iter().enumerate()
        {
            // A document without headings is exit status 1, as a search without hits is.
            found |= !structure.headings.is_empty();
            match self.format {
                Format::Json => {
                    let outline = Outline {
                        document: document.into(),
                        headings: &structure.headings,
                    };
                    write!(out, "{}", json_line(&outline)?)?;
                }
                _ => {
                    if ord > 0 {
                        writeln!(out)?;
                    }
                    document_header::print(session, &document, out)?;
                    print(session, &structure.headings, out)?;
                }
            }
        }
        Ok(found)
    }
}

/// Prints the headings as a tree, the number of its line before each.
fn print(session: &Session, headings: &[SectionRecord], out: &mut dyn Write) -> io::Result<()> {
    let largest = headings.iter().map(|heading| heading.line).max();
    // Four digits at least, so that the outlines of several documents are lined up with each other.
    let cells = largest.unwrap_or(0).to_string().len().max(4);
    if !headings.is_empty() {
        writeln!(out)?;
    }
    for section in headings {
        let line = pad_left(&section.line.to_string(), cells);
        let indent = 2 + 2 * usize::from(section.level.saturating_sub(1));
        let text = printable(&heading::printed(section.label.as_deref(), &section.title));
        let width = session.width.saturating_sub(cells + indent).max(8);
        for (ord, range) in wrap(&text, width).into_iter().enumerate() {
            // The number is before the first line of a heading alone: a second one would look like another heading.
            let before = if ord == 0 {
                line.clone()
            } else {
                " ".repeat(cells)
            };
            let before = session.paint.ink(Ink::Faint, &before);
            // With every level coloured none would be seen at a glance.
            let ink = if section.level == 1 {
                Ink::Heading
            } else {
                Ink::Text
            };
            let text = session.paint.ink(ink, &text[range]);
            writeln!(out, "{before}{}{text}", " ".repeat(indent))?;
        }
    }
    Ok(())
}
