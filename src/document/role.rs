//! Section roles: what a section is for, from the words of its heading.

use serde::{Deserialize, Serialize};

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
}
