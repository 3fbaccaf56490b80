//! Documents whose pages are pictures, read by character recognition.

use super::{Raw, Source, ofd, pdf};
use crate::document::{Line, Style, Warning};
use crate::source::Skip;
use crate::source::ocr::Recognizer;
use crate::source::sniff::{self, FileKind};
use crate::text::visible::n_visible;

/// Whether files of this kind may be pictures of pages.
pub(super) fn may_be(kind: FileKind) -> bool {
    match kind {
        FileKind::Pdf | FileKind::Ofd => true,
        FileKind::Picture(name) => ["PNG", "JPEG", "TIFF", "BMP"]
            .iter()
            .any(|form| name.contains(form)),
        _ => false,
    }
}

/// Reads the text of a file; one call of what it is given for each document.
type Read<'a> = dyn FnMut(&mut dyn FnMut(Raw)) -> Result<(), Skip> + 'a;

/// Reads `bytes` as `read` does, and what stands on its pictures beside it.
///
/// # Errors
/// Those of `read`, if nothing is recognized.
pub(super) fn read(
    kind: FileKind,
    bytes: &[u8],
    source: &Source<'_>,
    recognizer: &Recognizer,
    read: &mut Read<'_>,
    each: &mut dyn FnMut(Raw),
) -> Result<(), Skip> {
    let mut raws = Vec::new();
    let outcome = match kind {
        FileKind::Picture(what) => Err(Skip::Picture(what.into())),
        _ => read(&mut |raw| raws.push(raw)),
    };
    let is_picture = |warning: &Warning| matches!(warning, Warning::PicturePages(_));
    let has_pictures = match &outcome {
        Ok(()) => raws.iter().any(|raw| raw.warnings.iter().any(is_picture)),
        Err(skip) => matches!(skip, Skip::OnlyPictures { .. } | Skip::Picture(_)),
    };
    let mut found = Found::default();
    if has_pictures {
        match kind {
            FileKind::Picture(_) => found.add(recognizer.lines(bytes)),
            _ => by_process(bytes, source, &mut |_, picture| {
                found.add(recognizer.lines(&picture));
            })?,
        }
    }
    if found.lines.is_empty() {
        raws.into_iter().for_each(each);
        return outcome;
    }
    let mut raw = raws.pop().unwrap_or_else(|| Raw {
        given: source.given(),
        n_read: Some(0),
        ..Raw::default()
    });
    raw.warnings.retain(|warning| !is_picture(warning));
    found.add_to(&mut raw);
    raws.push(raw);
    raws.into_iter().for_each(each);
    Ok(())
}

/// Shows the pages that are pictures, in a process of its own if there are any.
fn by_process(
    bytes: &[u8],
    source: &Source<'_>,
    each: &mut dyn FnMut(u32, Vec<u8>),
) -> Result<(), Skip> {
    match &source.options.workers {
        Some(workers) => workers.read_pictures(bytes, source, each),
        None => pictures(bytes, source, each),
    }
}

/// Gives each page of a document that has no text as a picture, with its number from 1.
///
/// # Errors
/// [`Skip`] if the document cannot be read.
pub(in crate::source) fn pictures(
    bytes: &[u8],
    source: &Source<'_>,
    each: &mut dyn FnMut(u32, Vec<u8>),
) -> Result<(), Skip> {
    match sniff::sniff(source.name(), bytes) {
        FileKind::Ofd => ofd::pictures(bytes, source.max_unpacked, each),
        _ => pdf::pictures(bytes, each),
    }
}

/// What stands on pages that are pictures, in their order.
#[derive(Default)]
struct Found {
    lines: Vec<String>,
    n_pages: usize,
    n_failed: usize,
}

impl Found {
    fn add(&mut self, lines: Option<Vec<String>>) {
        match lines {
            Some(lines) => {
                self.n_pages += 1;
                self.lines.extend(lines);
            }
            None => self.n_failed += 1,
        }
    }

    /// Adds the lines behind those that the document has.
    fn add_to(self, raw: &mut Raw) {
        let before = raw.lines.last().map_or(0, |line| line.number);
        let n_seen: u64 = self.lines.iter().map(|line| n_visible(line)).sum();
        raw.n_read = Some(raw.n_read() + n_seen);
        let lines = self.lines.into_iter().zip(before.saturating_add(1)..);
        raw.lines.extend(lines.map(|(text, number)| Line {
            number,
            text,
            style: Style::Plain,
        }));
        raw.warnings.push(Warning::Recognized(self.n_pages));
        if self.n_failed > 0 {
            raw.warnings.push(Warning::PicturePages(self.n_failed));
        }
    }
}
