//! What the characters of numbers are worth.

/// The digits of Chinese numbers, each at the place of its value.
pub(crate) const HAN_DIGITS: &str = "〇一二三四五六七八九";

/// The value of a decimal digit of either width.
pub(crate) fn decimal(ch: char) -> Option<u32> {
    match ch {
        '0'..='9' => Some(ch as u32 - '0' as u32),
        '０'..='９' => Some(ch as u32 - '０' as u32),
        _ => None,
    }
}

/// The value of a character from 一 to 九.
pub(crate) fn one_to_nine(ch: char) -> Option<u32> {
    Some(match ch {
        '一' => 1,
        '二' => 2,
        '三' => 3,
        '四' => 4,
        '五' => 5,
        '六' => 6,
        '七' => 7,
        '八' => 8,
        '九' => 9,
        _ => return None,
    })
}

/// The value of a digit of a Chinese number, with both forms of zero; 两 stands for 二 before a multiplier.
pub(crate) fn han_digit(ch: char) -> Option<u32> {
    match ch {
        '〇' | '零' => Some(0),
        '两' => Some(2),
        ch => one_to_nine(ch),
    }
}

/// The value of a character that multiplies the digit before it.
pub(crate) fn multiplier(ch: char) -> Option<u64> {
    Some(match ch {
        '十' => 10,
        '百' => 100,
        '千' => 1_000,
        '万' => 10_000,
        '亿' => 100_000_000,
        _ => return None,
    })
}

/// Whether the character is one that Chinese numbers consist of.
pub(crate) fn is_han_numeral(ch: char) -> bool {
    han_digit(ch).is_some() || multiplier(ch).is_some()
}

/// The value of a whole text from 一 to 九十九, such as 九, 十, 十二 and 三十一.
pub(crate) fn below_hundred(text: &str) -> Option<u32> {
    let digit = |text: &str| {
        let mut chars = text.chars();
        let value = one_to_nine(chars.next()?)?;
        chars.next().is_none().then_some(value)
    };
    match text.split_once('十') {
        None => digit(text),
        Some((tens, ones)) => {
            // 十二 omits its 一, 二十 has no ones.
            let tens = if tens.is_empty() { 1 } else { digit(tens)? };
            let ones = if ones.is_empty() { 0 } else { digit(ones)? };
            Some(10 * tens + ones)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_have_their_place_as_value() {
        for (value, ch) in (0..).zip(HAN_DIGITS.chars()) {
            assert_eq!(han_digit(ch), Some(value), "{ch}");
            assert_eq!(
                one_to_nine(ch),
                Some(value).filter(|value| *value > 0),
                "{ch}"
            );
        }
        assert_eq!((han_digit('零'), han_digit('两')), (Some(0), Some(2)));
        for (value, (narrow, wide)) in (0..).zip(('0'..='9').zip('０'..='９')) {
            assert_eq!((decimal(narrow), decimal(wide)), (Some(value), Some(value)));
        }
        for ch in "十Ⅰ①a○/：".chars() {
            assert_eq!(
                (decimal(ch), han_digit(ch), one_to_nine(ch)),
                (None, None, None),
                "{ch}"
            );
        }
    }

    #[test]
    fn multipliers_are_powers_of_ten() {
        let values: Vec<u64> = "十百千万亿".chars().filter_map(multiplier).collect();
        assert_eq!(values, [1, 2, 3, 4, 8].map(|power| 10_u64.pow(power)));
        assert!("〇零两九十亿".chars().all(is_han_numeral));
        assert!(!"廿壹年0".contains(is_han_numeral));
    }

    #[test]
    fn numbers_below_a_hundred_are_read_as_they_are_written() {
        let digit = |n: usize| {
            HAN_DIGITS
                .chars()
                .nth(n)
                .map(String::from)
                .unwrap_or_default()
        };
        for number in 1..100_usize {
            let tens = match number / 10 {
                0 => String::new(),
                1 => "十".to_owned(),
                tens => digit(tens) + "十",
            };
            let ones = if number % 10 == 0 {
                String::new()
            } else {
                digit(number % 10)
            };
            assert_eq!(below_hundred(&(tens + &ones)), Some(number as u32));
        }
        for text in ["", "〇", "百", "十十", "一二", "二十二三", "12", "十a"] {
            assert_eq!(below_hundred(text), None, "{text}");
        }
    }
}
