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

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn encoded(text: &str, to_bytes: fn(u32) -> [u8; 4]) -> Vec<u8> {
        text.chars().flat_map(|ch| to_bytes(ch as u32)).collect()
    }

    #[test]
    fn damage_costs_the_damaged_characters() {
        let mut bytes = encoded("一二三", u32::to_le_bytes);
        bytes[7] = 0xff;
        assert_eq!(decode(&bytes, u32::from_le_bytes), "一\u{fffd}三");
        bytes.truncate(10);
        assert_eq!(decode(&bytes, u32::from_le_bytes), "一\u{fffd}\u{fffd}");
        assert_eq!(decode(b"", u32::from_le_bytes), "");
    }

    #[test]
    fn a_text_is_recognized_in_its_own_order_only() {
        let text = "一二\r\n\t三";
        let bytes = encoded(text, u32::to_be_bytes);
        assert!(holds(&bytes, u32::from_be_bytes) && !holds(&bytes, u32::from_le_bytes));
        // Three bytes too many, a control character, one character alone.
        for bytes in [
            [&bytes[..], b"abc"].concat(),
            encoded("一\u{1}", u32::to_be_bytes),
            encoded("一", u32::to_be_bytes),
            Vec::new(),
        ] {
            assert!(!holds(&bytes, u32::from_be_bytes));
        }
    }

    proptest! {
        #[test]
        fn texts_come_back_in_either_order(text in "\\PC{2,20}") {
            prop_assert_eq!(&decode(&encoded(&text, u32::to_le_bytes), u32::from_le_bytes), &text);
            let bytes = encoded(&text, u32::to_be_bytes);
            prop_assert_eq!(&decode(&bytes, u32::from_be_bytes), &text);
            prop_assert!(holds(&bytes, u32::from_be_bytes));
        }
    }
}
