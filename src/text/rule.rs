//! The rule of exact matching as data, for a program that is not ours.
//!
//! What Unicode defines (NFKC, lower case, letters and digits) is not in it: every language has it.

use std::collections::BTreeMap;

use serde::Serialize;
use unicode_normalization::char::is_combining_mark;

use super::normalize::{Folded, fold, is_zero_width};
use super::unit_chars::{ends_sentence, is_single_unit};
use super::{radicals, simplified};

/// Tables of the rule. Ranges are of characters, both ends included, in order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Rule {
    /// Characters that are folded to another one: radicals and traditional characters.
    pub characters: BTreeMap<char, char>,
    /// Characters that are removed.
    pub zero_width: Vec<(char, char)>,
    /// Normalized characters that are units by themselves.
    pub single_units: Vec<(char, char)>,
    /// Normalized characters that end a sentence.
    pub sentence_ends: String,
    /// Characters that go on the run of letters before them.
    pub marks: Vec<(char, char)>,
}

/// The tables that this version reads texts by.
pub fn rule() -> Rule {
    let all = char::MIN..=char::MAX;
    let radicals = all.clone().filter(|&ch| radicals::is_radical(ch));
    let radicals = radicals.map(|ch| (ch, simplified::of_char(radicals::unified(ch))));
    let characters = simplified::changed().chain(radicals);
    Rule {
        characters: characters.filter(|(ch, folded)| ch != folded).collect(),
        zero_width: ranges(is_zero_width),
        single_units: ranges(is_single_unit),
        sentence_ends: all.filter(|&ch| ends_sentence(ch)).collect(),
        marks: ranges(is_combining_mark),
    }
}

/// Characters of a text that are not read one by one: the characters around them decide.
///
/// Ordinals of the first one and of the one after the last, and what they are read as: words of the list of traditional script, circles
/// in numerals, letters with the marks on them, blanks between the characters of a recognized page (read as nothing). In order; empty
/// for nearly every text.
pub fn exceptions(text: &str) -> Vec<(u32, u32, String)> {
    let mut read: Vec<(u32, u32, String)> = Vec::new();
    let mut visit = |Folded { ch, start, end }| match read.last_mut() {
        Some((last, _, folded)) if *last == start => folded.push(ch),
        _ => read.push((start, end, ch.into())),
    };
    fold(text, &mut visit);
    let mut read = read.into_iter().peekable();
    let mut out = Vec::new();
    let mut alone = String::new();
    let mut next = 0;
    for (at, ch) in (0..).zip(text.chars()) {
        if at < next {
            continue;
        }
        let whole = read.next_if(|&(start, _, _)| start == at);
        let (end, folded) = match &whole {
            Some((_, end, folded)) => (*end, folded.as_str()),
            None => (at + 1, ""),
        };
        next = end;
        alone.clear();
        fold(ch.encode_utf8(&mut [0; 4]), |one| alone.push(one.ch));
        if end > at + 1 || folded != alone {
            out.push((at, end, folded.to_owned()));
        }
    }
    out
}

/// The ranges of characters that `holds`.
fn ranges(holds: fn(char) -> bool) -> Vec<(char, char)> {
    let mut out: Vec<(char, char)> = Vec::new();
    for ch in (char::MIN..=char::MAX).filter(|&ch| holds(ch)) {
        match out.last_mut() {
            // Over the gap of surrogates no range goes on: characters on both sides are never alike.
            Some((_, last)) if *last as u32 + 1 == ch as u32 => *last = ch,
            _ => out.push((ch, ch)),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::normalize::normalize;
    use proptest::prelude::*;

    #[test]
    fn the_tables_fold_as_the_reading_does() {
        let rule = rule();
        for (&ch, &folded) in &rule.characters {
            assert_eq!(normalize(&ch.to_string()), folded.to_string());
        }
        assert_eq!(rule.characters[&'發'], '发');
        assert_eq!(rule.characters[&'⻓'], '长');
        assert!(rule.characters.len() > 2_000);
    }

    #[test]
    fn ranges_hold_what_they_are_of_and_nothing_else() {
        let rule = rule();
        let is_in =
            |ranges: &[(char, char)], ch| ranges.iter().any(|&(a, b)| (a..=b).contains(&ch));
        for ch in "一龥〇々あ가\u{200b}\u{feff}aé。，\u{3fffd}".chars() {
            assert_eq!(is_in(&rule.single_units, ch), is_single_unit(ch), "{ch:?}");
            assert_eq!(is_in(&rule.zero_width, ch), is_zero_width(ch), "{ch:?}");
        }
        assert_eq!(rule.sentence_ends, "!?。");
    }

    /// The normalized text by the tables and the exceptions.
    fn by_data(text: &str) -> String {
        let exceptions = exceptions(text);
        let mut out = String::new();
        let mut next = 0;
        for (at, ch) in (0..).zip(text.chars()) {
            if at < next {
                continue;
            }
            let exception = exceptions.iter().find(|(start, _, _)| *start == at);
            match exception {
                Some((_, end, folded)) => {
                    out.push_str(folded);
                    next = *end;
                }
                None => out.push_str(&normalize(&ch.to_string())),
            }
        }
        out
    }

    #[test]
    fn exceptions_are_what_the_context_decides() {
        let of = |text| exceptions(text);
        assert_eq!(of("發展經濟，㎡ＡＢ"), []);
        assert_eq!(of("已瞭解"), [(1, 2, "了".to_owned())]);
        assert_eq!(of("二○二三"), [(1, 2, "〇".to_owned())]);
        assert_eq!(of("e\u{301}a"), [(0, 2, "é".to_owned())]);
        let spaced = of("投 入 资 金 1 2 . 5 万 元");
        assert!(spaced.len() == 9 && spaced.iter().all(|(_, _, folded)| folded.is_empty()));
    }

    proptest! {
        #[test]
        fn tables_and_exceptions_give_the_normalized_text(text in "[\\PC二○瞭解藉口e\u{301}1 .。]{0,30}") {
            prop_assert_eq!(by_data(&text), normalize(&text));
        }
    }
}
