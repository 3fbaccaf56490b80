//! Markdown: headings become styled lines, marks of emphasis, links and quotes go, comments and front matter too.
//!
//! The text is read line by line, as reports are written, not by CommonMark's paragraphs; a list item keeps its number.

use super::Raw;
use crate::document::{Given, Line, Style};
use crate::source::clean::line_ends;

/// Reads a Markdown text; front matter may give title and date.
pub(in crate::source) fn read(text: &str, mut given: Given) -> Raw {
    let mut lines = line_ends::split(text);
    take_front_matter(&mut lines, &mut given);
    let mut in_comment = false;
    let mut in_code = false;
    for line in &mut lines {
        if line.text.trim_start().starts_with("```") {
            in_code = !in_code;
            line.text.clear();
        } else if !in_code {
            line.text = without_comments(&line.text, &mut in_comment);
            (line.style, line.text) = styled(&line.text);
        }
    }
    name_title(&mut lines);
    Raw {
        given,
        lines,
        ..Raw::default()
    }
}

/// Removes a block of `key: value` lines between two `---` at the very start and takes title and date from it.
fn take_front_matter(lines: &mut Vec<Line>, given: &mut Given) {
    if lines
        .first()
        .is_none_or(|line| line.text.trim_end() != "---")
    {
        return;
    }
    let Some(end) = lines
        .iter()
        .skip(1)
        .position(|line| matches!(line.text.trim_end(), "---" | "..."))
    else {
        return;
    };
    let inside = &lines[1..=end];
    let is_mapping = inside.iter().all(|line| {
        line.text.trim().is_empty()
            || line.text.contains(':')
            || line.text.starts_with([' ', '-', '#'])
    });
    if !is_mapping {
        return;
    }
    for line in inside {
        let Some((key, value)) = line.text.split_once(':') else {
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
    lines.drain(..end + 2);
}

/// `text` without what stands between `<!--` and `-->`, on this line or since an earlier one.
fn without_comments(text: &str, in_comment: &mut bool) -> String {
    let mut out = String::new();
    let mut rest = text;
    loop {
        let mark = if *in_comment { "-->" } else { "<!--" };
        let (before, after) = match rest.split_once(mark) {
            Some((before, after)) => (before, Some(after)),
            None => (rest, None),
        };
        if !*in_comment {
            out.push_str(before);
        }
        let Some(after) = after else { return out };
        *in_comment = !*in_comment;
        rest = after;
    }
}

/// The style of a line and its text without marks.
fn styled(text: &str) -> (Style, String) {
    let trimmed = text.trim();
    let level = trimmed.bytes().take_while(|&byte| byte == b'#').count();
    let title = &trimmed[level..];
    if (1..=6).contains(&level) && (title.is_empty() || title.starts_with([' ', '\u{3000}'])) {
        let title = title.trim().trim_end_matches('#').trim_end();
        return (Style::Heading(level as u8), plain(title));
    }
    if is_rule(trimmed) {
        return (Style::Plain, String::new());
    }
    if trimmed.len() > 1 && trimmed.starts_with('|') && trimmed.ends_with('|') {
        return (Style::Plain, row(&trimmed[1..trimmed.len() - 1]));
    }
    let quoted = text.trim_start_matches(['>', ' ']);
    let body = if text.starts_with('>') { quoted } else { text };
    let item = body.trim_start();
    let body = ["- ", "* ", "+ "]
        .iter()
        .find_map(|mark| item.strip_prefix(mark))
        .unwrap_or(body);
    (Style::Plain, plain(body))
}

/// Whether a line is a rule, or the line below a table's head.
fn is_rule(text: &str) -> bool {
    let n_marks = text
        .chars()
        .filter(|ch| matches!(ch, '-' | '*' | '_' | '='))
        .count();
    n_marks >= 3
        && text
            .chars()
            .all(|ch| matches!(ch, '-' | '*' | '_' | '=' | '|' | ':' | ' '))
}

/// The cells of a table's row, between tabs.
fn row(cells: &str) -> String {
    let cells: Vec<String> = cells.split('|').map(|cell| plain(cell.trim())).collect();
    cells.join("\t")
}

/// `text` without marks of emphasis, code, images and links; of a link its words remain.
fn plain(text: &str) -> String {
    let text = text.replace("**", "").replace("__", "").replace('`', "");
    let mut out = String::with_capacity(text.len());
    let mut rest = &*text;
    while let Some(at) = rest.find(['*', '[', '!', '\\']) {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let (shown, len) = mark(rest);
        out.push_str(shown);
        rest = &rest[len..];
    }
    out.push_str(rest);
    out
}

/// What is shown of the mark at the start of `text`, and its bytes; a character that is no mark is shown as it is.
fn mark(text: &str) -> (&str, usize) {
    if let Some((words, len)) = link(text.strip_prefix('!').unwrap_or(text)) {
        let is_image = text.starts_with('!');
        return if is_image {
            ("", len + 1)
        } else {
            (words, len)
        };
    }
    if text.starts_with('\\') && text[1..].starts_with(|ch: char| ch.is_ascii_punctuation()) {
        return (&text[1..2], 2);
    }
    match text.as_bytes()[0] {
        // A star between words is emphasis; one alone, as in 3 * 5, is not.
        b'*' if !text[1..].starts_with(' ') => ("", 1),
        _ => (&text[..1], 1),
    }
}

/// The words of a link `[words](target)` at the start of `text`, and its bytes.
///
/// Each search ends at the next bracket, so that a row of them takes linear time.
fn link(text: &str) -> Option<(&str, usize)> {
    let inside = text.strip_prefix('[')?;
    let (words, _) = inside.split_at(inside.find(['[', ']'])?);
    let target = inside[words.len()..].strip_prefix("](")?;
    let end = target.find([')', '['])?;
    let len = text.len() - target.len() + end + 1;
    target[end..].starts_with(')').then_some((words, len))
}

/// The first heading of level 1 is the title if it is the only one and nothing but blanks stands above it.
fn name_title(lines: &mut [Line]) {
    let n_first = lines
        .iter()
        .filter(|line| line.style == Style::Heading(1))
        .count();
    let first = lines.iter_mut().find(|line| !line.text.trim().is_empty());
    if let Some(line) = first.filter(|line| n_first == 1 && line.style == Style::Heading(1)) {
        line.style = Style::Title;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use Style::{Heading, Plain, Title};

    #[track_caller]
    fn check(text: &str, expected: &[(u32, Style, &str)]) {
        let raw = read(text, Given::default());
        let actual: Vec<_> = raw
            .lines
            .iter()
            .filter(|line| !line.text.is_empty())
            .map(|line| (line.number, line.style, &*line.text))
            .collect();
        assert_eq!(actual, expected);
    }

    #[test]
    fn headings_and_marks() {
        check(
            "# 某市道路管理办法\n<!-- 内\n注 -->\n## 第一章 **总则** ##\n第一条 见[条例](http://x/y)。\n",
            &[
                (1, Title, "某市道路管理办法"),
                (4, Heading(2), "第一章 总则"),
                (5, Plain, "第一条 见条例。"),
            ],
        );
        check(
            "# 甲\n# 乙\n#话题\n",
            &[
                (1, Heading(1), "甲"),
                (2, Heading(1), "乙"),
                (3, Plain, "#话题"),
            ],
        );
        check(
            "> 引文\n- 项目\n* *重点*工作\n1. 第一\n---\n3 * 5 \\* ![图](a.png)",
            &[
                (1, Plain, "引文"),
                (2, Plain, "项目"),
                (3, Plain, "重点工作"),
                (4, Plain, "1. 第一"),
                (6, Plain, "3 * 5 * "),
            ],
        );
        check(
            "| 年份 | 产值 |\n|---|:--|\n| 2009 | `12` |",
            &[(1, Plain, "年份\t产值"), (3, Plain, "2009\t12")],
        );
        check("甲 <!-- 一 --> 乙", &[(1, Plain, "甲  乙")]);
        check("［注］[注] a_b", &[(1, Plain, "［注］[注] a_b")]);
    }

    #[test]
    fn front_matter_gives_title_and_date() {
        let raw = read(
            "---\ntitle: \"年度计划\"\ndate: 2021-03-04\n---\n正文",
            Given::default(),
        );
        assert_eq!(raw.given.title.as_deref(), Some("年度计划"));
        assert_eq!(raw.given.date.as_deref(), Some("2021-03-04"));
        assert_eq!(raw.lines.len(), 1);
        assert_eq!(raw.lines[0].number, 5);
        check("---\n正文\n---\n", &[(2, Plain, "正文")]);
    }
}
