//! Which figures of a plan are commitments.

use super::commitment::Change;
use super::measure::Measure;
use super::period::{Sentence, Tense};
use super::statement::{Statement, statements};

/// Words before a figure that say what is or was, not what is to be.
const GIVEN: [&str; 12] = [
    "比上年",
    "比去年",
    "比上一年",
    "较上年",
    "较去年",
    "比年初",
    "现行",
    "现有",
    "目前",
    "已",
    "去年",
    "原有",
];
/// Words before a figure of people that are there already.
const PRESENT: [&str; 5] = [
    "高校毕业生",
    "大学毕业生",
    "毕业生人数",
    "需要就业",
    "新成长劳动力",
];
/// Words after a figure that make it an attribute or a name of a crowd.
const ATTRIBUTE: [&str; 16] = [
    "的增速",
    "的增长",
    "的目标",
    "的税率",
    "的速度",
    "的要求",
    "的任务",
    "的预期",
    "的历史",
    "人民",
    "各族",
    "中国人",
    "多人口",
    "人口的大国",
    "周年",
    "国集团",
];
/// Words that a sentence begins with which explains a target.
const EXPLAINS: [&str; 8] = [
    "提出",
    "这里",
    "之所以",
    "考虑",
    "这一",
    "这个",
    "确定",
    "主要考虑",
];
/// Words that such a sentence has elsewhere.
const WEIGHED: [&str; 4] = ["兼顾", "考虑了", "主要是强调", "权衡"];
/// Sentences in which the same figure of the same unit is the explanation of a target.
const NEAR: usize = 6;
/// Number of people from which it is the whole population.
const POPULATION: f64 = 1.2e9;

/// The commitments among the figures of a report, in order.
pub(super) fn targets(sentences: &[Sentence]) -> Vec<Statement> {
    let mut out: Vec<Statement> = Vec::new();
    for (ord, sentence) in sentences.iter().enumerate() {
        if sentence.clock.tense != Tense::Plan {
            continue;
        }
        let trimmed = sentence.text.trim_start();
        let explains = EXPLAINS.iter().any(|word| trimmed.starts_with(word))
            || WEIGHED.iter().any(|word| trimmed.contains(word));
        let all = statements(ord, sentence);
        for (nth, statement) in all.iter().enumerate() {
            let before = nth.checked_sub(1).map(|before| &all[before]);
            let is_step = before.is_some_and(|before| is_step(statement, before));
            let is_new = !is_step && !repeats(statement, explains, &out);
            if is_new && is_commitment(statement, sentence) {
                out.push(statement.clone());
            }
        }
    }
    out
}

fn is_commitment(one: &Statement, sentence: &Sentence) -> bool {
    let has = |words: &[&str]| words.iter().any(|word| one.head.contains(word));
    let to = ["到", "至"].iter().any(|word| one.head.ends_with(word));
    // 比上年提高到10万元: it is the target, whatever was said before.
    let is_given = (has(&GIVEN) && !to) || one.is_source() || has(&PRESENT);
    // 取消了336亿元 is done; 为了 says nothing of it.
    let is_done = one.head.replace("为了", "").contains('了');
    let is_attribute = ATTRIBUTE.iter().any(|word| one.tail.starts_with(word));
    // 30万千瓦以下机组: which ones, not how many.
    let before_end = sentence.chars[..one.span.end].ends_with(&['以', '下']);
    let is_attribute = is_attribute || (before_end && one.tail.chars().count() >= 2);
    let is_population =
        matches!(one.amount.unit.as_str(), "" | "人") && one.amount.low >= POPULATION;
    !is_given
        && !is_done
        && !one.is_per()
        && !is_attribute
        && !is_population
        && !is_quoted(&sentence.chars, one.span.start)
}

/// Whether a figure only says how far the one before it is from the last year's: 改造危房366万户，增加100万户.
fn is_step(one: &Statement, before: &Statement) -> bool {
    let head = one.head.trim_start_matches(['，', '、', '（']).trim();
    ["增加", "减少", "提高", "增"].contains(&head)
        && one.tail.trim().is_empty()
        && before.change == Change::Amount
        && one.amount.unit == before.amount.unit
}

/// Whether the figure is said again: the same value of the same measure, or soon after in an explanation.
fn repeats(one: &Statement, explains: bool, before: &[Statement]) -> bool {
    before.iter().rev().any(|other| {
        let is_same = (one.amount.low, &one.amount.unit) == (other.amount.low, &other.amount.unit)
            && one.amount.high == other.amount.high;
        let is_near = one.sentence - other.sentence <= NEAR;
        let is_alike = one
            .measure
            .likeness(&other.measure)
            .is_some_and(|likeness| likeness >= 0.7)
            && one.change == other.change;
        let is_named = named(&one.measure, &other.measure);
        is_same && (is_alike || (is_near && (explains || is_named)))
    })
}

/// Whether the shorter measure is at the end of the longer, as 增速 of GDP.
fn named(one: &Measure, other: &Measure) -> bool {
    !one.units.is_empty() && other.units.ends_with(&one.units)
}

/// Whether a character is within “”.
fn is_quoted(chars: &[char], at: usize) -> bool {
    let before = &chars[..at];
    let opened = before.iter().rposition(|ch| matches!(ch, '“' | '《'));
    let closed = before.iter().rposition(|ch| matches!(ch, '”' | '》'));
    opened > closed
}
