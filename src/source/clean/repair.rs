//! Repairs the lines of a document, step by step.

use super::{escapes, repeats, split, wraps};
use crate::document::Line;
use crate::source::Warning;

/// A text after its repair.
#[derive(Debug, PartialEq, Eq)]
pub struct Cleaned {
    /// Its lines.
    pub lines: Vec<Line>,
    /// The repairs.
    pub warnings: Vec<Warning>,
    /// Visible characters of replaced escapes: an escape counts as its character.
    pub n_dropped: u64,
}

/// Repairs `lines`: removes escapes and stray controls, marks copies of the whole text as boilerplate, splits
/// a report on one line at its headings, joins lines wrapped inside a sentence. Intact text stays unchanged,
/// without a warning.
pub fn clean(mut lines: Vec<Line>) -> Cleaned {
    let mut warnings = Vec::new();
    // The order matters: copies are compared without escapes, and joining works on the lines of one copy
    // only.
    let repairs = escapes::repair(&mut lines);
    if repairs.escapes > 0 {
        warnings.push(Warning::Escapes(repairs.escapes));
    }
    if repairs.controls > 0 {
        warnings.push(Warning::Controls(repairs.controls));
    }
    let n_copies = repeats::keep_first(&mut lines);
    if n_copies > 1 {
        warnings.push(Warning::RepeatedText(n_copies));
    }
    let n_parts = split::split_at_headings(&mut lines);
    if n_parts > 0 {
        warnings.push(Warning::SplitLines(n_parts));
    }
    let n_joined = wraps::join(&mut lines);
    if n_joined > 0 {
        warnings.push(Warning::JoinedLines(n_joined));
    }
    Cleaned {
        lines,
        warnings,
        n_dropped: repairs.n_dropped,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::clean::line_ends;
    use proptest::prelude::*;

    #[test]
    fn clean_text_is_not_changed() {
        let text = "关于开展检查的通知\n\n各科室：\n　　现将有关事项通知如下。\n一、时间\n";
        let lines = line_ends::split(text);
        let cleaned = Cleaned {
            lines: lines.clone(),
            warnings: vec![],
            n_dropped: 0,
        };
        assert_eq!(clean(lines), cleaned);
    }

    proptest! {
        #[test]
        fn any_text_is_cleaned(text in "[一二、。（）第条a<U+00A0>&#;\r\n\u{2028}　 ]{0,200}") {
            clean(line_ends::split(&text));
            let long = text.replace(['\n', '\r'], "").repeat(12);
            clean(line_ends::split(&format!("一、甲。二、{long}")));
        }
    }

    fn n_visible_in(lines: &[Line]) -> u64 {
        lines
            .iter()
            .map(|line| crate::text::visible::n_visible(&line.text))
            .sum()
    }

    proptest! {
        #[test]
        fn every_visible_character_is_kept_or_counted(
            text in "([一二、。（）第条a<>&#;\r\n\u{2028}\u{1}　 ]|<U\\+00A0>|&nbsp;|&amp;|&#160;|<U\\+4E00>){0,60}",
        ) {
            let lines = line_ends::split(&text);
            let before = n_visible_in(&lines);
            let cleaned = clean(lines);
            prop_assert_eq!(n_visible_in(&cleaned.lines) + cleaned.n_dropped, before);
        }

        #[test]
        fn lines_stay_in_order(text in "[一二、。a\n]{0,80}") {
            let cleaned = clean(line_ends::split(&text));
            let numbers: Vec<u32> = cleaned.lines.iter().map(|line| line.number).collect();
            prop_assert!(numbers.is_sorted());
        }
    }
}
