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

    #[test]
    fn blanks_and_zero_width_characters_are_invisible() {
        assert_eq!(
            n_visible("一、 基本\u{3000}情况\t\u{200b}\u{feff}\u{a0}\n。"),
            7
        );
        assert_eq!(n_visible(""), 0);
    }
}
