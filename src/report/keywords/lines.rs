//! Lines of a list, before their queries are parsed: from text, CSV and workbooks.

use crate::text::units::Units;

/// An entry before it is parsed.
pub(super) struct Line {
    /// Its line or row, from 1.
    pub(super) number: usize,
    pub(super) entry: String,
    pub(super) group: Option<String>,
}

pub(super) fn text_lines(text: &str) -> Vec<Line> {
    let lines = (1..).zip(text.trim_start_matches('\u{feff}').lines());
    lines
        .filter_map(|(number, line)| {
            let line = without_comment(line).trim();
            let (group, entry) = match split_group(line) {
                Some((group, entry)) => (Some(group.trim().to_owned()), entry.trim()),
                None => (None, line),
            };
            (!line.is_empty()).then(|| Line {
                number,
                entry: entry.to_owned(),
                group,
            })
        })
        .collect()
}

/// The line up to a `#` that opens it or follows a blank, outside quotation marks and brackets.
fn without_comment(line: &str) -> &str {
    let mut before = ' ';
    let parts = split(line, |ch| ch == '#');
    let mut end = 0;
    for part in &parts {
        end += part.len();
        before = part.chars().next_back().unwrap_or(before);
        if before.is_whitespace() {
            break;
        }
        before = '#';
        end += 1;
    }
    &line[..end.min(line.len())]
}

/// The group and what follows its colon.
fn split_group(line: &str) -> Option<(&str, &str)> {
    const FIELDS: [&str; 6] = ["title", "heading", "kind", "year", "path", "role"];
    let group = *split(line, |ch| matches!(ch, ':' | '：')).first()?;
    let colon = line[group.len()..].chars().next()?;
    let rest = &line[group.len() + colon.len_utf8()..];
    let is_field = group.split_whitespace().last().is_some_and(|word| {
        FIELDS.contains(&word.trim_start_matches(['+', '-']).to_lowercase().as_str())
    });
    let is_group = !is_field && !Units::new(group).is_empty() && !rest.trim().is_empty();
    is_group.then_some((group, rest))
}

/// The parts of `text` between separators outside quotation marks and brackets.
pub(super) fn split(text: &str, is_separator: impl Fn(char) -> bool) -> Vec<&str> {
    let mut out = Vec::new();
    let (mut start, mut depth, mut quote) = (0, 0usize, None);
    for (at, ch) in text.char_indices() {
        match (quote, ch) {
            (Some(close), ch) if ch == close => quote = None,
            (Some(_), _) => {}
            (None, '"') => quote = Some('"'),
            (None, '“') => quote = Some('”'),
            (None, '「') => quote = Some('」'),
            (None, '(' | '（') => depth += 1,
            (None, ')' | '）') => depth = depth.saturating_sub(1),
            (None, ch) if depth == 0 && is_separator(ch) => {
                out.push(&text[start..at]);
                start = at + ch.len_utf8();
            }
            (None, _) => {}
        }
    }
    out.push(&text[start..]);
    out
}

pub(super) fn delimited_lines(text: &str, delimiter: u8) -> Vec<Line> {
    let text = text.trim_start_matches('\u{feff}');
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter)
        .from_reader(text.as_bytes());
    let rows = reader.records().flatten().map(|record| {
        let line = record
            .position()
            .map_or(0, |position| position.line() as usize);
        let cells = record.iter().map(str::to_owned).collect();
        (line, cells)
    });
    rows_to_lines(rows.collect())
}

/// Rows as entries; a row near the top that names the columns says which is which.
pub(super) fn rows_to_lines(rows: Vec<(usize, Vec<String>)>) -> Vec<Line> {
    const HEADER_ROWS: usize = 5;
    const ENTRY: [&str; 9] = [
        "entry",
        "keyword",
        "keywords",
        "词条",
        "条目",
        "关键词",
        "词",
        "词语",
        "检索词",
    ];
    const GROUP: [&str; 7] = ["group", "category", "组", "组名", "分组", "类别", "分类"];
    let named = |row: &[String], names: &[&str]| {
        row.iter()
            .position(|cell| names.contains(&cell.trim().to_lowercase().as_str()))
    };
    let header = rows
        .iter()
        .take(HEADER_ROWS)
        .enumerate()
        .find_map(|(at, (_, row))| Some((at, named(row, &ENTRY)?, named(row, &GROUP))));
    let (skipped, entry, group) = match header {
        Some((at, entry, group)) => (at + 1, entry, group),
        None => (0, 0, Some(1)),
    };
    let cell = |row: &[String], at: usize| row.get(at).map(|cell| cell.trim().to_owned());
    let lines = rows.into_iter().skip(skipped).filter_map(|(number, row)| {
        let entry = cell(&row, entry).filter(|cell| !cell.is_empty() && !cell.starts_with('#'))?;
        let group = group
            .and_then(|at| cell(&row, at))
            .filter(|cell| !cell.is_empty());
        Some(Line {
            number,
            entry,
            group,
        })
    });
    lines.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(lines: Vec<Line>, expected: &[(usize, &str, Option<&str>)]) {
        let actual: Vec<_> = lines
            .iter()
            .map(|line| (line.number, line.entry.as_str(), line.group.as_deref()))
            .collect();
        assert_eq!(actual, expected);
    }

    #[test]
    fn lines_of_text() {
        check(
            text_lines(
                "\u{feff}# 水利\n修渠 # 常用\n\"修 #渠\"#2 #\n水利：修渠 | \"引：水\"\nkind:总结 水渠\n“甲：乙”\n灌溉:(甲 OR 乙)",
            ),
            &[
                (2, "修渠", None),
                (3, "\"修 #渠\"#2", None),
                (4, "修渠 | \"引：水\"", Some("水利")),
                (5, "kind:总结 水渠", None),
                (6, "“甲：乙”", None),
                (7, "(甲 OR 乙)", Some("灌溉")),
            ],
        );
    }

    #[test]
    fn rows_of_tables() {
        let expected = [(2, "修渠", Some("水利")), (3, "修路|筑路", None)];
        check(
            delimited_lines("关键词,分组\n修渠,水利\n修路|筑路,\n", b','),
            &expected,
        );
        check(
            delimited_lines("\u{feff}修渠,水利\n", b','),
            &[(1, "修渠", Some("水利"))],
        );
        check(
            delimited_lines("某县词表,\n组,词条\n水利,修渠\n", b','),
            &[(3, "修渠", Some("水利"))],
        );
    }
}
