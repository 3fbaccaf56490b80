//! Numerals in labels: Han (plain and capital), Arabic in both widths, and the enclosed forms of Unicode.

use crate::document::blank::is_blank;
use crate::text::numerals::{decimal, han_digit, multiplier};

/// Reads the Han numeral at the start of `text`: its value and its length in bytes; `None` without one.
///
/// By place value (`二十三`, `一百零五`) and digit by digit (`二〇`, `一一`).
pub(super) fn han(text: &str) -> Option<(u32, usize)> {
    read(text, |ch| match ch {
        '○' => Some(0),
        '廿' => Some(20),
        // 万 numbers no part of a report.
        '万' | '亿' => None,
        ch => han_digit(ch).or_else(|| multiplier(ch).and_then(|value| u32::try_from(value).ok())),
    })
}

/// Reads the capital numeral (`壹`, `貳`) at the start of `text`.
pub(super) fn capital(text: &str) -> Option<(u32, usize)> {
    read(text, |ch| match ch {
        '壹' => Some(1),
        '贰' | '貳' => Some(2),
        '叁' | '参' | '參' | '叄' => Some(3),
        '肆' => Some(4),
        '伍' => Some(5),
        '陆' | '陸' => Some(6),
        '柒' => Some(7),
        '捌' => Some(8),
        '玖' => Some(9),
        '拾' => Some(10),
        _ => None,
    })
}

/// Reads the Arabic numeral of either width at the start of `text`, of at most four digits.
pub(super) fn arabic(text: &str) -> Option<(u32, usize)> {
    let mut value = 0;
    let mut len = 0;
    for (n_digits, ch) in text.chars().enumerate() {
        let Some(digit) = decimal(ch) else { break };
        // Five digits are an amount or a code.
        if n_digits == 4 {
            return None;
        }
        value = value * 10 + digit;
        len += ch.len_utf8();
    }
    (len > 0).then_some((value, len))
}

/// Reads the Han numeral between 第 and its unit as recognized pages print it: blanks may separate its
/// characters, and a dash may replace the 一 that ends it (`第 二 十 条`, `第二十-条`).
pub(super) fn recognized(text: &str) -> Option<(u32, usize)> {
    const MAX_CHARS: usize = 16;
    let mut plain = String::new();
    let mut len = 0;
    for (at, ch) in text.char_indices().take(MAX_CHARS) {
        match ch {
            _ if is_blank(ch) => continue,
            _ if han(ch.encode_utf8(&mut [0; 4])).is_some() => plain.push(ch),
            '-' | '－' | '—' | '–' | '―'
                // Only there can the numeral end in 一; a dash elsewhere ends the reading.
                if plain.is_empty() || plain.ends_with(['十', '百', '零', '〇']) =>
            {
                plain.push('一');
                len = at + ch.len_utf8();
                break;
            }
            _ => break,
        }
        len = at + ch.len_utf8();
    }
    let (value, read) = han(&plain)?;
    // A remainder that is no numeral means that the characters were not one number.
    (read == plain.len()).then_some((value, len))
}

/// Reads a Han or an Arabic numeral.
pub(crate) fn any(text: &str) -> Option<(u32, usize)> {
    han(text).or_else(|| arabic(text))
}

fn read(text: &str, digit: impl Fn(char) -> Option<u32>) -> Option<(u32, usize)> {
    // Seven characters hold 一千一百一十一; a longer run is not a label.
    let (mut total, mut last, mut len) = (0u32, None, 0);
    for ch in text.chars().take(7) {
        let Some(value) = digit(ch) else { break };
        if value >= 10 {
            total += last.take().unwrap_or(1) * value;
        } else {
            // Without a multiplier the digits follow each other (二〇 is 20).
            last = Some(last.unwrap_or(0) * 10 + value);
        }
        len += ch.len_utf8();
    }
    (len > 0).then(|| (total.saturating_add(last.unwrap_or(0)), len))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_numerals() {
        for (text, expected) in [
            ("三、", Some((3, 3))),
            ("十二章", Some((12, 6))),
            ("二十", Some((20, 6))),
            ("一百零五条", Some((105, 12))),
            ("二〇二一", Some((2021, 12))),
            ("年", None),
        ] {
            assert_eq!(han(text), expected, "{text}");
        }
        for (text, expected) in [
            ("二十-条", Some((21, 7))),
            ("—章", Some((1, 3))),
            ("二 十 条", Some((20, 7))),
            (" 条", None),
            ("二-十条", Some((2, 3))),
        ] {
            assert_eq!(recognized(text), expected, "{text}");
        }
        assert_eq!(arabic("１2."), Some((12, 4)));
        assert_eq!(arabic("12345"), None);
        assert_eq!(capital("參、"), Some((3, 3)));
    }
}
