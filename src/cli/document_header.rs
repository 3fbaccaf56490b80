//! The head of a document that is shown: its title, and what is known of it.

use std::io::{self, Write};

use xunzhang::document::DateSource;
use xunzhang::index::DocumentRecord;

use super::messages::{Lang, say};
use super::paint::Ink;
use super::session::Session;
use super::terminal::{printable, wrap};

/// Prints title, id, and what is known of date, kind, issuer and origin.
pub(super) fn print(
    session: &Session,
    document: &DocumentRecord,
    out: &mut dyn Write,
) -> io::Result<()> {
    let mut line = |ink, text: &str| -> io::Result<()> {
        let text = printable(text);
        for range in wrap(&text, session.width) {
            writeln!(out, "{}", session.paint.ink(ink, &text[range]))?;
        }
        Ok(())
    };
    line(Ink::Title, &document.title)?;
    line(Ink::Place, &document.id)?;
    let known = known(document, session.lang);
    if !known.is_empty() {
        line(Ink::Faint, &known.join(" · "))?;
    }
    if let Some(url) = &document.url {
        line(Ink::Faint, url)?;
    }
    Ok(())
}

fn known(document: &DocumentRecord, lang: Lang) -> Vec<String> {
    let date = document.date.map(|date| match document.date_source {
        // A date from the name of the file is worth less than a signature: what it was read from is beside it.
        Some(source) => {
            let source = lang.text(source_key(source));
            say!(lang, "head-date", date, source)
        }
        None => date.to_string(),
    });
    let ocr = match document.ocr_passages {
        0 => None,
        n if n == document.passages => Some(lang.text("head-ocr").to_owned()),
        n => Some(say!(lang, "head-ocr-passages", n)),
    };
    let known = [date, document.kind.clone(), document.issuer.clone(), ocr];
    known.into_iter().flatten().collect()
}

/// The key of what a date was read from.
fn source_key(source: DateSource) -> &'static str {
    match source {
        DateSource::Record => "date-record",
        DateSource::Metadata => "date-metadata",
        DateSource::Subtitle => "date-subtitle",
        DateSource::Signature => "date-signature",
        DateSource::Title => "date-title",
        DateSource::DocumentNumber => "date-document-number",
        DateSource::FileName => "date-file-name",
    }
}
