//! The title that the text prints: the first line that can be one, together with its continuation lines.

use std::ops::Range;

use super::blank::{ends_with_any, is_blank, squeeze};
use super::body_name::is_body_name;
use super::outline::{
    Ending, Paragraph, ending, heads_contents, is_attachment_marker, is_salutation, label,
};
use super::{Style, date, front, kind};

/// Maximum length of a title, in characters.
const MAX_TITLE: usize = 90;
/// Maximum length of a title from the source or with a title's style, in characters: anything longer is text
/// in the wrong place.
pub(super) const MAX_GIVEN: usize = 300;
/// How many lines from the top are searched for a title.
const MAX_DEPTH: usize = 12;
/// Maximum number of lines of a title.
const MAX_LINES: usize = 4;
/// Maximum length of a continuation line, in characters.
const MAX_NEXT: usize = 40;

/// The lines of the title, as ordinals of `paragraphs`; `None` if the text prints none.
///
/// The title that a record or a field of the page gives is looked for first, then a line with the style of a
/// title, then the text's own title line.
pub(super) fn find(paragraphs: &[Paragraph<'_>], given: Option<&str>) -> Option<Range<usize>> {
    let styled = paragraphs.iter().position(|p| {
        p.style == Style::Title && !p.is_boilerplate() && p.text.chars().nth(MAX_GIVEN).is_none()
    });
    match given.map(squeeze).filter(|title| !title.is_empty()) {
        Some(title) => printed_as(paragraphs, &title),
        None => styled
            .map(|ord| ord..styled_end(paragraphs, ord))
            .or_else(|| printed(paragraphs)),
    }
}

/// The consecutive lines that print `title`.
fn printed_as(paragraphs: &[Paragraph<'_>], title: &str) -> Option<Range<usize>> {
    let lines: Vec<usize> = top(paragraphs).map(|(ord, _)| ord).collect();
    lines.iter().enumerate().find_map(|(at, &first)| {
        // Blanks and line breaks differ between a field and the printed title; the squeezed text does not.
        let mut whole = String::new();
        lines[at..].iter().take(MAX_LINES).find_map(|&ord| {
            whole.push_str(&squeeze_short(paragraphs[ord].text)?);
            (whole == title).then_some(first..ord + 1)
        })
    })
}

/// The end of the title that begins with the line of style title at `first`: it may continue on several
/// lines.
fn styled_end(paragraphs: &[Paragraph<'_>], first: usize) -> usize {
    let mut n_chars = 0;
    let continues = |p: &&Paragraph<'_>| {
        n_chars += p.text.chars().count();
        p.style == Style::Title && n_chars <= MAX_GIVEN
    };
    let lines = paragraphs[first..].iter().take(MAX_LINES);
    let end = first + lines.take_while(continues).count();
    // Authors often style only the first line of a title.
    let title = text(paragraphs, first..end);
    let is_rest = |p: &Paragraph<'_>| {
        p.style == Style::Plain
            && !p.is_boilerplate()
            && may_go_on(p.text)
            && (is_open(&title) || begins_in_the_middle(p.text) || completes(p.text))
    };
    let is_short = title.chars().nth(MAX_TITLE).is_none();
    end + usize::from(is_short && paragraphs.get(end).is_some_and(is_rest))
}

/// The first lines that are not boilerplate.
fn top<'a>(paragraphs: &'a [Paragraph<'a>]) -> impl Iterator<Item = (usize, &'a Paragraph<'a>)> {
    let lines = paragraphs.iter().enumerate();
    lines.filter(|(_, p)| !p.is_boilerplate()).take(MAX_DEPTH)
}

fn printed(paragraphs: &[Paragraph<'_>]) -> Option<Range<usize>> {
    // Headings of level 1 are the title if there is just one; several are the parts of the text.
    let (first, paragraph) = top(paragraphs).next()?;
    match paragraph.style {
        Style::Heading(level)
            if is_only_of_level(paragraphs, level) && label::lex(paragraph.text).is_none() =>
        {
            Some(first..first + 1)
        }
        Style::Heading(_) => None,
        _ => own(paragraphs).or_else(|| above_speech(paragraphs)),
    }
}

/// Whether the line reads as a title, in any position.
pub(super) fn is_like(text: &str) -> bool {
    may_be_title(text)
}

/// Whether the line is a heading: by its style, or by its label on a line of its own.
pub(super) fn is_heading(paragraph: &Paragraph<'_>) -> bool {
    let text = paragraph.text;
    let is_short = text.chars().nth(MAX_NEXT).is_none();
    let is_labelled = || label::lex(text).is_some() && ending(text) == Ending::Open;
    is_short && (matches!(paragraph.style, Style::Heading(_)) || is_labelled())
}

/// The title as one text: continuation lines are joined, a document number in front is removed.
pub(super) fn text(paragraphs: &[Paragraph<'_>], lines: Range<usize>) -> String {
    let lines = paragraphs[lines].iter().filter(|p| !p.is_boilerplate());
    let mut whole = String::new();
    for text in lines.map(|p| p.text) {
        // A line break between Latin words was a blank; between Han characters it was nothing.
        let is_latin = |ch: char| ch.is_ascii_alphanumeric();
        if whole.ends_with(is_latin) && text.starts_with(|ch: char| ch.is_ascii_alphabetic()) {
            whole.push(' ');
        }
        whole.push_str(text);
    }
    front::without_number(&whole).to_owned()
}

/// The key that decides whether a line repeats the title; `None` for a line too long for one.
pub(super) fn squeeze_short(text: &str) -> Option<String> {
    (text.chars().take(MAX_TITLE + 1).count() <= MAX_TITLE).then(|| squeeze(text))
}

fn is_only_of_level(paragraphs: &[Paragraph<'_>], level: u8) -> bool {
    paragraphs
        .iter()
        .filter(|p| matches!(p.style, Style::Heading(other) if other <= level))
        .count()
        == 1
}

/// The text's own title: the first line below those that precede titles.
fn own(paragraphs: &[Paragraph<'_>]) -> Option<Range<usize>> {
    let lines: Vec<(usize, &str)> = top(paragraphs)
        .take_while(|(_, p)| p.style == Style::Plain)
        .map(|(ord, p)| (ord, p.text))
        .collect();
    let texts: Vec<&str> = lines.iter().map(|(_, text)| *text).collect();
    let first = front::above_title(&texts);
    let rest = &texts[first..];
    let n_lines = n_lines(rest);
    // `2022年度` alone on a cover is the first line of its title.
    let begins = may_be_title(rest.first()?) || n_lines > 1 && is_year(rest[0]);
    let is_title = begins && may_be_title(&rest[..n_lines].concat());
    if !is_title || heads_a_series(paragraphs, lines[first].0) {
        return None;
    }
    Some(lines[first].0..lines[first + n_lines - 1].0 + 1)
}

/// A line that names its kind above the line that states when it was delivered, or above the salutation:
/// pages print news of the speech before it.
fn above_speech(paragraphs: &[Paragraph<'_>]) -> Option<Range<usize>> {
    let lines: Vec<(usize, &str)> = top(paragraphs).map(|(ord, p)| (ord, p.text)).collect();
    let pair = lines.windows(2).find(|pair| {
        let (text, next) = (pair[0].1, pair[1].1);
        may_be_title(text)
            && ends_with_kind(text)
            && (next.starts_with("——") || is_salutation(next))
    })?;
    Some(pair[0].0..pair[0].0 + 1)
}

/// Over how many of `lines` the title extends that begins with the first.
fn n_lines(lines: &[&str]) -> usize {
    let mut n = lines.len().min(1);
    while n < lines.len().min(MAX_LINES) && continues(&lines[..n], &lines[n..]) {
        n += 1;
    }
    n
}

/// Whether the title in `lines` continues in the first line of `below`.
fn continues(lines: &[&str], below: &[&str]) -> bool {
    let title = lines.concat();
    if !may_go_on(below[0]) {
        return false;
    }
    if is_open(&title) || begins_in_the_middle(below[0]) || completes(below[0]) {
        return true;
    }
    // A title that names its kind is complete, unless the checks above say otherwise.
    if ends_with_kind(&title) {
        return false;
    }
    if is_half_of_slogan(lines, below) {
        return true;
    }
    // The line that names the kind of document is close, and only parts of a title precede it.
    let mut whole = title;
    let ahead = below.iter().take(MAX_LINES - lines.len());
    ahead.take_while(|text| may_go_on(text)).any(|text| {
        whole.push_str(text);
        names_kind(&whole) && !whole.contains(['：', ':'])
    })
}

/// Whether the line may continue a title.
fn may_go_on(text: &str) -> bool {
    text.chars().nth(MAX_NEXT).is_none()
        // Stops end sentences; brackets and dashes open subtitles; the rest are lines with a reading of their
        // own.
        && ending(text) == Ending::Open
        && !text.starts_with(['—', '（', '(', '〔', '['])
        && !is_salutation(text)
        && !heads_contents(text)
        && !date::find(text)
            .is_some_and(|found| found.place.start == 0 && found.date.month.is_some())
        && !front::is_date(text)
        && !front::is_number(text)
        && !front::names_speaker(text)
        && label::lex(text).is_none()
}

/// Whether the title is incomplete: it ends in a word that needs a continuation, or within brackets.
fn is_open(title: &str) -> bool {
    const LEADS: &str = "关于 的 和 与 及 暨 、 “ 《 （ 印发 转发 贯彻 开展 在";
    let n = |marks: [char; 2]| marks.map(|mark| title.chars().filter(|&ch| ch == mark).count());
    let [opened, closed] = n(['《', '》']);
    let [bracket, closing] = n(['（', '）']);
    ends_with_any(title, LEADS) || opened > closed || bracket > closing
}

/// Whether the line cannot begin a title: `的通知`, `及来年打算`, `作报告`.
fn begins_in_the_middle(text: &str) -> bool {
    const MIDDLES: [&str; 6] = ["的", "及", "和", "与", "暨", "、"];
    let is_tail = text.chars().count() <= 2
        && text
            .chars()
            .all(|ch| ('\u{4e00}'..='\u{9fff}').contains(&ch));
    // 和平区人民政府 begins with 和 and is a name.
    MIDDLES.iter().any(|word| text.starts_with(word)) && !is_body_name(text)
        || is_tail && ends_with_kind_part(text)
}

/// Whether the line turns the document name above it into that of another: `修改情况的说明` below `某市条例（草案）`.
fn completes(text: &str) -> bool {
    const MAX_CHARS: usize = 20;
    let is_short = text.chars().nth(MAX_CHARS).is_none();
    let kind = text.rsplit_once('的').map_or("", |(_, kind)| kind);
    is_short
        // Kinds have two to four characters; a longer end is a clause.
        && (2..=4).contains(&kind.chars().count())
        && kind::at_end(kind).is_some()
        && !text.starts_with("关于")
        && !text.contains('，')
}

/// Whether a title that names no kind of document continues on the next line: two lines of similar length,
/// followed by the author or the date. A lone line between a title and its author can only be part of the
/// title.
fn is_half_of_slogan(lines: &[&str], below: &[&str]) -> bool {
    const MIN_CHARS: usize = 8;
    let n_chars = |text: &str| text.chars().filter(|&ch| !is_blank(ch)).count();
    let ([first], [second, third, ..]) = (lines, below) else {
        return false;
    };
    let (short, long) = (
        n_chars(first).min(n_chars(second)),
        n_chars(first).max(n_chars(second)),
    );
    let is_credit =
        |text: &str| is_body_name(text) || front::is_date(text) || front::names_speaker(text);
    // Lines of a broken slogan are balanced; a short line below a long one is a name or a place.
    short >= MIN_CHARS
        && long <= short * 2
        && ![first, second]
            .iter()
            .any(|text| is_body_name(text) || names_kind(text))
        && is_credit(third)
}

/// `告`, `法`: the end of a kind that a line break split.
fn ends_with_kind_part(text: &str) -> bool {
    const ENDS: [&str; 12] = [
        "告", "结", "知", "法", "见", "定", "案", "话", "例", "要", "划", "函",
    ];
    ENDS.contains(&text)
}

/// `2022年度`, above the rest of a title on a cover.
fn is_year(text: &str) -> bool {
    let digits = text.chars().filter(char::is_ascii_digit).count();
    digits == 4 && squeeze(text).ends_with("年度")
}

/// Maximum length of a line with a comma that may be a title without naming a kind of document, in
/// characters.
const MAX_SLOGAN: usize = 24;

fn may_be_title(text: &str) -> bool {
    let seen = text.chars().filter(|&ch| !is_blank(ch));
    let n_chars = seen.take(MAX_TITLE + 1).count();
    // A line that breaks off inside a sentence, as the first of a wrapped paragraph does.
    let is_sentence = text.contains('，') && n_chars > MAX_SLOGAN && !names_kind(text);
    // A title in brackets is a subtitle or a note, unless text with a kind follows the bracket
    // (`（征求意见稿）某条例`).
    let is_bracketed =
        text.starts_with(['（', '(']) && (text.ends_with(['）', ')']) || !names_kind(text));
    (3..=MAX_TITLE).contains(&n_chars)
        && has_han(text, 3)
        && ending(text) == Ending::Open
        && !text.contains('。')
        && !is_bracketed
        && !is_sentence
        && !is_part_of_page(text)
        && label::lex(text).is_none()
}

/// Whether a text has so many Han characters or more.
fn has_han(text: &str, least: usize) -> bool {
    let is_han = |ch: &char| ('\u{4e00}'..='\u{9fff}').contains(ch);
    text.chars().filter(is_han).take(least).count() == least
}

/// Whether a line is another part of a page than its title: a subtitle, a dateline of news, the first half of a
/// delivery line, a salutation, the mark of an attachment, a date, or fields.
fn is_part_of_page(text: &str) -> bool {
    text.starts_with(['—', '·', '-', '、', '，', '”', '》'])
        || text.ends_with("日电")
        || text.ends_with("会议上")
        || is_salutation(text)
        || is_attachment_marker(text)
        || front::is_date(text)
        || front::holds_fields(text)
}

/// Whether the line ends with the name of a kind of document, as titles do.
fn ends_with_kind(text: &str) -> bool {
    kind::at_end(text).is_some() || ends_with_any(&squeeze(text), "书 文件 措施 协议 合同")
}

/// Whether the text names a kind of document as titles do: at its end, or as a report inside.
fn names_kind(text: &str) -> bool {
    ends_with_kind(text) || kind::of_title(text).is_some()
}

/// Whether the line is the first of several that end alike and head lists, hence not a title.
fn heads_a_series(paragraphs: &[Paragraph<'_>], at: usize) -> bool {
    let heads_list = |ord: usize| {
        let label = |ord: usize| label::lex(paragraphs.get(ord)?.text);
        let is_short = paragraphs[ord].text.chars().nth(40).is_none();
        let next = label(ord + 1);
        is_short && label(ord).is_none() && next.is_some_and(|label| label.ordinal == 1)
    };
    let this = tail(paragraphs[at].text);
    let is_alike = |ord: &usize| heads_list(*ord) && tail(paragraphs[*ord].text) == this;
    let others = at + 1..paragraphs.len();
    // Two more lines like it make a series.
    heads_list(at) && others.filter(is_alike).take(2).count() == 2
}

/// The end of a line without its note, backwards: four characters hold the kind and what it is of (名单, 一览表),
/// without the part that differs.
fn tail(text: &str) -> String {
    let text = squeeze(text);
    let name = text.split('(').next().unwrap_or_default();
    name.chars().rev().take(4).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::outline::PagePart;

    #[track_caller]
    fn check(text: &str, expected: Option<&str>) {
        let paragraphs: Vec<Paragraph<'_>> = text
            .lines()
            .map(|text| Paragraph {
                text,
                is_spaced: false,
                style: Style::Plain,
                place: PagePart::Body,
            })
            .collect();
        let actual = find(&paragraphs, None).map(|range| super::text(&paragraphs, range));
        assert_eq!(actual.as_deref(), expected);
    }

    #[test]
    fn reads_the_title_line() {
        check(
            "园区年度工作总结\n各位代表：\n园区工作平稳。",
            Some("园区年度工作总结"),
        );
        check(
            "园发〔2021〕3号\n关于园区工作的通知\n各单位：",
            Some("关于园区工作的通知"),
        );
        check("新华社某地3月5日电\n各位代表：", None);
        check("各位代表：\n园区工作平稳。", None);
        check("一、园区概况\n园区工作平稳。", None);
        check("园区工作平稳，各项指标完成。", None);
        check(
            "主任岗位职责\n1、主持工作。\n副主任岗位职责\n1、协助主任。\n干事岗位职责\n1、值班。",
            None,
        );
    }

    #[test]
    fn joins_the_lines_that_a_title_is_broken_over() {
        check(
            "某市某园区\n关于安全生产的通知\n各单位：",
            Some("某市某园区关于安全生产的通知"),
        );
        check("园区工作报\n告\n各位代表：", Some("园区工作报告"));
        check(
            "2021年园区医院法治建设\n工作总结及来年工作思路\n2021年是开局之年。",
            Some("2021年园区医院法治建设工作总结及来年工作思路"),
        );
        check(
            "2022年度\n园区医院\n单位预算公开\n一、概况",
            Some("2022年度园区医院单位预算公开"),
        );
        check(
            "园区关于印发《园区道路\n管理办法》的通知\n各单位：",
            Some("园区关于印发《园区道路管理办法》的通知"),
        );
        check(
            "打造园区治理新样板\n2024年3月1日\n一、主要做法",
            Some("打造园区治理新样板"),
        );
        check("园区工作报告\n区长　某某\n各位代表：", Some("园区工作报告"));
        check(
            "园区促进条例（草案）\n修改情况的说明\n各位代表：",
            Some("园区促进条例（草案）修改情况的说明"),
        );
        check(
            "聚焦主责主业　强化使命担当\n奋力谱写园区建设新篇章\n某县水利局\n（2025年3月）\n正文。",
            Some("聚焦主责主业　强化使命担当奋力谱写园区建设新篇章"),
        );
        check(
            "聚焦主责主业　强化使命担当\n园区建设的回顾和展望\n正文。",
            Some("聚焦主责主业　强化使命担当"),
        );
        check("园区登记材料要求\n目录\n一、概述", Some("园区登记材料要求"));
    }

    #[test]
    fn a_styled_title_continues_in_a_plain_line() {
        let lines = |rest: &'static str| {
            let line = |text, style| Paragraph {
                text,
                is_spaced: false,
                style,
                place: PagePart::Body,
            };
            [
                line("园区关于开展安全检查", Style::Title),
                line(rest, Style::Plain),
                line("各单位：", Style::Plain),
            ]
        };
        assert_eq!(find(&lines("的通知"), None), Some(0..2));
        assert_eq!(find(&lines("园区概况"), None), Some(0..1));
    }

    #[test]
    fn finds_the_title_of_a_speech_below_news_of_it() {
        check(
            "3月5日，大会开幕。某社记者摄\n某社某地3月16日电\n园区工作报告\n——2015年3月5日在大会上\n各位代表：",
            Some("园区工作报告"),
        );
    }

    #[test]
    fn skips_lines_above_the_title() {
        check(
            "公司代码：6007　公司简称：某某\n某某集团股份有限公司\n2020年第一季度报告\n一、提示",
            Some("某某集团股份有限公司2020年第一季度报告"),
        );
        check(
            "园区卫生局文件\n园卫〔2011〕76号\n关于同意某人辞职的批复\n区医院：",
            Some("关于同意某人辞职的批复"),
        );
        check(
            "园区发展改革局\n园区税务局\n文件\n园发〔2019〕8号\n关于纳税信用的通知\n各单位：",
            Some("关于纳税信用的通知"),
        );
        check(
            "附件1\n园区医院招聘岗位表\n一、岗位",
            Some("园区医院招聘岗位表"),
        );
        check("基本信息\n园区水利总结\n正文。", Some("园区水利总结"));
        check(
            "园办发〔2005〕37号园区关于修路的通知\n各单位：",
            Some("园区关于修路的通知"),
        );
        check(
            "（2017-10——2018-04）工作总结\n一、学习",
            Some("（2017-10——2018-04）工作总结"),
        );
    }
}
