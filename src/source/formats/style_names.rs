//! What the names of paragraph styles and outline levels say of a paragraph.

use crate::document::Style;

/// The style that a name stands for, in English or Chinese: `heading 2`, `标题 2`, `Title`.
pub(super) fn named(name: &str) -> Option<Style> {
    let name = name.trim().to_lowercase();
    let name = name.split([',', ';']).next().unwrap_or_default().trim();
    if matches!(name, "title" | "标题") {
        return Some(Style::Title);
    }
    let level = ["heading", "标题"]
        .iter()
        .find_map(|word| name.strip_prefix(word))?;
    match level.trim().parse() {
        Ok(level @ 1..=9) => Some(Style::Heading(level)),
        _ => None,
    }
}

/// What an outline level says, counted from 0; 9 and above is text.
pub(super) fn outline(level: u8) -> Style {
    if level < 9 {
        Style::Heading(level + 1)
    } else {
        Style::Plain
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_in_two_languages() {
        assert_eq!(named("Heading 2"), Some(Style::Heading(2)));
        assert_eq!(named("heading 1,h1"), Some(Style::Heading(1)));
        assert_eq!(named("标题 3"), Some(Style::Heading(3)));
        assert_eq!(named("标题"), Some(Style::Title));
        assert_eq!(named("Heading 10"), None);
        assert_eq!(named("标题字"), None);
        assert_eq!(outline(9), Style::Plain);
    }
}
