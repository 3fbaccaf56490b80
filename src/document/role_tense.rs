//! Whether a text says what was done or what is to be done, from the words of its first sentences.
//!
//! Chinese verbs have no tense; a report says 了, 已 and 增长 of what was done, and 要, 将 and 力争 of what is to be done. Many
//! sentences say neither: their place in the document decides.

use super::blank::{squeeze, words};

/// Characters at the start of a paragraph that are read.
const READ: usize = 300;

/// Words of what was done.
const DONE: &str = "取得 得到 比上年 比去年 同比 累计 全年 连续 首次 实现了 年均 稳居 圆满 成功 显著 明显 新增 增长 荣获 获得 已经 已建 已成 \
    以来 改善了 提高了 突破";

/// Words of what is to be done.
const TO_DO: &str = "今年 必须 力争 争取 确保 做好 抓好 务必 决不 应当 将于 我们将 着力 逐步 加快 推进 推动 完善 健全 更好 深化";

/// Words with 要 and 将 that say nothing of the future.
const OTHER_YAO: [&str; 14] = [
    "重要", "主要", "需要", "只要", "不要", "必要", "摘要", "纲要", "要求", "要素", "要点", "要件",
    "要闻", "要害",
];

/// Words with 了 that say nothing of the past.
const OTHER_LE: [&str; 5] = ["为了", "除了", "了解", "了望", "罢了"];

/// Above zero for what is to be done, below zero for what was done, zero without evidence.
pub(super) fn tense(text: &str) -> i32 {
    let start: String = text.chars().take(READ).collect();
    let start = squeeze(&start);
    let count = |word: &str| i32::try_from(start.matches(word).count()).unwrap_or(i32::MAX);
    let others = |list: &[&str]| list.iter().map(|word| count(word)).sum::<i32>();
    let is_said = |list| words(list).filter(|word| start.contains(word)).count();
    let done = 2 * (count("了") - others(&OTHER_LE)).clamp(0, 3);
    let to_do = 2 * (count("要") - others(&OTHER_YAO)).clamp(0, 3);
    let (done_words, to_do_words) = (is_said(DONE), is_said(TO_DO));
    let weigh = |n: usize| i32::try_from(n.min(4)).unwrap_or(0);
    to_do + weigh(to_do_words) - done - weigh(done_words)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_tell_what_was_done_from_what_is_to_be_done() {
        for (text, expected) in [
            ("全年修成水渠三十里，比上年增长一成，缓解了用水困难。", -1),
            ("水渠累计延长三十里，取得明显成效。", -1),
            ("要管好水渠，力争年内通水。", 1),
            ("今年必须修好水渠。", 1),
            ("水渠是村里的命脉。", 0),
            ("为了用水，水渠很重要，主要靠大家。", 0),
        ] {
            assert_eq!(tense(text).signum(), expected, "{text}");
        }
    }
}
