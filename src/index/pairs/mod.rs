//! The pair index: which passages hold a unit, or two units side by side in one sentence, and how often.
//!
//! A sequence of units is looked up by the lists of its pairs and verified on the text column, so that no
//! positions are kept. Units and pairs rank as well. A segment keeps its lists in a file of its own. For each zone:
//!
//! ```text
//! lists │ first units │ their first keys │ where their lists begin │ second units │ where each list begins, from there
//! │ holders, where not all │ lengths │ ends of runs │ runs
//! ```
//!
//! A key is a first unit and a second one, or [`WHOLE`] for the unit by itself. A unit of one Han-like character is identified by the
//! character's number; any other, a run of letters and digits, by its place in the sorted list of runs, see [`RUN`].

mod format;
mod merge;
mod plugin;
mod postings;
mod reader;
mod write;
mod zone;

pub(super) use format::EXTENSION;
pub(super) use plugin::PairPlugin;
pub(crate) use postings::Postings;
pub(crate) use reader::PairIndex;
pub(crate) use zone::{Key, List};
