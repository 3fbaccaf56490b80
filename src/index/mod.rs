//! The index: one tantivy index that holds files, documents and passages, and changes in one commit.

pub mod analyzer;
mod checked;
mod directory;
mod entry;
mod error;
mod files;
mod folder;
mod manifest;
mod open;
mod pairs;
mod parts;
mod recognized;
mod records;
mod run;
mod schema;
mod seal;
mod segment_files;
mod skipped;
mod status;
mod text_column;
mod update;
mod verify;
mod write;
mod zone;

#[cfg(test)]
pub(crate) use analyzer::shape;
pub use error::{EngineError, Error, Result};
pub use folder::is_index_folder;
pub use manifest::{CollectionRecord, Dictionary, Manifest, Synonyms};
pub use open::{Index, collections};
pub(crate) use pairs::{Key, List, Postings};
pub(crate) use parts::{Parts, SegmentParts};
pub use recognized::{recognized_before, recognized_pages};
pub use records::{DocumentRecord, PassageRecord, SectionRecord, Structure};
pub use schema::{Fields, InheritedField};
pub(crate) use schema::{LISTING, RECOGNIZED, TYPE_DOCUMENT, TYPE_PASSAGE};
pub use skipped::{SkipReason, Skipped};
pub use status::Stale;
pub(crate) use text_column::Text;
pub use update::{Collection, Progress, Summary, UpdateOptions, update};
pub use verify::{Counted, Flaw, Verification, verify};
pub(crate) use write::heading_text;
pub(crate) use zone::Zone;
