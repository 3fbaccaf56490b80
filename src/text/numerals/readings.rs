//! Numbers written in characters and in digits, read alike.
//!
//! For ranking only. `二〇二三年` and `2023年`, `百分之十` and `10%`, `三千` and `3000`, `3万` and `30,000` give the same
//! reading. A single numeral character is not read: it is too often no number (`十分`, `一定`).

use super::digits::{han_digit, multiplier};

/// Precedes every reading, so that none is taken for a word.
const MARK: char = '№';

/// The readings of all numbers in a normalized text, in order: `№2023`, `№10%`.
pub fn readings(normalized: &str) -> Vec<String> {
    if !may_hold_number(normalized) {
        return Vec::new();
    }
    read_all(normalized)
}

fn read_all(normalized: &str) -> Vec<String> {
    let chars: Vec<char> = normalized.chars().collect();
    let mut out = Vec::new();
    let mut at = 0;
    while at < chars.len() {
        // 百分之 precedes its number; `%` follows it. Both give the same reading.
        let (is_share, from) = match chars[at..] {
            ['百', '分', '之', ..] => (true, at + 3),
            _ => (false, at),
        };
        match number(&chars[from..]) {
            Some((value, len)) => {
                let end = from + len;
                let is_share = is_share || chars.get(end) == Some(&'%');
                out.push(format!("{MARK}{value}{}", if is_share { "%" } else { "" }));
                // The sign itself is skipped as an ordinary character in the next step.
                at = end;
            }
            None => match lone_share(&chars[from..]).filter(|_| is_share) {
                Some(value) => {
                    out.push(format!("{MARK}{value}%"));
                    // 百分之五: one numeral, which `number` rejects elsewhere.
                    at = from + 1;
                }
                None => at += skip(&chars[at..]),
            },
        }
    }
    out
}

/// Whether the text contains a digit, 百分之 or two consecutive numeral characters: most texts contain none.
fn may_hold_number(text: &str) -> bool {
    let mut follows_numeral = false;
    text.chars().any(|ch| {
        let is_numeral = digit(ch).is_some() || multiplier(ch).is_some();
        // 百分 begins 百分之; 分 alone follows numerals in many words, which only costs a full reading.
        let is_second = follows_numeral && (is_numeral || ch == '分');
        follows_numeral = is_numeral;
        is_second || ch.is_ascii_digit()
    })
}

/// The value of a single character after 百分之, where only a number can follow: 百分之五, 百分之十.
fn lone_share(chars: &[char]) -> Option<u64> {
    let first = *chars.first()?;
    digit(first).or((first == '十').then_some(10))
}

/// How many characters to skip where no number starts: the whole run of letters or numerals, so that no
/// number is read from its middle.
fn skip(chars: &[char]) -> usize {
    let is_inner =
        |ch: char| ch.is_ascii_alphanumeric() || digit(ch).is_some() || multiplier(ch).is_some();
    let run = chars.iter().take_while(|&&ch| is_inner(ch)).count();
    run.max(1)
}

/// The number that `chars` begin with, in digits, and its length.
fn number(chars: &[char]) -> Option<(String, usize)> {
    if chars.first()?.is_ascii_digit() {
        return Some(in_digits(chars));
    }
    let run = chars
        .iter()
        .take_while(|&&ch| digit(ch).is_some() || multiplier(ch).is_some())
        .count();
    let run = &chars[..run];
    // A single numeral character is too often part of a word (十分, 一定).
    if run.len() < 2 {
        return None;
    }
    if run.iter().all(|&ch| digit(ch).is_some()) {
        // Read digit by digit: a year. Two or three such characters are more often a list (三五年, 一二三产业).
        let digits: String = run
            .iter()
            .filter_map(|&ch| digit(ch))
            .map(|n| n.to_string())
            .collect();
        return (run.len() == 4).then_some((digits, 4));
    }
    // 五千一台 is a price for each; the numeral belongs to the measure word.
    let is_each = run.len() > 2
        && chars
            .get(run.len())
            .is_some_and(|ch| MEASURES.contains(*ch));
    let run = match run {
        [before @ .., '一'] if is_each && omits_unit(run) => before,
        run => run,
    };
    composed(run).map(|value| (value.to_string(), run.len()))
}

/// `1,200` without its commas; `3万` and `1.5亿` multiplied out.
fn in_digits(chars: &[char]) -> (String, usize) {
    let mut len = 0;
    let mut text = String::new();
    while let Some(&ch) = chars.get(len) {
        let digit_follows = chars.get(len + 1).is_some_and(char::is_ascii_digit);
        match ch {
            '0'..='9' => text.push(ch),
            // The comma groups digits; anywhere else it ends the number.
            ',' if digit_follows => {}
            '.' if digit_follows && !text.contains('.') => text.push('.'),
            _ => break,
        }
        len += 1;
    }
    let scale = chars.get(len).and_then(|&ch| match ch {
        '万' => Some(10_000.0),
        '亿' => Some(100_000_000.0),
        _ => None,
    });
    // Nine digits before 万 or 亿 exceed any amount in a report, and a double would lose the last ones.
    if let (Some(scale), Ok(value)) = (scale, text.parse::<f64>())
        && value < 1e9
    {
        // Rounded to the fourth decimal place: 1.1 times 10,000 is 11,000 without a rounding error.
        let value = (value * scale * 1e4).round() / 1e4;
        return (value.to_string(), len + 1);
    }
    (text, len)
}

/// Measure words that a price may refer to.
const MEASURES: &str = "个名位台套件斤只头棵张把辆株册份次";

/// Whether a run ends with a numeral after a multiplier over ten, whose unit is then omitted: 三千五 is 三千五百.
fn omits_unit(run: &[char]) -> bool {
    match run {
        [.., before, last] => {
            digit(*last).is_some_and(|n| n > 0) && multiplier(*before).is_some_and(|n| n > 10)
        }
        _ => false,
    }
}

/// `一万二千三百` by place value, `一万五` with the omitted unit, the next smaller one; `None` for anything that is
/// not a number, such as 千百 or 万一.
fn composed(run: &[char]) -> Option<u64> {
    // Amounts in reports are far shorter; a longer run is a list of numerals.
    if run.len() > 20 {
        return None;
    }
    let (mut total, mut section, mut pending) = (0_u64, 0_u64, None);
    for (ord, &ch) in run.iter().enumerate() {
        // Two digits side by side have no place value (二三千 is a range), except after a zero (一千零五).
        if let Some(value) = digit(ch) {
            if pending.is_some_and(|pending| pending != 0) {
                return None;
            }
            pending = Some(value);
            continue;
        }
        let scale = multiplier(ch)?;
        if scale < 10_000 {
            // 十五 omits its 一; 百 and 千 never do.
            let ten_first = ord == 0 && scale == 10;
            let count = pending.take().or(ten_first.then_some(1))?;
            section = section.checked_add(count.checked_mul(scale)?)?;
        } else {
            // 万 and 亿 multiply the section before them: 十二万 is (10 + 2) × 10,000.
            section += pending.take().unwrap_or(0);
            if section == 0 {
                return None;
            }
            total = total.checked_add(section.checked_mul(scale)?)?;
            section = 0;
        }
    }
    let last = pending.unwrap_or(0);
    let last = match run {
        // The omitted unit is a tenth of the multiplier before it: 三千五 adds 5 × 100.
        [.., before, _] if omits_unit(run) => last.checked_mul(multiplier(*before)? / 10)?,
        _ => last,
    };
    total.checked_add(section)?.checked_add(last)
}

fn digit(ch: char) -> Option<u64> {
    han_digit(ch).map(u64::from)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        let expected: Vec<String> = expected.iter().map(|value| format!("№{value}")).collect();
        assert_eq!(readings(text), expected, "{text}");
    }

    #[test]
    fn characters_and_digits_read_alike() {
        check("二〇二三年", &["2023"]);
        check("2023年", &["2023"]);
        check("百分之十", &["10%"]);
        check("10%", &["10%"]);
        check("百分之五，百分之三十五", &["5%", "35%"]);
        check("三千人", &["3000"]);
        check("3,000人", &["3000"]);
        check("一万二千三百零五", &["12305"]);
        check("3万元、1.1万吨、两亿", &["30000", "11000", "200000000"]);
        check("十五项", &["15"]);
        check("一百二十", &["120"]);
        check(
            "三千五，一万五，两百五，三亿二，二十五万三",
            &["3500", "15000", "250", "320000000", "253000"],
        );
        check("一万二千五元", &["12500"]);
        check(
            "一千零五，一万零五，三百五十，二十五",
            &["1005", "10005", "350", "25"],
        );
        check("五千一台，三百一斤", &["5000", "300"]);
    }

    #[test]
    fn rejects_words_that_are_not_numbers() {
        check("十分重要，一定，万一，千方百计，三五年，一二三产业", &[]);
        check("百分之百", &[]);
        check("", &[]);
    }

    proptest! {
        #[test]
        fn reads_any_text_without_panic(text in "[〇一二三十百千万亿分之0-9.,%a年]{0,40}|(一|年|百分之|[0-9]|万){0,4}") {
            let found = read_all(&text);
            for reading in &found {
                prop_assert!(reading.starts_with(MARK) && reading.chars().count() > 1);
            }
            prop_assert_eq!(readings(&text), found);
        }
    }
}
