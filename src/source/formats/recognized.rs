//! Documents with pages without text, read by character recognition.

use super::pictures::by_process;
use super::source::Source;
use crate::document::{Line, Style};
use crate::source::ocr::Recognizer;
use crate::source::raw::{PagePicture, Raw};
use crate::source::sniff::FileKind;
use crate::source::{Damage, Skip, Warning};
use crate::text::visible::n_visible;

/// Reads the text of a file; calls its argument once for each document.
type Read<'a> = dyn FnMut(&mut dyn FnMut(Raw)) -> Result<(), Skip> + 'a;

/// Reads `bytes` with `read`, and inserts the recognized text of its pages without text at their positions.
///
/// # Errors
/// Those of `read`, or of rendering the pages, if there is no document.
pub(super) fn read(
    file: RecognizedFile<'_>,
    read: &mut Read<'_>,
    each: &mut dyn FnMut(Raw),
) -> Result<(), Skip> {
    // All documents are held until the pages are recognized, as their text is inserted among the lines.
    let mut raws = Vec::new();
    let mut outcome = match file.kind {
        FileKind::Picture(what) => Err(Skip::Picture(what)),
        _ => read(&mut |raw| raws.push(raw)),
    };
    let has_pictures = match &outcome {
        Ok(()) => raws.iter().any(|raw| raw.warnings.iter().any(is_unread)),
        // The fonts have no meaning, but the pages can be seen.
        Err(Skip::Damaged { reason, .. }) => *reason == Damage::NamelessFonts,
        Err(skip) => matches!(skip, Skip::OnlyPictures { .. } | Skip::Picture(_)),
    };
    let mut found = Vec::new();
    if has_pictures {
        let shown = file.recognize(&mut found);
        // What was recognized before a failure is kept.
        if outcome.is_err() {
            outcome = shown.and(outcome);
        }
    }
    if found.iter().any(Seen::is_text) {
        add_to(&mut raws, found, file.source);
        outcome = Ok(());
    }
    raws.into_iter().for_each(each);
    outcome
}

/// A file whose pages without text are recognized.
#[derive(Clone, Copy)]
pub(super) struct RecognizedFile<'a> {
    pub(super) kind: FileKind,
    pub(super) bytes: &'a [u8],
    pub(super) source: &'a Source<'a>,
    pub(super) recognizer: &'a Recognizer,
}

impl RecognizedFile<'_> {
    /// Adds the text of its pictures to `found`; what was found before a failure is kept.
    fn recognize(&self, found: &mut Vec<Seen>) -> Result<(), Skip> {
        let mut add = |picture: &PagePicture, bytes: &[u8]| {
            found.push(Seen {
                key: picture.key.clone(),
                page: picture.page,
                lines: self.recognizer.lines(bytes),
            });
        };
        if let FileKind::Picture(_) = self.kind {
            add(&PagePicture::new(1, Vec::new()), self.bytes);
            return Ok(());
        }
        by_process(self.bytes, self.source, &mut |picture| {
            add(&picture, &picture.bytes);
        })
    }
}

/// Whether the warning states that something visible was not read.
fn is_unread(warning: &Warning) -> bool {
    matches!(
        warning,
        Warning::PicturePages(_) | Warning::PictureInside(..)
    )
}

/// The recognized text of a page; no lines if recognition failed.
struct Seen {
    key: Option<String>,
    page: u32,
    lines: Option<Vec<String>>,
}

impl Seen {
    fn is_text(&self) -> bool {
        self.lines.as_ref().is_some_and(|lines| !lines.is_empty())
    }
}

/// Adds the recognized text of pages to their documents; pages without a document become one.
fn add_to(raws: &mut Vec<Raw>, found: Vec<Seen>, source: &Source<'_>) {
    let mut rest = found.into_iter().peekable();
    while let Some(first) = rest.next() {
        let mut pages = vec![first];
        // Pages of one document come together.
        while let Some(page) = rest.next_if(|page| page.key == pages[0].key) {
            pages.push(page);
        }
        let key = pages[0].key.clone();
        let at = raws.iter().position(|raw| raw.key == key);
        // A picture without text remains unread rather than an empty document.
        if at.is_none() && !pages.iter().any(Seen::is_text) {
            continue;
        }
        if let Some(key) = &key {
            drop_warning(raws, key);
        }
        let at = at.unwrap_or_else(|| {
            let path = key.as_deref().unwrap_or(source.name());
            let given = source.inside(path, 0).given();
            let raw = Raw::whole(given, Vec::new(), 0);
            raws.push(Raw { key, ..raw });
            raws.len() - 1
        });
        insert(&mut raws[at], pages);
    }
}

/// Drops the report that the picture `key` is unread: now it is a document.
fn drop_warning(raws: &mut [Raw], key: &str) {
    let is_same =
        |warning: &Warning| matches!(warning, Warning::PictureInside(path, _) if path == key);
    for raw in raws {
        raw.warnings.retain(|warning| !is_same(warning));
    }
}

/// Inserts the recognized text of `pages`, which are in order, between the lines of their document.
fn insert(raw: &mut Raw, pages: Vec<Seen>) {
    let n_read = raw.n_read();
    let mut text = std::mem::take(&mut raw.lines).into_iter().peekable();
    let (mut n_pages, mut n_failed, mut before) = (0, 0, None);
    // The number by which later lines have moved.
    let mut shift = 0u32;
    let mut n_recognized = 0;
    for Seen { page, lines, .. } in pages {
        let Some(lines) = lines else {
            n_failed += 1;
            continue;
        };
        // A page may have several pictures; it counts once.
        n_pages += usize::from(before.replace(page) != Some(page));
        n_recognized += lines.iter().map(|line| n_visible(line)).sum::<u64>();
        let place = raw.unread.iter().find(|unread| unread.page == page);
        let place = place.map(|unread| unread.after);
        // A page without a known position follows all text.
        while let Some(line) = text.next_if(|line| place.is_none_or(|after| line.number <= after)) {
            raw.lines.push(shifted(line, shift));
        }
        let last = raw.lines.last().map_or(0, |line| line.number);
        let after = place.map_or(last, |after| after.saturating_add(shift));
        shift = shift.saturating_add(push_recognized(raw, lines, after));
    }
    raw.lines.extend(text.map(|line| shifted(line, shift)));
    raw.n_read = Some(n_read + n_recognized);
    // Pages that remain unread are reported again.
    raw.warnings
        .retain(|warning| !matches!(warning, Warning::PicturePages(_)));
    raw.warnings.push(Warning::Recognized(n_pages));
    if n_failed > 0 {
        raw.warnings.push(Warning::PicturePages(n_failed));
    }
}

fn shifted(line: Line, by: u32) -> Line {
    let number = line.number.saturating_add(by);
    Line { number, ..line }
}

/// Adds recognized lines, with the numbers after `after`; returns how many they take.
fn push_recognized(raw: &mut Raw, lines: Vec<String>, after: u32) -> u32 {
    let from = after.saturating_add(1);
    let end = from.saturating_add(lines.len() as u32);
    let numbered = lines.into_iter().zip(from..);
    raw.lines.extend(numbered.map(|(text, number)| Line {
        number,
        text,
        style: Style::Plain,
    }));
    if from < end {
        raw.recognized.push(from..end);
    }
    end - from
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::formats::UnreadPage;

    #[test]
    fn recognized_pages_keep_their_position() {
        let line = |number, text: &str| Line {
            number,
            text: text.to_owned(),
            style: Style::Plain,
        };
        let seen = |page, lines: Option<&[&str]>| Seen {
            key: None,
            page,
            lines: lines.map(|lines| lines.iter().map(|&line| line.to_owned()).collect()),
        };
        let mut raw = Raw {
            lines: vec![line(1, "甲"), line(3, "乙"), line(4, "丙")],
            unread: [(1, 0), (3, 3), (4, 3), (6, 4)]
                .map(|(page, after)| UnreadPage { page, after })
                .into(),
            warnings: vec![Warning::PicturePages(4)],
            n_read: Some(3),
            ..Raw::default()
        };
        let pages = vec![
            seen(1, Some(&["封面", "某年"])),
            seen(3, Some(&["图一"])),
            seen(4, None),
            seen(6, Some(&["图二"])),
            seen(6, Some(&[])),
        ];
        insert(&mut raw, pages);
        let expected = [
            line(1, "封面"),
            line(2, "某年"),
            line(3, "甲"),
            line(5, "乙"),
            line(6, "图一"),
            line(7, "丙"),
            line(8, "图二"),
        ];
        assert_eq!(raw.lines, expected);
        assert_eq!(raw.recognized, [1..3, 6..7, 8..9]);
        assert_eq!(raw.n_read, Some(11));
        assert_eq!(
            raw.warnings,
            [Warning::Recognized(3), Warning::PicturePages(1)]
        );
    }
}
