//! One file for each format: reads bytes and yields the lines of each document, not yet cleaned.

mod archive;
mod blocks;
mod columns;
mod deck;
mod delimited;
mod doc;
mod docx;
mod epub;
mod html;
mod jsonl;
mod layout;
mod mail;
mod markdown;
mod numbering;
mod odp;
mod odt;
mod ofd;
mod pdf;
mod ppt;
mod pptx;
mod recognized;
mod rtf;
mod style_names;
mod text;
mod text_tables;
mod workbook;

pub(super) use blocks::one_line;
pub(super) use recognized::{PagePicture, pictures};
pub(super) use workbook::{first_sheet, iso_day};

use std::io::BufRead;
use std::ops::Range;

use serde::{Deserialize, Serialize};

use super::sniff::{self, FileKind};
use super::{LINE_COST, ReadOptions, Skip, names, xml};
use crate::document::{Line, SourceMetadata};
use crate::source::{Damage, Protection, Warning};
use crate::text::visible::n_visible;

/// One document of a file before it is cleaned and composed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Raw {
    /// Identifies it among the file's documents; `None` if the file is one document.
    pub(super) key: Option<String>,
    /// What is known about it outside the text.
    pub(super) given: SourceMetadata,
    /// Its text.
    pub(super) lines: Vec<Line>,
    /// What was noticed while it was read.
    pub(super) warnings: Vec<Warning>,
    /// Visible characters that the reader found in the file, counted where they are read and not where lines
    /// are written; `None` where lines are the file itself.
    pub(super) n_read: Option<u64>,
    /// Its pages without text that show something else.
    pub(super) unread: Vec<UnreadPage>,
    /// Numbers of the lines read by character recognition.
    pub(super) recognized: Vec<Range<u32>>,
}

/// A page without text, with pictures or outlines that may contain some.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct UnreadPage {
    /// Its number from 1.
    page: u32,
    /// Number of the last line on the pages before it; 0 without any.
    after: u32,
}

impl Raw {
    /// Visible characters that were read.
    pub(super) fn n_read(&self) -> u64 {
        let in_lines = || self.lines.iter().map(|line| n_visible(&line.text)).sum();
        self.n_read.unwrap_or_else(in_lines)
    }
}

/// A file as its reader sees it.
pub(super) struct Source<'a> {
    /// The name, without folder.
    name: &'a str,
    /// The name without extension, in readable form.
    file_stem: String,
    /// The same, if the name was garbled.
    repaired: Option<String>,
    options: &'a ReadOptions,
    /// Number of bytes that may be unpacked from it.
    max_unpacked: u64,
    /// Number of archives around it.
    depth: usize,
}

impl<'a> Source<'a> {
    /// The file called `name`.
    pub(super) fn new(name: &'a str, options: &'a ReadOptions) -> Self {
        // A longer ending, or one in Chinese, is part of the name (`1.总则`).
        let stem = match name.rsplit_once('.') {
            Some((stem, ending)) if !stem.is_empty() && ending.len() <= 8 && ending.is_ascii() => {
                stem
            }
            _ => name,
        };
        let repaired = names::repaired(stem);
        Self {
            name,
            file_stem: repaired.clone().unwrap_or_else(|| stem.to_owned()),
            repaired,
            options,
            max_unpacked: options.max_unpacked,
            depth: 0,
        }
    }

    /// Its name, without folder.
    pub(super) fn name(&self) -> &str {
        self.name
    }

    /// The options for reading it.
    pub(super) fn options(&self) -> &ReadOptions {
        self.options
    }

    /// Number of bytes that may be unpacked from it.
    pub(super) fn max_unpacked(&self) -> u64 {
        self.max_unpacked
    }

    /// The file at `path` in this one, which may unpack to this many bytes more.
    fn inside<'s>(&'s self, path: &'s str, max_unpacked: u64) -> Source<'s> {
        let name = path.rsplit('/').next().unwrap_or_default();
        Source {
            max_unpacked,
            depth: self.depth + 1,
            ..Source::new(name, self.options)
        }
    }

    fn given(&self) -> SourceMetadata {
        SourceMetadata {
            file_stem: self.file_stem.clone(),
            ..SourceMetadata::default()
        }
    }
}

/// Reads the documents in `bytes`, the content of `source`; calls `each` once for each.
///
/// Anything except plain text and archives, whose files are read one by one, is read in a separate process if
/// there are any.
///
/// # Errors
/// [`Skip`] if it yields no document, or cannot be read further.
pub(super) fn read(
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
    let is_simple = matches!(
        kind,
        FileKind::Text
            | FileKind::Markdown
            | FileKind::JsonLines
            | FileKind::Csv
            | FileKind::Tsv
            | FileKind::Archive
    ) || kind.refusal().is_some();
    let mut read = |each: &mut dyn FnMut(Raw)| match &source.options.workers {
        Some(workers) if !is_simple => workers.read(bytes, source, each),
        _ => read_as(kind, bytes, source, each),
    };
    match &source.options.ocr {
        Some(recognizer) if recognized::may_be(kind) => {
            recognized::read(kind, bytes, source, recognizer, &mut read, each)
        }
        _ => read(each),
    }
}

/// Whether a file of this kind, which is refused otherwise, is read by character recognition.
pub(super) fn is_recognized(kind: FileKind, options: &ReadOptions) -> bool {
    options.ocr.is_some() && recognized::may_be(kind)
}

/// Reads like [`read`], in this process.
///
/// # Errors
/// See [`read`].
pub(super) fn read_here(
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
    let misnamed = kind.is_misnamed(source.name);
    let misnamed = misnamed.then(|| Warning::Misnamed(kind.what()));
    let garbled = source.repaired.clone().map(Warning::GarbledName);
    // The notices about the file go to its first document.
    let mut notices = misnamed.into_iter().chain(garbled);
    let mut each = |mut raw: Raw| {
        raw.warnings.extend(notices.by_ref());
        each(raw);
    };
    // Text formats are limited by size; what the others contain shows only when they are unpacked.
    if let FileKind::Text | FileKind::Markdown | FileKind::JsonLines | FileKind::Csv | FileKind::Tsv =
        kind
        && bytes.len() > source.options.max_text
    {
        let (size, limit) = (bytes.len() as u64, source.options.max_text as u64);
        return Err(Skip::TooLarge { size, limit });
    }
    let mut bound = Bound::new(source);
    let mut each = |raw: Raw| {
        if bound.admits(&raw) {
            each(raw);
        }
    };
    let read = read_documents(kind, bytes, source, &mut each);
    bound.and(read)
}

fn read_documents(
    kind: FileKind,
    bytes: &[u8],
    source: &Source<'_>,
    mut each: &mut dyn FnMut(Raw),
) -> Result<(), Skip> {
    let (given, limit) = (source.given(), source.max_unpacked);
    if let Some(skip) = kind.refusal() {
        return Err(skip);
    }
    match kind {
        FileKind::Archive => return archive::read(bytes, source, &mut each),
        FileKind::Mail => return mail::read(bytes, source, &mut each),
        FileKind::Workbook => return workbook::read(bytes, source, &mut each),
        FileKind::JsonLines | FileKind::Csv | FileKind::Tsv => {
            let decoded = text::readable(bytes)?;
            return read_records(kind, decoded.text.as_bytes(), source, &mut each);
        }
        _ => {}
    }
    if kind == FileKind::Ofd {
        return ofd::read(bytes, &given, limit, &mut each);
    }
    each(match kind {
        FileKind::Text => text::read(bytes, given)?,
        FileKind::Markdown => {
            let decoded = text::readable(bytes)?;
            let mut raw = markdown::read(&decoded.text, given);
            raw.warnings = text::damage(&decoded);
            raw
        }
        FileKind::Html => html::read(bytes, given)?,
        FileKind::Docx => docx::read(bytes, given, limit)?,
        FileKind::WordXml => docx::read_flat(&xml::text(bytes), given)?,
        FileKind::Odt if sniff::is_zip(bytes) => odt::read(bytes, given, limit)?,
        FileKind::Odt => odt::read_flat(&xml::text(bytes), given)?,
        FileKind::Pptx => pptx::read(bytes, given, limit)?,
        FileKind::Ppt => ppt::read(bytes, given)?,
        FileKind::Odp if sniff::is_zip(bytes) => odp::read(bytes, given, limit)?,
        FileKind::Odp => odp::read_flat(&xml::text(bytes), given)?,
        FileKind::Pdf => pdf::read(bytes, given).map_err(|skip| of_pdf(skip, bytes))?,
        FileKind::Rtf => rtf::read(bytes, given)?,
        FileKind::Doc => doc::read(bytes, given)?,
        FileKind::Epub => epub::read(bytes, given, limit)?,
        other => return Err(Skip::Unsupported(other.what())),
    });
    Ok(())
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
pub(super) fn read_records(
    kind: FileKind,
    stream: impl BufRead,
    source: &Source<'_>,
    each: &mut dyn FnMut(Raw),
) -> Result<(), Skip> {
    let mut bound = Bound::new(source);
    let each = |raw: Raw| {
        if bound.admits(&raw) {
            each(raw);
        }
    };
    let read = match kind {
        FileKind::JsonLines => jsonl::read(stream, source, each),
        FileKind::Tsv => delimited::read(stream, b'\t', source, each),
        _ => delimited::read(stream, b',', source, each),
    };
    bound.and(read)
}

/// Checks that `head`, the start of a file, is text.
///
/// # Errors
/// [`Skip::Binary`] if it is not text in any encoding.
pub(super) fn check_text(head: &[u8]) -> Result<(), Skip> {
    text::readable(head).map(drop)
}

/// Rejects documents with too much text, which would exhaust the memory while they are composed.
struct Bound {
    max_text: usize,
    is_passed: bool,
}

impl Bound {
    fn new(source: &Source<'_>) -> Self {
        Self {
            max_text: source.options.max_text,
            is_passed: false,
        }
    }

    fn admits(&mut self, raw: &Raw) -> bool {
        // A line costs more than its text: the record of a line of one character is some hundred bytes.
        let costs = raw.lines.iter().map(|line| line.text.len() + LINE_COST);
        let given = raw.given.title.as_deref().map_or(0, str::len);
        let is_admitted = given + costs.sum::<usize>() <= self.max_text;
        self.is_passed |= !is_admitted;
        is_admitted
    }

    /// The outcome of the file: one with such a document is refused as a whole, so that none is lost silently.
    fn and(self, read: Result<(), Skip>) -> Result<(), Skip> {
        match self.is_passed {
            true => Err(Skip::TooMuchText {
                megabytes: self.max_text / 1_000_000,
            }),
            false => read,
        }
    }
}
