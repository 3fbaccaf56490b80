//! Lines that are on the page but not in the report: metadata under the title and the frame that a web page
//! puts around a text.
//!
//! Only whole lines in fixed forms are taken, so that no sentence of a report is lost. Some forms count only
//! near the head or the foot of the page, where report text does not use them.

use super::blank::{contains_any, squeeze, starts_with_any, trim, words};
use super::outline::{is_salutation, label};
use super::{Reason, date, kind};

/// The number of lines at either end of a document that are its head and its foot.
const MARGIN: usize = 16;
/// Maximum length of a metadata line, in characters.
const MAX_METADATA: usize = 60;

/// The reason why each of the non-blank lines is boilerplate, if it is.
pub(super) fn reasons(texts: &[&str]) -> Vec<Option<Reason>> {
    let mut reasons: Vec<Option<Reason>> = Vec::with_capacity(texts.len());
    let mut comment = 0usize;
    for (ord, text) in texts.iter().enumerate() {
        if begins_comment(text) {
            comment = comment_length(&texts[ord..]);
        }
        let reason = match comment {
            0 => by_form(texts, ord, &reasons),
            _ => Some(Reason::Hidden),
        };
        comment = comment.saturating_sub(1);
        reasons.push(reason);
    }
    // A second pass, since doubtful fields are decided by their neighbours, which are known only now.
    for ord in unsure(texts, &reasons) {
        reasons[ord] = None;
    }
    reasons
}

/// Whether a line begins a comment; one with text after it on its line is left to the other rules.
fn begins_comment(text: &str) -> bool {
    let rest = text.split_once("-->").map_or("", |(_, rest)| rest);
    text.starts_with("<!--") && trim(rest).is_empty()
}

/// The reason why the form of a line makes it boilerplate; `reasons` are those of the lines above.
fn by_form(texts: &[&str], ord: usize, reasons: &[Option<Reason>]) -> Option<Reason> {
    let text = texts[ord];
    // A document of one line has no margin: `来源：…` may be all that it says.
    let in_margin = texts.len() > 1 && (ord < MARGIN || ord + MARGIN >= texts.len());
    let in_margin = || in_margin.then(|| margin(text)).flatten();
    // The value of a field may be on the line below it (`发布日期：` above `2020-01-01`).
    let below_field = || {
        let above = ord.checked_sub(1)?;
        reasons[above].filter(|_| continues(texts[above], text))
    };
    anywhere(text).or_else(in_margin).or_else(below_field)
}

/// The lines that only begin like fields of a page (`来源：`, `审核：`) without other evidence: no second field or
/// date in the line, no adjacent boilerplate, no position between the title and the text.
fn unsure(texts: &[&str], reasons: &[Option<Reason>]) -> Vec<usize> {
    const FRONT: usize = 6;
    let text_start = texts.iter().position(|text| begins_text(text));
    let text_start = text_start.unwrap_or(0).min(FRONT);
    let is_kept = |ord: usize| {
        let beside = [ord.checked_sub(1), ord.checked_add(1)];
        let is_boilerplate = |ord: usize| reasons.get(ord).copied().flatten().is_some();
        (1..text_start).contains(&ord)
            || says_more(texts[ord])
            || beside.into_iter().flatten().any(is_boilerplate)
    };
    let is_field =
        // Forms that count anywhere are specific enough; only those of the margins are doubtful.
        |ord: &usize| reasons[*ord] == Some(Reason::Metadata) && anywhere(texts[*ord]).is_none();
    let fields = (0..texts.len()).filter(is_field);
    fields
        .filter(|&ord| margin(texts[ord]).is_some() && !is_kept(ord))
        .collect()
}

/// Whether the line ends a sentence or opens with a label or a salutation, as the text does.
fn begins_text(text: &str) -> bool {
    text.contains('。') || is_salutation(text) || label::lex(text).is_some()
}

/// Whether a field of a page is followed by another one, or contains a date.
fn says_more(text: &str) -> bool {
    text.matches(['：', ':']).count() > 1
        || date::find(text).is_some()
        || date::find_numeric(text).is_some()
}

/// The number of lines of the comment that opens the first line; 1 if it is never closed.
fn comment_length(texts: &[&str]) -> usize {
    texts
        .iter()
        // An unclosed comment must not hide the whole document.
        .take(MARGIN * 4)
        .position(|text| text.contains("-->"))
        .map_or(1, |ord| ord + 1)
}

/// Whole lines that are boilerplate; normalized, without blanks and final colon.
const WHOLE: &str = "下载 打印 全屏 收藏 加大 还原 减小 分享 关闭 返回顶部 首页 打印本页 关闭窗口 关闭本页 分享到微信 相关报道 相关链接 \
                     相关文档 相关新闻 e-mail推荐 【e-mail推荐 扫一扫在手机打开当前页 <hr> publicdomain [打印] [关闭] 分享到 打印文章 \
                     回到顶部 纠错";
/// Openings of lines that are boilerplate anywhere.
const OPENINGS: &str = "【字号 【字体 [字号 [字体 字号: 字体: 【打印 【关闭 【大中小】 【下载 当前位置: 您的位置: 您现在的位置: 责任编辑: \
                        (责任编辑 上一篇: 下一篇: 浏览次数: 阅读次数: 点击数: 阅读量: 访问量: 分享到: 法宝联想: publicdomain -->";
/// Openings of lines that are boilerplate at the head and the foot of a page.
const MARGIN_OPENINGS: &str = "来源: 信息来源: 稿件来源: 文章来源: 作者: 发表时间: 发布日期: 发布时间: 编辑: 校对: 审核: 中央政府门户网站";
/// Fields of a date.
const DATE_FIELDS: &str = "时间: 日期: 发布时间: 发布日期: 更新时间: 发表时间: 录入时间:";

/// The reason why the line is boilerplate anywhere, if it is.
fn anywhere(text: &str) -> Option<Reason> {
    if text.chars().nth(MAX_METADATA).is_some() {
        // Longer lines are paragraphs; only the licence notes of Wikisource are known at that length.
        return is_licence(text).then_some(Reason::Frame);
    }
    let text = squeeze(text);
    let whole = text.trim_end_matches(':');
    if words(WHOLE).any(|word| word == whole) || starts_with_any(&text, OPENINGS) {
        Some(Reason::Frame)
    } else if is_page_number(&text) {
        Some(Reason::PageNumber)
    } else if is_symbols(&text) {
        Some(Reason::Symbols)
    } else if is_time(&text) {
        Some(Reason::Metadata)
    } else {
        None
    }
}

/// The reason why the line is boilerplate at the head and the foot of a page, if it is.
fn margin(text: &str) -> Option<Reason> {
    if text.chars().nth(MAX_METADATA).is_some() {
        return None;
    }
    let text = squeeze(text);
    // A sentence may begin 来源： too; a field does not end with a full stop.
    if starts_with_any(&text, MARGIN_OPENINGS) && !text.ends_with(['。', ';']) {
        return Some(Reason::Metadata);
    }
    matches!(text.as_str(), "大" | "中" | "小").then_some(Reason::Frame)
}

/// Whether the line completes the boilerplate line above it, as a value does its field.
fn continues(above: &str, text: &str) -> bool {
    let above = squeeze(above);
    let n_chars = text.chars().take(16).count();
    // `相关文档：` heads a list whose items are not its value.
    let is_field = above.ends_with(':') && !above.starts_with("相关") && n_chars < 16;
    let is_trail = above == ">" && n_chars < 16;
    (is_field || is_trail)
        // A title, a heading or a sentence below a field is not its value.
        && kind::at_end(text).is_none()
        && !text.ends_with(['：', ':', '。', '！'])
        && label::lex(text).is_none()
}

/// `时间:2022-09-01 06:12:00`, with or without the word.
fn is_time(text: &str) -> bool {
    if let Some(value) = words(DATE_FIELDS).find_map(|field| text.strip_prefix(field)) {
        let is_clock = |ch: char| {
            ch.is_ascii_digit() || "-/:.年月日时分秒t上下午星期一二三四五六()".contains(ch)
        };
        return begins_with_date(value) && value.chars().all(is_clock);
    }
    let is_clock = |ch: char| ch.is_ascii_digit() || "-/:. ".contains(ch);
    begins_with_date(text) && text.contains(':') && text.chars().all(is_clock)
}

fn begins_with_date(text: &str) -> bool {
    let n_marks = text
        .chars()
        .filter(|ch| matches!(ch, '-' | '/' | '.' | '年' | '月'))
        .count();
    text.starts_with(|ch: char| ch.is_ascii_digit()) && n_marks >= 2
}

/// `- 3 -`, `第3页`, `第3页共10页`; a number alone may be text.
fn is_page_number(text: &str) -> bool {
    let is_number = |text: &str| !text.is_empty() && text.chars().all(|ch| ch.is_ascii_digit());
    // 一 is a dash that character recognition misread.
    let dash = ['-', '—', '–', '－', '―', '一'];
    let bare = text.trim_matches(dash);
    if bare.len() < text.len()
        && text.starts_with(dash)
        && text.ends_with(dash)
        // A longer line between dashes is a subtitle, not a page number.
        && text.chars().count() <= 12
    {
        return is_number(bare);
    }
    let Some(page) = text.strip_prefix('第') else {
        return false;
    };
    let (number, rest) = page.split_once('页').unwrap_or(("", ""));
    let total = rest
        .trim_start_matches([',', '/', '共'])
        .trim_end_matches('页');
    // `第3页共10页` and `第3页/10页`, but not `第3页的数字`.
    is_number(number) && (rest.is_empty() || is_number(total))
}

/// Only a few marks: remains of icons and separators. Quotation marks and brackets may belong to a sentence
/// that a link split.
fn is_symbols(text: &str) -> bool {
    let text = trim(text);
    // A longer line of symbols may be a drawn table, which other rules read.
    let n_chars = text.chars().take(41).count();
    n_chars <= 40
        && !text
            .chars()
            .any(|ch| ch.is_alphanumeric() || "《》“”（）()「」。、，；：".contains(ch))
}

/// The licence notes under texts of Wikisource.
fn is_licence(text: &str) -> bool {
    starts_with_any(
        text,
        "本作品是中华人民共和国的法律 本作品來自 本作品来自 本作品在",
    ) && contains_any(text, "公有领域 公有領域")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        let texts: Vec<&str> = text.lines().collect();
        let actual: Vec<&str> = texts
            .iter()
            .zip(reasons(&texts))
            .filter(|(_, reason)| reason.is_some())
            .map(|(text, _)| *text)
            .collect();
        assert_eq!(actual, expected);
    }

    #[test]
    fn takes_metadata_and_page_boilerplate() {
        let page = "园区年度总结\n时间:2022-09-01 06:12:00\n来源：园区网　作者：某人\n园区工作平稳。\n- 3 -\n【打印】【关闭】\n责任编辑：某人";
        check(
            page,
            &page
                .lines()
                .enumerate()
                .filter(|(ord, _)| *ord != 0 && *ord != 3)
                .map(|(_, line)| line)
                .collect::<Vec<_>>(),
        );
        check(
            "您的位置:\n首页\n>\n园区要闻\n园区总结",
            &["您的位置:", "首页", ">", "园区要闻"],
        );
        check("<!--\nvar a\n-->\n园区总结", &["<!--", "var a", "-->"]);
    }

    #[test]
    fn a_field_alone_needs_more_evidence() {
        check(
            "园区年度总结\n来源：园区网\n园区工作平稳。",
            &["来源：园区网"],
        );
        check(
            "园区年度总结\n园区工作平稳。\n来源：园区网　作者：某人\n园区工作平稳。",
            &["来源：园区网　作者：某人"],
        );
        check(
            "园区工作平稳。\n审核：某人\n【打印】",
            &["审核：某人", "【打印】"],
        );
        check(
            "园区税收构成\n一、税收\n来源：企业所得税\n二、支出\n审核：某人",
            &[],
        );
    }

    #[test]
    fn keeps_report_text() {
        check(
            "时间：本周三上午\n时间紧，任务重。\n3\n2.5\n打印机采购情况\n来源于园区的税收增长较快。",
            &[],
        );
    }
}
