//! What a figure is of, and how alike two of them are.

use super::known::{DISTINCT, DOWN, LIGHT, NAMES, NO_CHANGE, OPPOSED, UP};
use crate::precedent::align::align;
use crate::text::units::Units;

/// Minimum number of units of a measure.
pub(super) const MIN_UNITS: usize = 2;
/// Units that are replaced by others make another measure from this number on: 城镇 and 农村.
const REPLACED: usize = 2;
/// Minimum number of units of a measure that may be a part of another.
const MIN_PART: usize = 4;
/// Likeness below which measures are different, whatever they share.
const LEAST: f64 = 0.6;
/// Likeness of a measure that is a part of another.
const PART: f64 = 0.72;

/// The units of a measure without words of time, intent and change, in one name for each.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Measure {
    pub(super) units: Vec<String>,
    text: String,
}

impl Measure {
    pub(super) fn new(text: &str) -> Self {
        let mut text = text.to_owned();
        for (name, known) in NAMES {
            text = text.replace(name, known);
        }
        for word in NO_CHANGE {
            // Kept from the removal of 增加.
            text = text.replace(word, &word.chars().rev().collect::<String>());
        }
        for word in LIGHT.iter().chain(&UP).chain(&DOWN) {
            text = text.replace(word, "");
        }
        let text: String = text
            .chars()
            .filter(|ch| !"的了和与及等".contains(*ch))
            .collect();
        Self {
            units: Units::new(&text).texts().map(str::to_owned).collect(),
            text,
        }
    }

    /// The same without some words; as it is if nothing is left.
    pub(super) fn without(&self, words: &[&str]) -> Self {
        let text = words
            .iter()
            .fold(self.text.clone(), |text, word| text.replace(word, ""));
        let rest = Self::new(&text);
        if rest.len() < MIN_UNITS {
            self.clone()
        } else {
            rest
        }
    }

    pub(super) fn len(&self) -> usize {
        self.units.len()
    }

    /// The units of both over all units, from 0.6 to 1, as alignment has it; `None` for different measures.
    pub(super) fn likeness(&self, other: &Self) -> Option<f64> {
        if self.units == other.units {
            return (!self.units.is_empty()).then_some(1.0);
        }
        let differs = |word: &str| self.text.contains(word) != other.text.contains(word);
        if DISTINCT.iter().any(|word| differs(word)) {
            return None;
        }
        let is_opposed = |a: &str, b: &str| {
            let only = |one: &Self| one.text.contains(a) && !one.text.contains(b);
            let other_only = |one: &Self| one.text.contains(b) && !one.text.contains(a);
            (only(self) && other_only(other)) || (other_only(self) && only(other))
        };
        if OPPOSED.iter().any(|(a, b)| is_opposed(a, b)) {
            return None;
        }
        // No alignment has more units than both share: most measures are decided by that, at a tenth of the cost.
        let shared = self.units.iter().filter(|unit| other.units.contains(unit));
        let most = shared.count().min(self.len().min(other.len()));
        let shorter = self.len().min(other.len());
        if most < shorter && 2.0 * (most as f64) < LEAST * (self.len() + other.len()) as f64 {
            return None;
        }
        let alignment = align(&self.units, &other.units);
        let mut taken = [vec![false; self.len()], vec![false; other.len()]];
        for run in &alignment.runs {
            taken[0][run.from..run.from + run.len].fill(true);
            taken[1][run.to..run.to + run.len].fill(true);
        }
        let (mut from, mut to) = (0, 0);
        let ends = alignment.runs.iter().filter(|run| !run.moved);
        let ends = ends.map(|run| (run.from, run.to, run.len));
        for (next_from, next_to, len) in ends.chain([(self.len(), other.len(), 0)]) {
            let free = |side: usize, range: std::ops::Range<usize>| {
                range.filter(|&at| !taken[side][at]).count()
            };
            if free(0, from..next_from) >= REPLACED && free(1, to..next_to) >= REPLACED {
                return None;
            }
            (from, to) = (next_from + len, next_to + len);
        }
        let shared: usize = alignment.runs.iter().map(|run| run.len).sum();
        let is_part = shared == shorter && shorter >= MIN_PART;
        let likeness = alignment.similarity();
        Some(if is_part {
            likeness.max(PART)
        } else {
            likeness
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn likeness(a: &str, b: &str) -> Option<f64> {
        Measure::new(a).likeness(&Measure::new(b))
    }

    #[test]
    fn one_measure_has_several_wordings() {
        for (a, b) in [
            ("居民消费价格总水平涨幅控制在", "居民消费价格上涨"),
            ("再减少农村贫困人口", "农村贫困人口减少"),
            ("新建改建农村公路", "全年新建和改建农村公路"),
            ("农村人口的安全饮水问题", "农村人口饮水安全问题"),
            ("能源消耗强度要降低", "单位国内生产总值能耗下降"),
            ("城镇新增就业", "新增城镇就业"),
        ] {
            let found = likeness(a, b);
            assert!(found.is_some_and(|found| found >= 0.7), "{a} {b} {found:?}");
        }
    }

    #[test]
    fn a_replaced_word_makes_another_measure() {
        for (a, b) in [
            ("城镇登记失业率", "城镇调查失业率"),
            ("城镇居民人均收入", "农村居民人均收入"),
            ("中央财政赤字", "财政赤字"),
            ("国内生产总值", "单位国内生产总值能耗"),
            ("炼钢产能", "水泥产能"),
            ("新开工保障房", "保障房基本建成"),
        ] {
            let found = likeness(a, b);
            assert!(found.is_none_or(|found| found < 0.6), "{a} {b} {found:?}");
        }
        assert_eq!(likeness("", ""), None);
    }
}
