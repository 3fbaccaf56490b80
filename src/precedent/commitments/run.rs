//! The commitments of two reports.

use super::commitment::{
    Bound, Change, Commitment, CommitmentStatus, Period, Reason, StatedFigure,
};
use super::known::{NOT_REACHED, RESTATED};
use super::matching::matches;
use super::mentions::Mentions;
use super::period::{Sentence, Tense, sentences, years};
use super::statement::{Statement, statements};
use super::targets::targets;
use super::verdict::verdict;
use crate::search::FullDocument;

/// Maximum number of targets and of outcomes: their product is the work.
const MAX_FIGURES: usize = 2_000;
/// What became of the figures that the older report sets for the next year, in their order.
///
/// Empty if the newer report is not of a later year, or a date is not known. If the newer report reviews another year than the
/// older one plans, all are undecided.
pub(in crate::precedent) fn commitments(old: &FullDocument, new: &FullDocument) -> Vec<Commitment> {
    let (Some((planned, _)), Some((_, reviewed))) = (years(old), years(new)) else {
        return Vec::new();
    };
    if old.document.date.map(|date| date.year) >= new.document.date.map(|date| date.year) {
        return Vec::new();
    }
    let (old, new) = (sentences(old), sentences(new));
    let mut targets = targets(&old);
    targets.truncate(MAX_FIGURES);
    let outcomes = outcomes(&new);
    let of_year: Vec<Statement> = targets
        .iter()
        .filter(|one| one.period == Period::Year)
        .cloned()
        .collect();
    let matches = matches(&of_year, &outcomes);
    let mentions = Mentions::new(&new);
    let mut nth = 0;
    let targets = targets.iter();
    let commitment = |target: &Statement| {
        let stated = target.stated(&old[target.sentence]);
        if target.period == Period::Years {
            return Commitment {
                status: CommitmentStatus::Undecided,
                reason: Some(Reason::LongerPeriod),
                target: stated,
                outcome: None,
            };
        }
        let found = matches.iter().find(|one| one.target == nth);
        nth += 1;
        let Some(found) = found else {
            let words = mentions
                .first(&target.measure)
                .map(|(ord, measure)| in_words(&new[ord], measure));
            let reason = match words {
                _ if planned != reviewed => Some(Reason::OtherPeriod),
                Some(_) => Some(Reason::InWords),
                None => None,
            };
            return Commitment {
                status: match reason {
                    Some(_) => CommitmentStatus::Undecided,
                    None => CommitmentStatus::NotMentioned,
                },
                reason,
                target: stated,
                outcome: words,
            };
        };
        let outcome = &outcomes[found.outcome];
        let (status, reason) = match found.reason {
            _ if planned != reviewed => (CommitmentStatus::Undecided, Some(Reason::OtherPeriod)),
            Some(reason) => (CommitmentStatus::Undecided, Some(reason)),
            None if is_restated(outcome) => (CommitmentStatus::Missed, None),
            None => verdict(target, outcome),
        };
        Commitment {
            status,
            reason,
            target: stated,
            outcome: Some(outcome.stated(&new[outcome.sentence])),
        }
    };
    targets.map(commitment).collect()
}

/// The figures of the review.
fn outcomes(sentences: &[Sentence]) -> Vec<Statement> {
    let review = sentences.iter().enumerate();
    let review = review.filter(|(_, sentence)| sentence.clock.tense == Tense::Review);
    let mut out: Vec<Statement> = review
        .flat_map(|(ord, sentence)| statements(ord, sentence))
        .collect();
    // A target that the review says again is no outcome, unless it says that it was not reached.
    let is_reached = |one: &Statement| {
        let text = &sentences[one.sentence].text;
        !NOT_REACHED.iter().any(|word| text.contains(word))
    };
    out.retain(|one| !is_compared(one) && (!is_restated(one) || !is_reached(one)));
    out.truncate(MAX_FIGURES);
    out
}

/// Whether a figure of the review is the target itself.
fn is_restated(one: &Statement) -> bool {
    RESTATED
        .iter()
        .any(|word| one.tail.contains(word) || one.head.contains(word))
}

/// Whether a figure is the distance to another, or what was before.
fn is_compared(one: &Statement) -> bool {
    let is_point = one.amount.unit.ends_with("百分点");
    one.is_per() || one.is_source() || (one.head.contains("比") && is_point)
}

/// A sentence that names a measure, as an outcome without a figure.
fn in_words(sentence: &Sentence, measure: String) -> StatedFigure {
    StatedFigure {
        place: sentence.place.clone(),
        text: sentence.text.clone(),
        span: 0..0,
        measure,
        figure: String::new(),
        value: None,
        to: None,
        unit: String::new(),
        bound: Bound::Exact,
        change: Change::Amount,
        period: sentence.period,
    }
}
