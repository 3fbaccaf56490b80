//! Reads dates in all printed forms.
//!
//! ```text
//! date    = [republic] year "年" [month "月" [day ("日" | "号")]]
//! year    = 4 digits | 4 Chinese digits | after `republic`: "元" | 1–3 digits | a Chinese number to 199
//! month   = 1–2 digits | a Chinese number to 12
//! day     = 1–2 digits | a Chinese number to 31
//! numeric = 4 digits sep 1–2 digits sep 1–2 digits        sep = "-" | "/" | "."
//! compact = 4 digits 2 digits 2 digits                    in file names and record fields only
//! ```
//! Digits may be full-width, 零 may be `〇 ○ Ｏ O 0`, and blanks may separate the parts. Years of the republic
//! (民國, 中華民國) count from 1912.

use std::ops::Range;

use super::Date;
use crate::text::numerals::one_to_nine;

/// A date in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// The date.
    pub date: Date,
    /// Its half-open range in characters of the text.
    pub place: Range<usize>,
}

/// Years outside this range are other numbers of four digits.
const YEARS: std::ops::RangeInclusive<u16> = 1000..=2999;

/// The first date in `text` that is written with 年 or in numeric form; `None` without one.
pub fn find(text: &str) -> Option<Found> {
    // Lines without a date are the rule; this saves collecting their characters.
    if !text.contains(MARKS) {
        return None;
    }
    // At each position the form with 年 is tried first.
    find_with(text, &[with_characters, with_separators])
}

/// The first date in the name of a file: also compact, and, if no other form occurs, a bare year from 1900 to
/// 2099.
pub fn find_numeric(name: &str) -> Option<Found> {
    // In this order over the whole name: `20200101` inside a serial number must not hide a written date
    // further on.
    find_with(name, &[with_characters, with_separators])
        .or_else(|| find_with(name, &[compact]))
        .or_else(|| find_with(name, &[year_month, bare_year]))
}

/// The date that `text` begins with, in any form, as a record's field contains it; `None` without one.
pub fn parse(text: &str) -> Option<Date> {
    let chars = fold(text.trim());
    let forms: [Form; 5] = [
        with_characters,
        with_separators,
        compact,
        year_month,
        bare_year,
    ];
    forms
        .iter()
        .find_map(|form| form(&chars, 0))
        .map(|(date, _)| date)
}

/// Reads a date that starts at a position; returns the date and the position after it.
type Form = fn(&[char], usize) -> Option<(Date, usize)>;

/// A date contains one of these, unless it is all digits.
const MARKS: [char; 7] = ['年', '-', '/', '.', '－', '／', '．'];

fn find_with(text: &str, forms: &[Form]) -> Option<Found> {
    let chars = fold(text);
    (0..chars.len()).find_map(|start| {
        // `12009年` does not contain the year 2009.
        let inside_number =
            start > 0 && chars[start - 1].is_ascii_digit() && chars[start].is_ascii_digit();
        if inside_number {
            return None;
        }
        let (date, end) = forms.iter().find_map(|form| form(&chars, start))?;
        let place = start..end;
        Some(Found { date, place })
    })
}

/// The characters of `text`, digits and marks as ASCII, one for one.
fn fold(text: &str) -> Vec<char> {
    text.chars()
        .map(|ch| match ch {
            // Full-width forms are ASCII shifted by 0xfee0. One character stays one, so that ranges are those
            // of the original.
            '\u{ff01}'..='\u{ff5e}' => char::from_u32(ch as u32 - 0xfee0).unwrap_or(ch),
            '國' => '国',
            '華' => '华',
            '號' => '号',
            ch => ch,
        })
        .collect()
}

fn with_characters(chars: &[char], start: usize) -> Option<(Date, usize)> {
    let (year, at) = match republic(chars, start) {
        Some(at) => {
            let (year, at) = republic_year(chars, skip_blanks(chars, at))?;
            // The republic's year 1 is 1912.
            (year + 1911, at)
        }
        None => western_year(chars, start)?,
    };
    let mut end = after(chars, at, &['年'])?;
    let (mut month, mut day) = (None, None);
    if let Some((number, at)) = followed_by(chars, end, 12, &['月']) {
        (month, end) = (Some(number), at);
        if let Some((number, at)) = followed_by(chars, end, 31, &['日', '号']) {
            (day, end) = (Some(number), at);
        }
    }
    Some((Date::new(year, month, day)?, end))
}

/// The number up to `most` from `at` on that one of `marks` follows, and the end of the mark.
fn followed_by(chars: &[char], at: usize, most: u16, marks: &[char]) -> Option<(u8, usize)> {
    let (number, at) = number(chars, skip_blanks(chars, at), most)?;
    Some((u8::try_from(number).ok()?, after(chars, at, marks)?))
}

fn republic(chars: &[char], start: usize) -> Option<usize> {
    let rest = &chars[start..];
    ["中华民国", "民国"].iter().find_map(|name| {
        let name: Vec<char> = name.chars().collect();
        rest.starts_with(&name).then_some(start + name.len())
    })
}

fn republic_year(chars: &[char], at: usize) -> Option<(u16, usize)> {
    if chars.get(at) == Some(&'元') {
        return Some((1, at + 1));
    }
    let (digits, end) = digits(chars, at);
    // Years of the republic have up to three digits so far.
    if (1..=3).contains(&(end - at)) {
        return Some((digits, end));
    }
    let count = chars[at..].iter().take_while(|&&ch| is_numeral(ch)).count();
    let numeral = &chars[at..at + count];
    let year = match numeral {
        [] => return None,
        // 一〇一: digit by digit.
        _ if numeral.iter().all(|&ch| digit(ch).is_some()) && count <= 3 => numeral
            .iter()
            .filter_map(|&ch| digit(ch))
            .fold(0, |year, digit| year * 10 + digit),
        ['百', rest @ ..] | ['一', '百', rest @ ..] => 100 + tens(rest)?,
        _ => tens(numeral)?,
    };
    Some((year, at + count))
}

/// A year of four digits, or of four single digits, Chinese or not, which blanks may separate.
fn western_year(chars: &[char], start: usize) -> Option<(u16, usize)> {
    let (year, end) = digits(chars, start);
    // Several adjacent digits are a whole number; a single one may begin a spaced-out year (`2 0 0 9`).
    if end > start + 1 {
        return (end - start == 4 && YEARS.contains(&year)).then_some((year, end));
    }
    let mut year = 0;
    let mut at = start;
    for place in 0..4 {
        if place > 0 {
            at = skip_blanks(chars, at);
        }
        let ch = *chars.get(at)?;
        let ascii = ch.to_digit(10).map(|digit| digit as u16);
        year = year * 10 + ascii.or_else(|| digit(ch))?;
        at += 1;
    }
    YEARS.contains(&year).then_some((year, at))
}

/// A number from 1 to `most`, in digits or Chinese.
fn number(chars: &[char], at: usize, most: u16) -> Option<(u16, usize)> {
    let (value, end) = digits(chars, at);
    let (value, end) = if end > at {
        (value, end)
    } else {
        let count = chars[at..].iter().take_while(|&&ch| is_numeral(ch)).count();
        (tens(&chars[at..at + count])?, at + count)
    };
    // Three characters hold 三十一 and 廿三; anything longer is not a month or a day.
    (end - at <= 3 && (1..=most).contains(&value)).then_some((value, end))
}

/// The run of ASCII digits at `at` as a number, and its end; the number is cut at four digits.
fn digits(chars: &[char], at: usize) -> (u16, usize) {
    let count = chars[at..]
        .iter()
        .take_while(|ch| ch.is_ascii_digit())
        .count();
    let value = chars[at..at + count.min(4)]
        .iter()
        .filter_map(|ch| ch.to_digit(10))
        .fold(0, |value, digit| value * 10 + digit as u16);
    (value, at + count)
}

/// A Chinese number to 99, such as 九, 十, 十二, 三十一, or digit by digit 三一; `None` for anything else.
fn tens(numeral: &[char]) -> Option<u16> {
    match *numeral {
        ['廿', unit] => Some(20 + digit(unit)?),
        ['十'] => Some(10),
        ['十', unit] => Some(10 + digit(unit)?),
        [ten, '十'] => Some(10 * digit(ten)?),
        [ten, '十', unit] | [ten, unit] => Some(10 * digit(ten)? + digit(unit)?),
        [unit] => digit(unit),
        _ => None,
    }
}

fn is_numeral(ch: char) -> bool {
    matches!(ch, '十' | '百' | '廿') || (digit(ch).is_some() && !ch.is_ascii())
}

/// A Chinese digit, with every character printed for 零.
fn digit(ch: char) -> Option<u16> {
    if matches!(
        ch,
        // Latin, Greek and Cyrillic O among them: all occur in converted files.
        '〇' | '○' | '零' | 'O' | 'o' | '0' | '◯' | 'Ο' | 'О' | '０'
    ) {
        return Some(0);
    }
    one_to_nine(ch).and_then(|digit| u16::try_from(digit).ok())
}

fn with_separators(chars: &[char], start: usize) -> Option<(Date, usize)> {
    let (year, end) = four_digits(chars, start)?;
    let separator = *chars.get(end).filter(|ch| matches!(ch, '-' | '/' | '.'))?;
    let (month, end) = short(chars, end + 1)?;
    // `2009-8/20` mixes separators and is no date.
    (chars.get(end) == Some(&separator)).then_some(())?;
    let (day, end) = short(chars, end + 1)?;
    Some((Date::new(year, Some(month), Some(day))?, end))
}

fn compact(chars: &[char], start: usize) -> Option<(Date, usize)> {
    let (_, end) = digits(chars, start);
    // A longer run of digits is a serial number.
    if end - start != 8 {
        return None;
    }
    let part = |from: usize, to: usize| digits(&chars[..start + to], start + from).0;
    let (year, month, day) = (part(0, 4), part(4, 6) as u8, part(6, 8) as u8);
    // Eight digits are many things; only recent years are believed.
    (1900..=2099).contains(&year).then_some(())?;
    Some((Date::new(year, Some(month), Some(day))?, end))
}

/// `2009-08`, not the start of a longer number.
fn year_month(chars: &[char], start: usize) -> Option<(Date, usize)> {
    let (year, end) = four_digits(chars, start)?;
    chars.get(end).filter(|ch| matches!(ch, '-' | '/' | '.'))?;
    let (month, end) = short(chars, end + 1)?;
    Some((Date::new(year, Some(month), None)?, end))
}

/// A bare year, not a part of a name (`word2003xml`).
fn bare_year(chars: &[char], start: usize) -> Option<(Date, usize)> {
    let (year, end) = four_digits(chars, start)?;
    let before = start.checked_sub(1).and_then(|at| chars.get(at));
    let is_in_name = [before, chars.get(end)]
        .into_iter()
        .flatten()
        .any(char::is_ascii_alphabetic);
    ((1900..=2099).contains(&year) && !is_in_name).then_some(())?;
    Some((Date::new(year, None, None)?, end))
}

fn four_digits(chars: &[char], start: usize) -> Option<(u16, usize)> {
    let (year, end) = digits(chars, start);
    (end - start == 4 && YEARS.contains(&year)).then_some((year, end))
}

fn short(chars: &[char], at: usize) -> Option<(u8, usize)> {
    let (value, end) = digits(chars, at);
    (1..=2).contains(&(end - at)).then_some((value as u8, end))
}

fn skip_blanks(chars: &[char], at: usize) -> usize {
    at + chars[at..]
        .iter()
        .take_while(|ch| ch.is_whitespace())
        .count()
}

/// The position after one of `wanted`, which blanks may precede.
fn after(chars: &[char], at: usize, wanted: &[char]) -> Option<usize> {
    let at = skip_blanks(chars, at);
    chars
        .get(at)
        .filter(|ch| wanted.contains(ch))
        .map(|_| at + 1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[track_caller]
    fn check(text: &str, expected: &str) {
        let actual = find(text).map_or(String::new(), |found| found.date.to_string());
        assert_eq!(actual, expected, "{text}");
    }

    #[test]
    fn printed_forms() {
        check("时间:2022-09-01 06:12:00", "2022-09-01");
        check("2009/8/20", "2009-08-20");
        check("2009.8.20", "2009-08-20");
        check("——2016年3月2日在某会议上", "2016-03-02");
        check("２０１６年３月", "2016-03");
        check("二〇二二年九月一日", "2022-09-01");
        check("一九八三年六月", "1983-06");
        check("二○○九年十二月三十一日", "2009-12-31");
        check("二 Ｏ Ｏ 九 年 八 月 二 十 日", "2009-08");
        check("二零零九年八月廿一日", "2009-08-21");
        check("中華民國九十八年九月一日", "2009-09-01");
        check("民國101年3月22日", "2012-03-22");
        check("民国一〇一年", "2012");
        check("2016 年 3 月 2 日", "2016-03-02");
        check("——1 9 9 8 年3 月5 日在会议上", "1998-03-05");
        check("二00九年八月", "2009-08");
        check("2013年12月", "2013-12");
        check("全文（2019-06-29）", "2019-06-29");
    }

    #[test]
    fn rejects_numbers_that_are_not_dates() {
        for text in [
            "2009-13-01",
            "2009-02-29",
            "2009年2月30日",
            "12009年",
            "3.5.2",
            "2005〕37号",
            "五年",
            "3月2日",
            "20220901",
            "八千年",
        ] {
            check(text, "");
        }
        check("2008年2月29日", "2008-02-29");
        check("2009年13月", "2009");
    }

    #[test]
    fn file_names_and_fields() {
        let name =
            |name: &str| find_numeric(name).map_or(String::new(), |found| found.date.to_string());
        assert_eq!(name("某局20220901总结"), "2022-09-01");
        assert_eq!(name("办法(2019-06-29)"), "2019-06-29");
        assert_eq!(name("2026_某省"), "2026");
        assert_eq!(name("第12345号"), "");
        assert_eq!(name("word2003xml"), "");
        assert_eq!(name("2009-08工作总结"), "2009-08");
        let field = |text: &str| parse(text).map_or(String::new(), |date| date.to_string());
        assert_eq!(field(" 2013-08-21T00:00:00Z "), "2013-08-21");
        assert_eq!(field("20130821"), "2013-08-21");
        assert_eq!(field("2013"), "2013");
        assert_eq!(field("昨天"), "");
    }

    proptest! {
        #[test]
        fn ranges_lie_in_the_text(text in "[0-9一二十〇年月日民國 .-]{0,16}") {
            let n_chars = text.chars().count();
            for found in [find(&text), find_numeric(&text)].into_iter().flatten() {
                prop_assert!(found.place.start < found.place.end && found.place.end <= n_chars);
            }
            parse(&text);
        }
    }

    /// A number from 1 to 99 as it is written in Chinese.
    fn han(number: u16) -> String {
        let digit = |n: u16| {
            "〇一二三四五六七八九"
                .chars()
                .nth(usize::from(n))
                .map(String::from)
        };
        let (tens, unit) = (number / 10, number % 10);
        let tens = match tens {
            0 => String::new(),
            1 => "十".to_owned(),
            tens => format!("{}十", digit(tens).unwrap_or_default()),
        };
        let unit = digit(unit).filter(|_| unit > 0).unwrap_or_default();
        tens + &unit
    }

    /// `text` with each ASCII digit replaced by the one at its place in `digits`.
    fn in_digits(text: &str, digits: &str) -> String {
        let digits: Vec<char> = digits.chars().collect();
        let digit = |ch: char| ch.to_digit(10).map_or(ch, |digit| digits[digit as usize]);
        text.chars().map(digit).collect()
    }

    proptest! {
        #[test]
        fn a_date_is_read_in_every_form_that_people_write(year in 1912_u16..2100, month in 1_u8..13, day in 1_u8..32) {
            let Some(date) = Date::new(year, Some(month), Some(day)) else { return Ok(()) };
            let plain = format!("{year}年{month}月{day}日");
            let own = han(u16::from(month)) + "月" + &han(u16::from(day));
            let wide = "０１２３４５６７８９";
            let forms = [
                plain.clone(),
                format!("{year}年{month}月{day}号"),
                format!("{year} 年 {month} 月 {day} 日"),
                format!("{year}年{month:02}月{day:02}日"),
                in_digits(&plain, wide),
                format!("{year}-{month:02}-{day:02}"),
                format!("{year}/{month}/{day}"),
                in_digits(&format!("{year}．{month}．{day}"), wide),
                format!("{}年{own}日", in_digits(&year.to_string(), "〇一二三四五六七八九")),
                format!("{}年{own}日", in_digits(&year.to_string(), "○一二三四五六七八九")),
                format!("{}年{own}日", in_digits(&year.to_string(), "零一二三四五六七八九")),
                format!("中华民国{}年{month}月{day}日", year - 1911),
                format!("民國 {} 年 {month} 月 {day} 日", year - 1911),
            ];
            for form in forms {
                let text = format!("会议于{form}召开");
                let found = find(&text);
                prop_assert_eq!(found.as_ref().map(|found| found.date), Some(date), "{}", text);
                let n_chars = form.chars().count();
                prop_assert_eq!(found.map(|found| found.place), Some(3..3 + n_chars), "{}", text);
                prop_assert_eq!(parse(&form), Some(date), "{}", form);
            }
            prop_assert_eq!(parse(&format!("{year}{month:02}{day:02}")), Some(date));
            let name = format!("总结{year}{month:02}{day:02}");
            prop_assert_eq!(find_numeric(&name).map(|found| found.date), Some(date));
        }

        #[test]
        fn what_is_printed_is_read_again(year in 1900_u16..2100, month in 0_u8..13, day in 0_u8..32) {
            let some = |part: u8| (part > 0).then_some(part);
            if let Some(date) = Date::new(year, some(month), some(day)) {
                prop_assert_eq!(parse(&date.to_string()), Some(date));
            }
        }
    }
}
