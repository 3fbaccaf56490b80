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
    let paragraph = paragraph(bytes, base_len + 2 + (n_chars + 1) * 2);
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

/// The properties of paragraphs of a style, whose name ends at `at`.
fn paragraph(bytes: &[u8], at: usize) -> Paragraph {
    // Properties are padded to even addresses, as definitions are.
    let at = at + at % 2;
    let mut paragraph = Paragraph::default();
    if let Some(len) = u16_at(bytes, at).map(usize::from) {
        let modifiers = bytes.get(at + 4..(at + 2 + len).min(bytes.len()));
        properties::apply(modifiers.unwrap_or_default(), &mut paragraph);
    }
    paragraph
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A definition: the id of the built-in style, its kind with the ordinal of its base, and its name.
    fn style(built_in: u16, kind: u16, based_on: u16, name: &str) -> Vec<u8> {
        let units: Vec<u16> = name.encode_utf16().collect();
        let mut numbers = vec![built_in, kind | based_on << 4, 0, 0, 0];
        numbers.push(units.len() as u16);
        numbers.extend(units);
        numbers.push(0);
        numbers
            .iter()
            .flat_map(|number| number.to_le_bytes())
            .collect()
    }

    fn sheet(styles: &[Vec<u8>]) -> Styles {
        let mut bytes: Vec<u8> = [4u16, styles.len() as u16, 10]
            .iter()
            .flat_map(|number| number.to_le_bytes())
            .collect();
        for style in styles {
            bytes.extend((style.len() as u16).to_le_bytes());
            bytes.extend(style);
        }
        Styles::read(&bytes)
    }

    fn of(styles: &Styles, style: u16) -> Style {
        styles.style(&Paragraph {
            style,
            ..Paragraph::default()
        })
    }

    #[test]
    fn built_in_styles_are_headings_in_every_language() {
        let all = sheet(&[
            style(1, 1, 0xfff, "heading 1"),
            style(9, 1, 0xfff, "标题 9"),
            style(62, 1, 0xfff, "标题"),
            style(0, 1, 0xfff, "正文"),
            // A character style.
            style(1, 2, 0xfff, "标题 1 字符"),
            Vec::new(),
        ]);
        let styles = [0, 1, 2, 3, 4, 5, 6].map(|ord| of(&all, ord));
        let expected = [
            Style::Heading(1),
            Style::Heading(9),
            Style::Title,
            Style::Plain,
            Style::Plain,
            Style::Plain,
            Style::Plain,
        ];
        assert_eq!(styles, expected);
    }

    #[test]
    fn a_style_is_what_it_is_based_on() {
        let own = 0x0ffe;
        let all = sheet(&[
            style(2, 1, 0xfff, "heading 2"),
            style(own, 1, 0, "小标题"),
            style(own, 1, 1, "小小标题"),
            // One that is based on itself, and two on each other.
            style(own, 1, 3, "甲"),
            style(own, 1, 5, "乙"),
            style(own, 1, 4, "丙"),
        ]);
        let styles = [1, 2, 3, 4, 5].map(|ord| of(&all, ord));
        assert_eq!(styles[..2], [Style::Heading(2), Style::Heading(2)]);
        assert_eq!(styles[2..], [Style::Plain; 3]);
    }

    #[test]
    fn the_outline_level_of_a_paragraph_outranks_its_style_but_not_the_title() {
        let all = sheet(&[style(1, 1, 0xfff, "heading 1"), style(62, 1, 0xfff, "标题")]);
        let of_level = |style, level| {
            all.style(&Paragraph {
                style,
                outline_level: Some(level),
                ..Paragraph::default()
            })
        };
        assert_eq!(of_level(0, 2), outline(2));
        assert_eq!(of_level(1, 2), Style::Title);
    }

    #[test]
    fn a_list_comes_from_the_paragraph_or_its_style() {
        let all = Styles(vec![Some(Definition {
            style: None,
            based_on: 7,
            paragraph: Paragraph {
                list: Some(4),
                list_level: Some(1),
                ..Paragraph::default()
            },
        })]);
        let mut paragraph = Paragraph::default();
        assert_eq!(all.place(&paragraph), (4, 1));
        paragraph.list = Some(0);
        assert_eq!(all.place(&paragraph), (0, 1));
        paragraph.style = 9;
        paragraph.list = None;
        assert_eq!(all.place(&paragraph), (0, 0));
    }

    #[test]
    fn damaged_style_sheets_have_the_styles_before_the_damage() {
        let styles = [style(1, 1, 0xfff, "heading 1"), style(62, 1, 0xfff, "标题")];
        let mut bytes: Vec<u8> = vec![4, 0, 2, 0, 10, 0];
        for style in &styles {
            bytes.extend((style.len() as u16).to_le_bytes());
            bytes.extend(style);
        }
        let first_end = 8 + styles[0].len();
        for end in 0..bytes.len() {
            let cut = Styles::read(&bytes[..end]);
            let expected = usize::from(end >= first_end);
            assert_eq!(cut.0.iter().flatten().count(), expected, "{end}");
        }
    }
}
