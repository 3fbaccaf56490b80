//! Lines of a list, before their queries are parsed: from text, CSV and workbooks.

use super::note::Note;
use crate::text::units::{Units, is_single_unit};

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

pub(super) fn delimited_lines(text: &str, delimiter: u8, notes: &mut Vec<Note>) -> Vec<Line> {
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
    rows_to_lines(rows.collect(), notes)
}

/// Rows as entries; a row near the top that names the columns says which is which.
pub(super) fn rows_to_lines(rows: Vec<(usize, Vec<String>)>, notes: &mut Vec<Note>) -> Vec<Line> {
    let (skipped, entry, group) = match header(&rows) {
        Some((at, entry, group)) => (at + 1, entry, group),
        None if is_numbered(&rows) => (0, 1, Some(2)),
        None => (0, 0, Some(1)),
    };
    let cell = |row: &[String], at: usize| {
        let cell = row.get(at).map(|cell| cell.trim().to_owned());
        cell.filter(|cell| !cell.is_empty())
    };
    let mut lines = Vec::new();
    for (number, row) in rows.into_iter().skip(skipped) {
        let Some(text) = cell(&row, entry).filter(|cell| !cell.starts_with('#')) else {
            continue;
        };
        let group = group.and_then(|at| cell(&row, at));
        let words = words_of(&text);
        if words.len() > 1 {
            notes.push(Note::Split {
                line: number,
                text: text.clone(),
                n: words.len(),
            });
        }
        lines.extend(words.into_iter().map(|word| Line {
            number,
            entry: word.to_owned(),
            group: group.clone(),
        }));
    }
    lines
}

/// The row near the top that names the columns, with those of the entries and of their groups.
fn header(rows: &[(usize, Vec<String>)]) -> Option<(usize, usize, Option<usize>)> {
    // A title, a note on the source and a blank row may come before it.
    const HEADER_ROWS: usize = 5;
    let named = |row: &[String], names: &[&str]| {
        row.iter()
            .position(|cell| names.contains(&cell.trim().to_lowercase().as_str()))
    };
    let mut top = rows.iter().take(HEADER_ROWS).enumerate();
    top.find_map(|(at, (_, row))| Some((at, named(row, &ENTRY)?, named(row, &GROUP))))
}

/// Names of the column of entries.
const ENTRY: [&str; 16] = [
    "entry",
    "keyword",
    "keywords",
    "词条",
    "条目",
    "关键词",
    "词",
    "词语",
    "检索词",
    "关键字",
    "关键词语",
    "主题词",
    "重点词",
    "短语",
    "提法",
    "表述",
];
/// Names of the column of groups.
const GROUP: [&str; 7] = ["group", "category", "组", "组名", "分组", "类别", "分类"];

/// The words of a cell: a phrase over several lines or with a list's marks in it is written with quotation marks.
fn words_of(cell: &str) -> Vec<&str> {
    let is_separator = |ch| matches!(ch, '、' | '；' | ';' | '，' | '／' | '\n');
    let parts = split(cell, is_separator).into_iter().map(str::trim);
    let words: Vec<&str> = parts.filter(|part| !Units::new(part).is_empty()).collect();
    match words.len() {
        0 | 1 => vec![cell],
        _ => words,
    }
}

/// Whether a line has several words that look like a list, though they are counted as one.
pub(super) fn has_several(entry: &str) -> bool {
    let is_plain = |word: &&str| word.chars().all(is_single_unit);
    let is_separator =
        |ch: char| matches!(ch, '、' | '；' | ';' | '，' | ',') || ch.is_whitespace();
    let words = split(entry, is_separator).into_iter();
    let words: Vec<&str> = words.filter(|word| !word.is_empty()).collect();
    words.len() > 1 && words.iter().all(is_plain)
}

/// Whether the first column counts the rows: `1`, `2`, `3` before words.
fn is_numbered(rows: &[(usize, Vec<String>)]) -> bool {
    let ordinal = |(ord, (_, row)): (usize, &(usize, Vec<String>))| {
        let number = row
            .first()
            .map(|cell| cell.trim().trim_end_matches(['.', '、', '．']));
        let is_next = number.and_then(|number| number.parse::<usize>().ok()) == Some(ord + 1);
        is_next && row.get(1).is_some_and(|cell| !Units::new(cell).is_empty())
    };
    rows.len() > 1 && rows.iter().enumerate().all(ordinal)
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

    fn of_csv(text: &str) -> Vec<Line> {
        delimited_lines(text, b',', &mut Vec::new())
    }

    #[test]
    fn ordinals_are_no_words_and_words_in_a_cell_are_entries() {
        check(
            of_csv("1,修渠,水利\n2.,修路、架桥,交通\n3,“甲、乙”,\n"),
            &[
                (1, "修渠", Some("水利")),
                (2, "修路", Some("交通")),
                (2, "架桥", Some("交通")),
                (3, "“甲、乙”", None),
            ],
        );
        // Numbers that do not count the rows are words.
        check(
            of_csv("110,甲\n120,乙\n"),
            &[(1, "110", Some("甲")), (2, "120", Some("乙"))],
        );
        check(
            of_csv("序号,类别,关键词\n1,类,修渠\n"),
            &[(2, "修渠", Some("类"))],
        );
    }

    #[test]
    fn rows_of_tables() {
        let expected = [(2, "修渠", Some("水利")), (3, "修路|筑路", None)];
        check(of_csv("关键词,分组\n修渠,水利\n修路|筑路,\n"), &expected);
        check(of_csv("\u{feff}修渠,水利\n"), &[(1, "修渠", Some("水利"))]);
        check(
            of_csv("某县词表,\n组,词条\n水利,修渠\n"),
            &[(3, "修渠", Some("水利"))],
        );
    }

    #[test]
    fn a_row_near_the_top_names_the_columns() {
        let rows = |rows: &[&[&str]]| -> Vec<(usize, Vec<String>)> {
            let rows = rows
                .iter()
                .map(|row| row.iter().map(|cell| (*cell).to_owned()).collect());
            (1..).zip(rows).collect()
        };
        let blank: &[&str] = &[];
        type Named = Option<(usize, usize, Option<usize>)>;
        let cases: [(&[&[&str]], Named); 6] = [
            (&[&["词条", "分组"], &["甲", "乙"]], Some((0, 0, Some(1)))),
            (
                &[&["类别", " 关键词 "], &["乙", "甲"]],
                Some((0, 1, Some(0))),
            ),
            (&[&["Keyword"], &["甲"]], Some((0, 0, None))),
            (
                &[&["某县词表"], blank, &["序号", "词语"]],
                Some((2, 1, None)),
            ),
            (&[&["甲"], &["乙"]], None),
            (&[blank, blank, blank, blank, blank, &["词条"]], None),
        ];
        for (table, expected) in cases {
            assert_eq!(header(&rows(table)), expected, "{table:?}");
        }
    }

    #[test]
    fn separators_inside_marks_and_brackets_separate_nothing() {
        for (text, expected) in [
            ("甲、乙", &["甲", "乙"][..]),
            ("“甲、乙”、丙", &["“甲、乙”", "丙"]),
            ("「甲、乙」、丙", &["「甲、乙」", "丙"]),
            ("（甲、（乙、丙））、丁", &["（甲、（乙、丙））", "丁"]),
            ("\"甲、乙、丙", &["\"甲、乙、丙"]),
            // A bracket that only closes opens nothing afterwards.
            ("甲）、乙", &["甲）", "乙"]),
            ("、", &["", ""]),
            ("", &[""]),
        ] {
            assert_eq!(split(text, |ch| ch == '、'), expected, "{text}");
        }
    }

    #[test]
    fn a_list_on_one_line_is_known_by_its_marks() {
        for (entry, expected) in [
            ("修渠、修路", true),
            ("修渠 修路", true),
            ("修渠，修路；架桥", true),
            ("修渠", false),
            ("修渠、", false),
            ("“修渠、修路”", false),
            ("修渠、a", false),
            ("", false),
        ] {
            assert_eq!(has_several(entry), expected, "{entry}");
        }
    }

    #[test]
    fn a_comment_begins_after_a_blank() {
        for (line, expected) in [
            ("修渠 # 常用", "修渠 "),
            ("# 常用", ""),
            ("修渠#2", "修渠#2"),
            ("修渠#2 # 常用 # 再说", "修渠#2 "),
            ("\"# 修渠\" # 常用", "\"# 修渠\" "),
            ("修渠", "修渠"),
        ] {
            assert_eq!(without_comment(line), expected, "{line}");
        }
    }

    #[test]
    fn a_field_before_a_colon_is_no_group() {
        for (line, expected) in [
            ("水利：修渠", Some(("水利", "修渠"))),
            ("水利:修渠:清淤", Some(("水利", "修渠:清淤"))),
            ("-kind:总结", None),
            ("修渠 +Title:总结", None),
            ("修渠：", None),
            ("：修渠", None),
            ("修渠", None),
        ] {
            assert_eq!(split_group(line), expected, "{line}");
        }
    }
}
