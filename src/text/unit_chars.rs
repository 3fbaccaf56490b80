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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn characters_of_scripts_without_words_are_units() {
        for ch in "一龥〇々㐀豈あァヴㄅㆠ가힣\u{20000}\u{3ffff}".chars() {
            assert!(is_single_unit(ch), "{ch:?}");
        }
        for ch in "aé1½ー・，。①ⅣαЖ　 \u{3040}\u{30ff}\u{40000}".chars() {
            assert!(!is_single_unit(ch), "{ch:?}");
        }
    }

    #[test]
    fn three_marks_end_a_sentence_and_are_no_units() {
        let ends: String = (char::MIN..=char::MAX)
            .filter(|&ch| ends_sentence(ch))
            .collect();
        assert_eq!(ends, "!?。");
        assert!(!ends.contains(is_single_unit));
    }
}
