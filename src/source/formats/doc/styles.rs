//! The style sheet ([MS-DOC] 2.9.271).

use super::bytes::{u16_at, utf16_at};
use super::properties::{self, Paragraph};
use crate::document::Style;
use crate::source::formats::style_names::{named, outline};

/// The styles by ordinal.
#[derive(Default)]
pub(super) struct Styles(Vec<Option<Definition>>);

struct Definition {
    style: Option<Style>,
    based_on: usize,
    paragraph: Paragraph,
}

/// Maximum length of a chain of styles based on each other.
const MAX_DEPTH: usize = 20;

impl Styles {
    pub(super) fn read(sheet: &[u8]) -> Self {
        let mut styles = Vec::new();
        let header_len = u16_at(sheet, 0).map_or(0, usize::from);
        let base_len = u16_at(sheet, 4).map_or(0, usize::from);
        let mut at = 2 + header_len;
        while let Some(len) = u16_at(sheet, at) {
            let start = at + 2;
            let end = start + usize::from(len);
            let Some(bytes) = sheet.get(start..end) else {
                break;
            };
            styles.push(definition(bytes, base_len));
            // Definitions are padded to even addresses (STSH, [MS-DOC] 2.9.271).
            at = end + end % 2;
        }
        Self(styles)
    }

    /// The style of a paragraph by its style sheet and its own outline level.
    pub(super) fn style(&self, paragraph: &Paragraph) -> Style {
        let by_style = self
            .chain(paragraph.style)
            .find_map(|definition| definition.style);
        match paragraph.outline_level {
            // The outline level of a paragraph outranks its style, but a title stays the title.
            Some(level) if by_style != Some(Style::Title) => outline(level),
            _ => by_style.unwrap_or_default(),
        }
    }

    /// The list and list level of a paragraph, by itself or its style.
    pub(super) fn place(&self, paragraph: &Paragraph) -> (u16, usize) {
        let inherited = |of: fn(&Paragraph) -> Option<u16>| {
            of(paragraph).or_else(|| {
                self.chain(paragraph.style)
                    .find_map(|definition| of(&definition.paragraph))
            })
        };
        let list = inherited(|paragraph| paragraph.list).unwrap_or(0);
        let level = inherited(|paragraph| paragraph.list_level.map(u16::from)).unwrap_or(0);
        (list, usize::from(level))
    }

    fn chain(&self, first: u16) -> impl Iterator<Item = &Definition> {
        let get = |ord: usize| self.0.get(ord)?.as_ref();
        std::iter::successors(get(usize::from(first)), move |definition| {
            get(definition.based_on)
        })
        .take(MAX_DEPTH)
    }
}

/// A paragraph style; `None` for others and for empty slots.
fn definition(bytes: &[u8], base_len: usize) -> Option<Definition> {
    let built_in = u16_at(bytes, 0)? & 0x0fff;
    let kind = u16_at(bytes, 2)?;
    // stk 1 is a paragraph style ([MS-DOC] 2.9.260).
    if kind & 0x000f != 1 {
        return None;
    }
    let n_chars = usize::from(u16_at(bytes, base_len)?);
    let name = String::from_utf16_lossy(&utf16_at(bytes, base_len + 2, n_chars)?);
    let mut at = base_len + 2 + (n_chars + 1) * 2;
    at += at % 2;
    let mut paragraph = Paragraph::default();
    if let Some(len) = u16_at(bytes, at).map(usize::from) {
        let modifiers = bytes.get(at + 4..(at + 2 + len).min(bytes.len()));
        properties::apply(modifiers.unwrap_or_default(), &mut paragraph);
    }
    // The built-in ids are the same in every language version: 1 to 9 headings, 62 title.
    let style = match built_in {
        level @ 1..=9 => Some(Style::Heading(level as u8)),
        62 => Some(Style::Title),
        _ => named(&name).or_else(|| paragraph.outline_level.map(outline)),
    };
    Some(Definition {
        style,
        based_on: usize::from(kind >> 4),
        paragraph,
    })
}
