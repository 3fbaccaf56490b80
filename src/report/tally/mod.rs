//! Counting keywords: options, the numbers, and the scan that counts them.

mod count;
mod counts;
mod options;
mod packed;
mod part;
mod run;

pub use count::tally;
pub use counts::{Counted, EntryTally, Excerpt, MAX_PAIRED, Pair, Tally, per_10k};
pub use options::{Method, Negated, TallyOptions};
pub use part::{Part, part, tally_of};
