//! Lines known by their words: salutations, marks of attachments, names of parts (`前言`, `结束语`).

use super::levels::Reach;
use super::statement::without_stop;
use crate::document::blank::{ends_with_any, is_blank, squeeze, starts_with_any, words};

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
                || ch.is_ascii_digit()
                || "一二三四五六七八九十：:.-—０１２３４５６７８９".contains(ch)
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
