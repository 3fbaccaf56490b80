//! Front matter: a block of `key: value` lines between two `---` at the very start.

use super::writer::Writer;
use crate::document::{Reason, SourceMetadata};

/// Takes title and date from the front matter of `text`, whose lines are metadata; returns where the text
/// after it begins.
pub(super) fn take(text: &str, given: &mut SourceMetadata, writer: &mut Writer<'_>) -> usize {
    let Some((inside, end)) = find(text) else {
        return 0;
    };
    let mut at = inside.start;
    for line in text[inside].split_inclusive('\n') {
        writer.aside(line.trim(), at, Reason::Metadata);
        at += line.len();
        let Some((key, value)) = line.split_once(':') else {
            continue;
        };
        let value = value.trim().trim_matches(['"', '\'']);
        let value = (!value.is_empty()).then(|| value.to_owned());
        match key.trim() {
            "title" | "标题" => given.title = given.title.take().or(value),
            "date" | "日期" | "时间" => given.date = given.date.take().or(value),
            _ => {}
        }
    }
    end
}

/// The range of the front matter's lines, and its end.
fn find(text: &str) -> Option<(std::ops::Range<usize>, usize)> {
    let mut lines = text.split_inclusive('\n');
    let first = lines.next().filter(|line| line.trim_end() == "---")?;
    let mut at = first.len();
    for line in lines {
        match line.trim_end() {
            "---" | "..." => return Some((first.len()..at, at + line.len())),
            "" => {}
            // Keys, continuation lines, list items and comments of YAML.
            filled if filled.contains(':') || filled.starts_with([' ', '-', '#']) => {}
            // Text between two thematic breaks.
            _ => return None,
        }
        at += line.len();
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn taken(text: &str) -> (SourceMetadata, Vec<String>, String) {
        let mut given = SourceMetadata::default();
        let mut writer = Writer::new(text);
        let end = take(text, &mut given, &mut writer);
        let (lines, _) = writer.finish();
        (
            given,
            lines.into_iter().map(|line| line.text).collect(),
            text[end..].to_owned(),
        )
    }

    #[test]
    fn title_and_date_are_taken_from_the_block() {
        let (given, lines, rest) =
            taken("---\ntitle: \"园区总结\"\n日期: 2024-03-01\ntags:\n  - 甲\n---\n正文\n");
        assert_eq!(
            (given.title.as_deref(), given.date.as_deref()),
            (Some("园区总结"), Some("2024-03-01"))
        );
        assert_eq!(
            lines,
            ["title: \"园区总结\"", "日期: 2024-03-01", "tags:", "- 甲"]
        );
        assert_eq!(rest, "正文\n");
        // The first of two titles counts, and an empty one does not.
        let (given, ..) = taken("---\ntitle:\n标题: 甲\ntitle: 乙\n...\n");
        assert_eq!(given.title.as_deref(), Some("甲"));
    }

    #[test]
    fn text_between_two_breaks_is_no_front_matter() {
        for text in [
            "---\n园区平稳\n---\n",
            "---\ntitle: 甲\n",
            "正文\n---\ntitle: 甲\n---\n",
            "",
            "---",
        ] {
            let (given, lines, rest) = taken(text);
            assert_eq!(
                (given.title, lines, &*rest),
                (None, Vec::<String>::new(), text),
                "{text}"
            );
        }
    }
}
