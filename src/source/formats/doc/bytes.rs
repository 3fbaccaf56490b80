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
