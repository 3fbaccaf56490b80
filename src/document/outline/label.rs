//! Labels: what numbers a heading or a list item, read at the start of a line.
//!
//! ```text
//! label    = statute | part | ordinal | capital | han | paren | half | arabic | decimal | mark | point | named
//! statute  = "第" numeral ("编" | "篇" | "章" | "节" | "条" ["之" han])      第三章  第15条  第十五条之一
//! part     = "第" numeral "部分"                                             第一部分
//! ordinal  = "第" han ("，" | "、" | ",")                                    第一，
//! capital  = capital-numeral stop                                           壹、
//! han      = han-numeral stop | han-numeral (alone on its line)             一、  一．  一
//! paren    = ("（" | "(") numeral ("）" | ")") ["、"]                        （一） (1) ㈠ ⑴
//! half     = numeral ("）" | ")")                                           1） 一)
//! arabic   = arabic-numeral ("." | "．" | "、")                              1. 1、 ⒈
//! decimal  = arabic-numeral ("." arabic-numeral)+ ["."]                     1.1  1.1.1
//! mark     = "①" … "⑳"
//! point    = han-numeral ("是" | "要")                                       一是  二要
//! named    = han{2,4} numeral "："                                           应用一：
//!          | ["任务"] ("专栏" | "附件" | "附表" | "附录") numeral [stop]           专栏1  附件2：
//! stop     = "、" | "." | "．"
//! numeral  = han-numeral | arabic-numeral
//! ```
//!
//! Blanks may stand before a label, inside its brackets and after `第`. What looks like a label but goes on as
//! a reference (`（一）中所说`, `第三条规定的`) or as a count (`一、二级市场`, `1.5亿元`) is none.

use super::numeral;
use crate::document::blank::{is_blank, trim_start};

/// The kind of a label; two labels of one form may be siblings.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Form {
    /// 第一编, 第一篇.
    Volume,
    /// 第一部分.
    Division,
    /// 第一章.
    Chapter,
    /// 第一节.
    Section,
    /// 第一条.
    Article,
    /// 壹、
    Capital,
    /// A Han numeral alone on its line.
    Bare,
    /// 一、
    Han,
    /// （一）
    HanParen,
    /// 一）
    HanHalf,
    /// 1. and 1、
    Arabic,
    /// 1.1 and deeper; the number of its numerals, at least 2.
    Decimal(u8),
    /// （1）
    ArabicParen,
    /// 1）
    ArabicHalf,
    /// ①
    Mark,
    /// 第一，
    Ordinal,
    /// 一是, 一要.
    Point,
    /// 应用一：
    Named,
}

/// A label and what follows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Label<'a> {
    /// Its kind.
    pub form: Form,
    /// Its number; of a decimal the last one.
    pub ordinal: u32,
    /// As printed, without blanks around it.
    pub text: &'a str,
    /// The rest of the line, without blanks before it.
    pub rest: &'a str,
}

impl Label<'_> {
    /// The word of a named label (`应用`); empty for other forms.
    pub(super) fn name(&self) -> &str {
        let end = self
            .text
            .char_indices()
            .find(|&(at, _)| numeral::any(&self.text[at..]).is_some());
        match (self.form, end) {
            (Form::Named, Some((end, _))) => self.text[..end].trim_end_matches(is_blank),
            _ => "",
        }
    }
}

/// Whether the line opens with a label, so that it begins a paragraph of its own.
pub fn starts_heading(line: &str) -> bool {
    lex(line).is_some()
}

/// Reads the label at the start of `line`; `None` if it has none.
pub fn lex(line: &str) -> Option<Label<'_>> {
    let text = trim_start(line);
    let (form, ordinal, len) = match text.chars().next()? {
        '第' => after_di(text)?,
        '（' | '(' => bracketed(text)?,
        '0'..='9' | '０'..='９' => arabic(text)?,
        first => enclosed(first)
            .or_else(|| capital(text))
            .or_else(|| han(text))
            .or_else(|| named(text))?,
    };
    let (label, rest) = text.split_at(len);
    // `第十七条，承租人……`: a slip for the blank.
    let rest = if form == Form::Article {
        rest.strip_prefix('，').unwrap_or(rest)
    } else {
        rest
    };
    let label = Label {
        form,
        ordinal,
        text: label.trim_end_matches(is_blank),
        rest: trim_start(rest),
    };
    (!goes_on(&label, rest)).then_some(label)
}

/// Whether what follows shows that the label is part of a sentence.
fn goes_on(label: &Label<'_>, after: &str) -> bool {
    let starts = |words: &[&str]| words.iter().any(|word| after.starts_with(word));
    match label.form {
        Form::Article => starts(&[
            "规定",
            "規定",
            "第",
            "、",
            "和第",
            "至第",
            "或第",
            "或者第",
            "以及",
            "的",
            "之规定",
            "所称",
            "所稱",
            "所列",
            "所规定",
            "所述",
            "中的",
            "中所",
            "中规定",
            "）",
            "》",
            "”",
        ]),
        Form::Chapter | Form::Section | Form::Volume | Form::Division => starts(&[
            "规定",
            "規定",
            "第",
            "、",
            "和第",
            "至第",
            "或第",
            "的",
            "所列",
            "所称",
            "以及",
            "之",
            "，",
            ",",
            "）",
            "》",
            "”",
            "中的",
            "中规定",
        ]),
        Form::HanParen | Form::ArabicParen | Form::HanHalf | Form::ArabicHalf | Form::Mark => {
            starts(&[
                "中所",
                "中的",
                "中提",
                "中规定",
                "中，",
                "所述",
                "所列",
                "所称",
                "所说",
                "所指",
                "项规定",
                "项的",
                "项所",
                "项、",
                "项至",
                "項規定",
                "款",
                "至（",
                "至(",
                "和（",
                "和(",
                "和第",
                "、（",
                "、(",
                "的",
                "）",
                "，",
                "。",
            ])
        }
        Form::Han | Form::Arabic => counts_on(label.ordinal, after),
        Form::Bare | Form::Capital => false,
        _ => label.rest.is_empty(),
    }
}

/// Whether another number follows at once, as in `一、二级市场` and `三、四月`.
fn counts_on(ordinal: u32, after: &str) -> bool {
    match numeral::han(after).filter(|&(next, _)| next == ordinal + 1) {
        Some((_, len)) => !after[len..].starts_with(is_blank),
        None => false,
    }
}

fn after_di(text: &str) -> Option<(Form, u32, usize)> {
    let start = text.len() - trim_start(&text['第'.len_utf8()..]).len();
    let (ordinal, len) = numeral::any(&text[start..])?;
    let unit_at = text.len() - trim_start(&text[start + len..]).len();
    let unit = &text[unit_at..];
    let form = match unit.chars().next()? {
        '编' | '編' | '篇' => Form::Volume,
        '章' => Form::Chapter,
        '节' | '節' => Form::Section,
        '条' | '條' => Form::Article,
        '部' if unit.starts_with("部分") => {
            return Some((Form::Division, ordinal, unit_at + "部分".len()));
        }
        mark @ ('，' | '、' | ',') => {
            return Some((Form::Ordinal, ordinal, unit_at + mark.len_utf8()));
        }
        _ => return None,
    };
    let end = unit_at + unit.chars().next()?.len_utf8();
    let inserted = text[end..]
        .strip_prefix('之')
        .and_then(numeral::han)
        .filter(|_| form == Form::Article);
    Some((
        form,
        ordinal,
        end + inserted.map_or(0, |(_, len)| '之'.len_utf8() + len),
    ))
}

fn bracketed(text: &str) -> Option<(Form, u32, usize)> {
    let open = text.chars().next()?.len_utf8();
    let at = text.len() - trim_start(&text[open..]).len();
    let (form, (ordinal, len)) = match numeral::han(&text[at..]) {
        Some(han) => (Form::HanParen, han),
        None => (Form::ArabicParen, numeral::arabic(&text[at..])?),
    };
    let close = text.len() - trim_start(&text[at + len..]).len();
    let close_len = close_bracket(&text[close..])?;
    let end = close + close_len;
    let comma = text[end..]
        .strip_prefix('、')
        .filter(|after| !after.starts_with(['（', '(']));
    let comma = comma.map_or(0, |_| '、'.len_utf8());
    // A year or a document number in brackets is no label.
    (ordinal < 200).then_some((form, ordinal, end + comma))
}

fn close_bracket(text: &str) -> Option<usize> {
    text.chars()
        .next()
        .filter(|ch| matches!(ch, '）' | ')'))
        .map(char::len_utf8)
}

fn arabic(text: &str) -> Option<(Form, u32, usize)> {
    let (mut ordinal, mut len) = numeral::arabic(text)?;
    if ordinal > 200 {
        return None;
    }
    let mut n_numerals = 1u8;
    while let Some((next, next_len)) = point(&text[len..]) {
        (ordinal, len, n_numerals) = (next, len + next_len, n_numerals.saturating_add(1));
    }
    let after = &text[len..];
    if n_numerals > 1 {
        let end = len + stop(after).unwrap_or(0);
        return is_decimal_label(n_numerals, &text[end..]).then_some((
            Form::Decimal(n_numerals),
            ordinal,
            end,
        ));
    }
    if let Some(close) = close_bracket(after) {
        return Some((Form::ArabicHalf, ordinal, len + close));
    }
    let end = len + stop(after)?;
    Some((Form::Arabic, ordinal, end))
}

/// A point and the numeral behind it.
fn point(text: &str) -> Option<(u32, usize)> {
    let dot = text
        .chars()
        .next()
        .filter(|ch| matches!(ch, '.' | '．'))?
        .len_utf8();
    let (value, len) = numeral::arabic(&text[dot..])?;
    Some((value, dot + len))
}

/// `1.5亿元` and `2.5%` are quantities, `2009.8.20` is a date; a label is followed by words.
fn is_decimal_label(n_numerals: u8, after: &str) -> bool {
    const QUANTITIES: &str = "万亿元倍吨";
    const UNITS: &str = "个千百公平米年月日度克立人家点到分小台套辆亩斤";
    let words = trim_start(after);
    let is_glued = words.len() == after.len();
    let is_unit = |ch| QUANTITIES.contains(ch) || is_glued && UNITS.contains(ch);
    let is_word = |ch: char| ch.is_alphabetic() && !is_unit(ch) || "“《【（".contains(ch);
    n_numerals < 6 && words.chars().next().is_some_and(is_word)
}

fn stop(text: &str) -> Option<usize> {
    text.chars()
        .next()
        .filter(|ch| matches!(ch, '、' | '.' | '．'))
        .map(char::len_utf8)
}

/// Enclosed numerals of Unicode, which are one character with their brackets or stop.
fn enclosed(ch: char) -> Option<(Form, u32, usize)> {
    let code = ch as u32;
    let (form, first) = match ch {
        '①'..='⑳' => (Form::Mark, '①'),
        '⑴'..='⒇' => (Form::ArabicParen, '⑴'),
        '⒈'..='⒛' => (Form::Arabic, '⒈'),
        '㈠'..='㈩' => (Form::HanParen, '㈠'),
        _ => return None,
    };
    Some((form, code - first as u32 + 1, ch.len_utf8()))
}

fn capital(text: &str) -> Option<(Form, u32, usize)> {
    let (ordinal, len) = numeral::capital(text)?;
    let end = len + stop(&text[len..])?;
    Some((Form::Capital, ordinal, end))
}

fn han(text: &str) -> Option<(Form, u32, usize)> {
    let (ordinal, len) = numeral::han(text)?;
    let after = &text[len..];
    if trim_start(after).is_empty() {
        return (ordinal > 0 && ordinal < 100).then_some((Form::Bare, ordinal, len));
    }
    let gap = after.len() - trim_start(after).len();
    if let Some(stop) = stop(&after[gap..]) {
        return Some((Form::Han, ordinal, len + gap + stop));
    }
    if let Some(close) = close_bracket(after) {
        return Some((Form::HanHalf, ordinal, len + close));
    }
    let verb = after
        .chars()
        .next()
        .filter(|ch| matches!(ch, '是' | '要'))?;
    (ordinal > 0 && ordinal <= 30).then_some((Form::Point, ordinal, len + verb.len_utf8()))
}

fn named(text: &str) -> Option<(Form, u32, usize)> {
    let is_han = |ch: &char| ('\u{4e00}'..='\u{9fff}').contains(ch);
    for (n_chars, (at, ch)) in text.char_indices().enumerate().take(6) {
        if n_chars >= 2
            && let Some((ordinal, len)) = numbered(text, at)
        {
            return Some((Form::Named, ordinal, len));
        }
        if !is_han(&ch) && !(n_chars >= 2 && is_blank(ch)) {
            return None;
        }
    }
    None
}

/// The number and the end of a named label whose name ends at `at`.
fn numbered(text: &str, at: usize) -> Option<(u32, usize)> {
    let name = text[..at].trim_end_matches(is_blank);
    let (ordinal, len) = numeral::any(&text[at..])?;
    let end = at + len;
    let colon = text[end..]
        .chars()
        .next()
        .filter(|ch| matches!(ch, '：' | ':'));
    let is_ratio =
        |colon: char| text[end + colon.len_utf8()..].starts_with(|ch: char| ch.is_ascii_digit());
    if let Some(colon) = colon.filter(|&colon| !is_ratio(colon)) {
        return Some((ordinal, end + colon.len_utf8()));
    }
    let is_marked = ["专栏", "專欄", "附件", "附表", "附录"]
        .iter()
        .any(|word| name.ends_with(word));
    is_marked.then(|| (ordinal, end + stop(&text[end..]).unwrap_or(0)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(line: &str, expected: Option<(Form, u32, &str, &str)>) {
        assert_eq!(
            lex(line).map(|l| (l.form, l.ordinal, l.text, l.rest)),
            expected,
            "{line}"
        );
    }

    #[test]
    fn reads_every_form() {
        use Form::*;
        for (line, form, ordinal, label) in [
            ("一、园区概况", Han, 1, "一、"),
            ("　　十二．园区概况", Han, 12, "十二．"),
            ("（三）园区概况", HanParen, 3, "（三）"),
            ("( 三 ) 园区概况", HanParen, 3, "( 三 )"),
            ("(三)园区概况", HanParen, 3, "(三)"),
            ("㈢园区概况", HanParen, 3, "㈢"),
            ("(三）、园区概况", HanParen, 3, "(三）、"),
            ("1.园区概况", Arabic, 1, "1."),
            ("１２、园区概况", Arabic, 12, "１２、"),
            ("（1）园区概况", ArabicParen, 1, "（1）"),
            ("1)园区概况", ArabicHalf, 1, "1)"),
            ("一）园区概况", HanHalf, 1, "一）"),
            ("②园区概况", Mark, 2, "②"),
            ("第三编 园区概况", Volume, 3, "第三编"),
            ("第 三 章 园区概况", Chapter, 3, "第 三 章"),
            ("第二節 園區概況", Section, 2, "第二節"),
            ("第十五条之一 园区概况", Article, 15, "第十五条之一"),
            ("第15条 园区概况", Article, 15, "第15条"),
            ("第十七条，园区概况", Article, 17, "第十七条"),
            ("第一部分 园区概况", Division, 1, "第一部分"),
            ("第二，园区概况", Ordinal, 2, "第二，"),
            ("参、园区概况", Capital, 3, "参、"),
            ("1.2 园区概况", Decimal(2), 2, "1.2"),
            ("1.2.3园区概况", Decimal(3), 3, "1.2.3"),
            ("一是园区概况", Point, 1, "一是"),
            ("二要园区概况", Point, 2, "二要"),
            ("任务三：园区概况", Named, 3, "任务三："),
            ("专栏 2 园区概况", Named, 2, "专栏 2"),
            ("附件1：园区概况", Named, 1, "附件1："),
            ("1.2 人才概况", Decimal(2), 2, "1.2"),
        ] {
            let rest = if line.contains("人才") {
                "人才概况"
            } else if line.contains('園') {
                "園區概況"
            } else {
                "园区概况"
            };
            check(line, Some((form, ordinal, label, rest)));
        }
        check("<U+00A0>　四", Some((Bare, 4, "四", "")));
    }

    #[test]
    fn passes_over_references_and_counts() {
        for line in [
            "（一）中所说的情形",
            "（二）、（三）两项",
            "（一）和（二）的情形",
            "（三）项规定的情形",
            "第三条规定的情形",
            "第三条的园区",
            "第三条、第四条所列园区",
            "一、二级市场并存",
            "三、四月份开工",
            "1.5亿元投入园区",
            "2.5",
            "2009年园区概况",
            "（2009）园区概况",
            "2009.8.20",
            "一方面园区扩大",
            "第三方机构评估",
            "上午9:30开会",
            "园区概况",
            "",
        ] {
            check(line, None);
        }
    }
}
