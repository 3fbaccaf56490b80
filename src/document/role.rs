//! Section roles: the purpose of a section, from the words of its heading.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::{Deserialize, Serialize};

use super::blank::{contains_any, ends_with_any, squeeze, starts_with_any, trim, words};
use crate::text::normalize::normalize;

/// The function of a section in a report.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Role {
    /// 基本情况: overview, background.
    #[serde(rename = "基本情况")]
    Overview,
    /// 做法: measures taken.
    #[serde(rename = "做法")]
    Measures,
    /// 成效: results.
    #[serde(rename = "成效")]
    Results,
    /// 体会: lessons learned.
    #[serde(rename = "体会")]
    Lessons,
    /// 问题: problems.
    #[serde(rename = "问题")]
    Problems,
    /// 打算: plans.
    #[serde(rename = "打算")]
    Plans,
    /// 建议: proposals.
    #[serde(rename = "建议")]
    Proposals,
}

impl Role {
    /// All roles, in the order in which a report has them.
    pub const ALL: [Self; 7] = [
        Self::Overview,
        Self::Measures,
        Self::Results,
        Self::Lessons,
        Self::Problems,
        Self::Plans,
        Self::Proposals,
    ];

    /// The Chinese name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Overview => "基本情况",
            Self::Measures => "做法",
            Self::Results => "成效",
            Self::Lessons => "体会",
            Self::Problems => "问题",
            Self::Plans => "打算",
            Self::Proposals => "建议",
        }
    }

    /// The purpose of a section with this heading; `None` if its words do not say.
    ///
    /// The last such word decides, since it is what the heading is about (`存在的问题和今后打算` is 打算 and 问题; 打算
    /// wins), and of words that end together the longest.
    pub fn of(heading: &str) -> Option<Self> {
        let length = heading.chars().take(MAX_LONG + 1).count();
        if length > MAX_LONG {
            return None;
        }
        let heading = squeeze(heading);
        // A sentence states a point: `强化监管，解决突出问题` names no problem.
        if heading.contains(',') {
            return None;
        }
        if length > MAX_HEADING {
            // A long one names its purpose at its end or not at all.
            let heading = heading.trim_end_matches("的说明");
            let heading = heading
                .trim_end_matches(['》', ')', '('])
                .trim_end_matches("(草案");
            return Self::at_end(heading, heading.len());
        }
        // From the end, word by last character: searching each of 45 words in every heading cost a measurable
        // part of an index run.
        let ends = heading.char_indices().rev();
        let mut roles = ends.map(|(at, ch)| Self::at_end(&heading, at + ch.len_utf8()));
        let named = roles.find_map(|role| role);
        named.or_else(|| starts_with_any(&heading, PAST).then_some(Self::Results))
    }

    /// The role that a word names which ends at byte `end` of a heading.
    fn at_end(heading: &str, end: usize) -> Option<Self> {
        let upto = &heading[..end];
        let here = ENDINGS.get(&upto.chars().next_back()?)?;
        let here = here.iter().filter(|(word, _)| upto.ends_with(word));
        let (word, role) = here.max_by_key(|(word, _)| word.len())?;
        let before = &upto[..upto.len() - word.len()];
        let rest = &heading[end..];
        if !LEADING.contains(word) && !leaves(rest) {
            return None;
        }
        let is_object = match role {
            Self::Problems => {
                let is_filled = before.starts_with('补');
                contains_any(before, REMEDIES) || is_filled || is_new_challenge(word, before)
            }
            Self::Results => contains_any(before, GROWTH),
            // `国内形势和我们的方针` is about what follows as well.
            Self::Overview => contains_any(before, SHAPING) || rest.chars().count() > 6,
            Self::Plans => *word == "任务" && contains_any(before, FULFILLED),
            // `对今年工作的建议` is what a government plans and asks consent to.
            Self::Proposals if contains_any(before, "今年 明年 下一步") => {
                return Some(Self::Plans);
            }
            _ => false,
        };
        (!is_object).then_some(*role)
    }

    /// Whether a heading names what was done and, after it, what is to be done: `五年成就和今后任务`.
    pub(super) fn is_twofold(heading: &str) -> bool {
        let heading = squeeze(heading);
        let results = words(WORDS[2].1).filter_map(|word| heading.find(word));
        Self::of(&heading) == Some(Self::Plans) && results.min().is_some()
    }

    /// The role of a name in Chinese or English, in any script and case.
    pub fn named(name: &str) -> Option<Self> {
        let name = normalize(name.trim());
        let is_it = |role: &Self| role.name() == name || role.english() == name;
        Self::ALL.into_iter().find(is_it)
    }

    /// The English name.
    pub fn english(self) -> &'static str {
        match self {
            Self::Overview => "overview",
            Self::Measures => "measures",
            Self::Results => "results",
            Self::Lessons => "lessons",
            Self::Problems => "problems",
            Self::Plans => "plans",
            Self::Proposals => "proposals",
        }
    }
}

/// Whether a heading begins a list of words or what is attached.
pub(super) fn is_appendix(title: &str) -> bool {
    // Asked for each passage: without folding, which costs more than all else here.
    ends_with_any(trim(title), APPENDICES)
}

/// Headings of lists of words and of what is attached.
const APPENDICES: &str = "名词解释 名词说明 术语 术语解释 用语解释 注释 附件 附录 附表";

/// The words of [`WORDS`] by their last characters.
static ENDINGS: LazyLock<BTreeMap<char, Vec<(&str, Role)>>> = LazyLock::new(|| {
    let mut endings: BTreeMap<char, Vec<(&str, Role)>> = BTreeMap::new();
    for (role, list) in WORDS {
        for word in words(list) {
            if let Some(last) = word.chars().last() {
                endings.entry(last).or_default().push((word, role));
            }
        }
    }
    endings
});

/// Maximum length of a heading that may name its section's purpose anywhere, in characters.
const MAX_HEADING: usize = 24;

/// Maximum length of one that names it at its end; longer ones state a point.
const MAX_LONG: usize = 48;

/// Words by which a heading of results begins: 过去五年的工作.
const PAST: &str = "过去 一年来 五年来 三年来 十年来 去年";

/// Verbs before a state that is to be shaped, and not told.
const SHAPING: &str = "适应 把握 优化 改善 营造 认清 应对 扭转";

/// Verbs before a task that is fulfilled: 落实国家重大任务.
const FULFILLED: &str = "落实 完成 承担 履行 服务 圆满";

/// Words that name the purpose of what follows them: 今后的水利建设.
const LEADING: [&str; 6] = ["下一步", "下步", "今后", "今年", "未来五年", "体会"];

/// Whether what follows a word of a heading leaves it what the heading is about: nothing, a second subject, or how it is:
/// `成效显著`, but not `成效评估机制`, `计划生育`, `发展环境不断优化`.
fn leaves(rest: &str) -> bool {
    let is_beside = rest.starts_with(['和', '与', '及', '、', '(', ':', '》', '”']);
    is_beside || rest.chars().count() <= 2 && !rest.starts_with("生育")
}

/// A challenge is a problem where it is faced or stands beside problems: `带来新挑战` describes a state.
fn is_new_challenge(word: &str, before: &str) -> bool {
    word == "挑战" && !contains_any(before, "面临 存在 困难 问题 矛盾") && !before.is_empty()
}

/// Verbs before a problem that is to be solved, and not told.
const REMEDIES: &str = "解决 破解 化解 补齐 整改 整治 应对 克服 聚焦 直面 防范 攻克 治理";

/// Verbs before a result that is to be kept or raised, and not told.
const GROWTH: &str = "巩固 拓展 提升 增强 扩大 提高 深化 转化 务求 注重";

/// Words of headings that name the purpose of a section; normalized.
const WORDS: [(Role, &str); 7] = [
    (
        Role::Overview,
        "基本情况 总体情况 概况 概述 背景 现状 形势 态势 发展环境",
    ),
    (
        Role::Measures,
        "做法 主要措施 工作措施 开展情况 完成情况 主要工作 工作情况",
    ),
    (
        Role::Results,
        "成效 成果 成绩 成就 收获 效果 回顾 总结 执行情况",
    ),
    (Role::Lessons, "体会 经验 启示 感悟"),
    (Role::Problems, "问题 不足 困难 差距 挑战 短板"),
    (
        Role::Plans,
        "打算 计划 下一步 下步 今后 工作思路 工作安排 工作重点 重点工作 重点任务 主要任务 努力方向 \
        工作任务 目标任务 主要目标 发展目标 奋斗目标 工作目标 战略目标 预期目标 总体目标 总体部署 总体要求 总体思路 工作部署 工作要求 规划纲要 \
        主要考虑 新要求 保障措施 组织实施 组织保障 组织领导 指导思想 实施步骤 工作步骤 未来五年 今年 任务",
    ),
    (Role::Proposals, "建议 对策"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_the_last_word() {
        for (heading, expected) in [
            ("园区基本情况", Some(Role::Overview)),
            ("基本做法", Some(Role::Measures)),
            ("取得的成效", Some(Role::Results)),
            ("几点體會", Some(Role::Lessons)),
            ("存在的问题", Some(Role::Problems)),
            ("存在的问题和今后打算", Some(Role::Plans)),
            ("几点建议", Some(Role::Proposals)),
            ("领导高度重视", None),
            ("2025年工作回顾", Some(Role::Results)),
            ("2025年计划执行情况的回顾", Some(Role::Results)),
            ("政府工作任务", Some(Role::Plans)),
            ("2026年总体部署", Some(Role::Plans)),
            ("“十五五”时期主要目标任务", Some(Role::Plans)),
            ("今后五年的发展目标", Some(Role::Plans)),
            ("2026年重点工作", Some(Role::Plans)),
            ("总体要求", Some(Role::Plans)),
            (
                "十三五时期发展成就和十四五时期主要目标任务",
                Some(Role::Plans),
            ),
            ("认真解决用水问题", None),
            ("着力解决突出问题", None),
            ("加快补齐水利短板", None),
            ("聚焦突出问题", None),
            ("破解修渠困难", None),
            ("防范化解风险挑战", None),
            ("强化监管，解决问题", None),
            ("巩固修渠成果", None),
            ("提升修渠成效", None),
            ("主要成绩", Some(Role::Results)),
            ("工作中的不足", Some(Role::Problems)),
            ("存在的困难和问题", Some(Role::Problems)),
            ("面临的困难和挑战", Some(Role::Problems)),
            ("主要做法和成效", Some(Role::Results)),
            ("主要做法", Some(Role::Measures)),
            ("经验启示", Some(Role::Lessons)),
            ("对策建议", Some(Role::Proposals)),
            ("下一步工作打算", Some(Role::Plans)),
            ("过去五年的修渠工作", Some(Role::Results)),
            ("落实县里的修渠任务", None),
            ("全面加强计划生育工作", None),
            ("建立成效评估机制", None),
            ("成效显著", Some(Role::Results)),
            ("用水形势", Some(Role::Overview)),
            ("用水形势和我们的管护方针", None),
            ("十年修渠的基本总结", Some(Role::Results)),
            ("用水环境不断改善", None),
            ("营造良好发展环境", None),
            ("修渠带来新挑战", None),
            ("面临的挑战", Some(Role::Problems)),
            ("补用水短板", None),
            ("对今年修渠工作的建议", Some(Role::Plans)),
            ("保障措施", Some(Role::Plans)),
            ("实现村村通水奋斗目标的新要求", Some(Role::Plans)),
            (
                "全县水利设施建设和农村饮水安全工程五年规划执行情况的简要回顾",
                Some(Role::Results),
            ),
            (
                "让全县每一个村庄每一户人家都能用上清洁方便的水才是修渠工作的意义",
                None,
            ),
        ] {
            assert_eq!(Role::of(heading), expected, "{heading}");
        }
    }

    #[test]
    fn has_a_name_in_both_languages() {
        for role in Role::ALL {
            assert_eq!(Role::named(role.name()), Some(role));
            assert_eq!(Role::named(role.english()), Some(role));
        }
        assert_eq!(Role::named(" 問題 "), Some(Role::Problems));
        assert_eq!(Role::named("Problems"), Some(Role::Problems));
        assert_eq!(Role::named("其他"), None);
    }
}
