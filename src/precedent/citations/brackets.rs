//! Brackets and quotation marks in a passage, and the sentences that they leave whole.

use std::ops::Range;

use crate::text::punctuation::is_stop;

/// The longest title and the longest quotation, in characters: what is longer was never closed.
const LONGEST: [usize; 2] = [120, 1000];

/// What a pair of marks encloses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Enclosed {
    Title,
    Quotation,
}

/// The text between two marks, half-open, without them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Bracketed {
    pub(super) enclosed: Enclosed,
    pub(super) span: Range<usize>,
}

/// The outermost titles and quotations of a passage, in order.
pub(super) fn bracketed(chars: &[char]) -> Vec<Bracketed> {
    let mut out = Vec::new();
    // A straight mark opens as often as it closes; an odd one would turn the passage inside out.
    let is_paired = chars
        .iter()
        .filter(|&&ch| ch == '"')
        .count()
        .is_multiple_of(2);
    let mut at = 0;
    while at < chars.len() {
        let Some((enclosed, close)) =
            opened(chars[at]).filter(|&(_, close)| close != '"' || is_paired)
        else {
            at += 1;
            continue;
        };
        let longest = match enclosed {
            Enclosed::Title => LONGEST[0],
            Enclosed::Quotation => LONGEST[1],
        };
        match closing(&chars[at + 1..], (chars[at], close)).filter(|&len| len <= longest) {
            Some(len) => {
                let span = at + 1..at + 1 + len;
                at = span.end + 1;
                out.push(Bracketed { enclosed, span });
            }
            // Never closed: the rest is read as if it were not there.
            None => at += 1,
        }
    }
    out
}

/// The ordinal of the sentence of each character; a stop inside of titles and quotations ends none, except the last of a
/// quotation, with which its sentence ends.
pub(super) fn sentence_ordinals(chars: &[char], bracketed: &[Bracketed]) -> Vec<usize> {
    let mut out = Vec::with_capacity(chars.len());
    let mut enclosed = bracketed.iter().peekable();
    let mut sentence = 0;
    let mut is_ended = false;
    for (at, &ch) in chars.iter().enumerate() {
        while enclosed.next_if(|one| one.span.end < at).is_some() {}
        let is_inside = enclosed.peek().is_some_and(|one| one.span.contains(&at));
        let closes = enclosed.peek().is_some_and(|one| one.span.end == at);
        let is_tail = is_stop(ch) || matches!(ch, '）' | ')');
        // `。”` and `。）` end a sentence after the bracket.
        if is_ended && !is_tail {
            sentence += 1;
            is_ended = false;
        }
        out.push(sentence);
        is_ended |= ch == '\n';
        is_ended |= !is_inside && is_stop(ch);
        is_ended |= closes && at > 0 && is_stop(chars[at - 1]);
    }
    out
}

fn opened(ch: char) -> Option<(Enclosed, char)> {
    Some(match ch {
        '《' => (Enclosed::Title, '》'),
        '〈' => (Enclosed::Title, '〉'),
        '“' => (Enclosed::Quotation, '”'),
        '‘' => (Enclosed::Quotation, '’'),
        '「' => (Enclosed::Quotation, '」'),
        '『' => (Enclosed::Quotation, '』'),
        '"' => (Enclosed::Quotation, '"'),
        _ => return None,
    })
}

/// The number of characters before the mark that closes an open one, with pairs of the same marks between them.
fn closing(chars: &[char], (open, close): (char, char)) -> Option<usize> {
    let mut depth = 0_usize;
    for (at, &ch) in chars.iter().enumerate() {
        if ch == close {
            if depth == 0 {
                return (at > 0).then_some(at);
            }
            depth -= 1;
        } else if ch == open {
            depth += 1;
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        let chars: Vec<char> = text.chars().collect();
        let found = bracketed(&chars).into_iter();
        let found: Vec<String> = found.map(|one| chars[one.span].iter().collect()).collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn the_outermost_pairs_are_taken() {
        check(
            "按照《水渠管护办法》第三条“谁用水、谁出工”",
            &["水渠管护办法", "谁用水、谁出工"],
        );
        check(
            "《关于修改〈水渠管护办法〉的决定》",
            &["关于修改〈水渠管护办法〉的决定"],
        );
        check("《办法》和〈细则〉", &["办法", "细则"]);
        check("“要‘两手抓’，两手硬”", &["要‘两手抓’，两手硬"]);
        check("《水渠“一户一表”办法》", &["水渠“一户一表”办法"]);
        check("「修渠」與\"護渠\"", &["修渠", "護渠"]);
    }

    #[test]
    fn what_is_never_closed_encloses_nothing() {
        check("“修渠，《办法》说", &["办法"]);
        check("5\"管和《办法》", &["办法"]);
        check("《》“”", &[]);
    }

    #[test]
    fn stops_inside_quotations_end_no_sentence() {
        let ordinals = |text: &str| {
            let chars: Vec<char> = text.chars().collect();
            let found = sentence_ordinals(&chars, &bracketed(&chars));
            found.iter().map(usize::to_string).collect::<String>()
        };
        assert_eq!(ordinals("甲。乙丙！"), "00111");
        assert_eq!(ordinals("他说：“甲。乙”好。丙"), "00000000001");
        assert_eq!(ordinals("他说：“甲。”丙"), "00000001");
        assert_eq!(ordinals("甲（乙。）丙"), "000001");
        assert_eq!(ordinals("甲？！乙\n丙"), "000112");
    }
}
