//! Which lines open a heading or a list item, as far as joining and splitting need to know.
//!
//! Simpler than the grammar of headings in `document::outline`: it also accepts list marks, and need not
//! reject references.

use crate::text::numerals::{below_hundred, decimal, one_to_nine};

/// Whether `text`, ignoring leading blanks, opens with a label of a heading or a list item.
pub(in crate::source) fn starts_label(text: &str) -> bool {
    let text = text.trim_start();
    let rest = text
        .strip_prefix(['（', '(', '第', '【', '['])
        .unwrap_or(text);
    let bracketed = rest.len() < text.len();
    let after = rest.trim_start_matches(is_numeral);
    let n_bytes = rest.len() - after.len();
    // Without a number: bullets and other list marks.
    if n_bytes == 0 {
        return text.starts_with(['-', '•', '·', '●', '■', '◆', '※', '*', '|', '#', '—'])
            || text
                .chars()
                .next()
                .is_some_and(|ch| matches!(ch, '①'..='⒛' | '㈠'..='㈩'))
            || text.starts_with("附件")
            || text.starts_with("附：");
    }
    // Five Han numerals; a longer run is an amount.
    if n_bytes > 15 {
        return false;
    }
    let mut next = after.chars();
    match next.next() {
        Some('、' | '．') => true,
        // `1.5` is a number, `1.` a label.
        Some('.') => !next.next().is_some_and(|ch| ch.is_ascii_digit()),
        Some('）' | ')' | '】' | ']') => true,
        Some('条' | '章' | '节' | '编' | '篇' | '部' | '款' | '，') => bracketed,
        // 一是, 二要: only a single Han numeral before the verb is a label.
        Some('是' | '要') => !rest.starts_with(|ch: char| ch.is_ascii_digit()) && n_bytes == 3,
        _ => false,
    }
}

/// The ordinal of a top-level label `一、` … `十九、` at the start of `text`, from 1; `None` without one.
pub(super) fn top_ordinal(text: &str) -> Option<usize> {
    let (numeral, _) = text.split_once('、')?;
    // Beyond 十九 a report has no top-level parts.
    below_hundred(numeral)
        .filter(|ordinal| *ordinal < 20)
        .map(|ordinal| ordinal as usize)
}

fn is_numeral(ch: char) -> bool {
    decimal(ch).is_some() || one_to_nine(ch).is_some() || "十百零〇○".contains(ch)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels() {
        for text in [
            "一、基本情况",
            "（一）加强",
            "(1)x",
            "第三条 本法",
            "1.开展",
            "1．开展",
            "12、x",
            "①甲",
            "一是抓落实",
            "第一，要",
            "——甲",
            "附件1",
        ] {
            assert!(starts_label(text), "{text}");
        }
        for text in [
            "一般规定",
            "3.5亿元",
            "2009年",
            "第三季度",
            "要求",
            "（以下简称",
            "一些",
            "十分重要",
        ] {
            assert!(!starts_label(text), "{text}");
        }
        assert_eq!(top_ordinal("十二、附则"), Some(12));
        assert_eq!(top_ordinal("百、"), None);
    }

    #[test]
    fn top_labels_count_from_one_to_nineteen() {
        let digits = ["一", "二", "三", "四", "五", "六", "七", "八", "九"];
        for (ord, digit) in (1..).zip(digits) {
            assert_eq!(top_ordinal(&format!("{digit}、概况")), Some(ord));
            assert_eq!(top_ordinal(&format!("十{digit}、概况")), Some(10 + ord));
        }
        assert_eq!(top_ordinal("十、概况"), Some(10));
        for text in [
            "二十、概况",
            "〇、概况",
            "1、概况",
            "一，概况",
            "、",
            "",
            "一二、概况",
            "十十、",
        ] {
            assert_eq!(top_ordinal(text), None, "{text}");
        }
    }

    #[test]
    fn marks_and_numbers_of_every_kind() {
        for text in [
            "　　（十二）甲",
            "【三】甲",
            "[1]甲",
            "１．甲",
            "1) 甲",
            "二要甲",
            "第四款 甲",
            "第二部分",
            "⒈甲",
            "㈠甲",
            "●甲",
            "* 甲",
            "| 甲",
            "# 甲",
            "附：甲",
            "-甲",
        ] {
            assert!(starts_label(text), "{text}");
        }
        for text in [
            "1是甲",
            "二十是甲",
            "一二三四五六、甲",
            "条例",
            "(甲)",
            "",
            "。",
            "附近",
        ] {
            assert!(!starts_label(text), "{text}");
        }
    }
}
