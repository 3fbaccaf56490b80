//! Every form of label with every number.

use super::*;
use proptest::prelude::*;

/// A number from 1 to 99 as it is written in Chinese.
fn han(number: u32) -> String {
    const DIGITS: [&str; 10] = ["", "一", "二", "三", "四", "五", "六", "七", "八", "九"];
    let (tens, unit) = ((number / 10) as usize, DIGITS[(number % 10) as usize]);
    match tens {
        0 => unit.to_owned(),
        1 => format!("十{unit}"),
        tens => format!("{}十{unit}", DIGITS[tens]),
    }
}

proptest! {
    #[test]
    fn labels_with_any_number_are_read(number in 1_u32..100) {
        let han = han(number);
        for (label, form) in [
            (format!("第{han}编"), Form::Volume),
            (format!("第{han}篇"), Form::Volume),
            (format!("第{han}部分"), Form::Division),
            (format!("第{number}部分"), Form::Division),
            (format!("第{han}章"), Form::Chapter),
            (format!("第 {number} 章"), Form::Chapter),
            (format!("第{han}节"), Form::Section),
            (format!("第{han}節"), Form::Section),
            (format!("第{han}条"), Form::Article),
            (format!("第{han}條"), Form::Article),
            (format!("第{number}条"), Form::Article),
            (format!("第{han}，"), Form::Ordinal),
            (format!("{han}、"), Form::Han),
            (format!("{han}．"), Form::Han),
            (format!("{han} 、"), Form::Han),
            (format!("（{han}）"), Form::HanParen),
            (format!("({han})"), Form::HanParen),
            (format!("（ {han} ）、"), Form::HanParen),
            (format!("{han}）"), Form::HanHalf),
            (format!("{number}."), Form::Arabic),
            (format!("{number}、"), Form::Arabic),
            (format!("（{number}）"), Form::ArabicParen),
            (format!("{number})"), Form::ArabicHalf),
            (format!("1.{number}"), Form::Decimal(2)),
            (format!("3.2.{number}."), Form::Decimal(3)),
            (format!("应用{han}："), Form::Named),
            (format!("附件{number}"), Form::Named),
        ] {
            let line = format!("{label}园区概况");
            prop_assert_eq!(read(&line), Some((form, number, label.len())), "{}", line);
        }
        // Long lists have no points.
        let point = (number <= 30).then_some((Form::Point, number, han.len() + 3));
        prop_assert_eq!(read(&format!("{han}是园区概况")), point);
    }

    #[test]
    fn any_line_is_read_within_itself(line in "[第一二十百（）()1-9０-９.．、：①⑴㈠壹章条部分附件 之是]{0,12}") {
        if let Some((_, _, len)) = read(&line) {
            prop_assert!(line.is_char_boundary(len) && len > 0);
        }
    }
}

#[test]
fn enclosed_numbers_are_read_with_their_brackets() {
    for (first, last, form) in [
        ('①', '⑳', Form::Mark),
        ('⑴', '⒇', Form::ArabicParen),
        ('⒈', '⒛', Form::Arabic),
        ('㈠', '㈩', Form::HanParen),
    ] {
        for (ordinal, ch) in (1..).zip(first..=last) {
            assert_eq!(enclosed(ch), Some((form, ordinal, ch.len_utf8())), "{ch}");
        }
    }
    for ch in "❶ⅠA一".chars() {
        assert_eq!(enclosed(ch), None, "{ch}");
    }
}

#[test]
fn capital_numbers_need_a_stop() {
    for (ordinal, digit) in (1..).zip("壹贰叁肆伍陆柒捌玖拾".chars()) {
        let line = format!("{digit}、园区概况");
        assert_eq!(read(&line), Some((Form::Capital, ordinal, 6)));
        assert_eq!(read(&format!("{digit}园区概况")), None);
    }
    assert_eq!(read("拾贰、园区概况"), Some((Form::Capital, 12, 9)));
}

#[test]
fn quantities_dates_and_ratios_are_no_labels() {
    for line in [
        "2.5%",
        "1.5亿元",
        "1.5个百分点",
        "2009.8.20",
        "1.2.3.4.5.6园区",
        "201.园区",
        "2009年",
        "（200）园区",
        "（2009）12号",
        "项目1：20",
        "第一批",
        "第一",
        "百是园区",
        "1",
        "1园区",
        "",
    ] {
        assert_eq!(read(line), None, "{line}");
    }
    // A blank sets the title apart from what would be a unit.
    assert!(read("1.2 个人概况").is_some() && read("1.2个人概况").is_none());
}
