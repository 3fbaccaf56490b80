//! What is known of a commitment.

use std::ops::Range;

use serde::{Serialize, Serializer};

/// A figure that the older report sets for the next year, and what the newer report says of it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Commitment {
    /// What came of it.
    pub status: CommitmentStatus,
    /// Why it can't be decided; none of a commitment that was met, missed or not mentioned.
    pub reason: Option<Reason>,
    /// The figure in the older report.
    pub target: StatedFigure,
    /// The figure in the newer report, or the sentence that says it in words; none if nothing there is of the same measure.
    pub outcome: Option<StatedFigure>,
}

/// What came of a commitment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum CommitmentStatus {
    /// The outcome is within the bound.
    Met,
    /// The outcome is outside the bound.
    Missed,
    /// The newer report has no figure and no words of the same measure.
    NotMentioned,
    /// The newer report has something of the measure, which does not decide.
    Undecided,
}

impl CommitmentStatus {
    /// All, the decided ones first.
    pub const ALL: [Self; 4] = [Self::Met, Self::Missed, Self::NotMentioned, Self::Undecided];
}

/// Why a commitment can't be decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    /// The target is for several years.
    LongerPeriod,
    /// The outcome is of several years, or of another year than the target.
    OtherPeriod,
    /// The outcome has another unit.
    OtherUnit,
    /// One of them is an amount, the other a change of it.
    OtherMeasure,
    /// The target is only about a figure, and the outcome further away, on the side that no wording says is better.
    OnlyAbout,
    /// The outcome is another figure, and no wording says whether the target was a minimum or a maximum.
    NoBound,
    /// The outcome is rounded, and both sides of the bound are possible.
    OutcomeRounded,
    /// The newer report names the measure without a figure.
    InWords,
}

/// A figure as it is stated, with how it was read.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct StatedFigure {
    /// Where its sentence is, as `DOCUMENT:LINE`.
    pub place: String,
    /// Its sentence.
    pub text: String,
    /// Half-open range of characters of `text`: the figure with the words of its bound; empty of an outcome in words.
    #[serde(serialize_with = "as_pair")]
    pub span: Range<usize>,
    /// What it is of, as printed.
    pub measure: String,
    /// The figure as printed, with the words of its bound; empty of an outcome in words.
    pub figure: String,
    /// Its value, multiplied out: 1.1e7 of 1100万人; the lower end of a range. None of an outcome in words.
    pub value: Option<f64>,
    /// The upper end of a range.
    pub to: Option<f64>,
    /// Its unit, without multipliers: `%`, `人`, `元`; empty for a number with a multiplier alone.
    pub unit: String,
    /// How it bounds the value.
    pub bound: Bound,
    /// Whether it is an amount or a change of one.
    pub change: Change,
    /// What time it is of.
    pub period: Period,
}

/// How a figure bounds a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Bound {
    /// Just this value.
    Exact,
    /// 以上, 不低于, 超过.
    AtLeast,
    /// 以内, 以下, 不超过.
    AtMost,
    /// 左右, 约, 近.
    About,
    /// From one value to another.
    Range,
}

/// Whether a figure is an amount or a change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Change {
    /// An amount: 达到, 为, 提高到.
    Amount,
    /// A rise: 增长, 提高.
    Up,
    /// A fall: 下降, 减少.
    Down,
}

/// What time a figure is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Period {
    /// The year that the older report plans, and the newer reviews.
    Year,
    /// Several years, or another one.
    Years,
}

fn as_pair<S: Serializer>(range: &Range<usize>, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_seq([range.start, range.end])
}
