//! The lineage of a wording (提法): its first use, the forms that it took, who took it up when, its peak, its last use, and what came
//! after it.
//!
//! **Forms** are the wording and its variants as [`find`](super::find()) has them, of at least a minimum similarity
//! ([`align()`](super::align())): that is the rule for "the same 提法", and it can be set. The wording is counted wherever it occurs, as a
//! search counts it. Any other form is counted where it is by itself: 科学发展 inside 科学发展观 is a use of the latter, and is
//! counted apart ([`Form::inside`]).
//!
//! **The tree.** Forms are in order of their first dates. The parent of a form is the form of an earlier date that is most similar to
//! it, at least by the minimum; a form without one is a root. Dates are compared as precisely as both are known, so that forms of one
//! year, where nothing more is known, have no order. An edge says what is like what and what came first. It does not prove that the
//! one was made of the other.
//!
//! **Peak and successor.** The peak is the year with most occurrences; beside it is the year with the highest rate for its text. The
//! successor is a candidate: the form that began in a later year than the peak, in two documents at least, and was used more than the
//! wording from then on, of which there is then less than before; it is not a part of the wording. Whole-word replacement (科学发展观, 新发展理念) leaves too little in common to be found this way.
//!
//! Each form is linked to its most similar earlier one, as cases of a disease are by SeqTrack (Jombart et al. 2011, *Heredity* 106:
//! 383–390): with dates as a constraint that is the tree of the highest total similarity.

mod forms;
mod history;
mod options;
mod run;
mod spread;
mod successor;
#[cfg(test)]
mod tests;
mod tree;
mod uses;
mod years;

pub use history::{Adoption, Edge, Form, Lineage, Rule, Spread, Succession, Successor, Use};
pub use options::{LineageOptions, MAX_FORMS, MAX_USES, MAX_WORDING, SAME};
pub use run::lineage;
