//! Tables of contents: lines that print headings a first time, before the text does.
//!
//! A table begins at a line `目录`, or is a run of lines with leaders and non-decreasing page numbers, or a run
//! of chapter titles before all text. In each case nearly all of its lines are printed again further down,
//! and only those are set aside: a line that is printed once is text, wherever it is. A line that ends a
//! sentence or a clause, or that follows a line ending in a colon, is not an entry.

use std::collections::{HashMap, HashSet};

use super::forms::Form;
use super::label;
use crate::document::blank::{is_blank, squeeze, trim};

/// Maximum length of a line of a table of contents, in characters.
const MAX_ENTRY: usize = 80;
/// Minimum number of entries under the word 目录, and without it.
const MIN_HEADED: usize = 2;
const MIN_ENTRIES: usize = 3;
/// Maximum number of lines of a table that are not printed again, as a divisor of all.
const STRAYS: usize = 4;

/// The part that a line has in a table of contents.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::document) enum ContentsPart {
    /// The word 目录, or an entry whose heading follows further down.
    Entry,
    /// A line among entries that is printed nowhere else: text, but not a heading.
    Stray,
}

/// The parts of a line that matter here.
#[derive(Clone, Copy, Debug)]
pub(in crate::document) struct ContentsLine<'a> {
    /// Its reading.
    pub(in crate::document) text: &'a str,
    /// Its sort.
    pub(in crate::document) sort: LineSort,
}

/// What is known about a line besides its text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::document) enum LineSort {
    /// A line of text.
    Line,
    /// A row of a table, which is never an entry.
    Row,
    /// Boilerplate: page numbers and running heads may lie between entries.
    Boilerplate,
}

/// The part of each line in a table of contents; `None` for all other lines.
pub(in crate::document) fn contents(lines: &[ContentsLine<'_>]) -> Vec<Option<ContentsPart>> {
    let mut listed = vec![None; lines.len()];
    let is_start = |ord: &usize| {
        let line = &lines[*ord];
        line.sort == LineSort::Line && (is_heading(line.text) || has_leader(line.text))
    };
    let starts: Vec<usize> = (0..lines.len()).filter(is_start).collect();
    let front = chapters(lines);
    // Contents pages are rare; hashing all their lines would be wasted.
    if starts.is_empty() && front.is_empty() {
        return listed;
    }
    let places = HeadingPositions::of(lines);
    let mut end = 0;
    for start in starts {
        if start < end {
            continue;
        }
        let (table, seen) = match is_heading(lines[start].text) {
            true => headed(lines, start, &places),
            false => run(lines, start, &places),
        };
        // No line is examined twice: a page of 4,000 entries took 2.7 s when each of them began a search of
        // its own.
        end = seen.max(start + 1);
        for (ord, sort) in table {
            listed[ord] = Some(sort);
        }
    }
    // Statutes list their chapters without the word 目录. All of them must recur, as no leader or page number
    // supports the reading.
    let last = front.last().copied().unwrap_or(0);
    let recur = |ord: &usize| places.recurs(lines[*ord].text, last);
    if front.len() >= MIN_HEADED && front.iter().all(recur) {
        for ord in front {
            listed[ord] = Some(ContentsPart::Entry);
        }
    }
    listed
}

/// Whether the line is the heading of a table of contents.
pub(in crate::document) fn is_heading(text: &str) -> bool {
    // Blanks included (`目　　　录`); anything longer is a sentence with the word.
    let is_short = text.chars().take(9).count() <= 8;
    is_short
        && matches!(
            squeeze(text).trim_end_matches(':'),
            "目录" | "目次" | "contents"
        )
}

/// The table under the word 目录 at `start`, with that line, or empty if it is not a table; and the end of the
/// lines examined.
fn headed(
    lines: &[ContentsLine<'_>],
    start: usize,
    places: &HeadingPositions,
) -> (Vec<(usize, ContentsPart)>, usize) {
    let mut seen = HashSet::new();
    let mut entries = Vec::new();
    let mut looked_at = start + 1;
    for (ord, line) in lines.iter().enumerate().skip(start + 1) {
        looked_at = ord;
        match line.sort {
            LineSort::Boilerplate => continue,
            LineSort::Line if is_heading(line.text) => continue,
            LineSort::Line if may_be_entry(line.text) => {}
            _ => break,
        }
        // The text begins where its first headings are printed again.
        let key = key(line.text);
        // A heading that ends in a digit may lack the blank before its page number (`第一章1`, `第一章12`): two
        // such keys without their digits are not yet a repetition.
        let is_numbered = key.ends_with(|ch: char| ch.is_ascii_digit());
        if !seen.insert(bare(&key).to_owned()) && !is_numbered && page_number(line.text).is_none() {
            break;
        }
        entries.push(ord);
    }
    let mut table = judge(lines, &entries, places, MIN_HEADED);
    if !table.is_empty() {
        table.insert(0, (start, ContentsPart::Entry));
    }
    let last_taken = table.last().map(|&(ord, _)| ord + 1);
    // The line that ended the search may begin a table of its own.
    (table, last_taken.unwrap_or(looked_at))
}

/// The run of lines with leaders that begins at `start`, empty if it is not a table of contents; and the end
/// of the run.
fn run(
    lines: &[ContentsLine<'_>],
    start: usize,
    places: &HeadingPositions,
) -> (Vec<(usize, ContentsPart)>, usize) {
    let above = lines[..start]
        .iter()
        .rev()
        .find(|line| line.sort != LineSort::Boilerplate);
    // `各项支出如下：` heads a list of amounts, whose leaders look like those of a table.
    if above.is_some_and(|line| line.text.ends_with(['：', ':'])) {
        return (Vec::new(), start + 1);
    }
    let run = (start..lines.len())
        .filter(|&ord| lines[ord].sort != LineSort::Boilerplate)
        .take_while(|&ord| {
            let line = &lines[ord];
            line.sort == LineSort::Line
                && may_be_entry(line.text)
                && page_number(line.text).is_some()
        });
    let entries: Vec<usize> = run.collect();
    let end = entries.last().map_or(start + 1, |&ord| ord + 1);
    (judge(lines, &entries, places, MIN_ENTRIES), end)
}

/// The entries that recur below, and the strays between them; empty if they are too few, or if page numbers
/// decrease.
fn judge(
    lines: &[ContentsLine<'_>],
    entries: &[usize],
    places: &HeadingPositions,
    least: usize,
) -> Vec<(usize, ContentsPart)> {
    // A repetition inside the table itself is no evidence: only lines below its last recurring entry count.
    let mut backwards = entries.iter().rev();
    let Some(&last) = backwards.find(|&&ord| places.recurs(lines[ord].text, ord)) else {
        return Vec::new();
    };
    let recurs = |ord: usize| places.recurs(lines[ord].text, last);
    let n_inside = entries.iter().take_while(|&&ord| ord <= last).count();
    let (inside, rest) = entries.split_at(n_inside);
    let n_recurring = inside.iter().filter(|&&ord| recurs(ord)).count();
    let n_strays = inside.len() - n_recurring;
    if n_recurring < least || n_strays * STRAYS > inside.len() || pages_fall(lines, inside) {
        return Vec::new();
    }
    let inside = inside.iter().map(|&ord| match recurs(ord) {
        true => (ord, ContentsPart::Entry),
        false => (ord, ContentsPart::Stray),
    });
    // Entries at its end whose headings are worded differently below still have their page numbers.
    let is_numbered = |ord: &&usize| lines[**ord].text.ends_with(|ch: char| ch.is_ascii_digit());
    let rest = rest.iter().take_while(is_numbered);
    let rest = rest.map(|&ord| (ord, ContentsPart::Stray));
    inside.chain(rest).collect()
}

/// Whether page numbers decrease: amounts with leaders are in no order, page numbers of a table are.
fn pages_fall(lines: &[ContentsLine<'_>], entries: &[usize]) -> bool {
    let numbers = entries
        .iter()
        .filter_map(|&ord| page_number(lines[ord].text));
    let pages: Vec<u32> = numbers.filter_map(|(_, page)| page).collect();
    pages.windows(2).any(|pair| pair[1] < pair[0])
}

/// Consecutive chapter titles before all text, as statutes print them without the word 目录; empty if there are
/// none.
fn chapters(lines: &[ContentsLine<'_>]) -> Vec<usize> {
    let form = |ord: usize| label::lex(lines[ord].text).map(|label| label.form);
    let is_chapter = |ord: &usize| {
        let form = form(*ord);
        let is_part = matches!(form, Some(Form::Volume | Form::Chapter | Form::Section));
        lines[*ord].sort == LineSort::Line && is_part && may_be_entry(lines[*ord].text)
    };
    let is_before_text = |ord: &usize| {
        let text = lines[*ord].text;
        may_be_entry(text) || text.starts_with(['（', '('])
    };
    let front = (0..lines.len()).take_while(is_before_text);
    let Some(first) = front.into_iter().find(is_chapter) else {
        return Vec::new();
    };
    // The text begins where the first of them is printed again.
    let mut seen = HashSet::new();
    (first..lines.len())
        .take_while(is_chapter)
        .take_while(|&ord| seen.insert(key(lines[ord].text)))
        .collect()
}

/// Whether the line, without the leader to its page number, is short and ends neither a sentence nor a
/// clause.
fn may_be_entry(text: &str) -> bool {
    let title = page_number(text).map_or(text, |(title, _)| title);
    title.chars().nth(MAX_ENTRY).is_none()
        && !text.contains('。')
        && !text.ends_with(['；', '，', '：', ';', ',', ':', '、', '！', '？'])
}

/// The last line on which each heading is printed.
struct HeadingPositions(HashMap<String, usize>);

impl HeadingPositions {
    fn of(lines: &[ContentsLine<'_>]) -> Self {
        let mut places = HashMap::new();
        let mut above: Option<String> = None;
        for (ord, line) in lines.iter().enumerate() {
            if line.sort != LineSort::Line {
                continue;
            }
            let head = head(line.text);
            let own = head.map(key);
            // A heading may be broken over two lines.
            if let (Some(above), Some(own)) = (&above, &own) {
                places.insert(format!("{above}{own}"), ord);
            }
            if let Some(own) = &own {
                places.insert(own.clone(), ord);
            }
            above = own.filter(|_| may_be_entry(line.text));
        }
        Self(places)
    }

    /// Whether a line below `last` prints the heading that the entry `text` names.
    fn recurs(&self, text: &str, last: usize) -> bool {
        let key = key(text);
        let bare = bare(&key);
        let is_below = |key: &str| self.0.get(key).is_some_and(|&place| place > last);
        // Without its digits, for a page number that no blank separates from the title.
        is_below(&key) || bare.len() < key.len() && !bare.is_empty() && is_below(bare)
    }
}

/// The part of a line that may be a heading: all of it, or its first sentence if text follows; `None` if that
/// is too long.
fn head(text: &str) -> Option<&str> {
    let end = text
        .char_indices()
        .take(MAX_ENTRY + 1)
        .find(|&(_, ch)| matches!(ch, '。' | '：'));
    match end {
        Some((end, _)) => Some(&text[..end]),
        None => text.chars().nth(MAX_ENTRY).is_none().then_some(text),
    }
}

/// The key without a page number that nothing separates from it.
fn bare(key: &str) -> &str {
    key.trim_end_matches(|ch: char| ch.is_ascii_digit())
}

/// The part that two printings of a heading share.
fn key(text: &str) -> String {
    squeeze(page_number(text).map_or(text, |(title, _)| title))
}

/// The line without the page number at its end, and that number; `None` if it has none. Roman numerals are
/// recognized but not compared.
fn page_number(text: &str) -> Option<(&str, Option<u32>)> {
    let text = trim(text).trim_end_matches(['）', ')']);
    let before = text.trim_end_matches(|ch: char| ch.is_ascii_digit());
    let roman = text.trim_end_matches(|ch: char| "ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩIVXivx".contains(ch));
    let (before, page) = match before.len() < text.len() {
        true => (before, text[before.len()..].parse().ok()),
        // Front matter is often numbered in Roman digits; their order is not compared.
        false => (roman, None),
    };
    let title = before.trim_end_matches(is_leader);
    // A leader or a blank must separate the number: 2020 in `规划2020` is no page.
    let is_apart = before.len() < text.len() && title.len() < before.len() && !title.is_empty();
    is_apart.then_some((title, page))
}

/// Whether the character may lead from a title to its page number.
fn is_leader(ch: char) -> bool {
    is_blank(ch)
        || matches!(
            ch,
            '.' | '…' | '·' | '-' | '—' | '．' | '⋯' | '_' | '─' | '(' | '（'
        )
}

/// Whether dots or a tab lead to a page number.
fn has_leader(text: &str) -> bool {
    page_number(text).is_some_and(|(title, _)| {
        // A blank or a single dash is too weak: many titles end in a number after a blank.
        let leader = &trim(text)[title.len()..];
        leader.contains(['\t', '…', '⋯'])
            || leader.contains("...")
            || leader.contains("···")
            || leader.contains("．．．")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Checks which lines, from 0, are set aside, and which are strays.
    #[track_caller]
    fn check(text: &str, entries: &[usize], strays: &[usize]) {
        let lines: Vec<ContentsLine<'_>> = text
            .lines()
            .map(|text| ContentsLine {
                text: text.trim_start_matches('|'),
                sort: match text.starts_with('|') {
                    true => LineSort::Row,
                    false => LineSort::Line,
                },
            })
            .collect();
        let listed = contents(&lines);
        let of = |sort: ContentsPart| -> Vec<usize> {
            let ords = (0..listed.len()).filter(|&ord| listed[ord] == Some(sort));
            ords.collect()
        };
        assert_eq!(
            (of(ContentsPart::Entry), of(ContentsPart::Stray)),
            (entries.to_vec(), strays.to_vec())
        );
    }

    #[test]
    fn ends_where_the_text_begins() {
        check(
            "目　录\n第一章 总则\n第二章 园区\n第一章　总　则\n园区归管委会管。\n第二章　园　区\n园区很大。",
            &[0, 1, 2],
            &[],
        );
        check(
            "目录\n前言\t1\n一、园区\t2\n前言\n园区很大。\n一、园区\n很大。",
            &[0, 1, 2],
            &[],
        );
        check(
            "目录\n一、园区……1\n二、关于园区道路和桥梁建设的情况……2\n一、园区\n很大。\n二、关于园区道路\n和桥梁建设的情况\n很好。",
            &[0, 1, 2],
            &[],
        );
        let dots = ".".repeat(90);
        check(
            &format!("目录\n1 概述{dots}1\n2 材料{dots}2\n1 概述\n很大。\n2 材料\n很多。"),
            &[0, 1, 2],
            &[],
        );
        check("目录管理办法\n一、园区\n一、园区", &[], &[]);
    }

    #[test]
    fn sets_aside_only_lines_that_are_printed_again() {
        check("目录\n一、园区\t2\n二、企业\t5\n园区很大。", &[], &[]);
        check(
            "目录\n一、甲\n二、乙\n三、丙\n附表\n四、丁\n一、甲\n文。\n二、乙。文。\n三、丙\n文。\n四、丁\n文。",
            &[0, 1, 2, 3, 5],
            &[4],
        );
        check(
            "目录\n一、甲1\n二、乙2\n三、丙等3\n一、甲\n文。\n二、乙\n文。\n三、丙\n文。",
            &[0, 1, 2],
            &[3],
        );
    }

    #[test]
    fn leaders_and_chapters_need_no_heading() {
        check(
            "一、甲……1\n二、乙……2\n三、丙……3\n一、甲\n文。\n二、乙\n文。\n三、丙\n文。",
            &[0, 1, 2],
            &[],
        );
        check(
            "某办法\n第一章 甲\n第二章 乙\n第一章 甲\n文。\n第二章 乙\n文。",
            &[1, 2],
            &[],
        );
        check("一、甲\n二、乙\n三、丙\n一、甲\n二、乙\n三、丙", &[], &[]);
    }

    #[test]
    fn lists_rows_and_figures_are_text() {
        check(
            "某办法\n第二条 应当提交下列材料：\n（一）申请书；\n（二）证明。\n第三条 变更的，应当提交下列材料：\n（一）申请书；\n（二）证明。",
            &[],
            &[],
        );
        check("应当提交：\n甲……1\n乙……2\n丙……3\n甲\n乙\n丙", &[], &[]);
        check("甲县……90\n乙县……80\n丙县……70\n甲县\n乙县\n丙县", &[], &[]);
        check("目录\n|甲\t1\n|乙\t2\n甲\n乙", &[], &[]);
    }
}
