//! EUC-TW: the characters of CNS 11643, of which planes 1 and 2 are those of Big5 in nearly the same order.

use std::borrow::Cow;

use encoding_rs::BIG5;

/// The byte that selects the plane named by the next byte for one character (single shift two).
const SHIFT: u8 = 0x8e;
/// Cells of a row of a plane.
const ROW: usize = 94;
/// Cells of a row of Big5: trail bytes 0x40 to 0x7e and 0xa1 to 0xfe.
const BIG5_ROW: usize = 157;

/// Reads `bytes`. Characters outside the planes that Big5 covers become U+FFFD; Han characters beyond the
/// first two planes are rare names.
pub(super) fn decode(bytes: &[u8]) -> String {
    let mut out = String::with_capacity(bytes.len() * 2);
    let mut rest = bytes;
    while let Some((&byte, after)) = rest.split_first() {
        let (ch, taken) = match (byte, after) {
            (0..0x80, _) => (Some(char::from(byte)), 1),
            // Four bytes: the shift, the plane, and the two of the character.
            (
                SHIFT,
                [
                    plane @ 0xa1..=0xb0,
                    row @ 0xa1..=0xfe,
                    cell @ 0xa1..=0xfe,
                    ..,
                ],
            ) => (character(plane - 0xa0, *row, *cell), 4),
            // Two bytes without a shift are plane 1.
            (0xa1..=0xfe, [cell @ 0xa1..=0xfe, ..]) => (character(1, byte, *cell), 2),
            _ => (None, 1),
        };
        out.push(ch.unwrap_or('\u{fffd}'));
        rest = &rest[taken..];
    }
    out
}

/// The character of a row and cell, both as bytes, of a plane.
pub(super) fn character(plane: u8, row: u8, cell: u8) -> Option<char> {
    let runs = match plane {
        1 => PLANE_1,
        2 => PLANE_2,
        _ => return None,
    };
    let at = usize::from(row - 0xa1) * ROW + usize::from(cell - 0xa1);
    // The last run that begins at or before the cell.
    let known = runs.partition_point(|&(start, ..)| usize::from(start) <= at);
    let run = runs[..known]
        .last()
        .filter(|&&(start, _, len)| at < usize::from(start) + usize::from(len));
    match run {
        Some(&(start, big5, _)) => of_big5(usize::from(big5) + at - usize::from(start)),
        // Big5 has no character at this cell of plane 1; of plane 2 it lacks none.
        None if plane == 1 => BESIDE_BIG5
            .iter()
            .find(|(place, _)| usize::from(*place) == at)
            .map(|&(_, ch)| ch),
        None => None,
    }
}

/// The character at a cell of Big5, counted from lead byte 0x81.
fn of_big5(at: usize) -> Option<char> {
    let (row, cell) = (at / BIG5_ROW, at % BIG5_ROW);
    // The 63 trail bytes from 0x40 to 0x7e come before those from 0xa1 on.
    let trail = if cell < 63 {
        cell + 0x40
    } else {
        cell - 63 + 0xa1
    };
    let bytes = [u8::try_from(row + 0x81).ok()?, u8::try_from(trail).ok()?];
    let text: Cow<'_, str> = BIG5.decode_without_bom_handling_and_without_replacement(&bytes)?;
    text.chars().next()
}

/// Runs of characters in both orders: first cell in the plane, first cell in Big5, length. Found by comparing the two
/// tables of GNU libc character by character.
const PLANE_1: &[(u16, u16, u16)] = &[
    (0, 5024, 5),
    (6, 5030, 8),
    (15, 5039, 6),
    (21, 5047, 2),
    (24, 5046, 1),
    (29, 5053, 44),
    (73, 5098, 1),
    (74, 5097, 1),
    (75, 5099, 22),
    (98, 5122, 1),
    (100, 5124, 27),
    (127, 5152, 1),
    (128, 5151, 1),
    (129, 5153, 19),
    (148, 5173, 1),
    (149, 5172, 1),
    (150, 5174, 4),
    (155, 5045, 1),
    (156, 5180, 2),
    (160, 5184, 1),
    (162, 5186, 1),
    (165, 5189, 69),
    (282, 5258, 29),
    (312, 5288, 1),
    (314, 5290, 142),
    (470, 10896, 30),
    (571, 10929, 1),
    (578, 10932, 1),
    (583, 10933, 1),
    (3290, 5495, 17),
    (3307, 5287, 1),
    (3308, 5513, 86),
    (3394, 5289, 1),
    (3395, 5600, 1307),
    (4702, 6908, 424),
    (5126, 6907, 1),
    (5127, 7332, 1876),
    (7003, 9595, 1),
    (7004, 9208, 387),
    (7391, 9596, 525),
    (7916, 10310, 1),
    (7917, 10121, 105),
    (8023, 10227, 83),
    (8106, 10311, 84),
    (8190, 10541, 1),
    (8191, 10395, 54),
    (8245, 10450, 1),
    (8246, 10449, 1),
    (8247, 10451, 90),
    (8337, 10542, 354),
];

/// As [`PLANE_1`].
const PLANE_2: &[(u16, u16, u16)] = &[
    (0, 11304, 10),
    (10, 11315, 33),
    (43, 11396, 1),
    (44, 11348, 48),
    (92, 11397, 46),
    (138, 11610, 1),
    (139, 11443, 167),
    (306, 11611, 1840),
    (2146, 14098, 1),
    (2147, 13452, 108),
    (2255, 13561, 537),
    (2792, 13451, 1),
    (2793, 14099, 100),
    (2893, 13560, 1),
    (2894, 14199, 399),
    (3293, 14599, 1637),
    (4930, 16785, 1),
    (4931, 16236, 146),
    (5077, 16923, 1),
    (5078, 16382, 287),
    (5365, 17532, 1),
    (5366, 16669, 116),
    (5482, 16786, 137),
    (5619, 16924, 104),
    (5723, 17449, 1),
    (5724, 17028, 222),
    (5946, 17251, 198),
    (6144, 17450, 82),
    (6226, 17533, 86),
    (6312, 17250, 1),
    (6313, 17619, 8),
    (6321, 17628, 153),
    (6474, 17782, 56),
    (6530, 18138, 1),
    (6531, 17838, 113),
    (6644, 17627, 1),
    (6645, 17951, 142),
    (6787, 17781, 1),
    (6788, 18093, 45),
    (6833, 18139, 71),
    (6904, 18404, 1),
    (6905, 18210, 194),
    (7099, 18405, 490),
    (7589, 18938, 1),
    (7590, 18895, 43),
    (7633, 18939, 1),
    (7634, 18941, 11),
    (7645, 18940, 1),
    (7646, 18952, 4),
];

/// Characters of plane 1 that Big5 has in another form or not at all.
const BESIDE_BIG5: [(u16, char); 10] = [
    (5, '・'),
    (14, '﹑'),
    (23, '︲'),
    (154, '‖'),
    (158, '∕'),
    (159, '﹨'),
    (161, '￥'),
    (163, '￠'),
    (164, '￡'),
    (8022, '彞'),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_planes() {
        let bytes = b"\xc4\xa1\xc8\xa1\xa1\xa22023\x8e\xa1\xc4\xd6\x8e\xa3\xa1\xa1\xff";
        assert_eq!(decode(bytes), BOTH);
        assert_eq!(decode(b"\xc4"), "\u{fffd}");
    }

    const BOTH: &str = "一年，2023工\u{fffd}\u{fffd}";

    #[test]
    fn runs_do_not_overlap() {
        for runs in [PLANE_1, PLANE_2] {
            assert!(runs.windows(2).all(|two| two[0].0 + two[0].2 <= two[1].0));
        }
    }

    #[test]
    fn every_cell_of_a_plane_has_its_own_character() {
        for plane in [1, 2] {
            let cells = (0xa1..=0xfe).flat_map(|row| (0xa1..=0xfe).map(move |cell| (row, cell)));
            let chars: Vec<char> = cells
                .filter_map(|(row, cell)| character(plane, row, cell))
                .collect();
            let distinct: std::collections::BTreeSet<char> = chars.iter().copied().collect();
            assert_eq!(distinct.len(), chars.len(), "plane {plane}");
            // 5,401 and 7,650 Han characters; plane 1 has marks and letters too.
            let n_han = distinct
                .iter()
                .filter(|ch| ('\u{4e00}'..='\u{9fff}').contains(*ch))
                .count();
            let expected = if plane == 1 { 5_401 } else { 7_650 };
            assert!(n_han.abs_diff(expected) < 20, "plane {plane}: {n_han}");
        }
        assert_eq!(character(3, 0xa1, 0xa1), None);
    }

    proptest::proptest! {
        #[test]
        fn any_bytes_are_read(bytes in proptest::collection::vec(proptest::prelude::any::<u8>(), 0..40)) {
            let n_ascii = bytes.iter().filter(|byte| byte.is_ascii()).count();
            let text = decode(&bytes);
            let kept = text.chars().filter(char::is_ascii).count();
            proptest::prop_assert!(kept >= n_ascii);
        }
    }
}
