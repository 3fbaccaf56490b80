//! Invisible text.

/// Whether `text` is invisible: white space and zero-width characters only.
pub(super) fn is_blank(text: &str) -> bool {
    text.chars().all(|ch| {
        ch.is_whitespace() || matches!(ch, '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}')
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn white_space_and_zero_width_characters_are_blank() {
        for text in [
            "",
            " \t\n",
            "\u{3000}\u{a0}",
            "\u{200b}\u{feff}\u{2060}\u{200f}",
        ] {
            assert!(is_blank(text), "{text:?}");
        }
        for text in ["。", " 一 ", "\u{fffd}", "\u{301}"] {
            assert!(!is_blank(text), "{text:?}");
        }
    }
}
