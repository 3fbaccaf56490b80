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
    kind: FileKind,
    bytes: &[u8],
    source: &Source<'_>,
    recognizer: &Recognizer,
    read: &mut Read<'_>,
    each: &mut dyn FnMut(Raw),
) -> Result<(), Skip> {
    // All documents are held until the pages are recognized, as their text is inserted among the lines.
    let mut raws = Vec::new();
    let mut outcome = match kind {
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
    let mut add = |picture: &PagePicture, bytes: &[u8]| {
        found.push(Seen {
            key: picture.key.clone(),
            page: picture.page,
            lines: recognizer.lines(bytes),
        });
    };
    if has_pictures {
        let shown = match kind {
            FileKind::Picture(_) => {
                add(&PagePicture::new(1, Vec::new()), bytes);
                Ok(())
            }
            _ => by_process(bytes, source, &mut |picture| add(&picture, &picture.bytes)),
        };
        // What was recognized before a failure is kept.
        if outcome.is_err() {
            outcome = shown.and(outcome);
        }
    }
    let is_text = |seen: &Seen| seen.lines.as_ref().is_some_and(|lines| !lines.is_empty());
    if found.iter().any(is_text) {
        add_to(&mut raws, found, source);
        outcome = Ok(());
    }
    raws.into_iter().for_each(each);
    outcome
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
        let is_text = |seen: &Seen| seen.lines.as_ref().is_some_and(|lines| !lines.is_empty());
        // A picture without text remains unread rather than an empty document.
        if at.is_none() && !pages.iter().any(is_text) {
            continue;
        }
        // The picture was reported as unread; now it is a document.
        if let Some(key) = &key {
            let is_same = |warning: &Warning| matches!(warning, Warning::PictureInside(path, _) if path == key);
            for raw in &mut *raws {
                raw.warnings.retain(|warning| !is_same(warning));
            }
        }
        let at = at.unwrap_or_else(|| {
            let path = key.as_deref().unwrap_or(source.name());
            raws.push(Raw {
                given: source.inside(path, 0).given(),
                key: key.clone(),
                n_read: Some(0),
                ..Raw::default()
            });
            raws.len() - 1
        });
        insert(&mut raws[at], pages);
    }
}

/// Inserts the recognized text of `pages`, which are in order, between the lines of their document.
fn insert(raw: &mut Raw, pages: Vec<Seen>) {
    let mut n_read = raw.n_read();
    let mut text = std::mem::take(&mut raw.lines).into_iter().peekable();
    let last = |lines: &[Line]| lines.last().map_or(0, |line| line.number);
    let (mut n_pages, mut n_failed, mut before) = (0, 0, None);
    // The number by which later lines have moved.
    let mut shift = 0u32;
    for Seen { page, lines, .. } in pages {
        let Some(lines) = lines else {
            n_failed += 1;
            continue;
        };
        // A page may have several pictures; it counts once.
        n_pages += usize::from(before.replace(page) != Some(page));
        let place = raw.unread.iter().find(|unread| unread.page == page);
        // A page without a known position follows all text.
        let after = place.map_or(u32::MAX, |unread| unread.after);
        while let Some(line) = text.next_if(|line| line.number <= after) {
            let number = line.number.saturating_add(shift);
            raw.lines.push(Line { number, ..line });
        }
        let from = match place {
            Some(unread) => unread.after.saturating_add(shift),
            None => last(&raw.lines),
        };
        let from = from.saturating_add(1);
        let end = from.saturating_add(lines.len() as u32);
        shift = shift.saturating_add(end - from);
        n_read += lines.iter().map(|line| n_visible(line)).sum::<u64>();
        raw.lines
            .extend(lines.into_iter().zip(from..).map(|(text, number)| Line {
                number,
                text,
                style: Style::Plain,
            }));
        if from < end {
            raw.recognized.push(from..end);
        }
    }
    raw.lines.extend(text.map(|line| Line {
        number: line.number.saturating_add(shift),
        ..line
    }));
    raw.n_read = Some(n_read);
    // Pages that remain unread are reported again.
    raw.warnings
        .retain(|warning| !matches!(warning, Warning::PicturePages(_)));
    raw.warnings.push(Warning::Recognized(n_pages));
    if n_failed > 0 {
        raw.warnings.push(Warning::PicturePages(n_failed));
    }
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
