//! Figures that changed between two wordings of a sentence, with what they are of.
//!
//! What a figure is of is the clause around it: the text before it, up to a mark that ends a clause, and a short one after it. A clause that
//! only goes on with the one before (`比上年增长`) has what that one is of before it. Two figures are of the same thing if they have the
//! same measure and the units of what they are of are alike: Dice's coefficient of the units in the same order.

use std::ops::Range;

use super::comparison::Figure;
use crate::precedent::align::align;
use crate::precedent::amount::{Amount, amounts};
use crate::text::punctuation::{is_stop, separates_clauses};
use crate::text::units::Units;

/// Minimum likeness of what two figures are of, if one only has more words, if one unit is replaced, and if more are: 铁路营业里程 is not
/// 高速铁路运营里程, and 农村公路 not 高速公路.
const SAME: [f64; 3] = [0.67, 0.75, 0.85];
/// Verbs and adverbs before a figure, which say nothing of what it is of, the longer first.
const VERBS: [&str; 17] = [
    "控制在",
    "提高到",
    "增长到",
    "增加到",
    "下降到",
    "达到",
    "超过",
    "突破",
    "预期",
    "拟按",
    "安排",
    "共",
    "达",
    "近",
    "约",
    "为",
    "拟",
];
/// Clauses of a verb alone: what they are of is in the clause before.
const BARE: [&str; 8] = [
    "基本建成",
    "新开工",
    "建成",
    "完成",
    "竣工",
    "解决",
    "新增",
    "预计",
];
/// Longest text after a figure that says what it is of, in characters.
const AFTER: usize = 16;
/// Figures of a sentence that are looked at: each is held against each of the other wording.
const MOST: usize = 100;
/// Beginnings of a clause that goes on with the one before.
const GOES_ON: [&str; 31] = [
    "扣除", "比", "同比", "较", "增长", "增加", "增幅", "提高", "下降", "减少", "降低", "扩大",
    "缩小", "超过", "达到", "达", "为", "占", "分别", "年均", "平均", "实际", "约", "近", "由",
    "从", "上升", "回落", "并", "到", "和",
];
/// Words after a figure that say how exact it is, not what it is of.
const ROUNDED: [&str; 8] = ["左右", "以上", "以下", "以内", "上下", "之内", "多", "余"];
/// Words of a target, and of an outcome: no figure of the one is continued by one of the other.
const TARGETS: [&str; 9] = [
    "拟", "目标", "预期", "力争", "计划", "左右", "以内", "确保", "要",
];
const OUTCOMES: [&str; 9] = [
    "达到",
    "实现",
    "完成",
    "已",
    "累计",
    "同比",
    "比上年增长",
    "比上年提高",
    "了",
];
/// Words of another year than that of the sentence.
const OTHER_YEAR: [&str; 5] = ["上年", "去年", "五年", "年均", "累计"];

/// A figure in a wording.
struct Read {
    amount: Amount,
    /// As printed.
    text: String,
    /// What it is of, as it is shown.
    of: String,
    /// The units of that.
    subject: Vec<String>,
    is_target: bool,
    is_outcome: bool,
    /// Which words of another year it has.
    other_year: Vec<bool>,
}

/// The figures of the same thing that differ, in order of the newer wording.
pub(super) fn changed(
    (old, old_place): (&str, &str),
    (new, new_place): (&str, &str),
) -> Vec<Figure> {
    let (olds, news) = (read(old), read(new));
    let mut scored: Vec<(f64, usize, usize, usize)> = Vec::new();
    for (to, new) in news.iter().enumerate() {
        for (from, old) in olds.iter().enumerate() {
            let likeness = likeness(old, new);
            if likeness > 0.0 {
                scored.push((likeness, from.abs_diff(to), to, from));
            }
        }
    }
    // The most alike first; of those the ones at the same place in the order.
    scored.sort_by(|a, b| {
        b.0.total_cmp(&a.0)
            .then((a.1, a.2, a.3).cmp(&(b.1, b.2, b.3)))
    });
    let mut of_new: Vec<Option<usize>> = vec![None; news.len()];
    let mut is_taken = vec![false; olds.len()];
    for (_, _, to, from) in scored {
        if of_new[to].is_none() && !is_taken[from] {
            of_new[to] = Some(from);
            is_taken[from] = true;
        }
    }
    let both = news.iter().zip(of_new);
    let both = both.filter_map(|(new, from)| Some((&olds[from?], new)));
    both.filter(|(old, new)| !old.amount.equals(&new.amount))
        .map(|(old, new)| Figure {
            of: new.of.clone(),
            old: old.text.clone(),
            new: new.text.clone(),
            old_place: old_place.to_owned(),
            place: new_place.to_owned(),
        })
        .collect()
}

/// How alike what both are of is; 0 of figures that can't be of the same thing.
fn likeness(old: &Read, new: &Read) -> f64 {
    let are_apart = old.amount.unit != new.amount.unit
        || old.other_year != new.other_year
        || (old.is_target && !old.is_outcome && new.is_outcome && !new.is_target)
        || (new.is_target && !new.is_outcome && old.is_outcome && !old.is_target);
    let all = old.subject.len() + new.subject.len();
    if are_apart || old.subject.len() < 2 || new.subject.len() < 2 {
        return 0.0;
    }
    let aligned = align(&old.subject, &new.subject);
    let in_order = aligned.runs.iter().filter(|run| !run.moved);
    let shared = in_order.map(|run| run.len).sum::<usize>();
    let likeness = 2.0 * shared as f64 / all as f64;
    let replaced = old.subject.len().min(new.subject.len()) - shared;
    match likeness >= SAME[replaced.min(SAME.len() - 1)] {
        true => likeness,
        false => 0.0,
    }
}

/// The figures of a text in order.
fn read(text: &str) -> Vec<Read> {
    let chars: Vec<char> = text.chars().collect();
    let mut amounts = amounts(&chars);
    amounts.truncate(MOST);
    let is_inside = |at: usize| amounts.iter().any(|one| one.span.contains(&at));
    // 、 joins what one figure is of, and separates clauses only after a figure: 城镇、农村居民收入增长5%、6%.
    let is_end = |at: usize, start: usize| match chars[at] {
        '、' => {
            let mut before = amounts.iter();
            before.any(|one| one.span.start >= start && one.span.end <= at)
                && amounts.iter().all(|one| one.span.start != at + 1)
        }
        ch => separates_clauses(ch) || is_stop(ch),
    };
    let mut out = Vec::new();
    let mut bases = Vec::new();
    let mut start = 0;
    for end in 0..=chars.len() {
        if end < chars.len() && (is_inside(end) || !is_end(end, start)) {
            continue;
        }
        clause(&chars, start..end, &amounts, &mut bases, &mut out);
        if chars.get(end).is_some_and(|&ch| is_stop(ch)) {
            bases.clear();
        }
        start = end + 1;
    }
    out
}

/// Reads the figures of a clause; `bases` are what those before it in the sentence are of, then this one too.
fn clause(
    chars: &[char],
    range: Range<usize>,
    amounts: &[Amount],
    bases: &mut Vec<String>,
    out: &mut Vec<Read>,
) {
    let cut = |from: usize, to: usize| -> String {
        let text: String = chars[from.min(to)..to].iter().collect();
        text.trim_matches(|ch: char| ch.is_whitespace() || matches!(ch, '“' | '”' | '—'))
            .to_owned()
    };
    let inside: Vec<&Amount> = amounts
        .iter()
        .filter(|one| one.span.start >= range.start && one.span.end <= range.end)
        .collect();
    let first = inside.first().map_or(range.end, |one| one.span.start);
    let head = cut(range.start, first);
    let head = head.strip_prefix("其中").unwrap_or(&head).to_owned();
    let goes_on = head.is_empty()
        || BARE.contains(&head.as_str())
        || GOES_ON.iter().any(|word| head.starts_with(word));
    // 甲收入5元，乙收入6元，分别增长7%和8%: each has a base of its own.
    let joins = |pair: &[&Amount]| {
        let between = &chars[pair[0].span.end..pair[1].span.start];
        matches!(between, ['和' | '与' | '及' | '、'])
    };
    let is_each = goes_on
        && bases.len() >= inside.len()
        && (head.contains("分别") || inside.windows(2).all(joins));
    let base = |ord: usize| match is_each {
        true => bases.get(bases.len() - inside.len() + ord),
        false => bases.last(),
    };
    let joined = |ord: usize| match base(ord).filter(|_| goes_on) {
        Some(base) if head.is_empty() => base.clone(),
        Some(base) => format!("{base}，{head}"),
        None => head.clone(),
    };
    let begun: Vec<String> = (0..inside.len()).map(joined).collect();
    if !goes_on {
        bases.push(head.clone());
    }
    let mut before = begun.first().cloned().unwrap_or_default();
    let whole = cut(range.start, range.end);
    for (ord, amount) in inside.iter().enumerate() {
        let span = &amount.span;
        let next = inside
            .get(ord + 1)
            .map_or(range.end, |next| next.span.start);
        let mut after = cut(span.end, next);
        for word in ROUNDED {
            after = after.strip_prefix(word).unwrap_or(&after).to_owned();
        }
        let is_short = after.chars().count() <= AFTER && ord + 1 == inside.len();
        let after = if is_short || before.is_empty() {
            after
        } else {
            String::new()
        };
        let of = match (before.is_empty(), after.is_empty()) {
            (_, true) => before.clone(),
            (true, false) => after.chars().take(AFTER).collect(),
            (false, false) => format!("{before}…{after}"),
        };
        let said = |words: &[&str]| words.iter().any(|word| whole.contains(word));
        out.push(Read {
            text: chars[span.clone()].iter().collect(),
            amount: (*amount).clone(),
            subject: subject(&of),
            is_target: said(&TARGETS),
            is_outcome: said(&OUTCOMES),
            other_year: OTHER_YEAR.map(|word| of.contains(word)).to_vec(),
            of,
        });
        let more = cut(span.end, next);
        let more = more.trim_end_matches(['和', '、', '与', '及']);
        before = match begun.get(ord + 1).filter(|_| is_each || more.is_empty()) {
            Some(begun) => begun.clone(),
            None => format!("{before}…{more}"),
        };
    }
}

/// The units of what a figure is of, without verbs.
fn subject(of: &str) -> Vec<String> {
    let mut of = of.to_owned();
    for verb in VERBS {
        of = of.replace(verb, "");
    }
    Units::new(&of).texts().map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(old: &str, new: &str, expected: &[(&str, &str, &str)]) {
        let found = changed((old, "a:1"), (new, "b:1"));
        let found: Vec<(&str, &str, &str)> = found
            .iter()
            .map(|one| (&*one.of, &*one.old, &*one.new))
            .collect();
        assert_eq!(found, expected, "{old} → {new}");
    }

    #[test]
    fn a_figure_is_that_of_the_same_clause() {
        check(
            "全县新修水渠12条，衬砌渠道30公里。",
            "全县衬砌渠道35公里，新修水渠21条。",
            &[
                ("全县衬砌渠道", "30公里", "35公里"),
                ("新修水渠", "12条", "21条"),
            ],
        );
        check(
            "水费收入增长5%左右，用水量下降3%。",
            "水费收入增长4.5%左右，用水量下降3%。",
            &[("水费收入增长", "5%", "4.5%")],
        );
        // Other measures and other things.
        check("新修水渠12条。", "新修水渠12公里。", &[]);
        check("新修水渠12条。", "种植果树21条。", &[]);
        check("改建农村公路12公里。", "改建高速公路21公里。", &[]);
        check(
            "干渠、支渠清淤分别增长9%和13%。",
            "干渠、支渠清淤分别增长12%、14%。",
            &[
                ("干渠、支渠清淤分别增长", "9%", "12%"),
                ("干渠、支渠清淤分别增长", "13%", "14%"),
            ],
        );
        check("新修水渠1.2万米。", "新修水渠12000米。", &[]);
    }

    #[test]
    fn a_clause_that_goes_on_is_of_what_the_one_before_is() {
        check(
            "渠道维护经费230万元，比上年增加20万元。",
            "渠道维护经费250万元，比上年增加25万元。",
            &[
                ("渠道维护经费", "230万元", "250万元"),
                ("渠道维护经费，比上年增加", "20万元", "25万元"),
            ],
        );
        check(
            "水费收入20万元，水电收入30万元，分别增长5%和6%。",
            "水费收入20万元，水电收入30万元，分别增长7%、8%。",
            &[
                ("水费收入，分别增长", "5%", "7%"),
                ("水电收入，分别增长", "6%", "8%"),
            ],
        );
    }

    #[test]
    fn a_range_is_one_figure() {
        check(
            "水费收入增长6.5%左右。",
            "水费收入增长6%－6.5%。",
            &[("水费收入增长", "6.5%", "6%－6.5%")],
        );
        check("水费收入增长6%－6.5%。", "水费收入增长6%－6.5%。", &[]);
    }

    #[test]
    fn a_target_is_not_continued_by_an_outcome() {
        check("力争水费收入增长6.5%。", "水费收入同比增长5%。", &[]);
        check("水费收入去年增长6.5%。", "水费收入增长5%。", &[]);
    }

    #[test]
    fn what_follows_says_what_a_count_is_of() {
        check(
            "完成28个行政村改水。",
            "完成31个行政村改水。",
            &[("完成…行政村改水", "28个", "31个")],
        );
        check(
            "28个行政村完成改水。",
            "31个行政村完成改水。",
            &[("行政村完成改水", "28个", "31个")],
        );
    }
}
