//! The longest words of a text.

use std::cmp::Reverse;
use std::ops::Range;

use crate::text::words::Segmenter;

/// The words of a normalized text that no longer word covers, as ranges of bytes.
///
/// The segmenter gives a word's parts before the word; here every place is read once.
pub(super) fn whole_words(segmenter: &Segmenter, normalized: &str) -> Vec<Range<usize>> {
    let base = normalized.as_ptr() as usize;
    let mut all: Vec<Range<usize>> = segmenter
        .words(normalized)
        .map(|word| {
            let start = word.as_ptr() as usize - base;
            start..start + word.len()
        })
        .collect();
    all.sort_by_key(|range| (range.start, Reverse(range.end)));
    let mut out: Vec<Range<usize>> = Vec::with_capacity(all.len());
    for range in all {
        if out.last().is_none_or(|last| range.start >= last.end) {
            out.push(range);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_place_is_read_once() {
        let segmenter = Segmenter::new("青禾镇水渠").expect("an entry");
        for text in [
            "失地农民由政府安置",
            "青禾镇水渠整修",
            "用5g网络，covid-19。",
            "",
            "，。",
            "的",
        ] {
            let whole = whole_words(&segmenter, text);
            assert!(
                whole.windows(2).all(|pair| pair[0].end <= pair[1].start),
                "{text}"
            );
            let words: Vec<&str> = segmenter.words(text).collect();
            for range in &whole {
                assert!(words.contains(&&text[range.clone()]), "{text}");
            }
            // What the segmenter found is in one of them, or overlaps one that begins before it.
            for word in words {
                let start = word.as_ptr() as usize - text.as_ptr() as usize;
                let covers = |range: &Range<usize>| range.start <= start && start < range.end;
                assert!(whole.iter().any(covers), "{word} in {text}");
            }
        }
        let text = "失地农民由政府安置";
        let words: Vec<&str> = whole_words(&segmenter, text)
            .into_iter()
            .map(|range| &text[range])
            .collect();
        assert_eq!(words[0], "失地农民");
    }
}
