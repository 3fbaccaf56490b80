//! Automatic numbers, written as the reader of the document sees them: `第三章`, `（二）`, `1.2`.

use std::collections::BTreeMap;
use std::ops::RangeInclusive;

use crate::text::numerals::HAN_DIGITS;

/// How a number is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Form {
    /// 1 2 3
    #[default]
    Decimal,
    /// 01 02 03
    DecimalZero,
    /// １ ２ ３
    FullWidth,
    /// 一 二 十 十一
    Han,
    /// 一 二 三 digit by digit: 一〇
    HanDigits,
    /// 壹 贰 叁
    HanLegal,
    /// ① ② ③
    Circle,
    /// ⑴ ⑵ ⑶
    Parenthesis,
    /// ⒈ ⒉ ⒊
    Stop,
    /// 甲 乙 丙
    Stem,
    /// 子 丑 寅
    Branch,
    /// I II III
    UpperRoman,
    /// i ii iii
    LowerRoman,
    /// A B C
    UpperLetter,
    /// a b c
    LowerLetter,
    /// A mark or nothing.
    Mark,
}

/// The form that Word's files before 2007 store as a code: `MSONFC`, [MS-OSHARED] 2.2.1.3.
pub(super) fn form_by_code(code: u8) -> Form {
    match code {
        1 => Form::UpperRoman,
        2 => Form::LowerRoman,
        3 => Form::UpperLetter,
        4 => Form::LowerLetter,
        11 | 33 | 35 | 37 | 39 | 42 => Form::Han,
        10 | 17 | 36 | 40 => Form::HanDigits,
        16 | 34 | 38 => Form::HanLegal,
        14 | 19 => Form::FullWidth,
        18 | 28 | 29 => Form::Circle,
        22 => Form::DecimalZero,
        23 | 255 => Form::Mark,
        26 => Form::Stop,
        27 => Form::Parenthesis,
        30 => Form::Stem,
        31 => Form::Branch,
        _ => Form::Decimal,
    }
}

/// One level of a list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Level {
    /// The first number.
    pub(super) start: u32,
    /// How it is written.
    pub(super) form: Form,
    /// The label, with `%1` to `%9` for the numbers of the levels.
    pub(super) template: String,
    /// Whether numbers of all levels are written in decimal.
    pub(super) is_legal: bool,
    /// Number of the first levels that restart it, if not all higher levels do (ECMA-376 17.9.10); 0 for
    /// none.
    pub(super) restarts_below: Option<usize>,
}

/// Maximum number of levels of a list in any format.
pub(super) const MAX_LEVELS: usize = 10;

/// The current numbers of lists, by a key for each list.
#[derive(Default)]
pub(super) struct Counters(BTreeMap<u64, [Option<u32>; MAX_LEVELS]>);

impl Counters {
    /// The label of the next paragraph of the list at `level`, from 0; empty if it has none.
    pub(super) fn next(&mut self, list: u64, levels: &[Level], level: usize) -> String {
        let Some(this) = levels.get(level).filter(|_| level < MAX_LEVELS) else {
            return String::new();
        };
        let counts = self.0.entry(list).or_default();
        let next = counts[level].map_or(this.start, |count| count.saturating_add(1));
        counts[level] = Some(next);
        // A new number restarts all lower levels, unless they say which levels do.
        for (ord, count) in counts.iter_mut().enumerate().skip(level + 1) {
            let restarts_below = levels.get(ord).and_then(|below| below.restarts_below);
            if restarts_below.is_none_or(|n_levels| level < n_levels) {
                *count = None;
            }
        }
        // A skipped level counts as begun.
        for above in 0..level {
            counts[above].get_or_insert(levels[above].start);
        }
        written(this, levels, counts)
    }

    /// Restarts the list at `level`, with `start`.
    pub(super) fn restart(&mut self, list: u64, level: usize, start: u32) {
        if level < MAX_LEVELS {
            let counts = self.0.entry(list).or_default();
            // The next number is one more than the stored one; no number before 0.
            counts[level] = start.checked_sub(1);
        }
    }
}

fn written(this: &Level, levels: &[Level], counts: &[Option<u32>; MAX_LEVELS]) -> String {
    // Bullets carry no text; a mark with a template still refers to the numbers of other levels.
    if this.form == Form::Mark && !this.template.contains('%') {
        return String::new();
    }
    let mut out = String::new();
    let mut chars = this.template.chars().peekable();
    while let Some(ch) = chars.next() {
        let digit = chars.peek().and_then(|next| next.to_digit(10));
        match digit {
            Some(digit @ 1..) if ch == '%' => {
                chars.next();
                let ord = digit as usize - 1;
                let number = levels.get(ord).zip(counts[ord]);
                out.extend(number.map(|(level, count)| this.number_of(level, count)));
            }
            // Symbol fonts have their marks in the private use area.
            _ if ('\u{e000}'..='\u{f8ff}').contains(&ch) => {}
            _ => out.push(ch),
        }
    }
    out
}

impl Level {
    /// The number of `level` as the label of this one shows it.
    fn number_of(&self, level: &Self, count: u32) -> String {
        match self.is_legal {
            true => write(count, Form::Decimal),
            false => write(count, level.form),
        }
    }
}

/// `label` in front of `text`; separated by a blank only if the label ends in a letter or digit.
pub(super) fn labelled(label: &str, text: &str) -> String {
    let label = label.trim();
    // `1.` and `（一）` need no blank, `第一章` does.
    let gap = if label.ends_with(char::is_alphanumeric) {
        " "
    } else {
        ""
    };
    if label.is_empty() || text.trim().is_empty() {
        text.to_owned()
    } else {
        format!("{label}{gap}{}", text.trim_start())
    }
}

/// `number` in `form`; in decimal where the form has no such number.
pub(super) fn write(number: u32, form: Form) -> String {
    let special = match form {
        Form::Decimal => None,
        Form::Mark => Some(String::new()),
        Form::DecimalZero => Some(format!("{number:02}")),
        Form::FullWidth => Some(with_digits(number, "０１２３４５６７８９")),
        Form::Han => han(number, "〇一二三四五六七八九十百千"),
        Form::HanLegal => han(number, "零壹贰叁肆伍陆柒捌玖拾佰仟"),
        Form::HanDigits => Some(with_digits(number, HAN_DIGITS)),
        // Unicode has circled numbers in three ranges: 1 to 20, 21 to 35, 36 to 50.
        Form::Circle => counted(number, '①', 1..=20)
            .or_else(|| counted(number, '㉑', 21..=35))
            .or_else(|| counted(number, '㊱', 36..=50)),
        Form::Parenthesis => counted(number, '⑴', 1..=20),
        Form::Stop => counted(number, '⒈', 1..=20),
        Form::Stem => cycle(number, "甲乙丙丁戊己庚辛壬癸"),
        Form::Branch => cycle(number, "子丑寅卯辰巳午未申酉戌亥"),
        Form::UpperRoman => roman(number),
        Form::LowerRoman => roman(number).map(|roman| roman.to_lowercase()),
        Form::UpperLetter => letters(number, 'A'),
        Form::LowerLetter => letters(number, 'a'),
    };
    special.unwrap_or_else(|| number.to_string())
}

/// The decimal digits of a number, replaced by these.
fn with_digits(number: u32, digits: &str) -> String {
    let digits: Vec<char> = digits.chars().collect();
    let digit = |byte: u8| digits[usize::from(byte - b'0')];
    number.to_string().bytes().map(digit).collect()
}

/// The character for a number of `range`, whose first one is `first`.
fn counted(number: u32, first: char, range: RangeInclusive<u32>) -> Option<String> {
    let by = number.checked_sub(*range.start())?;
    let ch = char::from_u32(first as u32 + by)?;
    range.contains(&number).then(|| ch.to_string())
}

/// The sign of a number where the signs begin again after the last.
fn cycle(number: u32, signs: &str) -> Option<String> {
    let signs: Vec<char> = signs.chars().collect();
    let ord = number.checked_sub(1)? as usize;
    Some(signs[ord % signs.len()].to_string())
}

fn offset(first: char, by: u32) -> String {
    char::from_u32(first as u32 + by).map_or_else(String::new, String::from)
}

/// A number below 10,000 in Han characters: ten digits, then ten, hundred, thousand.
fn han(number: u32, signs: &str) -> Option<String> {
    let signs: Vec<char> = signs.chars().collect();
    if number == 0 || number >= 10_000 {
        return (number == 0).then(|| signs[0].to_string());
    }
    let mut out = String::new();
    let mut owes_zero = false;
    for (place, unit) in [(1000, Some(12)), (100, Some(11)), (10, Some(10)), (1, None)] {
        let digit = (number / place % 10) as usize;
        if digit == 0 {
            owes_zero = !out.is_empty();
            continue;
        }
        // Inside a number zero is 零 in both sets of characters.
        out.extend(std::mem::take(&mut owes_zero).then_some('零'));
        // 十一, but 一百一十一; the formal set (壹) always has its digit.
        let is_bare_ten = place == 10 && digit == 1 && out.is_empty() && signs[1] == '一';
        if !is_bare_ten {
            out.push(signs[digit]);
        }
        out.extend(unit.map(|unit: usize| signs[unit]));
    }
    Some(out)
}

fn roman(number: u32) -> Option<String> {
    // Above 3,999 there are no signs.
    if !(1..4000).contains(&number) {
        return None;
    }
    let mut rest = number;
    let mut out = String::new();
    for (value, sign) in ROMAN_SIGNS {
        while rest >= value {
            out.push_str(sign);
            rest -= value;
        }
    }
    Some(out)
}

const ROMAN_SIGNS: [(u32, &str); 13] = [
    (1000, "M"),
    (900, "CM"),
    (500, "D"),
    (400, "CD"),
    (100, "C"),
    (90, "XC"),
    (50, "L"),
    (40, "XL"),
    (10, "X"),
    (9, "IX"),
    (5, "V"),
    (4, "IV"),
    (1, "I"),
];

/// a to z, then aa, bb (ECMA-376 17.18.59).
fn letters(number: u32, first: char) -> Option<String> {
    // The limit keeps a damaged number from becoming a long label.
    let ord = number.checked_sub(1).filter(|&ord| ord < 26 * 9)?;
    let letter = offset(first, ord % 26);
    Some(letter.repeat(ord as usize / 26 + 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(form: Form, expected: &[(u32, &str)]) {
        for (number, text) in expected {
            assert_eq!(write(*number, form), *text);
        }
    }

    #[test]
    fn numbers_in_all_forms() {
        check(Form::Decimal, &[(0, "0"), (12, "12")]);
        check(
            Form::Han,
            &[
                (0, "〇"),
                (1, "一"),
                (10, "十"),
                (12, "十二"),
                (20, "二十"),
                (101, "一百零一"),
                (110, "一百一十"),
                (1001, "一千零一"),
                (10_000, "10000"),
            ],
        );
        check(Form::HanLegal, &[(1, "壹"), (10, "壹拾"), (21, "贰拾壹")]);
        check(Form::HanDigits, &[(10, "一〇")]);
        check(
            Form::Circle,
            &[(1, "①"), (21, "㉑"), (50, "㊿"), (51, "51")],
        );
        check(Form::FullWidth, &[(10, "１０")]);
        check(Form::Stem, &[(1, "甲"), (11, "甲"), (0, "0")]);
        check(Form::UpperRoman, &[(4, "IV"), (0, "0")]);
        check(Form::LowerLetter, &[(1, "a"), (27, "aa"), (0, "0")]);
    }

    #[test]
    fn levels_count_and_restart() {
        let level = |form, template: &str| Level {
            start: 1,
            form,
            template: template.to_owned(),
            ..Level::default()
        };
        let levels = [
            level(Form::Han, "第%1章"),
            level(Form::Han, "（%2）"),
            Level {
                is_legal: true,
                ..level(Form::Decimal, "%1.%3")
            },
            level(Form::Mark, "\u{f0b7}"),
        ];
        let mut counters = Counters::default();
        let mut next = |level| counters.next(7, &levels, level);
        let labels = [0, 1, 1, 0, 1, 2, 3, 9].map(&mut next);
        let expected = [
            "第一章",
            "（一）",
            "（二）",
            "第二章",
            "（一）",
            "2.1",
            "",
            "",
        ];
        assert_eq!(labels, expected);
        counters.restart(7, 0, 5);
        assert_eq!(counters.next(7, &levels, 0), "第五章");
        let running_on = [
            level(Form::Han, "第%1章"),
            Level {
                restarts_below: Some(0),
                ..level(Form::Han, "第%2条")
            },
            Level {
                restarts_below: Some(1),
                ..level(Form::Han, "（%3）")
            },
        ];
        let labels = [0, 1, 2, 1, 2, 0, 1, 2].map(|level| counters.next(8, &running_on, level));
        let expected = [
            "第一章",
            "第一条",
            "（一）",
            "第二条",
            "（二）",
            "第二章",
            "第三条",
            "（一）",
        ];
        assert_eq!(labels, expected);
        assert_eq!(labelled("第五章", "总则"), "第五章 总则");
        assert_eq!(labelled("一、", " 总则"), "一、总则");
        assert_eq!(labelled("一、", ""), "");
    }

    #[test]
    fn signs_end_where_unicode_has_no_more() {
        let last = [
            (Form::Circle, 50, "㊿"),
            (Form::Circle, 35, "㉟"),
            (Form::Circle, 36, "㊱"),
            (Form::Parenthesis, 20, "⒇"),
            (Form::Stop, 20, "⒛"),
            (Form::Stem, 10, "癸"),
            (Form::Branch, 12, "亥"),
            (Form::UpperRoman, 3999, "MMMCMXCIX"),
            (Form::Han, 9999, "九千九百九十九"),
        ];
        for (form, number, text) in last {
            assert_eq!(write(number, form), text, "{form:?}");
        }
        // What has no sign is in decimal, except for signs that begin again.
        for (form, number) in [
            (Form::Circle, 51),
            (Form::Parenthesis, 21),
            (Form::Parenthesis, 0),
            (Form::Stop, 21),
            (Form::UpperRoman, 4000),
            (Form::Han, 10_000),
        ] {
            assert_eq!(write(number, form), number.to_string(), "{form:?}");
        }
        assert_eq!(
            (write(13, Form::Branch), write(21, Form::Stem)),
            ("子".into(), "甲".into())
        );
    }

    /// What is written in Han characters is read back as the same number.
    #[test]
    fn han_numbers_are_read_as_they_are_written() {
        for number in 1..100 {
            let text = write(number, Form::Han);
            assert_eq!(
                crate::text::numerals::below_hundred(&text),
                Some(number),
                "{text}"
            );
        }
    }
}
