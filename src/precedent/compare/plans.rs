//! Whether a sentence says what is to be done.
//!
//! The role of its passage decides, but paragraphs such as those about the army or foreign affairs review the year and then plan the
//! next one: after the first sentence of such a passage that opens a plan, all that follows is to be done.

use crate::document::Role;

/// Beginnings of a sentence that plans. 将 is not one of them: reports say 将税率降至 of what was done.
const OPENINGS: [&str; 7] = ["要", "必须", "我们要", "我们将", "今后", "明年", "下一步"];
/// Words anywhere in a sentence that plans.
const TO_COME: [&str; 6] = ["新的一年", "我们要", "我们将", "，要", "；要", "今年要"];
/// Nouns that begin with 要.
const NOUNS: [&str; 6] = ["要求", "要素", "要点", "要件", "要闻", "要害"];
/// Words of a sentence that reviews, whatever else it says.
const REVIEWED: [&str; 10] = [
    "过去一年",
    "过去的一年",
    "一年来",
    "过去五年",
    "五年来",
    "去年",
    "取得",
    "比上年",
    "同比",
    "已经",
];

/// For a passage after the other: what its sentences are.
#[derive(Default)]
pub(super) struct Plans {
    /// Whether the rest of the passage is a plan; `None` of a passage without a role.
    is_plan: Option<bool>,
}

impl Plans {
    /// Begins a passage.
    pub(super) fn of(role: Option<Role>) -> Self {
        let is_plan = role.map(|role| matches!(role, Role::Plans | Role::Proposals));
        Self { is_plan }
    }

    /// Whether the next sentence is a plan.
    pub(super) fn next(&mut self, text: &str) -> Option<bool> {
        if self.is_plan == Some(false) && opens_plan(text) {
            self.is_plan = Some(true);
        }
        self.is_plan
    }
}

fn opens_plan(text: &str) -> bool {
    if REVIEWED.iter().any(|word| text.contains(word)) {
        return false;
    }
    let mut text = text.to_owned();
    for noun in NOUNS {
        text = text.replace(noun, "");
    }
    let text = text.trim_start_matches(|ch: char| !ch.is_alphanumeric());
    OPENINGS.iter().any(|word| text.starts_with(word))
        || TO_COME.iter().any(|word| text.contains(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_passage_that_reviews_may_go_on_with_a_plan() {
        let mut plans = Plans::of(Some(Role::Results));
        for (text, expected) in [
            ("过去一年，水渠建设取得新进展。", false),
            ("管护要求落实到户。", false),
            ("我们将继续修渠。", true),
            ("打通最后一公里。", true),
        ] {
            assert_eq!(plans.next(text), Some(expected), "{text}");
        }
        assert_eq!(Plans::of(None).next("要修渠。"), None);
        assert_eq!(Plans::of(Some(Role::Plans)).next("修渠。"), Some(true));
    }
}
