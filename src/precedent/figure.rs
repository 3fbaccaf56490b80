//! Figures: a number with its unit, as reports print them.
//!
//! ```text
//! figure  = number ["多" | "余"] unit | share
//! number  = arabic-digits | han-numeral ["点" han-digits]   134.9   1,234   三千二百万   七点四
//! share   = number "%" | "百分之" number
//! unit    = scale* measure | scale+              亿元  万亩  个百分点
//! scale   = "十" | "百" | "千" | "万" | "亿"
//! ```
//!
//! A date, an ordinal, the number of a document, the end of a range and what 几 makes vague are no figures. Two figures are equal if their numbers are,
//! multiplied out (`1.5亿元` and `15000万元`), and their measures.

use std::ops::Range;

use crate::text::numerals::{decimal, han_digit, is_han_numeral, multiplier, readings};

/// Measures after a number, the longer first where one begins another.
const MEASURES: [&str; 62] = [
    "个百分点",
    "百分点",
    "平方公里",
    "立方米",
    "平方米",
    "千瓦时",
    "个小时",
    "人民币",
    "标准箱",
    "美元",
    "人次",
    "公里",
    "公顷",
    "公斤",
    "千瓦",
    "千米",
    "小时",
    "分钟",
    "欧元",
    "港元",
    "床位",
    "元",
    "人",
    "户",
    "吨",
    "亩",
    "斤",
    "米",
    "个",
    "家",
    "项",
    "件",
    "条",
    "座",
    "所",
    "名",
    "位",
    "台",
    "套",
    "辆",
    "艘",
    "架",
    "列",
    "次",
    "倍",
    "岁",
    "张",
    "篇",
    "例",
    "起",
    "门",
    "处",
    "只",
    "头",
    "株",
    "册",
    "份",
    "场",
    "里",
    "度",
    "宗",
    "天",
];
/// Characters after a number that make a date or an ordinal of it.
const NO_FIGURES: &str = "年月日届号时";
/// Characters that multiply a number.
const SCALES: &str = "十百千万亿";
/// The decimal point of Han numerals.
const POINT: char = '点';

/// A figure in a text.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct FigureSpan {
    /// Half-open range of characters, the unit included.
    pub(super) span: Range<usize>,
    /// The number, multiplied out.
    pub(super) value: f64,
    /// What it measures: `元`, `%`; empty for a number with a scale alone.
    pub(super) measure: String,
}

impl FigureSpan {
    /// Whether both are the same amount of the same measure.
    pub(super) fn equals(&self, other: &Self) -> bool {
        self.measure == other.measure
            && (self.value - other.value).abs() <= 1e-9 * self.value.abs().max(1.0)
    }
}

/// The characters of the unit that `after`, the text after a number, begins with: scales, then a measure; 0 without one.
fn unit_len(after: &[char]) -> usize {
    let scales = after.iter().take_while(|&&ch| SCALES.contains(ch)).count();
    // 千 and 百 also begin measures: 千瓦时, 百分点.
    let measured = |n: usize| {
        MEASURES
            .iter()
            .find_map(|one| starts(&after[n..], one).map(|len| n + len))
    };
    (0..=scales).find_map(measured).unwrap_or(scales)
}

/// The figures of a text in order; they do not overlap.
pub(super) fn figures(chars: &[char]) -> Vec<FigureSpan> {
    let mut out = Vec::new();
    let mut at = 0;
    while at < chars.len() {
        match figure_at(chars, at) {
            Some(Reading::Figure(figure)) => {
                at = figure.span.end;
                out.push(figure);
            }
            Some(Reading::Other(end)) => at = end.max(at + 1),
            None => at += 1,
        }
    }
    out
}

/// What a number in a text is.
enum Reading {
    Figure(FigureSpan),
    /// A number that is no figure, and where it ends.
    Other(usize),
}

fn figure_at(chars: &[char], at: usize) -> Option<Reading> {
    if let Some(len) = starts(&chars[at..], "百分之") {
        let end = at + len + number_len(&chars[at + len..]);
        let value = share(&chars[at..end])?;
        return Some(Reading::Figure(FigureSpan {
            span: at..end,
            value,
            measure: "%".to_owned(),
        }));
    }
    let len = number_len(&chars[at..]);
    if len == 0 {
        return None;
    }
    let end = at + len;
    let before = at.checked_sub(1).map(|before| chars[before]);
    // 第3 and G20 count nothing; -5 is not 5, 50-60 and 几十 are no one amount.
    let is_part = before.is_some_and(|ch| {
        matches!(ch, '第' | '几' | '-' | '－' | '~' | '～') || ch.is_ascii_alphabetic()
    });
    let after = &chars[end..];
    if is_part
        || after
            .first()
            .is_some_and(|ch| NO_FIGURES.contains(*ch) || ch.is_ascii_alphabetic())
    {
        return Some(Reading::Other(end));
    }
    if after
        .first()
        .is_some_and(|ch| matches!(ch, '%' | '％' | '‰'))
    {
        let Some(value) = plain(&chars[at..end]) else {
            return Some(Reading::Other(end));
        };
        return Some(Reading::Figure(FigureSpan {
            span: at..end + 1,
            value,
            measure: if after[0] == '‰' { "‰" } else { "%" }.to_owned(),
        }));
    }
    // `1200多万`: the word says that the number is rounded.
    let rounded = usize::from(after.first().is_some_and(|ch| matches!(ch, '多' | '余')));
    let unit = unit_len(&after[rounded..]);
    let is_han = is_han_numeral(chars[at]);
    // A lone numeral (一个, 两项) counts in running text, and 百 or 万 alone is a word.
    if unit == 0 || (is_han && len < 2) {
        return Some(Reading::Other(end));
    }
    let unit_text = &after[rounded..rounded + unit];
    let scales = unit_text
        .iter()
        .take_while(|&&ch| SCALES.contains(ch))
        .count();
    let measure = MEASURES
        .iter()
        .find(|one| unit_text.ends_with(&one.chars().collect::<Vec<_>>()));
    let n_measure = measure.map_or(0, |one| one.chars().count());
    let scale: f64 = unit_text[..scales.min(unit - n_measure)]
        .iter()
        .filter_map(|&ch| multiplier(ch))
        .map(|scale| scale as f64)
        .product();
    let Some(value) = plain(&chars[at..end]) else {
        return Some(Reading::Other(end));
    };
    Some(Reading::Figure(FigureSpan {
        span: at..end + rounded + unit,
        value: value * scale,
        measure: measure.copied().unwrap_or_default().to_owned(),
    }))
}

/// The length of the number that the text begins with: digits with the marks between them, or Han numerals.
fn number_len(chars: &[char]) -> usize {
    let mut len = 0;
    while let Some(&ch) = chars.get(len) {
        let is_digit = decimal(ch).is_some();
        let is_inner = len > 0
            && matches!(ch, '.' | ',' | '．' | '，')
            && chars
                .get(len + 1)
                .is_some_and(|&next| decimal(next).is_some())
            && (ch != '，' || groups_digits(&chars[len + 1..]));
        if !is_digit && !is_inner {
            break;
        }
        len += 1;
    }
    if len > 0 {
        return len;
    }
    let whole = chars.iter().take_while(|&&ch| is_han_numeral(ch)).count();
    whole
        + fraction_len(&chars[whole..])
            .filter(|_| whole > 0)
            .unwrap_or(0)
}

/// The length of 点 with the digits after it that the text begins with; 八点三十 is a time of day.
fn fraction_len(chars: &[char]) -> Option<usize> {
    let digits = chars.strip_prefix(&[POINT])?;
    let n_digits = digits.iter().take_while(|&&ch| han_digit(ch).is_some());
    let n_digits = n_digits.count();
    let is_time = digits
        .get(n_digits)
        .is_some_and(|ch| matches!(ch, '十' | '百' | '千'));
    (n_digits > 0 && !is_time).then_some(1 + n_digits)
}

/// Whether three digits follow, and no more: a comma of full width is otherwise the end of a clause.
fn groups_digits(chars: &[char]) -> bool {
    chars
        .iter()
        .take_while(|&&ch| decimal(ch).is_some())
        .count()
        == 3
}

/// The value of a number in digits, or of a Han numeral.
fn plain(chars: &[char]) -> Option<f64> {
    if decimal(*chars.first()?).is_some() {
        let digits = chars.iter().filter_map(|&ch| match ch {
            ',' | '，' => None,
            '．' => Some('.'),
            ch => decimal(ch)
                .and_then(|digit| char::from_digit(digit, 10))
                .or(Some(ch)),
        });
        return digits.collect::<String>().parse().ok();
    }
    if let Some(point) = chars.iter().position(|&ch| ch == POINT) {
        let digits = chars[point + 1..].iter().map(|&ch| han_digit(ch));
        let digits: String = digits
            .map(|digit| char::from_digit(digit?, 10))
            .collect::<Option<_>>()?;
        let fraction: f64 = format!("0.{digits}").parse().ok()?;
        return Some(plain(&chars[..point])? + fraction);
    }
    if chars.len() == 1 {
        return han_digit(chars[0]).map(f64::from);
    }
    let text: String = chars.iter().collect();
    match readings(&text).as_slice() {
        [only] => only.trim_start_matches('№').parse().ok(),
        _ => None,
    }
}

/// The value of 百分之…, given with it.
fn share(chars: &[char]) -> Option<f64> {
    let number = &chars["百分之".chars().count()..];
    plain(number).or_else(|| {
        let text: String = chars.iter().collect();
        let read = readings(&text);
        read.first()?
            .trim_start_matches('№')
            .trim_end_matches('%')
            .parse()
            .ok()
    })
}

/// The length of `start` if the text begins with it.
fn starts(chars: &[char], start: &str) -> Option<usize> {
    let len = start.chars().count();
    (chars.len() >= len && start.chars().eq(chars[..len].iter().copied())).then_some(len)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[track_caller]
    fn check(text: &str, expected: &[(&str, f64, &str)]) {
        let chars: Vec<char> = text.chars().collect();
        let found: Vec<(String, f64, String)> = figures(&chars)
            .into_iter()
            .map(|one| (chars[one.span].iter().collect(), one.value, one.measure))
            .collect();
        let expected: Vec<(String, f64, String)> = expected
            .iter()
            .map(|&(text, value, measure)| (text.to_owned(), value, measure.to_owned()))
            .collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn reads_numbers_with_their_units() {
        check(
            "产值达到134.9亿元、增长5%，上升0.3个百分点",
            &[
                ("134.9亿元", 134.9e8, "元"),
                ("5%", 5.0, "%"),
                ("0.3个百分点", 0.3, "个百分点"),
            ],
        );
        check(
            "衬砌1,234公里，新打１２眼井、修渠12条",
            &[("1,234公里", 1234.0, "公里"), ("12条", 12.0, "条")],
        );
        check("投工1200多万人次", &[("1200多万人次", 1.2e7, "人次")]);
        check(
            "三千二百万元，百分之五，百分之三十五",
            &[
                ("三千二百万元", 3.2e7, "元"),
                ("百分之五", 5.0, "%"),
                ("百分之三十五", 35.0, "%"),
            ],
        );
        check(
            "装机3.5亿千瓦，用电20亿千瓦时",
            &[("3.5亿千瓦", 3.5e8, "千瓦"), ("20亿千瓦时", 2e9, "千瓦时")],
        );
        check("达到30，000人", &[("30，000人", 30_000.0, "人")]);
        check(
            "增长百分之七点四，投入三点五亿元、十二点五万元",
            &[
                ("百分之七点四", 7.4, "%"),
                ("三点五亿元", 3.5e8, "元"),
                ("十二点五万元", 12.5e4, "元"),
            ],
        );
    }

    #[test]
    fn dates_ordinals_and_words_are_no_figures() {
        check(
            "2019年3月5日第3条第十二届G20，十分重要，一个，万一，5G",
            &[],
        );
        check("几十万元，下降-5%，上午八点三十分，八点半", &[]);
    }

    #[test]
    fn equal_figures_may_be_printed_in_two_ways() {
        let one = |text: &str| figures(&text.chars().collect::<Vec<_>>()).remove(0);
        assert!(one("1.5亿元").equals(&one("15000万元")));
        assert!(one("5%").equals(&one("百分之五")));
        assert!(!one("1.5亿元").equals(&one("1.5万元")));
        assert!(!one("5%").equals(&one("5个百分点")));
        assert!(!one("12条").equals(&one("12座")));
    }

    proptest! {
        #[test]
        fn figures_lie_in_the_text_in_order(text in "[0-9一二十百千万亿分之.,，%元个点人年多A]{0,24}") {
            let chars: Vec<char> = text.chars().collect();
            let mut last = 0;
            for one in figures(&chars) {
                prop_assert!(last <= one.span.start && one.span.start < one.span.end && one.span.end <= chars.len());
                last = one.span.end;
            }
        }
    }
}
