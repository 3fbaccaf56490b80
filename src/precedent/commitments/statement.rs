//! The figures of a sentence, each with its bound, its change and what it is of.

use std::ops::Range;

use super::commitment::{Bound, Change, Period, StatedFigure};
use super::known::{
    ABOUT_AFTER, ABOUT_BEFORE, DOWN, GENERIC, LEAST_AFTER, LEAST_BEFORE, MOST_AFTER, MOST_BEFORE,
    NAMED, NO_CHANGE, REPLACED, TO, UP,
};
use super::measure::{MIN_UNITS, Measure};
use super::period::Sentence;
use crate::precedent::amount::{Amount, amounts};
use crate::text::punctuation::{is_stop, separates_clauses};

/// Minimum number of units after a figure that say what it is of.
const MIN_AFTER: usize = 3;
/// Maximum number of characters of a clause without a figure that the next clause continues.
const MAX_BEFORE: usize = 24;

/// Maximum number of characters from 从 to what was before, 从 included: 由每人每年380元.
const FROM: usize = 6;

/// Marks and words before a measure that only join it to the text.
const JOINING: [char; 10] = ['、', '，', '和', '及', '与', '的', '“', '”', '》', ' '];
const OPENING: [&str; 12] = [
    "其中", "今年", "全年", "年内", "去年", "力争", "确保", "要", "将", "拟", "再", "但",
];

/// A figure of a sentence.
#[derive(Clone, Debug)]
pub(super) struct Statement {
    /// Ordinal of its sentence.
    pub(super) sentence: usize,
    /// The figure with the words of its bound.
    pub(super) span: Range<usize>,
    pub(super) amount: Amount,
    pub(super) bound: Bound,
    pub(super) change: Change,
    pub(super) period: Period,
    /// What it is of, as printed, and as it is compared.
    pub(super) printed: String,
    pub(super) measure: Measure,
    /// The same with what follows the figure: 取消246项审批事项.
    pub(super) wider: Option<Measure>,
    /// Its clause up to the figure, and what follows up to the next mark or figure.
    pub(super) head: String,
    pub(super) tail: String,
}

impl Statement {
    /// How alike what both are of is, with what follows the figure or without; `None` for different measures.
    pub(super) fn likeness(&self, other: &Self) -> Option<f64> {
        let own = [Some(&self.measure), self.wider.as_ref()];
        let others = [Some(&other.measure), other.wider.as_ref()];
        let pairs = own.into_iter().flatten();
        let pairs =
            pairs.flat_map(|one| others.into_iter().flatten().map(move |other| (one, other)));
        let found = pairs.filter_map(|(one, other)| one.likeness(other));
        found.max_by(f64::total_cmp)
    }

    /// Whether it is what was before: 从3万元提高到10万元.
    pub(super) fn is_source(&self) -> bool {
        source(&self.head).is_some()
    }

    /// Whether it is how much of something each other figure is for: 每50公斤.
    pub(super) fn is_per(&self) -> bool {
        self.head.ends_with('每')
    }

    pub(super) fn stated(&self, sentence: &Sentence) -> StatedFigure {
        let figure = sentence.text.chars();
        StatedFigure {
            place: sentence.place.clone(),
            text: sentence.text.clone(),
            figure: figure.skip(self.span.start).take(self.span.len()).collect(),
            span: self.span.clone(),
            measure: self.printed.clone(),
            value: Some(self.amount.low),
            to: self.amount.high,
            unit: self.amount.unit.clone(),
            bound: self.bound,
            change: self.change,
            period: self.period,
        }
    }
}

/// The figures of a sentence in order, those without a measure left out.
pub(super) fn statements(ord: usize, sentence: &Sentence) -> Vec<Statement> {
    let chars = &sentence.chars;
    let amounts = amounts(chars);
    let spans: Vec<(Range<usize>, Bound)> = amounts.iter().map(|one| bounded(chars, one)).collect();
    let mut out: Vec<Statement> = Vec::new();
    let mut at = 0;
    while at < amounts.len() {
        // Figures with nothing but 、 or 和 between them are of the measures before the first, one each.
        let follows = |next: usize| {
            let between =
                &chars[spans[next - 1].0.end..spans[next].0.start.max(spans[next - 1].0.end)];
            between.len() == 1 && matches!(between[0], '、' | '和' | '及' | '与')
        };
        let n = 1
            + (at + 1..amounts.len())
                .take_while(|&next| follows(next))
                .count();
        let start = clause_start(
            chars,
            at.checked_sub(1).map(|before| spans[before].0.end),
            spans[at].0.start,
        );
        let head: String = chars[start..spans[at].0.start].iter().collect();
        let parts = if n > 1 { coordinates(&head, n) } else { None };
        for nth in 0..n {
            let (span, bound) = spans[at + nth].clone();
            let next = spans.get(at + nth + 1).map(|(span, _)| span.start);
            let mut tail: String = chars[span.end..clause_end(chars, span.end, next)]
                .iter()
                .collect();
            // 拟投入423亿元，用于促进就业.
            let after = &chars[(span.end + 1).min(chars.len())..];
            if tail.is_empty() && after.starts_with(&['用', '于']) {
                let from = span.end + 1;
                tail = chars[from..clause_end(chars, from, next)].iter().collect();
            }
            let head = match &parts {
                Some(parts) => parts[nth].clone(),
                None => head.clone(),
            };
            let inherited = inherited(chars, start, out.last());
            let (of, _) = head.split_at(source(&head).unwrap_or(head.len()));
            let Some((printed, measure, wider)) = measure(of, &tail, inherited) else {
                continue;
            };
            out.push(Statement {
                sentence: ord,
                period: sentence.period_at(span.end),
                change: change(&head, &tail),
                amount: amounts[at + nth].clone(),
                span,
                bound,
                printed,
                measure,
                wider,
                head,
                tail,
            });
        }
        at += n;
    }
    out
}

/// Where the clause of a figure begins: after the last mark, or after the figure before.
fn clause_start(chars: &[char], before: Option<usize>, figure: usize) -> usize {
    let from = before.unwrap_or(0).min(figure);
    let mark = (from..figure).rev().find(|&at| {
        let ch = chars[at];
        // 、 joins measures: 化学需氧量、氨氮排放量下降2%. After a figure it ends its clause.
        (ends_clause(ch) && ch != '、') || (ch == '、' && at == from && before.is_some())
    });
    mark.map_or(from, |at| at + 1)
}

fn clause_end(chars: &[char], from: usize, next: Option<usize>) -> usize {
    let last = next.unwrap_or(chars.len()).max(from);
    (from..last)
        .find(|&at| ends_clause(chars[at]))
        .unwrap_or(last)
}

fn ends_clause(ch: char) -> bool {
    separates_clauses(ch) || is_stop(ch) || matches!(ch, '（' | '）' | '(' | ')' | '—' | '…')
}

/// The span of a figure with the words of its bound.
fn bounded(chars: &[char], amount: &Amount) -> (Range<usize>, Bound) {
    let Range { mut start, mut end } = amount.span;
    let own: String = chars[start..end].iter().collect();
    let before: String = chars[..start].iter().collect();
    let after: String = chars[end..chars.len().min(end + 4)].iter().collect();
    let len = |words: &[&str], text: &str, is_after: bool| {
        let fits = |word: &&&str| match is_after {
            true => text.starts_with(**word),
            false => text.ends_with(**word),
        };
        let found = words.iter().filter(fits).map(|word| word.chars().count());
        found.max().unwrap_or(0)
    };
    let mut bound = match amount.high {
        Some(_) => Bound::Range,
        None => Bound::Exact,
    };
    // The longest that is there: 不低于 ends in 低于.
    let before_it = [
        (len(&MOST_BEFORE, &before, false), Bound::AtMost),
        (len(&LEAST_BEFORE, &before, false), Bound::AtLeast),
        (len(&ABOUT_BEFORE, &before, false), Bound::About),
    ];
    let after_it = [
        (len(&LEAST_AFTER, &after, true), Bound::AtLeast),
        (len(&MOST_AFTER, &after, true), Bound::AtMost),
        (len(&ABOUT_AFTER, &after, true), Bound::About),
    ];
    let (n_before, meant_before) = longest(before_it);
    let (n_after, meant_after) = longest(after_it);
    start -= n_before;
    end += n_after;
    if bound != Bound::Range {
        bound = match (n_before, n_after) {
            (0, 0) => bound,
            (_, 0) => meant_before,
            _ => meant_after,
        };
    }
    // 1200多万: the word is inside the number.
    if bound == Bound::Exact && own.contains(['多', '余']) {
        bound = Bound::AtLeast;
    }
    (start..end, bound)
}

fn longest(found: [(usize, Bound); 3]) -> (usize, Bound) {
    found
        .into_iter()
        .max_by_key(|(n, _)| *n)
        .unwrap_or((0, Bound::Exact))
}

/// Where 从 or 由 is before a figure that was before.
fn source(head: &str) -> Option<usize> {
    let at = head.rfind(['从', '由'])?;
    let rest = &head[at..];
    (rest.chars().count() <= FROM && !rest.contains(['到', '至'])).then_some(at)
}

/// The measures before 分别, or in a list, if they are as many as the figures.
fn coordinates(head: &str, n: usize) -> Option<Vec<String>> {
    let (list, verb) = head.split_once("分别").unwrap_or((head, ""));
    let parts: Vec<&str> = list.split(['、', '和', '与', '及']).collect();
    let whole = |part: &&str| format!("{part}{verb}");
    (parts.len() == n).then(|| parts.iter().map(whole).collect())
}

/// What a clause without a measure of its own continues: the measure of the figure before it, else the clause before it.
fn inherited(chars: &[char], start: usize, last: Option<&Statement>) -> Option<String> {
    let segment = (0..start)
        .rev()
        .find(|&at| matches!(chars[at], '；' | ';') || is_stop(chars[at]));
    let segment = segment.map_or(0, |at| at + 1);
    if let Some(last) = last.filter(|last| last.span.start >= segment) {
        return Some(last.printed.clone());
    }
    let end = start.checked_sub(1)?;
    let from = (segment..end).rev().find(|&at| ends_clause(chars[at]));
    let from = from.map_or(segment, |at| at + 1);
    let clause: String = chars[from..end.max(from)].iter().collect();
    (clause.chars().count() <= MAX_BEFORE).then_some(clause)
}

/// What a figure is of, as printed, as it is compared, and with what follows it.
fn measure(
    head: &str,
    tail: &str,
    inherited: Option<String>,
) -> Option<(String, Measure, Option<Measure>)> {
    let (own, after) = (Measure::new(head), Measure::new(tail));
    let whole = format!("{head}{tail}");
    let wider = (after.len() >= MIN_AFTER).then(|| Measure::new(&whole));
    let is_enough = !is_generic(&own) && own.len() >= MIN_UNITS;
    if let Some(wider) = &wider
        && (own.len() < MIN_AFTER || !is_enough)
    {
        return Some((trimmed(&whole), wider.clone(), None));
    }
    if is_enough {
        return Some((trimmed(head), own, wider));
    }
    // 新开工700万套 goes on with what the clause before it builds.
    let inherited = inherited?;
    let text = match own.len() >= MIN_UNITS {
        true => {
            let of = REPLACED
                .iter()
                .fold(inherited, |of, word| of.replace(word, ""));
            format!("{of}，{head}")
        }
        false => inherited,
    };
    let measure = Measure::new(&text);
    (measure.len() >= MIN_UNITS).then(|| (trimmed(&text), measure, None))
}

/// A measure without words that only join it to the text.
fn trimmed(text: &str) -> String {
    let text = text.trim();
    let text = text.trim_end_matches('每').trim_end_matches("平均");
    let mut text = text.trim_start_matches(JOINING).trim();
    // 再就业 is a word.
    while let Some(rest) = OPENING.iter().find_map(|word| text.strip_prefix(word))
        && !rest.starts_with("就业")
    {
        text = rest.trim_start_matches(JOINING);
    }
    text.to_owned()
}

/// Whether a measure says only who acts.
fn is_generic(measure: &Measure) -> bool {
    let mut text: String = measure.units.concat();
    for word in GENERIC {
        text = text.replace(word, "");
    }
    text.chars().count() < MIN_UNITS
}

/// What the last word of change before a figure says, else the first after it.
fn change(head: &str, tail: &str) -> Change {
    let mut head = head.to_owned();
    for word in NO_CHANGE {
        head = head.replace(word, "　");
    }
    let last = |words: &[&'static str]| {
        let found = words
            .iter()
            .filter_map(|word| head.rfind(word).map(|at| (at, *word)));
        found.max()
    };
    let found = match (last(&UP), last(&DOWN)) {
        (None, None) => {
            // 减少农村人口1000万 has it before; 一倍以上增长 after.
            let after = |words: &[&str]| words.iter().any(|word| tail.starts_with(word));
            return match (after(&UP), after(&DOWN)) {
                (true, _) => Change::Up,
                (_, true) => Change::Down,
                _ => Change::Amount,
            };
        }
        (up, down) if up > down => (up, Change::Up),
        (_, down) => (down, Change::Down),
    };
    let (Some((at, word)), change) = found else {
        return Change::Amount;
    };
    // 涨幅回落到2.6% is a rise of 2.6%.
    if let Some((_, word)) = last(&NAMED) {
        return if word == "降幅" {
            Change::Down
        } else {
            Change::Up
        };
    }
    let rest = &head[at + word.len()..];
    let is_amount = TO.iter().any(|to| rest.starts_with(to)) || rest.ends_with(['到', '至']);
    match is_amount {
        true => Change::Amount,
        false => change,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::period::{Clock, Tense};
    use super::*;

    fn sentence(text: &str) -> Sentence {
        Sentence {
            place: "a:1".to_owned(),
            text: text.to_owned(),
            chars: text.chars().collect(),
            clock: Clock {
                tense: Tense::Plan,
                year: 2010,
                is_year_end: false,
            },
            period: Period::Year,
        }
    }

    fn read(text: &str) -> Vec<(String, String, Bound, Change)> {
        let sentence = sentence(text);
        let stated = statements(0, &sentence);
        let stated = stated.iter().map(|one| one.stated(&sentence));
        stated
            .map(|one| (one.measure, one.figure, one.bound, one.change))
            .collect()
    }

    #[track_caller]
    fn check(text: &str, expected: &[(&str, &str, Bound, Change)]) {
        let expected: Vec<(String, String, Bound, Change)> = expected
            .iter()
            .map(|&(measure, figure, bound, change)| {
                (measure.to_owned(), figure.to_owned(), bound, change)
            })
            .collect();
        assert_eq!(read(text), expected, "{text}");
    }

    #[test]
    fn a_figure_has_its_bound_and_its_change() {
        use Bound::*;
        use Change::*;
        check(
            "全县产值增长8%左右；水渠完好率控制在5%以内，新修水渠12条以上",
            &[
                ("全县产值增长", "8%左右", About, Up),
                ("水渠完好率控制在", "5%以内", AtMost, Amount),
                ("新修水渠", "12条以上", AtLeast, Amount),
            ],
        );
        check(
            "用水量下降不低于3%",
            &[("用水量下降", "不低于3%", AtLeast, Down)],
        );
        check("水费不超过3元", &[("水费", "不超过3元", AtMost, Amount)]);
        check(
            "补助标准提高到120元",
            &[("补助标准提高到", "120元", Exact, Amount)],
        );
        check("粮价涨幅控制在3%", &[("粮价涨幅控制在", "3%", Exact, Up)]);
        check(
            "清运垃圾1200多万吨",
            &[("清运垃圾", "1200多万吨", AtLeast, Amount)],
        );
        check("产值增长6%－6.5%", &[("产值增长", "6%－6.5%", Range, Up)]);
    }

    #[test]
    fn what_a_figure_is_of_may_stand_elsewhere() {
        use Bound::*;
        use Change::*;
        // After it.
        check(
            "解决6000名村民的饮水问题",
            &[("解决村民的饮水问题", "6000名", Exact, Amount)],
        );
        // Before the figure before it.
        check(
            "水稻总产值达到5亿元，增长6%",
            &[
                ("水稻总产值达到", "5亿元", Exact, Amount),
                ("水稻总产值达到", "6%", Exact, Up),
            ],
        );
        // In a list.
        check(
            "东渠、西渠水量分别增长3%和4%",
            &[
                ("东渠增长", "3%", Exact, Up),
                ("西渠水量增长", "4%", Exact, Up),
            ],
        );
    }

    proptest! {
        #[test]
        fn any_sentence_is_read(text in "[0-9０-９一二十百千万亿分之.,，。；：、%％‰元个人年里增长降低到至从由的左右以上内约近超过（）“”五每其中分别用于 —-]{0,40}") {
            let sentence = sentence(&text);
            for one in statements(0, &sentence) {
                let stated = one.stated(&sentence);
                prop_assert!(stated.span.start < stated.span.end && stated.span.end <= sentence.chars.len());
                prop_assert!(stated.value.is_some_and(f64::is_finite));
                let cut: String = sentence.chars[stated.span.clone()].iter().collect();
                prop_assert_eq!(cut.chars().count(), stated.figure.chars().count());
            }
        }
    }

    #[test]
    fn a_text_without_figures_or_measures_has_no_statements() {
        for text in ["", "水渠通水。", "12条", "增长8%", "2010年"] {
            assert_eq!(read(text), [], "{text}");
        }
    }
}
