//! The sentences of a report, with the time that each is about.

use super::commitment::Period;
use crate::document::{Part, Role};
use crate::precedent::pieces::labelled;
use crate::search::{FullDocument, SectionRef, place};
use crate::text::numerals::{decimal, is_han_numeral};

/// Months from which a report is of its own year and plans the next.
const YEAR_END: u8 = 11;
/// Words of a heading about what was done, and about what is to be done.
const REVIEW: [&str; 8] = [
    "回顾",
    "过去",
    "一年来",
    "五年来",
    "工作情况",
    "工作总结",
    "工作成效",
    "成绩",
];
const PLAN: [&str; 13] = [
    "今年",
    "明年",
    "任务",
    "安排",
    "部署",
    "总体要求",
    "建议",
    "打算",
    "下一步",
    "下步",
    "目标",
    "工作思路",
    "计划",
];
/// Words of several years.
const SPANS: [&str; 20] = [
    "五年",
    "五”",
    "三年",
    "十年",
    "两年",
    "四年",
    "六年",
    "八年",
    "今后",
    "多年",
    "年均",
    "每年",
    "平均每年",
    "连续",
    "时期",
    "逐年",
    "今明",
    "以来",
    "到二〇",
    "一个时期",
];
/// Words of the year that was.
const LAST: [&str; 7] = [
    "去年",
    "上年",
    "过去一年",
    "一年来",
    "全年",
    "过去的一年",
    "一年间",
];
/// Words of the year to come.
const NEXT: [&str; 4] = ["今年", "明年", "年内", "全年"];
/// Before a word of the year that was: a comparison.
const THAN: &str = "比较同按于";
/// Words of a sentence that plans.
const INTENT: [&str; 11] = [
    "今年", "明年", "拟", "要", "力争", "争取", "确保", "将", "务必", "预期", "目标",
];

/// The year that a report plans and the one that it reviews.
pub(super) fn years(document: &FullDocument) -> Option<(i32, i32)> {
    let date = document.document.date?;
    let year = i32::from(date.year);
    let is_year_end = date.month.is_some_and(|month| month >= YEAR_END);
    Some(if is_year_end {
        (year + 1, year)
    } else {
        (year, year - 1)
    })
}

/// Whether a section or sentence reviews or plans.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tense {
    Review,
    Plan,
}

/// What words of time mean in a sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Clock {
    pub(super) tense: Tense,
    /// The year that is planned or reviewed.
    pub(super) year: i32,
    /// Whether 明年 is the year that is planned: in a report of December, not of March.
    pub(super) is_year_end: bool,
}

/// A sentence of the body.
#[derive(Clone, Debug)]
pub(super) struct Sentence {
    pub(super) place: String,
    pub(super) text: String,
    pub(super) chars: Vec<char>,
    pub(super) clock: Clock,
    /// The period where the sentence says nothing of its own.
    pub(super) period: Period,
}

impl Sentence {
    /// The period of what ends at a character: the last word of time before it decides.
    pub(super) fn period_at(&self, end: usize) -> Period {
        last_period(&self.chars[..end], self.clock).unwrap_or(self.period)
    }
}

/// The sentences of the body in order; those of neither tense are left out.
pub(super) fn sentences(document: &FullDocument) -> Vec<Sentence> {
    let (Some((planned, reviewed)), Some(date)) = (years(document), document.document.date) else {
        return Vec::new();
    };
    let date_year = i32::from(date.year);
    let mut out = Vec::new();
    for passage in &document.passages {
        if passage.record.part != Part::Body {
            continue;
        }
        let path: Vec<SectionRef> = passage
            .record
            .path
            .iter()
            .cloned()
            .map(Into::into)
            .collect();
        let titles: Vec<Vec<char>> = path.iter().map(|one| folded(&one.title)).collect();
        let Some(tense) = tense(&titles, passage.record.role, (planned, reviewed)) else {
            continue;
        };
        let section = match titles.iter().any(|title| is_of_span(title)) {
            true => Period::Years,
            false => Period::Year,
        };
        let mut period = section;
        // In a section of plans a sentence on the past year is followed by others on it, up to one that plans.
        let mut is_past = false;
        for (_, piece) in labelled(&passage.text) {
            let chars = folded(&piece.text);
            let intends = INTENT.iter().any(|word| find(&chars, word).is_some());
            is_past = tense == Tense::Plan
                && match opens_past(&chars, reviewed) {
                    true => true,
                    false => is_past && !intends,
                };
            let (tense, year) = match (tense, is_past) {
                (Tense::Plan, false) => (Tense::Plan, planned),
                _ => (Tense::Review, reviewed),
            };
            let clock = Clock {
                tense,
                year,
                is_year_end: planned > date_year,
            };
            let own = last_period(&chars, clock);
            let stated = if is_past { Period::Year } else { period };
            out.push(Sentence {
                place: place(&document.document.id, passage.record.line),
                text: piece.text,
                clock,
                period: stated,
                chars: chars.clone(),
            });
            // A review of five years turns to the last one, and what follows is of it.
            if tense == Tense::Review
                && let Some(own) = own
                && opens(&chars, clock)
            {
                period = own;
            }
        }
    }
    out
}

/// The characters of a text with digits of one width.
fn folded(text: &str) -> Vec<char> {
    let digit = |ch: char| decimal(ch).and_then(|value| char::from_digit(value, 10));
    text.chars().map(|ch| digit(ch).unwrap_or(ch)).collect()
}

fn tense(
    titles: &[Vec<char>],
    role: Option<Role>,
    (planned, reviewed): (i32, i32),
) -> Option<Tense> {
    let has =
        |title: &Vec<char>, words: &[&str]| words.iter().any(|word| find(title, word).is_some());
    let names = |title: &Vec<char>, year: i32| find(title, &format!("{year}年")).is_some();
    // The topmost heading that says it: below 今年工作 a heading of work says nothing.
    for title in titles {
        if has(title, &REVIEW) || names(title, reviewed) {
            return Some(Tense::Review);
        }
        if names(title, planned) || has(title, &PLAN) {
            return Some(Tense::Plan);
        }
    }
    match role {
        Some(Role::Plans | Role::Proposals) => Some(Tense::Plan),
        Some(Role::Results | Role::Measures | Role::Overview) => Some(Tense::Review),
        _ => None,
    }
}

/// Whether a heading is about several years.
fn is_of_span(title: &[char]) -> bool {
    ["五年", "时期", "五”", "十年"]
        .iter()
        .any(|word| find(title, word).is_some())
        && find(title, "过去一年").is_none()
}

/// Whether a sentence of a plan turns to the year before.
fn opens_past(chars: &[char], reviewed: i32) -> bool {
    let year = format!("{reviewed}年");
    ["去年", "过去一年", "过去的一年", "一年来", year.as_str()]
        .iter()
        .any(|word| find(&chars[..chars.len().min(12)], word).is_some_and(|at| at < 4))
}

/// Whether a sentence begins with a word of time.
fn opens(chars: &[char], clock: Clock) -> bool {
    last_period(&chars[..chars.len().min(12)], clock).is_some()
}

/// The period that the last word of time in a text says.
fn last_period(chars: &[char], clock: Clock) -> Option<Period> {
    let words = match clock.tense {
        Tense::Review => &LAST[..],
        Tense::Plan => &NEXT[..],
    };
    let year_word = format!("{}年", clock.year);
    let of_year = words.iter().copied().chain([year_word.as_str()]);
    let year_at = of_year.filter_map(|word| rfind(chars, word)).max();
    let spans = SPANS.iter().filter_map(|word| rfind(chars, word));
    let later = other_year(chars, clock.year);
    let is_beyond = clock.tense == Tense::Plan && !clock.is_year_end;
    let beyond = is_beyond.then(|| rfind(chars, "明年")).flatten();
    let spans_at = spans.chain(later).chain(beyond).max();
    match (year_at, spans_at) {
        (None, None) => None,
        (year, spans) if year > spans => Some(Period::Year),
        _ => Some(Period::Years),
    }
}

/// Where a text last names another year.
fn other_year(chars: &[char], year: i32) -> Option<usize> {
    let own: Vec<char> = year.to_string().chars().collect();
    let years = (0..chars.len().saturating_sub(4)).rev();
    years
        .filter(|&at| chars[at..at + 4].iter().all(char::is_ascii_digit) && chars[at + 4] == '年')
        .filter(|&at| matches!(chars[at], '1' | '2') && chars[at..at + 4] != own[..])
        .find(|&at| {
            at.checked_sub(1)
                .is_none_or(|before| !THAN.contains(chars[before]))
        })
}

/// Where a word is first.
pub(super) fn find(chars: &[char], word: &str) -> Option<usize> {
    let word: Vec<char> = word.chars().collect();
    chars.windows(word.len()).position(|window| window == word)
}

/// Where a word is last, not compared with.
fn rfind(chars: &[char], word: &str) -> Option<usize> {
    let word: Vec<char> = word.chars().collect();
    let is_part = |at: usize| {
        let before = at.checked_sub(1).map(|before| chars[before]);
        before.is_some_and(|before| match word[..] {
            // 五年内 is no year, 每人每年 no several years.
            ['年', '内'] => before.is_ascii_digit() || is_han_numeral(before),
            ['每', '年'] => before == '人' || before == '户',
            _ => word[0] != '五' && THAN.contains(before),
        })
    };
    chars
        .windows(word.len())
        .enumerate()
        .rev()
        .find(|&(at, window)| window == word && !is_part(at))
        .map(|(at, _)| at)
}
