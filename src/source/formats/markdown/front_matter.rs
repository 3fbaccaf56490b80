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
