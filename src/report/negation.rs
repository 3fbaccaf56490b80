//! Hits under negation: `未发现水渠失修` says that none was found.
//!
//! The rule: a hit is under negation if one of [`WORDS`] precedes it in the same clause, unless that word is
//! part of one of [`HARMLESS`] that ends before the hit (`不同水渠`, but not `不同意` where 同意 is looked for).
//! Clauses end at `，；：` and at sentence ends; `、` ends none, so that in `不得占用、损毁水渠` both are forbidden. It
//! reads forms, not meaning: a negation that spans a comma is missed, and one that belongs to another word of the
//! clause is taken along.

use crate::text::automaton::{Occurrence, ScanResult};

/// What negates: particles, and the words that forbid.
pub const WORDS: [&str; 13] = [
    "未", "没", "不", "无", "勿", "莫", "并非", "绝非", "决非", "而非", "严禁", "禁止", "杜绝",
];

/// Words in which a character of [`WORDS`] negates nothing, and double negations.
pub const HARMLESS: [&str; 46] = [
    "不断",
    "不仅",
    "不但",
    "不只",
    "不单",
    "不光",
    "不少",
    "不同",
    "不久",
    "不论",
    "不管",
    "不妨",
    "不禁",
    "不愧",
    "不惜",
    "不懈",
    "不时",
    "不日",
    "不动产",
    "不锈钢",
    "不等式",
    "不胜枚举",
    "不得不",
    "不能不",
    "不可不",
    "不会不",
    "不无",
    "无不",
    "无非",
    "无论",
    "无线",
    "无偿",
    "无私",
    "无人机",
    "无穷",
    "无疑",
    "无限",
    "无形",
    "无障碍",
    "未来",
    "未成年",
    "未婚",
    "未雨绸缪",
    "没收",
    "莫过于",
    "不二",
];

/// Longest word of [`HARMLESS`], in units.
const LONGEST: u32 = 4;

/// The words of a text that negate, in order of their ends.
#[derive(Debug, Default)]
pub(super) struct Negation {
    words: Vec<Negating>,
}

#[derive(Debug)]
struct Negating {
    clause: usize,
    /// The unit after it.
    end: u32,
    /// A hit from here on is not negated: the unit after the shortest harmless word that it is part of.
    excused_from: u32,
}

impl Negation {
    /// Reads the negations of a text in which the rows from `first` on are [`WORDS`], then [`HARMLESS`].
    pub(super) fn read(&mut self, reading: &ScanResult, first: u32) {
        self.words.clear();
        let harmless = first + WORDS.len() as u32;
        let clause = |unit: u32| reading.clause(unit);
        let is_one_clause = |place: &Occurrence| clause(place.start) == clause(place.end - 1);
        for (ord, place) in reading.places.iter().enumerate() {
            if !(first..harmless).contains(&place.row) || !is_one_clause(place) {
                continue;
            }
            let before = reading.places[..ord].iter().rev();
            let before = before.take_while(|other| other.end == place.end);
            let after = reading.places[ord + 1..].iter();
            let after = after.take_while(|other| other.end <= place.end + LONGEST);
            let covering = before
                .chain(after)
                .filter(|other| other.row >= harmless && other.start <= place.start)
                .filter(|other| is_one_clause(other));
            self.words.push(Negating {
                clause: clause(place.start),
                end: place.end,
                excused_from: covering.map(|other| other.end).min().unwrap_or(u32::MAX),
            });
        }
    }

    /// Whether a hit that starts with unit `start` is negated.
    pub(super) fn covers(&self, reading: &ScanResult, start: u32) -> bool {
        if self.words.is_empty() {
            return false;
        }
        let clause = reading.clause(start);
        let before = self.words.partition_point(|word| word.end <= start);
        self.words[..before]
            .iter()
            .rev()
            .take_while(|word| word.clause == clause)
            .any(|word| start < word.excused_from)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::automaton::Automaton;
    use crate::text::units::Units;

    #[track_caller]
    fn check(text: &str, expected: &[bool]) {
        let words = ["水渠"].iter().chain(&WORDS).chain(&HARMLESS);
        let rows: Vec<Vec<String>> = words
            .map(|word| Units::new(word).texts().map(str::to_owned).collect())
            .collect();
        let automaton = Automaton::new(rows.iter().map(Vec::as_slice));
        let (mut reading, mut negation) = (ScanResult::default(), Negation::default());
        automaton.read(text.chars(), &mut reading);
        negation.read(&reading, 1);
        let hits = reading.places.iter().filter(|place| place.row == 0);
        let negated: Vec<bool> = hits
            .map(|place| negation.covers(&reading, place.start))
            .collect();
        assert_eq!(negated, expected, "{text}");
    }

    #[test]
    fn within_the_clause_before_the_hit() {
        check("未发现水渠失修", &[true]);
        check("没有修水渠，水渠不通", &[true, false]);
        check("不得占用、损毁水渠；水渠", &[true, false]);
        check("水渠并非水渠。水渠", &[false, true, false]);
        check("尚未完工的水渠", &[true]);
        check("未来修水渠", &[false]);
        check("不断延长水渠", &[false]);
        check("不得不改水渠", &[false]);
        check("不断说不修水渠", &[true]);
        check("尚未修建不锈钢水渠", &[true]);
        check("無水渠", &[true]);
        check("不得，不修水渠", &[true]);
    }
}
