//! The title that the text prints: the first short line, together with the lines it is broken over.

use super::blank::{ends_with_any, is_blank, squeeze};
use super::outline::{Ending, Paragraph, Place, ending, is_salutation, label};
use super::{Given, Style};
use std::ops::Range;

/// Longest title, in characters.
const MAX_TITLE: usize = 90;
/// Longest title that is given or has the style of one, in characters: what is longer is a text that was put there.
pub(super) const MAX_GIVEN: usize = 300;
/// How many lines from the top a title is looked for.
const MAX_DEPTH: usize = 12;
/// Most lines that a title is broken over.
const MAX_LINES: usize = 4;

/// Where the title stands, as ordinals of `paragraphs`; `None` if the text prints none.
///
/// The given title is looked for first, then a line of style title, then the text's own title line.
pub(super) fn find(paragraphs: &[Paragraph<'_>], given: &Given) -> Option<Range<usize>> {
    let styled = paragraphs
        .iter()
        .position(|p| p.style == Style::Title && p.text.chars().nth(MAX_GIVEN).is_none());
    match given
        .title
        .as_deref()
        .map(squeeze)
        .filter(|title| !title.is_empty())
    {
        Some(title) => top(paragraphs)
            .find(|(_, p)| squeeze_short(p.text).as_ref() == Some(&title))
            .map(|(ord, _)| ord..ord + 1),
        None => styled
            .map(|ord| ord..styled_end(paragraphs, ord))
            .or_else(|| printed(paragraphs)),
    }
}

/// Where the title ends that begins with the line of style title at `first`: it may be broken over several.
fn styled_end(paragraphs: &[Paragraph<'_>], first: usize) -> usize {
    let mut n_chars = 0;
    let goes_on = |p: &&Paragraph<'_>| {
        n_chars += p.text.chars().count();
        p.style == Style::Title && n_chars <= MAX_GIVEN
    };
    let lines = paragraphs[first..].iter().take(MAX_LINES);
    first + lines.take_while(goes_on).count()
}

/// The first lines that are no boilerplate.
fn top<'a>(paragraphs: &'a [Paragraph<'a>]) -> impl Iterator<Item = (usize, &'a Paragraph<'a>)> {
    let lines = paragraphs.iter().enumerate();
    lines.filter(|(_, p)| !p.is_boilerplate()).take(MAX_DEPTH)
}

fn printed(paragraphs: &[Paragraph<'_>]) -> Option<Range<usize>> {
    let (first, paragraph) = top(paragraphs).next()?;
    match paragraph.style {
        Style::Heading(level)
            if is_only_of_level(paragraphs, level) && label::lex(paragraph.text).is_none() =>
        {
            Some(first..first + 1)
        }
        Style::Heading(_) => None,
        _ => own(paragraphs, first),
    }
}

/// The title as one text; lines that it is broken over are joined.
pub(super) fn text(paragraphs: &[Paragraph<'_>], lines: Range<usize>) -> String {
    paragraphs[lines].iter().map(|p| p.text).collect()
}

/// What is compared to tell whether a line repeats the title; `None` for a line too long for one.
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

fn own(paragraphs: &[Paragraph<'_>], first: usize) -> Option<Range<usize>> {
    let at = (first..paragraphs.len().min(first + 3))
        .find(|&ord| !is_document_number(paragraphs[ord].text))?;
    if !may_be_title(paragraphs[at].text) || heads_a_series(paragraphs, at) {
        return None;
    }
    let mut end = at + 1;
    while end < paragraphs.len().min(at + MAX_LINES) && is_broken(paragraphs, at, end) {
        end += 1;
    }
    Some(at..end)
}

/// Longest line with a comma that may be a title without naming a kind of document, in characters.
const MAX_SLOGAN: usize = 24;

fn may_be_title(text: &str) -> bool {
    let n_chars = text
        .chars()
        .filter(|&ch| !is_blank(ch))
        .take(MAX_TITLE + 1)
        .count();
    let n_han = text
        .chars()
        .filter(|ch| ('\u{4e00}'..='\u{9fff}').contains(ch))
        .take(3)
        .count();
    // A line that breaks off in a sentence, as the first of a wrapped paragraph does.
    let is_sentence = text.contains('，') && n_chars > MAX_SLOGAN && !names_kind(text);
    (3..=MAX_TITLE).contains(&n_chars)
        && n_han == 3
        && ending(text) == Ending::Open
        && !text.contains('。')
        && !text.starts_with(['—', '（', '(', '·', '-', '、', '，', '”', '》'])
        && !text.ends_with("日电")
        && !text.ends_with("会议上")
        && !is_sentence
        && !is_salutation(text)
        && label::lex(text).is_none()
}

/// Whether line `end` goes on with the title that begins at line `at`.
fn is_broken(paragraphs: &[Paragraph<'_>], at: usize, end: usize) -> bool {
    let title = text(paragraphs, at..end);
    let next = paragraphs[end].text;
    let is_open = |text: &str| {
        text.chars().take(31).count() <= 30
            && ending(text) == Ending::Open
            && !text.starts_with('—')
    };
    if names_kind(&title)
        || paragraphs[end].place != Place::Body
        || label::lex(next).is_some()
        || !is_open(next)
    {
        return false;
    }
    // The line that names the kind of document is close, and no sentence stands before it.
    let last = paragraphs.len().min(at + MAX_LINES);
    let ahead = (end..last)
        .take_while(|&ord| is_open(paragraphs[ord].text) && paragraphs[ord].place == Place::Body);
    ahead.into_iter().any(|ord| {
        let whole = text(paragraphs, at..ord + 1);
        names_kind(&whole) && !whole.contains(['：', ':'])
    })
}

/// Names of kinds of documents, with which titles end.
const KINDS: &str = "报告 总结 通知 办法 意见 规定 方案 讲话 文件 条例 决定 决议 公报 计划 规划 纲要 要点 汇报 批复 通报 公告 通告 请示 \
                     纪要 细则 章程 致辞 措施 规范 规则 协议 合同 制度 解释 答复 法 函 书";

/// Whether the line ends with the name of a kind of document, as titles do.
fn names_kind(text: &str) -> bool {
    let text = squeeze(text);
    let bracket = text.rfind('(').filter(|_| text.ends_with(')'));
    ends_with_any(&text[..bracket.unwrap_or(text.len())], KINDS)
}

/// `国办发〔2005〕37号`, alone on its line.
fn is_document_number(text: &str) -> bool {
    let n_chars = text.chars().take(31).count();
    n_chars <= 30
        && text.trim_end_matches(['）', ')']).ends_with('号')
        && text.contains(['〔', '[', '［', '(', '（', '【'])
}

/// Whether the line is one of several that end alike and head lists, so that it is the first of them and no title.
fn heads_a_series(paragraphs: &[Paragraph<'_>], at: usize) -> bool {
    let heads_list = |ord: usize| {
        let next = paragraphs
            .get(ord + 1)
            .and_then(|next| label::lex(next.text));
        let is_line = paragraphs[ord].text.chars().nth(40).is_none()
            && label::lex(paragraphs[ord].text).is_none();
        is_line && next.is_some_and(|label| label.ordinal == 1)
    };
    let tail = |text: &str| -> String {
        let text = squeeze(text);
        text.split('(')
            .next()
            .unwrap_or_default()
            .chars()
            .rev()
            .take(4)
            .collect()
    };
    let this = tail(paragraphs[at].text);
    let others = at + 1..paragraphs.len();
    heads_list(at)
        && others
            .filter(|&ord| heads_list(ord) && tail(paragraphs[ord].text) == this)
            .take(2)
            .count()
            == 2
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: Option<&str>) {
        let paragraphs: Vec<Paragraph<'_>> = text
            .lines()
            .map(|text| Paragraph {
                text,
                style: Style::Plain,
                place: Place::Body,
            })
            .collect();
        let actual =
            find(&paragraphs, &Given::default()).map(|range| super::text(&paragraphs, range));
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
        check(
            "某市某园区\n关于安全生产的通知\n各单位：",
            Some("某市某园区关于安全生产的通知"),
        );
        check("园区工作报\n告\n各位代表：", Some("园区工作报告"));
        check("新华社某地3月5日电\n各位代表：", None);
        check("各位代表：\n园区工作平稳。", None);
        check("一、园区概况\n园区工作平稳。", None);
        check("园区工作平稳，各项指标完成。", None);
        check(
            "主任岗位职责\n1、主持工作。\n副主任岗位职责\n1、协助主任。\n干事岗位职责\n1、值班。",
            None,
        );
    }
}
