//! The meaning of the names of paragraph styles and of outline levels.

use crate::document::Style;

/// The style named in English or Chinese: `heading 2`, `标题 2`, `Title`.
pub(super) fn named(name: &str) -> Option<Style> {
    let name = name.trim().to_lowercase();
    // Word lists aliases after a comma.
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

/// The style of an outline level, counted from 0; 9 and above is body text.
pub(super) fn outline(level: u8) -> Style {
    if level < 9 {
        Style::Heading(level + 1)
    } else {
        Style::Plain
    }
}

/// Minimum number of Han characters of a title in a file's properties.
const MIN_HAN: usize = 4;
/// Titles that programs write by default.
const EMPTY_TITLES: [&str; 6] = ["文档", "新建", "未命名", "演示文稿", "工作簿", "无标题"];

/// A title in the properties of a file that may be the document's own: some Chinese words, and not a
/// program's default.
pub(super) fn property_title(title: &str) -> Option<String> {
    let title = title.trim();
    let is_han = |ch: &char| ('\u{4e00}'..='\u{9fff}').contains(ch);
    let n_han = title.chars().filter(is_han).take(MIN_HAN).count();
    let is_empty =
        EMPTY_TITLES.iter().any(|empty| title.starts_with(empty)) || title.starts_with("Microsoft");
    (n_han == MIN_HAN && !is_empty).then(|| title.to_owned())
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

    #[test]
    fn rejects_titles_that_programs_write() {
        let title = |text| property_title(text);
        assert_eq!(title(" 年度工作总结 ").as_deref(), Some("年度工作总结"));
        assert_eq!(title("新建 Microsoft Word 文档"), None);
        assert_eq!(title("Word Document"), None);
        assert_eq!(title("总结"), None);
    }
}
