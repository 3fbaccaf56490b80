//! The pair index: which passages hold a unit, or two units side by side in one sentence, and how often.
//!
//! A row of units is looked for by the lists of its pairs; the text column then tells whether they stand in a row, so that no
//! positions are kept. Units and pairs rank as well. A segment keeps its lists in a file of its own. For each zone:
//!
//! ```text
//! lists │ first units │ their first keys │ where their lists begin │ second units │ where each list begins, from there
//! │ holders, where not all │ lengths │ ends of runs │ runs
//! ```
//!
//! A key is a first unit and a second one, or [`WHOLE`] for the unit by itself. A unit of one Han-like character is told by the
//! character's number; any other, a run of letters and digits, by its place in the sorted list of runs, see [`RUN`].

mod merge;
mod postings;
mod write;
mod zone;

use std::sync::Arc;

use tantivy::SegmentReader;
use tantivy::plugin::{PluginMergeContext, PluginWriter, PluginWriterContext, SegmentPlugin};

pub(crate) use postings::Postings;
pub(crate) use zone::{Key, List, PairZone};

use super::checked::CheckedFile;
use super::zone::Zone;
use crate::text::units::stands_alone;
use crate::text::words::Segmenter;

/// Ending of the files.
pub(super) const EXTENSION: &str = "pairs";
/// Codes of runs are their ordinals from here on; characters have lower numbers.
const RUN: u32 = 0x11_0000;
/// Stands for the second unit in the key of a unit by itself.
const WHOLE: u32 = 0;
/// Numbers of each zone in the trailer.
const NUMBERS: usize = 5;

/// Marks the second unit of a key whose pair is a word of the dictionary.
const WORD: u32 = 1 << 31;

/// The plugin that writes and merges pair indexes; the segmenter knows which pairs are words.
pub(super) struct PairPlugin(pub(super) Arc<Segmenter>);

impl SegmentPlugin for PairPlugin {
    fn extensions(&self) -> &[&str] {
        &[EXTENSION]
    }

    fn create_writer(&self, _: &PluginWriterContext) -> tantivy::Result<Box<dyn PluginWriter>> {
        Ok(Box::new(write::PairWriter::new(&self.0)))
    }

    fn merge(&self, merge: PluginMergeContext) -> tantivy::Result<()> {
        merge::merge(&merge)
    }
}

/// The pair index of a segment.
#[derive(Debug)]
pub(crate) struct PairIndex {
    file: CheckedFile,
    layouts: [zone::Layout; Zone::ALL.len()],
}

impl PairIndex {
    /// Opens the pair index of a segment.
    ///
    /// # Errors
    /// If it is missing, or not as it was written.
    pub(crate) fn open(segment: &SegmentReader) -> tantivy::Result<Self> {
        let (file, trailer) =
            CheckedFile::of_segment::<{ NUMBERS * Zone::ALL.len() }>(segment, EXTENSION)?;
        let (numbers, _) = trailer.as_chunks::<NUMBERS>();
        let layouts = [0, 1, 2].map(|ord| zone::Layout::new(Zone::ALL[ord], numbers[ord]));
        Ok(Self { file, layouts })
    }

    /// The lists of one zone.
    pub(crate) fn zone(&self, zone: Zone) -> PairZone<'_> {
        PairZone::new(&self.file, &self.layouts[zone as usize])
    }
}

/// The character that a unit is, if it is one that stands alone.
fn alone(unit: &str) -> Option<u32> {
    let mut chars = unit.chars();
    let first = chars.next().filter(|&ch| stands_alone(ch))?;
    chars.next().is_none().then_some(first as u32)
}
