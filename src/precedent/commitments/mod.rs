//! Commitments: figures that a report sets for the next year, and what the next report says of them.
//!
//! [`commitments`] reads the plans of the older report ([`targets`]) and the review of the newer one ([`outcomes`]), pairs figures of
//! the same measure ([`matching`]) and judges each pair by the bound that the target states ([`verdict`]).

mod commitment;
mod known;
mod matching;
mod measure;
mod mentions;
mod period;
mod run;
mod statement;
mod targets;
mod unit;
mod verdict;

#[cfg(test)]
mod tests;

pub use commitment::{Bound, Change, Commitment, CommitmentStatus, Period, Reason, StatedFigure};
pub(super) use run::commitments;
pub use verdict::ABOUT;
