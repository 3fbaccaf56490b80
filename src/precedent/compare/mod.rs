//! Two reports, sentence by sentence: kept, changed, moved, dropped, new.

mod alike;
mod comparison;
mod figures;
mod in_order;
mod matching;
mod parts;
mod plans;
mod run;
mod sentences;
mod series;
mod summary;
#[cfg(test)]
mod tests;

pub use comparison::{
    Compared, Comparison, Figure, FirstUse, Pair, SectionShare, SharePair, Status, Summary,
};
pub use run::{CompareOptions, MAX_COMPARED, compare};
pub use series::{LeftOut, Series, WhyLeftOut, compare_series};
