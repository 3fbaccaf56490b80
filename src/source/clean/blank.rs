//! Invisible text.

/// Whether `text` is invisible: white space and zero-width characters only.
pub(super) fn is_blank(text: &str) -> bool {
    text.chars().all(|ch| {
        ch.is_whitespace() || matches!(ch, '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}')
    })
}
