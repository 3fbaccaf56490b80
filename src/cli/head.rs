//! The head of a document that is shown: its title, and what is known of it.

use std::io::{self, Write};

use xunzhang::document::DateSource;
use xunzhang::index::DocumentRecord;

use super::language::Lang;
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
        Some(source) => lang.pick(
            format!("{date}（{}）", chinese(source)),
            format!("{date} ({})", english(source)),
        ),
        None => date.to_string(),
    });
    let ocr = match document.ocr_passages {
        0 => None,
        n if n == document.passages => Some(lang.pick("文字识别（OCR）", "OCR").to_owned()),
        n => Some(lang.pick(
            format!("其中 {n} 段是文字识别（OCR）的，前有 ~ 号"),
            format!("{n} passages by OCR, marked ~"),
        )),
    };
    let known = [date, document.kind.clone(), document.issuer.clone(), ocr];
    known.into_iter().flatten().collect()
}

fn chinese(source: DateSource) -> &'static str {
    match source {
        DateSource::Record => "记录字段",
        DateSource::Metadata => "标题下的时间",
        DateSource::Subtitle => "题注",
        DateSource::Signature => "落款",
        DateSource::Title => "标题",
        DateSource::DocumentNumber => "发文字号",
        DateSource::FileName => "文件名",
    }
}

fn english(source: DateSource) -> &'static str {
    match source {
        DateSource::Record => "record",
        DateSource::Metadata => "metadata line",
        DateSource::Subtitle => "subtitle",
        DateSource::Signature => "signature",
        DateSource::Title => "title",
        DateSource::DocumentNumber => "document number",
        DateSource::FileName => "file name",
    }
}
