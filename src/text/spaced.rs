//! Blanks that programs insert between single characters: recognized pages and letter-spaced titles have
//! them.

use std::ops::Range;

use super::unit_chars::is_single_unit;
use super::visible::is_zero_width;

/// Minimum number of consecutive single characters.
const MIN_CHARS: usize = 8;
/// Minimum number of blanks in a text that has such a run.
pub(super) const MIN_BLANKS: usize = MIN_CHARS - 1;
/// Minimum number of Han characters among them, and their minimum share as a divisor: runs of single digits
/// are cells of a table.
const MIN_HAN: usize = 3;
const MIN_HAN_DIVISOR: usize = 4;

/// Consecutive single characters with blanks between them.
struct SpacedRun {
    n_chars: usize,
    n_han: usize,
    /// The last of them.
    last: char,
    /// The blanks between them, as ordinals of characters.
    gaps: Vec<Range<u32>>,
}

/// The blanks of `text` that only separate single characters, as ranges of character ordinals, in order.
///
/// They lie in a run of eight or more single characters, of which at least three and a quarter are Han; the
/// run ends at a word of two characters, a tab or a line end. Only plain blanks count (U+0020). Empty for
/// nearly every text.
pub fn gaps(text: &str) -> Vec<Range<u32>> {
    // Counting bytes costs almost nothing; nearly no text has this many blanks.
    let n_blanks = text.bytes().filter(|&byte| byte == b' ').count();
    if n_blanks < MIN_BLANKS {
        return Vec::new();
    }
    let mut out = Vec::new();
    for run in runs(text, |ch| ch == ' ') {
        // Eight single digits are more often cells of a table than a spaced number; a quarter of Han leaves
        // `1 2 . 5 万 元` in.
        let is_text = run.n_han >= MIN_HAN && run.n_han * MIN_HAN_DIVISOR >= run.n_chars;
        if run.n_chars >= MIN_CHARS && is_text {
            out.extend(run.gaps);
        }
    }
    out
}

/// The same for a line that may be a title or a heading: blanks of any kind, and a line that consists only of
/// single characters, half of them Han, may be as short as two (`通　知`).
pub fn gaps_in_line(text: &str) -> Vec<Range<u32>> {
    let is_blank = |ch: char| ch.is_whitespace() && !matches!(ch, '\t' | '\n');
    if !text.contains(is_blank) {
        return Vec::new();
    }
    let runs = runs(text, is_blank);
    // Zero-width characters are invisible between the characters of a run, so that they do not make it
    // shorter than the line.
    let n_chars = |text: &str| {
        text.chars()
            .filter(|&ch| !is_blank(ch) && !is_zero_width(ch))
            .count()
    };
    // The whole line is one run: a title set wide. A part of a line must meet the stricter rule below.
    if let [run] = &runs[..]
        && run.n_han * 2 >= run.n_chars
        && run.n_chars == n_chars(text)
    {
        return run.gaps.clone();
    }
    let is_spaced = |run: &SpacedRun| {
        run.n_chars >= MIN_CHARS
            && run.n_han >= MIN_HAN
            && run.n_han * MIN_HAN_DIVISOR >= run.n_chars
    };
    runs.into_iter()
        .filter(is_spaced)
        .flat_map(|run| run.gaps)
        .collect()
}

/// The runs of two or more single characters in `text`.
fn runs(text: &str, is_blank: impl Fn(char) -> bool) -> Vec<SpacedRun> {
    let mut runs = Vec::new();
    let mut open: Option<SpacedRun> = None;
    let mut gap: Option<Range<u32>> = None;
    let mut chars = (0..).zip(text.chars()).peekable();
    while let Some((at, ch)) = chars.next() {
        if is_blank(ch) {
            gap = Some(gap.map_or(at..at + 1, |gap| gap.start..at + 1));
            continue;
        }
        if is_zero_width(ch) {
            continue;
        }
        // A tab or line end is white space that does not join: `is_single` is false and the run ends.
        let mut is_single = !ch.is_whitespace();
        // The rest of the word is consumed; anything visible in it makes it longer than one character.
        while let Some((_, ch)) = chars.next_if(|&(_, ch)| !is_blank(ch)) {
            is_single &= is_zero_width(ch);
        }
        let gap = gap.take();
        if !is_single {
            runs.extend(open.take());
            continue;
        }
        let run = open.get_or_insert(SpacedRun {
            n_chars: 0,
            n_han: 0,
            last: ch,
            gaps: Vec::new(),
        });
        // Single letters are item marks as often as parts of a word.
        let are_letters = run.last.is_ascii_alphabetic() && ch.is_ascii_alphabetic();
        if run.n_chars > 0 && !are_letters {
            run.gaps.extend(gap);
        }
        run.last = ch;
        run.n_chars += 1;
        run.n_han += usize::from(is_single_unit(ch));
    }
    runs.extend(open);
    runs.retain(|run| run.n_chars > 1);
    runs
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[track_caller]
    fn check(text: &str, gaps: fn(&str) -> Vec<Range<u32>>, expected: &str) {
        let gaps = gaps(text);
        let is_kept = |at: u32| !gaps.iter().any(|gap| gap.contains(&at));
        let chars = (0..).zip(text.chars()).filter(|&(at, _)| is_kept(at));
        assert_eq!(chars.map(|(_, ch)| ch).collect::<String>(), expected);
    }

    #[test]
    fn recognized_pages_are_read_without_their_blanks() {
        check(
            "今 年 投 入 1 2 . 5 万 元 ， 完 成",
            gaps,
            "今年投入12.5万元，完成",
        );
        check("2 0 2 3 年 1 2 月 2 0 日", gaps, "2023年12月20日");
        check("合 计 1 2 3 4 5 6 7 8 9", gaps, "合 计 1 2 3 4 5 6 7 8 9");
        check("甲县 1 2 3 4 5 6 7 8 9", gaps, "甲县 1 2 3 4 5 6 7 8 9");
        check("甲 乙 丙 丁 A B C D E", gaps, "甲乙丙丁A B C D E");
        check("县 长 石 青 山", gaps, "县 长 石 青 山");
        check("", gaps, "");
    }

    #[test]
    fn titles_are_read_without_their_blanks() {
        check("政  府  工  作  报  告", gaps_in_line, "政府工作报告");
        check("通　知", gaps_in_line, "通知");
        check("（ 一 ） 防 汛 抗 旱", gaps_in_line, "（一）防汛抗旱");
        check("第一章　总　则", gaps_in_line, "第一章　总　则");
        check("园区 总结", gaps_in_line, "园区 总结");
        check("甲\t乙", gaps_in_line, "甲\t乙");
    }

    fn without(text: &str, gaps: &[Range<u32>]) -> String {
        let is_kept = |at: u32| !gaps.iter().any(|gap| gap.contains(&at));
        let chars = (0..).zip(text.chars()).filter(|&(at, _)| is_kept(at));
        chars.map(|(_, ch)| ch).collect()
    }

    proptest! {
        #[test]
        fn gaps_are_blanks_and_removing_them_leaves_none(
            text in "([甲乙丙a1，] ){0,12}[甲乙a1]{0,3}( [甲乙a1，]){0,12}|[甲乙a1 \\t]{0,30}",
        ) {
            let found = gaps(&text);
            let chars: Vec<char> = text.chars().collect();
            for gap in &found {
                let inside = &chars[gap.start as usize..gap.end as usize];
                prop_assert!(!inside.is_empty() && inside.iter().all(|&ch| ch == ' '));
            }
            prop_assert!(found.windows(2).all(|two| two[0].end < two[1].start));
            prop_assert_eq!(gaps(&without(&text, &found)), []);
            let solid = |text: &str| text.replace(' ', "");
            prop_assert_eq!(solid(&without(&text, &found)), solid(&text));
        }

        #[test]
        fn gaps_of_a_text_are_gaps_of_its_line(text in "([甲乙丙1，] ){8,12}[甲乙]") {
            let found = gaps(&text);
            let in_line = gaps_in_line(&text);
            prop_assert!(found.iter().all(|gap| in_line.contains(gap)));
        }
    }
}
