//! Classes of punctuation marks as they are printed, defined once for all that cut texts at them.
//!
//! Normalized text has fewer marks; what ends a sentence there is [`ends_sentence`](super::units::ends_sentence).

use super::units::ends_sentence;

/// Whether the mark ends a sentence, at either width.
pub(crate) fn is_stop(ch: char) -> bool {
    ends_sentence(ch) || matches!(ch, '！' | '？' | '｡')
}

/// Whether the mark closes a quotation, a title or brackets, and belongs to what it closes.
pub(crate) fn is_closing(ch: char) -> bool {
    matches!(
        ch,
        '”' | '’' | '」' | '』' | '）' | ')' | '》' | '】' | '〉'
    )
}

/// Whether the mark is a straight quotation mark, which opens as often as it closes: only after a stop is it known to
/// close.
pub(crate) fn is_straight_quote(ch: char) -> bool {
    matches!(ch, '"' | '\'')
}

/// Whether the mark separates parts of a sentence.
pub(crate) fn separates_clauses(ch: char) -> bool {
    matches!(ch, '，' | ',' | '、' | '；' | ';' | '：' | ':')
}

/// Dashes before a subtitle or an item, as they are typed, converted and recognized.
pub(crate) const DASHES: [char; 7] = ['—', '―', '─', '–', '-', '－', '━'];

/// Brackets before the year of a document number: GB/T 9704-2012, 7.2.5 prescribes the first, and the others are typed
/// for it.
pub(crate) const NUMBER_OPENS: [char; 7] = ['〔', '[', '［', '（', '(', '【', '﹝'];

/// Brackets after the year of a document number, in the order of [`NUMBER_OPENS`].
pub(crate) const NUMBER_CLOSES: [char; 7] = ['〕', ']', '］', '）', ')', '】', '﹞'];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::normalize::normalize;

    #[test]
    fn a_stop_is_what_ends_a_sentence_once_it_is_normalized() {
        for ch in (char::MIN..=char::MAX).filter(|&ch| is_stop(ch)) {
            assert!(normalize(&ch.to_string()).contains(ends_sentence), "{ch}");
        }
        assert!("。！？｡!?".chars().all(is_stop) && !"…；.：".contains(is_stop));
    }

    #[test]
    fn no_mark_is_of_two_classes() {
        let classes: [fn(char) -> bool; 4] =
            [is_stop, is_closing, is_straight_quote, separates_clauses];
        for ch in char::MIN..=char::MAX {
            assert!(classes.iter().filter(|is| is(ch)).count() < 2, "{ch}");
        }
        assert!(!"“‘「『（(《【〈".contains(is_closing), "opening marks");
    }

    #[test]
    fn brackets_come_in_pairs() {
        let closing = |open: char| match open {
            // These pairs are not neighbours in Unicode.
            '[' => ']',
            '［' => '］',
            open => char::from_u32(open as u32 + 1).unwrap_or(open),
        };
        assert_eq!(NUMBER_OPENS.map(closing), NUMBER_CLOSES);
    }
}
