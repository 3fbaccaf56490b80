//! How the engine calls for the pair index of a segment.

use std::sync::Arc;

use tantivy::plugin::{PluginMergeContext, PluginWriter, PluginWriterContext, SegmentPlugin};

use super::format::EXTENSION;
use super::{merge, write};
use crate::text::words::Segmenter;

/// The plugin that writes and merges pair indexes; the segmenter knows which pairs are words.
pub(in crate::index) struct PairPlugin(pub(in crate::index) Arc<Segmenter>);

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
