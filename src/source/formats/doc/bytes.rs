//! Numbers in bytes, low byte first; `None` where the bytes end.

pub(super) fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    let two = bytes.get(at..at.checked_add(2)?)?;
    Some(u16::from_le_bytes([two[0], two[1]]))
}

pub(super) fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    let four = bytes.get(at..at.checked_add(4)?)?;
    Some(u32::from_le_bytes([four[0], four[1], four[2], four[3]]))
}

/// `n_units` of UTF-16 from `at` on.
pub(super) fn utf16_at(bytes: &[u8], at: usize, n_units: usize) -> Option<Vec<u16>> {
    let raw = bytes.get(at..at.checked_add(n_units.checked_mul(2)?)?)?;
    Some(
        raw.chunks_exact(2)
            .map(|two| u16::from_le_bytes([two[0], two[1]]))
            .collect(),
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn numbers_end_with_their_bytes() {
        let bytes = [1, 2, 3, 4, 5];
        assert_eq!(
            (u16_at(&bytes, 0), u16_at(&bytes, 3)),
            (Some(0x0201), Some(0x0504))
        );
        assert_eq!(
            (u16_at(&bytes, 4), u16_at(&bytes, usize::MAX)),
            (None, None)
        );
        assert_eq!(
            (u32_at(&bytes, 1), u32_at(&bytes, 2)),
            (Some(0x0504_0302), None)
        );
        assert_eq!(u32_at(&bytes, usize::MAX - 1), None);
        assert_eq!(utf16_at(&bytes, 1, 2), Some(vec![0x0302, 0x0504]));
        assert_eq!(
            (utf16_at(&bytes, 2, 2), utf16_at(&bytes, 0, usize::MAX)),
            (None, None)
        );
    }

    proptest! {
        #[test]
        fn text_comes_back(text in "\\PC{0,20}", before in 0_usize..5) {
            let units: Vec<u16> = text.encode_utf16().collect();
            let mut bytes = vec![0xff; before];
            bytes.extend(units.iter().flat_map(|unit| unit.to_le_bytes()));
            prop_assert_eq!(utf16_at(&bytes, before, units.len()), Some(units));
        }
    }
}
