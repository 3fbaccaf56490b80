//! Characters that a reader sees: what is counted when a file is accounted for.

use super::normalize::is_zero_width;
use super::printable::is_steering;

/// Whether a character leaves a mark on the page: no blank, no control, none of zero width.
///
/// Blanks come and go where lines are joined and cut, so that only what is left can be held to a sum.
pub fn is_visible(ch: char) -> bool {
    !(ch.is_whitespace() || is_steering(ch) || is_zero_width(ch))
}

/// How many characters of `text` are visible.
pub fn n_visible(text: &str) -> u64 {
    text.chars().filter(|&ch| is_visible(ch)).count() as u64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blanks_and_what_has_no_width_are_not_seen() {
        assert_eq!(
            n_visible("一、 基本\u{3000}情况\t\u{200b}\u{feff}\u{a0}\n。"),
            7
        );
        assert_eq!(n_visible(""), 0);
    }
}
