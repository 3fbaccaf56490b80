//! Amounts in a sentence: figures, and ranges from one to another.

use std::ops::Range;

use super::figure::{FigureSpan, figures};
use crate::text::numerals::decimal;

/// Characters between the two ends of a range: 6%－6.5%, 5到7元.
const JOINS: &str = "-－—–~～至到";

/// A figure, or a range of two.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Amount {
    /// Half-open range of characters, the unit included.
    pub(super) span: Range<usize>,
    pub(super) low: f64,
    /// The upper end of a range.
    pub(super) high: Option<f64>,
    pub(super) unit: String,
}

impl Amount {
    /// Whether both are the same number, or the same range, of the same unit.
    pub(super) fn equals(&self, other: &Self) -> bool {
        let ends = |one: &Self| [one.low, one.high.unwrap_or(one.low)];
        let are_equal = |(a, b): (f64, f64)| (a - b).abs() <= 1e-9 * a.abs().max(1.0);
        let mut both = ends(self).into_iter().zip(ends(other));
        self.unit == other.unit && both.all(are_equal)
    }
}

/// The amounts of a sentence in order; they do not overlap.
pub(super) fn amounts(chars: &[char]) -> Vec<Amount> {
    let mut single = figures(chars);
    // 110千伏 has a unit that is not known; only 万 and 亿 are printed without one.
    single.retain(|figure| {
        !figure.measure.is_empty() || matches!(chars[figure.span.end - 1], '万' | '亿')
    });
    let mut out: Vec<Amount> = Vec::new();
    for at in 1..chars.len() {
        if JOINS.contains(chars[at]) && out.last().is_none_or(|last| last.span.end <= at) {
            out.extend(range(chars, at, &single));
        }
    }
    let ranges = out.len();
    for figure in single {
        let is_free = out[..ranges].iter().all(|range| {
            figure.span.end <= range.span.start || range.span.end <= figure.span.start
        });
        if is_free {
            out.push(Amount {
                span: figure.span,
                low: figure.value,
                high: None,
                unit: figure.measure,
            });
        }
    }
    out.sort_by_key(|amount| amount.span.start);
    out
}

/// The range that is joined at a character.
fn range(chars: &[char], join: usize, single: &[FigureSpan]) -> Option<Amount> {
    let upper = first(&chars[join + 1..])?;
    let end = join + 1 + upper.span.end;
    let (start, lower) = match single.iter().find(|figure| figure.span.end == join) {
        Some(figure) => (figure.span.start, figure.clone()),
        None => {
            // Without a unit of its own it has that of the upper end.
            let is_number = |ch: &&char| decimal(**ch).is_some() || **ch == '.';
            let n = chars[..join].iter().rev().take_while(is_number).count();
            if n == 0 {
                return None;
            }
            let number = chars[join + 1..].iter().take_while(is_number).count();
            let unit = &chars[join + 1 + number..end];
            let with_unit = [&chars[join - n..join], unit].concat();
            (join - n, first(&with_unit)?)
        }
    };
    // 从3万元到10万元 says what was and what will be.
    let is_change = start
        .checked_sub(1)
        .is_some_and(|before| matches!(chars[before], '从' | '由'));
    let is_range = lower.measure == upper.measure && lower.value < upper.value && !is_change;
    is_range.then_some(Amount {
        span: start..end,
        low: lower.value,
        high: Some(upper.value),
        unit: upper.measure,
    })
}

/// The figure that a text begins with.
fn first(chars: &[char]) -> Option<FigureSpan> {
    // A figure is short: what follows is read elsewhere.
    let start = &chars[..chars.len().min(24)];
    figures(start)
        .into_iter()
        .next()
        .filter(|figure| figure.span.start == 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &[(&str, f64, Option<f64>, &str)]) {
        let chars: Vec<char> = text.chars().collect();
        let found: Vec<(String, f64, Option<f64>, String)> = amounts(&chars)
            .into_iter()
            .map(|one| {
                (
                    chars[one.span].iter().collect(),
                    one.low,
                    one.high,
                    one.unit,
                )
            })
            .collect();
        let expected: Vec<(String, f64, Option<f64>, String)> = expected
            .iter()
            .map(|&(text, low, high, unit)| (text.to_owned(), low, high, unit.to_owned()))
            .collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn a_range_is_one_amount() {
        check(
            "产值增长6%－6.5%，修渠20—30条",
            &[
                ("6%－6.5%", 6.0, Some(6.5), "%"),
                ("20—30条", 20.0, Some(30.0), "条"),
            ],
        );
        check("每袋提高5到7元", &[("5到7元", 5.0, Some(7.0), "元")]);
        check("减排8%至10%", &[("8%至10%", 8.0, Some(10.0), "%")]);
        check("补助10-12万元", &[("10-12万元", 10e4, Some(12e4), "元")]);
    }

    #[test]
    fn what_is_no_range_is_read_as_figures_are() {
        check(
            "从3万元到10万元",
            &[("3万元", 3e4, None, "元"), ("10万元", 10e4, None, "元")],
        );
        check("修渠12条——都通水", &[("12条", 12.0, None, "条")]);
        check("2011-2020年，到处，至，建成110千伏变电站", &[]);
    }

    #[test]
    fn equal_amounts_may_be_written_otherwise() {
        let one = |text: &str| {
            let chars: Vec<char> = text.chars().collect();
            amounts(&chars).remove(0)
        };
        for (a, b, expected) in [
            ("1.2万米", "12000米", true),
            ("6%－7%", "6%至7%", true),
            ("6%－7%", "6%", false),
            ("12条", "12公里", false),
            ("12条", "13条", false),
        ] {
            assert_eq!(one(a).equals(&one(b)), expected, "{a} {b}");
        }
    }
}
