//! Page numbers: `- 3 -`, `第 3 页 共 9 页`, `3/9`, a number alone.

use crate::text::numerals::decimal;

/// A row that may consist of its page number only.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum NumberForm {
    /// Marked as one.
    Marked,
    /// A number alone, or `3/9`: a page number only if it counts the pages.
    Bare(i64),
}

/// The form of `text` as a page number, if it is one.
pub(super) fn form(text: &str) -> Option<NumberForm> {
    let text: String = text.chars().filter(|ch| !ch.is_whitespace()).collect();
    let text = text.to_ascii_lowercase();
    // `第 123 页 共 456 页` without blanks has nine characters; anything longer is text.
    if text.is_empty() || text.chars().count() > 16 {
        return None;
    }
    let inner = text.trim_matches(is_border);
    let is_between =
        inner.len() < text.len() && text.starts_with(is_border) && text.ends_with(is_border);
    let bare = |number: i64| match is_between {
        true => NumberForm::Marked,
        false => NumberForm::Bare(number),
    };
    if let Some(number) = number(inner) {
        return Some(bare(number));
    }
    if is_front_matter(inner) || is_named(inner) {
        return Some(NumberForm::Marked);
    }
    let (page, total) = inner.split_once(['/', '／'])?;
    let (page, _) = (number(page)?, number(total)?);
    Some(bare(page))
}

/// Whether a character may frame a page number: a dash or a dot.
fn is_border(ch: char) -> bool {
    // 一 is a dash that character recognition misread.
    matches!(
        ch,
        '-' | '－' | '—' | '–' | '―' | '·' | '•' | '~' | '|' | '一'
    )
}

/// Whether a text is a Roman numeral of front matter: up to xxxix; c, d and m would also match words.
fn is_front_matter(text: &str) -> bool {
    text.len() <= 5 && !text.is_empty() && text.chars().all(|ch| "ivxl".contains(ch))
}

/// `第3页`, `第3页共9页`, `共9页第3页`, `3页`, `page2of9`, `p.3`.
fn is_named(text: &str) -> bool {
    let is_rest = |ch: char| {
        !ch.is_numeric() && !matches!(ch, ',' | '，' | '/' | '／' | '(' | ')' | '（' | '）' | '-')
    };
    let rest: String = text.chars().filter(|ch| is_rest(*ch)).collect();
    let n_numbers = text
        .split(|ch: char| !ch.is_numeric())
        .filter(|number| !number.is_empty())
        .count();
    (1..=2).contains(&n_numbers)
        && matches!(
            &*rest,
            "第页" | "第页共页" | "共页第页" | "第页页" | "页" | "page" | "pageof" | "p" | "p."
        )
}

/// The numbers of a short row that contains nothing else, if there are several.
pub(super) fn several(text: &str) -> Vec<i64> {
    let is_mark =
        |ch: char| ch.is_whitespace() || matches!(ch, '·' | '.' | '/' | '-' | '—' | '•' | '|');
    let words: Vec<&str> = text
        .split(is_mark)
        .filter(|word| !word.is_empty())
        .collect();
    let numbers: Vec<i64> = words.iter().filter_map(|word| number(word)).collect();
    if (2..=4).contains(&words.len()) && numbers.len() == words.len() {
        numbers
    } else {
        Vec::new()
    }
}

fn number(text: &str) -> Option<i64> {
    let digits: Option<Vec<u32>> = text.chars().map(decimal).collect();
    // Five digits are more pages than any document has.
    let digits = digits.filter(|digits| (1..=5).contains(&digits.len()))?;
    Some(
        digits
            .iter()
            .fold(0, |value, digit| value * 10 + i64::from(*digit)),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_pages() {
        for text in [
            "- 12 -",
            "— 3 —",
            "第 1 页 共 3 页",
            "Page 2 of 9",
            "iv",
            "·5·",
            "第3页",
            "－1/2－",
        ] {
            assert_eq!(form(text), Some(NumberForm::Marked), "{text}");
        }
        for (text, number) in [("1", 1), ("3/9", 3), ("１２", 12), ("3 / 27", 3)] {
            assert_eq!(form(text), Some(NumberForm::Bare(number)), "{text}");
        }
        assert_eq!(several("30\t2019·3"), [30, 2019, 3]);
        assert_eq!(several("30 页 2"), [0; 0]);
        for text in [
            "2009年",
            "1.",
            "3月25日",
            "第一章",
            "v 型",
            "(一)",
            "1,200",
            "",
            "—",
            "第1章",
        ] {
            assert_eq!(form(text), None, "{text}");
        }
    }
}
