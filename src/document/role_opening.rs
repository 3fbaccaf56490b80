//! Roles that a sentence opens: `也清醒认识到，还存在不少问题` begins the problems of a report that has no heading for them.

use super::Part;
use super::blank::{contains_any, squeeze, starts_with_any};
use super::role::Role;
use super::structure::Document;

/// Characters at the start of a paragraph that are searched for an opening.
const OPENING: usize = 60;

/// Words that open the problems anywhere in the opening.
const PROBLEMS: &str = "清醒认识到 清醒看到 清醒地认识到 清醒地看到 清醒的认识到 清醒意识到 清醒地意识到 存在的主要问题 存在的问题 主要问题是 存在不少问题 \
    存在一些问题 存在许多问题 存在以下问题 面临不少困难和问题 面临的困难和问题 存在的困难和问题";

/// What makes problems of `要看到` and the like.
const TROUBLES: &str = "问题 困难 不足 短板 差距 矛盾 薄弱";

/// Verbs of seeing that open the problems if a trouble follows.
const SEEING: &str = "也要看到 也应看到 必须看到 也看到 也认识到 还存在 仍存在 还面临 仍面临";

/// Words by which a paragraph of results begins.
const RESULTS: &str = "过去一年 过去五年 过去的一年 过去的五年 一年来 五年来 这五年 这一年 刚刚过去的 各位代表!刚刚过去 回望过去 回顾过去 回顾一年来 取得的主要成效";

/// Words by which a paragraph of plans begins.
const PLANS: &str = "今年是 今年要 今年,我们要 今年我们要 今年重点 做好今年 新的一年 下一步 下步 今后 我们要 未来五年 今后五年 展望未来 经济社会发展的主要预期目标 \
    综合各方面因素,建议今年";

/// Words by which lessons, measures and proposals begin.
const LESSONS: &str = "深刻体会到 深切体会到 我们体会到 主要体会是 几点体会";
const MEASURES: &str = "主要做法是 主要做法有 我们的主要做法 具体做法";
const PROPOSALS: &str = "为此,建议 为此建议 几点建议 我们建议";

/// The role that a paragraph opens.
pub(super) fn opened(text: &str) -> Option<Role> {
    let opening: String = text.chars().take(OPENING).collect();
    let opening = squeeze(&opening);
    let opening = opening
        .trim_start_matches("各位代表")
        .trim_start_matches(['!', ':', ',']);
    if contains_any(opening, PROBLEMS)
        || contains_any(opening, SEEING) && contains_any(opening, TROUBLES)
    {
        return Some(Role::Problems);
    }
    let heads = [
        (Role::Lessons, LESSONS, true),
        (Role::Measures, MEASURES, false),
        (Role::Proposals, PROPOSALS, false),
        (Role::Plans, PLANS, false),
        (Role::Results, RESULTS, false),
    ];
    let found = heads
        .into_iter()
        .find(|&(_, list, anywhere)| match anywhere {
            true => contains_any(opening, list),
            false => starts_with_any(opening, list),
        });
    found.map(|(role, ..)| role)
}

/// Gives each passage the role that a sentence opened, up to the next heading.
pub(super) fn mark_openings(document: &mut Document) {
    let (mut section, mut role) = (None, None);
    for passage in &mut document.passages {
        if passage.section != section || passage.part != Part::Body {
            (section, role) = (passage.section, None);
        }
        if passage.part == Part::Body {
            role = opened(&passage.text).or(role);
            passage.opened = role;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_open_roles() {
        for (text, expected) in [
            (
                "我们也清醒认识到，水渠建设还存在不少问题。",
                Some(Role::Problems),
            ),
            (
                "同时，我们也清醒看到，村里用水仍有困难。",
                Some(Role::Problems),
            ),
            (
                "在看到成绩的同时，也要看到水渠管护还有不足。",
                Some(Role::Problems),
            ),
            ("我们也清醒地认识到：渠道老化。", Some(Role::Problems)),
            ("存在的主要问题：一是渠道老化。", Some(Role::Problems)),
            (
                "当前工作中还存在一些问题，主要是经费不够。",
                Some(Role::Problems),
            ),
            ("水渠建设仍面临资金困难。", Some(Role::Problems)),
            ("认真解决群众反映的水渠问题。", None),
            ("着力解决用水方面的突出问题。", None),
            ("加快补齐水利短板。", None),
            ("聚焦水渠淤塞问题开展整治。", None),
            ("过去一年，我们修水渠三十里。", Some(Role::Results)),
            ("一年来，全县修水渠三十里。", Some(Role::Results)),
            ("五年来，水渠长了一倍。", Some(Role::Results)),
            ("这五年，我们坚持修水渠。", Some(Role::Results)),
            ("各位代表！刚刚过去的一年，水渠通了。", Some(Role::Results)),
            ("今年是修渠五年计划的第一年。", Some(Role::Plans)),
            ("各位代表，我们要管好水渠。", Some(Role::Plans)),
            ("下一步，继续修水渠。", Some(Role::Plans)),
            ("今后要管好水渠。", Some(Role::Plans)),
            ("做好今年的修渠工作，要早动手。", Some(Role::Plans)),
            ("新的一年，水渠要通到村。", Some(Role::Plans)),
            (
                "工作中，我们深刻体会到，修渠要靠群众。",
                Some(Role::Lessons),
            ),
            ("主要做法是：先易后难。", Some(Role::Measures)),
            ("为此，建议：增加经费。", Some(Role::Proposals)),
            ("水渠修到了村口。", None),
            ("各位代表！", None),
        ] {
            assert_eq!(opened(text), expected, "{text}");
        }
    }
}
