//! Cutting of long paragraphs: at sentence ends, into pieces that can be shown and ranked.

use std::ops::Range;

use crate::text::sentences::sentences;

/// Longest passage, in characters; a single longer sentence stays whole.
pub(super) const MAX_PASSAGE: usize = 1000;

/// Ranges of bytes of the passages that the paragraph is cut into, in order, together covering it.
pub(super) fn passages(text: &str) -> Vec<Range<usize>> {
    let whole = std::iter::once(0..text.len());
    if text.len() <= MAX_PASSAGE || text.chars().nth(MAX_PASSAGE).is_none() {
        return whole.collect();
    }
    let mut pieces: Vec<Range<usize>> = Vec::new();
    let mut n_chars = 0;
    for sentence in sentences(text) {
        let n_more = text[sentence.clone()].chars().count();
        match pieces
            .last_mut()
            .filter(|_| n_chars + n_more <= MAX_PASSAGE)
        {
            Some(piece) => {
                piece.end = sentence.end;
                n_chars += n_more;
            }
            None => {
                pieces.push(sentence);
                n_chars = n_more;
            }
        }
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &[usize]) {
        let lengths: Vec<usize> = passages(text)
            .into_iter()
            .map(|range| text[range].chars().count())
            .collect();
        assert_eq!(lengths, expected);
    }

    #[test]
    fn cuts_at_sentence_ends() {
        let sentence = |n: usize| format!("{}。", "园".repeat(n - 1));
        check(&sentence(1000), &[1000]);
        check(&format!("{}{}", sentence(600), sentence(400)), &[1000]);
        check(&format!("{}{}", sentence(600), sentence(401)), &[600, 401]);
        check(
            &format!("{}{}{}", sentence(300), sentence(1500), sentence(300)),
            &[300, 1500, 300],
        );
    }
}
