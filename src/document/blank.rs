//! White space as it occurs in reports: U+3000 indents, no-break spaces, zero-width characters and the
//! literal `<U+00A0>` that a failed conversion leaves in the text.

use crate::text::normalize::{is_zero_width, normalize};

/// The escape for a no-break space in some dumps.
const ESCAPE: &str = "<U+00A0>";

/// Whether the character occupies space without being text.
pub(crate) fn is_blank(ch: char) -> bool {
    // Nearly all characters are Han characters or frequent marks, and the general tests are slow.
    !matches!(ch, '\u{3001}'..='\u{9fff}') && (ch.is_whitespace() || is_zero_width(ch))
}

/// The text without blanks at its start.
pub(crate) fn trim_start(mut text: &str) -> &str {
    loop {
        let rest = text.trim_start_matches(is_blank);
        match rest.strip_prefix(ESCAPE) {
            Some(after) => text = after,
            None => return rest,
        }
    }
}

/// The text without blanks at either end; empty for a blank line.
pub(crate) fn trim(text: &str) -> &str {
    let mut text = trim_start(text);
    loop {
        let rest = text.trim_end_matches(is_blank);
        match rest.strip_suffix(ESCAPE) {
            Some(before) => text = before,
            None => return rest,
        }
    }
}

/// The normalized text without any blank: the key by which two printings of a title or heading are compared.
pub(crate) fn squeeze(text: &str) -> String {
    let mut squeezed = normalize(text);
    squeezed.retain(|ch| !is_blank(ch));
    squeezed
}

/// The words of a list written as one string, separated by blanks.
pub(crate) fn words(list: &'static str) -> impl Iterator<Item = &'static str> {
    list.split_ascii_whitespace()
}

/// Whether the text begins with a word of the list.
pub(crate) fn starts_with_any(text: &str, list: &'static str) -> bool {
    words(list).any(|word| text.starts_with(word))
}

/// Whether the text ends with a word of the list.
pub(crate) fn ends_with_any(text: &str, list: &'static str) -> bool {
    words(list).any(|word| text.ends_with(word))
}

/// Whether the text contains a word of the list.
pub(crate) fn contains_any(text: &str, list: &'static str) -> bool {
    words(list).any(|word| text.contains(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn trims_every_kind_of_blank() {
        assert_eq!(trim("　\u{a0}<U+00A0> 甲 乙<U+00A0>\u{200b}"), "甲 乙");
        assert_eq!(trim("<U+00A0>"), "");
        assert_eq!(squeeze("總　　則 （Ａ）"), "总则(a)");
    }
}
