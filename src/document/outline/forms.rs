//! The forms of labels, each with a hand-written reader that returns the form, the number and the length in
//! bytes.

use super::numeral;
use crate::document::blank::{ends_with_any, is_blank, trim_start};

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

/// Reads the label that `text` begins with, if any.
pub(super) fn read(text: &str) -> Option<(Form, u32, usize)> {
    match text.chars().next()? {
        '第' => after_di(text),
        '（' | '(' => bracketed(text),
        '0'..='9' | '０'..='９' => arabic(text),
        first => enclosed(first)
            .or_else(|| capital(text))
            .or_else(|| han(text))
            .or_else(|| named(text)),
    }
}

fn after_di(text: &str) -> Option<(Form, u32, usize)> {
    let start = text.len() - trim_start(&text['第'.len_utf8()..]).len();
    let number = &text[start..];
    let (ordinal, len) = numeral::recognized(number).or_else(|| numeral::arabic(number))?;
    // Recognized pages put blanks between 第, the numeral and the unit.
    let unit_at = text.len() - trim_start(&text[start + len..]).len();
    let (form, unit_len) = form_of_unit(&text[unit_at..])?;
    let end = unit_at + unit_len;
    let inserted = match form {
        Form::Article => inserted(&text[end..]),
        _ => 0,
    };
    Some((form, ordinal, end + inserted))
}

/// The form of a label by the unit that it counts, and the length of that unit.
fn form_of_unit(unit: &str) -> Option<(Form, usize)> {
    if unit.starts_with("部分") {
        return Some((Form::Division, "部分".len()));
    }
    let first = unit.chars().next()?;
    let form = match first {
        '编' | '編' | '篇' => Form::Volume,
        '章' => Form::Chapter,
        '节' | '節' => Form::Section,
        '条' | '條' => Form::Article,
        '，' | '、' | ',' => Form::Ordinal,
        _ => return None,
    };
    Some((form, first.len_utf8()))
}

/// The length of `之一` after 第X条; 0 without it.
fn inserted(text: &str) -> usize {
    let numeral = text.strip_prefix('之').and_then(numeral::han);
    numeral.map_or(0, |(_, len)| '之'.len_utf8() + len)
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
    // `（一）、` is a label, `（一）、（二）` a list of references.
    let comma = text[end..]
        .strip_prefix('、')
        .filter(|after| !after.starts_with(['（', '(']));
    let comma = comma.map_or(0, |_| '、'.len_utf8());
    // A year or a document number in brackets is not a label.
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
    // Above 200, a number is a year or an amount more often than an item.
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

/// A point and the numeral after it.
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
    // A unit after a blank begins a word (`1.2 公司概况`), directly after the digits it makes a quantity.
    let words = trim_start(after);
    let is_glued = words.len() == after.len();
    let is_unit = |ch| QUANTITIES.contains(ch) || is_glued && UNITS.contains(ch);
    let is_word = |ch: char| ch.is_alphabetic() && !is_unit(ch) || "“《【（".contains(ch);
    // Six numerals are an address or a version, not a section.
    n_numerals < 6 && words.chars().next().is_some_and(is_word)
}

fn stop(text: &str) -> Option<usize> {
    text.chars()
        .next()
        .filter(|ch| matches!(ch, '、' | '.' | '．'))
        .map(char::len_utf8)
}

/// Enclosed numerals of Unicode: one character with their brackets or stop.
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
        // A numeral alone on its line heads a part in older reports.
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
    // 三百是 is no point: lists of points are short.
    (ordinal > 0 && ordinal <= 30).then_some((Form::Point, ordinal, len + verb.len_utf8()))
}

fn named(text: &str) -> Option<(Form, u32, usize)> {
    let is_han = |ch: &char| ('\u{4e00}'..='\u{9fff}').contains(ch);
    // Names of labels have two to four characters; six allow for blanks.
    for (n_chars, (at, ch)) in text.char_indices().enumerate().take(6) {
        if n_chars >= 2
            && let Some((ordinal, len)) = numbered(text, at)
        {
            return Some((Form::Named, ordinal, len));
        }
        let continues = is_han(&ch) || n_chars >= 2 && is_blank(ch);
        // Anything but a Han character ends the name before its number.
        if !continues {
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
    // `项目1：20` is a ratio or a time.
    let is_ratio =
        |colon: char| text[end + colon.len_utf8()..].starts_with(|ch: char| ch.is_ascii_digit());
    if let Some(colon) = colon.filter(|&colon| !is_ratio(colon)) {
        return Some((ordinal, end + colon.len_utf8()));
    }
    // These words label attachments and boxes even without a colon.
    ends_with_any(name, "专栏 專欄 附件 附表 附录")
        .then(|| (ordinal, end + stop(&text[end..]).unwrap_or(0)))
}

#[cfg(test)]
mod tests;
