//! Section roles: the purpose of a section, from the words of its heading.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::{Deserialize, Serialize};

use super::blank::{contains_any, squeeze, words};
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
        if heading.chars().take(MAX_HEADING + 1).count() > MAX_HEADING {
            return None;
        }
        let heading = squeeze(heading);
        // A sentence states a point: `强化监管，解决突出问题` names no problem.
        if heading.contains(',') {
            return None;
        }
        // From the end, word by last character: searching each of 45 words in every heading cost a measurable
        // part of an index run.
        heading.char_indices().rev().find_map(|(at, ch)| {
            let upto = &heading[..at + ch.len_utf8()];
            let here = ENDINGS.get(&ch)?;
            let here = here.iter().filter(|(word, _)| upto.ends_with(word));
            let (word, role) = here.max_by_key(|(word, _)| word.len())?;
            let before = &upto[..upto.len() - word.len()];
            let is_object = match role {
                Self::Problems => contains_any(before, REMEDIES),
                Self::Results => contains_any(before, GROWTH),
                _ => false,
            };
            (!is_object).then_some(*role)
        })
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

/// Maximum length of a heading that names its section's purpose, in characters; longer ones state a point.
const MAX_HEADING: usize = 24;

/// Verbs before a problem that is to be solved, and not told.
const REMEDIES: &str = "解决 破解 化解 补齐 整改 整治 应对 克服 聚焦 直面 防范 攻克 治理";

/// Verbs before a result that is to be kept or raised, and not told.
const GROWTH: &str = "巩固 拓展 提升 增强 扩大 提高 深化 转化 务求 注重";

/// Words of headings that name the purpose of a section; normalized.
const WORDS: [(Role, &str); 7] = [
    (Role::Overview, "基本情况 总体情况 概况 概述 背景 现状"),
    (
        Role::Measures,
        "做法 主要措施 工作措施 保障措施 开展情况 完成情况 主要工作 工作情况",
    ),
    (Role::Results, "成效 成果 成绩 成就 收获 效果 回顾"),
    (Role::Lessons, "体会 经验 启示 感悟"),
    (Role::Problems, "问题 不足 困难 差距 挑战 短板"),
    (
        Role::Plans,
        "打算 计划 下一步 下步 今后 工作思路 工作安排 工作重点 重点工作 重点任务 主要任务 努力方向 \
        工作任务 目标任务 主要目标 发展目标 总体部署 总体要求 总体思路 工作部署 规划纲要 任务",
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
