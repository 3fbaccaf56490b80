//! Folding of characters: what matching sees, with a map back to the original.
//!
//! In this order: radicals to the characters that they represent, NFKC, lower case, traditional to simplified
//! (words, then characters), circles in a numeral to 〇, zero-width characters removed, and blanks removed
//! that separate every character of a recognized page. Apart from the words of the list and those blanks, a
//! fragment cut anywhere out of a text folds to the same characters as it does inside that text.

use std::ops::RangeInclusive;
use std::sync::LazyLock;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::{canonical_combining_class, is_combining_mark};

use super::numerals::HAN_DIGITS;
pub use super::visible::is_zero_width;
use super::{radicals, simplified, spaced};

/// One character of the normalized text and the original characters that it came from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Folded {
    /// The normalized character.
    pub ch: char,
    /// First original character, as a 0-based ordinal.
    pub start: u32,
    /// The ordinal after the last original character.
    pub end: u32,
}

/// Returns the normalized text.
///
/// Empty if `text` contains only zero-width characters. Normalizing twice changes nothing.
pub fn normalize(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    fold(text, |folded| out.push(folded.ch));
    out
}

/// Calls `visit` for each character of the normalized text, in order.
///
/// One original character may give several (`㎡` gives `m2`) and several may give one (a letter and its
/// combining accent); each then carries the whole original range.
pub fn fold(text: &str, mut visit: impl FnMut(Folded)) {
    let gaps = spaced::gaps(text);
    let is_gap = |at: u32| {
        let after = gaps.partition_point(|gap| gap.end <= at);
        gaps.get(after).is_some_and(|gap| gap.contains(&at))
    };
    let mut chars = text.chars();
    let mut next = chars.next();
    let mut start = 0;
    // The last folded character, to recognize a circle after a numeral.
    let mut last = '\0';
    while let Some(ch) = next {
        let rest = chars.clone();
        next = chars.next();
        let mut end = start + 1;
        let one = |ch: char| Folded { ch, start, end };
        if next.is_some_and(|next| continues(ch, next)) {
            let cluster = take_cluster(ch, &mut next, &mut chars);
            end = start + cluster.chars().count() as u32;
            last = '\0';
            fold_cluster(&cluster, start, end, &mut visit);
        } else if simplified::is_listed(ch) {
            // Han characters take this path: TABLE covers the usual blocks, and none of them changes under NFKC
            // or lower case.
            if let Some(word) = simplified::of_word(ch, rest.clone()) {
                // A listed word has as many characters on both sides, so that each folded character keeps its
                // own offset.
                for (start, &ch) in (start..).zip(word) {
                    let end = start + 1;
                    visit(Folded { ch, start, end });
                }
                end = start + word.len() as u32;
                chars = rest;
                next = chars.nth(word.len() - 1);
                last = '\0';
            } else {
                last = simplified::of_char(ch);
                visit(one(last));
            }
        } else if is_zero(ch, last, next) {
            last = '〇';
            visit(one(last));
        } else if ch != ' ' || gaps.is_empty() || !is_gap(start) {
            // The blank is skipped only inside a gap of a spaced-out run; a usual text has no gaps, so that the
            // search is not run for each blank.
            last = '\0';
            fold_other(ch, start, &mut visit);
        }
        start = end;
    }
}

/// The character `ch` with those that continue it: whatever composes with its base is folded together, as NFKC of the
/// parts differs from NFKC of the whole.
fn take_cluster(ch: char, next: &mut Option<char>, chars: &mut std::str::Chars<'_>) -> String {
    let mut cluster = String::from(ch);
    let mut joint = ch;
    // `joint` is the last character taken: a Hangul final joins a vowel, not the first letter of the cluster.
    while let Some(joined) = next.filter(|&next| continues(joint, next)) {
        cluster.push(joined);
        joint = joined;
        *next = chars.next();
    }
    cluster
}

/// Folds a character that composes with nothing and is no Han character of the usual blocks.
fn fold_other(ch: char, start: u32, visit: &mut impl FnMut(Folded)) {
    let end = start + 1;
    match ch {
        '\0'..='\x7f' => visit(Folded {
            ch: ch.to_ascii_lowercase(),
            start,
            end,
        }),
        _ if is_zero_width(ch) => {}
        '\u{2e80}'..='\u{2fdf}' => {
            let ch = simplified::of_char(radicals::unified(ch));
            visit(Folded { ch, start, end });
        }
        _ => match folded_mark(ch) {
            Some(ch) => visit(Folded { ch, start, end }),
            None => fold_cluster(ch.encode_utf8(&mut [0; 4]), start, end, visit),
        },
    }
}

fn fold_cluster(cluster: &str, start: u32, end: u32, visit: &mut impl FnMut(Folded)) {
    // Lower-casing can leave a sequence that NFKC would compose again (`İ`), hence the second pass.
    let lower: String = cluster.nfkc().flat_map(char::to_lowercase).collect();
    for ch in lower.nfkc().filter(|&ch| !is_zero_width(ch)) {
        visit(Folded {
            ch: simplified::of_char(ch),
            start,
            end,
        });
    }
}

/// The one character that a frequent mark, or a full-width letter or digit, folds to; `None` for anything
/// else.
fn folded_mark(ch: char) -> Option<char> {
    let mut ord = 0;
    for marks in MARKS {
        if marks.contains(&ch) {
            // The table is indexed by the position in the concatenated ranges.
            return FOLDED_MARKS[ord + (ch as usize - *marks.start() as usize)];
        }
        ord += *marks.end() as usize - *marks.start() as usize + 1;
    }
    None
}

/// Dashes and quotation marks, Chinese punctuation, full-width forms: none of them composes with a preceding
/// character.
const MARKS: [RangeInclusive<char>; 3] = [
    '\u{2010}'..='\u{2027}',
    '\u{3000}'..='\u{3020}',
    '\u{ff01}'..='\u{ff60}',
];

static FOLDED_MARKS: LazyLock<Vec<Option<char>>> = LazyLock::new(|| {
    let fold = |ch: char| {
        let mut out = Vec::new();
        fold_cluster(ch.encode_utf8(&mut [0; 4]), 0, 1, &mut |folded| {
            out.push(folded.ch)
        });
        <[char; 1]>::try_from(out).ok().map(|[ch]| ch)
    };
    MARKS.into_iter().flatten().map(fold).collect()
});

/// Whether NFKC may compose `next` with a preceding character.
fn continues(ch: char, next: char) -> bool {
    // Fast path: Latin-1 with its extensions and the usual Han blocks hold no combining mark. Nearly every
    // call ends here.
    if matches!(next, '\0'..='\u{2ff}' | '\u{3400}'..='\u{9fff}')
        || MARKS.iter().any(|marks| marks.contains(&next))
    {
        return false;
    }
    canonical_combining_class(next) != 0
        || is_combining_mark(next)
        || is_hangul_tail(ch, next)
        || is_kana_mark(next)
}

/// Conjoining vowels and finals compose with the preceding syllable.
fn is_hangul_tail(ch: char, next: char) -> bool {
    let is_hangul = |c: char| matches!(c, '\u{1100}'..='\u{11ff}' | '\u{3131}'..='\u{318e}' | '\u{ac00}'..='\u{d7a3}' | '\u{ffa0}'..='\u{ffdc}');
    // Compatibility and half-width letters become conjoining ones under NFKC; without them, normalizing twice
    // would change the text again.
    let is_tail = matches!(next, '\u{1161}'..='\u{11c2}' | '\u{3133}'..='\u{3136}' | '\u{313a}'..='\u{313f}' | '\u{314f}'..='\u{3163}' | '\u{ffa0}'..='\u{ffdc}');
    is_tail && is_hangul(ch)
}

/// Half-width voicing marks become combining ones.
fn is_kana_mark(next: char) -> bool {
    matches!(next, '\u{ff9e}' | '\u{ff9f}')
}

/// Whether the character is printed for 〇 in numerals; a letter O only there (`二O二三年`).
pub(crate) fn is_circle(ch: char) -> bool {
    matches!(ch, '○' | '◯' | 'Ｏ' | 'O' | 'o')
}

/// Whether the circle `ch` is a zero: it follows a numeral, and a letter must also precede one or 年. A circle
/// at the start of a line is a list mark.
pub(crate) fn is_zero(ch: char, last: char, next: Option<char>) -> bool {
    let is_numeral = |ch: char| HAN_DIGITS.contains(ch);
    let continues = |next: char| is_numeral(next) || is_circle(next) || next == '年';
    is_circle(ch) && is_numeral(last) && (!ch.is_alphabetic() || next.is_some_and(continues))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[track_caller]
    fn check(text: &str, expected: &str) {
        assert_eq!(normalize(text), expected);
    }

    #[test]
    fn folds_width_case_and_script() {
        check("（ＡＢＣ）２００９年", "(abc)2009年");
        check("發展經濟，擴大內需", "发展经济,扩大内需");
        check("①㎡½", "1m21⁄2");
        check("失\u{200b}地\u{feff}农民", "失地农民");
        check("e\u{301}É", "éé");
        check("ﾊﾟ\u{1112}\u{1161}\u{11ab}", "パ한");
        check("ㅁ\u{ffc2}", "마");
        check("\u{200b}", "");
    }

    #[test]
    fn maps_back_to_original_characters() {
        let mut folded = Vec::new();
        fold("甲㎡e\u{301}\u{200b}乙", |f| {
            folded.push((f.ch, f.start, f.end))
        });
        assert_eq!(
            folded,
            [
                ('甲', 0, 1),
                ('m', 1, 2),
                ('2', 1, 2),
                ('é', 2, 4),
                ('乙', 5, 6)
            ]
        );
    }

    #[test]
    fn the_table_of_marks_agrees_with_nfkc() {
        for ch in MARKS.into_iter().flatten() {
            if let Some(folded) = folded_mark(ch) {
                let lower: String = ch.to_string().nfkc().flat_map(char::to_lowercase).collect();
                assert_eq!(lower.nfkc().collect::<String>(), folded.to_string(), "{ch}");
            }
            // A character that combines with the one before it may not take the fast path.
            let combines = canonical_combining_class(ch) != 0 || is_combining_mark(ch);
            assert!(
                !combines && !is_hangul_tail('가', ch) && !is_kana_mark(ch),
                "{ch}"
            );
        }
    }

    #[test]
    fn words_fold_before_characters() {
        check("經瞭解，以此為藉口，計畫重覆", "经了解,以此为借口,计划重复");
        check("瞭望台、狼藉、覆蓋、乾隆", "瞭望台、狼藉、覆盖、乾隆");
    }

    #[test]
    fn radicals_fold_to_their_characters() {
        check("⼈⺠⻓期⻋⻔⻛⼆〇⼆三", "人民长期车门风二〇二三");
    }

    #[test]
    fn circles_in_numerals_fold_to_zero() {
        check(
            "二○二三年二◯◯五年二Ｏ一O年二oo九",
            "二〇二三年二〇〇五年二〇一〇年二〇〇九",
        );
        check(
            "○一是、第一OA系统、甲○乙、ＩＳＯ",
            "○一是、第一oa系统、甲○乙、iso",
        );
    }

    #[test]
    fn removes_blanks_of_recognized_pages() {
        check("投 入 资 金 1 2 . 5 万 元", "投入资金12.5万元");
        check("投入 12.5 万元", "投入 12.5 万元");
    }

    proptest! {
        #[test]
        fn normalizing_twice_changes_nothing(text in "\\PC{0,40}") {
            let once = normalize(&text);
            prop_assert_eq!(normalize(&once), once);
        }

        #[test]
        fn hangul_composes_in_one_pass(text in "[ㄱ-ㆎᄀ-ᇿﾠ-ￜ가-깋 ]{0,8}") {
            let once = normalize(&text);
            prop_assert_eq!(normalize(&once), once);
        }

        #[test]
        fn ranges_lie_in_the_text_in_order(text in "\\PC{0,40}") {
            let n_chars = text.chars().count() as u32;
            let mut last = 0;
            let mut ordered = true;
            fold(&text, |f| {
                ordered &= f.start >= last && f.start < f.end && f.end <= n_chars;
                last = f.start;
            });
            prop_assert!(ordered);
        }
    }

    proptest! {
        #[test]
        fn parts_fold_as_they_do_in_the_whole(one in "[修渠（）ＡｂC１2，。、“”①]{0,12}", other in "[修渠（）ＡｂC１2，。、“”①]{0,12}") {
            let whole = normalize(&format!("{one}{other}"));
            prop_assert_eq!(whole, normalize(&one) + &normalize(&other));
        }

        #[test]
        fn pieces_of_the_original_do_not_overlap(text in "\\PC{0,30}") {
            let mut pieces: Vec<(u32, u32, String)> = Vec::new();
            fold(&text, |f| match pieces.last_mut().filter(|(start, ..)| *start == f.start) {
                Some((_, _, piece)) => piece.push(f.ch),
                None => pieces.push((f.start, f.end, f.ch.to_string())),
            });
            // Pieces do not overlap, and each folds as it does inside the text, but for words and numerals.
            prop_assert!(pieces.windows(2).all(|two| two[0].1 <= two[1].0));
            let whole: String = pieces.into_iter().map(|(.., piece)| piece).collect();
            prop_assert_eq!(whole, normalize(&text));
        }
    }
}
