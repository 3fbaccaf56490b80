//! Roles that a sentence opens: `也清醒认识到，还存在不少问题` begins the problems of a report that has no heading for them.

use super::blank::{contains_any, squeeze, starts_with_any};
use super::role::Role;
use super::role_tense::tense;

/// Characters at the start of a paragraph that are searched for an opening.
const OPENING: usize = 60;

/// Characters that are searched for what a sober look sees.
const LONG_OPENING: usize = 200;

/// Words that open the problems anywhere in the opening.
const PROBLEMS: &str = "存在的主要问题 存在的问题 主要问题是 存在不少问题 存在一些问题 存在许多问题 存在以下问题 面临不少困难和问题 面临的困难和问题 \
    存在的困难和问题 存在不少困难";

/// Pairs that open the problems if they are said to be there.
const PAIRS: &str = "困难和问题 问题和困难 问题和不足 不足和问题 矛盾和问题 问题和挑战 困难和挑战 问题也不容 问题不容";

/// What says so.
const THERE: &str = "仍 还有 还存 依然 不少 存在 主要是 一是 不容";

/// What says that they are dealt with.
const DEALT_WITH: &str = "面对 克服 应对 解决 化解 战胜 破解 整改 针对";

/// What makes problems of `清醒认识到`, `要看到` and the like.
pub(super) const TROUBLES: &str =
    "问题 困难 不足 短板 差距 矛盾 薄弱 挑战 缺点 失误 不够 压力 教训 制约 隐患 危险";

/// Verbs of seeing that open the problems if a trouble follows.
const SEEING: &str = "要看到 应看到 应当看到 必须看到 也看到 也认识到 还存在 仍存在 仍然存在 还面临 仍面临 仍然面临 也存在 看到存在";

/// What is seen soberly, with a few words between it and the verb: 清醒地看到, 清醒的认识到.
const SOBERLY: (&str, &str) = ("清醒", "认识到 看到 意识到");

/// Words by which a paragraph of results begins.
const RESULTS: &str = "过去一年 过去五年 过去的一年 过去的五年 在过去的五年 在过去五年 一年来 五年来 这五年 这一年 刚刚过去的 去年 回望过去 回顾过去 \
    回顾一年来 取得的主要成效 这些成绩 这些成就 上述成绩 上述成就 成绩来之不易 以上成绩";

/// Words by which a paragraph of plans begins.
const PLANS: &str = "今年是 今年要 今年,我们要 今年我们要 今年重点 今年的 做好今年 新的一年 在新的一年 下一步 下步 今后 我们要 未来五年 今后五年 展望未来 \
    经济社会发展的主要预期目标 综合各方面因素,建议今年 让我们";

/// Words before an opening that say nothing of it.
const LEADS: [&str; 9] = [
    "各位代表",
    "同志们",
    "总起来说",
    "总的来说",
    "总之",
    "同时",
    "!",
    ",",
    ":",
];

/// Words by which lessons, measures and proposals begin.
const LESSONS: &str = "深刻体会到 深切体会到 我们体会到 主要体会是 几点体会";
const MEASURES: &str = "主要做法是 主要做法有 我们的主要做法 具体做法";
const PROPOSALS: &str = "为此,建议 为此建议 几点建议 我们建议";

/// The role that a paragraph of a document of this year opens.
pub(super) fn opened(text: &str, year: Option<i32>) -> Option<Role> {
    let start: String = text.chars().take(LONG_OPENING).collect();
    let start = squeeze(&start);
    let opening = leading(&start);
    if opens_problems(opening) {
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
            true => contains_any(upto(opening, OPENING), list),
            false => starts_with_any(opening, list),
        });
    let of_time = || of_year(text, opening, year).or_else(|| of_period(text, opening, year));
    found.map(|(role, ..)| role).or_else(of_time)
}

/// The text without what addresses the audience.
fn leading(mut text: &str) -> &str {
    while let Some(rest) = LEADS.iter().find_map(|lead| text.strip_prefix(lead)) {
        text = rest;
    }
    text
}

/// At most so many characters from the start.
fn upto(text: &str, n: usize) -> &str {
    text.char_indices()
        .nth(n)
        .map_or(text, |(end, _)| &text[..end])
}

/// `我们也清醒认识到，渠道老化`, but not `必须清醒认识到，任务还很重`: without 也 a trouble is named in the same sentence.
fn opens_problems(opening: &str) -> bool {
    let start = upto(opening, OPENING);
    if contains_any(start, PROBLEMS) || contains_any(start, SEEING) && contains_any(start, TROUBLES)
    {
        return true;
    }
    if contains_any(start, PAIRS) && contains_any(start, THERE) && !contains_any(start, DEALT_WITH)
    {
        return true;
    }
    let (soberly, seen) = SOBERLY;
    start.find(soberly).is_some_and(|at| {
        let rest = &opening[at + soberly.len()..];
        let is_aside = start[..at].ends_with('也');
        contains_any(upto(rest, 8), seen)
            && (is_aside || contains_any(rest.split('。').next().unwrap_or(rest), TROUBLES))
    })
}

/// `“十四五”时期` before what was done, or is to be done from then on.
fn of_period(text: &str, opening: &str, year: Option<i32>) -> Option<Role> {
    let quotes = ['“', '”', '"', '在'];
    let plan = upto(opening, 9).split_once("时期");
    let plan = plan.or_else(|| upto(opening, 9).split_once("期间"))?.0;
    let ordinal = plan.trim_matches(quotes).strip_suffix('五')?;
    let begin = first_year(ordinal)?;
    let said = tense(text);
    if begin + FIVE_YEARS <= year? {
        return (said < 0).then_some(Role::Results);
    }
    (said >= 0).then_some(Role::Plans)
}

/// Years of a plan.
const FIVE_YEARS: i32 = 5;

/// The first year of the five-year plan with this ordinal; from the third on they follow without a gap.
fn first_year(ordinal: &str) -> Option<i32> {
    let (tens, ones) = match ordinal.split_once('十') {
        Some(("", ones)) => (10, ones),
        Some(_) => return None,
        None => (0, ordinal),
    };
    let digits = "一二三四五六七八九".chars().zip(1..);
    let one = match ones {
        "" => Some(0),
        _ => digits
            .filter(|(digit, _)| ones.starts_with(*digit))
            .map(|(_, n)| n)
            .next(),
    };
    let plan = tens + one.filter(|_| ones.chars().count() <= 1)?;
    (plan >= 3).then_some(1966 + FIVE_YEARS * (plan - 3))
}

/// `2024年，` opens the results of a report of 2025, `2025年是` its plans.
fn of_year(text: &str, opening: &str, year: Option<i32>) -> Option<Role> {
    let year = year?;
    let opening = opening.strip_prefix('在').unwrap_or(opening);
    let (digits, rest) = opening.split_once('年')?;
    let told: i32 = digits.parse().ok().filter(|_| digits.len() == 4)?;
    let said = tense(text);
    if told < year && (said < 0 || rest.starts_with([',', '是'])) {
        return Some(Role::Results);
    }
    let is_ahead = rest.starts_with('是') || said > 0;
    (told >= year && is_ahead && said >= 0).then_some(Role::Plans)
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
            ("必须清醒认识到，水渠通到各村还要几年努力。", None),
            (
                "在肯定成绩的同时，必须十分清醒地看到，水渠管护还有薄弱环节。",
                Some(Role::Problems),
            ),
            (
                "成绩固然可喜，问题也不容忽视。一是渠道老化。",
                Some(Role::Problems),
            ),
            ("面对困难和挑战，一是抢修了干渠。", None),
            ("总起来说，这五年水渠通了。", Some(Role::Results)),
            ("2025年，修渠三十里，比上年多一成。", Some(Role::Results)),
            ("2026年是修渠的关键之年。", Some(Role::Plans)),
            ("2026年，我们要修渠三十里。", Some(Role::Plans)),
            (
                "“十四五”时期，水渠长了一倍，取得明显成效。",
                Some(Role::Results),
            ),
            ("“十五五”时期是管好水渠的关键时期。", Some(Role::Plans)),
            ("这些成绩的取得，靠的是群众。", Some(Role::Results)),
            ("各位代表！", None),
        ] {
            assert_eq!(opened(text, Some(2026)), expected, "{text}");
        }
    }
}
