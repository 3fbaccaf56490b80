//! Folding of characters: what matching sees, with a map back to the original.
//!
//! In this order: NFKC, lower case, traditional to simplified, zero-width characters removed. Script is
//! folded character by character (`OpenCC`'s `TSCharacters` table, first choice), never by phrase: a fragment
//! cut anywhere out of a text must fold to the same characters as it does inside that text.

use std::ops::RangeInclusive;
use std::sync::LazyLock;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::{canonical_combining_class, is_combining_mark};

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
/// Empty if `text` holds nothing but zero-width characters. Normalizing twice changes nothing.
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
    let simplified = &*SIMPLIFIED;
    let mut chars = text.chars();
    let mut next = chars.next();
    let mut start = 0;
    while let Some(ch) = next {
        next = chars.next();
        let mut end = start + 1;
        if next.is_some_and(|next| continues(ch, next)) {
            let mut cluster = String::from(ch);
            let mut last = ch;
            while let Some(joined) = next.filter(|&next| continues(last, next)) {
                cluster.push(joined);
                last = joined;
                next = chars.next();
                end += 1;
            }
            fold_cluster(&cluster, start, end, &mut visit);
        } else if let '\u{3400}'..='\u{9fff}' = ch {
            let ch = simplified[ch as usize - 0x3400];
            visit(Folded { ch, start, end });
        } else {
            fold_other(ch, start, &mut visit);
        }
        start = end;
    }
}

/// Folds a character that nothing joins and that is no Han character of the usual blocks.
fn fold_other(ch: char, start: u32, visit: &mut impl FnMut(Folded)) {
    let end = start + 1;
    match ch {
        '\0'..='\x7f' => visit(Folded {
            ch: ch.to_ascii_lowercase(),
            start,
            end,
        }),
        _ if is_zero_width(ch) => {}
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
            ch: simplify(ch),
            start,
            end,
        });
    }
}

/// The one character that a usual mark, or a full-width letter or digit, folds to; none for anything else.
fn folded_mark(ch: char) -> Option<char> {
    let mut ord = 0;
    for marks in MARKS {
        if marks.contains(&ch) {
            return FOLDED_MARKS[ord + (ch as usize - *marks.start() as usize)];
        }
        ord += *marks.end() as usize - *marks.start() as usize + 1;
    }
    None
}

/// Dashes and quotation marks, the marks of Chinese, full-width forms: none of them combines with what stands before it.
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

/// Whether NFKC may combine `next` with what stands before it.
fn continues(ch: char, next: char) -> bool {
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

/// Conjoining vowels and finals compose with the syllable before them.
fn is_hangul_tail(ch: char, next: char) -> bool {
    let is_hangul = |c: char| matches!(c, '\u{1100}'..='\u{11ff}' | '\u{3131}'..='\u{318e}' | '\u{ac00}'..='\u{d7a3}' | '\u{ffa0}'..='\u{ffdc}');
    // Compatibility letters and half-width ones become conjoining ones.
    let is_tail = matches!(next, '\u{1161}'..='\u{11c2}' | '\u{3133}'..='\u{3136}' | '\u{313a}'..='\u{313f}' | '\u{314f}'..='\u{3163}' | '\u{ffa0}'..='\u{ffdc}');
    is_tail && is_hangul(ch)
}

/// Half-width voicing marks become combining ones.
fn is_kana_mark(next: char) -> bool {
    matches!(next, '\u{ff9e}' | '\u{ff9f}')
}

/// Whether the character takes no room and is dropped: joiners, marks of direction, byte order marks, soft hyphens, variation selectors.
pub fn is_zero_width(ch: char) -> bool {
    matches!(
        ch,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{2064}' | '\u{2066}'..='\u{206f}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{e0100}'..='\u{e01ef}'
    )
}

/// The simplified form of one character; itself where there is none.
fn simplify(ch: char) -> char {
    if !('\u{3400}'..='\u{9fff}').contains(&ch) {
        return ch;
    }
    SIMPLIFIED[ch as usize - 0x3400]
}

static SIMPLIFIED: LazyLock<Vec<char>> = LazyLock::new(|| {
    let mut table: Vec<char> = ('\u{3400}'..='\u{9fff}').collect();
    for (from, to) in hanconv::RawDictionary::TSCharacters.iter() {
        let (Some(from), Some(to)) = (from.chars().next(), to.chars().next()) else {
            continue;
        };
        if let Some(slot) = (from as usize)
            .checked_sub(0x3400)
            .and_then(|ord| table.get_mut(ord))
        {
            *slot = to;
        }
    }
    // A few targets are sources themselves; following them once more makes folding idempotent.
    let once = table.clone();
    for slot in &mut table {
        if let Some(&next) = (*slot as usize)
            .checked_sub(0x3400)
            .and_then(|ord| once.get(ord))
        {
            *slot = next;
        }
    }
    table
});

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
    fn usual_marks_fold_as_all_else_does() {
        for ch in MARKS.into_iter().flatten() {
            if let Some(folded) = folded_mark(ch) {
                let lower: String = ch.to_string().nfkc().flat_map(char::to_lowercase).collect();
                assert_eq!(lower.nfkc().collect::<String>(), folded.to_string(), "{ch}");
            }
            // Nothing that would combine may pass as a mark.
            let combines = canonical_combining_class(ch) != 0 || is_combining_mark(ch);
            assert!(
                !combines && !is_hangul_tail('가', ch) && !is_kana_mark(ch),
                "{ch}"
            );
        }
    }

    #[test]
    fn every_han_character_folds_to_a_fixed_point() {
        for ch in '\u{3400}'..='\u{9fff}' {
            assert_eq!(simplify(simplify(ch)), simplify(ch), "{ch}");
        }
    }

    proptest! {
        #[test]
        fn normalizing_twice_changes_nothing(text in "\\PC{0,40}") {
            let once = normalize(&text);
            prop_assert_eq!(normalize(&once), once);
        }

        #[test]
        fn hangul_composes_at_once(text in "[ㄱ-ㆎᄀ-ᇿﾠ-ￜ가-깋 ]{0,8}") {
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
}
