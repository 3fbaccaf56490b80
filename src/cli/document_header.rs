//! The head of a document that is shown: its title, and what is known of it.

use std::io::{self, Write};

use xunzhang::document::DateSource;
use xunzhang::index::DocumentRecord;

use super::messages::{Lang, say};
use super::paint::Ink;
use super::session::Session;
use super::terminal::{printable, wrap};

/// Prints title, id, and what is known of date, kind, issuer and origin.
pub(crate) fn print(
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

/// What is known of date, kind, issuer and recognized passages.
pub(crate) fn known(document: &DocumentRecord, lang: Lang) -> Vec<String> {
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

#[cfg(test)]
mod tests {
    use super::*;

    fn record() -> DocumentRecord {
        DocumentRecord {
            id: "甲/总结.txt".to_owned(),
            title: "白苇县\u{202e}水利总结".to_owned(),
            date: xunzhang::document::Date::new(2009, Some(3), None),
            date_source: None,
            adopted: None,
            kind: Some("总结".to_owned()),
            issuer: None,
            collection: "甲".to_owned(),
            url: None,
            passages: 4,
            characters: xunzhang::document::Characters::default(),
            ocr: false,
            ocr_passages: 0,
            is_record: false,
        }
    }

    #[test]
    fn what_is_not_known_leaves_no_gap() {
        assert_eq!(known(&record(), Lang::Zh), ["2009-03", "总结"]);
        let bare = DocumentRecord {
            date: None,
            kind: None,
            ..record()
        };
        assert!(known(&bare, Lang::Zh).is_empty());
    }

    #[test]
    fn a_date_is_beside_what_it_was_read_from() {
        let sources = [
            DateSource::Record,
            DateSource::Metadata,
            DateSource::Subtitle,
            DateSource::Signature,
            DateSource::Title,
            DateSource::DocumentNumber,
            DateSource::FileName,
        ];
        for lang in [Lang::Zh, Lang::En] {
            let said = sources.map(|source| {
                let dated = DocumentRecord {
                    date_source: Some(source),
                    ..record()
                };
                known(&dated, lang).remove(0)
            });
            let different: std::collections::BTreeSet<&String> = said.iter().collect();
            assert_eq!(different.len(), sources.len(), "{said:?}");
            assert!(
                said.iter()
                    .all(|said| said.contains("2009-03") && !said.contains("date-")),
                "{said:?}"
            );
        }
    }

    #[test]
    fn recognized_text_is_known_by_its_passages() {
        let said = |ocr_passages| {
            let document = DocumentRecord {
                ocr_passages,
                ..record()
            };
            known(&document, Lang::Zh).get(2).cloned()
        };
        assert_eq!(said(0), None);
        let (some, all) = (said(3).expect("a note"), said(4).expect("a note"));
        assert!(some.contains('3') && !all.contains('4'), "{some} {all}");
    }
}
