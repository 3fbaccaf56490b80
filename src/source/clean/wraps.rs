//! Joins lines that were wrapped at a fixed width to paragraphs again.
//!
//! A text is wrapped if its lines crowd at one width, hardly any is longer, and those at that width mostly
//! break off inside a phrase while paragraphs still end in sentence ends. Verse and lists of names end in
//! punctuation or have no common width of twenty characters or more; ordinary reports have paragraphs far
//! longer than any common width.

use super::label::starts_label;
use crate::document::{Line, Style};

/// How far below the width a full line may end, in units: a mark that must not begin a line moves down with
/// its word.
const SLACK: usize = 5;
/// The greatest width examined, in units.
const MAX_WIDTH: usize = 200;
/// Minimum number of full lines of a wrapped text.
const MIN_LINES: usize = 4;

/// The unit that a wrapping program counts.
#[derive(Clone, Copy)]
enum Unit {
    /// Columns of a terminal; a Han character has two.
    Column,
    /// Characters.
    Char,
}

impl Unit {
    /// The width of `text` without blanks at the end.
    fn width(self, text: &str) -> usize {
        let text = text.trim_end();
        match self {
            Self::Column => columns(text),
            Self::Char => text.chars().count(),
        }
    }

    /// The minimum width of wrapped text: twenty Han characters.
    fn least_width(self) -> usize {
        match self {
            Self::Column => 40,
            Self::Char => 20,
        }
    }
}

/// Joins lines wrapped inside a sentence; returns the number of line ends removed.
pub(super) fn join(lines: &mut Vec<Line>) -> usize {
    let Some((unit, width)) = unit_and_width(lines) else {
        return 0;
    };
    let is_marked = marks_paragraphs(lines);
    let mut joined: Vec<Line> = Vec::with_capacity(lines.len());
    // The width of the last source line in the last paragraph.
    let mut last_width = 0;
    let mut n_joined = 0;
    for line in lines.drain(..) {
        let line_width = unit.width(&line.text);
        match joined.last_mut() {
            // A line shorter than the width ends its paragraph, whatever comes next.
            Some(open) if last_width + SLACK > width && continues(open, &line, is_marked) => {
                append(&mut open.text, line.text.trim_start());
                n_joined += 1;
            }
            _ => joined.push(line),
        }
        last_width = line_width;
    }
    *lines = joined;
    n_joined
}

/// Whether paragraphs are marked by more than their last line: an indent, or an empty line between them.
fn marks_paragraphs(lines: &[Line]) -> bool {
    let is_mark = |line: &&Line| line.text.is_empty() || indent(&line.text) > 0;
    // One line in ten: a text with paragraphs of ten lines still counts as marked.
    lines.iter().filter(is_mark).count() * 10 > lines.len()
}

/// The unit and width that the text is wrapped at: the pair that most lines fill, columns before characters;
/// `None` if it is not wrapped. Digits among Han characters make lines of equal width in characters differ in
/// columns.
fn unit_and_width(lines: &[Line]) -> Option<(Unit, usize)> {
    let in_chars = wrap_width(lines, Unit::Char);
    let in_columns = wrap_width(lines, Unit::Column);
    match (in_columns, in_chars) {
        // A text with many digits crowds in columns too, but at a wrong width; the unit that most lines fill
        // decides.
        (Some((_, columns)), Some((width, chars))) if chars > columns => Some((Unit::Char, width)),
        (None, Some((width, _))) => Some((Unit::Char, width)),
        (in_columns, _) => in_columns.map(|(width, _)| (Unit::Column, width)),
    }
}

/// The width that the text is wrapped at, in `unit`, and the number of lines that fill it; `None` if it is not wrapped.
fn wrap_width(lines: &[Line], unit: Unit) -> Option<(usize, usize)> {
    let widths: Vec<usize> = lines.iter().map(|line| unit.width(&line.text)).collect();
    // The last counter collects all wider lines.
    let mut counts = vec![0usize; MAX_WIDTH + 2];
    for &width in &widths {
        counts[width.min(MAX_WIDTH + 1)] += usize::from(width > 0);
    }
    let in_band = |width: usize| counts[width - SLACK + 1..=width].iter().sum::<usize>();
    let width =
        (unit.least_width()..=MAX_WIDTH).max_by_key(|&width| (in_band(width), counts[width]))?;
    let n_full = in_band(width);
    let n_longer: usize = counts[width + 1..].iter().sum();
    let n_lines: usize = counts.iter().sum();
    // Three lines in ten are full (the rest are titles and ends of paragraphs), and for ten full lines at
    // most one is longer.
    let crowded = n_full >= MIN_LINES && n_full * 10 >= n_lines * 3 && n_longer * 10 <= n_full;
    (crowded && breaks_phrases(lines, &widths, width)).then_some((width, n_full))
}

/// Whether most lines of full `width` break off inside a phrase, and most of the shorter lines that follow
/// such sequences end a sentence.
fn breaks_phrases(lines: &[Line], widths: &[usize], width: usize) -> bool {
    let is_full = |ord: usize| widths[ord] + SLACK > width;
    let (mut n_full, mut n_broken, mut n_last, mut n_ended) = (0, 0, 0, 0);
    for ord in 0..lines.len() {
        let last = lines[ord].text.trim_end().chars().last();
        if is_full(ord) {
            n_full += 1;
            n_broken += usize::from(ends_in_phrase(&lines[ord].text));
        } else if ord > 0 && is_full(ord - 1) && widths[ord] > 0 {
            n_last += 1;
            n_ended += usize::from(last.is_some_and(ends_statement));
        }
    }
    // Six in ten on both counts. On 88 reports wrapped at 25 to 45 characters 75 to 87 are detected, and none
    // of the corpora is joined that is not wrapped.
    n_broken * 10 >= n_full * 6 && n_last > 0 && n_ended * 10 >= n_last * 6
}

/// Whether `next` continues the paragraph `open`, whose last line was full.
fn continues(open: &Line, next: &Line, is_marked: bool) -> bool {
    let is_apart = next.text.trim().is_empty()
        || next.style != Style::Plain
        || starts_label(&next.text)
        || is_row(&next.text)
        || is_row(&open.text)
        || open.style != Style::Plain
        || indent(&next.text) > 1;
    // A full line that ends a sentence may or may not end the paragraph; only where paragraphs are marked is
    // it safe to join.
    let ended = open.text.trim_end().ends_with(ends_statement);
    !is_apart && (!ended || is_marked)
}

/// Whether the text ends in a word or inside a number (`达到6.`).
fn ends_in_phrase(text: &str) -> bool {
    let text = text.trim_end();
    let text = text.strip_suffix('.').unwrap_or(text);
    text.ends_with(char::is_alphanumeric)
}

fn ends_statement(ch: char) -> bool {
    matches!(
        ch,
        '。' | '！' | '？' | '；' | '：' | '”' | '）' | '!' | '?' | ';' | ':'
    )
}

/// Whether the line looks like a row of a table.
fn is_row(text: &str) -> bool {
    let text = text.trim();
    text.contains('\t') || text.contains('|') || text.contains("   ")
}

/// Columns of leading blanks.
fn indent(text: &str) -> usize {
    columns(text) - columns(text.trim_start())
}

/// The width of `text` on a terminal without trailing blanks: two columns for each character beyond Latin,
/// else one.
fn columns(text: &str) -> usize {
    // Hangul begins at U+1100; nearly everything from there on is wide in East Asian fonts (UAX #11).
    let wide = |ch: char| if ch < '\u{1100}' { 1 } else { 2 };
    text.trim_end().chars().map(wide).sum()
}

/// Appends `next` to the paragraph, with a blank only between two Latin words.
fn append(open: &mut String, next: &str) {
    open.truncate(open.trim_end().len());
    let is_latin = |ch: char| ch.is_ascii_alphabetic();
    if open.ends_with(is_latin) && next.starts_with(is_latin) {
        open.push(' ');
    }
    open.push_str(next);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::clean::line_ends::split;

    /// Wraps `text` at `width` characters, each paragraph by itself.
    fn wrap(text: &str, width: usize) -> String {
        let mut out = String::new();
        for paragraph in text.lines() {
            for (ord, ch) in paragraph.chars().enumerate() {
                if ord > 0 && ord % width == 0 {
                    out.push('\n');
                }
                out.push(ch);
            }
            out.push('\n');
        }
        out
    }

    #[track_caller]
    fn check(text: &str, expected: &str) {
        let mut lines = split(text);
        join(&mut lines);
        let actual: String = lines
            .iter()
            .map(|line| format!("{}\n", line.text))
            .collect();
        assert_eq!(actual, expected);
    }

    const REPORT: &str = "全县农业生产形势总体较好粮食种植面积稳中有增各项惠农补贴资金已经按时足额发放到户农民群众的生产积极性得到进一步提高。
一、主要工作
我们组织力量深入乡镇村组开展调查研究走访农户和企业了解生产经营中遇到的困难并逐条逐项提出具体的解决办法和工作建议。
（一）加强领导成立了由主要负责同志任组长的工作领导小组明确责任分工定期召开会议研究解决存在的突出问题确保任务落实。
";

    #[test]
    fn wrapped_paragraphs_are_joined() {
        check(&wrap(REPORT, 23), REPORT);
    }

    #[test]
    fn numbers_do_not_hide_the_width() {
        let numbers = "2000年至2012年全市累计征收集体土地11.4万亩涉及农户4.7万户，参保率54.2%，4.4万人按月领取养老补助每月168元。
走访23个村召开座谈会17次发放问卷1200份收回有效问卷1146份，67.3%的群众认为公益性岗位偏少培训后稳定就业的只有28.5%。
一、主要工作
我们组织力量深入乡镇村组开展调查研究走访农户和企业了解生产经营中遇到的困难并逐条逐项提出具体的解决办法和工作建议。
";
        check(&wrap(numbers, 24), numbers);
    }

    #[test]
    fn unwrapped_text_verse_and_lists_are_kept() {
        check(REPORT, REPORT);
        let verse = "白云深处有人家，\n小桥流水绕田斜。\n".repeat(6);
        check(&verse, &verse);
        let list = "某某县人民政府关于加强农村道路安全管理的实施意见\n".repeat(8);
        check(&list, &list);
    }
}
