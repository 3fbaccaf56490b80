//! UTF-32, in either byte order.

/// Reads `bytes`, four for each character; invalid characters, and leftover bytes at the end, become U+FFFD.
pub(super) fn decode(bytes: &[u8], to_code: fn([u8; 4]) -> u32) -> String {
    let (units, left) = bytes.as_chunks::<4>();
    let mut text: String = units
        .iter()
        .map(|&unit| char::from_u32(to_code(unit)).unwrap_or('\u{fffd}'))
        .collect();
    if !left.is_empty() {
        text.push('\u{fffd}');
    }
    text
}

/// Whether `bytes`, which have no mark, are UTF-32 in this order: every four of them are a character that a
/// text can contain.
pub(super) fn holds(bytes: &[u8], to_code: fn([u8; 4]) -> u32) -> bool {
    let (units, _) = bytes.as_chunks::<4>();
    let is_text = |&unit: &[u8; 4]| {
        let ch = char::from_u32(to_code(unit));
        ch.is_some_and(|ch| ch >= ' ' || matches!(ch, '\t' | '\n' | '\r' | '\u{c}'))
    };
    // Two characters at least: four bytes that happen to be a code point are too weak.
    bytes.len() >= 8 && bytes.len().is_multiple_of(4) && units.iter().all(is_text)
}
