//! Properties of paragraphs and characters: pages of 512 bytes in the main stream, by offset in it ([MS-DOC]
//! 2.9.23, 2.9.33).

use std::collections::BTreeMap;

use super::bytes::{u16_at, u32_at};

/// The properties of a paragraph.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Paragraph {
    /// The style's ordinal.
    pub(super) style: u16,
    pub(super) outline_level: Option<u8>,
    /// The list that it is an item of, from 1; 0 for none.
    pub(super) list: Option<u16>,
    pub(super) list_level: Option<u8>,
    pub(super) in_table: bool,
    /// Whether its mark ends a row of a table.
    pub(super) ends_row: bool,
    /// Its nesting depth in tables.
    pub(super) depth: Option<u8>,
    /// Whether its mark ends a cell of a nested table.
    pub(super) ends_inner_cell: bool,
    /// Whether it is the end of a row of such a table.
    pub(super) ends_inner_row: bool,
    /// Whether the row is repeated on each page, like column headings.
    pub(super) is_header: bool,
    /// The right edges of the cells of the row, in twentieths of a point.
    pub(super) edges: Vec<i32>,
}

/// Properties by their offset in the main stream: start to end and value.
#[derive(Default)]
pub(super) struct Properties {
    paragraphs: BTreeMap<usize, (usize, Paragraph)>,
    /// Runs that are not displayed: hidden, or deleted under revision.
    unseen: BTreeMap<usize, usize>,
}

const PAGE: usize = 512;

impl Properties {
    /// Reads the pages that the two tables list.
    pub(super) fn read(paragraphs: &[u8], characters: &[u8], main: &[u8]) -> Self {
        let mut properties = Self::default();
        for page in pages(paragraphs, main) {
            // A BxPap takes 13 bytes, of which the first is the offset; a character run takes one ([MS-DOC]
            // 2.9.23, 2.9.33).
            for (start, end, at) in runs(page, 13) {
                let value = at.map(|at| paragraph(page, at)).unwrap_or_default();
                properties.paragraphs.insert(start, (end, value));
            }
        }
        for page in pages(characters, main) {
            for (start, end, at) in runs(page, 1) {
                if at.is_some_and(|at| is_unseen(page, at)) {
                    properties.unseen.insert(start, end);
                }
            }
        }
        properties
    }

    /// The paragraph whose mark is at `offset`.
    pub(super) fn paragraph(&self, offset: usize) -> Paragraph {
        let before = self.paragraphs.range(..=offset).next_back();
        before
            .filter(|(_, (end, _))| offset < *end)
            .map(|(_, (_, paragraph))| paragraph.clone())
            .unwrap_or_default()
    }

    /// Whether the character at `offset` is not displayed.
    pub(super) fn is_unseen(&self, offset: usize) -> bool {
        let before = self.unseen.range(..=offset).next_back();
        before.is_some_and(|(_, end)| offset < *end)
    }
}

/// The pages that a table lists: n + 1 offsets of four bytes, then n page numbers of four bytes.
fn pages<'a>(table: &'a [u8], main: &'a [u8]) -> impl Iterator<Item = &'a [u8]> {
    let n_pages = table.len().saturating_sub(4) / 8;
    (0..n_pages).filter_map(move |ord| {
        // The upper ten bits of a page number are not used (PnFkpPapx, [MS-DOC] 2.9.206).
        let number = u32_at(table, (n_pages + 1 + ord) * 4)? & 0x003f_ffff;
        let start = number as usize * PAGE;
        main.get(start..start + PAGE)
    })
}

/// The runs of a page: start, end, and the offset of the properties in the page; `None` for the defaults.
fn runs(page: &[u8], entry: usize) -> impl Iterator<Item = (usize, usize, Option<usize>)> {
    let n_runs = usize::from(page[PAGE - 1]);
    (0..n_runs).filter_map(move |ord| {
        let start = u32_at(page, ord * 4)? as usize;
        let end = u32_at(page, ord * 4 + 4)? as usize;
        // Offsets count words; 0 means default properties.
        let at = usize::from(*page.get((n_runs + 1) * 4 + ord * entry)?) * 2;
        Some((start, end, (at > 0).then_some(at)))
    })
}

fn paragraph(page: &[u8], at: usize) -> Paragraph {
    let Some(&n_words) = page.get(at) else {
        return Paragraph::default();
    };
    // A count of 0 means that the next byte holds the count of words ([MS-DOC] 2.9.175).
    let (start, len) = match n_words {
        0 => (
            at + 2,
            usize::from(page.get(at + 1).copied().unwrap_or(0)) * 2,
        ),
        n_words => (at + 1, usize::from(n_words) * 2 - 1),
    };
    let bytes = page
        .get(start..(start + len).min(page.len()))
        .unwrap_or_default();
    let mut paragraph = Paragraph {
        style: u16_at(bytes, 0).unwrap_or(0),
        ..Paragraph::default()
    };
    apply(bytes.get(2..).unwrap_or_default(), &mut paragraph);
    paragraph
}

/// Applies the modifiers in `bytes` ([MS-DOC] 2.6.2).
pub(super) fn apply(bytes: &[u8], paragraph: &mut Paragraph) {
    for (code, operand) in modifiers(bytes) {
        let first = operand.first().copied().unwrap_or(0);
        // Codes of single property modifiers ([MS-DOC] 2.6.2): sprmPIstd, sprmPOutLvl, sprmPIlvl, sprmPIlfo,
        // sprmPFInTable, sprmPFTtp, sprmPItap, sprmPFInnerTableCell, sprmPFInnerTtp, sprmTTableHeader,
        // sprmTDefTable.
        match code {
            0x4600 => paragraph.style = u16_at(operand, 0).unwrap_or(0),
            0x2640 => paragraph.outline_level = Some(first),
            0x260a => paragraph.list_level = Some(first),
            0x460b => paragraph.list = u16_at(operand, 0),
            0x2416 => paragraph.in_table = first != 0,
            0x2417 => paragraph.ends_row = first != 0,
            0x6649 => paragraph.depth = Some(first),
            0x244b => paragraph.ends_inner_cell = first != 0,
            0x244c => paragraph.ends_inner_row = first != 0,
            0x3404 => paragraph.is_header = first != 0,
            0xd608 => paragraph.edges = edges(operand),
            _ => {}
        }
    }
}

/// The right edges of a row's cells: a count, the left edge of the first, and theirs ([MS-DOC] 2.9.322).
fn edges(operand: &[u8]) -> Vec<i32> {
    let n_cells = operand.first().map_or(0, |&n_cells| usize::from(n_cells));
    let edge = |ord: usize| u16_at(operand, 3 + ord * 2).map(|edge| i32::from(edge as i16));
    (0..n_cells).map_while(edge).collect()
}

fn is_unseen(page: &[u8], at: usize) -> bool {
    let len = page.get(at).map_or(0, |&len| usize::from(len));
    let bytes = page
        .get(at + 1..(at + 1 + len).min(page.len()))
        .unwrap_or_default();
    // sprmCFRMarkDel (deleted under revision) and sprmCFVanish (hidden), [MS-DOC] 2.6.1.
    modifiers(bytes)
        .any(|(code, operand)| matches!(code, 0x0800 | 0x083c) && operand.first() == Some(&1))
}

/// The modifiers in `bytes`: code and operand ([MS-DOC] 2.2.5.1).
fn modifiers(bytes: &[u8]) -> impl Iterator<Item = (u16, &[u8])> {
    let mut rest = bytes;
    std::iter::from_fn(move || {
        let code = u16_at(rest, 0)?;
        let body = &rest[2..];
        // The top three bits (spra) give the size of the operand; sprmTDefTable has a length of two bytes.
        let (skip, len) = match code >> 13 {
            0 | 1 => (0, 1),
            2 | 4 | 5 => (0, 2),
            3 => (0, 4),
            7 => (0, 3),
            _ if code == 0xd608 => (2, usize::from(u16_at(body, 0)?).saturating_sub(1)),
            _ => (1, usize::from(*body.first()?)),
        };
        let operand = body.get(skip..skip + len)?;
        rest = &body[skip + len..];
        Some((code, operand))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn applied(bytes: &[u8]) -> Paragraph {
        let mut paragraph = Paragraph::default();
        apply(bytes, &mut paragraph);
        paragraph
    }

    #[test]
    fn modifiers_set_the_properties_of_a_paragraph() {
        let bytes = [
            &[0x00, 0x46, 7, 0][..],
            &[0x40, 0x26, 2],
            &[0x0a, 0x26, 1],
            &[0x0b, 0x46, 3, 0],
            &[0x16, 0x24, 1],
            &[0x17, 0x24, 1],
            &[0x49, 0x66, 2, 0, 0, 0],
            &[0x04, 0x34, 1],
            // An unknown one with a length of its own is skipped.
            &[0x15, 0xc6, 2, 9, 9],
            &[0x4b, 0x24, 1],
        ];
        let expected = Paragraph {
            style: 7,
            outline_level: Some(2),
            list: Some(3),
            list_level: Some(1),
            in_table: true,
            ends_row: true,
            depth: Some(2),
            ends_inner_cell: true,
            ends_inner_row: false,
            is_header: true,
            edges: Vec::new(),
        };
        assert_eq!(applied(&bytes.concat()), expected);
        // A cut modifier ends the list.
        assert_eq!(applied(&[0x40, 0x26]), Paragraph::default());
    }

    #[test]
    fn a_row_has_the_right_edges_of_its_cells() {
        assert_eq!(edges(&[2, 0, 0, 100, 0, 0x9c, 0xff]), [100, -100]);
        assert_eq!(edges(&[3, 0, 0, 100, 0]), [100]);
        assert_eq!(edges(&[]), [0; 0]);
    }

    #[test]
    fn a_page_lists_its_runs() {
        let mut page = vec![0; PAGE];
        page[..12].copy_from_slice(&[10, 0, 0, 0, 20, 0, 0, 0, 30, 0, 0, 0]);
        page[PAGE - 1] = 2;
        page[12] = 100;
        let found: Vec<_> = runs(&page, 1).collect();
        assert_eq!(found, [(10, 20, Some(200)), (20, 30, None)]);
        // Hidden text is found by the offset of its run.
        page[200..204].copy_from_slice(&[3, 0x3c, 0x08, 1]);
        let table = [10, 0, 0, 0, 30, 0, 0, 0, 0, 0, 0, 0];
        let properties = Properties::read(&[], &table, &page);
        assert!(properties.is_unseen(10) && properties.is_unseen(19));
        assert!(!properties.is_unseen(9) && !properties.is_unseen(20));
        assert_eq!(properties.paragraph(10), Paragraph::default());
    }

    proptest! {
        #[test]
        fn any_page_is_read(bytes in prop::collection::vec(any::<u8>(), PAGE..=PAGE), modifiers in prop::collection::vec(any::<u8>(), 0..40)) {
            let table = [0, 0, 0, 0, 255, 0, 0, 0, 0, 0, 0, 0];
            let properties = Properties::read(&table, &table, &bytes);
            properties.paragraph(3);
            properties.is_unseen(3);
            applied(&modifiers);
        }
    }
}
