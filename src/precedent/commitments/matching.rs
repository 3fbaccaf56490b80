//! Which outcome is of which target.

use std::cmp::Ordering;

use super::commitment::{Change, Period, Reason};
use super::statement::Statement;
use super::unit::factor;

/// Minimum likeness of the measures of a target and its outcome.
const MIN_LIKE: f64 = 0.62;
/// Minimum likeness where something else keeps them from being compared.
const MIN_OTHER: f64 = 0.75;

/// A pair, as ordinals, and why it can't be judged.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Match {
    pub(super) target: usize,
    pub(super) outcome: usize,
    pub(super) reason: Option<Reason>,
    likeness: f64,
}

/// The pairs in order of the targets, one to one, those that can be judged first, then the more alike.
pub(super) fn matches(targets: &[Statement], outcomes: &[Statement]) -> Vec<Match> {
    let mut all: Vec<Match> = Vec::new();
    for (target, one) in targets.iter().enumerate() {
        for (outcome, other) in outcomes.iter().enumerate() {
            all.extend(matched((target, one), (outcome, other)));
        }
    }
    all.sort_by(better);
    let (mut taken, mut used) = (vec![false; targets.len()], vec![false; outcomes.len()]);
    let mut out: Vec<Match> = Vec::new();
    for one in all {
        if !taken[one.target] && !used[one.outcome] {
            (taken[one.target], used[one.outcome]) = (true, true);
            out.push(one);
        }
    }
    out.sort_by_key(|one| one.target);
    out
}

fn better(a: &Match, b: &Match) -> Ordering {
    let judged = rank(a.reason).cmp(&rank(b.reason));
    let alike = b.likeness.total_cmp(&a.likeness);
    judged
        .then(alike)
        .then((a.target, a.outcome).cmp(&(b.target, b.outcome)))
}

/// The fewer differences first.
fn rank(reason: Option<Reason>) -> u8 {
    match reason {
        None => 0,
        Some(Reason::OtherPeriod) => 1,
        Some(Reason::OtherMeasure) => 2,
        Some(_) => 3,
    }
}

fn matched(
    (target, one): (usize, &Statement),
    (outcome, other): (usize, &Statement),
) -> Option<Match> {
    let reason = if factor(&other.amount.unit, &one.amount.unit).is_none() {
        Some(Reason::OtherUnit)
    } else if (one.change == Change::Amount) != (other.change == Change::Amount) {
        Some(Reason::OtherMeasure)
    } else if other.period == Period::Years {
        Some(Reason::OtherPeriod)
    } else {
        None
    };
    let least = if reason.is_some() {
        MIN_OTHER
    } else {
        MIN_LIKE
    };
    let likeness = one.likeness(other)?;
    (likeness >= least).then_some(Match {
        target,
        outcome,
        reason,
        likeness,
    })
}
