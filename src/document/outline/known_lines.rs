//! Lines known by their words: salutations, marks of attachments, names of parts (`前言`, `结束语`).

use super::levels::Reach;
use super::statement::without_stop;
use crate::document::blank::{ends_with_any, is_blank, squeeze, starts_with_any, words};
use crate::text::numerals::{decimal, one_to_nine};

/// Maximum length of a topic line, in characters.
pub(super) const MAX_TOPIC: usize = 30;

/// Whether the line names a part before or after the numbered ones, as 前言 and 结束语 do.
pub(in crate::document) fn names_part(text: &str) -> bool {
    named_part(text).is_some()
}

/// Names of parts before the numbered ones.
const PRELUDES: &str = "前言 引言 序言 导言 导语 摘要 内容提要 内容摘要 编者按 绪论";

/// Names of parts after them.
const POSTLUDES: &str = "结束语 结语 后记 附录 附则 尾声";

/// Endings of the headings of lists of terms.
const GLOSSARIES: &str = "名词解释 名词说明 术语 术语解释 用语解释 注释";

pub(super) fn named_part(text: &str) -> Option<Reach> {
    if text.chars().take(MAX_TOPIC + 1).count() > MAX_TOPIC {
        return None;
    }
    let name = squeeze(without_stop(text));
    if words(PRELUDES).any(|word| word == name) {
        return Some(Reach::Leaf);
    }
    (words(POSTLUDES).any(|word| word == name) || is_glossary(text)).then_some(Reach::Apart)
}

/// Whether the heading is that of a list of terms.
pub(super) fn is_glossary(title: &str) -> bool {
    ends_with_any(&squeeze(without_stop(title)), GLOSSARIES)
}

/// `附件`, `附件1`, `附表二：` alone on the line.
pub(in crate::document) fn is_attachment_marker(text: &str) -> bool {
    let Some(rest) = text.strip_prefix('附') else {
        return false;
    };
    let rest = rest.trim_start_matches(['件', '录', '表', '图', '註', '注']);
    // The word, a number and a colon; more makes it a sentence or a list of attachments.
    text.chars().take(9).count() < 9
        && rest.chars().all(|ch| {
            is_blank(ch)
                || decimal(ch).is_some()
                || one_to_nine(ch).is_some()
                || "十：:.-—".contains(ch)
        })
}

/// `各位代表：`, `同志们！`
pub(in crate::document) fn is_salutation(text: &str) -> bool {
    text.chars().take(31).count() <= 30
        && greets(text)
        && text.ends_with(['：', ':', '！', '!', '，', ','])
}

/// Whether the text begins like a salutation.
pub(super) fn greets(text: &str) -> bool {
    starts_with_any(text, "各位 同志们 同志們 尊敬的 女士们 代表们 全体")
}

pub(super) fn is_han(ch: char) -> bool {
    ('\u{4e00}'..='\u{9fff}').contains(&ch) || matches!(ch, '“' | '”' | '、' | '〇')
}

/// `報　告　事　項`; with fewer characters it may be a name.
pub(in crate::document) fn is_letter_spaced(text: &str) -> bool {
    let mut words = text.split(is_blank).filter(|word| !word.is_empty());
    words.all(|word| word.chars().nth(1).is_none())
        && text.chars().filter(|&ch| is_han(ch)).count() >= 4
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_parts() {
        for (text, expected) in [
            ("前言", Some(Reach::Leaf)),
            ("前　言", Some(Reach::Leaf)),
            ("摘要：", Some(Reach::Leaf)),
            ("结束语", Some(Reach::Apart)),
            ("附则。", Some(Reach::Apart)),
            ("名词解释", Some(Reach::Apart)),
            ("《政府工作报告》名词解释", Some(Reach::Apart)),
            ("前言部分", None),
            ("结语：园区", None),
            ("", None),
        ] {
            assert_eq!(named_part(text), expected, "{text}");
            assert_eq!(names_part(text), expected.is_some());
        }
        assert_eq!(named_part(&format!("{}名词解释", "长".repeat(27))), None);
    }

    #[test]
    fn marks_of_attachments_stand_alone() {
        for text in [
            "附件",
            "附件1",
            "附件：",
            "附表二：",
            "附录 3",
            "附件1-2",
            "附件１",
            "附",
        ] {
            assert!(is_attachment_marker(text), "{text}");
        }
        for text in [
            "附件1名单",
            "附近",
            "附件：名单",
            "附件一二三四五六七八",
            "见附件",
            "",
        ] {
            assert!(!is_attachment_marker(text), "{text}");
        }
    }

    #[test]
    fn salutations_end_in_a_mark() {
        for text in [
            "各位代表：",
            "同志们！",
            "尊敬的各位来宾,",
            "女士们、先生们：",
        ] {
            assert!(is_salutation(text), "{text}");
        }
        for text in [
            "各位代表",
            "同志们要努力。",
            "某县：",
            &format!("各位{}：", "代表".repeat(15)),
        ] {
            assert!(!is_salutation(text), "{text}");
        }
    }

    #[test]
    fn wide_lines_have_four_characters_or_more() {
        assert!(is_letter_spaced("報　告　事　項") && is_letter_spaced(" 工 作 总 结 "));
        assert!(!is_letter_spaced("石 青 山"), "a name");
        assert!(!is_letter_spaced("工作 总 结 表") && !is_letter_spaced("a b c d"));
    }
}
