//! The text in its pieces ([MS-DOC] 2.8.35): text typed last is appended to the stream, and the piece table
//! orders it.

use encoding_rs::WINDOWS_1252;

use super::bytes::{u16_at, u32_at};

/// The characters of a document, in UTF-16, and their positions in the file.
pub(super) struct Pieces {
    units: Vec<u16>,
    pieces: Vec<Piece>,
    is_whole: bool,
}

struct Piece {
    /// Ordinal of its first character.
    start: usize,
    /// The offset of that character in the main stream.
    offset: usize,
    width: usize,
}

impl Pieces {
    /// Reads the pieces of `main` by the table in `clx`; `None` without a table.
    pub(super) fn read(clx: &[u8], main: &[u8]) -> Option<Self> {
        let table = table(clx)?;
        // n + 1 positions of four bytes, n descriptions of eight.
        let n_pieces = table.len().checked_sub(4)? / 12;
        let mut pieces = Self {
            units: Vec::new(),
            pieces: Vec::new(),
            is_whole: true,
        };
        for ord in 0..n_pieces {
            let start = u32_at(table, ord * 4)? as usize;
            let end = u32_at(table, ord * 4 + 4)? as usize;
            let (offset, width) = place(u32_at(table, (n_pieces + 1) * 4 + ord * 8 + 2)?);
            // Pieces follow each other without gaps; anything else is damage, and the rest cannot be placed.
            if start != pieces.units.len() || end < start {
                pieces.is_whole = false;
                break;
            }
            pieces.pieces.push(Piece {
                start,
                offset,
                width,
            });
            pieces.add(main, offset, width, end - start);
        }
        Some(pieces)
    }

    fn add(&mut self, main: &[u8], offset: usize, width: usize, n_chars: usize) {
        let rest = main.get(offset..).unwrap_or_default();
        // A piece that points past the end of the stream is cut, and the file reported as damaged.
        let n_here = n_chars.min(rest.len() / width);
        if width == 1 {
            let (text, _) = WINDOWS_1252.decode_without_bom_handling(&rest[..n_here]);
            self.units.extend(text.encode_utf16());
        } else {
            let units = rest[..n_here * 2].chunks_exact(2);
            self.units
                .extend(units.map(|two| u16::from_le_bytes([two[0], two[1]])));
        }
        self.is_whole &= n_here == n_chars;
    }

    /// The characters from `start` to `end`, exclusive; fewer if there are fewer.
    pub(super) fn units(&self, start: usize, end: usize) -> &[u16] {
        let end = end.min(self.units.len());
        &self.units[start.min(end)..end]
    }

    /// The offset in the main stream of the character of ordinal `at`.
    pub(super) fn offset(&self, at: usize) -> usize {
        let ord = self.pieces.partition_point(|piece| piece.start <= at);
        match ord.checked_sub(1).map(|ord| &self.pieces[ord]) {
            Some(piece) => piece
                .offset
                .saturating_add((at - piece.start).saturating_mul(piece.width)),
            None => 0,
        }
    }

    /// Whether all pieces were found.
    pub(super) fn is_whole(&self) -> bool {
        self.is_whole
    }
}

/// The piece table, after the property modifiers of fast saving.
fn table(clx: &[u8]) -> Option<&[u8]> {
    let mut at = 0;
    loop {
        match clx.get(at)? {
            // Prc: a length and that many bytes; 2 marks the Pcdt with the table ([MS-DOC] 2.9.38).
            1 => at += 3 + usize::from(u16_at(clx, at + 1)?),
            2 => {
                let len = u32_at(clx, at + 1)? as usize;
                let start = at + 5;
                return clx.get(start..start.checked_add(len)?.min(clx.len()));
            }
            _ => return None,
        }
    }
}

/// The offset of a piece, and the number of bytes of its characters.
///
/// fCompressed: one byte a character in code page 1252, and the offset is doubled ([MS-DOC] 2.9.73).
fn place(number: u32) -> (usize, usize) {
    let offset = (number & 0x3fff_ffff) as usize;
    match number & 0x4000_0000 {
        0 => (offset, 2),
        _ => (offset / 2, 1),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// A stream with these texts, and the table that puts them in order; each is in one byte or two.
    fn file(texts: &[(String, bool)]) -> (Vec<u8>, Vec<u8>) {
        let mut main = vec![b'#'; 6];
        let (mut positions, mut places) = (vec![0_u32], Vec::new());
        for (text, is_compressed) in texts {
            // Descriptions are flags, the place, and modifiers.
            places.extend([0, 0]);
            if *is_compressed {
                places.extend(((main.len() as u32 * 2) | 0x4000_0000).to_le_bytes());
                main.extend(text.bytes());
            } else {
                places.extend((main.len() as u32).to_le_bytes());
                main.extend(text.encode_utf16().flat_map(u16::to_le_bytes));
            }
            places.extend([0, 0]);
            let last = positions[positions.len() - 1];
            positions.push(last + text.encode_utf16().count() as u32);
        }
        let positions: Vec<u8> = positions.into_iter().flat_map(u32::to_le_bytes).collect();
        let table = [positions, places].concat();
        let len = (table.len() as u32).to_le_bytes();
        // Modifiers of fast saving come before the table.
        let clx = [&[1, 2, 0, 9, 9][..], &[2], &len, &table].concat();
        (main, clx)
    }

    fn text(pieces: &Pieces) -> String {
        String::from_utf16_lossy(pieces.units(0, usize::MAX))
    }

    #[test]
    fn a_cut_stream_and_a_gap_are_damage() {
        let texts = [("园区".to_owned(), false), ("2024".to_owned(), true)];
        let (main, clx) = file(&texts);
        let cut = Pieces::read(&clx, &main[..main.len() - 1]).expect("a table");
        assert_eq!((&*text(&cut), cut.is_whole()), ("园区202", false));
        let mut gap = clx.clone();
        // The end of the first piece, after that of the stream.
        gap[14] = 9;
        let read = Pieces::read(&gap, &main).expect("a table");
        assert!(!read.is_whole());
        assert!(Pieces::read(b"\x03", &main).is_none() && Pieces::read(b"", &main).is_none());
    }

    proptest! {
        #[test]
        fn pieces_are_read_in_the_order_of_the_table(
            texts in prop::collection::vec(prop_oneof![
                "[园区平稳。a]{0,6}".prop_map(|text| (text, false)),
                "[a-z0-9]{0,6}".prop_map(|text| (text, true)),
            ], 0..5),
        ) {
            let (main, clx) = file(&texts);
            let pieces = Pieces::read(&clx, &main).expect("a table");
            prop_assert!(pieces.is_whole());
            let whole: String = texts.iter().map(|(text, _)| &**text).collect();
            prop_assert_eq!(text(&pieces), whole);
            // The offset of each character leads to it.
            for (at, unit) in pieces.units(0, usize::MAX).iter().enumerate() {
                prop_assert_eq!(u16::from(main[pieces.offset(at)]), unit & 0xff);
            }
        }

        #[test]
        fn any_table_ends(clx in prop::collection::vec(any::<u8>(), 0..60), main in prop::collection::vec(any::<u8>(), 0..40)) {
            Pieces::read(&clx, &main);
        }
    }

    #[test]
    fn compressed_pieces_have_one_byte_a_character() {
        assert_eq!(place(800), (800, 2));
        assert_eq!(place(800 | 0x4000_0000), (400, 1));
        // The highest bit says nothing.
        assert_eq!(place(800 | 0x8000_0000), (800, 2));
    }
}
