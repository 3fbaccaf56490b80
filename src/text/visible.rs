//! Visible characters: what is counted to account for every character of a file.

use super::printable::is_steering;

/// Whether a character is visible on the page: not white space, not a control, not zero-width.
///
/// White space is added and removed where lines are joined and split, so that only visible characters add up.
pub fn is_visible(ch: char) -> bool {
    !(ch.is_whitespace() || is_steering(ch) || is_zero_width(ch))
}

/// How many characters of `text` are visible.
pub fn n_visible(text: &str) -> u64 {
    text.chars().filter(|&ch| is_visible(ch)).count() as u64
}

/// Whether the character has no width, and is removed before texts are compared: joiners, direction marks, byte
/// order marks, soft hyphens, variation selectors.
pub fn is_zero_width(ch: char) -> bool {
    matches!(
        ch,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{2064}' | '\u{2066}'..='\u{206f}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{e0100}'..='\u{e01ef}'
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn blanks_and_zero_width_characters_are_invisible() {
        assert_eq!(
            n_visible("一、 基本\u{3000}情况\t\u{200b}\u{feff}\u{a0}\n。"),
            7
        );
        assert_eq!(n_visible(""), 0);
    }

    #[test]
    fn nothing_invisible_is_counted() {
        for ch in (char::MIN..=char::MAX).filter(|&ch| !is_visible(ch)) {
            let is_known = ch.is_whitespace() || ch.is_control() || is_zero_width(ch);
            assert!(is_known || is_steering(ch), "{ch:?}");
        }
        assert!("一a，\u{301}①\u{e000}\u{fffd}".chars().all(is_visible));
    }

    proptest! {
        #[test]
        fn counts_add_up(one in "\\PC{0,20}", other in "[甲\\n\\t \u{200b}\u{a0}]{0,20}") {
            let both = format!("{one}{other}");
            prop_assert_eq!(n_visible(&both), n_visible(&one) + n_visible(&other));
        }

        #[test]
        fn printing_keeps_what_is_visible(text in "[甲a，\u{0}-\u{20}\u{7f}-\u{9f}\u{200e}\u{2028}\u{202e}]{0,20}") {
            let printed = crate::text::printable::printable(&text);
            prop_assert_eq!(n_visible(&printed), n_visible(&text));
            prop_assert_eq!(printed.chars().count(), text.chars().count());
        }
    }
}
