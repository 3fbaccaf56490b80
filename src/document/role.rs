//! Section roles: what a section is for, from the words of its heading.

use serde::{Deserialize, Serialize};

use super::blank::squeeze;

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
    /// What a section of this heading is for; `None` if its words do not say.
    ///
    /// The word that stands last decides, since it is what the heading is about (`存在的问题和今后打算` is 打算 and 问题;
    /// 打算 wins), and of words that end together the longest.
    pub fn of(heading: &str) -> Option<Self> {
        if heading.chars().take(MAX_HEADING + 1).count() > MAX_HEADING {
            return None;
        }
        let heading = squeeze(heading);
        let found = WORDS.iter().filter_map(|&(word, role)| {
            Some((heading.rfind(word)? + word.len(), word.len(), role))
        });
        found
            .max_by_key(|&(end, len, _)| (end, len))
            .map(|(_, _, role)| role)
    }
}

/// Longest heading that names what its section is for, in characters; longer ones state a point.
const MAX_HEADING: usize = 24;

/// Words of headings that tell what a section is for.
const WORDS: [(&str, Role); 45] = [
    ("基本情况", Role::Overview),
    ("总体情况", Role::Overview),
    ("概况", Role::Overview),
    ("概述", Role::Overview),
    ("背景", Role::Overview),
    ("现状", Role::Overview),
    ("做法", Role::Measures),
    ("主要措施", Role::Measures),
    ("工作措施", Role::Measures),
    ("保障措施", Role::Measures),
    ("开展情况", Role::Measures),
    ("完成情况", Role::Measures),
    ("主要工作", Role::Measures),
    ("工作情况", Role::Measures),
    ("工作回顾", Role::Measures),
    ("成效", Role::Results),
    ("成果", Role::Results),
    ("成绩", Role::Results),
    ("成就", Role::Results),
    ("收获", Role::Results),
    ("效果", Role::Results),
    ("体会", Role::Lessons),
    ("经验", Role::Lessons),
    ("启示", Role::Lessons),
    ("感悟", Role::Lessons),
    ("问题", Role::Problems),
    ("不足", Role::Problems),
    ("困难", Role::Problems),
    ("差距", Role::Problems),
    ("挑战", Role::Problems),
    ("短板", Role::Problems),
    ("打算", Role::Plans),
    ("计划", Role::Plans),
    ("下一步", Role::Plans),
    ("下步", Role::Plans),
    ("今后", Role::Plans),
    ("工作思路", Role::Plans),
    ("工作安排", Role::Plans),
    ("工作重点", Role::Plans),
    ("重点工作", Role::Plans),
    ("重点任务", Role::Plans),
    ("主要任务", Role::Plans),
    ("努力方向", Role::Plans),
    ("建议", Role::Proposals),
    ("对策", Role::Proposals),
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
