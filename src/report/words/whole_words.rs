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
