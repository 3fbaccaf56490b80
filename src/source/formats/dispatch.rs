//! Reads a file with the reader of its format.

use std::io::BufRead;

use super::recognized::RecognizedFile;
use super::source::Source;
use super::text_limit::TextLimit;
use super::{
    archive, by_worker, delimited, doc, docx, epub, html, jsonl, mail, markdown, odp, odt, ofd,
    pdf, pictures, ppt, pptx, recognized, rtf, text, workbook,
};
use crate::document::SourceMetadata;
use crate::source::options::ReadOptions;
use crate::source::raw::Raw;
use crate::source::skip::Skip;
use crate::source::sniff::{self, FileKind};
use crate::source::{Damage, Protection, Warning, xml};

/// Reads the documents in `bytes`, the content of `source`; calls `each` once for each.
///
/// Anything except plain text and archives, whose files are read one by one, is read in a separate process if
/// there are any.
///
/// # Errors
/// [`Skip`] if it yields no document, or cannot be read further.
pub(in crate::source) fn read(
    bytes: &[u8],
    source: &Source<'_>,
    each: &mut dyn FnMut(Raw),
) -> Result<(), Skip> {
    if source.options.skips(bytes) {
        return Err(Skip::OwnOutput);
    }
    let kind = sniff::sniff(source.name, bytes);
    // Readers of these formats are short and in safe code; the others use parsers that a damaged file may
    // crash or exhaust.
    let is_simple = is_text(kind) || kind == FileKind::Archive || kind.refusal().is_some();
    let mut read = |each: &mut dyn FnMut(Raw)| {
        let by_worker = match is_simple {
            true => None,
            false => by_worker::documents(bytes, source, each),
        };
        by_worker.unwrap_or_else(|| read_as(kind, bytes, source, each))
    };
    match &source.options.ocr {
        Some(recognizer) if pictures::may_be(kind) => {
            let file = RecognizedFile {
                kind,
                bytes,
                source,
                recognizer,
            };
            recognized::read(file, &mut read, each)
        }
        _ => read(each),
    }
}

/// Whether a format is written in plain text.
fn is_text(kind: FileKind) -> bool {
    matches!(
        kind,
        FileKind::Text | FileKind::Markdown | FileKind::JsonLines | FileKind::Csv | FileKind::Tsv
    )
}

/// Whether a file of this kind, which is refused otherwise, is read by character recognition.
pub(in crate::source) fn is_recognized(kind: FileKind, options: &ReadOptions) -> bool {
    options.ocr.is_some() && pictures::may_be(kind)
}

/// Reads like [`read`], in this process.
///
/// # Errors
/// See [`read`].
pub(in crate::source) fn read_here(
    bytes: &[u8],
    source: &Source<'_>,
    each: &mut dyn FnMut(Raw),
) -> Result<(), Skip> {
    read_as(sniff::sniff(source.name, bytes), bytes, source, each)
}

fn read_as(
    kind: FileKind,
    bytes: &[u8],
    source: &Source<'_>,
    each: &mut dyn FnMut(Raw),
) -> Result<(), Skip> {
    // Text formats are limited by size; what the others contain shows only when they are unpacked.
    let (size, limit) = (bytes.len() as u64, source.options.max_text as u64);
    if is_text(kind) && size > limit {
        return Err(Skip::TooLarge { size, limit });
    }
    let misnamed = kind.is_misnamed(source.name);
    let misnamed = misnamed.then(|| Warning::Misnamed(kind.what()));
    let garbled = source.repaired.clone().map(Warning::GarbledName);
    // The notices about the file go to its first document.
    let mut notices = misnamed.into_iter().chain(garbled);
    let mut limit = TextLimit::new(source);
    let read = read_documents(kind, bytes, source, &mut |mut raw: Raw| {
        if limit.admits(&raw) {
            raw.warnings.extend(notices.by_ref());
            each(raw);
        }
    });
    limit.and(read)
}

fn read_documents(
    kind: FileKind,
    bytes: &[u8],
    source: &Source<'_>,
    mut each: &mut dyn FnMut(Raw),
) -> Result<(), Skip> {
    if let Some(skip) = kind.refusal() {
        return Err(skip);
    }
    match kind {
        FileKind::Archive => archive::read(bytes, source, read, &mut each),
        FileKind::Mail => mail::read(bytes, source, read, &mut each),
        FileKind::Workbook => workbook::read(bytes, source, &mut each),
        FileKind::JsonLines | FileKind::Csv | FileKind::Tsv => {
            let decoded = text::readable(bytes)?;
            read_records(kind, decoded.text.as_bytes(), source, &mut each)
        }
        FileKind::Ofd => ofd::read(bytes, &source.given(), source.max_unpacked, &mut each),
        _ => {
            each(read_whole(kind, bytes, source)?);
            Ok(())
        }
    }
}

/// Reads a file that is one document.
fn read_whole(kind: FileKind, bytes: &[u8], source: &Source<'_>) -> Result<Raw, Skip> {
    let (given, limit) = (source.given(), source.max_unpacked);
    match kind {
        FileKind::Text => text::read(bytes, given),
        FileKind::Markdown => read_markdown(bytes, given),
        FileKind::Html => html::read(bytes, given),
        FileKind::Docx => docx::read(bytes, given, limit),
        FileKind::WordXml => docx::read_flat(&xml::text(bytes), given),
        FileKind::Odt if sniff::is_zip(bytes) => odt::read(bytes, given, limit),
        FileKind::Odt => odt::read_flat(&xml::text(bytes), given),
        FileKind::Pptx => pptx::read(bytes, given, limit),
        FileKind::Ppt => ppt::read(bytes, given),
        FileKind::Odp if sniff::is_zip(bytes) => odp::read(bytes, given, limit),
        FileKind::Odp => odp::read_flat(&xml::text(bytes), given),
        FileKind::Pdf => pdf::read(bytes, given).map_err(|skip| of_pdf(skip, bytes)),
        FileKind::Rtf => rtf::read(bytes, given),
        FileKind::Doc => doc::read(bytes, given),
        FileKind::Epub => epub::read(bytes, given, limit),
        other => Err(Skip::Unsupported(other.what())),
    }
}

fn read_markdown(bytes: &[u8], given: SourceMetadata) -> Result<Raw, Skip> {
    let decoded = text::readable(bytes)?;
    let warnings = text::damage(&decoded);
    let raw = markdown::read(&decoded.text, given);
    Ok(Raw { warnings, ..raw })
}

/// The reason why a PDF document is not read: some encrypted ones are opened only by a licensing program.
fn of_pdf(skip: Skip, bytes: &[u8]) -> Skip {
    // Names of security handlers of Adobe, FileOpen and Microsoft (PDF 1.7, 7.6.1).
    const HANDLERS: [&[u8]; 5] = [
        b"EBX_HANDLER",
        b"ADEPT",
        b"FOPN_fLock",
        b"MicrosoftIRMServices",
        b"Adobe.APS",
    ];
    let is_encrypted = matches!(&skip, Skip::Encrypted)
        || matches!(&skip, Skip::Damaged { reason, .. } if *reason == Damage::Encryption);
    let has = |handler: &&[u8]| memchr::memmem::find(bytes, handler).is_some();
    match is_encrypted && HANDLERS.iter().any(has) {
        true => Skip::Protected(Protection::Drm),
        false => skip,
    }
}

/// Reads the records in `stream`, which is UTF-8; calls `each` once for each.
///
/// # Errors
/// [`Skip`] if it cannot be read further.
pub(in crate::source) fn read_records(
    kind: FileKind,
    stream: impl BufRead,
    source: &Source<'_>,
    each: &mut dyn FnMut(Raw),
) -> Result<(), Skip> {
    let mut limit = TextLimit::new(source);
    let each = |raw: Raw| {
        if limit.admits(&raw) {
            each(raw);
        }
    };
    let read = match kind {
        FileKind::JsonLines => jsonl::read(stream, source, each),
        FileKind::Tsv => delimited::read(stream, b'\t', source, each),
        _ => delimited::read(stream, b',', source, each),
    };
    limit.and(read)
}

/// Checks that `head`, the start of a file, is text.
///
/// # Errors
/// [`Skip::Binary`] if it is not text in any encoding.
pub(in crate::source) fn check_text(head: &[u8]) -> Result<(), Skip> {
    text::readable(head).map(drop)
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::source::worker::{Limits, Workers};

    #[test]
    fn without_a_program_files_are_read_here() {
        let workers = Workers::new("/no/such/program".into(), Vec::new(), Limits::default());
        let options = ReadOptions {
            workers: Some(Arc::new(workers)),
            ..ReadOptions::default()
        };
        let mut n_raws = 0;
        let page = Source::new("a.html", &options);
        read("<p>园区</p>".as_bytes(), &page, &mut |_| n_raws += 1).expect("a page");
        assert_eq!(n_raws, 1);
    }
}
