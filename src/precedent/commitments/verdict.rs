//! Whether an outcome keeps to the bound of its target.

use super::commitment::{Bound, Change, CommitmentStatus, Reason};
use super::known::{DONE, HELD, NEUTRAL, PRICES};
use super::statement::Statement;
use super::unit::factor;

/// How far from a target an outcome may be that is still about it, as a share of the target.
pub const ABOUT: f64 = 0.1;
/// How far a rounded outcome may be from what is printed, as a share.
const ROUNDED: f64 = 0.05;

/// Which side of a target is better.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Better {
    Higher,
    Lower,
    /// Above is worse, below is not better.
    NotHigher,
    Unknown,
}

type Verdict = (CommitmentStatus, Option<Reason>);

/// The verdict about a target and its outcome, which are of one kind of unit.
pub(super) fn verdict(target: &Statement, outcome: &Statement) -> Verdict {
    let Some(factor) = factor(&outcome.amount.unit, &target.amount.unit) else {
        return undecided(Reason::OtherUnit);
    };
    // A fall where a rise was planned is a negative rise.
    let is_opposite = matches!(
        (target.change, outcome.change),
        (Change::Up, Change::Down) | (Change::Down, Change::Up)
    );
    let (low, high) = interval(outcome);
    let (low, high) = match is_opposite {
        true => (-high * factor, -low * factor),
        false => (low * factor, high * factor),
    };
    let (from, to) = (
        target.amount.low,
        target.amount.high.unwrap_or(target.amount.low),
    );
    let better = better(target);
    match target.bound {
        Bound::AtLeast => at_least(from, low, high),
        Bound::AtMost => at_most(from, low, high),
        Bound::About => {
            let width = ABOUT * from.abs();
            within(
                (from - width, to + width),
                (low, high),
                better,
                Reason::OnlyAbout,
            )
        }
        Bound::Range => within((from, to), (low, high), better, Reason::NoBound),
        Bound::Exact => match better {
            Better::Higher => at_least(from, low, high),
            Better::Lower | Better::NotHigher => at_most(from, low, high),
            Better::Unknown => within((from, to), (low, high), better, Reason::NoBound),
        },
    }
}

fn undecided(reason: Reason) -> Verdict {
    (CommitmentStatus::Undecided, Some(reason))
}

const MET: Verdict = (CommitmentStatus::Met, None);
const MISSED: Verdict = (CommitmentStatus::Missed, None);

/// What values the outcome allows, in its own unit.
fn interval(outcome: &Statement) -> (f64, f64) {
    let value = outcome.amount.low;
    let rounded = ROUNDED * value.abs();
    match outcome.bound {
        Bound::Exact => (value, value),
        Bound::AtLeast => (value, f64::INFINITY),
        Bound::AtMost => (f64::NEG_INFINITY, value),
        Bound::About => (value - rounded, value + rounded),
        Bound::Range => (value, outcome.amount.high.unwrap_or(value)),
    }
}

/// Products of decimals differ in their last bits.
fn is_below(a: f64, b: f64) -> bool {
    a < b - 1e-9 * b.abs().max(1e-9)
}

fn at_least(bound: f64, low: f64, high: f64) -> Verdict {
    if !is_below(low, bound) {
        MET
    } else if is_below(high, bound) {
        MISSED
    } else {
        undecided(Reason::OutcomeRounded)
    }
}

fn at_most(bound: f64, low: f64, high: f64) -> Verdict {
    if !is_below(bound, high) {
        MET
    } else if is_below(bound, low) {
        MISSED
    } else {
        undecided(Reason::OutcomeRounded)
    }
}

/// Within two values is met; outside, the side decides.
fn within(
    (from, to): (f64, f64),
    (low, high): (f64, f64),
    better: Better,
    beyond: Reason,
) -> Verdict {
    let (reaches, keeps) = (!is_below(low, from), !is_below(to, high));
    if reaches && keeps {
        return MET;
    }
    let (is_under, is_over) = (is_below(high, from), is_below(to, low));
    match better {
        Better::Higher if reaches => MET,
        Better::Higher if is_under => MISSED,
        Better::Lower if keeps => MET,
        Better::Lower | Better::NotHigher if is_over => MISSED,
        _ if is_under || is_over => undecided(beyond),
        _ => undecided(Reason::OutcomeRounded),
    }
}

/// What the words of a target say.
fn better(target: &Statement) -> Better {
    let has = |words: &[&str]| {
        words
            .iter()
            .any(|word| target.head.contains(word) || target.printed.contains(word))
    };
    let is_fall = target.change == Change::Down;
    if !is_fall && has(&HELD) {
        Better::Lower
    } else if has(&NEUTRAL) {
        Better::Unknown
    } else if target.change == Change::Up && has(&PRICES) {
        Better::NotHigher
    } else if target.change != Change::Amount || has(&DONE) {
        Better::Higher
    } else {
        Better::Unknown
    }
}
