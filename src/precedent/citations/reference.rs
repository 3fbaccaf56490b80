//! References to articles: `第三十一条第二款第（一）项`.
//!
//! ```text
//! reference = article [paragraph] [item]
//! article   = "第" numeral "条" ["之" numeral]
//! paragraph = "第" numeral "款"
//! item      = "第" ["（"] numeral ["）"] ("项" | "目")
//! ```

use crate::document::outline::numeral;
use crate::text::numerals::HAN_DIGITS;

/// The number of an article; that of 第十五条之一 is (15, 1), that of 第十五条 (15, 0).
pub(super) type ArticleNumber = (u32, u32);

/// The part of a law that is referred to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct ArticleReference {
    pub(super) article: ArticleNumber,
    pub(super) paragraph: Option<u32>,
    pub(super) item: Option<u32>,
}

/// Reads the reference that `text` begins with, and its length in bytes.
pub(super) fn read(text: &str) -> Option<(ArticleReference, usize)> {
    let (article, mut len) = article(text)?;
    let paragraph = counted(&text[len..], &['款']);
    len += paragraph.map_or(0, |(_, n)| n);
    let item = counted(&text[len..], &['项', '項', '目']);
    len += item.map_or(0, |(_, n)| n);
    let reference = ArticleReference {
        article,
        paragraph: paragraph.map(|(value, _)| value),
        item: item.map(|(value, _)| value),
    };
    Some((reference, len))
}

/// Reads the number of an article that `text` begins with, and its length in bytes.
pub(super) fn article(text: &str) -> Option<(ArticleNumber, usize)> {
    let (ordinal, mut len) = counted(text, &['条', '條'])?;
    let mut inserted = 0;
    if let Some(after) = text[len..].strip_prefix('之')
        && let Some((value, n)) = numeral(after)
    {
        inserted = value;
        len += '之'.len_utf8() + n;
    }
    Some(((ordinal, inserted), len))
}

/// Reads `第`, a numeral, in brackets or not, and one of the words that it counts.
fn counted(text: &str, words: &[char]) -> Option<(u32, usize)> {
    let skip = |text: &str, also: &[char]| {
        let rest = text.trim_start_matches(|ch: char| ch.is_whitespace() || also.contains(&ch));
        text.len() - rest.len()
    };
    let mut len = '第'.len_utf8();
    let rest = text.strip_prefix('第')?;
    let open = skip(rest, &['（', '(']);
    let (value, n) = numeral(&rest[open..])?;
    len += open + n;
    len += skip(&text[len..], &['）', ')']);
    let word = text[len..].chars().next().filter(|ch| words.contains(ch))?;
    Some((value, len + word.len_utf8()))
}

/// The label of an article as laws print it: 第三十一条, 第十五条之一.
pub(super) fn label((ordinal, inserted): ArticleNumber) -> String {
    let mut out = format!("第{}条", han(ordinal));
    if inserted > 0 {
        out.push('之');
        out.push_str(&han(inserted));
    }
    out
}

/// A number below 10,000 by place value: 三十一, 一百零五.
pub(super) fn han(number: u32) -> String {
    let digits: Vec<char> = HAN_DIGITS.chars().collect();
    let mut out = String::new();
    let mut skipped = false;
    for (scale, name) in [(1000, "千"), (100, "百"), (10, "十"), (1, "")] {
        let digit = number / scale % 10;
        if digit == 0 {
            skipped |= !out.is_empty();
            continue;
        }
        if std::mem::take(&mut skipped) {
            out.push('零');
        }
        // 十二 omits its 一, 一百一十二 does not.
        if !(scale == 10 && digit == 1 && out.is_empty()) {
            out.push(digits[digit as usize]);
        }
        out.push_str(name);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_references() {
        for (text, article, paragraph, item, len) in [
            (
                "第三十一条第二款第（一）项规定",
                (31, 0),
                Some(2),
                Some(1),
                13,
            ),
            ("第三十一条第二款", (31, 0), Some(2), None, 8),
            ("第15条第(3)项", (15, 0), None, Some(3), 9),
            ("第十五条之一，", (15, 1), None, None, 6),
            ("第一百零五条至第一百零八条", (105, 0), None, None, 6),
            ("第 二十 条", (20, 0), None, None, 6),
            ("第三条第三章", (3, 0), None, None, 3),
        ] {
            let (found, n) = read(text).unwrap_or_else(|| panic!("{text}"));
            assert_eq!(
                (found.article, found.paragraph, found.item),
                (article, paragraph, item),
                "{text}"
            );
            assert_eq!(text[..n].chars().count(), len, "{text}");
        }
        for text in ["第三章", "第三", "三条", "第条", ""] {
            assert!(read(text).is_none(), "{text}");
        }
    }

    #[test]
    fn labels_are_those_of_laws() {
        for (number, expected) in [
            ((1, 0), "第一条"),
            ((10, 0), "第十条"),
            ((12, 0), "第十二条"),
            ((31, 0), "第三十一条"),
            ((105, 0), "第一百零五条"),
            ((112, 0), "第一百一十二条"),
            ((120, 1), "第一百二十条之一"),
            ((1260, 0), "第一千二百六十条"),
            ((1005, 0), "第一千零五条"),
        ] {
            assert_eq!(label(number), expected);
        }
        for ordinal in 1..2000 {
            let label = label((ordinal, 0));
            assert_eq!(article(&label), Some(((ordinal, 0), label.len())));
        }
    }
}
