//! Section roles: the purpose of a section, from the words of its heading.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::{Deserialize, Serialize};

use super::blank::{squeeze, words};

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
        // From the end, word by last character: searching each of 45 words in every heading cost a measurable
        // part of an index run.
        heading.char_indices().rev().find_map(|(at, ch)| {
            let upto = &heading[..at + ch.len_utf8()];
            let here = ENDINGS.get(&ch)?;
            let here = here.iter().filter(|(word, _)| upto.ends_with(word));
            here.max_by_key(|(word, _)| word.len())
                .map(|&(_, role)| role)
        })
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

/// Words of headings that name the purpose of a section; normalized.
const WORDS: [(Role, &str); 7] = [
    (Role::Overview, "基本情况 总体情况 概况 概述 背景 现状"),
    (
        Role::Measures,
        "做法 主要措施 工作措施 保障措施 开展情况 完成情况 主要工作 工作情况 工作回顾",
    ),
    (Role::Results, "成效 成果 成绩 成就 收获 效果"),
    (Role::Lessons, "体会 经验 启示 感悟"),
    (Role::Problems, "问题 不足 困难 差距 挑战 短板"),
    (
        Role::Plans,
        "打算 计划 下一步 下步 今后 工作思路 工作安排 工作重点 重点工作 重点任务 主要任务 努力方向",
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
        ] {
            assert_eq!(Role::of(heading), expected, "{heading}");
        }
    }
}
