//! Reads a PowerPoint presentation of 97 to 2003.

use std::collections::{BTreeMap, HashSet};

use memchr::memmem;

use super::records::{Record, kind, records, u32_at};
use super::shapes::{Text, shapes};
use super::{records, shapes};
use crate::document::{Reason, SourceMetadata};
use crate::source::formats::Raw;
use crate::source::formats::deck::{Block, Deck, Slide};
use crate::source::{Damage, Damaged, Skip, ole};

/// Reads the presentation in `bytes`.
///
/// Slides are read in order, including hidden ones: the title as a heading, then the other content, then the
/// speaker's notes. The content of the slide master is not read.
///
/// # Errors
/// [`Skip::Encrypted`], [`Skip::Damaged`] if no text can be found.
pub(in crate::source) fn read(bytes: &[u8], given: SourceMetadata) -> Result<Raw, Skip> {
    let (stream, is_whole) = ole::stream(bytes, "PowerPoint Document").ok_or_else(damaged)?;
    let edit = last_edit(bytes, &stream);
    if edit.is_encrypted {
        return Err(Skip::Encrypted);
    }
    let mut deck = Deck::default();
    let is_found = edit
        .document
        .is_some_and(|document| read_document(&stream, document, &edit, &mut deck));
    // Without a directory all texts of the stream are read, in the order of the file.
    if !is_found {
        let blocks = all_texts(&stream);
        let title = None;
        deck.add(Slide { title, blocks }, Vec::new());
    }
    let is_whole = is_whole && is_found;
    if deck.is_empty() && !is_whole {
        return Err(damaged());
    }
    let (lines, n_read) = deck.finish();
    Ok(Raw::whole(given, lines, n_read).incomplete_if(!is_whole))
}

fn damaged() -> Skip {
    Skip::Damaged {
        what: Damaged::PowerPoint97,
        reason: Damage::TextLost,
    }
}

/// The positions of the presentation's objects after the last edit.
#[derive(Default)]
struct Edit {
    /// Positions of objects in the stream, by their number.
    places: BTreeMap<u32, usize>,
    /// The number of the document.
    document: Option<u32>,
    is_encrypted: bool,
}

/// Follows the edits backwards from the last one ([MS-PPT] 2.1.2).
fn last_edit(bytes: &[u8], stream: &[u8]) -> Edit {
    // The headerToken of an encrypted file ([MS-PPT] 2.3.2).
    const ENCRYPTED: u32 = 0xf3d1_c4df;
    let (user, _) = ole::stream(bytes, "Current User").unwrap_or_default();
    let mut edit = Edit {
        is_encrypted: u32_at(&user, 12) == Some(ENCRYPTED),
        ..Edit::default()
    };
    let named = u32_at(&user, 16).map(|at| at as usize);
    let is_edit =
        |at: &usize| Record::at(stream, *at).is_some_and(|record| record.kind == kind::USER_EDIT);
    // The header of a record of this kind, as all programs write it.
    let found = || memmem::rfind(stream, &[0, 0, 0xf5, 0x0f, 0x1c, 0, 0, 0]);
    // The stream `Current User` names the last edit; if it is lost, the last record of that kind is used.
    let mut next = named.filter(is_edit).or_else(found);
    while let Some(at) = next {
        let Some(record) = Record::at(stream, at) else {
            break;
        };
        next = edit.take(stream, &record).filter(|&earlier| earlier < at);
    }
    edit
}

/// Adds the positions of a directory; those of a later edit are kept.
fn read_directory(directory: &Record<'_>, places: &mut BTreeMap<u32, usize>) {
    let numbers = directory.data.as_chunks::<4>().0;
    let mut numbers = numbers.iter().map(|&four| u32::from_le_bytes(four));
    while let Some(head) = numbers.next() {
        // 20 bits of the first number, 12 bits of the count ([MS-PPT] 2.3.5).
        let (first, n_objects) = (head & 0xf_ffff, head >> 20);
        for (id, place) in (first..).zip(numbers.by_ref().take(n_objects as usize)) {
            places.entry(id).or_insert(place as usize);
        }
    }
}

impl Edit {
    /// Takes what a record of an edit adds to the later ones; returns the position of the edit before it.
    fn take(&mut self, stream: &[u8], record: &Record<'_>) -> Option<usize> {
        let field = |ord: usize| u32_at(record.data, 4 * ord);
        self.document = self.document.or(field(4));
        self.is_encrypted |= record.data.len() >= 32 && field(7).is_some_and(|id| id > 0);
        if let Some(directory) = field(3).and_then(|at| Record::at(stream, at as usize)) {
            read_directory(&directory, &mut self.places);
        }
        // Earlier edits are stored before later ones.
        field(2)
            .map(|at| at as usize)
            .filter(|&earlier| earlier > 0)
    }

    fn object<'a>(&self, stream: &'a [u8], id: u32) -> Option<Record<'a>> {
        Record::at(stream, *self.places.get(&id)?)
    }
}

/// A slide or page of notes listed in the document, with the text of its outline.
struct Listed {
    object: u32,
    id: u32,
    texts: Vec<Text>,
}

/// Reads the document with this number; false if it does not exist.
fn read_document(stream: &[u8], id: u32, edit: &Edit, deck: &mut Deck) -> bool {
    let document = edit
        .object(stream, id)
        .filter(|record| record.kind == kind::DOCUMENT);
    let Some(document) = document else {
        return false;
    };
    let mut pages = Pages::new(stream, edit);
    let mut slides = Vec::new();
    for record in records(document.data) {
        match (record.kind, record.instance) {
            // Instance 0 is the list of slides, 2 that of notes ([MS-PPT] 2.4.14.1).
            (kind::LIST, 0) => slides.extend(listed(&record)),
            (kind::LIST, 2) => pages.read_notes(&record),
            (kind::HEADERS_FOOTERS, _) => pages.feet.extend(foot(&record)),
            _ => {}
        }
    }
    for listed in slides {
        let id = listed.id;
        let slide = pages.slide(listed);
        deck.add(slide, pages.notes.remove(&id).unwrap_or_default());
    }
    // Notes of a slide that is lost are appended.
    let left: Vec<Block> = pages.notes.into_values().flatten().collect();
    if !left.is_empty() {
        deck.add(Slide::default(), left);
    }
    true
}

/// Reads the slides and notes of a document.
struct Pages<'a> {
    stream: &'a [u8],
    edit: &'a Edit,
    /// Notes by the number of their slide.
    notes: BTreeMap<u32, Vec<Block>>,
    /// Headers and footers for the next slide.
    feet: Vec<String>,
    /// Objects that were read: a broken directory may refer to one slide many times.
    seen: HashSet<u32>,
}

impl<'a> Pages<'a> {
    fn new(stream: &'a [u8], edit: &'a Edit) -> Self {
        Self {
            stream,
            edit,
            notes: BTreeMap::new(),
            feet: Vec::new(),
            seen: HashSet::new(),
        }
    }

    /// The object with this number, the first time that it is requested.
    fn unseen(&mut self, object: u32) -> Option<Record<'a>> {
        let found = self.edit.object(self.stream, object);
        found.filter(|_| self.seen.insert(object))
    }

    /// Reads the pages of notes in a list.
    fn read_notes(&mut self, list: &Record<'_>) {
        for page in listed(list) {
            if let Some(page) = self.unseen(page.object) {
                let blocks = shapes(&page, Vec::new()).blocks;
                self.notes
                    .entry(slide_of(&page))
                    .or_default()
                    .extend(blocks);
            }
        }
    }

    /// A slide, with its headers and footers after its content.
    fn slide(&mut self, listed: Listed) -> Slide {
        let mut slide = match self.unseen(listed.object) {
            Some(object) => {
                self.feet.extend(feet_of(&object));
                shapes(&object, listed.texts)
            }
            None => shapes::outline_only(listed.texts),
        };
        // The footer of the document and of the slide are often equal.
        self.feet.dedup();
        let feet = self.feet.drain(..);
        let feet = feet.map(|text| Block::Boilerplate(text, Reason::RunningHead));
        slide.blocks.extend(feet);
        slide
    }
}

/// The header and footer of a slide.
fn feet_of<'a>(slide: &Record<'a>) -> impl Iterator<Item = String> + use<'a> {
    records(slide.data)
        .filter(|record| record.kind == kind::HEADERS_FOOTERS)
        .flat_map(|record| foot(&record))
}

/// The number of the slide that a page of notes belongs to; 0 if it is unknown.
fn slide_of(page: &Record<'_>) -> u32 {
    let atom = records(page.data).find(|record| record.kind == kind::NOTES_ATOM);
    atom.and_then(|atom| u32_at(atom.data, 0)).unwrap_or(0)
}

/// The slides of a list, each with the texts after it ([MS-PPT] 2.4.14.3).
fn listed(list: &Record<'_>) -> Vec<Listed> {
    let mut slides: Vec<Listed> = Vec::new();
    for record in records(list.data) {
        if record.kind == kind::SLIDE_PERSIST {
            slides.push(Listed {
                object: u32_at(record.data, 0).unwrap_or(0),
                id: u32_at(record.data, 12).unwrap_or(0),
                texts: Vec::new(),
            });
        } else if let Some(slide) = slides.last_mut() {
            Text::add(&mut slide.texts, &record);
        }
    }
    slides
}

/// The texts of the footer and header of slides.
fn foot(record: &Record<'_>) -> Vec<String> {
    let texts = records(record.data).filter(|record| record.kind == kind::STRING);
    let texts = texts.map(|record| records::utf16(record.data));
    texts.filter(|text| !text.trim().is_empty()).collect()
}

/// All texts of a stream whose document is lost, in the order of the stream.
fn all_texts(stream: &[u8]) -> Vec<Block> {
    let mut texts = Vec::new();
    let mut at = 0;
    while let Some(record) = Record::at(stream, at) {
        Text::add(&mut texts, &record);
        // A container is entered; anything else is skipped.
        at += 8;
        if !record.is_container {
            at += record.data.len();
        }
    }
    texts.iter().flat_map(Text::paragraphs).collect()
}

#[cfg(test)]
mod tests;
