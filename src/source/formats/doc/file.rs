//! An open Word document, and where its parts are.

use super::bytes::u32_at;
use super::lists::Lists;
use super::pieces::Pieces;
use super::properties::Properties;
use super::styles::Styles;

/// The parts of a document.
pub(super) struct File {
    pub(super) pieces: Pieces,
    pub(super) properties: Properties,
    pub(super) styles: Styles,
    pub(super) lists: Lists,
    /// Characters of the text, of the footnotes, and so on ([MS-DOC] 2.5.4).
    pub(super) extents: Extents,
    /// Positions of the references to notes, and of their starts in their own story.
    pub(super) footnotes: Notes,
    pub(super) endnotes: Notes,
    pub(super) comments: Notes,
}

/// The lengths of the stories of a document, which follow each other in its characters.
pub(super) struct Extents {
    pub(super) text: usize,
    pub(super) footnotes: usize,
    pub(super) headers: usize,
    pub(super) macros: usize,
    pub(super) comments: usize,
    pub(super) endnotes: usize,
    pub(super) boxes: usize,
    pub(super) header_boxes: usize,
}

/// References to notes and starts of notes, in order.
#[derive(Default)]
pub(super) struct Notes {
    pub(super) references: Vec<usize>,
    pub(super) starts: Vec<usize>,
}

impl File {
    pub(super) fn read(main: Vec<u8>, table: Vec<u8>) -> Option<Self> {
        // The header's list of locations in the table stream: pairs of offset and length from 0x9a on
        // ([MS-DOC] 2.5.5).
        let place = |ord: usize| -> &[u8] {
            let number = |at: usize| Some(u32_at(&main, 0x9a + ord * 8 + at)? as usize);
            let found = number(0).zip(number(4)).and_then(|(start, len)| {
                let end = start.checked_add(len)?;
                table.get(start..end)
            });
            found.unwrap_or_default()
        };
        let pieces = Pieces::read(place(33), &main)?;
        // The levels follow the list heads without being counted in their length.
        let lists_at = u32_at(&main, 0x9a + 73 * 8).unwrap_or(0) as usize;
        let lists = table.get(lists_at..).unwrap_or_default();
        Some(Self {
            properties: Properties::read(place(13), place(12), &main),
            styles: Styles::read(place(1)),
            lists: Lists::read(lists, place(73).len(), place(74)),
            footnotes: Notes::read(place(2), place(3), 2),
            endnotes: Notes::read(place(46), place(47), 2),
            comments: Notes::read(place(4), place(5), 30),
            extents: Extents::read(&main),
            pieces,
        })
    }
}

impl Notes {
    pub(super) fn read(references: &[u8], starts: &[u8], description: usize) -> Self {
        // A reference has four bytes for its position and some for its `description`, and one more position
        // closes the list.
        let n_references = references.len().saturating_sub(4) / (4 + description);
        let at = |bytes: &[u8], ord: usize| u32_at(bytes, ord * 4).map(|at| at as usize);
        Self {
            references: (0..n_references)
                .filter_map(|ord| at(references, ord))
                .collect(),
            starts: (0..starts.len() / 4)
                .filter_map(|ord| at(starts, ord))
                .collect(),
        }
    }
}

impl Extents {
    /// Reads the lengths of the parts of the text from the header ([MS-DOC] 2.5.4).
    fn read(main: &[u8]) -> Self {
        let count = |at: usize| u32_at(main, at).unwrap_or(0) as usize;
        Self {
            text: count(0x4c),
            footnotes: count(0x50),
            headers: count(0x54),
            macros: count(0x58),
            comments: count(0x5c),
            endnotes: count(0x60),
            boxes: count(0x64),
            header_boxes: count(0x68),
        }
    }
}
