//! What a normalized character is for units: one by itself, or the end of a sentence.

/// Whether a normalized character is a unit by itself: Han, kana, hangul, bopomofo.
pub fn is_single_unit(ch: char) -> bool {
    matches!(ch,
        '\u{4e00}'..='\u{9fff}' | '\u{3400}'..='\u{4dbf}' | '\u{20000}'..='\u{3ffff}' | '\u{f900}'..='\u{faff}'
        | '々' | '〇' | '\u{3041}'..='\u{3096}' | '\u{30a1}'..='\u{30fa}' | '\u{3105}'..='\u{312f}' | '\u{31a0}'..='\u{31bf}'
        | '\u{ac00}'..='\u{d7a3}')
}

/// Whether a normalized character ends a sentence.
pub fn ends_sentence(ch: char) -> bool {
    matches!(ch, '。' | '!' | '?')
}
