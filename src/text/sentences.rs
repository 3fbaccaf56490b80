//! Sentences: where a text may be cut without cutting a statement.

use std::ops::Range;

use super::units::ends_sentence;

/// Returns the sentences of `text` as half-open ranges of bytes, together covering the whole text.
///
/// A sentence ends after a run of `。！？` or `!?` and the closing quotes and brackets that follow. Empty for an
/// empty text.
pub fn sentences(text: &str) -> Vec<Range<usize>> {
    let mut out = Vec::new();
    let mut start = 0;
    let mut chars = text.char_indices().peekable();
    while let Some((at, ch)) = chars.next() {
        if !is_end(ch) {
            continue;
        }
        let mut end = at + ch.len_utf8();
        // `？！”` ends one sentence, not three, and the closing quote belongs to what it closes.
        while let Some((at, ch)) = chars.next_if(|&(_, ch)| is_end(ch) || is_closing(ch)) {
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

fn is_end(ch: char) -> bool {
    ends_sentence(ch) || matches!(ch, '！' | '？' | '｡')
}

fn is_closing(ch: char) -> bool {
    matches!(
        ch,
        '”' | '’' | '"' | '\'' | '」' | '』' | '）' | ')' | '》' | '】' | '〉'
    )
}

#[cfg(test)]
mod tests {
    use super::*;

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
}
