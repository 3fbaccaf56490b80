//! Sentences: where a text may be cut without cutting a statement.

use std::ops::Range;

use super::punctuation::{is_closing, is_stop, is_straight_quote};

/// Returns the sentences of `text` as half-open ranges of bytes, together covering the whole text.
///
/// A sentence ends after a run of `。！？` or `!?` and the closing quotes and brackets that follow. Empty for an
/// empty text.
pub fn sentences(text: &str) -> Vec<Range<usize>> {
    let mut out = Vec::new();
    let mut start = 0;
    let mut chars = text.char_indices().peekable();
    while let Some((at, ch)) = chars.next() {
        if !is_stop(ch) {
            continue;
        }
        let mut end = at + ch.len_utf8();
        // `？！”` ends one sentence, not three, and the closing quote belongs to what it closes.
        while let Some((at, ch)) = chars.next_if(|&(_, ch)| is_tail(ch)) {
            end = at + ch.len_utf8();
        }
        out.push(start..end);
        start = end;
    }
    // A last sentence without a mark is a sentence too: the ranges cover the whole text.
    if start < text.len() {
        out.push(start..text.len());
    }
    out
}

/// Whether a mark after a stop belongs to the sentence that it ends.
fn is_tail(ch: char) -> bool {
    is_stop(ch) || is_closing(ch) || is_straight_quote(ch)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        let actual: Vec<&str> = sentences(text)
            .into_iter()
            .map(|range| &text[range])
            .collect();
        assert_eq!(actual, expected);
    }

    #[test]
    fn cuts_after_the_closing_quote() {
        check(
            "他说：“好！”大家同意。散会",
            &["他说：“好！”", "大家同意。", "散会"],
        );
        check("真的吗？！是。", &["真的吗？！", "是。"]);
        check("", &[]);
    }

    #[test]
    fn marks_and_closing_brackets_stay_with_their_sentence() {
        check("（见附件。）下同。", &["（见附件。）", "下同。"]);
        check("《好！》』」】〉好", &["《好！》』」】〉", "好"]);
        check("好!?\"'）再说", &["好!?\"'）", "再说"]);
        check("一｡二", &["一｡", "二"]);
        check("。。", &["。。"]);
        check("1.5；甲：乙，丙\n丁", &["1.5；甲：乙，丙\n丁"]);
    }

    proptest! {
        #[test]
        fn sentences_are_the_text_cut_after_marks(text in "[园区a。！？!?”）》」，\n 1.]{0,40}") {
            let ranges = sentences(&text);
            let mut end = 0;
            for range in &ranges {
                prop_assert_eq!(range.start, end);
                prop_assert!(range.end > range.start);
                end = range.end;
                // A sentence has no further sentence inside.
                prop_assert_eq!(sentences(&text[range.clone()]).len(), 1);
            }
            prop_assert_eq!(end, text.len());
            for range in ranges.iter().rev().skip(1) {
                prop_assert!(text[range.clone()].ends_with(is_tail));
            }
        }
    }
}
